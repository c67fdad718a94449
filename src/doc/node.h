/* SPDX-License-Identifier: MIT */
/*
 * How a document lies in memory. The tape is of 8-byte slots: a leaf takes
 * one, a container two (its second links to its parent), its children
 * follow it. A text has its length before it, a NUL behind it. Inside doc/
 * only; everybody else reads through doc.h.
 */
#ifndef DOC_NODE_H
#define DOC_NODE_H

#include "doc/doc.h"
#include "doc/names.h"

#include <stdatomic.h>
#include <string.h>

#define NODE_KIND 7u           /* enum doc_kind, or NODE_LINK */
#define NODE_LINK 6u           /* the second slot of a container */
#define NODE_LAST 8u           /* no sibling follows */
#define NODE_NAME_SHIFT 8
#define NODE_NAMELESS 0xffffffu

struct node {
	uint32_t head;         /* name number << 8 | NODE_LAST | kind */
	uint32_t at;           /* leaf: its text; container: its end; link:
	                        * the parent */
};

/* In the byte before a text: its length, or that four bytes before hold it. */
#define TEXT_LONG 255u

struct doc {
	atomic_uint refs;
	uint32_t slots;
	uint32_t count;        /* without links */
	const struct node *nodes;
	const char *text;
	size_t nodes_mapped;   /* bytes; 0: nodes and text lie behind this */
	size_t text_mapped;
	size_t small;          /* bytes of this allocation */
	const struct doc_names *names;
	uint32_t base;         /* first number that is local */
	struct names local;
};

static inline enum doc_kind node_kind(const struct node *n)
{
	return (enum doc_kind)(n->head & NODE_KIND);
}

static inline bool node_is_container(const struct node *n)
{
	return (n->head & NODE_KIND) <= DOC_ARRAY;
}

static inline uint32_t node_name(const struct node *n)
{
	return n->head >> NODE_NAME_SHIFT;
}

/* The node behind i and all that is in it. */
static inline uint32_t node_after(const struct doc *d, uint32_t i)
{
	const struct node *n = &d->nodes[i];

	return node_is_container(n) ? n->at : i + 1;
}

/* Where its children begin; a leaf has none. */
static inline uint32_t node_inside(const struct doc *d, uint32_t i)
{
	return i + 1 + node_is_container(&d->nodes[i]);
}

static inline const char *node_text(const struct doc *d, uint32_t i,
	size_t *len)
{
	const char *text = d->text + d->nodes[i].at;
	uint32_t wide;

	*len = (unsigned char)text[-1];
	if (*len == TEXT_LONG) {
		memcpy(&wide, text - 5, sizeof(wide));
		*len = wide;
	}
	return text;
}

#endif
