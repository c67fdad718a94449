/* SPDX-License-Identifier: MIT */
#include "ui/dialog.h"

#include "base/clock.h"
#include "base/mem.h"
#include "ui/app_own.h"
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#define DEAF_MS 300

struct dialog {
	char *title, *text, *yes, *no;
	enum look look;
	bool focus_yes;
	int64_t hears;           /* from then on */
	void (*answered)(struct app *app, bool yes, void *data);
	void *data;
};

/* Takes it off first, so that the answer may open another. */
static void answer(struct app *app, bool yes)
{
	struct dialog *d = app->dialog;

	app->dialog = NULL;
	app->redraw = true;
	d->answered(app, yes, d->data);
	free(d->title);
	free(d->text);
	free(d->yes);
	free(d->no);
	free(d);
}

void dialog_open(struct app *app, const struct dialog_options *options)
{
	struct dialog *d = xcalloc(1, sizeof(*d));

	dialog_close(app);
	d->title = xstrdup(options->title);
	d->text = xstrdup(options->text);
	d->yes = xstrdup(options->yes);
	d->no = xstrdup(options->no);
	d->look = options->look;
	d->hears = clock_now() + DEAF_MS;
	d->answered = options->answered;
	d->data = options->data;
	app->dialog = d;
	app->redraw = true;
}

void dialog_close(struct app *app)
{
	if (app->dialog)
		answer(app, false);
}

/* A key that was meant for what was there before answers nothing. */
void dialog_key(struct app *app, int key)
{
	struct dialog *d = app->dialog;
	const char *line;

	if (clock_now() < d->hears)
		return;
	app->own->head_dirty = true;
	line = keymap_find(app->keymap, "input/confirm", key);
	if (str_eq(line, "yes"))
		answer(app, true);
	else if (str_eq(line, "back"))
		answer(app, false);
	else if (str_eq(line, "enter"))
		answer(app, d->focus_yes);
	else if (str_eq(line, "next-field") ||
	    str_eq(line, "previous-field"))
		d->focus_yes = !d->focus_yes;
}

void dialog_paste(struct app *app)
{
	app_message(app, MESSAGE_WARN, "nothing can be pasted here");
}

static int line_count(const char *text)
{
	int lines = 1;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static int widest(const struct dialog *d, const struct area *area)
{
	int most = draw_width(area, d->title, strlen(d->title)) + 4;
	int buttons = draw_width(area, d->yes, strlen(d->yes)) +
		draw_width(area, d->no, strlen(d->no)) + 14;

	most = buttons > most ? buttons : most;
	for (const char *p = d->text; *p;) {
		size_t len = strcspn(p, "\n");
		int width = draw_width(area, p, len);

		most = width > most ? width : most;
		p += len + (p[len] == '\n');
	}
	return most;
}

static void draw_text_lines(const struct dialog *d, const struct area *box)
{
	const char *p = d->text;

	for (int y = 1; *p && y < box->rows - 3; y++) {
		size_t len = strcspn(p, "\n");

		draw_cell(box, y, 2, box->columns - 4, false, d->look, false,
			p, len);
		p += len + (p[len] == '\n');
	}
}

static void draw_buttons(const struct dialog *d, const struct area *box)
{
	int y = box->rows - 2, x = 2;

	for (int yes = 0; yes <= 1; yes++) {
		bool focused = d->focus_yes == (yes == 1);
		struct str label = STR_INIT;

		str_addf(&label, "[ %s ]", yes ? d->yes : d->no);
		draw_cell(box, y, x, draw_width(box, label.p, label.len),
			false, LOOK_TEXT, focused, label.p, label.len);
		x += draw_width(box, label.p, label.len) + 2;
		str_clear(&label);
	}
}

/* At the foot, so that the row it is about is rarely hidden. */
void dialog_draw(struct app *app, const struct area *area)
{
	const struct dialog *d = app->dialog;
	int columns = widest(d, area) + 4;
	int rows = line_count(d->text) + 4;
	struct area box;

	if (columns > area->columns)
		columns = area->columns;
	if (rows > area->rows)
		rows = area->rows;
	box = area_cut(area, area->rows - rows, (area->columns - columns) / 2,
		rows, columns);
	draw_box(&box, d->title, "y yes · n, Esc no");
	draw_text_lines(d, &box);
	draw_buttons(d, &box);
}
