/* SPDX-License-Identifier: MIT */
#include "ui/prompt.h"

#include "base/mem.h"
#include "ui/app_own.h"
#include "ui/command.h"
#include "ui/edit.h"
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

struct prompt {
	const struct kind *kind;
	struct edit edit;
	char *label;
	char *before;            /* filter: what it was; history: the draft */
	struct error err;        /* of what is typed so far */
	size_t history;          /* index from the newest, 0: the draft */
	struct {
		struct vocabulary words;
		size_t start;    /* where the completed word begins */
		size_t at;       /* which one stands there; SIZE_MAX: none */
		bool shown;
	} complete;
	void (*candidates)(struct app *app, const char *typed, size_t *start,
		struct vocabulary *out);
	void (*answered)(struct app *app, const char *answer, void *data);
	void *data;
};

/* What a prompt does with its text; hooks that are NULL do nothing. */
struct kind {
	void (*changed)(struct app *app, struct prompt *p);
	/* True: done with, the prompt goes. */
	bool (*enter)(struct app *app, struct prompt *p);
	void (*cancel)(struct app *app, struct prompt *p);
	bool history, completes, secret;
};

static struct prompt *prompt_new(struct app *app, const struct kind *kind,
	const char *label, const char *text)
{
	struct prompt *p = xcalloc(1, sizeof(*p));

	prompt_close(app);
	p->kind = kind;
	p->label = xstrdup(label);
	edit_init(&p->edit, text);
	p->complete.at = SIZE_MAX;
	app->prompt = p;
	app->own->head_dirty = true;
	return p;
}

static void prompt_free(struct prompt *p)
{
	edit_clear(&p->edit);
	vocabulary_clear(&p->complete.words);
	free(p->label);
	free(p->before);
	free(p);
}

/* Takes it off first, so that what it does may open another. */
static void finish(struct app *app, bool cancelled)
{
	struct prompt *p = app->prompt;

	app->prompt = NULL;
	app->own->head_dirty = true;
	if (cancelled && p->kind->cancel)
		p->kind->cancel(app, p);
	prompt_free(p);
}

void prompt_close(struct app *app)
{
	if (app->prompt)
		finish(app, true);
}

/* The prompt is off the screen while its line runs. */
static bool enter_command(struct app *app, struct prompt *p)
{
	struct error err = ERROR_INIT;

	app->prompt = NULL;
	state_history_add(app->own->state, p->edit.text.p);
	if (!app_command(app, p->edit.text.p, &err))
		app_error(app, &err);
	prompt_free(p);
	return false;
}

static void filter(struct app *app, struct prompt *p, const char *text,
	bool done)
{
	error_reset(&p->err);
	if (app->top->ops->filter)
		app->top->ops->filter(app->top, text, done, &p->err);
}

static void filter_changed(struct app *app, struct prompt *p)
{
	filter(app, p, p->edit.text.p, false);
}

static bool filter_enter(struct app *app, struct prompt *p)
{
	filter(app, p, p->edit.text.p, true);
	return p->err.kind == ERR_NONE;
}

/* Back to the filter that was there. */
static void filter_cancel(struct app *app, struct prompt *p)
{
	filter(app, p, p->before && *p->before ? p->before : NULL, true);
}

static bool answer_enter(struct app *app, struct prompt *p)
{
	app->prompt = NULL;
	p->answered(app, p->edit.text.p, p->data);
	prompt_free(p);
	return false;
}

static void answer_cancel(struct app *app, struct prompt *p)
{
	p->answered(app, NULL, p->data);
}

static const struct kind command_kind = {
	.enter = enter_command, .history = true, .completes = true };
static const struct kind filter_kind = {
	.changed = filter_changed, .enter = filter_enter,
	.cancel = filter_cancel };
static const struct kind answer_kind = {
	.enter = answer_enter, .cancel = answer_cancel };
static const struct kind path_kind = {
	.enter = answer_enter, .cancel = answer_cancel, .completes = true };
static const struct kind secret_kind = {
	.enter = answer_enter, .cancel = answer_cancel, .secret = true };

void prompt_open_command(struct app *app, const char *text)
{
	prompt_new(app, &command_kind, ":", text);
}

void prompt_open_filter(struct app *app)
{
	const struct pane_ops *ops = app->top->ops;
	const char *text = ops->filter_text ? ops->filter_text(app->top) :
		NULL;
	struct prompt *p = prompt_new(app, &filter_kind, "/",
		text ? text : "");

	p->before = xstrdup(text ? text : "");
}

