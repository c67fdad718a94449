/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "doc/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool leaf(struct doc_build *b, const char *name, const char *text)
{
	return doc_build_leaf(b, name, name ? strlen(name) : 0, DOC_STRING,
		text, strlen(text));
}

static bool begin(struct doc_build *b, const char *name)
{
	return doc_build_open(b, name, strlen(name), DOC_OBJECT);
}

static uint32_t get(const struct doc *d, uint32_t node, const char *name)
{
	return doc_get(d, node, doc_find_name(d, name, strlen(name)));
}

/* root{ a{ x y{} } b=1 c{ d{ e } } f } */
static struct doc *make(const struct doc_names *names)
{
	struct doc_build *b = doc_build_new(names);

	assert_true(begin(b, "root"));
	assert_true(begin(b, "a"));
	assert_true(leaf(b, "x", "1"));
	assert_true(begin(b, "y"));
	assert_true(doc_build_close(b));
	assert_true(doc_build_close(b));
	assert_true(leaf(b, "b", "1"));
	assert_true(begin(b, "c"));
	assert_true(begin(b, "d"));
	assert_true(leaf(b, "e", "deep"));
	assert_true(doc_build_close(b));
	assert_true(doc_build_close(b));
	assert_true(leaf(b, "f", ""));
	assert_true(doc_build_close(b));
	return doc_build_seal(b);
}

static void misuse_spoils(void **state)
{
	struct doc_build *b = doc_build_new(NULL);

	(void)state;
	assert_null(doc_build_seal(b));

	b = doc_build_new(NULL);
	assert_false(doc_build_close(b));
	assert_false(leaf(b, "a", "1"));
	assert_null(doc_build_seal(b));

	b = doc_build_new(NULL);
	assert_true(begin(b, "open"));
	assert_null(doc_build_seal(b));

	b = doc_build_new(NULL);
	assert_true(leaf(b, "one", ""));
	assert_false(leaf(b, "two roots", ""));
	assert_null(doc_build_seal(b));

	b = doc_build_new(NULL);
	assert_false(doc_build_open(b, "x", 1, DOC_STRING));
	assert_null(doc_build_seal(b));

	b = doc_build_new(NULL);
	assert_false(doc_build_leaf(b, "x", 1, DOC_ARRAY, "", 0));
	assert_null(doc_build_seal(b));
	doc_build_free(NULL);
	doc_unref(NULL);
}

static void depth_is_limited(void **state)
{
	struct doc_build *b = doc_build_new(NULL);
	struct doc *d;

	(void)state;
	for (int i = 0; i < 128; i++)
		assert_true(begin(b, "n"));
	assert_true(leaf(b, "leaf", "in the last"));
	for (int i = 0; i < 128; i++)
		assert_true(doc_build_close(b));
	d = doc_build_seal(b);
	assert_non_null(d);
	assert_int_equal(doc_count(d), 129);
	doc_unref(d);

	b = doc_build_new(NULL);
	for (int i = 0; i < 128; i++)
		assert_true(begin(b, "n"));
	assert_false(begin(b, "n"));
	for (int i = 0; i < 128; i++)
		assert_false(doc_build_close(b));
	assert_null(doc_build_seal(b));
}

static void walking(void **state)
{
	struct doc *d = make(NULL);
	uint32_t a = doc_child(d, 0), x, y, f;

	(void)state;
	assert_non_null(d);
	assert_int_equal(doc_count(d), 9);
	assert_int_equal(doc_parent(d, 0), DOC_NONE);
	assert_int_equal(doc_next(d, 0), DOC_NONE);
	assert_string_equal(doc_name(d, 0, NULL), "root");
	assert_string_equal(doc_name(d, a, NULL), "a");
	x = doc_child(d, a);
	y = doc_next(d, x);
	assert_string_equal(doc_name(d, y, NULL), "y");
	assert_int_equal(doc_child(d, y), DOC_NONE);
	assert_int_equal(doc_next(d, y), DOC_NONE);
	assert_int_equal(doc_child(d, x), DOC_NONE);
	f = doc_next(d, doc_next(d, doc_next(d, a)));
	assert_string_equal(doc_name(d, f, NULL), "f");
	assert_int_equal(doc_next(d, f), DOC_NONE);
	assert_int_equal(get(d, 0, "f"), f);
	assert_int_equal(get(d, 0, "e"), DOC_NONE);
	assert_int_equal(get(d, 0, "unheard"), DOC_NONE);
	assert_int_equal(get(d, x, "x"), DOC_NONE);
	doc_unref(d);
}

