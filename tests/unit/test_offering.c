/* SPDX-License-Identifier: MIT */
/* What reservations cost, and what they are worth. */
#include "catalogue/price.h"
#include "tests/unit/offering_xml.h"

#include <stdio.h>

static bool costs(char *xml, const char *count, struct cost *cost)
{
	struct cell cell;
	bool ok;

	cell_open(&cell, xml, NULL);
	ok = cost_offering(&cell, count_field, count, cost);
	cell_close(&cell);
	free(xml);
	return ok;
}

static void test_amounts(void **state)
{
	int64_t n = 0;

	(void)state;
	assert_true(cost_read("508.0", &n) && n == 508000000000);
	assert_true(cost_read("0.0123456789", &n) && n == 12345678);
	assert_true(cost_read("12", &n) && n == 12000000000);
	assert_true(cost_read(".5", &n) && n == 500000000);
	assert_false(cost_read("", &n));
	assert_false(cost_read(".", &n));
	assert_false(cost_read("-1", &n));
	assert_false(cost_read("1.2.3", &n));
	assert_false(cost_read("1e3", &n));
	assert_false(cost_read("99999999999999999999", &n));
}

static void test_no_price(void **state)
{
	struct cost cost;

	(void)state;
	assert_false(costs(strdup("<item/>"), "1", &cost));
	assert_false(costs(offering("", "0.1", ""), "1", &cost));
	assert_false(costs(offering("1.0", "x", ""), "1", &cost));
	assert_false(costs(offering("1.0", "0.1", ""), "0", &cost));
	assert_false(costs(offering("1.0", "0.1", ""), "a", &cost));
	assert_false(costs(strdup("<item><duration>0</duration><fixedPrice>1"
		"</fixedPrice></item>"), "1", &cost));
	assert_false(costs(strdup("<item><duration>" YEAR "</duration>"
		"<fixedPrice>1</fixedPrice><recurringCharges><item>"
		"<frequency>Daily</frequency><amount>1</amount></item>"
		"</recurringCharges></item>"), "1", &cost));
	assert_false(costs(offering("9000000000", "0", ""), "1000", &cost));
}

static void test_price(void **state)
{
	struct cost cost;

	(void)state;
	assert_true(costs(offering("508.0", "0.0", M7I), "4", &cost));
	assert_int_equal(cost.now, 2032 * (int64_t)COST_UNIT);
	assert_int_equal(cost.hourly, 0);
	assert_int_equal(cost.total, cost.now);
	assert_int_equal(cost.hours, 8760);
	assert_string_equal(cost.currency, "USD");
	assert_true(costs(offering("0.0", "0.0612345", M7I), NULL, &cost));
	assert_int_equal(cost.now, 0);
	assert_int_equal(cost.hourly, 61235);   /* to a millionth */
	/* 0.0612345 × 8760 = 536.41422: exact, then to the cent */
	assert_int_equal(cost.total, 536410000);
	assert_true(costs(offering("96.5", "0.01",
		"<usagePrice>0.5</usagePrice>"), "3", &cost));
	assert_int_equal(cost.now, 289500000);
	assert_int_equal(cost.total, 289500000 + 3 * 87600000);
}

/* Sellers ask each their own; the cheapest are sold first. */
static void test_marketplace(void **state)
{
	static const char heaps[] = "<pricingDetailsSet>"
		"<item><price>120.0</price><count>2</count></item>"
		"<item><price>96.0</price><count>3</count></item>"
		"</pricingDetailsSet>";
	struct cost cost;

	(void)state;
	assert_true(costs(offering("0.0", "0.0", heaps), "3", &cost));
	assert_int_equal(cost.now, 288 * (int64_t)COST_UNIT);
	assert_true(costs(offering("0.0", "0.0", heaps), "5", &cost));
	assert_int_equal(cost.now, 528 * (int64_t)COST_UNIT);
	assert_false(costs(offering("0.0", "0.0", heaps), "6", &cost));
	assert_false(costs(offering("0.0", "0.0", "<pricingDetailsSet><item>"
		"<price>1.0</price></item></pricingDetailsSet>"), "1",
		&cost));
}

