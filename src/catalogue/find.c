/* SPDX-License-Identifier: MIT */
/* Resources by what people type: names, beginnings, slips; and ARNs. */
#include "base/str.h"
#include "catalogue/catalogue.h"

#include <stdio.h>
#include <string.h>

#define WORD_MAX 40
#define SUGGESTIONS 3

/* The next word of a blank-separated list; its length, 0 at the end. */
static size_t next_word(const char **list)
{
	*list += strspn(*list, " ");
	return strcspn(*list, " ");
}

/* Calls for the name and each alias until one says true. */
static bool any_word(const struct resource *r,
	bool (*test)(const char *word, size_t len, const void *data),
	const void *data)
{
	const char *list = r->aliases ? r->aliases : "";
	size_t len;

	if (test(r->name, strlen(r->name), data))
		return true;
	for (; (len = next_word(&list)); list += len)
		if (test(list, len, data))
			return true;
	return false;
}

static bool word_equals(const char *word, size_t len, const void *name)
{
	return strlen(name) == len && memcmp(word, name, len) == 0;
}

static bool word_begins(const char *word, size_t len, const void *name)
{
	size_t n = strlen(name);

	return n && n <= len && memcmp(word, name, n) == 0;
}

/* Edits between two words, a swap of neighbours counting as one (optimal
 * string alignment). */
static unsigned distance(const char *a, size_t alen, const char *b,
	size_t blen)
{
	unsigned rows[3][WORD_MAX + 1];
	unsigned *before = rows[0], *last = rows[1], *now = rows[2];

	if (alen > WORD_MAX || blen > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= blen; j++)
		last[j] = (unsigned)j;
	for (size_t i = 1; i <= alen; i++) {
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= blen; j++) {
			unsigned cost = a[i - 1] != b[j - 1];
			unsigned best = last[j - 1] + cost;

			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		unsigned *spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[blen];
}

struct nearest {
	const char *typed;
	size_t len;
	unsigned edits;       /* as many as are forgiven */
};

static bool word_near(const char *word, size_t len, const void *data)
{
	const struct nearest *near = data;

	return distance(word, len, near->typed, near->len) <= near->edits;
}

/* " — did you mean a, b?", the nearest first, or where to look. */
static void add_nearest(const struct catalogue *c, const char *name,
	struct str *out)
{
	struct nearest near = { name, strlen(name), 1 };
	unsigned most = near.len > 9 ? 3 : near.len > 3 ? 2 : 1;
	size_t found = 0;

	for (; near.edits <= most && !found; near.edits++)
		for (size_t i = 0; i < catalogue_count(c); i++) {
			const struct resource *r = catalogue_at(c, i);

			if (found == SUGGESTIONS ||
			    !any_word(r, word_near, &near))
				continue;
			str_add(out, found++ ? ", " : " \342\200\224 did "
				"you mean ");
			str_add(out, r->name);
		}
	str_add(out, found ? "?" : "; `tucuxi resources` lists what there "
		"is");
}

static const struct resource *refuse(const struct catalogue *c,
	const char *name, struct error *err)
{
	struct str out = STR_INIT;

	if (!*name)
		str_add(&out, ": name a resource, such as instances");
	else
		add_nearest(c, name, &out);
	error_set(err, ERR_USAGE, "unknown resource '%.60s'%s", name, out.p);
	str_clear(&out);
	return NULL;
}

/* Several resources begin so: which ones? */
static const struct resource *ambiguous(const struct catalogue *c,
	const char *name, struct error *err)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < catalogue_count(c); i++)
		if (any_word(catalogue_at(c, i), word_begins, name)) {
			str_add(&out, out.len ? ", " : "");
			str_add(&out, catalogue_at(c, i)->name);
		}
	error_set(err, ERR_USAGE, "'%s' could be any of %s", name, out.p);
	str_clear(&out);
	return NULL;
}

const struct resource *catalogue_find(const struct catalogue *c,
	const char *name, struct error *err)
{
	const struct resource *found = NULL;
	size_t begin = 0;

	for (size_t i = 0; i < catalogue_count(c); i++)
		if (any_word(catalogue_at(c, i), word_equals, name))
			return catalogue_at(c, i);
	for (size_t i = 0; i < catalogue_count(c); i++)
		if (any_word(catalogue_at(c, i), word_begins, name)) {
			found = catalogue_at(c, i);
			begin++;
		}
	if (begin > 1)
		return ambiguous(c, name, err);
	return found ? found : refuse(c, name, err);
}

/* Where a field's value goes; false: it does not fit or may not be so. */
static bool keep_field(struct arn *arn, const char *field, size_t field_len,
	const char *value, size_t len)
{
	char *to = arn->scope;
	size_t room = sizeof(arn->scope);

	if (word_equals(field, field_len, "id")) {
		arn->id = value;
		return len > 0;
	}
	if (word_equals(field, field_len, "partition"))
		return len > 0;
	if (word_equals(field, field_len, "region")) {
		to = arn->region;
		room = sizeof(arn->region);
	} else if (word_equals(field, field_len, "account")) {
		to = arn->account;
		room = sizeof(arn->account);
	} else if (!len) {
		return false;
	}
	if (len >= room)
		return false;
	memcpy(to, value, len);
	to[len] = '\0';
	return true;
}

/* How many bytes of the template stand in text literally; 0: no match. A
 * field ends where the template's next byte is found, the last one at the
 * end. */
static size_t match_arn(const char *template, const char *text,
	struct arn *arn)
{
	size_t literal = 0;

	*arn = (struct arn){ .id = "" };
	while (*template) {
		const char *end, *field = template + 1;
		size_t len, field_len;

		if (*template != '{') {
			if (*template++ != *text++)
				return 0;
			literal++;
			continue;
		}
		field_len = strcspn(field, "}");
		template = field + field_len + 1;
		end = *template ? strchr(text, *template) : strchr(text, '\0');
		if (!end)
			return 0;
		len = (size_t)(end - text);
		if (!keep_field(arn, field, field_len, text, len))
			return 0;
		text = end;
	}
	return *text ? 0 : literal;
}

const struct resource *catalogue_of_arn(const struct catalogue *c,
	const char *text, struct arn *arn)
{
	const struct resource *found = NULL;
	size_t best = 0;

	*arn = (struct arn){ .id = "" };
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);
		struct arn parts;
		size_t literal = r->arn ? match_arn(r->arn, text, &parts) : 0;

		if (literal <= best)
			continue;
		best = literal;
		found = r;
		*arn = parts;
	}
	return found;
}
