/* SPDX-License-Identifier: MIT */
/* What the user's own settings are made of: set, color, bind, source. */
#include "ui/command_rows.h"

#include "base/mem.h"
#include "ui/app_own.h"
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

static const char *argument(const struct words *words)
{
	return words->count > 1 ? words->items[1] : NULL;
}

/* Columns that have been wide stay so until there is a new query. */
static void measure_again(struct app *app)
{
	const struct pane_ops *ops = app->top->ops;
	struct error ignored = ERROR_INIT;

	if (ops->filter && ops->filter_text && app_table(app))
		ops->filter(app->top, ops->filter_text(app->top), true,
			&ignored);
	app->redraw = true;
}

bool do_times(struct app *app, const struct words *words, struct error *err)
{
	static const char *const names[] = { "as ages",
		"in local time", "in UTC" };
	struct settings *s = app->settings;

	if (!argument(words))
		s->times = (s->times + 1) % 3;
	else if (!setting_set(s, setting_find("times", err), argument(words),
	    err))
		return false;
	app_message(app, MESSAGE_INFO, "times are shown %s",
		names[s->times]);
	measure_again(app);
	return true;
}

static void show_settings(struct app *app)
{
	struct str text = STR_INIT;

	for (const struct setting *s = setting_table(); s->name; s++) {
		struct str value = STR_INIT;

		setting_get(app->settings, s, &value);
		str_addf(&text, "set %s ", s->name);
		words_quote(&text, value.p);
		str_addf(&text, "\n        %s\n", s->help);
		str_clear(&value);
	}
	app_push(app, pane_text_new(app, "Settings", str_take(&text)));
}

bool do_set(struct app *app, const struct words *words, struct error *err)
{
	const struct setting *s;
	struct str value = STR_INIT;

	if (words->count > 3)
		return error_set(err, ERR_USAGE, "set [NAME [VALUE]]; a value "
			"with blanks is quoted");
	if (words->count == 1 && app->top) {
		show_settings(app);
		return true;
	}
	if (words->count == 1)
		return error_set(err, ERR_USAGE, "set NAME VALUE");
	s = setting_find(words->items[1], err);
	if (!s)
		return false;
	if (words->count == 3 || s->type == SETTING_BOOL) {
		if (!setting_set(app->settings, s, words->count == 3 ?
		    words->items[2] : NULL, err))
			return false;
		app_apply_settings(app, err);
		return err->kind == ERR_NONE;
	}
	if (!app->top)
		return setting_set(app->settings, s, NULL, err);
	setting_get(app->settings, s, &value);
	app_message(app, MESSAGE_INFO, "%s is %s", s->name, value.p);
	str_clear(&value);
	return true;
}

static bool is_taken(void *data, const char *name)
{
	struct app *app = data;

	return command_find(name) || go_is_place(app, name);
}

static void show_aliases(struct app *app)
{
	const struct aliases *a = &app->own->language.aliases;
	struct str text = STR_INIT;

	for (size_t i = 0; i < a->count; i++) {
		str_addf(&text, "alias %s ", a->items[i].name);
		words_quote(&text, a->items[i].line);
		str_addc(&text, '\n');
	}
	if (!a->count)
		str_add(&text, "There are none: alias NAME COMMAND…\n");
	app_push(app, pane_text_new(app, "Aliases", str_take(&text)));
}

bool do_alias(struct app *app, const struct words *words, struct error *err)
{
	if (words->count > 1 || !app->top || str_eq(words->items[0],
	    "unalias"))
		return aliases_words(&app->own->language.aliases, words,
			is_taken, app, err);
	show_aliases(app);
	return true;
}

void complete_alias(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	const struct aliases *a = &app->own->language.aliases;

	for (size_t i = 0; words->count == 2 && i < a->count; i++)
		vocabulary_add(out, a->items[i].name);
	for (const struct command *c = command_table(); words->count == 3 &&
	     str_eq(words->items[0], "alias") && c->name; c++)
		vocabulary_add(out, c->name);
}

static const char *const contexts[] = { "global", "table", "document",
	"text", "choice", "choice/several", "choice/columns",
	"choice/bookmarks", "menu", "run", "work", "input",
	"input/prompt", "input/form", "input/confirm" };

#define CONTEXTS (sizeof(contexts) / sizeof(contexts[0]))

/* A resource's own name or alias means its tables: "table/instances". */
bool find_context(struct app *app, const char *name, struct str *out,
	struct error *err)
{
	const struct catalogue *c = app->runtime->catalogue;
	struct error why = ERROR_INIT;
	const struct resource *r;

