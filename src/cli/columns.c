/* SPDX-License-Identifier: MIT */
#include "cli/columns.h"

#include "base/mem.h"
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ID = -1, AT_REGION = -2, AT_ACCOUNT = -3 };

static const struct output_column row_columns[] = {
	[-AT_ID] = { .name = "id", .title = "ID" },
	[-AT_REGION] = { .name = "region", .title = "REGION" },
	[-AT_ACCOUNT] = { .name = "account", .title = "ACCOUNT" },
};

static bool has(const struct columns *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (!strcmp(c->out[i].name, name))
			return true;
	return false;
}

static void add(struct columns *c, int index)
{
	struct output_column *o = &c->out[c->count];
	const struct column *column;

	if (c->count == COLUMNS_MAX)
		return;
	if (index < 0) {
		*o = row_columns[-index];
	} else {
		column = c->compiled->columns[index].column;
		*o = (struct output_column){
			.name = column->name, .title = column->title,
			.right = format_is_right(column->format),
		};
		if (format_is_json_number(column->format))
			o->type = OUTPUT_NUMBER;
		else if (format_is_json_bool(column->format))
			o->type = OUTPUT_BOOL;
	}
	if (has(c, o->name))
		return;
	str_init(&c->cells[c->count], 0);
	c->index[c->count++] = index;
}

static bool is_plain(enum output format)
{
	return format != OUTPUT_TABLE && format != OUTPUT_TSV;
}

static void add_default(struct columns *c, bool all)
{
	for (size_t i = 0; i < c->compiled->column_count; i++) {
		const struct column *column = c->compiled->columns[i].column;
		bool shown = c->plain || all || column->w80 || column->w132;

		/* A joined cell that has something of its own shows that. */
		if (column->join && !(column->path && column->derive) &&
		    !all)
			continue;
		if (shown && !column->billed)
			add(c, (int)i);
	}
}

static bool add_named(struct columns *c, const char *name,
	struct error *err)
{
	const char *names[COLUMNS_MAX + 3], *near;
	size_t n = 0;
	int index = compiled_column_index(c->compiled, name);

	if (index < 0 && column_name_is_made(name)) {
		index = compiled_column_make(c->compiled, name, strlen(name),
			err);
		if (index < 0)
			return false;
	}
	for (int i = 1; i <= 3 && index < 0; i++) {
		if (!strcmp(row_columns[i].name, name)) {
			add(c, -i);
			return true;
		}
		names[n++] = row_columns[i].name;
	}
	if (index >= 0) {
		add(c, index);
		return true;
	}
	for (size_t i = 0; i < c->compiled->column_count &&
	     n < COLUMNS_MAX; i++)
		names[n++] = c->compiled->columns[i].column->name;
	near = words_nearest(name, names, n);
	return error_set(err, ERR_USAGE, "%s have no column '%s'%s%s%s",
		c->compiled->resource->name, name,
		near ? ", did you mean " : "", near ? near : "",
		near ? "?" : "");
}

/* Does a column say the region already? */
static bool has_zone(const struct compiled *compiled)
{
	for (size_t i = 0; i < compiled->column_count; i++)
		if (compiled->columns[i].column->zone)
			return true;
	return false;
}

bool columns_init(struct columns *c, const struct compiled *compiled,
	enum output format, const char *list, bool several_regions,
	bool several_accounts, struct error *err)
{
	*c = (struct columns){ .compiled = compiled,
		.plain = is_plain(format) };
	if (c->plain)
		add(c, AT_ID);
	if (c->plain || (several_regions && !compiled->resource->global &&
	    !has_zone(compiled)))
		add(c, AT_REGION);
	if (c->plain || several_accounts)
		add(c, AT_ACCOUNT);
	if (!list || !strcmp(list, "all")) {
		add_default(c, list != NULL);
		return true;
	}
	while (*list) {
		size_t len = column_name_len(list), used = len;
		char *name;
		bool ok;

		column_name_width(list, &used);  /* the screen's alone */
		name = xstrndup(list, used);
		ok = add_named(c, name, err);

		free(name);
		if (!ok)
			return false;
		list += len + (list[len] == ',');
	}
	return true;
}

void columns_clear(struct columns *c)
{
	for (size_t i = 0; i < c->count; i++)
		str_clear(&c->cells[i]);
	c->count = 0;
}

static void fill_own(struct str *cell, int index, struct row row)
{
	char region[64];

	if (index == AT_ID)
		row_id(row, cell);
	else if (index == AT_REGION)
		str_add(cell, row_region(row, region));
	else
		str_add(cell, row_account(row, region));
}

void columns_fill(struct columns *c, struct row row, int64_t now,
	struct row (*joined)(void *data, struct row row, int join),
	void *data)
{
	for (size_t i = 0; i < c->count; i++) {
		struct str *cell = &c->cells[i];
		struct cell_options options = { .now = now };
		const struct compiled_column *column;

		str_reset(cell);
		if (c->index[i] < 0) {
			fill_own(cell, c->index[i], row);
			continue;
		}
		column = &c->compiled->columns[c->index[i]];
		if (column->join >= 0 && joined)
			options.joined = joined(data, row, column->join);
		if (c->plain)
			row_plain(row, column, options.joined, cell);
		else
			row_cell(row, column, &options, cell);
	}
}

bool columns_need_join(const struct columns *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->index[i] >= 0 &&
		    c->compiled->columns[c->index[i]].join >= 0 &&
		    (!c->compiled->columns[c->index[i]].column->path ||
		     !c->compiled->columns[c->index[i]].column->derive))
			return true;
	return false;
}
