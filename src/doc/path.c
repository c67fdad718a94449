/* SPDX-License-Identifier: MIT */
#include "doc/path.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "doc/step.h"

#include <stdlib.h>
#include <string.h>

struct parser {
	struct doc_names *names;
	const char *text, *p;
	size_t steps;         /* in all, keys of predicates included */
	unsigned nested;
	struct error *err;
};

static struct path *parse_path(struct parser *q);

static bool parse_fail(const struct parser *q, const char *what)
{
	return error_set(q->err, ERR_USAGE, "path \"%s\", column %d: %s",
		q->text, (int)(q->p - q->text) + 1, what);
}

void path_free(struct path *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->steps.count; i++) {
		struct step *s = &p->steps.items[i];

		free(s->name);
		free(s->value);
		path_free(s->key);
	}
	VEC_FREE(&p->steps);
	VEC_FREE(&p->alternatives);
	free(p->source);
	free(p);
}

const char *path_source(const struct path *p)
{
	return p->source;
}

/* Up to one of the stops, or quoted; a backslash keeps what follows it. */
static bool parse_word(struct parser *q, const char *stops, char **word,
	size_t *len)
{
	struct str s = STR_INIT;

	if (*q->p == '"') {
		for (q->p++; *q->p && *q->p != '"'; q->p++) {
			if (*q->p == '\\' && q->p[1])
				q->p++;
			str_addc(&s, *q->p);
		}
		if (!*q->p) {
			str_clear(&s);
			return parse_fail(q, "the quote is not closed");
		}
		q->p++;
	} else {
		*len = strcspn(q->p, stops);
		str_addn(&s, q->p, *len);
		q->p += *len;
	}
	*len = s.len;
	*word = str_take(&s);
	return true;
}

static bool parse_index(struct parser *q, struct step *s)
{
	uint64_t index = 0;

	for (; *q->p >= '0' && *q->p <= '9'; q->p++) {
		index = index * 10 + (uint64_t)(*q->p - '0');
		if (index >= DOC_NONE)
			return parse_fail(q, "the number is too big");
	}
	s->test = TEST_INDEX;
	s->index = (uint32_t)index;
	return true;
}

/* Behind the opening bracket. */
static bool parse_test(struct parser *q, struct step *s)
{
	size_t digits = strspn(q->p, "0123456789");

	if (digits && q->p[digits] == ']') {
		if (!parse_index(q, s))
			return false;
	} else {
		if (q->nested == PATH_NESTED_MAX)
			return parse_fail(q, "too many brackets in brackets");
		q->nested++;
		s->key = parse_path(q);
		q->nested--;
		if (!s->key)
			return false;
		if (*q->p != '=')
			return parse_fail(q, "[key=value] or [number] "
				"is wanted");
		q->p++;
		s->test = TEST_TEXT;
		if (!parse_word(q, "]", &s->value, &s->value_len))
			return false;
	}
	if (*q->p != ']')
		return parse_fail(q, "a closing bracket is missing");
	q->p++;
	if (*q->p == '[')
		return parse_fail(q, "only one bracket can follow a name");
	return true;
}

static bool parse_name(struct parser *q, struct step *s, const char *stops)
{
	bool quoted = *q->p == '"';

	if (!parse_word(q, stops, &s->name, &s->name_len))
		return false;
	if (s->name_len == 0 && !quoted)
		return parse_fail(q, "a name is missing");
	s->kind = STEP_NAME;
	s->id = q->names ? doc_names_add(q->names, s->name) : DOC_NONE;
	return true;
}

static bool parse_step(struct parser *q, struct step *s, bool people)
{
	static const char stops[] = "/|[]=.";
	char nested_stops[sizeof(stops)];
	size_t used = 0;

	/* What ends a name depends on where it stands. */
	for (const char *c = stops; *c; c++)
		if ((*c != '.' || people) && (*c != '=' || q->nested))
			nested_stops[used++] = *c;
	nested_stops[used] = '\0';

	size_t len = strcspn(q->p, "/|[]=");

	if (len == 2 && strncmp(q->p, "..", 2) == 0 && !people) {
		s->kind = STEP_UP;
		q->p += 2;
	} else if (len == 1 && *q->p == '.' && !people) {
		s->kind = STEP_SELF;
		q->p++;
	} else if (*q->p == '*') {
		s->kind = STEP_ANY;
		q->p++;
	} else if (*q->p == '[') {
		s->kind = STEP_ANY;
	} else if (!parse_name(q, s, nested_stops)) {
		return false;
	}
	if (*q->p != '[')
		return true;
	if (s->kind == STEP_UP || s->kind == STEP_SELF)
		return parse_fail(q, "a bracket cannot follow dots");
	q->p++;
	return parse_test(q, s);
}

static bool parse_alternative(struct parser *q, struct path *p)
{
	struct alternative a = { .first = p->steps.count };
	bool people = *q->p == '.' && q->p[1] && !strchr("./|]=", q->p[1]);

	a.from_root = *q->p == '/';
	if (a.from_root || people)
		q->p++;
	for (;;) {
		struct step *s;

		if (q->steps++ == PATH_STEPS_MAX)
			return parse_fail(q, "too many steps");
		s = VEC_PUSH(&p->steps);
		*s = (struct step){ .id = DOC_NONE };
		if (!parse_step(q, s, people))
			return false;
		if (*q->p != '/' && !(people && *q->p == '.'))
			break;
		q->p++;
	}
	a.end = p->steps.count;
	*VEC_PUSH(&p->alternatives) = a;
	return true;
}

/* Up to the end, or to what ends a key in brackets. */
static struct path *parse_path(struct parser *q)
{
	struct path *p = xcalloc(1, sizeof(*p));
	const char *start = q->p;

	p->names = q->names;
	for (;;) {
		if (!parse_alternative(q, p)) {
			path_free(p);
			return NULL;
		}
		if (*q->p != '|')
			break;
		q->p++;
	}
	p->source = xstrndup(start, (size_t)(q->p - start));
	return p;
}

struct path *path_compile(struct doc_names *names, const char *text,
	struct error *err)
{
	struct parser q = { .names = names, .text = text, .p = text,
		.err = err };
	struct path *p = parse_path(&q);

	if (p && *q.p) {
		parse_fail(&q, "this is not understood");
		path_free(p);
		p = NULL;
	}
	return p;
}
