/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/random.h"
#include "fetch/ids.h"

#define MOST 3000

/* Row i of the only segment has this identity. */
static uint64_t identities[MOST];

static uint64_t identity(const void *owner, struct place place)
{
	assert_ptr_equal(owner, identities);
	assert_int_equal(place.segment, 0);
	return identities[place.row];
}

static struct ids new_ids(void)
{
	return (struct ids){ .identity = identity, .owner = identities };
}

static void test_empty(void **state)
{
	struct ids ids = new_ids();

	(void)state;
	assert_null(ids_find(&ids, 0));
	ids_remove(&ids, 7);
	assert_int_equal(ids_count(&ids), 0);
	assert_int_equal(ids_bytes(&ids), 0);
	ids_clear(&ids);
}

/* Against a plain array of what is in it; identities that differ little, and
 * those of one share alone, are the hard ones. */
static void churn(uint64_t step)
{
	struct ids ids = new_ids();
	bool there[MOST] = { false };
	uint64_t seed = 11;
	size_t count = 0;

	for (uint32_t i = 0; i < MOST; i++)
		identities[i] = i * step;
	for (int turn = 0; turn < 60000; turn++) {
		uint32_t i = (uint32_t)(random_next(&seed) % MOST);
		struct place *place = ids_find(&ids, identities[i]);

		assert_int_equal(place != NULL, there[i]);
		if (place)
			assert_int_equal(place->row, i);
		if (!there[i]) {
			ids_add(&ids, identities[i], (struct place){ 0, i });
			there[i] = true;
			count++;
		} else if (random_next(&seed) % 3 == 0) {
			ids_remove(&ids, identities[i]);
			there[i] = false;
			count--;
		}
	}
	assert_int_equal(ids_count(&ids), count);
	for (uint32_t i = 0; i < MOST; i++)
		assert_int_equal(ids_find(&ids, identities[i]) != NULL,
			there[i]);
	ids_clear(&ids);
}

static void test_churn(void **state)
{
	(void)state;
	churn(1);
	churn(64);
	churn(0x0100000000000000u / 4096);
	churn(0x9e3779b97f4a7c15u);
}

static void test_size(void **state)
{
	struct ids ids = new_ids();

	(void)state;
	for (uint32_t i = 0; i < MOST; i++) {
		identities[i] = i;
		ids_add(&ids, i, (struct place){ 0, i });
	}
	assert_true(ids_bytes(&ids) <= 16 * MOST);
	ids_clear(&ids);
}

static void test_lookup(void **state)
{
	struct lookup l = { 0 };

	(void)state;
	assert_int_equal(lookup_get(&l, 0), LOOKUP_NONE);
	for (uint32_t i = 0; i < 1000; i++)
		lookup_set(&l, (uint64_t)i << 32, i);
	lookup_set(&l, 0, 77);
	assert_int_equal(l.count, 1000);
	assert_int_equal(lookup_get(&l, 0), 77);
	for (uint32_t i = 1; i < 1000; i++)
		assert_int_equal(lookup_get(&l, (uint64_t)i << 32), i);
	assert_int_equal(lookup_get(&l, 5), LOOKUP_NONE);
	lookup_clear(&l);
	assert_int_equal(lookup_get(&l, 0), LOOKUP_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_churn),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_lookup)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
