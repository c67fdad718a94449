/* SPDX-License-Identifier: MIT */
/* A list to choose from: regions, profiles, what a row leads to. */
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "ui/app.h"
#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

struct pane_choice {
	struct pane pane;            /* first: a pane_choice is its pane */
	char *title;
	struct choice *choices;
	size_t count;
	bool several;
	void (*chosen)(struct app *app, const struct choice *choices,
		size_t count, size_t cursor, void *data);
	void *data;
	const char *kind;            /* NULL: as `several` says */
	void (*deleted)(struct app *app, const struct choice *choice,
		void *data);
	struct list list;            /* over shown[] */
	struct {
		size_t *items;
		size_t count, room;
	} shown;
	struct str needle;           /* lower case */
};

static struct pane_choice *self(struct pane *pane)
{
	return (struct pane_choice *)pane;
}

static void apply_filter(struct pane_choice *p)
{
	p->shown.count = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct choice *c = &p->choices[i];
		bool match = !p->needle.len ||
			text_find(c->label, strlen(c->label), p->needle.p,
				p->needle.len) ||
			(c->detail && text_find(c->detail,
				strlen(c->detail), p->needle.p,
				p->needle.len));

		if (match)
			*VEC_PUSH(&p->shown) = i;
	}
	p->list.count = p->shown.count;
	list_settle(&p->list);
	p->pane.dirty = true;
}

static void filter(struct pane *pane, const char *text, bool done,
	struct error *err)
{
	struct pane_choice *p = self(pane);

	(void)done, (void)err;
	str_reset(&p->needle);
	text_add_lower(&p->needle, text ? text : "");
	apply_filter(p);
}

static const char *filter_text(const struct pane *pane)
{
	return ((const struct pane_choice *)pane)->needle.p;
}

static bool back(struct pane *pane)
{
	struct error err = ERROR_INIT;

	if (!*filter_text(pane))
		return false;
	filter(pane, NULL, true, &err);
	return true;
}

/* The pane goes first, so that what was chosen opens in its place. */
static void choose(struct pane_choice *p)
{
	struct app *app = p->pane.app;
	struct choice *choices = p->choices;
	size_t count = p->count, cursor = p->shown.items[p->list.cursor];

	p->choices = NULL;
	p->count = 0;
	void (*chosen)(struct app *, const struct choice *, size_t, size_t,
		void *) = p->chosen;
	void *data = p->data;

	p->chosen = NULL;
	app_pop(app);
	chosen(app, choices, count, cursor, data);
	for (size_t i = 0; i < count; i++) {
		free(choices[i].label);
		free(choices[i].detail);
	}
	free(choices);
}

static void delete_one(struct pane_choice *p)
{
	size_t at = p->shown.items[p->list.cursor];
	struct choice gone = p->choices[at];

	p->deleted(p->pane.app, &gone, p->data);
	free(gone.label);
	free(gone.detail);
	p->count--;
	memmove(&p->choices[at], &p->choices[at + 1],
		(p->count - at) * sizeof(*p->choices));
	apply_filter(p);
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_choice *p = self(pane);
	const char *name = words->items[0];

	(void)err;
	if (list_command(&p->list, name)) {
		pane->dirty = true;
		return true;
	}
	if (!p->shown.count)
		return false;
	if (!strcmp(name, "enter")) {
		choose(p);
		return true;
	}
	if (!strcmp(name, "delete") && p->deleted) {
		delete_one(p);
		return true;
	}
	if (!strcmp(name, "mark") && p->several) {
		struct choice *c =
			&p->choices[p->shown.items[p->list.cursor]];

		c->marked = !c->marked;
		list_command(&p->list, "down");
		pane->dirty = true;
		return true;
	}
	return false;
}

static int label_width(const struct pane_choice *p, const struct area *area)
{
	int widest = 0;

	for (size_t i = 0; i < p->count; i++) {
		int width = draw_width(area, p->choices[i].label,
			strlen(p->choices[i].label));

		widest = width > widest ? width : widest;
	}
	if (widest > area->columns - 6)
		widest = area->columns - 6;
	return widest;
}

