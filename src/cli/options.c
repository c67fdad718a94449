/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "cli/command.h"
#include "cli/runtime.h"

#include <string.h>

enum kind { FLAG, TEXT, LIST, FORMAT, DEMO };

struct option_row {
	const char *name;
	char letter;
	enum kind kind;
	size_t offset;
	const char *argument;
	const char *help;
	const char *verb;        /* only there; NULL: everywhere */
};

#define AT(field) offsetof(struct options, field)

static const struct option_row rows[] = {
	{ "demo", 0, DEMO, AT(demo), "[=N]", "run against the built-in simulator, with N instances", NULL },
	{ "profile", 'p', TEXT, AT(profile), "A[,B…]", "profiles of ~/.aws/config, several side by side", NULL },
	{ "region", 'r', TEXT, AT(region), "R[,R…]|all", "regions to look at", NULL },
	{ "endpoint-url", 0, TEXT, AT(endpoint_url), "URL", "an AWS-compatible server instead of AWS", NULL },
	{ "read-only", 0, FLAG, AT(read_only), NULL, "refuse every request that changes anything", NULL },
	{ "write", 0, FLAG, AT(write), NULL, "allow changes where the rc file says read-only", NULL },
	{ "refresh", 0, TEXT, AT(refresh), "SECONDS", "how often the screen asks again; 0: never", NULL },
	{ "filter", 0, TEXT, AT(filter), "EXPR", "only rows that match", NULL },
	{ "sort", 0, TEXT, AT(sort), "[-]COLUMN", "order of the rows, - for descending", NULL },
	{ "columns", 0, TEXT, AT(columns), "A,B…", "these columns; `all` for every one", NULL },
	{ "output", 'o', FORMAT, AT(output), "FORMAT", "table, tsv, csv, json, ndjson, yaml; get: yaml, json, xml", NULL },
	{ "strict", 0, FLAG, AT(strict), NULL, "a region that policy denies is a failure too", NULL },
	{ "keymap", 0, TEXT, AT(keymap), "NAME", "default or vi", NULL },
	{ "theme", 0, TEXT, AT(theme), "NAME", "colours of the screen", NULL },
	{ "log", 0, TEXT, AT(log), "FILE", "write what happens to FILE (no secrets)", NULL },
	{ "port", 0, TEXT, AT(port), "N", "sim: port to listen on, 0 for any", "sim" },
	{ "instances", 0, TEXT, AT(instances), "N", "sim: instances in us-east-1", "sim" },
	{ "objects", 0, TEXT, AT(objects), "N", "sim: keys under many/ in the first bucket", "sim" },
	{ "seed", 0, TEXT, AT(seed), "N", "sim: another world", "sim" },
	{ "latency", 0, TEXT, AT(latency), "MS", "sim: delay before each reply", "sim" },
	{ "fault", 0, LIST, AT(faults), "SPEC", "sim: inject a fault, may be repeated", NULL },
	{ "version", 'V', FLAG, AT(version), NULL, "print the version", NULL },
	{ "help", 'h', FLAG, AT(help), NULL, "print this, or the help of a verb", NULL },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

static const char *const formats[] = {
	[OUTPUT_TABLE] = "table", [OUTPUT_TSV] = "tsv",
	[OUTPUT_CSV] = "csv", [OUTPUT_JSON] = "json",
	[OUTPUT_NDJSON] = "ndjson", [OUTPUT_YAML] = "yaml",
	[OUTPUT_XML] = "xml",
};

#define FORMATS (sizeof(formats) / sizeof(formats[0]))

static bool set_format(struct options *o, const char *value,
	struct error *err)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (strcmp(formats[i], value))
			continue;
		o->output = (enum output)i;
		o->output_given = true;
		return true;
	}
	return error_set(err, ERR_USAGE, "unknown format '%s': table, tsv, "
		"csv, json, ndjson, yaml (get: yaml, json, xml)", value);
}

static bool set_demo(struct options *o, const char *value,
	struct error *err)
{
	long n = 0;

	o->demo = true;
	if (value && !str_int(value, 1, 10000000, &n))
		return error_set(err, ERR_USAGE,
			"--demo=%s: a number of instances, 1 to 10000000",
			value);
	o->demo_instances = (size_t)n;
	return true;
}

static bool set_value(struct options *o, const struct option_row *row,
	const char *value, struct error *err)
{
	void *field = (char *)o + row->offset;

	switch (row->kind) {
	case FLAG:
		*(bool *)field = true;
		return true;
	case TEXT:
		*(const char **)field = value;
		return true;
	case LIST:
		if (o->fault_count == sizeof(o->faults) / sizeof(o->faults[0]))
			return error_set(err, ERR_USAGE, "too many --%s",
				row->name);
		o->faults[o->fault_count++] = value;
		return true;
	case FORMAT:
		return set_format(o, value, err);
	case DEMO:
		return set_demo(o, value, err);
	}
	return false;
}

