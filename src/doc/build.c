/* SPDX-License-Identifier: MIT */
#include "doc/build_step.h"

#include "base/mem.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define SLOTS_MAX ((uint32_t)INT32_MAX)
#define TEXT_MAX ((size_t)INT32_MAX)
#define NAMES_MAX ((1u << 24) - 1)
#define HEAP_MAX ((size_t)64 << 10)
#define MAPPED_STEP ((size_t)128 << 10)
#define MAPPED_MIN ((size_t)4 << 20)

bool build_fail(struct doc_build *b, enum build_fault fault)
{
	if (b->fault == BUILD_SOUND)
		b->fault = fault;
	return false;
}

static void region_clear(struct region *r)
{
	if (r->reserved)
		munmap(r->p, r->reserved);
	else
		free(r->p);
	*r = (struct region){ 0 };
}

/* Pages that are about to be written come cheaper by the dozen. */
static void region_populate(char *p, size_t len)
{
#ifdef MADV_POPULATE_WRITE
	madvise(p, len, MADV_POPULATE_WRITE);
#else
	(void)p, (void)len;
#endif
}

/* Addresses are taken generously, pages step by step. */
static bool region_map(struct region *r, size_t room)
{
	size_t reserve = r->reserved ? r->reserved : MAPPED_MIN;
	void *p = r->p;

	while (reserve < room)
		reserve *= 2;
	if (!r->reserved)
		p = mmap(NULL, reserve, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	else if (reserve > r->reserved)
		p = mremap(p, r->reserved, reserve, MREMAP_MAYMOVE);
	if (p == MAP_FAILED)
		return false;
	if (r->reserved) {
		region_populate((char *)p + r->room, room - r->room);
	} else {
		region_populate(p, room);
		if (r->p)
			memcpy(p, r->p, r->room);
		free(r->p);
	}
	*r = (struct region){ .p = p, .room = room, .reserved = reserve };
	return true;
}

static bool region_grow(struct region *r, size_t need)
{
	size_t room = r->room ? r->room * 2 : 4096;

	while (room < need)
		room *= 2;
	if (room <= HEAP_MAX) {
		r->p = xreallocarray(r->p, room, 1);
		r->room = room;
		return true;
	}
	room = r->room > need ? r->room : need;
	return region_map(r, (room / MAPPED_STEP + 1) * MAPPED_STEP);
}

/* What is not used goes back to the system. */
static void region_trim(struct region *r, size_t used)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	size_t room = (used + page - 1) / page * page;

	if (room < r->reserved)
		munmap(r->p + room, r->reserved - room);
	r->room = r->reserved = room;
}

bool build_grow_nodes(struct doc_build *b)
{
	if (b->slots >= SLOTS_MAX - 2 || !region_grow(&b->node_region,
		((size_t)b->slots + 2) * sizeof(struct node)))
		return build_fail(b, BUILD_TOO_BIG);

	size_t room = b->node_region.room / sizeof(struct node);

	b->nodes = (struct node *)(void *)b->node_region.p;
	b->slots_room = room < SLOTS_MAX ? (uint32_t)room : SLOTS_MAX;
	return true;
}

bool build_grow_text(struct doc_build *b, size_t more)
{
	size_t used = b->text_len + b->pending + TEXT_SLACK;

	if (used >= TEXT_MAX || more >= TEXT_MAX - used ||
		!region_grow(&b->text_region, used + more + 1))
		return build_fail(b, BUILD_TOO_BIG);
	b->text = b->text_region.p;
	b->text_room = b->text_region.room;
	return true;
}

uint32_t build_name(struct doc_build *b, const char *name, size_t len)
{
	uint32_t id;

	if (b->names) {
		id = doc_names_find(b->names, name, len);
		if (id < b->base)
			return id;
	}
	id = names_add(&b->local, name, len, NAMES_MAX - b->base);
	if (id == DOC_NONE) {
		build_fail(b, BUILD_TOO_BIG);
		return NODE_NAMELESS;
	}
	return b->base + id;
}

static uint32_t intern_commit(struct doc_build *b)
{
	char *text = build_pending(b);
	uint32_t len = (uint32_t)b->pending;

	if (len < TEXT_LONG) {
		text[-1] = (char)len;
	} else {
		memmove(text + sizeof(len), text, len);
		memcpy(text - 1, &len, sizeof(len));
		text += sizeof(len);
		text[-1] = (char)TEXT_LONG;
	}
	text[len] = '\0';
	b->text_len = (size_t)(text - b->text) + len + 1;
	b->pending = 0;
	return (uint32_t)(text - b->text);
}

/* Only the latest texts are searched: what comes once, as ids do, would fill
 * any table, and what comes often is always among them. */
