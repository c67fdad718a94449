/* SPDX-License-Identifier: MIT */
#include "aws/protocol_cli.h"

#include "aws/protocol_form.h"
#include "base/mem.h"
#include "base/vec.h"
#include "doc/out.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "(.)([A-Z][a-z]+)": a hyphen before a capital that begins a word. */
static void split_words(struct str *out, const char *name, size_t len)
{
	for (size_t i = 0; i < len;) {
		bool begins = i + 2 < len && is_upper(name[i + 1]) &&
			is_lower(name[i + 2]);

		str_addc(out, name[i++]);
		if (!begins)
			continue;
		str_addc(out, '-');
		str_addc(out, name[i++]);
		while (i < len && is_lower(name[i]))
			str_addc(out, name[i++]);
	}
}

/* "([a-z0-9])([A-Z])", and all of it small. */
static void split_capitals(struct str *out, const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bool ends = i + 1 < len && is_upper(name[i + 1]) &&
			(is_lower(name[i]) ||
			 isdigit((unsigned char)name[i]));

		str_addc(out, (char)tolower((unsigned char)name[i]));
		if (!ends)
			continue;
		str_addc(out, '-');
		str_addc(out, (char)tolower((unsigned char)name[++i]));
	}
}

/* As botocore's xform_name has it: "ARNs" and its like are one word. */
void protocol_cli_name(struct str *out, const char *name, size_t len)
{
	struct str plural = STR_INIT, words = STR_INIT;
	size_t capitals = 0;

	while (len > capitals + 1 && name[len - 1] == 's' &&
	    is_upper(name[len - 2 - capitals]))
		capitals++;
	if (capitals > 1) {
		str_addn(&plural, name, len - capitals - 1);
		str_addc(&plural, '-');
		for (size_t i = len - capitals - 1; i < len; i++)
			str_addc(&plural, (char)tolower(
				(unsigned char)name[i]));
	} else
		str_addn(&plural, name, len);
	split_words(&words, plural.p, plural.len);
	split_capitals(out, words.p, words.len);
	str_clear(&plural);
	str_clear(&words);
}

void protocol_cli_quote(struct str *out, const char *text, size_t len)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
	bool plain = len > 0;

	for (size_t i = 0; i < len; i++)
		plain &= text[i] && strchr(safe, text[i]) != NULL;
	if (plain) {
		str_addn(out, text, len);
		return;
	}
	str_addc(out, '\'');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\'')
			str_add(out, "'\\''");
		else
			str_addc(out, text[i]);
	}
	str_addc(out, '\'');
}

static size_t top_len(const struct field *f)
{
	return strcspn(f->parameter->path, ".[{");
}

/* The fields of one option, which stand one after the other. */
struct option {
	const struct field *fields;
	size_t count;
	const char *name;
	size_t len;
};

/* What is below the option's own name: "", "[]", "[].Name". */
static const char *rest_of(const struct option *o, size_t i)
{
	return o->fields[i].parameter->path + o->len;
}

static void add_flag(struct str *out, const struct option *o, bool no)
{
	str_add(out, no ? " --no-" : " --");
	protocol_cli_name(out, o->name, o->len);
}

/* Behind "=" where it would be taken for an option. */
static bool add_scalar(struct str *out, const struct option *o,
	struct error *err)
{
	const struct field *f = o->fields;
	struct str text = STR_INIT;
	bool ok = protocol_add_value(&text, f, STAMP_ISO, err);

	if (f->parameter->type == VALUE_BOOLEAN) {
		add_flag(out, o, ok && text.p[0] == 'f');
	} else {
		add_flag(out, o, false);
		str_addc(out, text.len && *text.p == '-' ? '=' : ' ');
		protocol_cli_quote(out, text.p, text.len);
	}
	str_clear(&text);
	return ok;
}

/* A list that the CLI does not take for JSON or for options. */
static bool is_plain_list(const struct option *o)
{
	for (size_t i = 0; i < o->count; i++) {
		const struct field *f = &o->fields[i];

		if (strcmp(rest_of(o, i), "[]") || !f->len ||
		    strchr("[{-", *f->value))
			return false;
	}
	return true;
}

static bool add_list(struct str *out, const struct option *o,
	struct error *err)
{
	bool ok = true;

	add_flag(out, o, false);
	for (size_t i = 0; ok && i < o->count; i++) {
		struct str text = STR_INIT;

		ok = protocol_add_value(&text, &o->fields[i], STAMP_ISO, err);
		str_addc(out, ' ');
		protocol_cli_quote(out, text.p, text.len);
		str_clear(&text);
	}
	return ok;
}

static bool is_short_value(const struct field *f)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:-";

	if (!f->len)
		return false;
	for (size_t i = 0; i < f->len; i++)
		if (!f->value[i] || !strchr(safe, f->value[i]))
			return false;
	return true;
}

/* A list of structures whose members are texts or lists of texts. */
static bool is_short(const struct option *o)
{
	for (size_t i = 0; i < o->count; i++) {
		const char *rest = rest_of(o, i);
		size_t len;

		if (!str_starts(rest, "[]."))
			return false;
		len = strcspn(rest + 3, ".[{");
		if ((rest[3 + len] && strcmp(rest + 3 + len, "[]")) ||
		    !is_short_value(&o->fields[i]))
			return false;
	}
	return true;
}

