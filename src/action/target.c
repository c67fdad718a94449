/* SPDX-License-Identifier: MIT */
#include "action/target.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

static bool same_scope(const struct location *a, const struct location *b)
{
	const char *const *scope = a->resource->scope;

	for (size_t i = 0; i < SCOPES && scope[i]; i++)
		if (!str_eq(location_get(a, scope[i]),
				location_get(b, scope[i])))
			return false;
	return true;
}

/* One key for one thing, also seen through two profiles of one account. */
static void add_key(const struct target *t, struct str *key)
{
	const struct segment *s = t->row.segment;
	const char *const *scope = s->compiled->resource->scope;

	str_addf(key, "%s\n%s\n", *t->account ? t->account :
		session_name(s->session), s->region);
	for (size_t i = 0; i < SCOPES && scope[i]; i++) {
		const char *value = location_get(s->location, scope[i]);

		str_addf(key, "%s\n", value ? value : "");
	}
	str_add(key, t->id);
}

static bool is_new(struct targets *t, const struct target *one)
{
	struct str key = STR_INIT;
	bool new;

	if (!t->seen)
		t->seen = map_new();
	add_key(one, &key);
	new = !map_set(t->seen, key.p, t);
	str_clear(&key);
	return new;
}

static void target_clear(struct target *t)
{
	segment_unref(t->row.segment);
	free(t->id);
	free(t->label);
	free(t->state);
}

bool targets_add(struct targets *t, struct row row, const struct path *state)
{
	struct target new = { .row = row };
	struct str text = STR_INIT;

	row_account(row, new.account);
	row_id(row, &text);
	new.id = str_take(&text);
	row_label(row, &text);
	new.label = str_take(&text);
	new.state = xstrdup(row_text(row, state, NULL));
	segment_ref(row.segment);
	if (!is_new(t, &new)) {
		target_clear(&new);
		return false;
	}
	*VEC_PUSH(t) = new;
	return true;
}

void targets_copy(struct targets *to, const struct target *one)
{
	struct target *t = VEC_PUSH(to);

	*t = *one;
	segment_ref(t->row.segment);
	t->id = xstrdup(one->id);
	t->label = xstrdup(one->label);
	t->state = xstrdup(one->state);
}

void targets_clear(struct targets *t)
{
	for (size_t i = 0; i < t->count; i++)
		target_clear(&t->items[i]);
	VEC_FREE(t);
	if (t->seen)
		map_free(t->seen, NULL);
	t->seen = NULL;
}

static bool go_together(const struct target *a, const struct target *b)
{
	const struct segment *x = a->row.segment, *y = b->row.segment;

	return x->session == y->session && !strcmp(x->region, y->region) &&
		!strcmp(a->account, b->account) &&
		same_scope(x->location, y->location);
}

/* In order of the first of each group; within it, as they came. */
void groups_init(struct target_groups *g, const struct targets *t)
{
	bool *taken = xcalloc(t->count + 1, sizeof(*taken));
	size_t n = 0;

	*g = (struct target_groups){ 0 };
	g->order = xcalloc(t->count + 1, sizeof(*g->order));
	for (size_t i = 0; i < t->count; i++) {
		struct target_group *group;

		if (taken[i])
			continue;
		group = VEC_PUSH(g);
		group->from = n;
		for (size_t k = i; k < t->count; k++) {
			if (taken[k] ||
			    !go_together(&t->items[i], &t->items[k]))
				continue;
			taken[k] = true;
			g->order[n++] = k;
		}
		group->to = n;
	}
	free(taken);
}

void groups_clear(struct target_groups *g)
{
	free(g->order);
	g->order = NULL;
	VEC_FREE(g);
}

struct location *target_scope(const struct location *location)
{
	const char *const *scope = location->resource->scope;
	struct location *p = location_new(location->resource);

	for (size_t i = 0; i < SCOPES && scope[i]; i++)
		if (location_get(location, scope[i]))
			location_set(p, scope[i],
				location_get(location, scope[i]));
	return p;
}

const char *target_region(const struct target *t)
{
	const struct segment *s = t->row.segment;

	return s->region[0] ? s->region : NULL;
}
