/* SPDX-License-Identifier: MIT */
/*
 *	filter  = all { "|" all }                      any of them
 *	all     = { { "!" } term }                     all of them
 *	term    = "(" filter ")" | text | subject ":" text
 *	        | subject compare ( word | "quoted" ) | tag.KEY
 *	text    = word | "quoted words" | /regex/ | ~fuzzy
 *	subject = column | id | region | account | tag.KEY | .document/path
 *	compare = "=" | "!=" | "<" | "<=" | ">" | ">="
 *
 * A filter is read anew at each key, so what may still become something is
 * taken for what it is so far: an open quote or parenthesis ends with the
 * text; "name:", "size>" and "!" alone leave nothing out; "/aws/lambda" is a
 * word until a slash that ends it makes it a regex. A value that its column
 * cannot have is an error, and whoever typed it keeps the rows he has.
 */
#include "base/mem.h"
#include "fetch/filter.h"

#include <stdlib.h>
#include <string.h>

#define FILTER_MOST 4096
#define NESTED_MOST 32

struct parser {
	const struct compiled *compiled;
	const char *text, *at;
	unsigned nested;
	bool failed;
	struct error *err;
};

/* A parenthesis closes only what was opened: "i386 (PC)" is text. */
static const char *word_ends(const struct parser *p)
{
	return p->nested ? " \t|)" : " \t|";
}

static bool is_end(const struct parser *p, char c)
{
	return !c || strchr(word_ends(p), c);
}

static void skip_spaces(struct parser *p)
{
	p->at += strspn(p->at, " \t");
}

/* The error, with where it is. */
static struct term *fail(struct parser *p, const char *at)
{
	error_prefix(p->err, "filter, column %zu", (size_t)(at - p->text) +
		1);
	p->failed = true;
	return NULL;
}

void term_free(struct term *term)
{
	while (term) {
		struct term *next = term->next;

		term_free(term->first);
		if (term->type == TERM_REGEX)
			regfree(&term->regex);
		subject_clear(&term->subject);
		operand_clear(&term->operand);
		free(term->text);
		free(term->must);
		free(term);
		term = next;
	}
}

static struct term *term_new(enum term_type type, struct term *first)
{
	struct term *term = xcalloc(1, sizeof(*term));

	term->type = type;
	term->first = first;
	return term;
}

static struct term *new_text(enum term_type type, const char *text,
	size_t len)
{
	struct term *term = term_new(type, NULL);

	term->text = xstrndup(text, len);
	term->len = len;
	term->each = type == TERM_FUZZY;
	for (char *c = term->text; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c | 0x20);
	return term;
}

static struct term *new_regex(struct parser *p, const char *text, size_t len)
{
	struct term *term = term_new(TERM_WORD, NULL);

	term->text = xstrndup(text, len);
	term->len = len;
	if (regex_compile(term, p->err))
		return term;
	term_free(term);
	return fail(p, text - 1);
}

/* The slash that ends a regex stands where a word could end. */
static const char *regex_end(const struct parser *p)
{
	if (*p->at != '/')
		return NULL;
	for (const char *c = p->at + 1; *c; c++) {
		if (*c == '\\' && c[1])
			c++;
		else if (*c == '/' && is_end(p, c[1]))
			return c > p->at + 1 ? c : NULL;
	}
	return NULL;
}

/* A word, or what stands in quotes. */
static const char *read_word(struct parser *p, size_t *len)
{
	const char *start = p->at, *end;

	if (*start == '"') {
		end = strchr(++start, '"');
		if (!end)
			end = start + strlen(start);
		p->at = *end ? end + 1 : end;
	} else {
		while (!is_end(p, *p->at))
			p->at++;
		end = p->at;
	}
	*len = (size_t)(end - start);
	return start;
}

/* NULL: nothing, or it failed. */
static struct term *parse_text(struct parser *p)
{
	const char *start = p->at, *end = regex_end(p);
	enum term_type type = TERM_WORD;
	size_t len;

	if (end) {
		p->at = end + 1;
		return new_regex(p, start + 1, (size_t)(end - start - 1));
	}
	if (*p->at == '~') {
		type = TERM_FUZZY;
		p->at++;
	}
	start = read_word(p, &len);
	return len ? new_text(type, start, len) : NULL;
}

