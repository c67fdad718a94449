/* SPDX-License-Identifier: MIT */
#include "tests/unit/reader_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

void show_doc(struct str *out, const struct doc *d, uint32_t node)
{
	static const char letters[] = "oasnb0";
	enum doc_kind kind = doc_kind(d, node);
	size_t len;
	const char *text;

	str_addf(out, "%s:%c", doc_name(d, node, NULL), letters[kind]);
	if (kind > DOC_ARRAY) {
		text = doc_text(d, node, &len);
		if (kind != DOC_NULL)
			str_addc(out, '=');
		str_addn(out, text, len);
		return;
	}
	str_addc(out, '(');
	for (node = doc_child(d, node); node != DOC_NONE;) {
		show_doc(out, d, node);
		node = doc_next(d, node);
		if (node != DOC_NONE)
			str_addc(out, ' ');
	}
	str_addc(out, ')');
}

struct doc *read_by(enum reader_form form, const char *bytes,
	size_t len, size_t step, struct error *err)
{
	struct reader *r = reader_new(form, NULL, 1u << 30);
	struct doc *d = NULL;
	bool ok = true;

	for (size_t at = 0; ok && at < len; at += step)
		ok = reader_feed(r, bytes + at,
			step < len - at ? step : len - at, err);
	if (ok)
		d = reader_finish(r, err);
	reader_free(r);
	return d;
}

void expect_doc(enum reader_form form, const char *bytes, size_t len,
	const char *wanted)
{
	static const size_t steps[] = { 1, 2, 3, 7, 1000000 };
	struct str got = STR_INIT;

	for (size_t i = 0; i < COUNT(steps); i++) {
		struct error err = ERROR_INIT;
		struct doc *d = read_by(form, bytes, len, steps[i], &err);

		if (!d)
			fail_msg("by %zu: %s", steps[i], err.text);
		str_reset(&got);
		show_doc(&got, d, 0);
		assert_int_equal(got.len, strlen(wanted));
		assert_string_equal(got.p, wanted);
		assert_int_equal(err.kind, ERR_NONE);
		doc_unref(d);
	}
	str_clear(&got);
}

void refuse_doc(enum reader_form form, const char *bytes, size_t len,
	enum error_kind kind, const char *wanted)
{
	static const size_t steps[] = { 1, 3, 1000000 };

	for (size_t i = 0; i < COUNT(steps); i++) {
		struct error err = ERROR_INIT;
		struct doc *d = read_by(form, bytes, len, steps[i], &err);

		assert_null(d);
		assert_int_equal(err.kind, kind);
		if (!strstr(err.text, wanted))
			fail_msg("by %zu: \"%s\" does not say \"%s\"",
				steps[i], err.text, wanted);
	}
}
