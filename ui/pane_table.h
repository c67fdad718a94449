/* SPDX-License-Identifier: MIT */
/*
 * The inside of the table pane, shared by its files: pane_table.c (life,
 * view, cursor), table_command.c (what keys do), table_draw.c. UI thread.
 */
#ifndef UI_PANE_TABLE_H
#define UI_PANE_TABLE_H

#include "fetch/fetch.h"
#include "ui/app.h"
#include "ui/layout.h"
#include "ui/marks.h"

/* What a shard said last, so that each failure is told once. */
struct noted {
	enum shard_state state;
	char text[160];
};

struct pane_table {
	struct pane pane;            /* first: a pane_table is its pane */
	struct location *location;
	struct session *session;     /* NULL: the app's */
	char region[64];             /* "": the app's */
	struct table *table;
	const struct compiled *compiled;
	struct query query;
	char *filter;                /* its own, as typed; or NULL */
	char *view;                  /* that was opened; or NULL */
	unsigned kept_serial;        /* of the kept one within query.filter */
	bool kept_misfit;            /* that has columns which are not here */
	size_t cursor;               /* index on screen, ghost included */
	size_t top;
	uint64_t identity;           /* of the row under the cursor */
	struct row held;             /* that row; a reference */
	bool ghost;                  /* it is gone from AWS, not from here */
	int64_t slid;                /* another row came under the cursor */
	bool asked;                  /* the next view is one we asked for */
	bool moved;                  /* somebody has chosen the row */
	bool settled;                /* all has been loaded once */
	bool wide, more_right;       /* columns beyond the right edge */
	bool several_sorts;          /* people chose more than one key */
	int first_column;
	int chosen[LAYOUT_MAX];      /* columns, if some were */
	size_t chosen_count;
	int widths[LAYOUT_INDEXES];  /* that were chosen, by index; 0: not */
	int page;                    /* rows on screen at the last draw */
	struct {
		size_t top, cursor, visible;
		struct layout layout;
	} drawn;                     /* what that was */
	int widest[LAYOUT_INDEXES + 2];      /* by layout_slot() */
	struct marks marks;
	size_t marks_shown;          /* of them, in the view */
	uint64_t range;              /* the row where `v` was pressed; 0 */
	struct { struct noted *items; size_t count, room; } noted;
};

/* NULL: the pane is no table. */
struct pane_table *pane_table_of(struct pane *pane);

size_t pane_table_count(const struct pane_table *t);     /* ghost included */
struct row pane_table_row(const struct pane_table *t, size_t i);
bool pane_table_is_ghost(const struct pane_table *t, size_t i);

/* AWS has it no more, though it is still shown. */
bool pane_table_is_gone(const struct pane_table *t, struct row row);
void pane_table_move(struct pane_table *t, size_t cursor);
void pane_table_query(struct pane_table *t);     /* after changing query */
void pane_table_marked(struct pane_table *t);    /* after changing marks */
bool pane_table_many_regions(const struct pane_table *t);
bool pane_table_own_region(const struct pane_table *t);  /* not the app's */
bool pane_table_many_accounts(const struct pane_table *t);

/* The rows from where `v` was pressed to the cursor; false: no range. */
bool pane_table_range(const struct pane_table *t, size_t *from, size_t *to);

/* The cell as it is shown here; one that is empty says "-". */
enum role pane_table_cell(const struct pane_table *t, struct row row,
	int index, struct str *out);

bool table_need_row(const struct pane_table *t, struct row *row,
	struct error *err);

/* Whether the row has what the drill asks for. */
bool table_drill_leads(const struct app *app, struct row row,
	const struct drill *drill);

/* The commands of table_drill.c and table_mark.c. */
bool table_describe(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_document(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_enter(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_related(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_used_by(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_copy(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_mark(struct pane_table *t, const struct words *words,
	struct error *err);
bool table_mark_range(struct pane_table *t, const struct words *words,
	struct error *err);

struct export *table_save(struct pane *pane);    /* table_save.c */
bool table_command(struct pane *pane, const struct words *words,
	struct error *err);
uint64_t table_click(struct pane *pane, int y, int x);
void table_click_more(struct pane *pane, int y, int x);
void table_draw(struct pane *pane, const struct area *area);

/* table_words.c: what is said of the whole */
void table_crumb(const struct pane *pane, struct str *out);
void table_facts(const struct pane *pane, struct str *out);
void table_draw_empty(const struct pane_table *t, const struct area *area);

#endif
