/* SPDX-License-Identifier: MIT */
/* Help, made from the live tables: what can be pressed here, by context,
 * then every command that has no key. */
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/command.h"
#include "ui/key.h"
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#define KEYS_WIDTH 12

struct help {
	struct app *app;
	struct str text;
	struct map *done;            /* lines told already */
};

/* The command a line runs: its first word. */
static const struct command *command_of(const char *line)
{
	struct words words = { 0 };
	struct error err = ERROR_INIT;
	const struct command *c = NULL;

	if (words_split(&words, &line, &err) && words.count)
		c = command_find(words.items[0]);
	words_clear(&words);
	return c;
}

/* All keys of the same line in one place: "j Down". */
static void add_keys(struct help *h, const char *context, const char *line,
	struct str *out)
{
	struct binding b;
	size_t cursor = 0;
	char name[32];

	while (keymap_next(h->app->keymap, context, &cursor, &b)) {
		if (strcmp(b.line, line))
			continue;
		key_to_text(b.key, name);
		str_addf(out, "%s%s", out->len ? " " : "", name);
	}
}

static void add_line(struct help *h, const char *keys, const char *line,
	const char *help)
{
	size_t width = text_width(keys, strlen(keys), 1);

	str_addf(&h->text, "  %s", keys);
	for (; width < KEYS_WIDTH; width++)
		str_addc(&h->text, ' ');
	str_addf(&h->text, "  %-14s  %s\n", line, help ? help : "");
}

/* Nine keys of one kind are one line: favourite 1 to 9. */
static char *numbered(const char *line)
{
	size_t len = strlen(line);

	return len > 2 && line[len - 2] == ' ' && line[len - 1] >= '1' &&
		line[len - 1] <= '9' ? xstrndup(line, len - 1) : NULL;
}

static void add_binding(struct help *h, const char *context,
	const char *line, const struct command *c)
{
	struct str keys = STR_INIT;
	char *name = numbered(line);

	if (name && !map_has(h->done, name)) {
		map_set(h->done, name, h);
		str_addf(&keys, "%sN", name);
		add_line(h, "1-9", keys.p, c ? c->help : NULL);
	} else if (!name) {
		add_keys(h, context, line, &keys);
		add_line(h, keys.p, line, c ? c->help : NULL);
	}
	str_clear(&keys);
	free(name);
}

/* What a context is called; one of a resource, by its name. */
static const char *title_of(const char *own)
{
	static const struct {
		const char *context, *title;
	} titles[] = {
		{ "global", "Everywhere" },
		{ "table", "In tables" },
		{ "choice", "In lists to choose from" },
		{ "text", "In texts" },
		{ "document", "In documents" },
		{ "menu", "In menus" },
		{ "run", "In results" },
		{ "work", "In work of several steps" },
		{ "input", "Where something is typed" },
	};
	const char *slash = strchr(own, '/');

	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (!strcmp(own, titles[i].context))
			return titles[i].title;
	return slash ? slash + 1 : own;
}

static void add_title(struct help *h, const char *own, bool quiet)
{
	str_addf(&h->text, "%s%s:\n", h->text.len ? "\n" : "", quiet ?
		"Moving" : title_of(own));
}

static void add_section(struct help *h, const char *context,
	const char *own, bool quiet)
{
	struct binding b;
	size_t cursor = 0;
	bool titled = false;

	while (keymap_next(h->app->keymap, context, &cursor, &b)) {
		const struct command *c = command_of(b.line);

		if (strcmp(b.context, own) || map_has(h->done, b.line) ||
		    (c && c->quiet) != quiet)
			continue;
		if (!titled)
			add_title(h, own, quiet);
		titled = true;
		map_set(h->done, b.line, h);
		add_binding(h, context, b.line, c);
	}
}

static void add_unbound(struct help *h)
{
	size_t cursor = 0;
	const char *line;
	struct map *bound = map_new();

	while (map_next(h->done, &cursor, &line, NULL)) {
		const struct command *c = command_of(line);

		if (c)
			map_set(bound, c->name, h);
	}
	str_add(&h->text, "\nTyped at the : prompt:\n");
	for (const struct command *c = command_table(); c->name; c++) {
		struct str line_text = STR_INIT;

		if (map_has(bound, c->name))
			continue;
		str_addf(&line_text, "  :%s%s%s", c->name,
			c->arguments ? " " : "",
			c->arguments ? c->arguments : "");
		str_addf(&h->text, "%-28s  %s\n", line_text.p, c->help);
		str_clear(&line_text);
	}
	map_free(bound, NULL);
}

struct pane *pane_help_new(struct app *app, const char *context)
{
	struct help h = { .app = app, .text = STR_INIT,
		.done = map_new() };
	struct str own = STR_INIT;

	str_add(&own, context);
	do
		add_section(&h, context, own.p, false);
	while (keymap_parent(&own));
	str_reset(&own);
	str_add(&own, context);
	do
		add_section(&h, context, own.p, true);
	while (keymap_parent(&own));
	str_clear(&own);
	add_unbound(&h);
	map_free(h.done, NULL);
	return pane_text_new(app, "Help", str_take(&h.text));
}