static void test_on_demand(void **state)
{
	int64_t n = 0;

	(void)state;
#define PRICE(type, platform, tenancy, region) \
	price_on_demand(type, platform, tenancy, region, &n)
	assert_true(PRICE("m7i.large", "Linux/UNIX", "default", "us-east-1"));
	assert_int_equal(n, 100800);
	assert_true(PRICE("m7i.4xlarge", "Linux/UNIX", "default",
		"us-west-2"));
	assert_int_equal(n, 806400);
	assert_true(PRICE("t3.micro", "Linux/UNIX", "default", "us-east-1"));
	assert_int_equal(n, 10400);
	assert_false(PRICE("c5.medium", "Linux/UNIX", "default",
		"us-east-1"));
	assert_false(PRICE("m7i.large", "Windows", "default", "us-east-1"));
	assert_false(PRICE("m7i.large", "Linux/UNIX", "dedicated",
		"us-east-1"));
	assert_false(PRICE("m7i.large", "Linux/UNIX", "default",
		"eu-west-1"));
	assert_false(PRICE("m7i.metal-24xl", "Linux/UNIX", "default",
		"us-east-1"));
	assert_false(PRICE("m7", "Linux/UNIX", "default", "us-east-1"));
	assert_false(PRICE("", "Linux/UNIX", "default", "us-east-1"));
	assert_int_equal(price_size("x.nano"), 1);
	assert_int_equal(price_size("x.24xlarge"), 768);
	assert_int_equal(price_size("x.metal"), 0);
	assert_false(price_is_flexible("g5.xlarge"));
	assert_false(price_is_flexible("m7i.metal-24xl"));
	assert_true(price_is_flexible("m7i.large"));
}

static struct offering_worth worth_of(char *xml, int64_t count,
	const char *region)
{
	struct offering_worth worth;
	struct offering o;
	struct cell cell;
	struct cost cost;
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)count);
	cell_open(&cell, xml, NULL);
	offering_read(&cell, &o);
	assert_string_equal(o.platform, "Linux/UNIX");
	assert_true(cost_offering(&cell, count_field, text, &cost));
	offering_worth(&o, &cost, count, region, &worth);
	cell_close(&cell);
	free(xml);
	return worth;
}

/* The sketch of the wizard's last step. */
static void test_worth(void **state)
{
	struct offering_worth w = worth_of(offering("508.0", "0.0", M7I), 4,
		"us-east-1");

	(void)state;
	assert_true(w.known);
	assert_int_equal(w.effective, 57990);
	assert_int_equal(w.tenths, 69);
	assert_int_equal(w.saves, 1500030000);     /* $1,500.03 */
	w = worth_of(offering("0.0", "0.06", M7I), 1, "us-east-1");
	assert_int_equal(w.tenths, 0);
	w = worth_of(offering("900.0", "0.0", M7I), 1, "us-east-1");
	assert_int_equal(w.tenths, -1);
	assert_true(w.saves < 0);
	w = worth_of(offering("1.0", "0.2", M7I), 1, "us-east-1");
	assert_int_equal(w.tenths, -1);
	w = worth_of(offering("508.0", "0.0", M7I), 1, "eu-west-1");
	assert_false(w.known);
	assert_int_equal(w.effective, 57990);
}

static void breaks_even(char *xml, const char *region, bool plain,
	const char *want)
{
	struct cell cell;

	cell_open(&cell, xml, NULL);
	with_text(&cell, NULL);
	cell.region = region;
	cell.plain = plain;
	gives(derive_offering_break_even, &cell, want);
	cell_close(&cell);
	free(xml);
}

static void test_break_even_cell(void **state)
{
	(void)state;
	breaks_even(offering("508.0", "0.0", M7I), "us-east-1", false,
		"6.9 mo");
	breaks_even(offering("508.0", "0.0", M7I), "us-east-1", true, "6.9");
	breaks_even(offering("900.0", "0.0", M7I), "us-east-1", false,
		"never");
	assert_int_equal(role, ROLE_BAD);
	breaks_even(offering("508.0", "0.0", M7I), "eu-west-1", false, "");
	breaks_even(strdup("<item/>"), "us-east-1", false, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_amounts),
		cmocka_unit_test(test_no_price),
		cmocka_unit_test(test_price),
		cmocka_unit_test(test_marketplace),
		cmocka_unit_test(test_on_demand),
		cmocka_unit_test(test_worth),
		cmocka_unit_test(test_break_even_cell),
	};
	int failed;

	reader_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_global_clear();
	return failed;
}
