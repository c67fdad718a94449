/* SPDX-License-Identifier: MIT */
/*
 * What can be done, as data: part of the tables of resource.h. An action is
 * one operation, done to rows, or making something new in places; what
 * takes several steps is a workflow (src/action/), named by its row.
 */
#ifndef CATALOGUE_ACTION_H
#define CATALOGUE_ACTION_H

#include "aws/service.h"
#include "catalogue/cost.h"
#include "catalogue/field.h"
#include "catalogue/review.h"

enum action_on {
	ON_ROWS,                 /* what is marked, else the row */
	ON_ROW,                  /* one at a time */
	ON_PLACES                /* regions: something new in each; a row, if
				    there is one, fills the fields (.path) */
};

/* What the reply says; each may be NULL. Paths from the reply's root. */
struct action_answer {
	const char *rows;        /* a row a target … */
	const char *id, *state;  /* … and paths in it */
	const char *made;        /* ids of what was made */
	const char *text;        /* is shown, to be read; or with a FIELD_SAVE
				    is kept there, and shown nowhere */
	answer_function *decode; /* of text; NULL: as it is */
};

/* From the row (a path) into the call; for actions without a batch. */
struct row_argument {
	const char *parameter;   /* "[0]" is a place of a list */
	const char *path;
};

/* Do the fields go together? ERR_USAGE begins with the name of the one that
 * is wrong. Pure. */
typedef bool form_check_function(cost_field_function *field,
	const void *data, struct error *err);

/* What is asked before the form is shown, and (for fields that are .kept)
 * before the call is made: what the row does not say itself. */
struct action_read {
	const struct operation *operation;   /* READ */
	const struct argument *arguments;
	const char *target;      /* parameter of the row's id, … */
	const char *field;       /* … or of what that field holds; without
				    a value it is not asked */
	const char *when;        /* as of fields */
};

/* Another operation instead, the first that holds; values that it has no
 * parameter for are not sent. */
struct action_turn {
	const char *when;        /* as of fields: "on=false" */
	const struct operation *operation;
};

/* What people must know before they say yes: where the row has that value
 * at path (NULL: any; "!x": another one), or the form a field of that value
 * ("force=true"). {} in text is the row's values. */
struct action_note {
	const char *path, *value;
	const char *field;
	const char *text;        /* "Its instance store is lost" */
};

struct action {
	const char *name;        /* "start": called instances.start */
	const char *title;       /* "Start" */
	const char *help;        /* a sentence or two; NULL: none */
	char key;                /* in the actions menu */
	enum effect kind;
	enum action_on on;
	const char *row_kind;    /* NULL: all */
	const char *where;       /* "instanceState/name=stopped pending": rows
				    that it is for; the menu says so of
				    others, AWS decides */
	const struct operation *operation;
	const struct argument *arguments;    /* constants */
	const struct row_argument *row_arguments;
	const struct action_turn *turns;     /* … and these, each … */
	const struct action_read *reads;     /* … ends with a zero row */
	const char *target;      /* parameter that takes the row's id */
	unsigned batch;          /* targets a call; 0: 1 */
	struct action_answer answer;
	const char *makes;       /* resource of answer.made; NULL: this one */
	const char *to_regions;  /* a field: the regions that the call goes
				    to, one each; NULL: the row's … */
	const char *from_region; /* … which that parameter takes then */
	const char *wait_path;   /* of a row, of what was made if something
				    was: its state, followed … */
	const char *wait_value;  /* … until it is this; NULL: not followed */
	bool wait_gone;          /* … or, without a value, until it is not
				    there any more */
	const char *wait_bad;    /* "a b": it has failed once it is one of
				    these, and was not so before */
	const char *undo;        /* action that takes it back */
	form_check_function *check;
	const struct action_field *fields;   /* ends with a zero row, … */
	const struct action_note *notes;     /* … as does this … */
	const struct drill *dependents;      /* … and this: what hangs on a
				    row, listed before it is destroyed */
	cost_function *cost;     /* NULL: costs nothing that we know */
	const struct action_limit *limit;
	const struct action_verify *verify;  /* NULL: nobody can tell */
	review_function *review; /* what people read before they spend … */
	const struct field_list *beside;     /* … and what is listed for it;
				    ends with a zero row */
	/* Instead of an operation: a listing that opens with what was filled
	 * in, … */
	const struct field_list *opens;
	const char *workflow;    /* … or work in several steps */
};

#endif