static void check_parents(const struct doc *d, uint32_t node)
{
	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i)) {
		assert_int_equal(doc_parent(d, i), node);
		check_parents(d, i);
	}
}

static void parents(void **state)
{
	struct doc *d = make(NULL);

	(void)state;
	check_parents(d, 0);
	doc_unref(d);
}

static void texts(void **state)
{
	static const size_t lengths[] = { 0, 1, 3, 4, 7, 8, 9, 16, 17, 32,
		33, 253, 254, 255, 256, 300, 70000, 1000000 };
	struct doc_build *b = doc_build_new(NULL);
	char *text = xmalloc(1000000);
	struct doc *d;

	(void)state;
	for (size_t i = 0; i < 1000000; i++)
		text[i] = (char)('a' + i % 23);
	assert_true(doc_build_open(b, NULL, 0, DOC_ARRAY));
	for (int twice = 0; twice < 2; twice++)
		for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths);
			i++)
			assert_true(doc_build_leaf(b, NULL, 0, DOC_STRING,
				text, lengths[i]));
	assert_true(doc_build_close(b));
	d = doc_build_seal(b);
	assert_non_null(d);

	uint32_t node = doc_child(d, 0);

	for (int twice = 0; twice < 2; twice++) {
		for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths);
			i++, node = doc_next(d, node)) {
			size_t len;
			const char *got = doc_text(d, node, &len);

			assert_int_equal(len, lengths[i]);
			assert_memory_equal(got, text, len);
			assert_int_equal(got[len], '\0');
			assert_int_equal(doc_name_id(d, node), DOC_NONE);
			assert_string_equal(doc_name(d, node, &len), "");
			assert_int_equal(len, 0);
		}
	}
	assert_int_equal(node, DOC_NONE);
	doc_unref(d);
	free(text);
}

static void equal_texts_are_one(void **state)
{
	struct doc_build *b = doc_build_new(NULL);
	struct doc *d;
	const char *first;

	(void)state;
	assert_true(begin(b, "root"));
	assert_true(leaf(b, "a", "us-east-1a"));
	assert_true(doc_build_leaf(b, "z", 1, DOC_STRING, "us-east-1a\0b",
		12));
	assert_true(leaf(b, "b", "us-east-1a"));
	assert_true(leaf(b, "c", "us-east-1"));
	assert_true(doc_build_close(b));
	d = doc_build_seal(b);
	first = doc_text(d, get(d, 0, "a"), NULL);
	assert_ptr_equal(doc_text(d, get(d, 0, "b"), NULL), first);
	assert_ptr_not_equal(doc_text(d, get(d, 0, "z"), NULL), first);
	assert_string_equal(doc_text(d, get(d, 0, "c"), NULL), "us-east-1");
	doc_unref(d);
}

static void kinds(void **state)
{
	static const enum doc_kind given[] = { DOC_STRING, DOC_NUMBER,
		DOC_BOOL, DOC_NULL };
	struct doc_build *b = doc_build_new(NULL);
	struct doc *d;
	uint32_t node;

	(void)state;
	assert_true(doc_build_open(b, NULL, 0, DOC_ARRAY));
	for (size_t i = 0; i < 4; i++)
		assert_true(doc_build_leaf(b, NULL, 0, given[i], "true", 4));
	assert_true(doc_build_close(b));
	d = doc_build_seal(b);
	assert_int_equal(doc_kind(d, 0), DOC_ARRAY);
	node = doc_child(d, 0);
	for (size_t i = 0; i < 4; i++, node = doc_next(d, node)) {
		assert_int_equal(doc_kind(d, node), given[i]);
		assert_string_equal(doc_text(d, node, NULL),
			given[i] == DOC_NULL ? "" : "true");
	}
	doc_unref(d);
}