/* Nothing is what is not more than "". */
static struct term *parse_value(struct parser *p, struct subject *subject,
	enum operator operator)
{
	bool quoted = *p->at == '"', negative;
	const char *at = p->at, *start;
	struct term *term;
	size_t len;

	start = read_word(p, &len);
	if (!len && !quoted)
		return NULL;
	negative = operator == OPERATOR_NOT_EQUAL;
	if (negative)
		operator = OPERATOR_EQUAL;
	if (!len && operator == OPERATOR_EQUAL) {
		operator = OPERATOR_MORE;
		negative = !negative;
	}
	term = term_new(TERM_COMPARE, NULL);
	if (!operand_parse(p->compiled, subject, operator, start, len,
	    &term->operand, p->err)) {
		term_free(term);
		return fail(p, at);
	}
	term->subject = *subject;
	memset(subject, 0, sizeof(*subject));
	return negative ? term_new(TERM_NOT, term) : term;
}

/* Letters in some order are in every long id: names are meant. */
static void choose_subject(struct parser *p, struct term *term)
{
	int column = compiled_column_index(p->compiled, "name");

	if (term->type == TERM_FUZZY && column >= 0)
		subject_of_column(p->compiled, column, &term->subject);
}

static struct term *parse_test(struct parser *p)
{
	enum operator operator = OPERATOR_NONE;
	struct subject subject = { 0 };
	const char *at = p->at;
	struct term *term;
	size_t len;

	if (!subject_parse(p->compiled, at, word_ends(p), &subject, &operator,
	    &len, p->err))
		return fail(p, at);
	p->at += len;
	if (len && operator > OPERATOR_HAS) {
		term = parse_value(p, &subject, operator);
		subject_clear(&subject);
		return term;
	}
	if (len && operator == OPERATOR_NONE)
		term = new_text(TERM_WORD, "", 0);   /* the tag is there */
	else
		term = parse_text(p);
	if (term && len)
		term->subject = subject;
	else if (term)
		choose_subject(p, term);
	else
		subject_clear(&subject);
	return term;
}

static struct term *parse_any(struct parser *p);

static struct term *parse_term(struct parser *p)
{
	const char *at = p->at;
	struct term *term;

	if (*p->at != '(')
		return parse_test(p);
	if (p->nested == NESTED_MOST) {
		error_set(p->err, ERR_USAGE, "too many parentheses");
		return fail(p, at);
	}
	p->at++;
	p->nested++;
	term = parse_any(p);
	p->nested--;
	if (*p->at == ')')
		p->at++;
	return term;
}

/* Of none nothing is left, of one the one. */
static struct term *gather(struct parser *p, enum term_type type,
	struct term *children)
{
	if (p->failed) {
		term_free(children);
		return NULL;
	}
	if (!children || !children->next)
		return children;
	return term_new(type, children);
}

static struct term *parse_all(struct parser *p)
{
	struct term *first = NULL, **last = &first;

	for (skip_spaces(p); !p->failed && *p->at && *p->at != '|' &&
	     !(p->nested && *p->at == ')'); skip_spaces(p)) {
		bool is_negative = false;
		struct term *term;

		for (; *p->at == '!'; p->at++)
			is_negative = !is_negative;
		if (is_end(p, *p->at))
			continue;
		term = parse_term(p);
		if (!term)
			continue;
		*last = is_negative ? term_new(TERM_NOT, term) : term;
		last = &(*last)->next;
	}
	return gather(p, TERM_ALL, first);
}

static struct term *parse_any(struct parser *p)
{
	struct term *first = NULL, **last = &first;

	for (;;) {
		*last = parse_all(p);
		if (*last)
			last = &(*last)->next;
		if (p->failed || *p->at != '|')
			return gather(p, TERM_ANY, first);
		p->at++;
	}
}

struct term *filter_parse(const struct compiled *compiled, const char *text,
	struct error *err)
{
	struct parser p = { .compiled = compiled, .text = text, .at = text,
		.err = err };
	struct term *root;

	if (strlen(text) > FILTER_MOST) {
		error_set(err, ERR_USAGE, "the filter is too long: %d bytes "
			"at most", FILTER_MOST);
		return NULL;
	}
	root = parse_any(&p);
	if (p.failed)
		return NULL;
	return root && root->type == TERM_ALL ? root :
		term_new(TERM_ALL, root);
}
