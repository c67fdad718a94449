/* SPDX-License-Identifier: MIT */
/*
 * What every table makes of a reply of its operation, as AWS writes them:
 * tests/replies/tables/NAME.xml and, cell by cell, NAME.txt. With
 * TUCUXI_UPDATE set the .txt files are written instead; read the diff.
 */
#include "fetch/segment.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER SOURCE_DIR "/tests/replies/tables/"
#define NOW INT64_C(1795435200000)       /* 2026-11-23T12:00:00Z */

struct world {
	struct doc_names *names;
	struct catalogue *catalogue;
};

static bool read_file(const char *path, struct str *out)
{
	FILE *f = fopen(path, "rb");
	char buffer[4096];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(buffer, 1, sizeof(buffer), f)) > 0)
		str_addn(out, buffer, n);
	fclose(f);
	return true;
}

static void add_row(struct row row, struct str *out)
{
	const struct compiled *c = row.segment->compiled;
	const struct cell_options options = {
		.now = NOW, .signs = signs_ascii()
	};
	struct cell cell = {
		.doc = row.segment->doc,
		.node = row.segment->nodes[row.index],
		.row_kind = row_kind(row), .now = NOW,
		.parent = location_parent(row.segment->location)
	};
	struct str text = STR_INIT;
	bool hidden = c->resource->hidden && c->resource->hidden(&cell);

	row_id(row, &text);
	str_addf(out, "%s%s%s%s\n", row_kind(row) ? row_kind(row) : "",
		row_kind(row) ? " " : "", text.p, hidden ? " (hidden)" : "");
	str_reset(&text);
	row_arn(row, &text);
	str_addf(out, "  = %s\n", text.p);
	for (size_t i = 0; i < c->column_count; i++) {
		const struct compiled_column *column = &c->columns[i];
		struct str plain = STR_INIT;

		str_reset(&text);
		row_cell(row, column, &options, &text);
		row_plain(row, column, options.joined, &plain);
		if (column->column->format != FORMAT_TIME && text.len)
			str_addf(out, "  %s: %s%s%s\n", column->column->name,
				text.p, strcmp(text.p, plain.p) ? " = " : "",
				strcmp(text.p, plain.p) ? plain.p : "");
		str_clear(&plain);
	}
	str_clear(&text);
}

static void render(const struct world *w, const struct resource *r,
	const struct str *xml, struct str *out)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(READER_XML, w->names, xml->p, xml->len,
		&err);
	struct location *location = location_new(r);
	struct segment *s;

	if (!d)
		fail_msg("%s: %s", r->name, err.text);
	if (r->scope[0])
		location_set(location, "Bucket", "acme-logs");
	if (r->scope[1])
		location_set(location, "Prefix", "logs/");
	s = segment_new(catalogue_compiled(w->catalogue, r), NULL, location,
		r->global ? NULL : "us-east-1", d, NOW);
	for (uint32_t i = 0; i < s->count; i++)
		add_row((struct row){ s, i }, out);
	segment_unref(s);
	location_unref(location);
}

static void check_table(const struct world *w, const struct resource *r)
{
	struct str xml = STR_INIT, got = STR_INIT, want = STR_INIT;
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), FOLDER "%s.xml", r->name);
	if (!read_file(path, &xml))
		fail_msg("%s has no recorded reply", r->name);
	render(w, r, &xml, &got);
	assert_true(got.len > 0);
	snprintf(path, sizeof(path), FOLDER "%s.txt", r->name);
	if (getenv("TUCUXI_UPDATE")) {
		f = fopen(path, "wb");
		assert_non_null(f);
		fwrite(got.p, 1, got.len, f);
		fclose(f);
	}
	read_file(path, &want);
	if (strcmp(got.p, want.p) != 0)
		fail_msg("%s: this was read:\n%s", r->name, got.p);
	str_clear(&xml);
	str_clear(&got);
	str_clear(&want);
}

static void every_table_reads_its_reply(void **state)
{
	const struct world *w = *state;

	for (size_t i = 0; i < catalogue_count(w->catalogue); i++)
		check_table(w, catalogue_at(w->catalogue, i));
}

static int world_open(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));

	reader_global_init();
	w->names = doc_names_new();
	w->catalogue = catalogue_open(w->names);
	*state = w;
	return 0;
}

static int world_close(void **state)
{
	struct world *w = *state;

	catalogue_close(w->catalogue);
	doc_names_free(w->names);
	free(w);
	reader_global_clear();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_table_reads_its_reply)
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
