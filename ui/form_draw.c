/* SPDX-License-Identifier: MIT */
/* The form on the screen: fields, values to choose from, what is wrong, what
 * will be sent, buttons. */
#include "ui/form.h"

#include "base/clock.h"
#include "base/str.h"
#include "ui/overlay.h"

#include <string.h>

#define WIDTH 76
#define LABEL_MOST 30
#define TEXT_LINES 4         /* of a FIELD_LINES */
#define LIVE_LINES 5
#define FIELDS_LEAST 3       /* lines that the fields get first */

static int field_lines(const struct input *in)
{
	int lines = in->field->type == FIELD_LINES ? TEXT_LINES : 1;

	if (in->hidden)
		return 0;
	return lines + (in->err.kind != ERR_NONE);
}

static int all_lines(const struct pane_form *p)
{
	int lines = 0;

	for (size_t i = 0; i < p->inputs.count; i++)
		lines += field_lines(&p->inputs.items[i]);
	return lines;
}

static int label_width(const struct pane_form *p, const struct area *area)
{
	int widest = 8;

	for (size_t i = 0; i < p->inputs.count; i++) {
		const struct input *in = &p->inputs.items[i];
		int width = draw_width(area, in->field->title,
			strlen(in->field->title)) + 2;

		if (!in->hidden && width > widest)
			widest = width;
	}
	if (widest > LABEL_MOST)
		widest = LABEL_MOST;
	return widest < area->columns / 2 ? widest : area->columns / 2;
}

/* What stands in an empty field: what it is now, or will be. */
static void placeholder(const struct input *in, struct str *out)
{
	const struct action_field *f = in->field;

	if (in->now)
		str_addf(out, "%s (now)", in->now);
	else if (f->value)
		str_add(out, f->value);
	else if (f->type == FIELD_SWITCH)
		str_add(out, "no");
	else if (f->type == FIELD_NUMBER)
		str_addf(out, "%ld to %ld", f->low, f->high);
	else if (f->type == FIELD_FILE)
		str_add(out, "a file; Tab completes");
	else if (f->type == FIELD_SAVE)
		str_add(out, "a new file; Tab completes");
	else if (f->type == FIELD_PAIR)
		str_add(out, field_is_list(f) ? "key=value key=value" :
			"key=value");
}

static bool is_on(const struct input *in)
{
	const char *text = in->edit.text.len ? in->edit.text.p : in->now ?
		in->now : in->field->value;

	return text && !strcmp(text, "true");
}

/* ‹ gp3 › and the others, dim, as far as there is room. */
static void draw_choice(const struct input *in, const struct area *at,
	bool focused)
{
	bool empty = input_is_empty(in);
	const char *text = !empty ? in->edit.text.p : in->now ? in->now :
		in->field->value ? in->field->value : "";
	int x = draw_textf(at, 0, 0, empty ? LOOK_DIM : LOOK_TEXT,
		focused ? "‹ %s ›" : "%s", text);

	if (focused) {
		struct str others = STR_INIT;

		str_addf(&others, "  of %s", in->field->choices);
		draw_cell(at, 0, x, at->columns - x, false, LOOK_DIM, false,
			others.p, others.len);
		str_clear(&others);
	}
}

/* As much of a line as fits with the cursor in it. */
static void draw_line(const struct area *at, int y, const char *text,
	size_t len, size_t cursor, bool focused)
{
	size_t skip = 0;

	while (focused && cursor != SIZE_MAX && skip < cursor &&
	    draw_width(at, text + skip, cursor - skip) >= at->columns)
		do
			skip++;
		while (((unsigned char)text[skip] & 0xc0) == 0x80);
	draw_cell(at, y, 0, at->columns, false, LOOK_TEXT, false,
		text + skip, len - skip);
	if (focused && cursor != SIZE_MAX)
		draw_cursor(at, y, draw_width(at, text + skip,
			cursor - skip));
}

static void draw_several(const struct input *in, const struct area *at,
	bool focused)
{
	const char *text = in->edit.text.p;
	size_t start = 0, cursor_line = 0, line = 0, first = 0;

	for (size_t i = 0; i < in->edit.cursor; i++)
		cursor_line += text[i] == '\n';
	if (cursor_line >= TEXT_LINES)
		first = cursor_line - TEXT_LINES + 1;
	for (;; line++) {
		size_t len = strcspn(text + start, "\n");
		bool here = line == cursor_line;

		if (line >= first && line < first + TEXT_LINES)
			draw_line(at, (int)(line - first), text + start, len,
				here ? in->edit.cursor - start : SIZE_MAX,
				focused);
		if (!text[start + len])
			break;
		start += len + 1;
	}
}

