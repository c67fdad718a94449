/* SPDX-License-Identifier: MIT */
/*
 * The inside of the form, shared by its files: pane_form.c (life, keys),
 * form_input.c (one field), form_live.c (values out of a listing),
 * form_draft.c and form_draw.c. UI thread.
 */
#ifndef UI_FORM_H
#define UI_FORM_H

#include "fetch/fetch.h"
#include "ui/command.h"
#include "ui/edit.h"
#include "ui/key.h"
#include "ui/pane_form.h"

/* A field under the hands. The text of one that takes many values is words
 * of the command language; that of a file is its path. */
struct input {
	const struct action_field *field;
	struct edit edit;
	struct error err;        /* of what is typed so far */
	char *now;               /* what the row has; NULL: nothing */
	bool touched;
	bool hidden;             /* not asked for now (field.when) */
};

/* What can be chosen from, while a FIELD_LIVE has the focus. */
struct form_live {
	struct table *table;     /* NULL: none is open */
	struct location *location;   /* of it; a reference */
	char region[64];
	struct {
		size_t *items;   /* rows that match what is typed */
		size_t count, room;
	} shown;
	size_t cursor;           /* of shown; SIZE_MAX: in the text */
	size_t top;
};

enum { FORM_REVIEW, FORM_CANCEL, FORM_BUTTONS };

struct pane_form {
	struct pane pane;        /* first: a pane_form is its pane */
	struct proposal proposal;
	struct {
		struct input *items;
		size_t count, room;
	} inputs;
	size_t focus;            /* input; behind them the buttons */
	int skip;                /* lines scrolled away */
	bool help;               /* of the field, instead of its state */
	struct form_live live;
	struct present *present; /* out: what the row does not say */
	int64_t hears;
	struct area area, lines, foot;   /* as last drawn */
	int live_lines;
};

/* form_input.c */
void input_init(struct input *in, const struct action_field *field);
void input_clear(struct input *in);
void input_check(struct input *in);          /* sets in->err */

/* False: not a key for it. */
bool input_key(struct input *in, int key);
void input_paste(struct input *in, const char *text);

/* A path completed as far as there is only one way; false: nothing new. */
bool input_complete_path(struct input *in);

/* The word being typed in a list, else the whole text: where it begins. */
size_t input_word(const struct input *in);
void input_take_word(struct input *in, const char *word);

/* Its values into the form; ERR_USAGE, ERR_IO: what is wrong with them.
 * files: what files hold is read (else left out). */
bool input_store(const struct input *in, struct form *form, bool files,
	struct error *err);
bool input_is_empty(const struct input *in);

/* The next of its choices; by -1: the one before. */
void input_cycle(struct input *in, int by);

/* pane_form.c */
struct input *form_focused(struct pane_form *p);     /* NULL: a button */
struct input *form_region_input(struct pane_form *p);    /* NULL: none */
void form_sync(struct pane_form *p);         /* after inputs changed */
void form_focus(struct pane_form *p, size_t at);
void form_press(struct pane_form *p);        /* the focused button */

void form_take_values(const struct pane_form *p, struct input *in);

/* Of the form, in fields that nobody has touched. */
void form_show_values(struct pane_form *p);

/* form_present.c */
void form_present_start(struct pane_form *p);
void form_present_stop(struct pane_form *p);

/* form_live.c */
void live_focus(struct pane_form *p);        /* the focus has moved */
bool live_update(struct pane_form *p);       /* true: to be drawn anew */
void live_typed(struct pane_form *p);
bool live_key(struct pane_form *p, int key);
void live_close(struct pane_form *p);
void live_value(const struct pane_form *p, size_t shown, struct str *out);
void live_words(const struct pane_form *p, size_t shown, struct str *out);

/* form_draft.c */
void draft_keep(struct pane_form *p);
bool draft_restore(struct pane_form *p);
void draft_forget(struct pane_form *p);

/* form_draw.c */
void form_draw(struct pane *pane, const struct area *area);
uint64_t form_click(struct pane *pane, int y, int x);

#endif
