/* SPDX-License-Identifier: MIT */
/*
 * The columns of the table below: which are shown, in which order, how wide,
 * and what the rows are sorted by. A draft until Enter takes it.
 */
#include "base/mem.h"
#include "base/vec.h"
#include "ui/column_names.h"
#include "ui/list.h"
#include "ui/table_columns.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH_LEAST 3
#define WIDTH_FIRST 12
#define WIDTH_MOST 999

struct entry {
	char *name;
	char *title;
	bool shown, reverse;
	int width;               /* 0: by content */
	int now;                 /* on screen; 0: not there */
	unsigned sort;           /* from 1; 0: not sorted by it */
};

struct pane_columns {
	struct pane pane;        /* first: a pane_columns is its pane */
	const struct resource *resource;
	struct list list;
	struct {
		struct entry *items;
		size_t count, room;
	} entries;
	bool changed, sorted;    /* the columns were, the sort was */
};

static struct pane_columns *self(struct pane *pane)
{
	return (struct pane_columns *)pane;
}

static struct entry *current(struct pane_columns *p)
{
	return &p->entries.items[p->list.cursor];
}

static void move_by(struct pane_columns *p, int by)
{
	size_t at = p->list.cursor, to = at + (size_t)by;
	struct entry moved;

	if (to >= p->entries.count)
		return;
	moved = p->entries.items[at];
	p->entries.items[at] = p->entries.items[to];
	p->entries.items[to] = moved;
	list_move(&p->list, to);
}

/* From what stands on the screen; "auto" is by content again. */
static void resize(struct entry *e, int by)
{
	int width = e->width ? e->width : e->now ? e->now : WIDTH_FIRST;

	width += by;
	e->width = !by ? 0 : width < WIDTH_LEAST ? WIDTH_LEAST :
		width > WIDTH_MOST ? WIDTH_MOST : width;
	e->shown = true;
}

/* The keys that are left close up. */
static void close_ranks(struct pane_columns *p)
{
	unsigned next = 1;

	for (unsigned rank = 1; rank <= QUERY_SORTS; rank++)
		for (size_t i = 0; i < p->entries.count; i++)
			if (p->entries.items[i].sort == rank) {
				p->entries.items[i].sort = next++;
				break;
			}
}

/* The column becomes the Nth key; the same again turns it round; 0: none. */
static bool sort_key(struct pane_columns *p, const char *word,
	struct error *err)
{
	struct entry *e = current(p);
	long rank;

	if (!str_int(word, 0, QUERY_SORTS, &rank))
		return error_set(err, ERR_USAGE, "sort-key 1 to %d, 0: not",
			QUERY_SORTS);
	p->sorted = true;
	if (rank && e->sort == (unsigned)rank) {
		e->reverse = !e->reverse;
		return true;
	}
	for (size_t i = 0; rank && i < p->entries.count; i++)
		if (p->entries.items[i].sort == (unsigned)rank)
			p->entries.items[i].sort = 0;
	e->sort = (unsigned)rank;
	e->reverse = false;
	close_ranks(p);
	return true;
}

static void add_columns(const struct pane_columns *p, struct str *out)
{
	for (size_t i = 0; i < p->entries.count; i++) {
		const struct entry *e = &p->entries.items[i];

		if (!e->shown)
			continue;
		str_addf(out, "%s%s", out->len ? "," : "", e->name);
		if (e->width)
			str_addf(out, "=%d", e->width);
	}
}

static void add_sort(const struct pane_columns *p, struct str *out)
{
	for (unsigned rank = 1; rank <= QUERY_SORTS; rank++)
		for (size_t i = 0; i < p->entries.count; i++)
			if (p->entries.items[i].sort == rank)
				str_addf(out, "%s%s%s", out->len ? "," : "",
					p->entries.items[i].reverse ? "-" :
					"", p->entries.items[i].name);
}

