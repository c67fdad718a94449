/* SPDX-License-Identifier: MIT */
#include "ui/app_own.h"

#include "base/clock.h"
#include "base/mem.h"
#include "ui/dialog.h"
#include "ui/keymap.h"
#include "ui/prompt.h"

#include <stdlib.h>
#include <string.h>

bool app_read_keys(struct app *app)
{
	char bytes[4096];
	long n = screen_read(app->screen, bytes, sizeof(bytes));

	if (n > 0)
		key_feed(app->own->keys, bytes, (size_t)n, clock_now());
	return n != 0;
}

/* Keys mean commands; the pane may want them as text first (forms). */
static void run_key(struct app *app, int key)
{
	struct str context = STR_INIT;
	struct error err = ERROR_INIT;
	const char *line;
	char name[32];

	if (app->top->ops->key && app->top->ops->key(app->top, key, NULL))
		return;
	line = keymap_find(app->keymap, app_context(app, &context), key);
	if (line) {
		char *copy = xstrdup(line);  /* it may be bound anew */

		if (!app_command(app, copy, &err))
			app_error(app, &err);
		free(copy);
	} else {
		key_to_text(key, name);
		app_message(app, MESSAGE_INFO, "%s does nothing here", name);
	}
	str_clear(&context);
}

void app_press(struct app *app, int key)
{
	app->last_key = clock_now();
	if (app->dialog)
		dialog_key(app, key);
	else if (app->prompt)
		prompt_key(app, key);
	else
		run_key(app, key);
}

/* What is pasted where nobody writes never runs as keys. */
static void take_paste(struct app *app, const struct key_event *event)
{
	char *text = xstrndup(event->text, event->len);

	app->last_key = clock_now();
	if (app->dialog)
		dialog_paste(app);
	else if (app->prompt)
		prompt_paste(app, text, event->len);
	else if (!app->top->ops->key ||
	    !app->top->ops->key(app->top, KEYCODE_NONE, text))
		app_message(app, MESSAGE_WARN, "pasted text was not used: "
			"it can go into : and / and into forms");
	mem_wipe_free(text);
}

/* A terminal that draws `●` two columns wide gets ASCII signs. */
static void take_measure(struct app *app, int column)
{
	if (app->settings->ambiguous_width)
		return;
	screen_set_signs(app->screen, app->settings->ascii,
		column == 3 ? 2 : 1);
	if (column == 3)
		app->redraw = true;
}

/* Light is what black text is read on better than white. */
static void take_ground(struct app *app, int rgb)
{
	struct error err = ERROR_INIT;
	bool light = colour_contrast((uint32_t)rgb, 0x000000) >
		colour_contrast((uint32_t)rgb, 0xffffff);

	if (light == app->own->light)
		return;
	app->own->light = light;
	app_apply_settings(app, &err);
	app_error(app, &err);
}

void app_take_keys(struct app *app)
{
	struct key_event e;

	while (!app->quit && key_next(app->own->keys, clock_now(), &e)) {
		switch (e.kind) {
		case KEY_EVENT_KEY:
			app_press(app, e.key);
			break;
		case KEY_EVENT_PASTE:
			take_paste(app, &e);
			break;
		case KEY_EVENT_FOCUS_IN:
			app->own->focused = clock_now();
			break;
		case KEY_EVENT_FOCUS_OUT:
			break;
		case KEY_EVENT_CURSOR:
			take_measure(app, e.key);
			break;
		case KEY_EVENT_GROUND:
			take_ground(app, e.key);
			break;
		case KEY_EVENT_MOUSE:
			app_take_mouse(app, &e);
			break;
		}
		app->own->head_dirty = true;
	}
}
