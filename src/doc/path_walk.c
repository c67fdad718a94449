/* SPDX-License-Identifier: MIT */
/*
 * Paths at work. This runs for each column of each row that is sorted or
 * filtered: it compares numbers and allocates nothing. Calls nest by steps
 * (at most PATH_STEPS_MAX) and by arrays in arrays (at most the depth of a
 * document).
 */
#include "doc/path.h"

#include "doc/node.h"
#include "doc/step.h"

struct walk {
	const struct path *path;
	const struct doc *doc;
	const struct step *end;
	bool leaves;          /* only those count, and stand for what has
	                       * text beside attributes */
	bool (*visit)(void *data, uint32_t node);  /* NULL: first is enough */
	void *data;
	size_t count;
	uint32_t found;       /* the latest */
};

static bool walk(struct walk *w, const struct step *s, uint32_t node);

static uint32_t find_id(const struct path *p, const struct step *s,
	const struct doc *d)
{
	if (s->id < d->base && p->names == d->names)
		return s->id;
	return doc_find_name(d, s->name, s->name_len);
}

/* A leaf itself, or the text of an element that has attributes too. */
static uint32_t leaf_of(const struct doc *d, uint32_t node)
{
	if (!node_is_container(&d->nodes[node]))
		return node;
	return doc_get(d, node, doc_find_name(d, "#text", 5));
}

static bool has_text(const struct doc *d, uint32_t node,
	const struct step *s)
{
	uint32_t leaf = leaf_of(d, node);
	size_t len;
	const char *text;

	if (leaf == DOC_NONE)
		return false;
	text = node_text(d, leaf, &len);
	return len == s->value_len && memcmp(text, s->value, len) == 0;
}

/* For keys that are more than a name. */
struct key_match {
	const struct doc *doc;
	const struct step *step;
	bool matched;
};

static bool visit_key(void *data, uint32_t node)
{
	struct key_match *m = data;

	m->matched = has_text(m->doc, node, m->step);
	return !m->matched;
}

static bool matches(const struct doc *d, const struct step *s, uint32_t node)
{
	const struct step *key = s->key->steps.items;
	struct key_match m = { .doc = d, .step = s };

	if (s->key->steps.count > 1 || key->kind != STEP_NAME ||
		key->test != TEST_NONE ||
		node_kind(&d->nodes[node]) == DOC_ARRAY ||
		s->key->alternatives.items[0].from_root) {
		path_each(s->key, d, node, visit_key, &m);
		return m.matched;
	}

	uint32_t id = find_id(s->key, key, d);
	uint32_t end = node_after(d, node);

	for (uint32_t i = node_inside(d, node); i < end;
		i = node_after(d, i))
		if (node_name(&d->nodes[i]) == id && has_text(d, i, s))
			return true;
	return false;
}

static bool walk_tested(struct walk *w, const struct step *s, uint32_t node,
	uint32_t *seen)
{
	if (s->test == TEST_INDEX ? (*seen)++ == s->index :
		matches(w->doc, s, node))
		return walk(w, s + 1, node);
	return true;
}

/* In brackets behind a name, a list is what stands in it. */
static bool walk_named(struct walk *w, const struct step *s, uint32_t node,
	uint32_t *seen)
{
	const struct doc *d = w->doc;

	if (s->kind == STEP_ANY || node_kind(&d->nodes[node]) != DOC_ARRAY)
		return walk_tested(w, s, node, seen);
	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i))
		if (!walk_tested(w, s, i, seen))
			return false;
	return true;
}

static bool walk_children(struct walk *w, const struct step *s,
	uint32_t id, uint32_t node)
{
	const struct doc *d = w->doc;
	uint32_t end = node_after(d, node), seen = 0;
	bool any = s->kind == STEP_ANY, found = false;

	for (uint32_t i = node_inside(d, node); i < end;
		i = node_after(d, i)) {
		if (!any && node_name(&d->nodes[i]) != id)
			continue;
		found = true;
		if (s->test == TEST_NONE ? !walk(w, s + 1, i) :
			!walk_named(w, s, i, &seen))
			return false;
	}
	if (found || any || node_kind(&d->nodes[node]) != DOC_ARRAY)
		return true;
	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i))
		if (!walk_children(w, s, id, i))
			return false;
	return true;
}

/* Steps up and down again would come by the same nodes more than once. */
static bool walk_end(struct walk *w, uint32_t node)
{
	if (w->leaves)
		node = leaf_of(w->doc, node);
	if (node == DOC_NONE || (w->count && node <= w->found))
		return true;
	w->found = node;
	w->count++;
	return w->visit && w->visit(w->data, node);
}

static bool walk(struct walk *w, const struct step *s, uint32_t node)
{
	uint32_t id = DOC_NONE;

	for (; s < w->end && s->kind >= STEP_UP; s++) {
		if (s->kind == STEP_UP)
			node = doc_parent(w->doc, node);
		if (node == DOC_NONE)
			return true;
	}
	if (s == w->end)
		return walk_end(w, node);
	if (s->kind == STEP_NAME) {
		id = find_id(w->path, s, w->doc);
		if (id == DOC_NONE)
			return true;
	}
	return walk_children(w, s, id, node);
}

static void walk_path(struct walk *w, const struct path *p, uint32_t from)
{
	w->path = p;
	w->found = DOC_NONE;
	for (size_t i = 0; i < p->alternatives.count && !w->count &&
		from != DOC_NONE; i++) {
		const struct alternative *a = &p->alternatives.items[i];

		w->end = p->steps.items + a->end;
		walk(w, p->steps.items + a->first, a->from_root ? 0 : from);
	}
}

uint32_t path_first(const struct path *p, const struct doc *d,
	uint32_t from)
{
	struct walk w = { .doc = d };

	walk_path(&w, p, from);
	return w.found;
}

const char *path_text(const struct path *p, const struct doc *d,
	uint32_t from, size_t *len)
{
	struct walk w = { .doc = d, .leaves = true };

	walk_path(&w, p, from);
	return w.count ? doc_text(d, w.found, len) : NULL;
}

size_t path_each(const struct path *p, const struct doc *d, uint32_t from,
	bool (*visit)(void *data, uint32_t node), void *data)
{
	struct walk w = { .doc = d, .visit = visit, .data = data };

	walk_path(&w, p, from);
	return w.count;
}
