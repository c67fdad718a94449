/* SPDX-License-Identifier: MIT */
#include "cli/export.h"

#include "base/mem.h"
#include "base/newfile.h"
#include "cli/columns.h"
#include "doc/out.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STEP 1024                /* rows between two looks at the world */

static const struct {
	const char *ending;
	enum output format;
	bool rows, document;
} endings[] = {
	{ "csv", OUTPUT_CSV, true, false },
	{ "tsv", OUTPUT_TSV, true, false },
	{ "json", OUTPUT_JSON, true, true },
	{ "ndjson", OUTPUT_NDJSON, true, false },
	{ "yaml", OUTPUT_YAML, true, true },
	{ "yml", OUTPUT_YAML, true, true },
	{ "xml", OUTPUT_XML, false, true },
	{ "txt", OUTPUT_TABLE, true, true },
};

#define ENDINGS (sizeof(endings) / sizeof(endings[0]))

bool export_format(const char *path, bool document, enum output *format,
	struct error *err)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	for (size_t i = 0; dot && i < ENDINGS; i++) {
		if (!str_ieq(endings[i].ending, dot + 1) ||
		    !(document ? endings[i].document : endings[i].rows))
			continue;
		*format = endings[i].format;
		return true;
	}
	return error_set(err, ERR_USAGE, "the format is the name's ending: %s",
		document ? ".yaml, .json, .xml or .txt" :
		".csv, .tsv, .json, .ndjson, .yaml or .txt");
}

void export_free(struct export *e)
{
	if (!e)
		return;
	if (e->document.segment)
		segment_unref(e->document.segment);
	snapshot_free(e->snapshot);
	cancel_unref(e->cancel);
	free(e->path);
	free(e->columns);
	free(e->only);
	free(e);
}

struct run {
	struct export *e;
	size_t at;
	uint64_t joins;          /* that a cell has nothing without */
	bool missing;            /* one of them, of this row */
};

static uint64_t needed_joins(const struct columns *c)
{
	uint64_t joins = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct compiled_column *column = c->index[i] < 0 ? NULL :
			&c->compiled->columns[c->index[i]];

		if (column && column->join >= 0 && !(column->column->path &&
		    column->column->derive))
			joins |= (uint64_t)1 << column->join;
	}
	return joins;
}

static struct row joined(void *data, struct row row, int join)
{
	struct run *r = data;
	bool pending;
	struct row found = snapshot_joined(r->e->snapshot, r->at, join,
		&pending);

	(void)row;
	r->missing |= pending && r->joins >> join & 1;
	return found;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static bool is_wanted(const struct export *e, struct row row)
{
	uint64_t identity = row_identity(row);

	return !e->only || bsearch(&identity, e->only, e->only_count,
		sizeof(*e->only), compare);
}

static bool write_rows(struct export *e, struct columns *columns,
	struct writer *w, struct error *err)
{
	size_t total = snapshot_rows(e->snapshot);
	struct run run = { .e = e, .joins = needed_joins(columns) };
	bool ok = true;

	for (size_t i = 0; ok && i < total; i++) {
		struct row row = snapshot_row(e->snapshot, i);

		if (i % STEP == 0 && cancel_is_set(e->cancel))
			return error_set(err, ERR_CANCELLED,
				"stopped, %s was not written", e->path);
		if (i % STEP == 0 && e->progress)
			e->progress(e->data, i, total);
		if (!is_wanted(e, row))
			continue;
		run.at = i;
		run.missing = false;
		columns_fill(columns, row, e->now, joined, &run);
		ok = writer_row(w, columns->cells);
		e->written++;
		e->missing += run.missing;
	}
	return true;
}

static bool export_rows(struct export *e, int fd, struct error *err)
{
	struct columns columns;
	struct writer w;
	struct error ignored = ERROR_INIT;
	bool ok = columns_init(&columns, e->compiled, e->format, e->columns,
		false, false, err);

	if (ok)
		ok = writer_init(&w, fd, e->format, columns.out,
			columns.count, err);
	if (ok) {
		ok = write_rows(e, &columns, &w, err);
		if (!writer_end(&w, &ignored) && ok)
			ok = error_set(err, ERR_IO, "%s: %s", e->path,
				strerror(w.error));
	}
	columns_clear(&columns);
	return ok;
}

static bool export_document(const struct export *e, int fd,
	struct error *err)
{
	const struct segment *s = e->document.segment;
	enum out_format format = e->format == OUTPUT_JSON ? OUT_JSON :
		e->format == OUTPUT_XML ? OUT_XML : OUT_YAML;
	struct str text = STR_INIT;
	size_t done = 0;
	bool ok;

	out_doc(&text, format, s->doc, s->nodes[e->document.index],
		s->compiled->resource->lists);
	if (text.len && text.p[text.len - 1] != '\n')
		str_addc(&text, '\n');
	while (done < text.len) {
		ssize_t n = write(fd, text.p + done, text.len - done);

		if (n < 0 && errno != EINTR)
			break;
		done += n > 0 ? (size_t)n : 0;
	}
	ok = done == text.len || error_set(err, ERR_IO, "%s: %s", e->path,
		strerror(errno));
	str_clear(&text);
	return ok;
}

bool export_run(struct export *e, struct error *err)
{
	struct newfile file;
	bool ok;

	if (!newfile_open(&file, e->path, err))
		return false;
	if (e->document.segment)
		ok = export_document(e, file.fd, err);
	else
		ok = export_rows(e, file.fd, err);
	if (ok)
		return newfile_commit(&file, e->replace, err);
	newfile_abandon(&file);
	return false;
}