static bool unknown(const char *word, struct error *err)
{
	const char *names[ROWS], *near;

	for (size_t i = 0; i < ROWS; i++)
		names[i] = rows[i].name;
	near = word[0] == '-' && word[1] == '-' ?
		words_nearest(word + 2, names, ROWS) : NULL;
	return error_set(err, ERR_USAGE, "unknown option '%s'%s%s%s — "
		"tucuxi --help lists them", word,
		near ? ", did you mean --" : "", near ? near : "",
		near ? "?" : "");
}

static const struct option_row *find_long(const char *word, size_t len)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strlen(rows[i].name) == len &&
		    !strncmp(rows[i].name, word, len))
			return &rows[i];
	return NULL;
}

/* One option at argv[*i], its value perhaps at the next place. */
static bool parse_option(struct options *o, int argc, char **argv, int *i,
	struct error *err)
{
	const char *word = argv[*i], *value = NULL;
	const struct option_row *row = NULL;

	if (word[1] == '-') {
		size_t len = strcspn(word + 2, "=");

		row = find_long(word + 2, len);
		if (word[2 + len] == '=')
			value = word + 3 + len;
	} else {
		for (size_t k = 0; k < ROWS; k++)
			if (rows[k].letter && rows[k].letter == word[1])
				row = &rows[k];
		if (row && word[2])
			value = word + 2;
	}
	if (!row)
		return unknown(word, err);
	if (row->kind == FLAG && value)
		return error_set(err, ERR_USAGE, "--%s takes no value",
			row->name);
	if (row->kind != FLAG && row->kind != DEMO && !value) {
		if (*i + 1 >= argc)
			return error_set(err, ERR_USAGE, "--%s needs %s",
				row->name, row->argument);
		value = argv[++*i];
	}
	return set_value(o, row, value, err);
}

static bool add_argument(struct options *o, const char *word,
	struct error *err)
{
	if (!o->verb && !o->argument_count && verb_find(word)) {
		o->verb = word;
		return true;
	}
	if (o->argument_count ==
	    sizeof(o->arguments) / sizeof(o->arguments[0]))
		return error_set(err, ERR_USAGE, "too many words");
	o->arguments[o->argument_count++] = word;
	return true;
}

bool options_parse(struct options *o, int argc, char **argv,
	struct error *err)
{
	bool ended = false;

	*o = (struct options){ .verb = NULL };
	for (int i = 1; i < argc; i++) {
		bool option = !ended && argv[i][0] == '-' && argv[i][1];

		if (option && !strcmp(argv[i], "--")) {
			ended = true;
			continue;
		}
		if (option ? !parse_option(o, argc, argv, &i, err) :
		    !add_argument(o, argv[i], err))
			return false;
	}
	if (!o->verb && o->argument_count > 1)
		return error_set(err, ERR_USAGE, "unknown verb '%s' — "
			"tucuxi --help lists them", o->arguments[0]);
	return true;
}

static void help_options(struct str *out, const char *verb)
{
	for (size_t i = 0; i < ROWS; i++) {
		const struct option_row *r = &rows[i];
		struct str left = STR_INIT;

		if (r->verb && (!verb || strcmp(verb, r->verb)))
			continue;
		if (r->letter)
			str_addf(&left, "-%c, ", r->letter);
		str_addf(&left, "--%s%s%s", r->name,
			r->argument && r->kind != DEMO ? " " : "",
			r->argument ? r->argument : "");
		str_addf(out, "  %-28s %s\n", left.p, r->help);
		str_clear(&left);
	}
}

void options_help(struct str *out, const char *verb)
{
	str_add(out, "tucuxi — a full-screen console for Amazon Web "
		"Services\n\nusage:\n"
		"  tucuxi [options] [TARGET]\n"
		"        full screen; TARGET is a resource, an id, an ARN or "
		"s3://bucket/prefix/\n");
	for (const struct verb *v = verb_table(); v->name; v++)
		if (!verb || !strcmp(v->name, verb))
			str_addf(out, "  tucuxi %s %s\n        %s\n", v->name,
				v->arguments, v->help);
	str_add(out, "\noptions, before or after the verb:\n");
	help_options(out, verb);
	str_add(out, "\nexit status: 0 done, 1 something failed, 2 the line "
		"itself, 3 needs\nconfirmation, 4 refused read-only\n");
}
