/* SPDX-License-Identifier: MIT */
/*
 * What a table is filtered by: its own filter, and the one that is kept
 * across views. UI thread.
 */
#ifndef UI_TABLE_FILTER_H
#define UI_TABLE_FILTER_H

#include "ui/app.h"

struct pane_table;

struct kept_filter {
	char *text;              /* a filter a line; NULL: none */
	unsigned serial;         /* another with each change */
};

/* A filter of several lines as one of people's: "web & prod". Appends. */
void filter_words(const char *filter, struct str *out);

/* The kept one; appended. */
void kept_add(const struct app *app, struct str *out);

/* Hooks of the pane: its own. */
void table_filter(struct pane *pane, const char *text, bool done,
	struct error *err);
const char *table_filter_text(const struct pane *pane);

/* Looks at the kept one again, if it has changed. */
void table_filter_kept(struct pane_table *t);

#endif
