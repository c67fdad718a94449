/* SPDX-License-Identifier: MIT */
/* The table's own filter, and the one that is kept across views (`&`): rows
 * have to match both. */
#include "base/mem.h"
#include "base/str.h"
#include "ui/app_own.h"
#include "ui/command_rows.h"
#include "ui/pane_table.h"

#include <stdlib.h>
#include <string.h>

/* The lines of the kept filter that these rows can be asked; true: all. */
static bool add_kept(const struct pane_table *t, struct str *out)
{
	const char *line = t->pane.app->own->kept.text;
	bool fits = true;

	while (line && *line) {
		size_t len = strcspn(line, "\n");
		char *text = xstrndup(line, len);
		struct error ignored = ERROR_INIT;
		struct filter *f = filter_compile(t->compiled, text,
			&ignored);

		if (f)
			str_addf(out, "%s\n", text);
		fits &= f != NULL;
		filter_unref(f);
		free(text);
		line += len + (line[len] == '\n');
	}
	return fits;
}

static bool apply(struct pane_table *t, const char *text, struct error *err)
{
	struct str all = STR_INIT;
	bool fits = add_kept(t, &all);
	struct filter *next;

	str_add(&all, text);
	next = filter_compile(t->compiled, all.p, err);
	str_clear(&all);
	if (!next)
		return false;
	filter_unref(t->query.filter);
	t->query.filter = next;
	t->kept_serial = t->pane.app->own->kept.serial;
	t->kept_misfit = !fits;
	return true;
}

void table_filter(struct pane *pane, const char *text, bool done,
	struct error *err)
{
	struct pane_table *t = pane_table_of(pane);
	char *copy = xstrdup(text ? text : "");

	(void)done;
	if (!apply(t, copy, err)) {
		free(copy);
		return;
	}
	free(t->filter);
	t->filter = copy;
	pane_table_query(t);
}

const char *table_filter_text(const struct pane *pane)
{
	const char *text = ((const struct pane_table *)pane)->filter;

	return text ? text : "";
}

void table_filter_kept(struct pane_table *t)
{
	struct error ignored = ERROR_INIT;

	if (t->kept_serial != t->pane.app->own->kept.serial &&
	    apply(t, t->filter ? t->filter : "", &ignored) && t->table)
		pane_table_query(t);
}

/* Takes the text; NULL: none is kept any more. */
static void keep(struct app *app, char *text)
{
	struct pane_table *t = pane_table_of(app->top);

	free(app->own->kept.text);
	app->own->kept.text = text;
	app->own->kept.serial++;
	if (t)
		table_filter_kept(t);
	app->own->head_dirty = true;
}

static bool keep_text(struct app *app, const struct words *words,
	struct error *err)
{
	struct pane_table *t = pane_table_of(app->top);
	struct str text = STR_INIT;
	struct filter *f = NULL;

	command_text(words, &text);
	if (t)
		f = filter_compile(t->compiled, text.p, err);
	if (t && !f) {
		str_clear(&text);
		return false;
	}
	filter_unref(f);
	keep(app, str_take(&text));
	return true;
}

/* The filter of the table is kept, beside what is kept already. */
static void keep_own(struct app *app, struct pane_table *t)
{
	const char *before = app->own->kept.text;
	struct str text = STR_INIT;

	if (before)
		str_addf(&text, "%s\n", before);
	str_add(&text, t->filter);
	free(t->filter);
	t->filter = NULL;
	keep(app, str_take(&text));
	app_message(app, MESSAGE_INFO, "this filter stays in every view; the "
		"same key takes it off");
}

bool do_keep_filter(struct app *app, const struct words *words,
	struct error *err)
{
	struct pane_table *t = pane_table_of(app->top);

	if (words->count > 1 && !(words->count == 2 &&
	    str_eq(words->items[1], "off")))
		return keep_text(app, words, err);
	if (words->count == 1 && t && *table_filter_text(&t->pane)) {
		keep_own(app, t);
	} else if (app->own->kept.text) {
		keep(app, NULL);
		app_message(app, MESSAGE_INFO, "no filter is kept any more");
	} else if (words->count == 1) {
		return error_set(err, ERR_USAGE, "there is no filter to keep; "
			"/ makes one");
	}
	return true;
}

void filter_words(const char *filter, struct str *out)
{
	for (; *filter; filter++) {
		if (*filter == '\n')
			str_add(out, " & ");
		else
			str_addc(out, *filter);
	}
}

void kept_add(const struct app *app, struct str *out)
{
	if (app->own->kept.text)
		filter_words(app->own->kept.text, out);
}
