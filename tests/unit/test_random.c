/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"

#include <ctype.h>
#include <string.h>

/* First, while no seed is set: what the kernel gives does not repeat. */
static void test_unseeded_does_not_repeat(void **state)
{
	uint64_t a = random_u64();

	(void)state;
	assert_true(a != random_u64() || a != random_u64());
}

static void test_seed_repeats(void **state)
{
	uint64_t first[8];

	(void)state;
	random_seed(42);
	for (int i = 0; i < 8; i++)
		first[i] = random_u64();
	random_seed(42);
	for (int i = 0; i < 8; i++)
		assert_true(random_u64() == first[i]);
	random_seed(43);
	assert_true(random_u64() != first[0]);
}

/* The reference implementation's first numbers for seed 1234567. */
static void test_splitmix_vectors(void **state)
{
	static const uint64_t want[] = { 6457827717110365317u,
		3203168211198807973u, 9817491932198370423u,
		4593380528125082431u, 16408922859458223821u };
	uint64_t s = 1234567;

	(void)state;
	for (int i = 0; i < 5; i++)
		assert_true(random_next(&s) == want[i]);
	random_seed(1234567);
	assert_true(random_u64() == want[0]);
}

static void test_bounds(void **state)
{
	int seen[7] = { 0 };

	(void)state;
	random_seed(1);
	for (int i = 0; i < 7000; i++) {
		uint64_t n = random_below(7);
		double u = random_unit();

		assert_true(n < 7);
		seen[n]++;
		assert_true(u >= 0 && u < 1);
	}
	for (int i = 0; i < 7; i++)
		assert_in_range(seen[i], 800, 1200);
	assert_true(random_below(1) == 0);
	for (int i = 0; i < 100; i++)
		assert_true(random_below((1ull << 63) + 1) <= 1ull << 63);
}

static void test_uuid(void **state)
{
	char uuid[37], other[37];

	(void)state;
	for (int i = 0; i < 100; i++) {
		random_uuid(uuid);
		assert_int_equal(strlen(uuid), 36);
		for (int j = 0; j < 36; j++)
			if (j == 8 || j == 13 || j == 18 || j == 23)
				assert_int_equal(uuid[j], '-');
			else
				assert_true(isxdigit((unsigned char)uuid[j]));
		assert_int_equal(uuid[14], '4');
		assert_non_null(strchr("89ab", uuid[19]));
	}
	random_uuid(other);
	assert_string_not_equal(uuid, other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unseeded_does_not_repeat),
		cmocka_unit_test(test_seed_repeats),
		cmocka_unit_test(test_splitmix_vectors),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_uuid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
