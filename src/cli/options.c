/* SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "base/embedded.h"
#include "cli/command.h"
#include "cli/setting.h"
#include "cli/verb.h"

#include <string.h>

#define AT(field) offsetof(struct options, field)

#define TALKING "screen ls get do creds"    /* to AWS */
#define LISTINGS "screen ls"
#define SIMULATED "sim demo"

static const struct option rows[] = {
	{ "demo", 0, OPTION_DEMO, VALUES_NONE, AT(demo), "N",
	  "against the built-in simulator: no account, no network; N instances", TALKING, false },
	{ "profile", 'p', OPTION_TEXT, VALUES_PROFILES, AT(profile), "A[,B…]",
	  "profiles of ~/.aws/config, several side by side", TALKING " endpoints", false },
	{ "region", 'r', OPTION_TEXT, VALUES_REGIONS, AT(region), "R[,R…]|all",
	  "regions to look at", TALKING " endpoints", false },
	{ "endpoint-url", 0, OPTION_TEXT, VALUES_NONE, AT(endpoint_url), "URL",
	  "an AWS-compatible server instead of AWS", TALKING " endpoints", false },
	{ "read-only", 0, OPTION_FLAG, VALUES_NONE, AT(read_only), NULL,
	  "refuse every request that changes anything", TALKING, false },
	{ "write", 0, OPTION_FLAG, VALUES_NONE, AT(write), NULL,
	  "allow changes where the rc file says read-only", "screen", false },
	{ "filter", 0, OPTION_TEXT, VALUES_NONE, AT(filter), "EXPR",
	  "only rows that match", LISTINGS, true },
	{ "sort", 0, OPTION_TEXT, VALUES_SORTS, AT(sort), "[-]COLUMN",
	  "order of the rows, - for descending", LISTINGS, true },
	{ "columns", 0, OPTION_TEXT, VALUES_COLUMNS, AT(columns), "A,B…",
	  "these columns, tag.KEY, .a.path; all for every one", LISTINGS, true },
	{ "view", 0, OPTION_TEXT, VALUES_VIEWS, AT(view), "NAME",
	  "a saved view: filter, sort, columns and regions under a name", LISTINGS, true },
	{ "output", 'o', OPTION_FORMAT, VALUES_FORMATS, AT(output), "FORMAT",
	  "what is written", NULL, true },
	{ "strict", 0, OPTION_FLAG, VALUES_NONE, AT(strict), NULL,
	  "a region that policy denies is a failure too", "ls", true },
	{ "watch", 0, OPTION_WATCH, VALUES_NONE, AT(watch), "SECONDS",
	  "again and again: on a terminal the table, else a row for each change", "ls", true },
	{ "list", 0, OPTION_FLAG, VALUES_NONE, AT(list), NULL,
	  "name every action with its kind and fields", "do", true },
	{ "dry-run", 0, OPTION_FLAG, VALUES_NONE, AT(dry_run), NULL,
	  "ask AWS whether it would be allowed, change nothing", "do", true },
	{ "yes", 'y', OPTION_FLAG, VALUES_NONE, AT(yes), NULL,
	  "do what changes or disrupts", "do jobs firewall", true },
	{ "confirm", 0, OPTION_TEXT, VALUES_NONE, AT(confirm), "TEXT",
	  "do what destroys: the one's name, or 'terminate 14'", "do jobs firewall", true },
	{ "total", 0, OPTION_TEXT, VALUES_NONE, AT(total), "AMOUNT",
	  "do what spends, with --confirm=YES: all that it costs, as 2032.00", "do", true },
	{ "wait", 0, OPTION_FLAG, VALUES_NONE, AT(wait), NULL,
	  "until each target is what it was to become", "do", true },
	{ "refresh", 0, OPTION_TEXT, VALUES_NONE, AT(refresh), "SECONDS",
	  "how often the screen asks again; 0: never", "screen", false },
	{ "monitor", 0, OPTION_FLAG, VALUES_NONE, AT(monitor), NULL,
	  "go on refreshing when nobody has looked for half an hour", "screen", false },
	{ "keymap", 0, OPTION_TEXT, VALUES_KEYMAPS, AT(keymap), "NAME",
	  "keys of the screen", "screen", false },
	{ "theme", 0, OPTION_TEXT, VALUES_THEMES, AT(theme), "NAME",
	  "colours of the screen", "screen", false },
	{ "log", 0, OPTION_TEXT, VALUES_FILES, AT(log), "FILE",
	  "write what happens to FILE, no secrets", TALKING, false },
	{ "port", 0, OPTION_TEXT, VALUES_NONE, AT(port), "N",
	  "listen there; 0: any free port", "sim", true },
	{ "instances", 0, OPTION_TEXT, VALUES_NONE, AT(instances), "N",
	  "instances in us-east-1", "sim", true },
	{ "objects", 0, OPTION_TEXT, VALUES_NONE, AT(objects), "N",
	  "keys under many/ in the first bucket", SIMULATED, true },
	{ "seed", 0, OPTION_TEXT, VALUES_NONE, AT(seed), "N",
	  "another world", SIMULATED, true },
	{ "latency", 0, OPTION_TEXT, VALUES_NONE, AT(latency), "MS",
	  "delay before each reply", SIMULATED, true },
	{ "fault", 0, OPTION_LIST, VALUES_NONE, AT(faults), "KIND[@REGION]",
	  "inject a fault, may be repeated", SIMULATED, true },
	{ "version", 'V', OPTION_FLAG, VALUES_NONE, AT(version), NULL,
	  "print the version", NULL, false },
	{ "help", 'h', OPTION_FLAG, VALUES_NONE, AT(help), NULL,
	  "print this, or the help of a verb", NULL, false },
	{ .name = NULL }
};

