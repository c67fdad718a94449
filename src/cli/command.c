/* SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include "base/mem.h"
#include "base/vec.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The rest of a "…" behind its first quote; NULL: it never ends. An escape
 * that it does not know stays as it is, so that regexes need no more. */
static const char *read_double(struct str *word, const char *p)
{
	for (; *p != '"'; p++) {
		if (!*p)
			return NULL;
		if (*p != '\\' || !p[1]) {
			str_addc(word, *p);
			continue;
		}
		p++;
		if (*p == 'n')
			str_addc(word, '\n');
		else if (*p == 't')
			str_addc(word, '\t');
		else if (*p == '"' || *p == '\\')
			str_addc(word, *p);
		else
			str_addf(word, "\\%c", *p);
	}
	return p + 1;
}

static const char *read_single(struct str *word, const char *p)
{
	const char *end = strchr(p, '\'');

	if (!end)
		return NULL;
	str_addn(word, p, (size_t)(end - p));
	return end + 1;
}

/* One word from p, which is no blank; NULL: an open quote. */
static const char *read_word(struct str *word, const char *p)
{
	while (p && *p && !is_blank(*p) && *p != ';') {
		if (*p == '\'')
			p = read_single(word, p + 1);
		else if (*p == '"')
			p = read_double(word, p + 1);
		else {
			if (*p == '\\' && p[1])
				p++;
			str_addc(word, *p++);
		}
	}
	return p;
}

/* "#rrggbb", which is a colour where it is an argument. */
static bool is_colour(const char *p)
{
	size_t digits = strspn(p + 1, "0123456789abcdefABCDEF");

	return digits == 6 && (!p[7] || is_blank(p[7]) || p[7] == ';');
}

bool words_split(struct words *w, const char **line, struct error *err)
{
	const char *p = *line;

	for (;;) {
		struct str word = STR_INIT;
		const char *start;

		while (is_blank(*p))
			p++;
		if (!*p || (*p == '#' && !(w->count && is_colour(p)))) {
			*line = NULL;
			return true;
		}
		if (*p == ';') {
			*line = p + 1;
			return true;
		}
		start = p;
		p = read_word(&word, p);
		if (!p) {
			str_clear(&word);
			return error_set(err, ERR_USAGE,
				"the quote in %.60s is never closed", start);
		}
		*VEC_PUSH(w) = str_take(&word);
	}
}

void words_clear(struct words *w)
{
	for (size_t i = 0; i < w->count; i++)
		free(w->items[i]);
	VEC_FREE(w);
}

bool words_are_name(const char *text)
{
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

	return *text && !strchr("0123456789-_", *text) &&
		strspn(text, rest) == strlen(text);
}

static void quote_double(struct str *out, const char *word)
{
	str_addc(out, '"');
	for (; *word; word++) {
		if (*word == '\n')
			str_add(out, "\\n");
		else if (*word == '\t')
			str_add(out, "\\t");
		else if (*word == '"' || *word == '\\')
			str_addf(out, "\\%c", *word);
		else
			str_addc(out, *word);
	}
	str_addc(out, '"');
}

void words_quote(struct str *out, const char *word)
{
	if (*word && *word != '#' && !strpbrk(word, " \t\r\n;'\"\\"))
		str_add(out, word);
	else if (!strpbrk(word, "'\t\n"))
		str_addf(out, "'%s'", word);
	else
		quote_double(out, word);
}

#define NEAREST_LENGTH 40

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters are to be changed, added, left out, or swapped with
 * their neighbour. */
static size_t edit_distance(const char *a, size_t alen, const char *b,
	size_t blen)
{
	size_t rows[3][NEAREST_LENGTH + 1];
	size_t *before = rows[0], *last = rows[1], *here = rows[2];

	for (size_t j = 0; j <= blen; j++)
		last[j] = j;
	for (size_t i = 1; i <= alen; i++) {
		size_t *old = before;

		here[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			here[j] = least(least(last[j], here[j - 1]) + 1,
				last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				here[j] = least(here[j], before[j - 2] + 1);
		}
		before = last;
		last = here;
		here = old;
	}
	return last[blen];
}

const char *words_nearest(const char *word, const char *const *names,
	size_t n)
{
	size_t len = strlen(word);
	size_t best = len / 3 + 1;   /* more than that is another word */
	const char *nearest = NULL;

	if (!len || len > NEAREST_LENGTH)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t name_len = strlen(names[i]);
		size_t distance;

		if (name_len > NEAREST_LENGTH)
			continue;
		distance = edit_distance(word, len, names[i], name_len);
		if (distance > best || distance >= len ||
		    (nearest && distance == best))
			continue;
		best = distance;
		nearest = names[i];
	}
	return nearest;
}
