/* SPDX-License-Identifier: MIT */
#include "ui/pane_work.h"

#include "base/mem.h"
#include "base/text.h"
#include "ui/app_own.h"
#include "ui/list.h"

#include <stdlib.h>
#include <string.h>

struct pane_work {
	struct pane pane;            /* first: a pane_work is its pane */
	struct working *work;
	struct list list;            /* lines */
};

static struct pane_work *self(struct pane *pane)
{
	return (struct pane_work *)pane;
}

/* The lines to paste, alone: to be read whole, or copied. */
static bool open_lines(struct pane_work *p, struct error *err)
{
	struct app *app = p->pane.app;

	if (!p->work->lines.len)
		return error_set(err, ERR_USAGE, "there is nothing to paste");
	app_push(app, pane_text_new(app, p->work->title,
		xstrdup(p->work->lines.p)));
	return true;
}

static bool copy_lines(struct pane_work *p, struct error *err)
{
	if (!p->work->lines.len)
		return error_set(err, ERR_USAGE, "there is nothing to copy");
	app_copy(p->pane.app, "the lines", p->work->lines.p);
	return true;
}

static bool park(struct pane_work *p)
{
	if (!p->work->task)
		return false;
	flow_task_cancel(p->work->task);
	app_message(p->pane.app, MESSAGE_INFO, "parked behind this step");
	return true;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_work *p = self(pane);
	const char *name = words->items[0];

	if (list_command(&p->list, name)) {
		pane->dirty = true;
		return true;
	}
	if (!strcmp(name, "go-on"))
		return working_go_on(p->work, err);
	if (!strcmp(name, "connect"))
		return working_connect(p->work, err);
	if (!strcmp(name, "take-back"))
		return working_take_back(p->work, err);
	if (!strcmp(name, "document"))
		return open_lines(p, err);
	if (!strcmp(name, "copy"))
		return copy_lines(p, err);
	if (!strcmp(name, "cancel"))
		return park(p);
	return false;
}

static size_t count_lines(const char *text)
{
	size_t n = 0;

	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

static void draw_now(const struct pane_work *p, const struct area *area)
{
	const struct working *w = p->work;
	struct str line = STR_INIT;

	if (w->task && w->step)
		str_addf(&line, "%zu/%zu %s …", w->number, w->count, w->step);
	else if (w->state == FLOW_WAITING && w->lines.len)
		str_add(&line, "It waits for you: y shows what is to be done, "
			"Enter says that it is.");
	else
		str_add(&line, w->state == FLOW_RUNNING ? "it begins …" :
			flow_state_name(w->state));
	draw_cell(area, 0, 2, area->columns - 2, false, w->state ==
		FLOW_FAILED ? LOOK_BAD : w->state == FLOW_WAITING ?
		LOOK_WARN : LOOK_GOOD, false, line.p, line.len);
	str_clear(&line);
}

/* The first line is how it stands now, below is how it stood. */
static void draw(struct pane *pane, const struct area *area)
{
	struct pane_work *p = self(pane);
	const char *line = p->work->text.p;

	p->list.count = count_lines(line);
	p->list.page = area->rows > 2 ? (size_t)area->rows - 2 : 1;
	list_settle(&p->list);
	draw_clear(area);
	draw_now(p, area);
	for (size_t i = 0; i < p->list.top; i++)
		line = strchr(line, '\n') + 1;
	for (int y = 2; y < area->rows && *line; y++) {
		size_t len = strcspn(line, "\n");

		draw_cell(area, y, 2, area->columns - 2, false, LOOK_TEXT,
			false, line, len);
		line += len + (line[len] == '\n');
	}
}

static void crumb(const struct pane *pane, struct str *out)
{
	str_add(out, ((const struct pane_work *)pane)->work->title);
}

static void facts(const struct pane *pane, struct str *out)
{
	str_addf(out, "%.8s", ((const struct pane_work *)pane)->work->id);
}

static void close_work(struct pane *pane)
{
	working_let_go(self(pane)->work);
	free(pane);
}

static const struct pane_ops ops = {
	.context = "work",
	.close = close_work,
	.draw = draw,
	.command = command,
	.crumb = crumb,
	.facts = facts,
};

struct pane *pane_work_new(struct app *app, struct working *w)
{
	struct pane_work *p = xcalloc(1, sizeof(*p));

	p->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	p->work = w;
	p->list.free = true;
	return &p->pane;
}

void pane_work_changed(const struct working *w)
{
	for (struct pane *p = w->app->top; p; p = p->below)
		if (p->ops == &ops && self(p)->work == w)
			p->dirty = true;
}
