/* SPDX-License-Identifier: MIT */
/* What path_compile makes of a selector. Inside doc/ only; see path.h. */
#ifndef DOC_STEP_H
#define DOC_STEP_H

#include "doc/path.h"

#define PATH_STEPS_MAX 64
#define PATH_NESTED_MAX 8

enum step_kind {
	STEP_NAME,
	STEP_ANY,
	STEP_UP,
	STEP_SELF
};

enum step_test {
	TEST_NONE,
	TEST_INDEX,           /* the n-th of them */
	TEST_TEXT             /* `key` leads to a leaf with that text */
};

struct step {
	enum step_kind kind;
	enum step_test test;
	uint32_t id;          /* in path.names; DOC_NONE: find it by name */
	uint32_t index;
	char *name;
	size_t name_len;
	struct path *key;
	char *value;
	size_t value_len;
};

struct alternative {
	bool from_root;
	size_t first, end;    /* of path.steps */
};

struct path {
	const struct doc_names *names;
	char *source;
	struct {
		struct step *items;
		size_t count, room;
	} steps;
	struct {
		struct alternative *items;
		size_t count, room;
	} alternatives;
};

#endif
