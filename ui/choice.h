/* SPDX-License-Identifier: MIT */
/*
 * A pane that is a list to choose from: regions, profiles, bookmarks, what a
 * row leads to. UI thread.
 */
#ifndef UI_CHOICE_H
#define UI_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct pane;

/* chosen() is called once: with the index after Enter, the pane gone already;
 * with SIZE_MAX when left without choosing, so that data can be freed. */
struct choice {
	char *label, *detail;    /* heap, the pane's */
	bool marked;
};
struct pane *pane_choice_new(struct app *app, const char *title,
	struct choice *choices, size_t count, bool several,
	void (*chosen)(struct app *app, const struct choice *choices,
		size_t count, size_t cursor, void *data), void *data);

/* `delete` takes the one under the cursor out of the list, after telling
 * whose list it is. kind: what the keymap calls it ("choice/KIND"). */
void pane_choice_deletes(struct pane *pane, const char *kind,
	void (*deleted)(struct app *app, const struct choice *choice,
		void *data));

#endif
