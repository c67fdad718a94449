/* SPDX-License-Identifier: MIT */
/* What a row says of itself: names, values, cells, where it leads. */
#include "base/mem.h"
#include "base/str.h"
#include "fetch/segment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t row_node(struct row row)
{
	return row.segment->nodes[row.index];
}

static const struct row_kind *kind_of(struct row row)
{
	const struct segment *s = row.segment;

	return &s->compiled->resource->rows[s->kinds ?
		s->kinds[row.index] : 0];
}

const char *row_kind(struct row row)
{
	return kind_of(row)->name;
}

const char *row_text(struct row row, const struct path *path, size_t *len)
{
	size_t ignored;
	const char *text = path ? path_text(path, row.segment->doc,
		row_node(row), len ? len : &ignored) : NULL;

	if (!text && len)
		*len = 0;
	return text ? text : "";
}

const char *row_region(struct row row, char out[64])
{
	const char *own = row_text(row, row.segment->compiled->region, NULL);

	snprintf(out, 64, "%s", *own ? own : row.segment->region);
	return out;
}

const char *row_account(struct row row, char out[64])
{
	const struct segment *s = row.segment;
	const char *own = row_text(row, s->compiled->account, NULL);

	out[0] = '\0';
	if (*own || *s->account)
		snprintf(out, 64, "%s", *own ? own : s->account);
	else if (s->session)
		session_account(s->session, out);
	return out;
}

/* A name as AWS's other calls and people take it. */
static void add_name(struct row row, const struct path *path, struct str *out)
{
	const struct cell cell = { .doc = row.segment->doc };
	size_t len;
	const char *text = row_text(row, path, &len);

	if (row.segment->compiled->resource->url_texts)
		format_value(FORMAT_URL_TEXT, text, len, &cell, out);
	else
		str_addn(out, text, len);
}

void row_id(struct row row, struct str *out)
{
	const struct compiled *c = row.segment->compiled;

	if (!c->resource->composite) {
		add_name(row, c->id, out);
		return;
	}
	for (size_t i = 0; i < c->identities; i++) {
		if (i > 0)
			str_addc(out, '/');
		add_name(row, c->identity[i], out);
	}
}

void row_label(struct row row, struct str *out)
{
	add_name(row, row.segment->compiled->label, out);
}

/* A region also where the listing is of all: the bucket's, else one of the
 * right partition. */
static const char *home_region(struct row row, char out[64])
{
	const struct segment *s = row.segment;
	const char *bucket = location_get(s->location, "Bucket");

	row_region(row, out);
	if (!*out && s->session && bucket)
		session_bucket_region(s->session, bucket, out);
	if (!*out && s->session && session_config(s->session)->region)
		snprintf(out, 64, "%s", session_config(s->session)->region);
	return out;
}

static void add_field(struct row row, const char *field, struct str *out)
{
	const struct segment *s = row.segment;
	char buffer[64];
	const struct partition *p = region_partition(home_region(row, buffer));

	if (str_eq(field, "id"))
		row_id(row, out);
	else if (str_eq(field, "region"))
		str_add(out, home_region(row, buffer));
	else if (str_eq(field, "account"))
		str_add(out, row_account(row, buffer));
	else if (str_eq(field, "partition"))
		str_add(out, p->name);
	else if (str_eq(field, "console"))
		str_add(out, p->console);
	else if (location_get(s->location, field))
		str_add(out, location_get(s->location, field));
}

static void add_template(struct row row, const char *template, bool encode,
	struct str *out)
{
	struct str value = STR_INIT;

	while (template && *template) {
		size_t len = strcspn(template, "{");
		char *field;

		str_addn(out, template, len);
		template += len;
		if (!*template)
			break;
		len = strcspn(template, "}");
		field = xstrndup(template + 1, len - 1);
		template += len + (template[len] == '}');
		str_reset(&value);
		add_field(row, field, &value);
		if (encode)
			str_add_uri(out, value.p, value.len, "/");
		else
			str_addn(out, value.p, value.len);
		free(field);
	}
	str_clear(&value);
}

void row_arn(struct row row, struct str *out)
{
	add_template(row, row.segment->compiled->resource->arn, false, out);
}

void row_console(struct row row, struct str *out)
{
	add_template(row, row.segment->compiled->resource->console, true, out);
}

/* The value of one argument; false: the row has none. */
static bool drill_value(struct row row, const struct drill_argument *a,
	struct str *out)
{
	struct error err = ERROR_INIT;
	struct path *path;
	const char *kept;

	if (a->value)
		return str_add(out, a->value);
	if (!a->path) {
		kept = location_get(row.segment->location, a->parameter);
		return kept && str_add(out, kept);
	}
	path = path_compile(NULL, a->path, &err);
	if (path)
		add_name(row, path, out);
	path_free(path);
	return out->len > 0;
}

