/* SPDX-License-Identifier: MIT */
/* Where a row leads: its document, what is inside it, what is related. */
#include "base/mem.h"
#include "ui/pane_table.h"

#include <stdlib.h>

bool table_need_row(const struct pane_table *t, struct row *row,
	struct error *err)
{
	if (!pane_table_count(t))
		return error_set(err, ERR_USAGE, "no row here");
	*row = pane_table_row(t, t->cursor);
	return true;
}

static bool show(struct pane_table *t, bool sections, struct error *err)
{
	struct row row;

	if (!table_need_row(t, &row, err))
		return false;
	app_push(t->pane.app, pane_detail_new(t->pane.app, t->table, row,
		sections));
	return true;
}

bool table_describe(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w;
	return show(t, true, err);
}

/* The whole document at once, without the sections of `describe`. */
bool table_document(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w;
	return show(t, false, err);
}

bool table_drill_leads(const struct app *app, struct row row,
	const struct drill *drill)
{
	const struct resource *target = row_drill_target(row, drill,
		app->runtime->catalogue);
	struct location *l = target ? row_drill(row, drill, target) : NULL;

	if (l)
		location_unref(l);
	return l != NULL;
}

static bool follow_drill(struct pane_table *t, struct row row,
	const struct drill *drill, struct error *err)
{
	struct app *app = t->pane.app;
	const struct resource *target;
	struct location *location;
	char region[64];

	if (!drill->resource) {
		app_push(app, pane_detail_new(app, t->table, row, true));
		return true;
	}
	target = row_drill_target(row, drill, app->runtime->catalogue);
	location = target ? row_drill(row, drill, target) : NULL;
	if (!location)
		return error_set(err, ERR_NOT_FOUND,
			"%s: none for this row", drill->title);
	app_open(app, location, row.segment->session,
		row_region(row, region));
	return true;
}

/* The drills of the row's kind, then those of every row. */
static const struct drill *next_drill(struct row row, size_t i)
{
	const struct compiled *c = row.segment->compiled;
	const struct segment *s = row.segment;
	const struct row_kind *kind = &c->resource->rows[
		s->kinds ? s->kinds[row.index] : 0];

	for (const struct drill *d = kind->drills; d && d->title; d++)
		if (!i--)
			return d;
	for (const struct drill *d = c->resource->drills; d && d->title; d++)
		if (!i--)
			return d;
	return NULL;
}

bool table_enter(struct pane_table *t, const struct words *w,
	struct error *err)
{
	const struct drill *d;
	struct row row;

	if (!table_need_row(t, &row, err))
		return false;
	for (size_t i = 0; (d = next_drill(row, i)); i++)
		if (d->enter)
			return follow_drill(t, row, d, err);
	return table_describe(t, w, err);
}

/* What a picker of drills needs to go on with: the row, held. */
struct picked {
	struct pane_table *table;
	struct row row;
	const struct drill *drills[24];
};

static void drill_chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct picked *p = data;
	struct error err = ERROR_INIT;

	(void)choices;
	if (cursor < count && !follow_drill(p->table, p->row,
	    p->drills[cursor], &err))
		app_error(app, &err);
	segment_unref(p->row.segment);
	free(p);
}

static bool pick_drill(struct pane_table *t, const char *title, bool up_only,
	struct error *err)
{
	struct picked *p = xcalloc(1, sizeof(*p));
	struct choice *choices = xcalloc(24, sizeof(*choices));
	const struct drill *d;
	size_t n = 0;

	if (!table_need_row(t, &p->row, err)) {
		free(p);
		free(choices);
		return false;
	}
	p->table = t;
	for (size_t i = 0; n < 24 && (d = next_drill(p->row, i)); i++)
		if (d->resource && (!up_only || d->up) &&
		    table_drill_leads(t->pane.app, p->row, d)) {
			choices[n].label = xstrdup(d->title);
			choices[n].detail = xstrdup(row_drill_target(p->row,
				d, t->pane.app->runtime->catalogue)->name);
			p->drills[n++] = d;
		}
	if (!n) {
		free(p);
		free(choices);
		return error_set(err, ERR_NOT_FOUND, up_only ?
			"it is not known what uses this %s" :
			"nothing is related to this %s",
			t->location->resource->one);
	}
	segment_ref(p->row.segment);
	app_push(t->pane.app, pane_choice_new(t->pane.app, title, choices, n,
		false, drill_chosen, p));
	return true;
}

bool table_related(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w;
	return pick_drill(t, "Related", false, err);
}

bool table_used_by(struct pane_table *t, const struct words *w,
	struct error *err)
{
	(void)w;
	return pick_drill(t, "Used by", true, err);
}