#define ROWS (sizeof(rows) / sizeof(rows[0]) - 1)

static const char *const formats[OUTPUTS] = {
	[OUTPUT_TABLE] = "table", [OUTPUT_TSV] = "tsv",
	[OUTPUT_CSV] = "csv", [OUTPUT_JSON] = "json",
	[OUTPUT_NDJSON] = "ndjson", [OUTPUT_YAML] = "yaml",
	[OUTPUT_XML] = "xml",
};

const struct option *option_table(void)
{
	return rows;
}

const struct option *option_find(const char *name, size_t len)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strlen(rows[i].name) == len &&
		    !strncmp(rows[i].name, name, len))
			return &rows[i];
	return NULL;
}

const struct option *option_find_letter(char letter)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].letter && rows[i].letter == letter)
			return &rows[i];
	return NULL;
}

bool option_takes_word(const struct option *option)
{
	return option->kind == OPTION_TEXT || option->kind == OPTION_LIST ||
		option->kind == OPTION_FORMAT;
}

const char *output_name(enum output output)
{
	return formats[output];
}

bool names_have(const char *names, const char *word, size_t len)
{
	while (names && *names) {
		size_t n = strcspn(names, " ");

		if (n == len && !strncmp(names, word, len))
			return true;
		names += n + (names[n] == ' ');
	}
	return false;
}

void names_add_list(struct str *out, const char *names)
{
	for (; names && *names; names++) {
		if (*names == ' ')
			str_addc(out, ',');
		str_addc(out, *names);
	}
}

void option_add_choices(struct str *out, const struct option *option)
{
	struct error ignored = ERROR_INIT;
	const char *name;
	bool first = true;

	if (option->values == VALUES_THEMES)
		names_add_list(out, setting_find("theme", &ignored)->choices);
	if (option->values != VALUES_KEYMAPS)
		return;
	for (size_t i = 0; (name = embedded_name(i)); i++) {
		if (!str_ends(name, ".keys"))
			continue;
		str_addf(out, "%s%.*s", first ? "" : ", ",
			(int)(strlen(name) - strlen(".keys")), name);
		first = false;
	}
}

bool option_fits(const struct option *option, const char *verb)
{
	const struct verb *v = verb ? verb_find(verb) : verb_screen();

	if (option->kind == OPTION_FORMAT)
		return v && v->formats;
	return !option->verbs || names_have(option->verbs, verb ? verb :
		"screen", strlen(verb ? verb : "screen"));
}

