/* SPDX-License-Identifier: MIT */
/*
 * The shape of a document for people and scripts: what is an array, what an
 * object. JSON, YAML and the viewer are all written from these lines.
 */
#include "doc/out.h"

#include "base/mem.h"
#include "base/vec.h"
#include "doc/node.h"

#include <stdlib.h>

/* Of `lists`: children named `child`, of any parent or of that one, which
 * they may take over. */
struct list {
	bool any, takes;
	uint32_t parent, child;      /* DOC_NONE: not in this document */
};

/* The children of one name under one parent. */
struct group {
	uint32_t owner, name, first;
	size_t count;
};

struct shape {
	struct out_lines *lines;
	const struct doc *doc;
	bool xml;                    /* JSON says itself what is an array */
	struct {
		struct list *items;
		size_t count, room;
	} lists;
	struct {                     /* of the objects that are being shown */
		struct group *items;
		size_t count, room;
	} groups;
	size_t *group_of;            /* by name: its latest group */
	uint32_t names;
};

static void shape_add_list(struct shape *s, const char *name, size_t len)
{
	const char *slash = memchr(name, '/', len);
	struct list list = { .any = !slash || *name == '*',
		.takes = slash, .parent = DOC_NONE };

	if (slash) {
		size_t before = (size_t)(slash - name);

		list.parent = doc_find_name(s->doc, name, before);
		name += before + 1;
		len -= before + 1;
	}
	list.child = doc_find_name(s->doc, name, len);
	*VEC_PUSH(&s->lists) = list;
}

static void shape_add_lists(struct shape *s, const char *names)
{
	while (*names) {
		size_t len = strcspn(names, " ");

		if (len)
			shape_add_list(s, names, len);
		names += len;
		names += strspn(names, " ");
	}
}

/* Are children of that name always in an array here? */
static bool shape_is_list(const struct shape *s, uint32_t parent,
	uint32_t name)
{
	for (size_t i = 0; i < s->lists.count; i++) {
		const struct list *list = &s->lists.items[i];

		if (list->child == name &&
			(list->any || list->parent == parent))
			return true;
	}
	return false;
}

static bool is_blank(const struct doc *d, uint32_t node)
{
	size_t len;
	const char *text = doc_text(d, node, &len);

	return strspn(text, " \t\r\n") == len;
}

/* "A/B": may A be empty, it is a list all the same. */
static bool shape_is_empty_list(const struct shape *s, uint32_t node)
{
	uint32_t name = doc_name_id(s->doc, node);

	if (!s->xml || name == DOC_NONE || !is_blank(s->doc, node))
		return false;
	for (size_t i = 0; i < s->lists.count; i++)
		if (s->lists.items[i].takes &&
			s->lists.items[i].parent == name)
			return true;
	return false;
}

/* All children have one name, and it is one that takes their parent over:
 * `item`, `member`, or B of "A/B". */
static bool shape_collapses(const struct shape *s, uint32_t node)
{
	const struct doc *d = s->doc;
	uint32_t child = doc_child(d, node), name;
	uint32_t own = doc_name_id(d, node);

	if (!s->xml || child == DOC_NONE)
		return false;
	name = doc_name_id(d, child);
	for (; child != DOC_NONE; child = doc_next(d, child))
		if (doc_name_id(d, child) != name)
			return false;
	for (size_t i = 0; i < s->lists.count; i++) {
		const struct list *list = &s->lists.items[i];

		if (list->takes && list->child == name &&
			(list->any || list->parent == own))
			return true;
	}
	return false;
}

static struct out_line *shape_line(struct shape *s, uint32_t node,
	unsigned depth, bool in_array)
{
	struct out_line *line = VEC_PUSH(s->lines);

	*line = (struct out_line){ .node = node, .depth = depth,
		.label = "", .in_array = in_array };
	if (!in_array)
		line->label = doc_name(s->doc, node, &line->label_len);
	return line;
}

static void shape_node(struct shape *s, uint32_t node, unsigned depth,
	bool in_array);

/* The line at `at` is finished: everything behind it is below it. */
static void shape_end(struct shape *s, size_t at, size_t children)
{
	struct out_line *line = &s->lines->items[at];

	line->children = children;
	line->subtree = s->lines->count - at - 1;
}

static size_t shape_elements(struct shape *s, uint32_t node, unsigned depth)
{
	size_t count = 0;

	for (uint32_t i = doc_child(s->doc, node); i != DOC_NONE;
		i = doc_next(s->doc, i), count++)
		shape_node(s, i, depth, true);
	return count;
}

static void shape_find_groups(struct shape *s, uint32_t node)
{
	const struct doc *d = s->doc;
	size_t first = s->groups.count;

	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i)) {
		uint32_t name = doc_name_id(d, i);
		size_t *of = &s->group_of[name < s->names ? name : s->names];

		if (*of < first || *of >= s->groups.count ||
			s->groups.items[*of].name != name) {
			*of = s->groups.count;
			*VEC_PUSH(&s->groups) = (struct group){
				.owner = node, .name = name, .first = i };
		}
		s->groups.items[*of].count++;
	}
}

static void shape_group(struct shape *s, struct group g, unsigned depth)
{
	const struct doc *d = s->doc;
	size_t at = s->lines->count, left = g.count;

	if (g.count == 1 && !(s->xml &&
		shape_is_list(s, doc_name_id(d, g.owner), g.name))) {
		shape_node(s, g.first, depth, false);
		return;
	}
	shape_line(s, g.first, depth, false)->is_array = true;
	for (uint32_t i = g.first; left > 0; i = doc_next(d, i)) {
		if (doc_name_id(d, i) != g.name)
			continue;
		shape_node(s, i, depth + 1, true);
		left--;
	}
	shape_end(s, at, g.count);
}

static void shape_node(struct shape *s, uint32_t node, unsigned depth,
	bool in_array)
{
	enum doc_kind kind = doc_kind(s->doc, node);
	size_t at = s->lines->count, first = s->groups.count, count;
	struct out_line *line = shape_line(s, node, depth, in_array);

	if (kind > DOC_ARRAY) {
		if (shape_is_empty_list(s, node))
			line->is_array = true;
		else
			line->text = doc_text(s->doc, node, &line->text_len);
		return;
	}
	if (kind == DOC_ARRAY || shape_collapses(s, node)) {
		line->is_array = true;
		count = shape_elements(s, node, depth + 1);
	} else {
		shape_find_groups(s, node);
		count = s->groups.count - first;
		for (size_t i = 0; i < count; i++)
			shape_group(s, s->groups.items[first + i], depth + 1);
		s->groups.count = first;
	}
	shape_end(s, at, count);
}

void out_lines_build(struct out_lines *lines, const struct doc *d,
	uint32_t node, const char *lists)
{
	struct shape s = { .lines = lines, .doc = d,
		.xml = doc_name_id(d, 0) != DOC_NONE,
		.names = d->base + d->local.count };

	s.group_of = xcalloc((size_t)s.names + 1, sizeof(*s.group_of));
	shape_add_lists(&s, "*/item */member");
	shape_add_lists(&s, lists ? lists : "");
	lines->count = 0;
	shape_node(&s, node, 0, false);
	VEC_FREE(&s.lists);
	VEC_FREE(&s.groups);
	free(s.group_of);
}

void out_lines_clear(struct out_lines *lines)
{
	VEC_FREE(lines);
}