static void draw(struct pane *pane, const struct area *area)
{
	struct pane_choice *p = self(pane);
	int width = label_width(p, area);

	p->list.page = (size_t)area->rows;
	list_settle(&p->list);
	draw_clear(area);
	if (!p->shown.count)
		draw_text(area, 1, 2, LOOK_TEXT, p->count ?
			"Nothing matches; Esc shows all" : "Nothing here");
	for (int y = 0; y < area->rows; y++) {
		size_t i = p->list.top + (size_t)y;
		bool selected = i == p->list.cursor;
		const struct choice *c;

		if (i >= p->shown.count)
			break;
		c = &p->choices[p->shown.items[i]];
		draw_fill(area, y, 0, area->columns, LOOK_TEXT, selected);
		if (selected)
			draw_cell(area, y, 0, 1, false, LOOK_KEY, false, "▌",
				strlen("▌"));
		if (c->marked)
			draw_cell(area, y, selected ? 1 : 0, 1, false,
				LOOK_MARKED, selected, "+", 1);
		draw_cell(area, y, 2, width, false,
			c->marked ? LOOK_MARKED : LOOK_TEXT, selected,
			c->label, strlen(c->label));
		if (c->detail && width + 5 < area->columns)
			draw_cell(area, y, width + 4,
				area->columns - width - 4, false, LOOK_DIM,
				selected, c->detail, strlen(c->detail));
	}
}

static void crumb(const struct pane *pane, struct str *out)
{
	str_add(out, ((const struct pane_choice *)pane)->title);
}

static void facts(const struct pane *pane, struct str *out)
{
	const struct pane_choice *p = (const struct pane_choice *)pane;
	size_t marked = 0;

	for (size_t i = 0; i < p->count; i++)
		marked += p->choices[i].marked;
	if (p->shown.count != p->count)
		str_addf(out, "%zu of ", p->shown.count);
	str_addf(out, "%zu", p->count);
	if (marked)
		str_addf(out, "   %zu marked", marked);
}

/* Marks have keys where they mean something. */
static const char *subject(const struct pane *pane)
{
	const struct pane_choice *p = (const struct pane_choice *)pane;

	return p->kind ? p->kind : p->several ? "several" : NULL;
}

static void close_choice(struct pane *pane)
{
	struct pane_choice *p = self(pane);

	if (p->chosen)
		p->chosen(pane->app, p->choices, p->count, SIZE_MAX,
			p->data);
	for (size_t i = 0; i < p->count; i++) {
		free(p->choices[i].label);
		free(p->choices[i].detail);
	}
	free(p->choices);
	VEC_FREE(&p->shown);
	str_clear(&p->needle);
	free(p->title);
	free(p);
}

static uint64_t click(struct pane *pane, int y, int x)
{
	struct pane_choice *p = self(pane);
	size_t i = p->list.top + (size_t)y;

	(void)x;
	if (i >= p->shown.count)
		return 0;
	list_move(&p->list, i);
	pane->dirty = true;
	return p->shown.items[i] + 1;
}

static const struct pane_ops ops = {
	.context = "choice",
	.close = close_choice,
	.draw = draw,
	.command = command,
	.click = click,
	.crumb = crumb,
	.facts = facts,
	.filter = filter,
	.filter_text = filter_text,
	.subject = subject,
	.back = back,
};

void pane_choice_deletes(struct pane *pane, const char *kind,
	void (*deleted)(struct app *app, const struct choice *choice,
		void *data))
{
	struct pane_choice *p = self(pane);

	p->kind = kind;
	p->deleted = deleted;
}

struct pane *pane_choice_new(struct app *app, const char *title,
	struct choice *choices, size_t count, bool several,
	void (*chosen)(struct app *app, const struct choice *choices,
		size_t count, size_t cursor, void *data), void *data)
{
	struct pane_choice *p = xcalloc(1, sizeof(*p));

	p->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	p->title = xstrdup(title);
	p->choices = choices;
	p->count = count;
	p->several = several;
	p->chosen = chosen;
	p->data = data;
	str_init(&p->needle, 0);
	apply_filter(p);
	return &p->pane;
}
