/* SPDX-License-Identifier: MIT */
/*
 * Work in several steps, as data: `static const` tables under
 * src/catalogue/<service>/, named in action/workflows.def, run by
 * action/flow.h. A step takes what earlier ones brought by name: "{volume}"
 * in its texts, values and paths. Each table ends with a zero row.
 */
#ifndef CATALOGUE_WORKFLOW_H
#define CATALOGUE_WORKFLOW_H

#include "aws/service.h"
#include "base/str.h"

enum step_kind {
	STEP_CALL,
	STEP_WAIT,               /* asked until a result is what it should */
	STEP_ADDRESS,            /* ours, as the world sees it: the first
				    result's name; asked of {address_url} */
	STEP_PERSON,             /* text says what to do; a person says done */
	STEP_PROGRAM             /* a program with the terminal: connect */
};

/* A parameter as tables write it, "Tags[0].Key". A value that names
 * something that is not there leaves the argument out. */
struct step_argument {
	const char *parameter, *value;
};

/* What a reply brings, or (workflow.values) a text. make gets every text at
 * the path, a blank between, and appends what is kept; NULL: the first. */
struct step_result {
	const char *name;
	const char *path;        /* from the reply's root; may have {name} */
	void (*make)(const char *texts, struct str *out);
};

struct work_step {
	const char *name;        /* stable, it stands in files */
	const char *title;       /* "Make a volume of {size} GiB" */
	enum step_kind kind;
	const char *when;        /* "image !kept": only where the one is
				    there and the other is not */
	const char *operation;
	const struct step_argument *arguments;
	const struct step_result *results;   /* in order: what is there is
						not replaced */
	const char *need;        /* result that must be there then, … */
	const char *missing;     /* … else the sentence that says why not */
	const char *refuse;      /* … or one that may not be */
	/* Whether it was done, asked before it is sent a second time: it was
	 * if what `need` names has come. */
	const struct work_step *look;
	bool token;              /* a second one is the first one again */
	const char *fine;        /* "Code Code": refused, for it is so */
	const char *fine_sets;   /* … which sets this to "true" */
	const char *until, *bad; /* STEP_WAIT: values of the last result */
	const char *text;        /* STEP_PERSON */
	bool product;            /* clean-up: of what was to be made, only
				    where the work is cancelled */
};

/* How what it left behind is found from anywhere, whoever began it. */
struct work_leftovers {
	const char *resource;
	const struct step_argument *arguments;   /* of the listing */
	const char *work, *who, *until, *what;   /* paths of a row; work:
				    "<id of the work>/<step>" */
	const char *remove;      /* action of the resource */
};

struct workflow {
	const char *name;        /* "convert" */
	const char *title;       /* "Image on EBS of {source}" */
	const char *service;
	const char *makes;       /* value that is the point of it; NULL */
	/* Texts instead of paths: what holds where nothing else is said, as
	 * soon as what they name is there. */
	const struct step_result *values;
	const struct work_step *steps;
	const struct work_step *clean;   /* whose `when` holds; in order */
	const char *after;       /* what may come next, once it is done */
	const struct work_leftovers *leftovers;
	bool fleeting;           /* is taken back at its end by itself, and
				    when it is found half done */
	/* That no resource has. */
	const struct operation *const *operations;
};

#endif
