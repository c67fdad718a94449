/* SPDX-License-Identifier: MIT */
/*
 * The inside of doc_build, for the readers: they write millions of nodes,
 * so the steps (build_step.h) are inline and names come as numbers. Inside
 * doc/ only.
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

/* The latest texts, by hash, the one that was asked for last in front. */
#define INTERN_WAYS 4
#define INTERN_SETS 1024

struct intern_set {
	struct intern ways[INTERN_WAYS];
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
	struct intern_set *interned;
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

#endif
