/* SPDX-License-Identifier: MIT */
#include "action/lookup.h"

#include "action/read.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* One session, region and scope, and what is asked there. */
struct place {
	struct pool_job job;     /* first: a place is its job */
	struct lookup *lookup;
	struct session *session;
	struct location *location;
	char *region;            /* NULL where global */
	struct { char **items; size_t count, room; } ids;
	struct { size_t *items; size_t count, room; } answers;
	struct map *asked;
};

struct lookup {
	struct task task;
	const struct compiled *compiled;
	struct { struct place **items; size_t count, room; } places;
	struct { struct lookup_answer **items; size_t count, room; } answers;
};

struct lookup *lookup_new(struct pool *pool, struct mailbox *box,
	const struct compiled *compiled)
{
	struct lookup *l = xcalloc(1, sizeof(*l));

	task_init(&l->task, l, pool, box);
	l->compiled = compiled;
	return l;
}

static void take_row(void *data, size_t index, struct row row)
{
	struct place *p = data;
	size_t i = p->answers.items[index];
	struct lookup_answer *a = p->lookup->answers.items[i];

	a->row = row;
	segment_ref(row.segment);
	task_post(&p->lookup->task, &a->mail, i);
}

static void take_failed(void *data, size_t index, const struct error *err)
{
	struct place *p = data;
	size_t i = p->answers.items[index];
	struct lookup_answer *a = p->lookup->answers.items[i];

	a->error = *err;
	task_post(&p->lookup->task, &a->mail, i);
}

static void run_place(struct pool_job *job)
{
	struct place *p = (struct place *)job;
	const struct read read = {
		.compiled = p->lookup->compiled, .session = p->session,
		.location = p->location, .region = p->region,
		.ids = (const char *const *)p->ids.items,
		.count = p->ids.count, .cancel = p->lookup->task.cancel,
		.data = p, .row = take_row, .failed = take_failed };

	read_rows(&read);
	task_leave(&p->lookup->task);
}

static struct place *find_place(struct lookup *l, struct session *session,
	struct location *scope, const char *region)
{
	struct place *p;

	for (size_t i = 0; i < l->places.count; i++) {
		p = l->places.items[i];
		if (p->session == session && str_eq(p->region, region) &&
		    location_equal(p->location, scope))
			return p;
	}
	p = xcalloc(1, sizeof(*p));
	p->job.run = run_place;
	p->job.lane = POOL_ACTION;
	p->lookup = l;
	p->session = session_ref(session);
	p->location = location_ref(scope);
	p->region = region ? xstrdup(region) : NULL;
	p->asked = map_new();
	*VEC_PUSH(&l->places) = p;
	return p;
}

void lookup_add(struct lookup *l, struct session *session,
	struct location *location, const char *region, const char *id)
{
	struct location *scope = target_scope(location);
	struct place *p = find_place(l, session, scope, region);
	struct lookup_answer *a;

	location_unref(scope);
	if (map_set(p->asked, id, p))
		return;
	a = xcalloc(1, sizeof(*a));
	a->session = p->session;
	a->region = p->region ? p->region : "";
	*VEC_PUSH(&p->ids) = xstrdup(id);
	a->id = p->ids.items[p->ids.count - 1];
	*VEC_PUSH(&p->answers) = l->answers.count;
	*VEC_PUSH(&l->answers) = a;
}

void lookup_add_targets(struct lookup *l, const struct targets *targets)
{
	for (size_t i = 0; i < targets->count; i++) {
		const struct target *t = &targets->items[i];

		lookup_add(l, t->session, t->location, target_region(t),
			t->id);
	}
}

void lookup_start(struct lookup *l)
{
	task_send(&l->task, (struct pool_job *const *)l->places.items,
		l->places.count);
}

void lookup_cancel(struct lookup *l)
{
	cancel_set(l->task.cancel);
}

size_t lookup_count(const struct lookup *l)
{
	return l->answers.count;
}

const struct lookup_answer *lookup_at(const struct lookup *l, size_t i)
{
	return l->answers.items[i];
}

static void place_free(struct place *p)
{
	for (size_t i = 0; i < p->ids.count; i++)
		free(p->ids.items[i]);
	VEC_FREE(&p->ids);
	VEC_FREE(&p->answers);
	map_free(p->asked, NULL);
	session_unref(p->session);
	location_unref(p->location);
	free(p->region);
	free(p);
}

void lookup_free(struct lookup *l)
{
	for (size_t i = 0; i < l->answers.count; i++) {
		segment_unref(l->answers.items[i]->row.segment);
		free(l->answers.items[i]);
	}
	VEC_FREE(&l->answers);
	for (size_t i = 0; i < l->places.count; i++)
		place_free(l->places.items[i]);
	VEC_FREE(&l->places);
	task_clear(&l->task);
	free(l);
}

bool row_differences(struct row old, struct row new, struct str *out)
{
	const struct compiled *c = old.segment->compiled;
	struct str before = STR_INIT, after = STR_INIT;
	size_t from = out->len;

	for (size_t i = 0; i < c->column_count; i++) {
		const struct compiled_column *column = &c->columns[i];

		if (column->join >= 0 && !column->column->path)
			continue;
		str_reset(&before);
		str_reset(&after);
		row_plain(old, column, (struct row){ 0 }, &before);
		row_plain(new, column, (struct row){ 0 }, &after);
		if (before.len == after.len &&
		    !memcmp(before.p, after.p, after.len))
			continue;
		str_addf(out, "%s%s %s → %s", out->len > from ? "\n" : "",
			column->column->title, before.len ? before.p : "-",
			after.len ? after.p : "-");
	}
	str_clear(&before);
	str_clear(&after);
	return out->len > from;
}