/* The pane goes first: the table is then on top, if it still is there. */
static bool take(struct pane_columns *p, struct error *err)
{
	struct app *app = p->pane.app;
	struct str columns = STR_INIT, sort = STR_INIT;
	struct pane_table *t;
	bool ok = true;

	add_columns(p, &columns);
	add_sort(p, &sort);
	if (!columns.len) {
		ok = error_set(err, ERR_USAGE,
			"one column at least is to be seen");
		goto out;
	}
	t = pane_table_of(p->pane.below);
	if (t && t->location->resource == p->resource)
		ok = (!p->changed || table_choose_columns(t, columns.p,
			err)) && (!p->sorted || table_sort(t, sort.p, err));
	if (ok)
		app_pop(app);
out:
	str_clear(&columns);
	str_clear(&sort);
	return ok;
}

/* As the table has them. */
static bool take_default(struct pane_columns *p, struct error *err)
{
	struct app *app = p->pane.app;
	struct pane_table *t = pane_table_of(p->pane.below);

	if (t && t->location->resource == p->resource &&
	    !table_choose_columns(t, NULL, err))
		return false;
	app_pop(app);
	return true;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_columns *p = self(pane);
	const char *name = words->items[0];

	pane->dirty = true;
	if (list_command(&p->list, name))
		return true;
	if (!strcmp(name, "enter"))
		return take(p, err);
	if (!strcmp(name, "columns") && words->count == 2 &&
	    !strcmp(words->items[1], "default"))
		return take_default(p, err);
	if (!strcmp(name, "sort-key"))
		return sort_key(p, words->count > 1 ? words->items[1] : "",
			err);
	if (!strcmp(name, "mark")) {
		current(p)->shown = !current(p)->shown;
		list_command(&p->list, "down");
	} else if (!strcmp(name, "column-up"))
		move_by(p, -1);
	else if (!strcmp(name, "column-down"))
		move_by(p, 1);
	else if (!strcmp(name, "wider") || !strcmp(name, "right"))
		resize(current(p), 1);
	else if (!strcmp(name, "narrower") || !strcmp(name, "left"))
		resize(current(p), -1);
	else if (!strcmp(name, "width-auto"))
		resize(current(p), 0);
	else
		return false;
	p->changed = true;
	return true;
}

static void draw_entry(const struct pane_columns *p, const struct area *area,
	int y, size_t i, int width)
{
	const struct entry *e = &p->entries.items[i];
	bool selected = i == p->list.cursor;
	struct str text = STR_INIT;

	draw_fill(area, y, 0, area->columns, LOOK_TEXT, selected);
	if (selected)
		draw_cell(area, y, 0, 1, false, LOOK_KEY, false, "▌",
			strlen("▌"));
	if (e->shown)
		draw_cell(area, y, selected ? 1 : 0, 1, false, LOOK_MARKED,
			selected, "+", 1);
	draw_cell(area, y, 2, width, false, e->shown ? LOOK_MARKED :
		LOOK_TEXT, selected, e->name, strlen(e->name));
	if (e->sort)
		str_addf(&text, "%s%u", e->reverse ? "▼" : "▲", e->sort);
	draw_cell(area, y, width + 4, 4, false, LOOK_KEY, selected, text.p,
		text.len);
	str_reset(&text);
	if (e->width)
		str_addf(&text, "%d wide", e->width);
	else if (e->shown)
		str_add(&text, "by content");
	draw_cell(area, y, width + 8, 12, false, LOOK_DIM, selected, text.p,
		text.len);
	if (width + 24 < area->columns)
		draw_cell(area, y, width + 22, area->columns - width - 22,
			false, LOOK_DIM, selected, e->title,
			strlen(e->title));
	str_clear(&text);
}

static void draw(struct pane *pane, const struct area *area)
{
	struct pane_columns *p = self(pane);
	int width = 0;

	for (size_t i = 0; i < p->entries.count; i++) {
		const char *name = p->entries.items[i].name;
		int own = draw_width(area, name, strlen(name));

		width = own > width ? own : width;
	}
	if (width > area->columns - 24)
		width = area->columns > 40 ? area->columns - 24 :
			area->columns / 2;
	p->list.page = (size_t)area->rows;
	list_settle(&p->list);
	draw_clear(area);
	for (int y = 0; y < area->rows &&
	     p->list.top + (size_t)y < p->entries.count; y++)
		draw_entry(p, area, y, p->list.top + (size_t)y, width);
}

