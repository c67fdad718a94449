/* SPDX-License-Identifier: MIT */
#include "aws/service.h"
#include "aws/sts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const struct parameter parameters[] = {
	{ .path = "InstanceIds[]" },
	{ .path = "Tags{}" },
	{ .path = "Tag" },
	{ 0 }
};

static const struct operation operation = {
	.name = "Try", .parameters = parameters
};

static void test_unknown(void **state)
{
	const struct operation bare = { .name = "Bare" };

	(void)state;
	assert_null(operation_parameter(&bare, "x"));
	assert_null(operation_parameter(&operation, ""));
	assert_null(operation_parameter(&operation, "InstanceIds"));
	assert_null(operation_parameter(&operation, "Tags"));
	assert_null(operation_parameter(&operation, "Tags{env"));
	assert_null(operation_parameter(&operation, "tag"));
}

static void test_found(void **state)
{
	(void)state;
	assert_ptr_equal(operation_parameter(&operation, "InstanceIds[]"),
		&parameters[0]);
	assert_ptr_equal(operation_parameter(&operation, "Tags{env}"),
		&parameters[1]);
	assert_ptr_equal(operation_parameter(&operation, "Tags{}"),
		&parameters[1]);
	assert_ptr_equal(operation_parameter(&operation, "Tag"),
		&parameters[2]);
}

/* What is left out must come out as the careful choice. */
static void test_unset_is_change(void **state)
{
	const struct operation unset = { .name = "Unset" };

	(void)state;
	assert_int_equal(unset.effect, EFFECT_CHANGE);
	assert_false(effect_is_read(unset.effect));
	assert_false(operation_is_repeatable(&unset));
	for (int effect = 0; effect < EFFECT_COUNT; effect++) {
		bool read = effect == EFFECT_READ ||
			effect == EFFECT_READ_BILLED;

		assert_int_equal(effect_is_read((enum effect)effect), read);
		assert_true(strlen(effect_name((enum effect)effect)) > 3);
	}
	assert_string_equal(effect_name((enum effect)99), "change");
	assert_string_equal(effect_name(EFFECT_READ_SECRET), "read-secret");
}

static void test_repeatable(void **state)
{
	const struct operation read = { .effect = EFFECT_READ };
	const struct operation hides = { .effect = EFFECT_HIDES };
	const struct operation billed = { .effect = EFFECT_READ_BILLED };
	const struct operation token = { .repeat = REPEAT_TOKEN };

	(void)state;
	assert_true(operation_is_repeatable(&read));
	assert_true(operation_is_repeatable(&token));
	assert_false(operation_is_repeatable(&hides));
	assert_false(operation_is_repeatable(&billed));
}

static void test_sts_rows(void **state)
{
	const struct operation *assume = sts_assume_role();

	(void)state;
	assert_string_equal(sts_service()->prefix, "sts");
	assert_true(effect_is_read(assume->effect));
	assert_true(operation_parameter(assume, "TokenCode")->secret);
	assert_true(operation_parameter(sts_assume_role_with_web_identity(),
		"WebIdentityToken")->secret);
	assert_string_equal(sts_get_caller_identity()->name,
		"GetCallerIdentity");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_unset_is_change),
		cmocka_unit_test(test_repeatable),
		cmocka_unit_test(test_sts_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
