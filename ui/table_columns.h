/* SPDX-License-Identifier: MIT */
/*
 * Which columns a table has, how wide, and the order of its rows: by
 * command, by the pane on `O` (pane_columns.c), by the headings; all of it
 * is remembered for the resource. UI thread.
 */
#ifndef UI_TABLE_COLUMNS_H
#define UI_TABLE_COLUMNS_H

#include "ui/pane_table.h"

bool table_columns(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_arrange(struct pane_table *t, const struct words *words,
	struct error *err);          /* opens the pane of columns */

/* The names of columns as `columns` takes them; NULL: as the table has it. */
bool table_choose_columns(struct pane_table *t, const char *list,
	struct error *err);
void table_column_names(const struct pane_table *t, struct str *out);

/* "name,-size". */
bool table_sort(struct pane_table *t, const char *names, struct error *err);
void table_sort_names(const struct pane_table *t, struct str *out);

void table_remember_sort(const struct pane_table *t);
void table_recall(struct pane_table *t);

#endif