static void draw_value(const struct input *in, const struct area *at,
	bool focused)
{
	struct str hint = STR_INIT;

	if (in->field->type == FIELD_SWITCH) {
		draw_textf(at, 0, 0, input_is_empty(in) ? LOOK_DIM :
			LOOK_TEXT, "[%s]", is_on(in) ? "x" : " ");
		if (focused)
			draw_cursor(at, 0, 1);
	} else if (in->field->type == FIELD_CHOICE) {
		draw_choice(in, at, focused);
	} else if (in->field->secret && !input_is_empty(in) &&
	    in->field->type != FIELD_FILE) {
		draw_cursor(at, 0, draw_textf(at, 0, 0, LOOK_DIM,
			"%zu characters", in->edit.text.len));
	} else if (input_is_empty(in)) {
		placeholder(in, &hint);
		draw_cell(at, 0, 0, at->columns, false, LOOK_DIM, false,
			hint.p, hint.len);
		if (focused)
			draw_cursor(at, 0, 0);
	} else if (in->field->type == FIELD_LINES) {
		draw_several(in, at, focused);
	} else {
		draw_line(at, 0, in->edit.text.p, in->edit.text.len,
			in->edit.cursor, focused);
	}
	str_clear(&hint);
}

static void draw_field(const struct input *in, const struct area *lines,
	int y, int label, bool focused)
{
	const struct action_field *f = in->field;
	int unit = f->unit ? draw_width(lines, f->unit, strlen(f->unit)) + 1 :
		0;
	int high = f->type == FIELD_LINES ? TEXT_LINES : 1;
	struct area at = area_cut(lines, y, label + 2, high,
		lines->columns - label - 2 - unit);

	draw_cell(lines, y, 0, 1, false, LOOK_KEY, false,
		focused ? "▌" : " ", focused ? strlen("▌") : 1);
	draw_cell(lines, y, 1, label - 1, false, focused ? LOOK_HEADER :
		LOOK_TEXT, false, f->title, strlen(f->title));
	if (f->required && !f->value && !in->now)
		draw_text(lines, y, label, LOOK_WARN, "*");
	draw_value(in, &at, focused);
	if (unit)
		draw_text(lines, y, lines->columns - unit + 1, LOOK_DIM,
			f->unit);
	if (in->err.kind != ERR_NONE)
		draw_textf(lines, y + high, 2, LOOK_BAD, "%s %s",
			draw_signs(lines)->failed, in->err.text);
}

/* The focused field is always within. */
static void scroll(struct pane_form *p, int rows)
{
	int at = 0, lines = 0;

	for (size_t i = 0; i < p->inputs.count; i++) {
		if (i < p->focus)
			at += field_lines(&p->inputs.items[i]);
		if (i == p->focus)
			lines = field_lines(&p->inputs.items[i]);
	}
	if (p->skip > at)
		p->skip = at;
	if (at + lines > p->skip + rows)
		p->skip = at + lines - rows;
	if (p->skip > all_lines(p) - rows)
		p->skip = all_lines(p) - rows;
	if (p->skip < 0)
		p->skip = 0;
}

static void draw_fields(struct pane_form *p, const struct area *lines)
{
	int y = 0, label = label_width(p, lines);

	scroll(p, lines->rows);
	for (size_t i = 0; i < p->inputs.count; i++) {
		const struct input *in = &p->inputs.items[i];
		int at = y - p->skip;

		if (!in->hidden && at >= 0 && at < lines->rows)
			draw_field(in, lines, at, label, i == p->focus);
		y += field_lines(in);
	}
	if (all_lines(p) - p->skip > lines->rows)
		draw_text(lines, lines->rows - 1, lines->columns - 1,
			LOOK_DIM, "▾");
}

static void draw_live_row(struct pane_form *p, const struct area *at, int y,
	size_t i)
{
	bool selected = i == p->live.cursor;
	struct str value = STR_INIT, words = STR_INIT;
	int x = 3;

	draw_fill(at, y, 0, at->columns, LOOK_TEXT, selected);
	live_value(p, i, &value);
	live_words(p, i, &words);
	x += draw_cell(at, y, x, at->columns - x, false, LOOK_LINK, selected,
		value.p, value.len) + 2;
	draw_cell(at, y, x, at->columns - x, false, LOOK_DIM, selected,
		words.p, words.len);
	str_clear(&value);
	str_clear(&words);
}

static void draw_live(struct pane_form *p, const struct area *at)
{
	struct form_live *l = &p->live;
	struct table_status status;
	size_t rows = (size_t)at->rows;

	if (!at->rows)
		return;
	if (!l->table) {
		draw_text(at, 0, 3, LOOK_DIM, "say first in which region");
		return;
	}
	table_status(l->table, &status);
	if (!l->shown.count)
		draw_text(at, 0, 3, LOOK_DIM, status.loading ? "loading …" :
			status.failed || status.denied ? "they could not be "
			"listed: the id can be typed" : status.rows ?
			"none matches: it is taken as it is typed" :
			"there are none");
	if (l->cursor != SIZE_MAX && l->cursor >= l->top + rows)
		l->top = l->cursor - rows + 1;
	if (l->cursor == SIZE_MAX || l->cursor < l->top)
		l->top = l->cursor == SIZE_MAX ? 0 : l->cursor;
	for (size_t i = l->top; i < l->shown.count && i < l->top + rows; i++)
		draw_live_row(p, at, (int)(i - l->top), i);
}

