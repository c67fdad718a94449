/* SPDX-License-Identifier: MIT */
#include "ui/form.h"

#include "action/form_rows.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/location.h"
#include "ui/app_own.h"
#include "ui/keymap.h"
#include "ui/overlay.h"

#include <stdlib.h>
#include <string.h>

/* Where something new is made; no parameter of AWS's. */
static const struct action_field region_field = {
	.name = "region", .title = "Regions", .parameter = "[]", .required = true,
	.help = "One or more regions, a blank between; each gets one, with a result of its own"
};

static struct pane_form *self(struct pane *pane)
{
	return (struct pane_form *)pane;
}

struct input *form_focused(struct pane_form *p)
{
	return p->focus < p->inputs.count ? &p->inputs.items[p->focus] :
		NULL;
}

struct input *form_region_input(struct pane_form *p)
{
	struct input *first = p->inputs.count ? p->inputs.items : NULL;

	return first && first->field == &region_field ? first : NULL;
}

/* The form as far as it can be read, and what it asks for now. Files are
 * left alone until they are needed. */
void form_sync(struct pane_form *p)
{
	struct form *form = &p->proposal.form;

	for (size_t i = 0; i < p->inputs.count; i++) {
		struct error ignored = ERROR_INIT;

		if (p->inputs.items[i].field != &region_field)
			input_store(&p->inputs.items[i], form, false,
				&ignored);
	}
	for (size_t i = 0; i < p->inputs.count; i++) {
		const struct action_field *f = p->inputs.items[i].field;

		p->inputs.items[i].hidden = f->kept || !form_wants(form, f);
	}
	p->pane.dirty = true;
}

static void changed(struct pane_form *p)
{
	form_sync(p);
	live_typed(p);
}

static bool is_stop(const struct pane_form *p, size_t at)
{
	return at >= p->inputs.count || !p->inputs.items[at].hidden;
}

void form_focus(struct pane_form *p, size_t at)
{
	p->focus = at;
	p->help = false;
	live_focus(p);
	p->pane.dirty = true;
}

static void move_focus(struct pane_form *p, int by)
{
	size_t stops = p->inputs.count + FORM_BUTTONS, at = p->focus;

	do
		at = (at + stops + (size_t)by) % stops;
	while (!is_stop(p, at));
	form_focus(p, at);
}

/* Everything into the form; the first field that is wrong gets the focus. */
static bool collect(struct pane_form *p, struct error *err)
{
	struct form *form = &p->proposal.form;

	for (size_t i = 0; i < p->inputs.count; i++) {
		struct input *in = &p->inputs.items[i];

		if (in->hidden || in->field == &region_field)
			continue;
		if (!input_store(in, form, true, err)) {
			in->err = *err;
			form_focus(p, i);
			return false;
		}
		if (in->field->required && !in->field->value && !in->now &&
		    input_is_empty(in)) {
			form_focus(p, i);
			return error_set(err, ERR_USAGE, "%s is needed",
				in->field->title);
		}
	}
	return true;
}

static bool take_regions(struct pane_form *p, struct words *regions,
	struct error *err)
{
	struct input *in = form_region_input(p);
	const char *line = in ? in->edit.text.p : NULL;

	*regions = (struct words){ 0 };
	if (p->proposal.form.action->on != ON_PLACES)
		return true;
	if ((!in || words_split(regions, &line, err)) &&
	    proposal_places(&p->proposal, p->pane.app, regions, err))
		return true;
	if (in)
		form_focus(p, 0);
	return false;
}

/* The listing that was asked for stands in the form's place. */
static void open_listing(struct pane_form *p, const struct words *regions)
{
	struct app *app = p->pane.app;
	const struct field_list *opens = p->proposal.form.action->opens;
	struct error err = ERROR_INIT;
	const struct resource *r = catalogue_find(app->runtime->catalogue,
		opens->resource, &err);
	struct session *session = p->proposal.targets.count ?
		p->proposal.targets.items[0].session : NULL;
	struct location *to;

	if (!r) {
		app_error(app, &err);
		return;
	}
	to = form_list(&p->proposal.form, opens, p->proposal.row, r);
	draft_keep(p);
	app_pop(app);
	app_open(app, to, session, regions->count == 1 ? regions->items[0] :
		"");
}

