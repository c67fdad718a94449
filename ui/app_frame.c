/* SPDX-License-Identifier: MIT */
#include "ui/app_own.h"

#include "base/clock.h"
#include "ui/dialog.h"
#include "ui/prompt.h"
#include "ui/statusline.h"

#include <string.h>

#define LEAST_ROWS 10
#define LEAST_COLUMNS 40
#define HEAD_ROWS 2
#define FOOT_ROWS 2

static struct area whole(const struct app *app)
{
	return (struct area){ app->screen, 0, 0, app->screen->rows,
		app->screen->columns };
}

struct area app_pane_area(const struct app *app)
{
	struct area all = whole(app);

	return area_cut(&all, HEAD_ROWS, 0,
		all.rows - HEAD_ROWS - FOOT_ROWS, all.columns);
}

struct pane *app_ground(const struct app *app)
{
	struct pane *pane = app->top;

	while (pane->ops->overlay && pane->below)
		pane = pane->below;
	return pane;
}

bool app_is_drawn(const struct app *app)
{
	const struct pane *ground = app_ground(app);

	for (const struct pane *p = app->top; p; p = p->below) {
		if (p->dirty || p->moved)
			return false;
		if (p == ground)
			break;
	}
	return !app->redraw && !app->own->head_dirty;
}

static void draw_pane(struct pane *pane, const struct area *area)
{
	if (pane->ops->draw)
		pane->ops->draw(pane, area);
}

/* What lies above the ground covers it anew whenever that changes; of
 * several, only the one on top is seen. */
static void draw_panes(struct app *app, const struct area *area)
{
	struct pane *ground = app_ground(app);

	if (app->top != ground || app->dialog || app->redraw)
		for (struct pane *p = app->top; p; p = p->below) {
			p->dirty = true;
			if (p == ground)
				break;
		}
	if (!app->top->dirty && !app->top->moved)
		return;
	draw_pane(ground, area);
	if (app->top != ground)
		draw_pane(app->top, area);
}

static void panes_drawn(struct app *app)
{
	const struct pane *ground = app_ground(app);

	for (struct pane *p = app->top; p; p = p->below) {
		p->dirty = p->moved = false;
		if (p == ground)
			break;
	}
}

/* Nothing is lost in a window that is too small: it only cannot be shown. */
static void draw_too_small(struct app *app)
{
	struct area all = whole(app);

	draw_clear(&all);
	draw_textf(&all, 0, 0, LOOK_WARN, "%dx%d is too small", all.columns,
		all.rows);
	draw_textf(&all, 1, 0, LOOK_TEXT, "%dx%d is needed", LEAST_COLUMNS,
		LEAST_ROWS);
}

static void draw_all(struct app *app)
{
	struct area all = whole(app);
	struct area head = area_cut(&all, 0, 0, HEAD_ROWS, all.columns);
	struct area foot = area_cut(&all, all.rows - FOOT_ROWS, 0, FOOT_ROWS,
		all.columns);
	struct area middle = app_pane_area(app);

	draw_panes(app, &middle);
	/* A moving cursor changes nothing outside of its pane. */
	if (!app->top->dirty && !app->own->head_dirty)
		return;
	statusline_head(app, &head);
	if (app->prompt)
		prompt_draw(app, &foot);
	else
		statusline_foot(app, &foot);
	if (app->dialog)
		dialog_draw(app, &middle);
}

void app_draw(struct app *app)
{
	struct screen *s = app->screen;

	if (app_is_drawn(app))
		return;
	screen_begin(s);
	if (s->rows < LEAST_ROWS || s->columns < LEAST_COLUMNS)
		draw_too_small(app);
	else
		draw_all(app);
	app->redraw = app->own->head_dirty = false;
	panes_drawn(app);
	screen_flush(s);
}

/* The next moment at which a head or foot line says something else though
 * nothing happened. */
int64_t app_frame_due(struct app *app)
{
	int64_t due = statusline_due(app), now = clock_now();

	if (app->own->message_until > now && app->own->message_until < due)
		due = app->own->message_until;
	return due;
}