/* One line on the field that has the focus. */
static void draw_info(struct pane_form *p, const struct area *at)
{
	struct input *in = form_focused(p);
	const char *text = "";

	if (in && p->help)
		text = in->field->help ? in->field->help :
			in->field->title;
	else if (in && p->live.table && p->live.shown.count)
		text = "↓ chooses from the list, Enter takes it; an id may "
			"be typed";
	else if (in && in->field->help)
		text = in->field->help;
	else if (in && in->field->type == FIELD_SWITCH)
		text = "Space changes it";
	else if (in && in->field->type == FIELD_LINES)
		text = "Enter begins a line, Tab leaves";
	draw_cell(at, 0, 0, at->columns, false, LOOK_DIM, false, text,
		strlen(text));
}

/* What opens a list sends nothing that could be reviewed. */
static void take_labels(const struct pane_form *p,
	const char *labels[FORM_BUTTONS])
{
	labels[FORM_REVIEW] = p->proposal.form.action->opens ? "List" :
		"Review";
	labels[FORM_CANCEL] = "Cancel";
}

static void draw_foot(struct pane_form *p, const struct area *at, int live)
{
	struct area values = area_cut(at, 0, 0, live, at->columns);
	const char *labels[FORM_BUTTONS];
	int y = live;
	struct str sends = STR_INIT;

	draw_live(p, &values);
	if (at->rows - y > 1) {
		struct area info = area_cut(at, y++, 0, 1, at->columns);

		draw_info(p, &info);
	}
	if (at->rows - y > 1) {
		str_add(&sends, p->proposal.form.action->opens ? "" :
			"Sends ");
		form_describe(&p->proposal.form, &sends);
		overlay_text(at, y, 0, at->columns, 0, at->rows - y - 1,
			LOOK_DIM, sends.p);
	}
	take_labels(p, labels);
	overlay_buttons(at, at->rows - 1, labels, FORM_BUTTONS,
		(int)p->focus - (int)p->inputs.count);
	str_clear(&sends);
}

static void title_of(const struct pane_form *p, struct str *out)
{
	str_add(out, p->proposal.form.action->title);
	if (p->proposal.form.action->on != ON_PLACES) {
		str_add(out, ": ");
		proposal_subject(&p->proposal, out);
	}
}

void form_draw(struct pane *pane, const struct area *area)
{
	struct pane_form *p = (struct pane_form *)pane;
	struct input *focused = form_focused(p);
	int columns = area->columns - 4 < WIDTH ? area->columns - 4 : WIDTH;
	int fields = all_lines(p), room = area->rows - 2, foot = 4;
	int live = focused && focused->field->type == FIELD_LIVE ?
		LIVE_LINES : 0;
	struct str title = STR_INIT;
	struct area in, lines, rest;

	title_of(p, &title);
	if (foot > room - FIELDS_LEAST)
		foot = room - FIELDS_LEAST;
	if (foot < 1)
		foot = 1;
	if (live > room - foot - FIELDS_LEAST)
		live = room - foot - FIELDS_LEAST;
	if (live < 0)
		live = 0;
	if (fields > room - foot - live)
		fields = room - foot - live;
	overlay_box(area, fields + foot + live, columns, title.p,
		p->proposal.form.action->opens ?
		"Tab next · Ctrl-S list · F1 help · Esc back" :
		"Tab next · Ctrl-S review · F1 help · Esc back", &in);
	lines = area_cut(&in, 0, 0, fields, in.columns);
	rest = area_cut(&in, fields, 0, foot + live, in.columns);
	p->area = *area;
	p->lines = lines;
	p->foot = rest;
	p->live_lines = live;
	draw_fields(p, &lines);
	draw_foot(p, &rest, live);
	str_clear(&title);
}

static void click_field(struct pane_form *p, int y)
{
	int top = -p->skip;

	for (size_t i = 0; i < p->inputs.count; i++) {
		int lines = field_lines(&p->inputs.items[i]);

		if (y >= top && y < top + lines)
			form_focus(p, i);
		top += lines;
	}
}

static uint64_t click_foot(struct pane_form *p, int y, int x)
{
	struct form_live *l = &p->live;
	const char *labels[FORM_BUTTONS];
	int button = -1;

	take_labels(p, labels);
	if (y == p->foot.rows - 1)
		button = overlay_button_at(&p->foot, labels, FORM_BUTTONS, x);
	if (button >= 0) {
		form_focus(p, p->inputs.count + (size_t)button);
		form_press(p);
	} else if (y < p->live_lines && l->table &&
	    l->top + (size_t)y < l->shown.count) {
		l->cursor = l->top + (size_t)y;
		live_key(p, KEYCODE_ENTER);
		form_sync(p);
	}
	return 0;
}

/* A field gets the focus, a value is taken, a button is pressed. */
uint64_t form_click(struct pane *pane, int y, int x)
{
	struct pane_form *p = (struct pane_form *)pane;
	int line = y, column = x;

	if (clock_now() < p->hears)
		return 0;
	pane->dirty = true;
	if (overlay_click(&p->area, &p->lines, &line, &column)) {
		click_field(p, line);
		return 0;
	}
	return overlay_click(&p->area, &p->foot, &y, &x) ?
		click_foot(p, y, x) : 0;
}