static void copy_proposal(struct proposal *to, const struct proposal *from)
{
	*to = (struct proposal){ .hidden = from->hidden, .row = from->row };
	form_copy(&to->form, &from->form);
	for (size_t i = 0; i < from->targets.count; i++)
		targets_copy(&to->targets, &from->targets.items[i]);
	segment_ref(to->row.segment);
}

static void review(struct pane_form *p)
{
	struct app *app = p->pane.app;
	struct error err = ERROR_INIT;
	struct words regions = { 0 };
	struct proposal copy;

	if (!collect(p, &err) || !take_regions(p, &regions, &err) ||
	    !form_check(&p->proposal.form, &err)) {
		app_error(app, &err);
	} else if (p->proposal.form.action->opens) {
		open_listing(p, &regions);
	} else {
		copy_proposal(&copy, &p->proposal);
		proposal_ask(app, &copy);
	}
	words_clear(&regions);
}

static void leave(struct pane_form *p)
{
	draft_keep(p);
	app_pop(p->pane.app);
}

void form_press(struct pane_form *p)
{
	if (p->focus == p->inputs.count + FORM_REVIEW) {
		review(p);
	} else {
		draft_forget(p);
		app_pop(p->pane.app);
	}
}

static bool is_path_field(const struct input *in)
{
	return in && (in->field->type == FIELD_FILE ||
		in->field->type == FIELD_SAVE);
}

static void next(struct pane_form *p)
{
	struct input *in = form_focused(p);

	if (is_path_field(in) && in->edit.text.len &&
	    input_complete_path(in))
		changed(p);
	else
		move_focus(p, 1);
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_form *p = self(pane);
	const char *name = words->items[0];

	(void)err;
	pane->dirty = true;
	if (!strcmp(name, "back"))
		leave(p);
	else if (!strcmp(name, "review"))
		review(p);
	else if (!strcmp(name, "field-help"))
		p->help = !p->help;
	else if (!strcmp(name, "next-field"))
		next(p);
	else if (!strcmp(name, "previous-field"))
		move_focus(p, -1);
	else if (!strcmp(name, "enter") && form_focused(p))
		move_focus(p, 1);
	else if (!strcmp(name, "enter"))
		form_press(p);
	else if (!strcmp(name, "down") || !strcmp(name, "up"))
		move_focus(p, *name == 'd' ? 1 : -1);   /* the wheel */
	else
		return false;
	return true;
}

/* Keys that a field of that type needs for itself. */
static bool is_for_field(const struct input *in, int code)
{
	switch (in ? in->field->type : FIELD_TEXT) {
	case FIELD_LINES:
		return code == KEYCODE_ENTER || code == KEYCODE_UP ||
			code == KEYCODE_DOWN;
	case FIELD_SWITCH:
	case FIELD_CHOICE:
		return code == KEYCODE_SPACE || code == KEYCODE_LEFT ||
			code == KEYCODE_RIGHT;
	default:
		return false;
	}
}

static bool is_character(int code)
{
	return code >= KEYCODE_SPACE && code < KEYCODE_UP &&
		code != KEYCODE_BACKSPACE;
}

/* A key that is bound is a command, unless it is text. */
static bool is_bound(const struct pane_form *p, int code)
{
	return !(form_focused((struct pane_form *)p) &&
		is_character(code)) &&
		keymap_find(p->pane.app->keymap, "input/form", code);
}

static bool key(struct pane *pane, int code, const char *paste)
{
	struct pane_form *p = self(pane);
	struct input *in = form_focused(p);

	pane->dirty = true;
	if (clock_now() < p->hears)
		return true;
	if (paste) {
		if (in)
			input_paste(in, paste);
		changed(p);
		return in != NULL;
	}
	if (live_key(p, code)) {
		form_sync(p);
		return true;
	}
	if (is_for_field(in, code) && input_key(in, code)) {
		changed(p);
		return true;
	}
	if (is_bound(p, code))
		return false;
	if (in && input_key(in, code))
		changed(p);
	else if (!in && (code == KEYCODE_LEFT || code == KEYCODE_RIGHT))
		move_focus(p, code == KEYCODE_LEFT ? -1 : 1);
	return true;
}

