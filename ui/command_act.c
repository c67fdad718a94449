/* SPDX-License-Identifier: MIT */
/* Commands that do something: the menu, an action by name, what was done. */
#include "ui/command_rows.h"

#include "ui/app_own.h"
#include "ui/pane_jobs.h"
#include "ui/pane_menu.h"
#include "ui/proposal.h"

#include <string.h>

bool do_actions(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words;
	return pane_menu_open(app, err);
}

bool do_action(struct app *app, const struct words *words,
	struct error *err)
{
	return menu_do(app, words, err);
}

bool do_jobs(struct app *app, const struct words *words, struct error *err)
{
	(void)words;
	return pane_jobs_open(app, err);
}

static void add_names(struct app *app, struct vocabulary *out)
{
	const struct compiled *here = proposal_compiled(app);
	const struct catalogue *c = app->runtime->catalogue;
	struct str name = STR_INIT;

	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);
		const struct action *a = r->actions;

		for (; a && a->name; a++) {
			if (here && r == here->resource)
				vocabulary_add(out, a->name);
			str_reset(&name);
			str_addf(&name, "%s.%s", r->name, a->name);
			vocabulary_add(out, name.p);
		}
	}
	str_clear(&name);
}

static void add_fields(const struct action *a, struct vocabulary *out)
{
	const struct action_field *f = a->fields;
	struct str word = STR_INIT;

	for (; f && f->name; f++) {
		str_reset(&word);
		str_addf(&word, "%s=", f->name);
		if (!f->secret)
			vocabulary_add(out, word.p);
	}
	str_clear(&word);
}

void complete_actions(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	struct error err = ERROR_INIT;
	struct form form;

	if (words->count == 2)
		add_names(app, out);
	else if (menu_find(app, words->items[1], &form, &err))
		add_fields(form.action, out);
}
