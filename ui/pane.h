/* SPDX-License-Identifier: MIT */
/*
 * A pane is what fills the screen between the two head lines and the key
 * line; panes stand on a stack, Esc takes the top one off. Each kind is one
 * file with one `struct pane_ops`; hooks that are left out do nothing. All
 * hooks run on the UI thread and never block.
 */
#ifndef UI_PANE_H
#define UI_PANE_H

#include "base/error.h"
#include "base/str.h"
#include "cli/command.h"
#include "ui/draw.h"

#include <stdint.h>

struct app;
struct export;
struct pane;
struct row;
struct table;

struct pane_ops {
	const char *context;     /* keymap context: "table", "document" … */

	/* It covers only the foot of what is below, which is drawn first and
	 * goes on living. draw() clears what it covers. */
	bool overlay;

	/* Ends it and frees pane (which is embedded in the kind's own). */
	void (*close)(struct pane *pane);
	void (*draw)(struct pane *pane, const struct area *area);

	/* A command whose row in the command table has no run(): the pane's
	 * own. Return false with ERR_NONE in err: not mine. */
	bool (*command)(struct pane *pane, const struct words *words,
		struct error *err);

	/* Typed text while the pane wants it (forms); true: taken. */
	bool (*key)(struct pane *pane, int key, const char *paste);

	/* A click there in its area. The cursor goes to what stands there;
	 * what that is, as a number other than 0: a second click on the
	 * same is `enter`. 0: nothing to enter. */
	uint64_t (*click)(struct pane *pane, int y, int x);

	/* The same with Shift or Ctrl, where that means something else. */
	void (*click_more)(struct pane *pane, int y, int x);

	/* After fetch_dispatch(), or when due() has come. */
	void (*update)(struct pane *pane);
	int64_t (*due)(const struct pane *pane);

	/* Head line 2: breadcrumb words, then what stands right of it. */
	void (*crumb)(const struct pane *pane, struct str *out);
	void (*facts)(const struct pane *pane, struct str *out);

	/* Live filter text of `/`: as typed; done on Enter; Esc: NULL. */
	void (*filter)(struct pane *pane, const char *text, bool done,
		struct error *err);
	const char *(*filter_text)(const struct pane *pane);

	/* The listing it shows: it is refreshed in its period, expired
	 * credentials are told, and the head line is drawn anew when the
	 * age in facts() steps (10 s, 30 s, then minutes). */
	struct table *(*table)(const struct pane *pane);

	/* The row under the cursor, or that all is about: borrowed for as
	 * long as the pane is not told anything else. False: none. */
	bool (*row)(const struct pane *pane, struct row *row);

	/* Each row that an action would be done to: the marked ones, else
	 * row(). Returns how many of them the filter hides. NULL: row(). */
	size_t (*targets)(const struct pane *pane,
		void (*take)(void *data, struct row row), void *data);

	/* False: another row has just come under the cursor by itself; a key
	 * that acts on it was meant for the one before. */
	bool (*steady)(const struct pane *pane);

	/* How many rows are marked: the key line says what for. */
	size_t (*marked)(const struct pane *pane);

	/* What the keymap may bind keys for: "instances" makes the context
	 * "table/instances". NULL: only ops->context. */
	const char *(*subject)(const struct pane *pane);

	/* Back at the top of the stack, or covered. */
	void (*shown)(struct pane *pane, bool on_top);
	bool (*idle)(const struct pane *pane);   /* nothing pending */

	/* One Esc inside the pane (clear filter, unmark); true: used up. */
	bool (*back)(struct pane *pane);

	/* What goes into a file, but for its name: heap (cli/export.h). */
	struct export *(*save)(struct pane *pane);

	/* A line that reopens this place: for history and state. */
	void (*line)(const struct pane *pane, struct str *out);
};

struct pane {
	const struct pane_ops *ops;
	struct app *app;
	struct pane *below;
	bool dirty;              /* wants drawing */
	bool moved;              /* only the cursor has moved: draw() may, with
				    dirty unset, paint no more than that */
};

#endif
