/* SPDX-License-Identifier: MIT */
#include "catalogue/cost.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void shows(int64_t amount, const char *currency, const char *money,
	const char *plain, const char *words)
{
	struct str out = STR_INIT;

	cost_money(amount, currency, &out);
	assert_string_equal(out.p, money);
	str_reset(&out);
	cost_plain(amount, &out);
	assert_string_equal(out.p, plain);
	str_reset(&out);
	cost_words(amount, currency, &out);
	assert_string_equal(out.p, words);
	str_clear(&out);
}

static void test_amounts(void **state)
{
	(void)state;
	shows(0, "USD", "$0.00", "0.00", "no dollars");
	shows(COST_UNIT, "USD", "$1.00", "1.00", "one dollar");
	shows(2032 * (int64_t)COST_UNIT, "USD", "$2,032.00", "2032.00",
		"two thousand and thirty-two dollars");
	shows(58000, "USD", "$0.0580", "0.06", "no dollars and six cents");
	shows(1234567890000, "USD", "$1,234,567.89", "1234567.89",
		"one million two hundred and thirty-four thousand five "
		"hundred and sixty-seven dollars and eighty-nine cents");
	shows(100 * (int64_t)COST_UNIT + 10000, "USD", "$100.01", "100.01",
		"one hundred dollars and one cent");
	shows(19 * (int64_t)COST_UNIT, "CNY", "CNY 19.00", "19.00",
		"nineteen CNY");
	shows(1000 * (int64_t)COST_UNIT, "", "$1,000.00", "1000.00",
		"one thousand dollars");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_amounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
