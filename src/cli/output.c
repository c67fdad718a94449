/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "doc/out.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FLUSH_BYTES (256u << 10)
#define MEASURED_ROWS 1000u
#define WIDTH_MAX 48u        /* one long name does not push all others away */

bool writer_init(struct writer *w, int fd, enum output format,
	struct output_column *columns, size_t count, struct error *err)
{
	if (format == OUTPUT_XML)
		return error_set(err, ERR_USAGE, "-o xml is for `get`; rows "
			"come as table, tsv, csv, json, ndjson or yaml");
	*w = (struct writer){
		.fd = fd, .format = format, .columns = columns,
		.count = count, .out = STR_INIT, .tty = isatty(fd) == 1,
	};
	return true;
}

static bool writer_flush(struct writer *w)
{
	size_t done = 0;

	while (!w->error && done < w->out.len) {
		ssize_t n = write(w->fd, w->out.p + done, w->out.len - done);

		if (n < 0 && errno != EINTR)
			w->error = errno;
		if (n > 0)
			done += (size_t)n;
	}
	str_reset(&w->out);
	return !w->error;
}

static void write_json_value(struct writer *w,
	const struct output_column *column, const struct str *value)
{
	if (!value->len)
		str_add(&w->out, "null");
	else if (column->type != OUTPUT_TEXT)
		str_addn(&w->out, value->p, value->len);
	else
		out_json_string(&w->out, value->p, value->len);
}

static void write_json(struct writer *w, const struct str *values)
{
	if (w->format == OUTPUT_JSON)
		str_add(&w->out, w->rows ? ",\n" : "");
	str_addc(&w->out, '{');
	for (size_t i = 0; i < w->count; i++) {
		str_add(&w->out, i ? "," : "");
		out_json_string(&w->out, w->columns[i].name,
			strlen(w->columns[i].name));
		str_addc(&w->out, ':');
		write_json_value(w, &w->columns[i], &values[i]);
	}
	str_addc(&w->out, '}');
	if (w->format == OUTPUT_NDJSON)
		str_addc(&w->out, '\n');
}

static void write_yaml(struct writer *w, const struct str *values)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct str *v = &values[i];

		str_add(&w->out, i ? "  " : "- ");
		out_yaml_string(&w->out, w->columns[i].name,
			strlen(w->columns[i].name));
		str_add(&w->out, ": ");
		if (!v->len)
			str_add(&w->out, "null");
		else if (w->columns[i].type != OUTPUT_TEXT)
			str_addn(&w->out, v->p, v->len);
		else
			out_yaml_string(&w->out, v->p, v->len);
		str_addc(&w->out, '\n');
	}
}

/* Line ends may stand in quotes; what else would move a cursor is made
 * visible, here too: CSV is looked at in terminals. */
static void add_csv(struct str *out, const char *text, size_t len)
{
	struct str clean = STR_INIT;
	const char *end;

	while ((end = memchr(text, '\n', len))) {
		size_t line = (size_t)(end - text);

		text_sanitise(&clean, text, line - (line && end[-1] == '\r'),
			false);
		str_addc(&clean, '\n');
		text += line + 1;
		len -= line + 1;
	}
	text_sanitise(&clean, text, len, false);
	out_csv_field(out, clean.p, clean.len);
	str_clear(&clean);
}

static void write_csv(struct writer *w, const struct str *values)
{
	for (size_t i = 0; i < w->count; i++) {
		if (i)
			str_addc(&w->out, ',');
		add_csv(&w->out, values[i].p, values[i].len);
	}
	str_add(&w->out, "\r\n");
}

/* Tabs and newlines inside a cell become blanks, so a line is a row. */
static void write_tsv(struct writer *w, const struct str *values)
{
	bool first = true;

	for (size_t i = 0; i < w->count; i++) {
		if (w->columns[i].machine_only)
			continue;
		if (!first)
			str_addc(&w->out, '\t');
		first = false;
		text_sanitise(&w->out, values[i].p, values[i].len, false);
	}
	str_addc(&w->out, '\n');
}

static bool is_last(const struct writer *w, size_t i)
{
	for (size_t k = i + 1; k < w->count; k++)
		if (!w->columns[k].machine_only)
			return false;
	return true;
}

