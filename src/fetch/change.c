/* SPDX-License-Identifier: MIT */
#include "fetch/change.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/table_parts.h"

#include <stdlib.h>
#include <string.h>

#define KEEP 5000
/* Of one refresh: where more than this changes, nobody reads it. */
#define NEWS_MOST 2000

static void change_clear(struct change *c)
{
	location_unref(c->location);
	session_unref(c->session);
	free(c->region);
	free(c->id);
	free(c->name);
	free(c->was);
	free(c->is);
}

void changes_clear(struct changes *c)
{
	for (size_t i = 0; i < c->count; i++)
		change_clear(&c->items[i]);
	VEC_FREE(c);
	c->first = 0;
}

static char *text_of(const struct str *s)
{
	return xstrdup(s ? s->p : "");
}

void news_add(struct part *p, struct row row, enum row_mark kind,
	bool problem, const struct column *column, const struct str *was,
	const struct str *is)
{
	struct str id = STR_INIT, name = STR_INIT;
	const struct segment *s = row.segment;

	if (p->news.count >= NEWS_MOST)
		return;
	row_id(row, &id);
	row_label(row, &name);
	*VEC_PUSH(&p->news) = (struct change){
		.at = clock_wall(), .kind = kind, .problem = problem,
		.location = location_ref(s->location),
		.session = s->session ? session_ref(s->session) : NULL,
		.identity = row_identity(row), .column = column,
		.region = xstrdup(s->region), .id = str_take(&id),
		.name = str_take(&name), .was = text_of(was),
		.is = text_of(is)
	};
}

static void take(struct changes *log, const struct change *news)
{
	if (log->count < KEEP) {
		*VEC_PUSH(log) = *news;
	} else {
		change_clear(&log->items[log->first]);
		log->items[log->first] = *news;
		log->first = (log->first + 1) % KEEP;
	}
	log->ever++;
	log->problems += news->problem;
}

void news_publish(struct table *t, struct part *p)
{
	for (size_t i = 0; i < p->news.count; i++)
		take(&t->fetch->changes, &p->news.items[i]);
	VEC_FREE(&p->news);
}

size_t fetch_changes(const struct fetch *f)
{
	return f->changes.count;
}

const struct change *fetch_change(const struct fetch *f, size_t i)
{
	const struct changes *c = &f->changes;

	return &c->items[(c->first + i) % c->count];
}

uint64_t fetch_changes_ever(const struct fetch *f)
{
	return f->changes.ever;
}

uint64_t fetch_problems_ever(const struct fetch *f)
{
	return f->changes.problems;
}

void fetch_set_marks(struct fetch *f, int64_t ms, bool keep_gone)
{
	f->mark_ms = ms;
	f->keep_gone = keep_gone;
}

const char *row_mark_sign(enum row_mark mark)
{
	static const char *const signs[] = { [ROW_SAME] = "",
		[ROW_NEW] = "+", [ROW_CHANGED] = "~", [ROW_GONE] = "-" };

	return signs[mark];
}
