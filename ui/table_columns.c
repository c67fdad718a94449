/* SPDX-License-Identifier: MIT */
/* `columns`: which stand in a table, in what order and how wide; and what a
 * resource's tables remember of that and of their sort. */
#include "base/mem.h"
#include "ui/table_columns.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH_LEAST 3

static const char *resource(const struct pane_table *t)
{
	return t->location->resource->name;
}

static bool find(const struct pane_table *t, const char *name, int *index,
	struct error *err)
{
	const char *names[LAYOUT_MAX], *near;
	size_t count = t->compiled->column_count;

	*index = compiled_column_index(t->compiled, name);
	if (*index < 0 && column_name_is_made(name)) {
		*index = compiled_column_make(t->compiled, name,
			strlen(name), err);
		return *index >= 0;
	}
	if (*index >= 0)
		return true;
	count = count < LAYOUT_MAX ? count : LAYOUT_MAX;
	for (size_t i = 0; i < count; i++)
		names[i] = t->compiled->columns[i].column->name;
	near = words_nearest(name, names, count);
	return error_set(err, ERR_USAGE, "%s have no column %.40s%s%s%s",
		resource(t), name, near ? ": did you mean " : "",
		near ? near : "", near ? "?" : "");
}

struct chosen {
	int items[LAYOUT_MAX];
	size_t count;
	int widths[LAYOUT_INDEXES];
};

static void drop(struct chosen *c, int index)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->count; i++)
		if (c->items[i] != index)
			c->items[kept++] = c->items[i];
	c->count = kept;
}

static bool has(const struct chosen *c, int index)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->items[i] == index)
			return true;
	return false;
}

/* Those that were chosen, else those on screen. */
static void current(const struct pane_table *t, struct chosen *c)
{
	const struct layout *l = &t->drawn.layout;

	c->count = 0;
	memcpy(c->widths, t->widths, sizeof(c->widths));
	for (size_t i = 0; i < t->chosen_count; i++)
		c->items[c->count++] = t->chosen[i];
	for (size_t i = 0; !t->chosen_count && i < l->count; i++)
		if (l->columns[i].index >= 0)
			c->items[c->count++] = l->columns[i].index;
}

/* "a": at the end; "+a": that too; "-a": without it; each with "=20": that
 * wide. One that is there already and gets a width stays where it is. */
static bool read_one(const struct pane_table *t, const char *word, size_t len,
	struct chosen *c, struct error *err)
{
	bool sign = *word == '+' || *word == '-';
	int index, width = column_name_width(word, &len);
	char *name = xstrndup(word + sign, len - sign);
	bool ok = find(t, name, &index, err);

	free(name);
	if (!ok)
		return false;
	if (width && width < WIDTH_LEAST)
		return error_set(err, ERR_USAGE, "a column is %d wide at "
			"least", WIDTH_LEAST);
	if (!width || *word != '+' || !has(c, index))
		drop(c, index);
	if (*word == '-')
		return true;
	c->widths[index] = width;
	if (!has(c, index) && c->count < LAYOUT_MAX)
		c->items[c->count++] = index;
	return true;
}

static bool read_list(const struct pane_table *t, const char *list,
	struct chosen *c, struct error *err)
{
	bool ok = true;

	if (*list == '+' || *list == '-')
		current(t, c);
	while (ok && *list) {
		size_t len = column_name_len(list);

		ok = read_one(t, list, len, c, err);
		list += len + (list[len] == ',');
	}
	return ok && (c->count || error_set(err, ERR_USAGE,
		"one column at least is to be seen"));
}

static void add_names(const struct pane_table *t, const struct chosen *c,
	struct str *out)
{
	for (size_t i = 0; i < c->count; i++) {
		int index = c->items[i];

		str_addf(out, "%s%s", i ? "," : "",
			t->compiled->columns[index].column->name);
		if (c->widths[index])
			str_addf(out, "=%d", c->widths[index]);
	}
}

static bool choose(struct pane_table *t, const char *list, struct error *err)
{
	struct chosen c = { .count = 0 };

	if (str_eq(list, "all")) {
		for (size_t i = 0; i < t->compiled->column_count &&
		     i < LAYOUT_MAX; i++)
			c.items[c.count++] = (int)i;
	} else if (!str_eq(list, "default") && !read_list(t, list, &c, err))
		return false;
	memcpy(t->chosen, c.items, c.count * sizeof(*c.items));
	memcpy(t->widths, c.widths, sizeof(c.widths));
	t->chosen_count = c.count;
	t->wide = false;
	t->first_column = 0;
	memset(t->widest, 0, sizeof(t->widest));
	t->pane.dirty = true;
	return true;
}

void table_column_names(const struct pane_table *t, struct str *out)
{
	struct chosen c;

	current(t, &c);
	add_names(t, &c, out);
}

/* A saved view has an order and columns of its own. */
static void remember(const struct pane_table *t, const char *kind,
	const char *value)
{
	if (!t->view)
		app_remember(t->pane.app, kind, resource(t), value);
}

bool table_choose_columns(struct pane_table *t, const char *list,
	struct error *err)
{
	struct str names = STR_INIT;

	if (!choose(t, list ? list : "default", err))
		return false;
	table_column_names(t, &names);
	remember(t, "columns", t->chosen_count ? names.p : NULL);
	str_clear(&names);
	return true;
}

bool table_columns(struct pane_table *t, const struct words *words,
	struct error *err)
{
	struct str names = STR_INIT;

	if (words->count > 2)
		return error_set(err, ERR_USAGE, "columns A,B=20… or +A or -A "
			"or all or default");
	if (words->count == 2)
		return table_choose_columns(t, words->items[1], err);
	table_column_names(t, &names);
	app_message(t->pane.app, MESSAGE_INFO, "columns %s", names.p);
	str_clear(&names);
	return true;
}

void table_sort_names(const struct pane_table *t, struct str *out)
{
	for (size_t i = 0; i < t->query.sort_count; i++)
		str_addf(out, "%s%s%s", i ? "," : "",
			t->query.sort[i].reverse ? "-" : "",
			t->compiled->columns[t->query.sort[i].column]
				.column->name);
}

void table_remember_sort(const struct pane_table *t)
{
	struct str sort = STR_INIT;

	table_sort_names(t, &sort);
	remember(t, "sort", sort.p);
	str_clear(&sort);
}

/* What is remembered of columns that are gone since is not worth a word. */
void table_recall(struct pane_table *t)
{
	const char *columns = app_recall(t->pane.app, "columns", resource(t));
	const char *sort = app_recall(t->pane.app, "sort", resource(t));
	struct error ignored = ERROR_INIT;

	if (columns)
		choose(t, columns, &ignored);
	if (sort && query_parse_sort(&t->query, t->compiled, sort, &ignored))
		t->several_sorts = t->query.sort_count > 1;
}