static void write_padded(struct writer *w, size_t i, const char *text)
{
	size_t used = text_width(text, strlen(text), 1);
	size_t pad = used < w->columns[i].width ?
		w->columns[i].width - used : 0;

	for (size_t k = 0; w->columns[i].right && k < pad; k++)
		str_addc(&w->out, ' ');
	str_add(&w->out, text);
	if (is_last(w, i))
		return;
	for (size_t k = w->columns[i].right ? pad : 0; k < pad + 2; k++)
		str_addc(&w->out, ' ');
}

static void write_table_line(struct writer *w, char *const *cells)
{
	for (size_t i = 0; i < w->count; i++)
		if (!w->columns[i].machine_only)
			write_padded(w, i, cells[i]);
	str_addc(&w->out, '\n');
}

static void measure(struct writer *w)
{
	for (size_t i = 0; i < w->count; i++) {
		const char *title = w->columns[i].title;
		size_t width = text_width(title, strlen(title), 1);

		for (size_t k = i; k < w->held.count; k += w->count) {
			const char *cell = w->held.items[k];
			size_t n = text_width(cell, strlen(cell), 1);

			width = n > width && n <= WIDTH_MAX ? n : width;
		}
		w->columns[i].width = width;
	}
	w->measured = true;
}

static void release_held(struct writer *w)
{
	if (!w->held.count && w->measured)
		return;
	if (!w->measured) {
		measure(w);
		for (size_t i = 0; i < w->count; i++)
			if (!w->columns[i].machine_only)
				write_padded(w, i, w->columns[i].title);
		str_addc(&w->out, '\n');
	}
	for (size_t k = 0; k < w->held.count; k += w->count)
		write_table_line(w, w->held.items + k);
	for (size_t k = 0; k < w->held.count; k++)
		free(w->held.items[k]);
	w->held.count = 0;
}

static void write_table(struct writer *w, const struct str *values)
{
	for (size_t i = 0; i < w->count; i++) {
		struct str cell = STR_INIT;

		if (values[i].len)
			text_sanitise(&cell, values[i].p, values[i].len,
				false);
		else
			str_addc(&cell, '-');
		*VEC_PUSH(&w->held) = str_take(&cell);
	}
	if (w->measured || w->held.count >= MEASURED_ROWS * w->count)
		release_held(w);
}

static void begin(struct writer *w)
{
	w->begun = true;
	if (w->format == OUTPUT_JSON)
		str_add(&w->out, "[\n");
	for (size_t i = 0; w->format == OUTPUT_CSV && i < w->count; i++) {
		const char *name = w->columns[i].name;

		add_csv(&w->out, name, strlen(name));
		str_add(&w->out, i + 1 < w->count ? "," : "\r\n");
	}
}

bool writer_row(struct writer *w, const struct str *values)
{
	static void (*const writers[])(struct writer *,
		const struct str *) = {
		[OUTPUT_TABLE] = write_table, [OUTPUT_TSV] = write_tsv,
		[OUTPUT_CSV] = write_csv, [OUTPUT_JSON] = write_json,
		[OUTPUT_NDJSON] = write_json, [OUTPUT_YAML] = write_yaml,
	};

	if (!w->begun)
		begin(w);
	writers[w->format](w, values);
	w->rows++;
	if (w->out.len >= FLUSH_BYTES)
		return writer_flush(w);
	return !w->error;
}

bool writer_page(struct writer *w)
{
	if (w->format == OUTPUT_TABLE && w->rows)
		release_held(w);
	return writer_flush(w);
}

bool writer_end(struct writer *w, struct error *err)
{
	if (!w->begun)
		begin(w);
	if (w->format == OUTPUT_TABLE && (w->rows || w->tty))
		release_held(w);
	if (w->format == OUTPUT_JSON)
		str_add(&w->out, w->rows ? "\n]\n" : "]\n");
	if (w->format == OUTPUT_YAML && !w->rows)
		str_add(&w->out, "[]\n");
	writer_flush(w);
	str_clear(&w->out);
	VEC_FREE(&w->held);
	if (w->error)
		return error_set(err, ERR_IO, "standard output: %s",
			strerror(w->error));
	return true;
}