const struct resource *row_drill_target(struct row row,
	const struct drill *drill, const struct catalogue *catalogue)
{
	struct error ignored = ERROR_INIT;
	const struct resource *found;
	struct str id = STR_INIT;

	if (!str_eq(drill->resource, DRILL_ANY))
		return catalogue_find(catalogue, drill->resource, &ignored);
	drill_value(row, &drill->arguments[0], &id);
	found = id.len ? catalogue_of_id(catalogue, id.p) : NULL;
	str_clear(&id);
	return found && found->get ? found : NULL;
}

struct location *row_drill(struct row row, const struct drill *drill,
	const struct resource *target)
{
	struct location *to = location_new(target);
	bool any = str_eq(drill->resource, DRILL_ANY);
	struct str value = STR_INIT;
	bool ok = true;

	for (size_t i = 0; ok && i < DRILL_ARGUMENTS; i++) {
		const struct drill_argument *a = &drill->arguments[i];
		const char *parameter = any && !i ? target->get :
			a->parameter;

		if (!parameter)
			break;
		str_reset(&value);
		ok = drill_value(row, a, &value);
		if (ok)
			location_set(to, parameter, value.p);
	}
	str_clear(&value);
	if (ok)
		return to;
	location_unref(to);
	return NULL;
}

/* The text at a column's path, of the row or of the one joined to it;
 * NULL: nothing there. */
static const char *column_text(struct row row,
	const struct compiled_column *c, struct row joined, size_t *len)
{
	bool other = c->join >= 0 && !c->column->derive;

	*len = 0;
	if (!c->path || (other && !joined.segment))
		return NULL;
	if (other)
		row = joined;
	return path_text(c->path, row.segment->doc, row_node(row), len);
}

static void cell_fill(struct cell *cell, struct row row, struct row joined)
{
	struct segment *s = row.segment;

	*cell = (struct cell){
		.doc = s->doc, .node = row_node(row),
		.joined = joined.segment ? joined.segment->doc : NULL,
		.joined_node = joined.segment ? row_node(joined) : DOC_NONE,
		.region = s->region,
		.parent = location_parent(s->location),
		.row_kind = row_kind(row),
		.now = s->fetched
	};
}

void row_as_cell(struct row row, struct cell *out)
{
	cell_fill(out, row, (struct row){ 0 });
	out->plain = true;
}

enum role row_cell(struct row row, const struct compiled_column *column,
	const struct cell_options *options, struct str *out)
{
	const struct column *c = column->column;
	struct cell cell;

	if (column->made) {
		row_made(row, column, out);
		return ROLE_TEXT;
	}
	cell_fill(&cell, row, options->joined);
	cell.now = options->now;
	cell.signs = options->signs;
	cell.join_pending = options->join_pending;
	cell.join_refused = options->join_refused;
	cell.text = column_text(row, column, options->joined, &cell.len);
	if (c->derive)
		return c->derive(&cell, out);
	if (column->join >= 0 &&
	    (options->join_pending || options->join_refused)) {
		str_add(out, options->join_pending ? "\342\200\246" : "?");
		return ROLE_DIM;
	}
	if (!cell.text)
		return ROLE_TEXT;
	return format_value(c->format, cell.text, cell.len, &cell, out);
}

void row_plain(struct row row, const struct compiled_column *column,
	struct row joined, struct str *out)
{
	const struct column *c = column->column;
	struct cell cell;

	if (column->made) {
		row_made(row, column, out);
		return;
	}
	cell_fill(&cell, row, joined);
	cell.plain = true;
	cell.text = column_text(row, column, joined, &cell.len);
	if (c->derive)
		c->derive(&cell, out);
	else if (cell.text && c->format == FORMAT_URL_TEXT)
		format_value(c->format, cell.text, cell.len, &cell, out);
	else if (cell.text)
		format_plain(c->format, cell.text, cell.len, out);
}

bool row_sort_number(struct row row, const struct compiled_column *column,
	struct row joined, int64_t *number)
{
	struct str scratch = STR_INIT;
	size_t len;
	const char *text = row_sort_text(row, column, joined, &scratch, &len);
	bool ok = format_sort_number(column->column->format, text, len,
		number);

	str_clear(&scratch);
	return ok;
}

const char *row_sort_text(struct row row,
	const struct compiled_column *column, struct row joined,
	struct str *scratch, size_t *len)
{
	const char *text;

	if (column->path && !column->made &&
	    column->column->format != FORMAT_URL_TEXT) {
		text = column_text(row, column, joined, len);
		return text ? text : "";
	}
	str_reset(scratch);
	row_plain(row, column, joined, scratch);
	*len = scratch->len;
	return scratch->p;
}
