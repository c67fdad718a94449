/* SPDX-License-Identifier: MIT */
/*
 * The inside of doc_build, for the readers: they write millions of nodes,
 * so the steps are inline and names come as numbers. Inside doc/ only.
 *
 * The link of an open container holds its last child in `head` (0: none),
 * so there is no stack beside the tape.
 */
#ifndef DOC_BUILD_H
#define DOC_BUILD_H

#include "doc/node.h"

#define BUILD_DEPTH_MAX 128

#define TEXT_NONE 1u           /* where "" is */
#define TEXT_SLACK 8u          /* for lengths and the NUL */

enum build_fault {
	BUILD_SOUND,
	BUILD_TOO_DEEP,
	BUILD_TOO_BIG,
	BUILD_MISUSED          /* unbalanced, two roots, wrong kind */
};

/* On the heap while small, mapped when it grows. */
struct region {
	char *p;
	size_t room;
	size_t reserved;       /* bytes mapped; 0: on the heap */
};

struct intern {
	uint32_t hash, at;        /* at 0: free */
};

struct last_text {
	uint32_t at, len;
};

struct doc_build {
	struct node *nodes;       /* = node_region.p */
	uint32_t slots, slots_room;
	uint32_t containers;
	uint32_t current;         /* the open container, or DOC_NONE */
	uint32_t depth;
	char *text;               /* = text_region.p */
	size_t text_len;          /* texts that are there for good */
	size_t pending;           /* bytes one behind: the next leaf's */
	size_t text_room;
	enum build_fault fault;
	struct intern *interned;
	uint32_t intern_mask, intern_count;
	struct region node_region, text_region;
	const struct doc_names *names;
	uint32_t base;
	struct names local;
};

bool build_fail(struct doc_build *b, enum build_fault fault);
bool build_grow_nodes(struct doc_build *b);
bool build_grow_text(struct doc_build *b, size_t more);

/* The name's number, a new one if need be; NODE_NAMELESS: spoilt. */
uint32_t build_name(struct doc_build *b, const char *name, size_t len);

/* Makes the pending text one for good, or finds it among those there are. */
uint32_t build_intern(struct doc_build *b);

/* Room for a child of the open container. */
static inline bool build_child(struct doc_build *b)
{
	if (b->slots_room - b->slots < 2 && !build_grow_nodes(b))
		return false;
	if (b->current != DOC_NONE)
		b->nodes[b->current + 1].head = b->slots;
	else if (b->slots > 0)
		return build_fail(b, BUILD_MISUSED);
	return true;
}

static inline bool build_open(struct doc_build *b, uint32_t name,
	enum doc_kind kind)
{
	if (b->depth == BUILD_DEPTH_MAX)
		return build_fail(b, BUILD_TOO_DEEP);
	if (!build_child(b))
		return false;

	struct node *n = &b->nodes[b->slots];

	n[0].head = name << NODE_NAME_SHIFT | (uint32_t)kind;
	n[1] = (struct node){ .at = b->current };
	b->current = b->slots;
	b->slots += 2;
	b->containers++;
	b->depth++;
	return true;
}

static inline void build_close(struct doc_build *b)
{
	struct node *n = &b->nodes[b->current];

	if (n[1].head)
		b->nodes[n[1].head].head |= NODE_LAST;
	n[0].at = b->slots;
	n[1].head = NODE_LINK;
	b->current = n[1].at;
	b->depth--;
}

/* Most texts are short: calls to memcpy would take longer than the copy. */
static inline void build_copy(char *to, const char *from, size_t len)
{
	if (len > 32) {
		memcpy(to, from, len);
	} else if (len >= 16) {
		memcpy(to, from, 16);
		memcpy(to + len - 16, from + len - 16, 16);
	} else if (len >= 8) {
		memcpy(to, from, 8);
		memcpy(to + len - 8, from + len - 8, 8);
	} else if (len >= 4) {
		memcpy(to, from, 4);
		memcpy(to + len - 4, from + len - 4, 4);
	} else {
		for (size_t i = 0; i < len; i++)
			to[i] = from[i];
	}
}

static inline bool build_equal(const char *a, const char *b, size_t len)
{
	uint64_t differ = 0;

	if (len < 4)
		return memcmp(a, b, len) == 0;
	if (len < 8)
		return hash_read32(a) == hash_read32(b) &&
			hash_read32(a + len - 4) == hash_read32(b + len - 4);
	for (size_t i = 0; i + 8 < len; i += 8)
		differ |= hash_read64(a + i) ^ hash_read64(b + i);
	return !(differ | (hash_read64(a + len - 8) ^
		hash_read64(b + len - 8)));
}

static inline char *build_pending(const struct doc_build *b)
{
	return b->text + b->text_len + 1;
}

static inline bool build_text(struct doc_build *b, const char *bytes,
	size_t len)
{
	if (b->text_len + b->pending + len + TEXT_SLACK >= b->text_room &&
		!build_grow_text(b, len))
		return false;
	build_copy(build_pending(b) + b->pending, bytes, len);
	b->pending += len;
	return true;
}

/* Where the pending text is kept, if any. `last` is what the caller saw in
 * such a place before: many say the same from row to row, and are found
 * without a search. */
static inline uint32_t build_keep(struct doc_build *b,
	struct last_text *last)
{
	uint32_t len = (uint32_t)b->pending;

	if (!len)
		return TEXT_NONE;
	if (len == last->len && build_equal(b->text + last->at,
		build_pending(b), len)) {
		b->pending = 0;
	} else {
		last->at = build_intern(b);
		last->len = len;
	}
	return last->at;
}

/* A child with the pending text. */
static inline bool build_leaf(struct doc_build *b, uint32_t name,
	enum doc_kind kind, struct last_text *last)
{
	if (!build_child(b))
		return false;

	struct node *n = &b->nodes[b->slots++];

	n->head = name << NODE_NAME_SHIFT | (uint32_t)kind;
	n->at = build_keep(b, last);
	return true;
}

#endif