void prompt_ask(struct app *app, const char *label, bool secret,
	void (*answered)(struct app *app, const char *answer, void *data),
	void *data)
{
	struct prompt *p = prompt_new(app, secret ? &secret_kind :
		&answer_kind, label, "");

	p->answered = answered;
	p->data = data;
}

void prompt_ask_text(struct app *app, const char *label, const char *text,
	void (*answered)(struct app *app, const char *answer, void *data),
	void *data)
{
	prompt_ask(app, label, false, answered, data);
	edit_set(&app->prompt->edit, text);
}

void prompt_ask_path(struct app *app, const char *label, const char *text,
	void (*complete)(struct app *app, const char *typed, size_t *start,
		struct vocabulary *out),
	void (*answered)(struct app *app, const char *answer, void *data),
	void *data)
{
	struct prompt *p = prompt_new(app, &path_kind, label, text);

	p->candidates = complete;
	p->answered = answered;
	p->data = data;
}

static void forget_completion(struct prompt *p)
{
	vocabulary_clear(&p->complete.words);
	p->complete.at = SIZE_MAX;
	p->complete.shown = false;
}

static void changed(struct app *app, struct prompt *p)
{
	forget_completion(p);
	p->history = 0;
	if (p->kind->changed)
		p->kind->changed(app, p);
}

static void walk_history(struct app *app, struct prompt *p, int by)
{
	const struct state *state = app->own->state;
	size_t count = state_history_count(state);
	size_t at = p->history + (size_t)by;

	if ((by < 0 && !p->history) || at > count)
		return;
	if (!p->history) {
		free(p->before);
		p->before = xstrdup(p->edit.text.p);
	}
	p->history = at;
	edit_set(&p->edit, at ? state_history(state, count - at) :
		p->before);
	forget_completion(p);
}

/* How much all words have in common, in bytes. */
static size_t common(const struct vocabulary *v)
{
	size_t len = v->count ? strlen(v->items[0]) : 0;

	for (size_t i = 1; i < v->count; i++) {
		size_t n = 0;

		while (n < len && v->items[i][n] == v->items[0][n])
			n++;
		len = n;
	}
	return len;
}

static void put_word(struct prompt *p, const char *word, bool whole)
{
	struct str quoted = STR_INIT;

	if (whole && !p->candidates)
		words_quote(&quoted, word);
	else
		str_add(&quoted, word);
	edit_replace(&p->edit, p->complete.start, quoted.p);
	str_clear(&quoted);
}

/* Tab: what all candidates share; again: one after the other. */
static void complete(struct app *app, struct prompt *p, int by)
{
	struct vocabulary *v = &p->complete.words;
	size_t typed, shared;
	char *word;

	if (!p->complete.shown) {
		char *before = xstrndup(p->edit.text.p, p->edit.cursor);

		(p->candidates ? p->candidates : command_complete)(app,
			before, &p->complete.start, v);
		free(before);
		p->complete.shown = true;
		typed = p->edit.cursor - p->complete.start;
		shared = common(v);
		if (v->count == 1)
			put_word(p, v->items[0], true);
		else if (shared > typed) {
			word = xstrndup(v->items[0], shared);
			put_word(p, word, false);
			free(word);
		}
		if (v->count == 1 && !p->candidates)
			edit_insert(&p->edit, " ", 1);
		if (v->count <= 1)
			forget_completion(p);
		return;
	}
	if (!v->count)
		return;
	p->complete.at = p->complete.at == SIZE_MAX ?
		(by > 0 ? 0 : v->count - 1) :
		(p->complete.at + v->count + (size_t)by) % v->count;
	put_word(p, v->items[p->complete.at], true);
}

/* What a key that is no text is bound to, where the prompt has it. False:
 * it is the line's own. */
static bool run_bound(struct app *app, struct prompt *p, const char *line)
{
	if (str_eq(line, "back"))
		finish(app, true);
	else if (str_eq(line, "enter")) {
		if (p->kind->enter(app, p))
			finish(app, false);
	} else if (p->kind->history && str_eq(line, "older"))
		walk_history(app, p, 1);
	else if (p->kind->history && str_eq(line, "newer"))
		walk_history(app, p, -1);
	else if (p->kind->completes && str_eq(line, "complete"))
		complete(app, p, 1);
	else if (p->kind->completes && str_eq(line, "complete-back"))
		complete(app, p, -1);
	else
		return false;
	return true;
}

