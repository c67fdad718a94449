/* SPDX-License-Identifier: MIT */
/* The steps of building, inline; see build.h. Inside doc/ only. */
#ifndef DOC_BUILD_STEP_H
#define DOC_BUILD_STEP_H

#include "doc/build.h"
#include "doc/bytes.h"

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

static inline char *build_pending(const struct doc_build *b)
{
	return b->text + b->text_len + 1;
}

static inline bool build_room(struct doc_build *b, size_t len)
{
	return b->text_len + b->pending + len + TEXT_SLACK < b->text_room ||
		build_grow_text(b, len);
}

static inline bool build_text(struct doc_build *b, const char *bytes,
	size_t len)
{
	if (!build_room(b, len))
		return false;
	bytes_copy(build_pending(b) + b->pending, bytes, len);
	b->pending += len;
	return true;
}

/* A leaf whose text is there already. */
static inline bool build_leaf_at(struct doc_build *b, uint32_t name,
	enum doc_kind kind, uint32_t text)
{
	if (!build_child(b))
		return false;
	b->nodes[b->slots++] = (struct node){
		.head = name << NODE_NAME_SHIFT | (uint32_t)kind,
		.at = text,
	};
	return true;
}

/* A leaf with the pending text. */
static inline bool build_leaf(struct doc_build *b, uint32_t name,
	enum doc_kind kind)
{
	return build_leaf_at(b, name, kind,
		b->pending ? build_intern(b) : TEXT_NONE);
}

#endif
