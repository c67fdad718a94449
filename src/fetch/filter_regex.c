/* SPDX-License-Identifier: MIT */
/*
 * What is in a regex before regcomp() has it. The C library makes a copy of
 * what is repeated for each time, so that a short line could take all
 * memory; and to look for a word that every match must have is ten times as
 * fast as to match.
 */
#include "fetch/filter.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define COST_MOST 1000       /* in characters, copies counted */
#define NESTED_MOST 10

enum item {
	ITEM_END, ITEM_CHAR, ITEM_SET, ITEM_ANCHOR, ITEM_OPEN, ITEM_CLOSE,
	ITEM_OR, ITEM_REPEAT, ITEM_BACK
};

struct scan {
	const char *p;
	char c;                  /* ITEM_CHAR */
	size_t least, copies;    /* ITEM_REPEAT */
};

/* Behind the opening bracket. */
static const char *skip_set(const char *p)
{
	if (*p == '^')
		p++;
	if (*p == ']')
		p++;
	for (; *p && *p != ']'; p++) {
		if (*p == '[' && p[1] && strchr(":.=", p[1])) {
			const char end[] = { p[1], ']', '\0' };
			const char *stop = strstr(p + 2, end);

			p = stop ? stop + 1 : p;
		}
	}
	return *p ? p + 1 : p;
}

static size_t read_count(const char **p)
{
	size_t n = 0;

	for (; **p >= '0' && **p <= '9'; (*p)++)
		if (n < COST_MOST)
			n = n * 10 + (size_t)(**p - '0');
	return n;
}

/* Behind the opening brace. */
static void read_braces(struct scan *s)
{
	size_t most;

	s->least = most = read_count(&s->p);
	if (*s->p == ',') {
		s->p++;
		most = *s->p == '}' ? s->least + 1 : read_count(&s->p);
	}
	s->copies = most > s->least ? most : s->least;
	if (*s->p == '}')
		s->p++;
	else
		s->least = 0;
}

static enum item escaped(struct scan *s)
{
	if (!*s->p)
		return ITEM_END;
	s->c = *s->p++;
	if (s->c >= '1' && s->c <= '9')
		return ITEM_BACK;
	return strchr("wWsSbB<>`'", s->c) ? ITEM_SET : ITEM_CHAR;
}

static enum item next_item(struct scan *s)
{
	s->c = *s->p;
	if (!s->c)
		return ITEM_END;
	s->p++;
	switch (s->c) {
	case '\\':
		return escaped(s);
	case '[':
		s->p = skip_set(s->p);
		return ITEM_SET;
	case '(':
		return ITEM_OPEN;
	case ')':
		return ITEM_CLOSE;
	case '|':
		return ITEM_OR;
	case '.':
		return ITEM_SET;
	case '^':
	case '$':
		return ITEM_ANCHOR;
	case '*':
	case '?':
	case '+':
		s->least = s->c == '+';
		s->copies = s->c == '+' ? 2 : 1;
		return ITEM_REPEAT;
	case '{':
		read_braces(s);
		return ITEM_REPEAT;
	default:
		return ITEM_CHAR;
	}
}

static const char *trouble(const char *source)
{
	size_t sums[NESTED_MOST + 1] = { 0 }, last = 0, depth = 0;
	struct scan s = { .p = source };
	enum item item, before = ITEM_END;

	for (; (item = next_item(&s)) != ITEM_END; before = item) {
		if (item == ITEM_BACK)
			return "\\1 to \\9 are not understood";
		if (item == ITEM_OPEN) {
			if (depth == NESTED_MOST)
				return "too many parentheses";
			sums[++depth] = 0;
			continue;
		}
		if (item == ITEM_REPEAT) {
			if (before == ITEM_REPEAT)
				return "it repeats a repeat";
			if (s.copies > 1)
				sums[depth] += last * (s.copies - 1);
			last *= s.copies ? s.copies : 1;
		} else {
			last = item == ITEM_CLOSE && depth ?
				sums[depth--] + 1 : 1;
			sums[depth] += last;
		}
		if (sums[depth] > COST_MOST)
			return "it repeats too much";
	}
	return NULL;
}

static bool has_anchor(const char *source)
{
	struct scan s = { .p = source };
	enum item item;

	while ((item = next_item(&s)) != ITEM_END)
		if (item == ITEM_ANCHOR)
			return true;
	return false;
}

/* The run of characters that ends here, if it is the longest. */
static void end_run(struct str *run, struct str *best)
{
	if (run->len > best->len) {
		str_reset(best);
		str_addn(best, run->p, run->len);
	}
	str_reset(run);
}

/* What every match has, in lower case; NULL: nothing. Letters that are not
 * ASCII have cases that text_find() knows nothing of. */
static char *literal(const char *source)
{
	struct str run = STR_INIT, best = STR_INIT;
	struct scan s = { .p = source };
	size_t depth = 0;
	enum item item;

	while ((item = next_item(&s)) != ITEM_END) {
		depth += item == ITEM_OPEN;
		depth -= item == ITEM_CLOSE && depth;
		if (item == ITEM_OR && !depth) {
			str_reset(&best);
			str_reset(&run);
			break;
		}
		if (item == ITEM_REPEAT && !s.least && run.len)
			str_truncate(&run, run.len - 1);
		if (item == ITEM_CHAR && !depth && !(s.c & 0x80))
			str_addc(&run, (char)(s.c >= 'A' && s.c <= 'Z' ?
				s.c | 0x20 : s.c));
		else
			end_run(&run, &best);
	}
	end_run(&run, &best);
	str_clear(&run);
	if (best.len)
		return str_take(&best);
	str_clear(&best);
	return NULL;
}

bool regex_compile(struct term *term, struct error *err)
{
	const char *why = trouble(term->text);
	char buffer[128];
	int status;

	if (why)
		return error_set(err, ERR_USAGE, "/%s/: %s", term->text, why);
	status = regcomp(&term->regex, term->text, REG_EXTENDED | REG_ICASE);
	if (status) {
		regerror(status, &term->regex, buffer, sizeof(buffer));
		return error_set(err, ERR_USAGE, "/%s/: %s", term->text,
			buffer);
	}
	term->type = TERM_REGEX;
	term->each = has_anchor(term->text);
	term->must = literal(term->text);
	return true;
}
