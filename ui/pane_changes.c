/* SPDX-License-Identifier: MIT */
/* The changes of this session (fetch/change.h), the newest first. Enter goes
 * to the row. */
#include "ui/pane_changes.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "fetch/change.h"
#include "ui/app_own.h"
#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH_TIME 8
#define WIDTH_WHAT 16
#define WIDTH_ID 21
#define WIDTH_NAME 16

struct pane_changes {
	struct pane pane;            /* first: a pane_changes is its pane */
	struct list list;            /* over shown[] */
	struct {
		uint64_t *items;     /* numbers of changes, from 0 */
		size_t count, room;
	} shown;
	uint64_t seen;               /* as many were there */
	struct str needle;           /* lower case */
	struct str cell;
};

static struct pane_changes *self(struct pane *pane)
{
	return (struct pane_changes *)pane;
}

/* By its number; NULL: the list has dropped it since. */
static const struct change *change_of(const struct pane_changes *p,
	uint64_t number)
{
	const struct fetch *f = p->pane.app->fetch;
	uint64_t first = fetch_changes_ever(f) - fetch_changes(f);

	return number < first ? NULL :
		fetch_change(f, (size_t)(number - first));
}

static const char *verb_of(const struct change *c)
{
	return c->kind == ROW_NEW ? "new" : c->kind == ROW_GONE ? "gone" :
		c->column->name;
}

/* Nothing there is a hyphen. */
static const char *shown(const char *text)
{
	return *text ? text : "-";
}

static void add_what(const struct change *c, struct str *out)
{
	str_addf(out, "%s %s", row_mark_sign(c->kind),
		c->location->resource->one);
}

static void add_told(const struct change *c, bool unicode, struct str *out)
{
	str_addf(out, "%s", verb_of(c));
	if (c->kind == ROW_CHANGED)
		str_addf(out, ": %s %s %s", shown(c->was),
			unicode ? "→" : "->", shown(c->is));
}

static bool is_wanted(struct pane_changes *p, const struct change *c)
{
	if (!p->needle.len)
		return true;
	str_reset(&p->cell);
	add_what(c, &p->cell);
	str_addf(&p->cell, " %s %s %s ", c->id, c->name, c->region);
	add_told(c, true, &p->cell);
	return text_find(p->cell.p, p->cell.len, p->needle.p,
		p->needle.len) != NULL;
}

/* What is under the cursor stays there while others come in above it. */
static void collect(struct pane_changes *p)
{
	const struct fetch *f = p->pane.app->fetch;
	uint64_t at = p->list.cursor < p->shown.count ?
		p->shown.items[p->list.cursor] : UINT64_MAX;
	uint64_t ever = fetch_changes_ever(f), n = fetch_changes(f);
	bool moved = p->list.cursor > 0;

	p->seen = ever;
	p->shown.count = 0;
	for (uint64_t i = 0; i < n; i++)
		if (is_wanted(p, change_of(p, ever - 1 - i)))
			*VEC_PUSH(&p->shown) = ever - 1 - i;
	p->list.count = p->shown.count;
	for (size_t i = 0; moved && i < p->shown.count; i++)
		if (p->shown.items[i] == at) {
			p->list.top += i - p->list.cursor;
			p->list.cursor = i;
		}
	list_settle(&p->list);
	p->pane.dirty = true;
}

static void update(struct pane *pane)
{
	if (self(pane)->seen != fetch_changes_ever(pane->app->fetch))
		collect(self(pane));
}

static void filter(struct pane *pane, const char *text, bool done,
	struct error *err)
{
	struct pane_changes *p = self(pane);

	(void)done, (void)err;
	str_reset(&p->needle);
	text_add_lower(&p->needle, text ? text : "");
	collect(p);
}

static const char *filter_text(const struct pane *pane)
{
	return ((const struct pane_changes *)pane)->needle.p;
}

static bool back(struct pane *pane)
{
	struct error err = ERROR_INIT;

	if (!*filter_text(pane))
		return false;
	filter(pane, NULL, true, &err);
	return true;
}

/* The listing it is of, with nothing else in it. */
static bool open_row(struct pane_changes *p, struct error *err)
{
	const struct change *c = p->shown.count ?
		change_of(p, p->shown.items[p->list.cursor]) : NULL;
	struct app *app = p->pane.app;
	struct str text = STR_INIT;

	if (!c)
		return error_set(err, ERR_NOT_FOUND, "no change here");
	if (c->kind == ROW_GONE)
		return error_set(err, ERR_NOT_FOUND, "%.80s is gone", c->id);
	str_addf(&text, "id=\"%s\"", c->id);
	app_open(app, location_ref(c->location), c->session,
		*c->region ? c->region : NULL);
	if (app->top->ops->table)
		app->top->ops->filter(app->top, text.p, true, err);
	str_clear(&text);
	return err->kind == ERR_NONE;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_changes *p = self(pane);

	if (list_command(&p->list, words->items[0])) {
		pane->dirty = true;
		return true;
	}
	return str_eq(words->items[0], "enter") && open_row(p, err);
}

