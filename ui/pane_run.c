/* SPDX-License-Identifier: MIT */
#include "ui/pane_run.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"
#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

#define NAME_LEAST 14
#define WORD_WIDTH 10

struct pane_run {
	struct pane pane;            /* first: a pane_run is its pane */
	struct ran *ran;
	struct list list;
	bool problems;               /* only what did not go well */
	struct { size_t *items; size_t count, room; } shown;
};

static struct pane_run *self(struct pane *pane)
{
	return (struct pane_run *)pane;
}

static bool is_problem(const struct ran *r, size_t i)
{
	struct str word = STR_INIT, detail = STR_INIT;
	bool bad = ran_state(r, i, &word, &detail) == ROLE_BAD;

	str_clear(&word);
	str_clear(&detail);
	return bad;
}

static void choose_rows(struct pane_run *p)
{
	size_t count = run_targets(p->ran->run)->count;

	p->shown.count = 0;
	for (size_t i = 0; i < count; i++)
		if (!p->problems || is_problem(p->ran, i))
			*VEC_PUSH(&p->shown) = i;
	p->list.count = p->shown.count;
	list_settle(&p->list);
	p->pane.dirty = true;
}

static bool retry(struct pane_run *p, struct error *err)
{
	if (!p->ran->ended)
		return error_set(err, ERR_USAGE, "it still runs; Ctrl-C "
			"cancels what was not sent");
	return ran_retry(p->ran) || error_set(err, ERR_USAGE, "nothing "
		"failed that could be tried again");
}

static bool cancel(struct pane_run *p)
{
	if (p->ran->ended && !p->ran->waiting)
		return false;
	ran_cancel(p->ran);
	app_message(p->pane.app, MESSAGE_INFO, p->ran->ended ?
		"no longer waited for" : "what was not sent is cancelled");
	return true;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_run *p = self(pane);
	const char *name = words->items[0];

	if (list_command(&p->list, name)) {
		pane->dirty = true;
		return true;
	}
	if (!strcmp(name, "retry"))
		return retry(p, err);
	if (!strcmp(name, "cancel"))
		return cancel(p);
	if (!strcmp(name, "problems")) {
		p->problems = !p->problems;
		choose_rows(p);
		return true;
	}
	return false;
}

static enum look look_of(enum role role)
{
	return (enum look)role;
}

static void add_sign(const struct area *area, enum role role,
	struct str *out)
{
	const struct signs *s = draw_signs(area);

	str_addf(out, "%s ", role == ROLE_GOOD ? s->running :
		role == ROLE_BAD ? s->failed : role == ROLE_WARN ?
		s->moving : s->stopped);
}

static int name_width(const struct pane_run *p, const struct area *area)
{
	const struct targets *t = run_targets(p->ran->run);
	int widest = NAME_LEAST, most = area->columns / 2;

	for (size_t y = 0; y < (size_t)area->rows; y++) {
		struct str name = STR_INIT;
		size_t i = p->list.top + y;
		int width;

		if (i >= p->shown.count)
			break;
		target_words(&t->items[p->shown.items[i]], &name);
		width = draw_width(area, name.p, name.len);
		widest = width > widest ? width : widest;
		str_clear(&name);
	}
	return widest < most ? widest : most;
}

static void draw_row(const struct pane_run *p, const struct area *area,
	int y, size_t i, int width)
{
	const struct target *t = &run_targets(p->ran->run)->items[i];
	bool selected = p->list.top + (size_t)y == p->list.cursor;
	struct str name = STR_INIT, word = STR_INIT, detail = STR_INIT;
	struct str shown = STR_INIT;
	enum role role = ran_state(p->ran, i, &word, &detail);
	int x = 2;

	target_words(t, &name);
	draw_fill(area, y, 0, area->columns, LOOK_TEXT, selected);
	if (selected)
		draw_cell(area, y, 0, 1, false, LOOK_KEY, false, "▌",
			strlen("▌"));
	draw_cell(area, y, x, width, false, LOOK_TEXT, selected, name.p,
		name.len);
	x += width + 1;
	add_sign(area, role, &shown);
	str_add(&shown, word.p);
	draw_cell(area, y, x, WORD_WIDTH, false, look_of(role), selected,
		shown.p, shown.len);
	x += WORD_WIDTH + 1;
	if (run_targets(p->ran->run)->count > 1 && *t->region &&
	    area->columns > 100) {
		draw_cell(area, y, x, 15, false, LOOK_DIM, selected,
			t->region, strlen(t->region));
		x += 16;
	}
	draw_cell(area, y, x, area->columns - x, false, LOOK_TEXT, selected,
		detail.p, detail.len);
	str_clear(&name);
	str_clear(&word);
	str_clear(&detail);
	str_clear(&shown);
}

static void draw(struct pane *pane, const struct area *area)
{
	struct pane_run *p = self(pane);
	int width;

	p->list.page = (size_t)area->rows;
	list_settle(&p->list);
	draw_clear(area);
	if (!p->shown.count)
		draw_text(area, 1, 2, LOOK_TEXT, "Nothing went wrong here; "
			"the same key shows all");
	width = name_width(p, area);
	for (int y = 0; y < area->rows; y++) {
		size_t i = p->list.top + (size_t)y;

		if (i < p->shown.count)
			draw_row(p, area, y, p->shown.items[i], width);
	}
}

static void crumb(const struct pane *pane, struct str *out)
{
	str_add(out, ((const struct pane_run *)pane)->ran->title);
}

static void facts(const struct pane *pane, struct str *out)
{
	const struct pane_run *p = (const struct pane_run *)pane;

	ran_counts(p->ran, out);
	if (p->problems)
		str_add(out, "   problems only");
}

static void close_run(struct pane *pane)
{
	VEC_FREE(&self(pane)->shown);
	free(pane);
}

/* A second click has nothing to open. */
static uint64_t click(struct pane *pane, int y, int x)
{
	struct pane_run *p = self(pane);
	size_t i = p->list.top + (size_t)y;

	(void)x;
	if (i < p->shown.count)
		list_move(&p->list, i);
	pane->dirty = true;
	return 0;
}

static const struct pane_ops ops = {
	.context = "run",
	.close = close_run,
	.draw = draw,
	.command = command,
	.click = click,
	.crumb = crumb,
	.facts = facts,
};

struct pane *pane_run_new(struct app *app, struct ran *ran)
{
	struct pane_run *p = xcalloc(1, sizeof(*p));

	p->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	p->ran = ran;
	choose_rows(p);
	return &p->pane;
}

void pane_run_changed(const struct ran *ran)
{
	for (struct pane *p = ran->app->top; p; p = p->below) {
		struct pane_run *sheet = self(p);

		if (p->ops != &ops || sheet->ran != ran)
			continue;
		if (sheet->problems)
			choose_rows(sheet);
		p->dirty = true;
	}
}
