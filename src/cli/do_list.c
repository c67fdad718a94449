/* SPDX-License-Identifier: MIT */
/* `tucuxi do --list`: every action there is, one a row. */
#include "cli/do.h"
#include "cli/verb.h"

enum {
	CELL_ACTION, CELL_KIND, CELL_TITLE, CELL_FIELDS, CELL_DRY_RUN,
	CELL_WAITS, CELLS
};

static void add_fields(struct str *cell, const struct action *a)
{
	const struct action_field *f = a->fields;

	for (; f && f->name; f++)
		if (!f->kept)
			str_addf(cell, "%s%s%s", cell->len ? " " : "",
				f->name, f->required ? "*" : "");
}

static void add_action(struct sheet *s, const struct compiled *c,
	const struct action *a)
{
	struct form form;

	form_init(&form, c, a);
	str_addf(&s->cells[CELL_ACTION], "%s.%s", c->resource->name, a->name);
	str_add(&s->cells[CELL_KIND], effect_name(form_kind(&form)));
	str_add(&s->cells[CELL_TITLE], a->title);
	add_fields(&s->cells[CELL_FIELDS], a);
	str_add(&s->cells[CELL_DRY_RUN], form_has_dry_run(&form) ?
		"true" : "false");
	str_add(&s->cells[CELL_WAITS], a->wait_value ? a->wait_value :
		a->wait_gone ? "gone" : "");
	sheet_row(s);
}

int do_list(struct runtime *rt)
{
	struct output_column columns[CELLS] = {
		[CELL_ACTION] = { .name = "action", .title = "ACTION" },
		[CELL_KIND] = { .name = "kind", .title = "KIND" },
		[CELL_TITLE] = { .name = "title", .title = "WHAT IT DOES" },
		[CELL_FIELDS] = { .name = "fields", .title = "FIELDS" },
		[CELL_DRY_RUN] = { .name = "dry_run", .title = "DRY RUN",
			.type = OUTPUT_BOOL, .machine_only = true },
		[CELL_WAITS] = { .name = "waits_for", .title = "WAITS FOR" },
	};
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };

	if (!verb_no_arguments(rt, &err) ||
	    !sheet_open(&s, rt, columns, CELLS, &err))
		return verb_fail(&err);
	for (size_t i = 0; i < catalogue_count(rt->catalogue); i++) {
		const struct resource *r = catalogue_at(rt->catalogue, i);
		const struct action *a = r->actions;

		for (; a && a->name; a++)
			add_action(&s, catalogue_compiled(rt->catalogue, r),
				a);
	}
	return sheet_close(&s, 0);
}