static void crumb(const struct pane *pane, struct str *out)
{
	str_addf(out, "%s › columns",
		((const struct pane_columns *)pane)->resource->title);
}

static void facts(const struct pane *pane, struct str *out)
{
	const struct pane_columns *p = (const struct pane_columns *)pane;
	size_t shown = 0;

	for (size_t i = 0; i < p->entries.count; i++)
		shown += p->entries.items[i].shown;
	str_addf(out, "%zu of %zu shown", shown, p->entries.count);
}

static const char *subject(const struct pane *pane)
{
	(void)pane;
	return "columns";
}

static uint64_t click(struct pane *pane, int y, int x)
{
	struct pane_columns *p = self(pane);
	size_t i = p->list.top + (size_t)y;

	(void)x;
	if (i >= p->entries.count)
		return 0;
	list_move(&p->list, i);
	pane->dirty = true;
	return 0;
}

static void close_columns(struct pane *pane)
{
	struct pane_columns *p = self(pane);

	for (size_t i = 0; i < p->entries.count; i++) {
		free(p->entries.items[i].name);
		free(p->entries.items[i].title);
	}
	VEC_FREE(&p->entries);
	free(p);
}

static const struct pane_ops ops = {
	.context = "choice",
	.close = close_columns,
	.draw = draw,
	.command = command,
	.click = click,
	.crumb = crumb,
	.facts = facts,
	.subject = subject,
};

static void add_entry(struct pane_columns *p, const struct pane_table *t,
	int index, bool shown)
{
	const struct column *c = t->compiled->columns[index].column;
	const struct layout *l = &t->drawn.layout;
	struct entry e = { .name = xstrdup(c->name),
		.title = xstrdup(c->title), .shown = shown,
		.width = t->widths[index] };

	for (size_t i = 0; i < l->count; i++)
		if (l->columns[i].index == index)
			e.now = l->columns[i].width;
	e.shown |= e.now && !t->chosen_count && !t->wide;
	for (size_t i = 0; i < t->query.sort_count; i++)
		if (t->query.sort[i].column == index) {
			e.sort = (unsigned)i + 1;
			e.reverse = t->query.sort[i].reverse;
		}
	*VEC_PUSH(&p->entries) = e;
}

static bool has(const struct pane_columns *p, const char *name)
{
	for (size_t i = 0; i < p->entries.count; i++)
		if (str_eq(p->entries.items[i].name, name))
			return true;
	return false;
}

/* The chosen ones, then the table's others, then tags of its rows. */
static void add_entries(struct pane_columns *p, const struct pane_table *t)
{
	struct vocabulary tags = { 0 };

	for (size_t i = 0; i < t->chosen_count; i++)
		add_entry(p, t, t->chosen[i], true);
	for (size_t i = 0; i < t->compiled->column_count; i++) {
		const struct column *c = t->compiled->columns[i].column;

		if (!has(p, c->name))
			add_entry(p, t, (int)i, t->wide && !t->chosen_count &&
				(c->w80 || c->w132));
	}
	for (size_t i = 0; i < t->query.sort_count; i++)
		if (!has(p, t->compiled->columns[t->query.sort[i].column]
		    .column->name))
			add_entry(p, t, t->query.sort[i].column, false);
	column_tags(t->table, &tags);
	for (size_t i = 0; i < tags.count; i++)
		if (!has(p, tags.items[i]))
			*VEC_PUSH(&p->entries) = (struct entry){
				.name = xstrdup(tags.items[i]),
				.title = xstrdup("tag") };
	vocabulary_clear(&tags);
}

bool table_arrange(struct pane_table *t, const struct words *words,
	struct error *err)
{
	struct pane_columns *p = xcalloc(1, sizeof(*p));

	(void)words, (void)err;
	p->pane = (struct pane){ .ops = &ops, .app = t->pane.app,
		.dirty = true };
	p->resource = t->location->resource;
	add_entries(p, t);
	p->list.count = p->entries.count;
	app_push(t->pane.app, &p->pane);
	return true;
}
