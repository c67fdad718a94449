/* SPDX-License-Identifier: MIT */
/* What of the table goes into a file: its rows (the marked ones, if some
 * are) and its columns, as they are shown. */
#include "base/mem.h"
#include "ui/pane_table.h"
#include "ui/save.h"

#include <string.h>

static void add_columns(const struct pane_table *t, struct str *out)
{
	const struct layout *l = &t->drawn.layout;

	for (size_t i = 0; i < l->count; i++) {
		int index = l->columns[i].index;

		str_addf(out, "%s%s", out->len ? "," : "",
			index == LAYOUT_REGION ? "region" :
			index == LAYOUT_ACCOUNT ? "account" :
			t->compiled->columns[index].column->name);
	}
}

/* Wide: also those beyond the edges. */
static void add_all(const struct pane_table *t, struct str *out)
{
	for (size_t i = 0; i < t->compiled->column_count; i++)
		str_addf(out, "%s%s", out->len ? "," : "",
			t->compiled->columns[i].column->name);
}

struct export *table_save(struct pane *pane)
{
	const struct pane_table *t = pane_table_of(pane);
	struct export *e = xcalloc(1, sizeof(*e));
	struct str columns = STR_INIT;
	struct table_status status;

	table_status(t->table, &status);
	e->partial = !status.complete;
	if (t->wide)
		add_all(t, &columns);
	else
		add_columns(t, &columns);
	e->columns = str_take(&columns);
	e->compiled = t->compiled;
	e->snapshot = snapshot_new(t->table);
	if (!t->marks.count)
		return e;
	e->only_count = t->marks.count;
	e->only = xreallocarray(NULL, e->only_count, sizeof(*e->only));
	memcpy(e->only, t->marks.items, e->only_count * sizeof(*e->only));
	return e;
}