static bool set_format(struct options *o, const char *value,
	struct error *err)
{
	for (size_t i = 0; i < OUTPUTS; i++) {
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

/* Nobody asks AWS faster than the screen does. */
static bool set_watch(struct options *o, const char *value,
	struct error *err)
{
	o->watch = true;
	if (value && !str_int(value, 2, 86400, &o->watch_seconds))
		return error_set(err, ERR_USAGE, "--watch=%s: seconds, "
			"2 to 86400", value);
	return true;
}

static bool set_value(struct options *o, const struct option *row,
	const char *value, struct error *err)
{
	void *field = (char *)o + row->offset;

	switch (row->kind) {
	case OPTION_FLAG:
		*(bool *)field = true;
		return true;
	case OPTION_TEXT:
		*(const char **)field = value;
		return true;
	case OPTION_LIST:
		if (o->fault_count == sizeof(o->faults) / sizeof(o->faults[0]))
			return error_set(err, ERR_USAGE, "too many --%s, %zu "
				"are the most", row->name, o->fault_count);
		o->faults[o->fault_count++] = value;
		return true;
	case OPTION_FORMAT:
		return set_format(o, value, err);
	case OPTION_DEMO:
		return set_demo(o, value, err);
	case OPTION_WATCH:
		return set_watch(o, value, err);
	}
	return false;
}

static bool unknown(const char *word, struct error *err)
{
	const char *names[ROWS], *near;
	char name[32] = "";
	size_t len = strcspn(word, "=");

	for (size_t i = 0; i < ROWS; i++)
		names[i] = rows[i].name;
	if (str_starts(word, "--") && len < sizeof(name))
		memcpy(name, word + 2, len - 2);
	near = words_nearest(name, names, ROWS);
	return error_set(err, ERR_USAGE, "unknown option '%s'%s%s%s — "
		"tucuxi --help lists them", word,
		near ? ", did you mean --" : "", near ? near : "",
		near ? "?" : "");
}

/* One option at argv[*i], its value perhaps at the next place. */
static bool parse_option(struct options *o, int argc, char **argv, int *i,
	struct error *err)
{
	const char *word = argv[*i], *value = NULL;
	const struct option *row;

	if (word[1] == '-') {
		size_t len = strcspn(word + 2, "=");

		row = option_find(word + 2, len);
		if (word[2 + len] == '=')
			value = word + 3 + len;
	} else {
		row = option_find_letter(word[1]);
		if (word[2])
			value = word + 2;
	}
	if (!row)
		return unknown(word, err);
	if (row->kind == OPTION_FLAG && value)
		return error_set(err, ERR_USAGE, "--%s takes no value",
			row->name);
	if (option_takes_word(row) && !value) {
		if (*i + 1 >= argc)
			return error_set(err, ERR_USAGE, "--%s needs %s: %s",
				row->name, row->argument, row->help);
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
		return error_set(err, ERR_USAGE, "more than %d words",
			ARGUMENTS_MAX);
	o->arguments[o->argument_count++] = word;
	return true;
}

static bool is_given(const struct options *o, const struct option *row)
{
	const void *field = (const char *)o + row->offset;

	switch (row->kind) {
	case OPTION_FLAG:
	case OPTION_DEMO:
	case OPTION_WATCH:
		return *(const bool *)field;
	case OPTION_FORMAT:
		return o->output_given;
	case OPTION_TEXT:
	case OPTION_LIST:
		break;
	}
	return *(const char *const *)field != NULL;
}

/* "ls, get and regions": where an option does something. */
static void name_places(struct str *out, const struct option *row)
{
	if (names_have(row->verbs, "screen", 6))
		str_add(out, "the screen");
	for (const struct verb *v = verb_table(); v->name; v++)
		if (!v->hidden && option_fits(row, v->name))
			str_addf(out, "%s%s", out->len ? ", " : "", v->name);
	if (names_have(row->verbs, "demo", 4))
		str_addf(out, "%s--demo", out->len ? ", " : "");
}

static bool misplaced(const struct options *o, const struct option *row,
	struct error *err)
{
	struct str places = STR_INIT;

	name_places(&places, row);
	if (o->verb)
		error_set(err, ERR_USAGE, "--%s does nothing for %s, it is "
			"for: %s", row->name, o->verb, places.p);
	else
		error_set(err, ERR_USAGE, "--%s does nothing on the screen, "
			"it is for: %s — as in `tucuxi ls %s`", row->name,
			places.p, o->argument_count ? o->arguments[0] :
			"instances");
	str_clear(&places);
	return false;
}

static bool unknown_format(const struct verb *v, const char *format,
	struct error *err)
{
	struct str list = STR_INIT;

	names_add_list(&list, v->formats);
	error_set(err, ERR_USAGE, "%s has no format %s, it has: %s", v->name,
		format, list.p);
	str_clear(&list);
	return false;
}

/* An option that would do nothing is a mistake, where it looks as if rows
 * were chosen by it; the screen's own may stand in an alias. */
static bool check_places(const struct options *o, struct error *err)
{
	const struct verb *v = o->verb ? verb_find(o->verb) : NULL;
	const char *format = output_name(o->output);

	for (const struct option *row = rows; row->name; row++)
		if (row->only && is_given(o, row) &&
		    !option_fits(row, o->verb) &&
		    !(o->demo && names_have(row->verbs, "demo", 4)))
			return misplaced(o, row, err);
	if (o->output_given && !names_have(v->formats, format,
	    strlen(format)))
		return unknown_format(v, format, err);
	return true;
}

static bool unknown_verb(const char *word, struct error *err)
{
	const char *names[32], *near;
	size_t n = 0;

	for (const struct verb *v = verb_table(); v->name && n < 32; v++)
		if (!v->hidden)
			names[n++] = v->name;
	near = words_nearest(word, names, n);
	return error_set(err, ERR_USAGE, "unknown verb '%s'%s%s%s — "
		"tucuxi --help lists them", word,
		near ? ", did you mean " : "", near ? near : "",
		near ? "?" : "");
}

bool options_parse(struct options *o, int argc, char **argv,
	struct error *err)
{
	bool ended = false;

	*o = (struct options){ .plain_from = ARGUMENTS_MAX };
	for (int i = 1; i < argc; i++) {
		bool option = !ended && argv[i][0] == '-' && argv[i][1];

		if (option && !strcmp(argv[i], "--")) {
			ended = true;
			o->plain_from = o->argument_count;
			continue;
		}
		if (option ? !parse_option(o, argc, argv, &i, err) :
		    !add_argument(o, argv[i], err))
			return false;
	}
	if (o->help || o->version)
		return true;
	if (!o->verb && o->argument_count > 1)
		return unknown_verb(o->arguments[0], err);
	return check_places(o, err);
}
