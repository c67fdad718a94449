/* SPDX-License-Identifier: MIT */
#include "doc/doc.h"

#include "doc/node.h"

#include <stdlib.h>
#include <sys/mman.h>

struct doc *doc_ref(struct doc *d)
{
	atomic_fetch_add_explicit(&d->refs, 1, memory_order_relaxed);
	return d;
}

void doc_unref(struct doc *d)
{
	if (!d || atomic_fetch_sub_explicit(&d->refs, 1,
		memory_order_acq_rel) != 1)
		return;
	if (d->nodes_mapped)
		munmap((void *)(uintptr_t)d->nodes, d->nodes_mapped);
	if (d->text_mapped)
		munmap((void *)(uintptr_t)d->text, d->text_mapped);
	names_clear(&d->local);
	free(d);
}

size_t doc_bytes(const struct doc *d)
{
	return d->small + d->nodes_mapped + d->text_mapped +
		names_bytes(&d->local);
}

size_t doc_count(const struct doc *d)
{
	return d->count;
}

enum doc_kind doc_kind(const struct doc *d, uint32_t node)
{
	return node_kind(&d->nodes[node]);
}

uint32_t doc_child(const struct doc *d, uint32_t node)
{
	uint32_t first = node_inside(d, node);

	return node_after(d, node) > first ? first : DOC_NONE;
}

uint32_t doc_next(const struct doc *d, uint32_t node)
{
	if (d->nodes[node].head & NODE_LAST)
		return DOC_NONE;
	return node_after(d, node);
}

/* A leaf does not know its parent: before it stand other leaves, then the
 * container that is its parent, or has it for an ancestor. */
uint32_t doc_parent(const struct doc *d, uint32_t node)
{
	uint32_t i = node;

	if (node_is_container(&d->nodes[node]))
		return d->nodes[node + 1].at;
	while (i-- > 0) {
		if ((d->nodes[i].head & NODE_KIND) != NODE_LINK)
			continue;
		for (i--; d->nodes[i].at <= node; i = d->nodes[i + 1].at)
			;
		return i;
	}
	return DOC_NONE;
}

static const char *doc_id_name(const struct doc *d, uint32_t id, size_t *len)
{
	if (id < d->base)
		return names_get(&d->names->table, id, len);
	return names_get(&d->local, id - d->base, len);
}

const char *doc_name(const struct doc *d, uint32_t node, size_t *len)
{
	uint32_t id = node_name(&d->nodes[node]);

	if (id != NODE_NAMELESS)
		return doc_id_name(d, id, len);
	if (len)
		*len = 0;
	return "";
}

uint32_t doc_name_id(const struct doc *d, uint32_t node)
{
	uint32_t id = node_name(&d->nodes[node]);

	return id == NODE_NAMELESS ? DOC_NONE : id;
}

uint32_t doc_find_name(const struct doc *d, const char *name, size_t len)
{
	uint32_t id;

	if (d->names) {
		id = doc_names_find(d->names, name, len);
		if (id < d->base)
			return id;
	}
	id = names_find(&d->local, name, len);
	return id == DOC_NONE ? DOC_NONE : d->base + id;
}

const char *doc_text(const struct doc *d, uint32_t node, size_t *len)
{
	size_t own;

	if (!len)
		len = &own;
	*len = 0;
	if (node_is_container(&d->nodes[node]))
		return "";
	return node_text(d, node, len);
}

uint32_t doc_get(const struct doc *d, uint32_t node, uint32_t name_id)
{
	uint32_t end = node_after(d, node);

	for (uint32_t i = node_inside(d, node); i < end;
		i = node_after(d, i))
		if (node_name(&d->nodes[i]) == name_id)
			return i;
	return DOC_NONE;
}
