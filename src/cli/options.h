/* SPDX-License-Identifier: MIT */
/*
 * The command line (design.md 5): one table of options, one of verbs
 * (cli/verb.h); --help, the man page and completion come from them. Options
 * stand before or after the verb; "--" ends them.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum output {
	OUTPUT_TABLE, OUTPUT_TSV, OUTPUT_CSV, OUTPUT_JSON, OUTPUT_NDJSON,
	OUTPUT_YAML, OUTPUT_XML
};

#define OUTPUTS (OUTPUT_XML + 1)

#define ARGUMENTS_MAX 1024

struct options {
	bool help, version, demo, read_only, write, strict, output_given;
	bool monitor;
	size_t demo_instances;
	const char *profile;       /* A[,B…] */
	const char *region;        /* R[,R…] or "all" */
	const char *endpoint_url;
	const char *refresh;       /* seconds; NULL: by table */
	const char *filter, *sort, *columns, *view;
	const char *keymap, *theme, *log;
	const char *port, *instances, *objects, *seed, *latency;
	const char *faults[32];
	size_t fault_count;
	bool watch;
	long watch_seconds;        /* 0: by resource */
	bool list, dry_run, yes, wait;   /* of `do` */
	const char *confirm;
	const char *total;         /* what is agreed to be spent */
	enum output output;
	const char *verb;          /* NULL: full screen */
	const char *arguments[ARGUMENTS_MAX];
	size_t argument_count;
	size_t plain_from;         /* the first argument behind "--" */
};

/* How the value is read. */
enum option_kind {
	OPTION_FLAG,             /* has none */
	OPTION_TEXT, OPTION_LIST, OPTION_FORMAT,
	OPTION_DEMO, OPTION_WATCH        /* "=N" if at all */
};

/* What completes it. */
enum option_values {
	VALUES_NONE, VALUES_PROFILES, VALUES_REGIONS, VALUES_COLUMNS,
	VALUES_SORTS, VALUES_FORMATS, VALUES_KEYMAPS, VALUES_THEMES,
	VALUES_FILES, VALUES_VIEWS
};

struct option {
	const char *name;
	char letter;             /* 0: none */
	enum option_kind kind;
	enum option_values values;
	size_t offset;           /* of its field in struct options */
	const char *argument;    /* "URL"; NULL: a flag */
	const char *help;
	const char *verbs;       /* where it does something: "screen ls";
				    NULL: everywhere */
	bool only;               /* anywhere else it is an error */
};

/* Ends with a zero row. */
const struct option *option_table(void);
const struct option *option_find(const char *name, size_t len);
const struct option *option_find_letter(char letter);

/* Does it take the next word when it has no "="? */
bool option_takes_word(const struct option *option);

/* verb NULL: the screen. */
bool option_fits(const struct option *option, const char *verb);

/* The words its value may be, if they are few: "default, vi". */
void option_add_choices(struct str *out, const struct option *option);

/* "a b" becomes "a, b". */
void names_add_list(struct str *out, const char *names);

const char *output_name(enum output output);

/* Is the word one of a list separated by blanks? NULL: an empty list. */
bool names_have(const char *names, const char *word, size_t len);

/* Strings point into argv. ERR_USAGE names the word, the nearest that there
 * is, and where to look. */
bool options_parse(struct options *o, int argc, char **argv,
	struct error *err);

#endif
