/* SPDX-License-Identifier: MIT */
#include "action/form_rows.h"

#include "base/clock.h"

#include <stdio.h>
#include <string.h>

void form_suggest(struct form *form, const char *from, struct row row)
{
	const struct action_field *f = form->action->fields;
	struct cell cell = { .now = clock_wall(), .plain = true };
	struct error ignored = ERROR_INIT;
	struct str text = STR_INIT;
	char region[64];

	if (!row.segment)
		return;
	cell.doc = row.segment->doc;
	cell.node = row.segment->nodes[row.index];
	cell.region = row_region(row, region);
	for (; f && f->name; f++) {
		str_reset(&text);
		if (f->suggest && str_eq(f->from, from) &&
		    !form_value(form, f, 0) && f->suggest(&cell, &text))
			form_set(form, f, text.p, &ignored);
	}
	str_clear(&text);
}

static const struct action_field *regions_field(const struct form *form)
{
	const struct action_field *f = form->action->fields;

	if (!form->action->to_regions)
		return NULL;
	while (strcmp(f->name, form->action->to_regions) != 0)
		f++;
	return f;
}

/* What was spread before, and failed, goes where it went. */
void form_spread(const struct form *form, struct targets *targets)
{
	const struct action_field *f = regions_field(form);
	struct targets all = { 0 };
	const char *region;

	if (!f || !form_value(form, f, 0))
		return;
	for (size_t i = 0; i < targets->count; i++) {
		struct target *t = &targets->items[i];

		if (t->elsewhere) {
			targets_copy(&all, t);
			continue;
		}
		for (size_t n = 0; (region = form_value(form, f, n)); n++) {
			struct target *one;

			targets_copy(&all, t);
			one = &all.items[all.count - 1];
			snprintf(one->region, sizeof(one->region), "%s",
				region);
			one->elsewhere = true;
		}
	}
	targets_clear(targets);
	*targets = all;
}
