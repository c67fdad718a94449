/* SPDX-License-Identifier: MIT */
/* Any bytes as a reply: read in pieces, walked, written, and read again. */
#include "doc/out.h"
#include "doc/reader.h"

#include <stdlib.h>
#include <string.h>

static void check(bool right)
{
	if (!right)
		abort();
}

static size_t walk(const struct doc *d, uint32_t node)
{
	size_t count = 1, len;
	const char *text = doc_text(d, node, &len);

	check(text[len] == '\0');
	doc_name(d, node, &len);
	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i)) {
		check(doc_parent(d, i) == node);
		count += walk(d, i);
	}
	return count;
}

static struct doc *read_pieces(enum reader_form form, const char *bytes,
	size_t len, size_t step)
{
	struct error err = ERROR_INIT;
	struct reader *r = reader_new(form, NULL, 1u << 24);
	struct doc *d;

	for (size_t at = 0; at < len; at += step)
		reader_feed(r, bytes + at, step < len - at ? step : len - at,
			&err);
	error_reset(&err);
	d = reader_finish(r, &err);
	check(d ? err.kind == ERR_NONE :
		err.kind == ERR_PARSE || err.kind == ERR_LIMIT);
	reader_free(r);
	return d;
}

/* What is written as JSON is the same after it was read as JSON. */
static void check_written(const struct doc *d)
{
	struct error err = ERROR_INIT;
	struct str first = STR_INIT, second = STR_INIT;
	struct doc *again;

	out_doc(&first, OUT_JSON, d, 0, "a b/c");
	again = reader_read(READER_JSON, NULL, first.p, first.len, &err);
	if (again) {
		out_doc(&second, OUT_JSON, again, 0, NULL);
		check(strcmp(first.p, second.p) == 0);
	} else {
		/* Lists made of siblings add a level. */
		check(err.kind == ERR_LIMIT);
	}
	doc_unref(again);
	str_reset(&first);
	out_doc(&first, OUT_YAML, d, 0, NULL);
	str_reset(&first);
	out_doc(&first, OUT_XML, d, 0, NULL);
	again = reader_read(READER_XML, NULL, first.p, first.len, &err);
	check(again || err.kind == ERR_LIMIT);
	doc_unref(again);
	str_clear(&first);
	str_clear(&second);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
	static bool begun;
	enum reader_form form;
	struct doc *d;
	size_t step;

	if (!begun)
		reader_global_init();
	begun = true;
	if (len < 2)
		return 0;
	form = data[0] & 1 ? READER_JSON : READER_XML;
	step = data[1] ? data[1] : len;
	d = read_pieces(form, (const char *)data + 2, len - 2, step);
	if (!d)
		return 0;
	check(walk(d, 0) == doc_count(d));
	check_written(d);
	doc_unref(d);
	return 0;
}
