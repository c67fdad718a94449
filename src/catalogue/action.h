/* SPDX-License-Identifier: MIT */
/*
 * What can be done to a row, as data: part of the tables of resource.h.
 */
#ifndef CATALOGUE_ACTION_H
#define CATALOGUE_ACTION_H

#include "aws/service.h"

enum field_type {
	FIELD_TEXT,
	FIELD_NUMBER,            /* from low to high */
	FIELD_SWITCH,            /* "true" or "false" */
	FIELD_CHOICE
};

/* What people may say beside the targets: NAME=VALUE in `do`. */
struct action_field {
	const char *name;        /* "force" */
	const char *title;
	enum field_type type;
	const char *parameter;   /* "Force"; one that ends in [] takes many */
	const char *value;       /* unless people say otherwise */
	const char *choices;     /* "a b c" */
	long low, high;
	bool required;
	bool secret;             /* never on a line, screen, journal */
	enum effect raises;      /* what it makes of the action … */
	const char *raises_at;   /* … at this value; NULL: at any */
};

/* What the reply says of each target; rows NULL: nothing. */
struct action_answer {
	const char *rows;        /* from the reply's root */
	const char *id, *state;  /* in such a row */
};

struct action {
	const char *name;        /* "start": called instances.start */
	const char *title;
	char key;                /* in the actions menu */
	enum effect kind;
	const char *row_kind;    /* NULL: all */
	const struct operation *operation;
	const struct argument *arguments;    /* constants */
	const char *target;      /* parameter that takes the row's id */
	unsigned batch;          /* targets a call; 0: 1 */
	struct action_answer answer;
	const char *wait_path;   /* of a row: its state, followed … */
	const char *wait_value;  /* … until it is this; NULL: not followed */
	const char *wait_bad;    /* "a b": it has failed once it is one of
				    these, and was not so before */
	const char *undo;        /* action that takes it back */
	const struct action_field *fields;   /* ends with a zero row */
};

#endif