/* One structure: Name=tag:env,Values=prod,test */
static void add_short(struct str *out, const struct option *o,
	unsigned index)
{
	const struct parameter *before = NULL;

	str_addc(out, ' ');
	for (size_t i = 0; i < o->count; i++) {
		const struct field *f = &o->fields[i];
		const char *member = rest_of(o, i) + 3;

		if (f->index[0] != index)
			continue;
		if (before)
			str_addc(out, ',');
		if (before != f->parameter)
			str_addf(out, "%.*s=", (int)strcspn(member, "["),
				member);
		str_addn(out, f->value, f->len);
		before = f->parameter;
	}
}

static void add_shorts(struct str *out, const struct option *o)
{
	unsigned last = 0;

	add_flag(out, o, false);
	for (size_t i = 0; i < o->count; i++)
		last = o->fields[i].index[0] > last ? o->fields[i].index[0] :
			last;
	for (unsigned index = 0; index <= last; index++)
		add_short(out, o, index);
}

/* {"Filters":…} without what is before and after the dots. */
static bool add_json(struct str *out, const struct option *o,
	struct error *err)
{
	struct tree *tree = tree_new();
	struct str json = STR_INIT;
	bool ok;

	for (size_t i = 0; i < o->count; i++)
		tree_add(tree, o->fields[i].parameter->path, &o->fields[i]);
	ok = tree_add_json(&json, tree, err);
	tree_free(tree);
	if (ok) {
		add_flag(out, o, false);
		str_addc(out, ' ');
		protocol_cli_quote(out, json.p + o->len + 4,
			json.len - o->len - 5);
	}
	str_clear(&json);
	return ok;
}

static bool add_option(struct str *out, const struct option *o,
	struct error *err)
{
	if (o->count == 1 && !*rest_of(o, 0))
		return add_scalar(out, o, err);
	if (is_plain_list(o))
		return add_list(out, o, err);
	if (!is_short(o))
		return add_json(out, o, err);
	add_shorts(out, o);
	return true;
}

/* In the place of a value; its parameter is then a plain text. */
struct veil {
	struct parameter parameter;
	struct str text;
};

/* What nobody else is to read has a word in its place: <MasterUserPassword>;
 * what is bytes stands in a file. */
static void veil(struct veil *v, struct field *f)
{
	const struct parameter *p = f->parameter;
	const char *dot = strrchr(p->path, '.');
	const char *name = dot ? dot + 1 : p->path;

	str_init(&v->text, 0);
	if (!p->secret && p->type != VALUE_BLOB && p->place != PLACE_PAYLOAD)
		return;
	str_addf(&v->text, "%s<%.*s>", p->secret ? "" : "fileb://",
		(int)strcspn(name, "[{"), name);
	v->parameter = *p;
	v->parameter.type = VALUE_STRING;
	f->parameter = &v->parameter;
	f->value = v->text.p;
	f->len = v->text.len;
}

/* An option of another name: "--count 1:2" is MinCount and MaxCount. */
static void add_renamed(struct str *out, const struct fields *fields,
	size_t i)
{
	const char *name = fields->items[i].parameter->cli;
	struct str text = STR_INIT;

	for (size_t k = 0; k < fields->count; k++) {
		const struct field *f = &fields->items[k];

		if (!str_eq(f->parameter->cli, name))
			continue;
		if (k < i)
			goto out;        /* is there already */
		if (k > i && f->len == fields->items[i].len &&
		    !memcmp(f->value, fields->items[i].value, f->len))
			continue;
		str_addf(&text, "%s%.*s", k > i ? ":" : "", (int)f->len,
			f->value);
	}
	str_addf(out, " --%s ", name);
	protocol_cli_quote(out, text.p, text.len);
out:
	str_clear(&text);
}

static bool add_options(struct str *out, const struct fields *fields,
	struct error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < fields->count;) {
		struct option o = { .fields = &fields->items[i], .count = 0,
			.name = fields->items[i].parameter->path,
			.len = top_len(&fields->items[i]) };

		if (fields->items[i].parameter->cli) {
			add_renamed(out, fields, i++);
			continue;
		}
		while (i < fields->count &&
		    top_len(&fields->items[i]) == o.len &&
		    !strncmp(fields->items[i].parameter->path, o.name,
		    o.len)) {
			o.count++;
			i++;
		}
		ok = add_option(out, &o, err);
	}
	return ok;
}

static void add_where(struct str *out, const char *option, const char *value)
{
	if (!value || !*value)
		return;
	str_addf(out, " %s ", option);
	protocol_cli_quote(out, value, strlen(value));
}

bool protocol_cli(struct str *out, const struct service *service,
	const struct operation *operation, const struct argument *arguments,
	size_t count, const struct cli_where *where, struct error *err)
{
	struct fields fields = { .service = service,
		.operation = operation };
	struct veil *veils;
	bool ok = protocol_fields(&fields, arguments, count, err);

	veils = xcalloc(fields.count + 1, sizeof(*veils));
	for (size_t i = 0; i < fields.count; i++)
		veil(&veils[i], &fields.items[i]);
	str_addf(out, "aws %s ", service->cli ? service->cli : service->name);
	protocol_cli_name(out, operation->name, strlen(operation->name));
	ok = ok && add_options(out, &fields, err);
	for (size_t i = 0; i < fields.count; i++)
		str_clear(&veils[i].text);
	free(veils);
	VEC_FREE(&fields);
	add_where(out, "--region", where->region);
	add_where(out, "--profile", where->profile);
	add_where(out, "--endpoint-url", where->endpoint);
	return ok;
}
