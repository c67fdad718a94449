/* SPDX-License-Identifier: MIT */
#include "ui/app_own.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGES_MOST 1000

static char *sanitised(const char *text)
{
	struct str clean = STR_INIT;

	text_sanitise(&clean, text, strlen(text), false);
	return str_take(&clean);
}

static void drop_oldest(struct app *app)
{
	struct message *items = app->messages.items;

	free(items[0].text);
	free(items[0].detail);
	app->messages.count--;
	memmove(items, items + 1, app->messages.count * sizeof(*items));
	if (app->own->message_seen)
		app->own->message_seen--;
}

/* The same thing again is the same message, later. */
static bool is_again(const struct app *app, enum message_level level,
	const char *text)
{
	const struct message *last = app->messages.count ?
		&app->messages.items[app->messages.count - 1] : NULL;

	return last && last->level == level && str_eq(last->text, text);
}

static void add(struct app *app, enum message_level level, const char *text,
	const char *detail)
{
	struct message m = { .level = level, .at = clock_wall(),
		.text = sanitised(text) };

	LOG("%s", m.text);
	if (is_again(app, level, m.text)) {
		app->messages.items[app->messages.count - 1].at = m.at;
		free(m.text);
		if (app->own->message_seen == app->messages.count)
			app->own->message_seen--;
	} else {
		if (app->messages.count >= MESSAGES_MOST)
			drop_oldest(app);
		m.detail = detail && *detail ? sanitised(detail) : NULL;
		*VEC_PUSH(&app->messages) = m;
	}
	app->own->message_until = clock_now() +
		app->settings->message_seconds * 1000;
	app->own->head_dirty = true;
	if (app->top)
		app->top->dirty |= str_eq(app->top->ops->context, "messages");
}

void app_message(struct app *app, enum message_level level,
	const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addvf(&text, format, args);
	va_end(args);
	add(app, level, text.p, NULL);
	str_clear(&text);
}

void app_error(struct app *app, const struct error *err)
{
	struct str detail = STR_INIT;

	if (err->kind == ERR_NONE || err->kind == ERR_CANCELLED)
		return;
	if (*err->code)
		str_addf(&detail, "%s", err->code);
	if (err->status)
		str_addf(&detail, "%sHTTP %d", detail.len ? ", " : "",
			err->status);
	if (*err->request_id)
		str_addf(&detail, "%srequest %s", detail.len ? ", " : "",
			err->request_id);
	add(app, MESSAGE_ERROR, err->text, detail.p);
	str_clear(&detail);
}

/* The newest while it is fresh; then the last warning or error that the
 * list has not shown yet. */
const struct message *app_shown_message(const struct app *app)
{
	size_t n = app->messages.count;

	if (n && app->own->message_until > clock_now())
		return &app->messages.items[n - 1];
	for (; n > app->own->message_seen; n--)
		if (app->messages.items[n - 1].level != MESSAGE_INFO)
			return &app->messages.items[n - 1];
	return NULL;
}

void app_copy(struct app *app, const char *what, const char *text)
{
	if (!*text)
		app_message(app, MESSAGE_WARN, "%s: nothing to copy", what);
	else if (screen_copy(app->screen, text))
		app_message(app, MESSAGE_INFO, "copied %s: %.200s", what,
			text);
	else
		app_message(app, MESSAGE_WARN,
			"%s is too long for the terminal's clipboard", what);
}
