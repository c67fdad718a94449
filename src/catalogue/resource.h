/* SPDX-License-Identifier: MIT */
/*
 * AWS as data. Everything that tucuxi knows of a resource is a row of one of
 * these structs, in `static const` tables under src/catalogue/<service>/;
 * nothing else in the program knows a service by name. Each table ends with
 * a zero row. Immutable; any thread. Paths are those of doc/path.h, relative
 * to the row's node; they are compiled once by catalogue_open().
 */
#ifndef CATALOGUE_RESOURCE_H
#define CATALOGUE_RESOURCE_H

#include "aws/service.h"
#include "catalogue/action.h"
#include "catalogue/connect.h"
#include "catalogue/drill.h"
#include "catalogue/format.h"
#include "catalogue/join.h"

#include <stdbool.h>
#include <stddef.h>

struct column {
	const char *name;        /* stable, lower_snake: JSON, sort, scripts */
	const char *title;
	const char *path;        /* in the row, or in its joined row */
	const char *join;        /* name of the join it reads, else NULL */
	derive_function *derive; /* makes the cell; path is then what it is
				    given, always of the row itself, and
				    what the cell is sorted by */
	enum format format;
	unsigned char w80;       /* width at 80 columns; 0: not shown there */
	unsigned char w132;      /* at 132; both 0: only when wide */
	unsigned char wmany;     /* at 80 with many regions; 0: as w80,
				    255: hidden there */
	unsigned char grow;      /* takes the room that is left */
	bool keep;               /* the last to go when it gets narrow */
	bool zone;               /* says which region the row is in */
	bool billed;             /* fetching it costs money: off until asked */
};

#define SCOPES 3

/* As the value of a constant of a listing: when it began. */
#define ARGUMENT_NOW "now"

struct row_kind {
	const char *name;        /* "object", "folder"; NULL: the only kind */
	const char *path;        /* from the reply's root */
	const struct drill *drills;
};

/* A way to look at the rows that comes with the table; people add theirs
 * (cli/saved.h). What is NULL is as the table has it. */
struct saved_view {
	const char *name;        /* "unattached": volumes.unattached */
	const char *title;
	const char *filter, *sort, *columns;     /* as on the command line */
};

struct resource {
	const char *name;        /* "instances" */
	const char *aliases;     /* "ec2 i", space-separated */
	const char *title;       /* "Instances" */
	const char *one;         /* "instance" */
	const struct service *service;       /* catalogue_open fills it in */
	const struct operation *list;
	const struct argument *arguments;    /* constants of the listing */
	const struct argument *whole;        /* and where no ids are named */
	const struct row_kind *rows;
	const char *identity[4]; /* paths; empty: no marks, no actions */
	const char *id;          /* the id people use; default identity[0] */
	bool composite;          /* no: it is all of identity, "/" between */
	const char *label;       /* path of the name that people gave it */
	const struct column *columns;
	const char *sort;        /* "name", "-created"; NULL: as it came */
	const struct join *joins;
	const struct drill *drills;          /* of every row kind */
	const struct action *actions;
	const struct saved_view *views;
	const struct connect *(*connect)(void);  /* NULL: nobody logs in */
	const char *tags[3];     /* path of a tag, its key, its value */
	const char *region_path; /* where a row's region is not the job's */
	const char *account_path;
	const char *scope[SCOPES];/* parent's parameters: Bucket, Prefix */
	const char *scheme;      /* "s3": s3://A/B/C is scope A and B/C */
	const char *get;         /* parameter for one id: "InstanceIds[]" */
	const char *id_prefix;   /* "i-": ids people paste; NULL: none */
	/* "arn:{partition}:ec2:{region}:{account}:x/{id}". Fields besides
	 * these: {console}, the partition's console host, and the location's
	 * parameters: {Bucket}. In console URLs values are percent-encoded. */
	const char *arn;
	const char *console;
	const char *lists;       /* for doc/out.h */
	bool global;             /* one listing for all regions */
	bool ordered;            /* AWS's order is the default sort: appended,
				    row kinds one after the other */
	bool url_texts;          /* ids and drill values are FORMAT_URL_TEXT */
	bool (*hidden)(const struct cell *cell);  /* not shown unless asked */
	unsigned refresh;        /* seconds, one region; 0: only when asked */
	unsigned refresh_many;   /* many regions; 0: three times refresh */
};

#endif
