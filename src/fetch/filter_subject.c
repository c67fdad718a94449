/* SPDX-License-Identifier: MIT */
#include "fetch/filter_subject.h"

#include "base/mem.h"
#include "base/str.h"
#include "fetch/filter.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The longer ones first. */
static const struct {
	const char *text;
	enum operator operator;
} operators[] = {
	{ "!=", OPERATOR_NOT_EQUAL }, { "==", OPERATOR_EQUAL },
	{ "=", OPERATOR_EQUAL }, { "<=", OPERATOR_LESS_EQUAL },
	{ "<", OPERATOR_LESS }, { ">=", OPERATOR_MORE_EQUAL },
	{ ">", OPERATOR_MORE }, { ":", OPERATOR_HAS }
};

static enum operator read_operator(const char *text, size_t *len)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
		if (!str_starts(text, operators[i].text))
			continue;
		*len = strlen(operators[i].text);
		return operators[i].operator;
	}
	*len = 0;
	return OPERATOR_NONE;
}

void subject_clear(struct subject *subject)
{
	free(subject->tag);
	path_free(subject->path);
	memset(subject, 0, sizeof(*subject));
}

bool subject_equal(const struct subject *a, const struct subject *b)
{
	return a->type == b->type && a->column == b->column &&
		str_eq(a->tag, b->tag) && !a->path == !b->path &&
		(!a->path || str_eq(path_source(a->path),
			path_source(b->path)));
}

/*
 * What people see of the column is in the row's line, and programs have the
 * same. A computed state that reads a join is the plain state until the
 * joined row is there.
 */
static bool is_as_in_line(const struct compiled_column *c)
{
	const struct column *column = c->column;

	if (column->derive)
		return column->format == FORMAT_STATE && c->join >= 0;
	return column->format == FORMAT_TEXT ||
		column->format == FORMAT_NATURAL ||
		column->format == FORMAT_STATE ||
		column->format == FORMAT_ADDRESS;
}

void subject_of_column(const struct compiled *compiled, int column,
	struct subject *subject)
{
	int cell = 0;

	for (int i = 0; i < column; i++)
		cell += segment_indexes(&compiled->columns[i]);
	*subject = (struct subject){ .type = SUBJECT_COLUMN, .column = column,
		.cell = -1 };
	if (segment_indexes(&compiled->columns[column]) &&
	    is_as_in_line(&compiled->columns[column]))
		subject->cell = cell;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* How long the name before an operator is; 0 where a colon belongs to the
 * text: s3://x, arn:…, fe80::1. */
static size_t name_len(const char *text)
{
	size_t len = 0;

	if (!is_letter(*text))
		return 0;
	while (is_letter(text[len]) || (text[len] >= '0' &&
	    text[len] <= '9') || text[len] == '_' || text[len] == '-')
		len++;
	if (text[len] == ':' && (text[len + 1] == ':' ||
	    str_starts(text + len, "://") ||
	    (len == 3 && strncasecmp(text, "arn", 3) == 0)))
		return 0;
	return len;
}

/* What every row has, and batch output names, without a column of it. */
static bool find_other(const char *name, size_t len, struct subject *subject)
{
	static const struct {
		const char *name;
		enum subject_type type;
	} others[] = {
		{ "id", SUBJECT_ID }, { "region", SUBJECT_REGION },
		{ "account", SUBJECT_ACCOUNT }
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		if (strlen(others[i].name) != len ||
		    strncasecmp(name, others[i].name, len) != 0)
			continue;
		*subject = (struct subject){ .type = others[i].type,
			.cell = -1 };
		return true;
	}
	return false;
}

static bool parse_column(const struct compiled *compiled, const char *text,
	size_t len, struct subject *subject, struct error *err)
{
	struct error why = ERROR_INIT;
	int column = query_find_column(compiled, text, len, &why);

	if (column >= 0)
		subject_of_column(compiled, column, subject);
	else if (!find_other(text, len, subject))
		return error_set(err, ERR_USAGE, "%s%s it to search for the "
			"text", why.text, str_ends(why.text, "?") ?
			" Quote" : "; quote");
	return true;
}

/*
 * The key goes up to the first of = != < >, else to the last colon, for keys
 * have colons themselves (aws:autoscaling:groupName); a colon before a
 * quote, a regex or a fuzzy word is the operator too.
 */
static size_t key_len(const char *text, const char *ends)
{
	size_t colon = 0, ignored, i;

	for (i = 0; text[i] && !strchr(ends, text[i]); i++) {
		enum operator operator = read_operator(text + i, &ignored);

		if (operator == OPERATOR_HAS)
			colon = i;
		if ((operator != OPERATOR_NONE && operator != OPERATOR_HAS) ||
		    (operator == OPERATOR_HAS && text[i + 1] &&
		    strchr("\"/~", text[i + 1])))
			return i;
	}
	return colon ? colon : i;
}

/* Behind "tag."; 0: it is none. */
static size_t parse_tag(const char *text, const char *ends,
	struct subject *subject)
{
	const char *end = *text == '"' ? strchr(text + 1, '"') : NULL;
	size_t len = end ? (size_t)(end - text - 1) : key_len(text, ends);

	if (!len || (*text == '"' && !end))
		return 0;
	*subject = (struct subject){ .type = SUBJECT_TAG, .cell = -1,
		.tag = xstrndup(text + (end != NULL), len) };
	return len + (end ? 2 : 0);
}

/* Up to an operator outside brackets and quotes; 0: there is none, and
 * ".micro" is a word. */
static size_t path_len(const char *text, const char *ends)
{
	bool quoted = false;
	size_t ignored;
	int depth = 0;

	for (size_t i = 0; text[i]; i++) {
		if (quoted && text[i] == '\\' && text[i + 1])
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (text[i] == '[' || text[i] == ']')
			depth += text[i] == '[' ? 1 : -1;
		else if (depth > 0)
			continue;
		else if (strchr(ends, text[i]))
			return 0;
		else if (read_operator(text + i, &ignored) != OPERATOR_NONE)
			return i;
	}
	return 0;
}

static bool parse_path(const char *text, size_t len, struct subject *subject,
	struct error *err)
{
	char *copy = xstrndup(text, len);

	*subject = (struct subject){ .type = SUBJECT_PATH, .cell = -1 };
	subject->path = path_compile(NULL, copy, err);
	free(copy);
	return subject->path;
}

bool subject_parse(const struct compiled *compiled, const char *text,
	const char *ends, struct subject *subject, enum operator *operator,
	size_t *len, struct error *err)
{
	size_t name, more;

	*len = 0;
	if (strncasecmp(text, "tag.", 4) == 0) {
		name = parse_tag(text + 4, ends, subject);
		if (!name)
			return true;
		name += 4;
		*operator = read_operator(text + name, &more);
		if (compiled->tag) {
			*len = name + more;
			return true;
		}
		subject_clear(subject);
		return *operator == OPERATOR_NONE || error_set(err,
			ERR_USAGE, "%s have no tags",
			compiled->resource->title);
	}
	name = *text == '.' ? path_len(text, ends) : name_len(text);
	*operator = read_operator(text + name, &more);
	if (!name || *operator == OPERATOR_NONE)
		return true;
	*len = name + more;
	return *text == '.' ? parse_path(text, name, subject, err) :
		parse_column(compiled, text, name, subject, err);
}