uint32_t build_intern(struct doc_build *b)
{
	const char *text = build_pending(b);
	size_t len = b->pending, way;

	if (len >= TEXT_LONG)
		return intern_commit(b);
	if (!b->interned)
		b->interned = xcalloc(INTERN_SETS, sizeof(*b->interned));

	uint32_t hash = bytes_hash(0, text, len);
	struct intern *ways = b->interned[hash % INTERN_SETS].ways, found;

	for (way = 0; way < INTERN_WAYS; way++) {
		const char *have = b->text + ways[way].at;

		found = ways[way];
		if (found.hash == hash && found.at &&
			(unsigned char)have[-1] == len &&
			bytes_equal(have, text, len))
			break;
	}
	if (way < INTERN_WAYS) {
		b->pending = 0;
		ways[way] = ways[0];
	} else {
		found = (struct intern){ hash, intern_commit(b) };
		ways[3] = ways[2];
		ways[2] = ways[1];
		ways[1] = ways[0];
	}
	ways[0] = found;
	return found.at;
}

struct doc_build *doc_build_new(const struct doc_names *names)
{
	struct doc_build *b = xcalloc(1, sizeof(*b));

	b->current = DOC_NONE;
	b->names = names;
	b->base = names ? names->table.count : 0;
	build_grow_nodes(b);
	build_grow_text(b, 0);
	memset(b->text, 0, TEXT_NONE + 1);
	b->text_len = TEXT_NONE + 1;
	return b;
}

void doc_build_free(struct doc_build *b)
{
	if (!b)
		return;
	region_clear(&b->node_region);
	region_clear(&b->text_region);
	names_clear(&b->local);
	free(b->interned);
	free(b);
}

static bool build_named(struct doc_build *b, const char *name, size_t len,
	uint32_t *id)
{
	*id = name ? build_name(b, name, len) : NODE_NAMELESS;
	return b->fault == BUILD_SOUND;
}

bool doc_build_open(struct doc_build *b, const char *name, size_t len,
	enum doc_kind container)
{
	uint32_t id;

	if (container != DOC_OBJECT && container != DOC_ARRAY)
		return build_fail(b, BUILD_MISUSED);
	return build_named(b, name, len, &id) &&
		build_open(b, id, container);
}

bool doc_build_close(struct doc_build *b)
{
	if (b->current == DOC_NONE)
		return build_fail(b, BUILD_MISUSED);
	build_close(b);
	return b->fault == BUILD_SOUND;
}

bool doc_build_leaf(struct doc_build *b, const char *name, size_t name_len,
	enum doc_kind kind, const char *text, size_t text_len)
{
	uint32_t id;

	if (kind <= DOC_ARRAY || kind > DOC_NULL)
		return build_fail(b, BUILD_MISUSED);
	if (!build_named(b, name, name_len, &id))
		return false;
	if (kind != DOC_NULL && text_len &&
		!build_text(b, text, text_len))
		return false;
	return build_leaf(b, id, kind);
}

/* One allocation for the head and for what did not get big. */
static struct doc *build_place(struct doc_build *b)
{
	size_t nodes = b->slots * sizeof(struct node);
	size_t in_nodes = b->node_region.reserved ? 0 : nodes;
	size_t in_text = b->text_region.reserved ? 0 : b->text_len;
	size_t small = sizeof(struct doc) + in_nodes + in_text;
	struct doc *d = xmalloc(small);
	char *behind = (char *)(d + 1);

	*d = (struct doc){ .slots = b->slots,
		.count = b->slots - b->containers, .small = small };
	d->nodes = b->nodes;
	d->text = b->text;
	if (in_nodes) {
		d->nodes = memcpy(behind, b->nodes, in_nodes);
	} else {
		region_trim(&b->node_region, nodes);
		d->nodes_mapped = b->node_region.room;
		b->node_region = (struct region){ 0 };
	}
	if (in_text) {
		d->text = memcpy(behind + in_nodes, b->text, in_text);
	} else {
		region_trim(&b->text_region, b->text_len);
		d->text_mapped = b->text_region.room;
		b->text_region = (struct region){ 0 };
	}
	return d;
}

struct doc *doc_build_seal(struct doc_build *b)
{
	struct doc *d = NULL;

	if (b->fault == BUILD_SOUND && b->slots > 0 &&
		b->current == DOC_NONE) {
		b->nodes[0].head |= NODE_LAST;
		d = build_place(b);
		atomic_init(&d->refs, 1);
		d->names = b->names;
		d->base = b->base;
		d->local = b->local;
		b->local = (struct names){ 0 };
	}
	doc_build_free(b);
	return d;
}