static void update(struct pane *pane)
{
	if (live_update(self(pane)))
		pane->dirty = true;
}

static bool idle(const struct pane *pane)
{
	const struct pane_form *p = (const struct pane_form *)pane;
	struct table_status status;

	if (!p->live.table)
		return true;
	table_status(p->live.table, &status);
	return !status.loading;
}

static void close_form(struct pane *pane)
{
	struct pane_form *p = self(pane);

	form_present_stop(p);
	live_close(p);
	for (size_t i = 0; i < p->inputs.count; i++)
		input_clear(&p->inputs.items[i]);
	VEC_FREE(&p->inputs);
	proposal_clear(&p->proposal);
	free(p);
}

static const struct pane_ops ops = {
	.context = "input/form",
	.overlay = true,
	.close = close_form,
	.draw = form_draw,
	.command = command,
	.click = form_click,
	.key = key,
	.update = update,
	.idle = idle,
};

static void take_now(const struct pane_form *p, struct input *in)
{
	const struct targets *t = &p->proposal.targets;
	struct error err = ERROR_INIT;
	struct path *path;
	const char *text;

	if (!in->field->path || t->count != 1 || !t->items[0].row.segment)
		return;
	path = path_compile(NULL, in->field->path, &err);
	text = path ? row_text(t->items[0].row, path, NULL) : "";
	if (*text)
		in->now = xstrdup(text);
	path_free(path);
}

/* What the form has already: of the line that was typed, or of the row that
 * the new thing is to be like. */
void form_take_values(const struct pane_form *p, struct input *in)
{
	const struct form *form = &p->proposal.form;
	struct str words = STR_INIT;
	const char *text;

	for (size_t n = 0; (text = form_value(form, in->field, n)); n++) {
		if (n)
			str_addc(&words, ' ');
		if (field_is_list(in->field))
			words_quote(&words, text);
		else
			str_add(&words, text);
	}
	edit_set(&in->edit, words.p);
	str_clear(&words);
}

void form_show_values(struct pane_form *p)
{
	for (size_t i = 0; i < p->inputs.count; i++)
		if (!p->inputs.items[i].touched &&
		    input_is_empty(&p->inputs.items[i]))
			form_take_values(p, &p->inputs.items[i]);
}

static struct row subject_row(const struct pane_form *p)
{
	const struct targets *t = &p->proposal.targets;

	return t->count == 1 ? t->items[0].row : p->proposal.row;
}

static void add_inputs(struct pane_form *p)
{
	const struct action *a = p->proposal.form.action;
	const struct action_field *f = a->fields;
	struct str region = STR_INIT;

	if (a->on == ON_PLACES &&
	    !p->proposal.form.compiled->resource->global) {
		struct input *in = VEC_PUSH(&p->inputs);

		input_init(in, &region_field);
		proposal_region(&p->proposal, p->pane.app, &region);
		edit_set(&in->edit, region.p);
		str_clear(&region);
	}
	if (a->on != ON_ROWS)
		form_fill(&p->proposal.form, p->proposal.row);
	if (subject_row(p).segment)
		form_suggest(&p->proposal.form, NULL, subject_row(p));
	for (; f && f->name; f++) {
		struct input *in = VEC_PUSH(&p->inputs);

		input_init(in, f);
		take_now(p, in);
		form_take_values(p, in);
	}
}

void pane_form_open(struct app *app, struct proposal *proposal)
{
	struct pane_form *p = xcalloc(1, sizeof(*p));
	bool given = proposal->form.values.count > 0;

	p->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	p->hears = overlay_hears();
	p->live.cursor = SIZE_MAX;
	proposal_move(&p->proposal, proposal);
	add_inputs(p);
	if (!given && draft_restore(p))
		app_message(app, MESSAGE_INFO,
			"as you left it; Ctrl-U empties a field");
	app_push(app, &p->pane);
	form_sync(p);
	p->focus = form_region_input(p) && p->inputs.count > 1 ? 1 : 0;
	while (!is_stop(p, p->focus))
		p->focus++;
	live_focus(p);
	form_present_start(p);
}

void pane_form_done(struct app *app)
{
	if (app->top->ops != &ops)
		return;
	draft_forget(self(app->top));
	app_pop(app);
}
