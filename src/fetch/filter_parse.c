/* SPDX-License-Identifier: MIT */
/*
 *	filter = { [ "!" ] [ column ":" ] value }      all of them
 *	value  = word | "quoted words" | /regex/
 *
 * A filter is read anew at each key, so what may still become something is
 * taken for what it is so far: an open quote ends with the text, "name:" and
 * "!" alone leave nothing out, "/aws/lambda" is a word until a slash that
 * ends it makes it a regex.
 */
#include "fetch/filter.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define FILTER_MOST 4096

struct parser {
	const struct compiled *compiled;
	const char *text, *at;
	struct error *err;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_end(char c)
{
	return c == '\0' || is_space(c);
}

void term_free(struct term *term)
{
	while (term) {
		struct term *next = term->next;

		term_free(term->first);
		if (term->type == TERM_REGEX)
			regfree(&term->regex);
		free(term->text);
		free(term);
		term = next;
	}
}

static struct term *term_new(enum term_type type, const char *text,
	size_t len)
{
	struct term *term = xcalloc(1, sizeof(*term));

	term->type = type;
	term->column = -1;
	term->len = len;
	if (text)
		term->text = xstrndup(text, len);
	return term;
}

static struct term *new_word(const char *text, size_t len)
{
	struct term *term = term_new(TERM_WORD, text, len);

	for (char *p = term->text; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	return term;
}

static bool has_anchor(const char *source)
{
	for (const char *p = source; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '$' || (*p == '^' &&
		    (p == source || p[-1] != '[')))
			return true;
	}
	return false;
}

static struct term *new_regex(struct parser *p, const char *text, size_t len)
{
	struct term *term = term_new(TERM_REGEX, text, len);
	int status = regcomp(&term->regex, term->text,
		REG_EXTENDED | REG_ICASE);
	char why[128];

	if (!status) {
		term->anchored = has_anchor(term->text);
		return term;
	}
	regerror(status, &term->regex, why, sizeof(why));
	error_set(p->err, ERR_USAGE, "filter, column %zu: /%s/: %s",
		(size_t)(text - p->text), term->text, why);
	term->type = TERM_WORD;      /* there is no regex to free */
	term_free(term);
	return NULL;
}

/* The slash that ends a regex stands before a space or the end. */
static const char *regex_end(const char *at)
{
	if (*at != '/')
		return NULL;
	for (const char *p = at + 1; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '/' && is_end(p[1]))
			return p > at + 1 ? p : NULL;
	}
	return NULL;
}

static struct term *parse_value(struct parser *p)
{
	const char *start = p->at, *end = regex_end(start);

	if (end) {
		p->at = end + 1;
		return new_regex(p, start + 1, (size_t)(end - start - 1));
	}
	if (*start == '"') {
		end = strchr(start + 1, '"');
		if (!end)
			end = start + strlen(start);
		p->at = *end ? end + 1 : end;
		return new_word(start + 1, (size_t)(end - start - 1));
	}
	while (!is_end(*p->at))
		p->at++;
	return new_word(start, (size_t)(p->at - start));
}

/* How long the name before a ":" is; 0 where the colon belongs to the text:
 * s3://x, arn:…, fe80::1, 12:30. */
static size_t column_name_len(const char *at)
{
	size_t len = 0;

	if (!isalpha((unsigned char)*at))
		return 0;
	while (isalnum((unsigned char)at[len]) || at[len] == '_' ||
	    at[len] == '-')
		len++;
	if (at[len] != ':' || at[len + 1] == ':' ||
	    strncmp(at + len, "://", 3) == 0 ||
	    (len == 3 && strncasecmp(at, "arn", 3) == 0))
		return 0;
	return len;
}

static struct term *parse_term(struct parser *p)
{
	size_t len = column_name_len(p->at);
	int column = -1;
	struct term *term;

	if (len) {
		struct error why;

		column = query_find_column(p->compiled, p->at, len, &why);
		if (column < 0) {
			error_set(p->err, ERR_USAGE, "filter, column %zu: %s; "
				"quote it to search for the text",
				(size_t)(p->at - p->text) + 1, why.text);
			return NULL;
		}
		p->at += len + 1;
	}
	term = parse_value(p);
	if (term)
		term->column = column;
	return term;
}

static struct term *negate(struct term *term)
{
	struct term *not = term_new(TERM_NOT, NULL, 0);

	not->first = term;
	return not;
}

struct term *filter_parse(const struct compiled *compiled, const char *text,
	struct error *err)
{
	struct parser p = { compiled, text, text, err };
	struct term *root = term_new(TERM_ALL, NULL, 0);
	struct term **last = &root->first;

	if (strlen(text) > FILTER_MOST) {
		error_set(err, ERR_USAGE, "the filter is too long: %d bytes "
			"at most", FILTER_MOST);
		goto fail;
	}
	for (;;) {
		bool is_negative = false;
		struct term *term;

		while (is_space(*p.at))
			p.at++;
		if (!*p.at)
			return root;
		for (; *p.at == '!'; p.at++)
			is_negative = !is_negative;
		term = parse_term(&p);
		if (!term)
			goto fail;
		if (!term->len) {
			term_free(term);
			continue;
		}
		*last = is_negative ? negate(term) : term;
		last = &(*last)->next;
	}
fail:
	term_free(root);
	return NULL;
}