void prompt_key(struct app *app, int key)
{
	struct prompt *p = app->prompt;
	bool text = key >= KEYCODE_SPACE && key < KEYCODE_BACKSPACE;
	bool text_changed;

	app->own->head_dirty = true;
	if (key == KEYCODE_BACKSPACE && !p->edit.text.len)
		finish(app, true);
	else if (!text && run_bound(app, p, keymap_find(app->keymap,
			"input/prompt", key)))
		return;
	else if (edit_key(&p->edit, key, &text_changed) && text_changed)
		changed(app, p);
}

void prompt_paste(struct app *app, const char *text, size_t len)
{
	edit_insert(&app->prompt->edit, text, len);
	changed(app, app->prompt);
}

/* The end of the text when all of it does not fit; the cursor stays in. */
static void draw_input(const struct prompt *p, const struct area *line)
{
	int label = draw_text(line, 0, 1, LOOK_KEY, p->label) + 1;
	struct area field = area_cut(line, 0, label, 1,
		line->columns - label - 1);
	const char *text = p->edit.text.p;
	size_t skip = 0;

	if (p->kind->secret) {
		draw_cursor(&field, 0, draw_textf(&field, 0, 0, LOOK_DIM,
			"%zu characters", p->edit.text.len));
		return;
	}
	while (draw_width(&field, text + skip, p->edit.cursor - skip) >=
	    field.columns)
		do
			skip++;
		while (((unsigned char)text[skip] & 0xc0) == 0x80);
	draw_text(&field, 0, 0, LOOK_TEXT, text + skip);
	draw_cursor(&field, 0, draw_width(&field, text + skip,
		p->edit.cursor - skip));
}

/* The first of those that stand on one line with the chosen one. */
static size_t first_candidate(const struct prompt *p,
	const struct area *line)
{
	const struct vocabulary *v = &p->complete.words;
	size_t first = 0;
	int x = 1;

	for (size_t i = 0; p->complete.at != SIZE_MAX &&
	    i <= p->complete.at; i++) {
		int width = draw_width(line, v->items[i],
			strlen(v->items[i]));

		if (x + width >= line->columns && x > 1) {
			first = i;
			x = 1;
		}
		x += width + 2;
	}
	return first;
}

static void draw_candidates(const struct prompt *p, const struct area *line)
{
	const struct vocabulary *v = &p->complete.words;
	int x = 1;

	for (size_t i = first_candidate(p, line); i < v->count &&
	    x < line->columns; i++)
		x += 2 + draw_text(line, 0, x, i == p->complete.at ?
			LOOK_SELECTED : LOOK_TEXT, v->items[i]);
	if (!v->count && p->complete.shown)
		draw_text(line, 0, 1, LOOK_DIM, "nothing fits");
}

/* Before Tab: what the command takes. */
static void draw_help(const struct prompt *p, const struct area *line)
{
	size_t len = strcspn(p->edit.text.p, " ");
	char *name = xstrndup(p->edit.text.p, len);
	const struct command *c = p->kind == &command_kind ?
		command_find(name) : NULL;
	const struct error *err = &p->err;

	free(name);
	if (err->kind != ERR_NONE)
		draw_text(line, 0, 1, LOOK_WARN, err->text);
	else if (c)
		draw_textf(line, 0, 1, LOOK_DIM, "%s%s%s — %s", c->name,
			c->arguments ? " " : "",
			c->arguments ? c->arguments : "", c->help);
	else
		draw_text(line, 0, 1, LOOK_DIM, p->kind == &command_kind ?
			"Enter runs it, Tab completes, Esc leaves" :
			p->kind == &filter_kind ?
			"Enter keeps it, Esc leaves" :
			"Enter answers, Esc leaves");
}

void prompt_draw(struct app *app, const struct area *area)
{
	const struct prompt *p = app->prompt;
	struct area line = area_cut(area, 0, 0, 1, area->columns);
	struct area below = area_cut(area, 1, 0, 1, area->columns);

	draw_clear(&line);
	draw_clear(&below);
	draw_input(p, &line);
	if (p->complete.shown)
		draw_candidates(p, &below);
	else
		draw_help(p, &below);
}
