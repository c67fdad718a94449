/* SPDX-License-Identifier: MIT */
/*
 * What people may say to an action, as data: the fields of its form, which
 * are FIELD=VALUE in `do`. Part of the tables of resource.h.
 */
#ifndef CATALOGUE_FIELD_H
#define CATALOGUE_FIELD_H

#include "aws/service.h"
#include "base/error.h"
#include "base/str.h"
#include "catalogue/drill.h"
#include "catalogue/format.h"

enum field_type {
	FIELD_TEXT,
	FIELD_NUMBER,            /* from low to high */
	FIELD_SWITCH,            /* "true" or "false" */
	FIELD_CHOICE,            /* one of choices */
	FIELD_LIVE,              /* an id out of another listing; an id that
				    is not there may be typed all the same */
	FIELD_LINES,             /* several lines */
	FIELD_FILE,              /* what a file holds */
	FIELD_SAVE,              /* a file that is not there yet: it gets
				    what the answer holds in secret */
	FIELD_PAIR               /* KEY=VALUE */
};

/* Where the values of a FIELD_LIVE stand. */
struct field_list {
	const char *resource;    /* "subnets" */
	const char *column;      /* its value; NULL: the id */
	/* path: in the row that the form is about. An argument whose field is
	 * empty is left out, one without its value too. */
	struct drill_argument arguments[DRILL_ARGUMENTS];
};

/* Is it a value, and how AWS wants it: appends that to normal. ERR_USAGE
 * without the field's name: "is 12 digits". */
typedef bool check_function(const char *text, struct str *normal,
	struct error *err);

/* A value to begin with, made of a row, such as the next free device of an
 * instance. Appends; false: none. Pure. */
typedef bool suggest_function(const struct cell *row, struct str *out);

/* What a reply has to be read with: base64, a private key. key is the value
 * of the form's secret field, NULL if it has none. Appends. (decode.h) */
typedef bool answer_function(const char *text, size_t len, const char *key,
	struct str *out, struct error *err);

struct action_field {
	const char *name;        /* "force" */
	const char *title;       /* "Without waiting for the system" */
	const char *help;        /* a sentence or two; NULL: none */
	enum field_type type;
	/* "Force"; with [] it takes many values, "Tags[].Key"; [0] is that
	 * place of a list, "NetworkInterfaces[0].Groups[]". NULL: not sent. */
	const char *parameter;
	const char *instead;     /* the parameter … */
	const char *instead_when;    /* … where this holds, as in .when */
	const char *pair;        /* FIELD_PAIR: parameter of the VALUE */
	const char *also;        /* a second parameter of the same value */
	const struct argument *with;  /* sent along with a value; with that of
				    a switch when it is on */
	const char *value;       /* unless people say otherwise */
	const char *path;        /* in the row: what it is there now (of a
				    list, all of them); where there is one
				    row, what the form begins with and
				    sends, else only shown */
	const char *on;          /* FIELD_SWITCH: the word at the path that
				    is "true" */
	const char *read;        /* the same in a reply to action.reads … */
	answer_function *decode;   /* … with this; NULL: as it is */
	bool kept;               /* so it gets its value, right before the
				    call; people are not asked */
	const char *choices;     /* "a b c" */
	const char *const *sends;/* what each choice is called by AWS; NULL:
				    as people do */
	const char *listed;      /* parameter of the listing that the row came
				    by: its value, unless said otherwise */
	const struct field_list *live;
	suggest_function *suggest;    /* a value, until people give one, … */
	const char *from;        /* … of the row in that FIELD_LIVE; NULL: of
				    the row that the form is about */
	check_function *check;   /* catalogue/check.h */
	long low, high;
	const char *unit;        /* "GiB" */
	const char *when;        /* "spot=true", "size": asked and sent only
				    then; "size|type": if one of them holds */
	bool required;
	const char *unless;      /* not required with a value in that field,
				    or with that one: "everyone=true" */
	bool many;               /* many values, and no parameter's [] says
				    so */
	bool secret;             /* never on a line, screen, journal */
	enum effect raises;      /* what it makes of the action; 0: nothing */
	const char *raises_at;   /* at this value; NULL: at any */
};

#endif
