/* SPDX-License-Identifier: MIT */
#include "fetch/query.h"

#include "base/mem.h"
#include "fetch/filter.h"

#include <stdlib.h>
#include <string.h>

void query_copy(struct query *to, const struct query *from)
{
	*to = *from;
	if (to->filter)
		filter_ref(to->filter);
}

void query_clear(struct query *q)
{
	filter_unref(q->filter);
	memset(q, 0, sizeof(*q));
}

static char folded(char c)
{
	if (c == '-')
		return '_';
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool same_name(const char *name, const char *typed, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!name[i] || name[i] != folded(typed[i]))
			return false;
	return name[len] == '\0';
}

/* Edits between a name and what was typed (Levenshtein, one row). */
static size_t distance(const char *name, const char *typed, size_t len)
{
	size_t row[64], count = strlen(name);

	if (count >= 64)
		return SIZE_MAX;
	for (size_t j = 0; j <= count; j++)
		row[j] = j;
	for (size_t i = 0; i < len; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < count; j++) {
			size_t best = corner + (name[j] != folded(typed[i]));

			corner = row[j + 1];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (corner + 1 < best)
				best = corner + 1;
			row[j + 1] = best;
		}
	}
	return row[count];
}

/* What begins like it is nearer than what merely looks like it. */
static const char *nearest(const struct compiled *compiled, const char *typed,
	size_t len)
{
	const char *best = NULL;
	size_t least = len / 2 + 2;

	for (size_t i = 0; i < compiled->column_count; i++) {
		const char *name = compiled->columns[i].column->name;
		size_t d;

		if (strncasecmp(name, typed, len) == 0)
			return name;
		d = distance(name, typed, len);
		if (d < least) {
			least = d;
			best = name;
		}
	}
	return best;
}

int query_find_column(const struct compiled *compiled, const char *name,
	size_t len, struct error *err)
{
	const char *near;

	for (size_t i = 0; i < compiled->column_count; i++)
		if (same_name(compiled->columns[i].column->name, name, len))
			return (int)i;
	near = nearest(compiled, name, len);
	error_set(err, ERR_USAGE, "%s have no column \"%.*s\"%s%s%s",
		compiled->resource->title, len > 64 ? 64 : (int)len, name,
		near ? ", did you mean \"" : "", near ? near : "",
		near ? "\"?" : "");
	return -1;
}

int query_column(const struct compiled *compiled, const char *name,
	size_t len, struct error *err)
{
	struct error why = ERROR_INIT;
	int made = compiled_column_make(compiled, name, len, &why);

	if (made < 0 && why.kind == ERR_NONE)
		return query_find_column(compiled, name, len, err);
	if (made < 0)
		*err = why;
	return made;
}

bool query_parse_sort(struct query *q, const struct compiled *compiled,
	const char *text, struct error *err)
{
	struct sort_key keys[QUERY_SORTS] = { 0 };
	size_t count = 0;

	while (*text) {
		bool reverse = *text == '-';
		size_t len = column_name_len(text);
		int column;

		if (count == QUERY_SORTS)
			return error_set(err, ERR_USAGE,
				"sorting goes by %d columns at most",
				QUERY_SORTS);
		if (len == reverse)
			return error_set(err, ERR_USAGE,
				"a column's name is missing in the sort order");
		column = query_column(compiled, text + reverse,
			len - reverse, err);
		if (column < 0)
			return false;
		keys[count++] = (struct sort_key){ column, reverse };
		text += len + (text[len] == ',');
	}
	memcpy(q->sort, keys, sizeof(keys));
	q->sort_count = count;
	return true;
}
