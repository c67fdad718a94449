/* SPDX-License-Identifier: MIT */
#include "ui/app_own.h"

#include "base/clock.h"

#define DOUBLE_MS 400
#define WHEEL_LINES 3

static void run(struct app *app, const char *line)
{
	struct error err = ERROR_INIT;

	if (!app_command(app, line, &err))
		app_error(app, &err);
}

/* The second click is for the same thing, not for the same place: rows move
 * under a waiting finger. */
static void click_pane(struct app *app, int y, int x, bool more)
{
	const struct pane_ops *ops = app->top->ops;
	struct app_mouse *mouse = &app->own->mouse;
	int64_t now = clock_now();
	bool soon = now - mouse->clicked_at <= DOUBLE_MS;
	uint64_t before = soon ? mouse->clicked : 0;

	if (more && ops->click_more) {
		ops->click_more(app->top, y, x);
		return;
	}
	if (!ops->click)
		return;
	mouse->clicked = ops->click(app->top, y, x);
	mouse->clicked_at = now;
	if (!mouse->clicked || mouse->clicked != before)
		return;
	mouse->clicked = 0;
	run(app, "enter");
}

static void click_hints(struct app *app, int x)
{
	const struct app_mouse *mouse = &app->own->mouse;

	for (size_t i = 0; i < mouse->hint_count; i++) {
		const struct hint *hint = &mouse->hints[i];

		if (x < hint->x || x >= hint->x + hint->width)
			continue;
		app_press(app, hint->key);
		return;
	}
}

void app_take_mouse(struct app *app, const struct key_event *event)
{
	struct area middle = app_pane_area(app);

	app->last_key = clock_now();
	if (app->dialog || app->prompt || middle.rows <= 0)
		return;
	if (event->key == MOUSE_WHEEL_UP || event->key == MOUSE_WHEEL_DOWN) {
		for (int i = 0; i < WHEEL_LINES; i++)
			run(app, event->key == MOUSE_WHEEL_UP ? "up" :
				"down");
	} else if (event->y == app->screen->rows - 1)
		click_hints(app, event->x);
	else if (event->y >= middle.y && event->y < middle.y + middle.rows)
		click_pane(app, event->y - middle.y, event->x - middle.x,
			event->key == MOUSE_PRESS_MORE);
}