	for (size_t i = 0; i < CONTEXTS; i++)
		if (str_eq(contexts[i], name))
			return str_add(out, name);
	r = catalogue_find(c, str_starts(name, "table/") ? name + 6 : name,
		&why);
	if (r)
		return str_addf(out, "table/%s", r->name);
	return error_set(err, ERR_USAGE, "%.40s is no context: global, table, "
		"document, text, choice, or a resource", name);
}

/* Columns are known where the context is one resource's. */
static bool check_exec(struct app *app, const char *context,
	const struct words *words, struct error *err)
{
	const struct catalogue *c = app->runtime->catalogue;
	const struct resource *r = str_starts(context, "table/") ?
		catalogue_find(c, context + strlen("table/"), err) : NULL;

	return !r || !str_eq(words->items[0], "exec") ||
		exec_check(catalogue_compiled(c, r), words, err);
}

static bool check_command(struct app *app, const char *context,
	const char *line, struct error *err)
{
	struct words words = { 0 };
	bool ok = true;

	while (ok && line) {
		words_clear(&words);
		ok = words_split(&words, &line, err) && (!words.count ||
			(command_known(app, words.items[0], err) &&
			 check_exec(app, context, &words, err)));
	}
	words_clear(&words);
	return ok;
}

/* What a key is bound to is checked now, not when it is pressed. */
bool do_bind(struct app *app, const struct words *words, struct error *err)
{
	struct str context = STR_INIT, line = STR_INIT;
	struct words own = *words;
	bool ok;

	if (words->count < 3)
		return keymap_words(app->keymap, words, err);
	own.items = xcalloc(words->count, sizeof(*own.items));
	memcpy(own.items, words->items, words->count * sizeof(*own.items));
	if (words->count > 3)
		words_to_line(words, 3, &line);
	ok = find_context(app, words->items[1], &context, err) &&
		check_command(app, context.p, line.p, err);
	own.items[1] = context.p;
	ok = ok && keymap_words(app->keymap, &own, err);
	free(own.items);
	str_clear(&context);
	str_clear(&line);
	return ok;
}

/* All roles as lines that could stand in the rc file. */
static void show_colours(struct app *app)
{
	const struct palette_want want = { .theme = app->settings->theme,
		.depth = theme_depth(app->screen->theme),
		.light = app->own->light, .own = &app->own->palette };
	struct str text = STR_INIT;

	for (int i = 0; i < LOOK_COUNT; i++) {
		struct style style = palette_style(&want, (enum look)i);

		palette_line((enum look)i, &style, &text);
		str_addc(&text, '\n');
	}
	app_push(app, pane_text_new(app, "Colours", str_take(&text)));
}

bool do_color(struct app *app, const struct words *words, struct error *err)
{
	if (words->count == 1 && app->top) {
		show_colours(app);
		return true;
	}
	if (!palette_words(&app->own->palette, words, err))
		return false;
	app_apply_settings(app, err);
	return err->kind == ERR_NONE;
}

void complete_color(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	static const char *const more[] = { "bold", "dim", "underline",
		"reverse", "on", "reset", "default" };

	(void)app;
	for (int i = 0; words->count == 2 && i < LOOK_COUNT; i++)
		vocabulary_add(out, look_name((enum look)i));
	if (words->count < 3)
		return;
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		vocabulary_add(out, more[i]);
	for (int i = 0; i < 16; i++) {
		struct str name = STR_INIT;

		colour_text(i, &name);
		vocabulary_add(out, name.p);
		str_clear(&name);
	}
}

bool do_source(struct app *app, const struct words *words, struct error *err)
{
	if (words->count != 2)
		return error_set(err, ERR_USAGE, "source FILE");
	return app_source(app, words->items[1], err);
}

void complete_set(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	struct error ignored = ERROR_INIT;
	const struct setting *s;

	(void)app;
	if (words->count == 2) {
		for (s = setting_table(); s->name; s++)
			vocabulary_add(out, s->name);
		return;
	}
	s = setting_find(words->items[1], &ignored);
	if (!s || words->count != 3)
		return;
	if (s->type == SETTING_BOOL) {
		vocabulary_add(out, "on");
		vocabulary_add(out, "off");
	}
	for (const char *p = s->choices; p && *p;) {
		size_t len = strcspn(p, " ");
		char *word = xstrndup(p, len);

		vocabulary_add(out, word);
		free(word);
		p += len + (p[len] == ' ');
	}
}

void complete_bind(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	const struct catalogue *catalogue = app->runtime->catalogue;

	if (words->count == 2) {
		for (size_t i = 0; i < CONTEXTS; i++)
			vocabulary_add(out, contexts[i]);
		for (size_t i = 0; i < catalogue_count(catalogue); i++)
			vocabulary_add(out, catalogue_at(catalogue, i)->name);
	} else if (words->count == 4)
		for (const struct command *c = command_table(); c->name; c++)
			vocabulary_add(out, c->name);
}
