/* SPDX-License-Identifier: MIT */
/* Reply text, made content, ids. */
#include "base/clock.h"
#include "sim/blob.h"
#include "sim/world.h"
#include "sim/xml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void test_verbs(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	xml_add(&out, "<%r>%s|%s|%u|%z|%b|%b|%q|%d|%i|%%", "a", "<&>\"'\r\n",
		NULL, 0u, (uint64_t)UINT64_MAX, 1, 0, 0x0a000102u, 0xffffffffu,
		(uint64_t)0xfedcba9876543210u);
	assert_string_equal(out.p, "<a>&lt;&amp;&gt;&quot;'&#xD;&#xA;||0|"
		"18446744073709551615|true|false|10.0.1.2|255-255-255-255|"
		"0fedcba9876543210|%");
	str_clear(&out);
}

static void test_times(void **state)
{
	static const int64_t walls[] = {
		0, 951782400000, 1709164799000, 1795392840000, 4102444800000
	};
	char date[32];

	(void)state;
	for (size_t i = 0; i < sizeof(walls) / sizeof(*walls); i++) {
		struct str out = STR_INIT;
		char wanted[32];

		clock_format_iso(walls[i], wanted);
		wanted[19] = '\0';
		xml_time(&out, walls[i]);
		assert_memory_equal(out.p, wanted, 19);
		assert_string_equal(out.p + 19, ".000Z");
		str_clear(&out);
	}
	http_date(date, 1795392840000);
	assert_string_equal(date, "Mon, 23 Nov 2026 00:14:00 GMT");
}

/* Any piece is the same as in the whole. */
static void test_made_text(void **state)
{
	struct blob *b = blob_new_made(42, 1000);
	char whole[1000], piece[1000];

	(void)state;
	blob_read(b, 0, whole, sizeof(whole));
	for (size_t from = 0; from < 1000; from += 37) {
		size_t len = (1000 - from) / 2 + 1;

		if (len > 1000 - from)
			len = 1000 - from;
		blob_read(b, from, piece, len);
		assert_memory_equal(piece, whole + from, len);
	}
	blob_unref(blob_ref(b));
	blob_unref(b);
	blob_unref(NULL);
}

static void test_ids(void **state)
{
	static const char *const bad[] = {
		"", "i-", "i-1", "i-0123456789abcdefg", "i-00123456789abcdef0",
		"vol-0123456789abcdef0", "I-0123456789abcdef0",
		"i-0123456789abcdef0", "i-12345678", "i-0123456789ABCDEF0",
	};
	struct sim_options options = { .seed = 3 };
	struct atlas *a = atlas_new(&options, 1795392840000);
	struct world *w = atlas_world(a, ACCOUNT_HOME, "us-east-1");
	struct world *other = atlas_world(a, ACCOUNT_HOME, "eu-west-1");
	uint64_t index;
	char id[32];

	(void)state;
	assert_null(atlas_world(a, ACCOUNT_HOME, "mars-1"));
	assert_ptr_equal(atlas_world(a, ACCOUNT_HOME, "us-east-1"), w);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(world_index(w, ID_INSTANCE, "i-", bad[i],
			&index));
	for (uint64_t i = 0; i < 100000; i += 997) {
		world_id_text("i-", world_id(w, ID_INSTANCE, i), id);
		assert_int_equal(strlen(id), 19);
		assert_true(world_index(w, ID_INSTANCE, "i-", id, &index));
		assert_int_equal(index, i);
		assert_false(world_index(w, ID_VOLUME, "i-", id, &index));
		assert_false(world_index(other, ID_INSTANCE, "i-", id,
			&index));
	}
	atlas_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verbs),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_made_text),
		cmocka_unit_test(test_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
