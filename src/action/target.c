/* SPDX-License-Identifier: MIT */
#include "action/target.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdio.h>
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
	const char *const *scope = t->location->resource->scope;

	str_addf(key, "%s\n%s\n", *t->account ? t->account :
		session_name(t->session), t->region);
	for (size_t i = 0; i < SCOPES && scope[i]; i++) {
		const char *value = location_get(t->location, scope[i]);

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
	session_unref(t->session);
	location_unref(t->location);
	free(t->id);
	free(t->label);
	free(t->state);
}

static bool add(struct targets *t, struct target *new)
{
	if (!is_new(t, new)) {
		target_clear(new);
		return false;
	}
	*VEC_PUSH(t) = *new;
	return true;
}

bool targets_add(struct targets *t, struct row row, const struct path *state)
{
	const struct segment *s = row.segment;
	struct target new = { .row = row,
		.session = session_ref(s->session),
		.location = location_ref(s->location) };
	struct str text = STR_INIT;

	memcpy(new.region, s->region, sizeof(new.region));
	row_account(row, new.account);
	row_id(row, &text);
	new.id = str_take(&text);
	row_label(row, &text);
	new.label = str_take(&text);
	new.state = xstrdup(row_text(row, state, NULL));
	segment_ref(row.segment);
	return add(t, &new);
}

bool targets_add_id(struct targets *t, struct session *session,
	struct location *location, const char *region, const char *id)
{
	struct target new = { .session = session_ref(session),
		.location = location_ref(location), .id = xstrdup(id),
		.label = xstrdup(""), .state = xstrdup("") };

	snprintf(new.region, sizeof(new.region), "%s", region ? region : "");
	session_account(session, new.account);
	return add(t, &new);
}

void targets_copy(struct targets *to, const struct target *one)
{
	struct target *t = VEC_PUSH(to);

	*t = *one;
	segment_ref(t->row.segment);
	session_ref(t->session);
	location_ref(t->location);
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
	return a->session == b->session && !strcmp(a->region, b->region) &&
		!strcmp(a->account, b->account) &&
		same_scope(a->location, b->location);
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
	return t->region[0] ? t->region : NULL;
}
