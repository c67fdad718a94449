/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *number(uintptr_t n)
{
	return (void *)n;
}

static void test_empty(void **state)
{
	struct map *m = map_new();
	size_t cursor = 0;

	(void)state;
	assert_null(map_get(m, "a"));
	assert_null(map_remove(m, "a"));
	assert_false(map_has(m, ""));
	assert_false(map_next(m, &cursor, NULL, NULL));
	assert_int_equal(map_count(m), 0);
	map_free(m, free);
	map_free(NULL, free);
}

static void test_null_values_are_there(void **state)
{
	struct map *m = map_new();

	(void)state;
	assert_null(map_set(m, "a", NULL));
	assert_true(map_has(m, "a"));
	assert_null(map_get(m, "a"));
	assert_int_equal(map_count(m), 1);
	map_free(m, NULL);
}

static void test_keys_are_bytes(void **state)
{
	struct map *m = map_new();

	(void)state;
	map_setn(m, "a\0b", 3, number(1));
	map_setn(m, "a\0c", 3, number(2));
	map_set(m, "a", number(3));
	map_set(m, "", number(4));
	assert_ptr_equal(map_getn(m, "a\0b", 3), number(1));
	assert_ptr_equal(map_getn(m, "a\0c", 3), number(2));
	assert_ptr_equal(map_get(m, "a"), number(3));
	assert_ptr_equal(map_get(m, ""), number(4));
	assert_null(map_getn(m, "a\0d", 3));
	map_free(m, NULL);
}

static void test_set_gives_the_old_value(void **state)
{
	struct map *m = map_new();

	(void)state;
	assert_null(map_set(m, "k", number(1)));
	assert_ptr_equal(map_set(m, "k", number(2)), number(1));
	assert_int_equal(map_count(m), 1);
	assert_ptr_equal(map_remove(m, "k"), number(2));
	assert_null(map_remove(m, "k"));
	assert_null(map_set(m, "k", number(3)));
	map_free(m, NULL);
}

static void test_order_of_insertion(void **state)
{
	static const char *const want[] = { "c", "b", "d", "a" };
	struct map *m = map_new();
	size_t cursor = 0, i = 0;
	const char *key;
	void *value;

	(void)state;
	map_set(m, "c", number(0));
	map_set(m, "a", number(9));
	map_set(m, "b", number(1));
	map_set(m, "d", number(2));
	map_remove(m, "a");
	map_set(m, "a", number(3));
	map_set(m, "c", number(0));
	while (map_next(m, &cursor, &key, &value)) {
		assert_string_equal(key, want[i]);
		assert_ptr_equal(value, number(i));
		i++;
	}
	assert_int_equal(i, 4);
	map_free(m, NULL);
}

static void test_removal_while_walking(void **state)
{
	struct map *m = map_new();
	size_t cursor = 0, seen = 0;
	const char *key;
	char name[16];

	(void)state;
	for (unsigned int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "%u", i);
		map_set(m, name, number(i));
	}
	while (map_next(m, &cursor, &key, NULL)) {
		if (seen++ % 2)
			map_remove(m, key);
	}
	assert_int_equal(seen, 1000);
	assert_int_equal(map_count(m), 500);
	assert_true(map_has(m, "0"));
	assert_false(map_has(m, "1"));
	map_free(m, NULL);
}

/* A thousand keys set and removed at random, against a plain array. */
static void test_against_a_model(void **state)
{
	static uintptr_t model[1000];
	struct map *m = map_new();
	uint64_t seed = 7;
	size_t live = 0, cursor = 0, walked = 0;
	char key[16];

	(void)state;
	for (int step = 0; step < 200000; step++) {
		uint64_t r = random_next(&seed);
		size_t i = r % 1000;
		uintptr_t value = (uintptr_t)(r >> 20 & 0xffff) + 1;
		void *old;

		snprintf(key, sizeof(key), "i-%zu", i);
		if (r >> 60 < 9) {
			old = map_set(m, key, number(value));
			live += !model[i];
		} else {
			value = 0;
			old = map_remove(m, key);
			live -= !!model[i];
		}
		assert_ptr_equal(old, number(model[i]));
		model[i] = value;
		assert_int_equal(map_count(m), live);
	}
	for (size_t i = 0; i < 1000; i++) {
		snprintf(key, sizeof(key), "i-%zu", i);
		assert_ptr_equal(map_get(m, key), number(model[i]));
	}
	while (map_next(m, &cursor, NULL, NULL))
		walked++;
	assert_int_equal(walked, live);
	map_free(m, NULL);
}

static void test_free_frees_values(void **state)
{
	struct map *m = map_new();

	(void)state;
	map_set(m, "a", xstrdup("x"));
	map_set(m, "b", xstrdup("y"));
	free(map_remove(m, "a"));
	map_free(m, free);
}

static void test_hash_spreads(void **state)
{
	char text[64];
	size_t low[256] = { 0 };

	(void)state;
	for (unsigned int i = 0; i < 65536; i++) {
		snprintf(text, sizeof(text), "i-%017x", i);
		low[map_hash(text, strlen(text)) & 255]++;
	}
	for (int i = 0; i < 256; i++)
		assert_in_range(low[i], 150, 370);
	memset(text, 0, sizeof(text));
	for (size_t a = 0; a < sizeof(text); a++)
		for (size_t b = 0; b < a; b++)
			assert_true(map_hash(text, a) != map_hash(text, b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_null_values_are_there),
		cmocka_unit_test(test_keys_are_bytes),
		cmocka_unit_test(test_set_gives_the_old_value),
		cmocka_unit_test(test_order_of_insertion),
		cmocka_unit_test(test_removal_while_walking),
		cmocka_unit_test(test_against_a_model),
		cmocka_unit_test(test_free_frees_values),
		cmocka_unit_test(test_hash_spreads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