static void names(void **state)
{
	struct doc_names *table = doc_names_new();
	uint32_t b_id = doc_names_add(table, "b");
	struct doc *d, *other;
	size_t len;

	(void)state;
	assert_int_equal(doc_names_add(table, "b"), b_id);
	assert_int_not_equal(doc_names_add(table, "unused"), b_id);
	assert_int_equal(doc_names_find(table, "bb", 1), b_id);
	assert_int_equal(doc_names_find(table, "c", 1), DOC_NONE);
	doc_names_freeze(table);
	assert_int_equal(doc_names_add(table, "b"), b_id);
	assert_int_equal(doc_names_add(table, "late"), DOC_NONE);

	d = make(table);
	other = make(table);
	assert_int_equal(doc_find_name(d, "b", 1), b_id);
	assert_string_equal(doc_text(d, doc_get(d, 0, b_id), NULL), "1");
	assert_int_equal(doc_name_id(other, doc_get(other, 0, b_id)), b_id);
	assert_string_equal(doc_name(d, get(d, 0, "c"), &len), "c");
	assert_int_equal(len, 1);
	assert_int_not_equal(doc_find_name(d, "c", 1), DOC_NONE);
	assert_int_equal(doc_find_name(d, "late", 4), DOC_NONE);
	doc_unref(d);
	doc_unref(other);
	doc_names_free(table);
	doc_names_free(NULL);
}

static void many_names(void **state)
{
	struct doc_names *table = doc_names_new();
	struct doc_build *b;
	struct doc *d;
	char name[32];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		assert_int_equal(doc_names_add(table, name), i);
	}
	doc_names_freeze(table);
	b = doc_build_new(table);
	assert_true(begin(b, "root"));
	for (int i = 0; i < 9000; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		assert_true(leaf(b, name, name));
	}
	assert_true(doc_build_close(b));
	d = doc_build_seal(b);
	for (int i = 0; i < 9000; i += 7) {
		snprintf(name, sizeof(name), "n%d", i);
		assert_string_equal(doc_text(d, get(d, 0, name), NULL), name);
	}
	doc_unref(d);
	doc_names_free(table);
}

/* More than what is kept on the heap, so that pages are mapped and moved. */
static void big(void **state)
{
	struct doc_build *b = doc_build_new(NULL);
	struct doc *d;
	char text[32];
	uint32_t node;

	(void)state;
	assert_true(begin(b, "root"));
	for (int i = 0; i < 700000; i++) {
		int len = snprintf(text, sizeof(text), "%d", i % 500);

		assert_true(doc_build_leaf(b, "n", 1, DOC_NUMBER, text,
			(size_t)len));
	}
	assert_true(doc_build_close(b));
	d = doc_build_seal(b);
	assert_int_equal(doc_count(d), 700001);
	assert_in_range(doc_bytes(d), 700000 * 8, 700000 * 8 + 100000);
	node = doc_child(d, 0);
	for (int i = 0; i < 700000; i++, node = doc_next(d, node)) {
		snprintf(text, sizeof(text), "%d", i % 500);
		if (strcmp(doc_text(d, node, NULL), text) != 0)
			fail_msg("%d is %s", i, doc_text(d, node, NULL));
	}
	assert_int_equal(node, DOC_NONE);
	doc_unref(d);
}

static void references(void **state)
{
	struct doc *d = make(NULL);

	(void)state;
	assert_ptr_equal(doc_ref(d), d);
	doc_unref(d);
	assert_string_equal(doc_text(d, get(d, 0, "b"), NULL), "1");
	doc_unref(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(misuse_spoils),
		cmocka_unit_test(depth_is_limited),
		cmocka_unit_test(walking),
		cmocka_unit_test(parents),
		cmocka_unit_test(texts),
		cmocka_unit_test(equal_texts_are_one),
		cmocka_unit_test(kinds),
		cmocka_unit_test(names),
		cmocka_unit_test(many_names),
		cmocka_unit_test(big),
		cmocka_unit_test(references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
