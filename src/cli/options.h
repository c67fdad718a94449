/* SPDX-License-Identifier: MIT */
/*
 * The command line (design.md 5): one table of options, one of verbs;
 * --help, the man page and completion come from them. Options stand before
 * or after the verb; "--" ends them.
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

struct options {
	bool help, version, demo, read_only, write, strict, output_given;
	size_t demo_instances;
	const char *profile;       /* A[,B…] */
	const char *region;        /* R[,R…] or "all" */
	const char *endpoint_url;
	const char *refresh;       /* seconds; NULL: by table */
	const char *filter, *sort, *columns;
	const char *keymap, *theme, *log;
	const char *port, *instances, *objects, *seed, *latency;
	const char *faults[32];
	size_t fault_count;
	enum output output;
	const char *verb;          /* NULL: full screen */
	const char *arguments[64];
	size_t argument_count;
};

/* Strings point into argv. ERR_USAGE names the word and the nearest
 * option. */
bool options_parse(struct options *o, int argc, char **argv,
	struct error *err);
void options_help(struct str *out, const char *verb);

#endif