static enum look look_of(const struct change *c)
{
	return c->problem ? LOOK_BAD : c->kind == ROW_GONE ? LOOK_DIM :
		LOOK_TEXT;
}

/* Its cells from left to right, as far as there is room. */
static void draw_change(struct pane_changes *p, const struct area *area,
	int y, const struct change *c, bool selected)
{
	const struct {
		int width;
		const char *text;
	} cells[] = { { WIDTH_ID, c->id }, { WIDTH_NAME, c->name } };
	enum look look = look_of(c);
	int x = 2;
	char at[32];

	if (p->pane.app->settings->times == TIMES_UTC)
		clock_format_iso(c->at, at);
	else
		clock_format_local(c->at, at);
	draw_cell(area, y, x, WIDTH_TIME, false, LOOK_DIM, selected, at + 11,
		WIDTH_TIME);
	x += WIDTH_TIME + 1;
	str_reset(&p->cell);
	add_what(c, &p->cell);
	draw_cell(area, y, x, WIDTH_WHAT, false, look, selected, p->cell.p,
		p->cell.len);
	x += WIDTH_WHAT + 1;
	for (size_t i = 0; i < 2 && x + cells[i].width < area->columns - 30;
	     i++) {
		draw_cell(area, y, x, cells[i].width, false, look, selected,
			shown(cells[i].text), strlen(shown(cells[i].text)));
		x += cells[i].width + 1;
	}
	str_reset(&p->cell);
	add_told(c, draw_is_unicode(area), &p->cell);
	if (area->columns >= 100 && *c->region)
		str_addf(&p->cell, "  %s", c->region);
	draw_cell(area, y, x, area->columns - x, false, look, selected,
		p->cell.p, p->cell.len);
}

static void draw(struct pane *pane, const struct area *area)
{
	struct pane_changes *p = self(pane);

	p->list.page = (size_t)area->rows;
	list_settle(&p->list);
	draw_clear(area);
	if (!p->shown.count)
		draw_text(area, 1, 2, LOOK_TEXT, p->needle.len ?
			"Nothing matches; Esc shows all" :
			"Nothing has changed since it began");
	for (int y = 0; y < area->rows; y++) {
		size_t i = p->list.top + (size_t)y;
		bool selected = i == p->list.cursor;
		const struct change *c;

		if (i >= p->shown.count)
			break;
		c = change_of(p, p->shown.items[i]);
		draw_fill(area, y, 0, area->columns, LOOK_TEXT, selected);
		if (selected)
			draw_cell(area, y, 0, 1, false, LOOK_KEY, false, "▌",
				strlen("▌"));
		if (c)
			draw_change(p, area, y, c, selected);
	}
}

static void crumb(const struct pane *pane, struct str *out)
{
	(void)pane;
	str_add(out, "Changes");
}

static void facts(const struct pane *pane, struct str *out)
{
	const struct pane_changes *p = (const struct pane_changes *)pane;
	size_t all = fetch_changes(pane->app->fetch);

	if (p->shown.count != all)
		str_addf(out, "%zu of ", p->shown.count);
	str_addf(out, "%zu", all);
	if (fetch_changes_ever(pane->app->fetch) > all)
		str_add(out, "   the last ones");
}

static uint64_t click(struct pane *pane, int y, int x)
{
	struct pane_changes *p = self(pane);
	size_t i = p->list.top + (size_t)y;

	(void)x;
	if (i >= p->shown.count)
		return 0;
	list_move(&p->list, i);
	pane->dirty = true;
	return p->shown.items[i] + 1;
}

static void close_changes(struct pane *pane)
{
	struct pane_changes *p = self(pane);

	VEC_FREE(&p->shown);
	str_clear(&p->needle);
	str_clear(&p->cell);
	free(p);
}

static const struct pane_ops ops = {
	.context = "choice",
	.close = close_changes,
	.draw = draw,
	.command = command,
	.click = click,
	.update = update,
	.crumb = crumb,
	.facts = facts,
	.filter = filter,
	.filter_text = filter_text,
	.back = back,
};

struct pane *pane_changes_new(struct app *app)
{
	struct pane_changes *p = xcalloc(1, sizeof(*p));

	p->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	str_init(&p->needle, 0);
	str_init(&p->cell, 0);
	collect(p);
	return &p->pane;
}

bool do_changes(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words, (void)err;
	app_push(app, pane_changes_new(app));
	return true;
}
