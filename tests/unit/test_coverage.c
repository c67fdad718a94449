/* SPDX-License-Identifier: MIT */
/* What reservations would serve of what runs today, beside what is reserved
 * already; and what people read of it. */
#include "tests/unit/offering_xml.h"

#define MOST 32

/* Rows of a fleet or of what is reserved, from little words. */
struct rows {
	struct cell cells[MOST];
	struct review_rows rows;
};

static void add_row(struct rows *r, char *xml)
{
	assert_true(r->rows.count < MOST);
	cell_open(&r->cells[r->rows.count++], xml, NULL);
	r->rows.items = r->cells;
	free(xml);
}

static void runs(struct rows *r, size_t count, const char *type,
	const char *zone, const char *more)
{
	for (size_t i = 0; i < count; i++) {
		struct str xml = STR_INIT;

		str_addf(&xml, "<item><instanceType>%s</instanceType>"
			"<placement><availabilityZone>%s</availabilityZone>"
			"<tenancy>default</tenancy></placement>%s</item>",
			type, zone, *more ? more : "<platformDetails>"
			"Linux/UNIX</platformDetails><instanceState><name>"
			"running</name></instanceState>");
		add_row(r, str_take(&xml));
	}
}

static char *reserved_xml(const char *state, unsigned count,
	const char *type, const char *zone, const char *more)
{
	struct str xml = STR_INIT;

	str_addf(&xml, "<item><instanceType>%s</instanceType>%s%s%s"
		"<instanceCount>%u</instanceCount><state>%s</state>%s</item>",
		type, *zone ? "<availabilityZone>" : "", zone, *zone ?
		"</availabilityZone>" : "", count, state, *more ? more :
		"<productDescription>Linux/UNIX</productDescription>"
		"<instanceTenancy>default</instanceTenancy>");
	return str_take(&xml);
}

static void reserve(struct rows *r, unsigned count, const char *type,
	const char *zone, const char *more)
{
	add_row(r, reserved_xml("active", count, type, zone, more));
}

static void rows_clear(struct rows *r)
{
	for (size_t i = 0; i < r->rows.count; i++)
		cell_close(&r->cells[i]);
	memset(r, 0, sizeof(*r));
}

static struct rows fleet, reserved;

static struct coverage cover(const char *type, const char *zone,
	size_t count, const char *more)
{
	char *xml = reserved_xml("", 1, type, zone, more);
	struct coverage c;
	struct offering o;
	struct cell cell;

	cell_open(&cell, xml, NULL);
	offering_read(&cell, &o);
	coverage_compute(&o, count, &fleet.rows, &reserved.rows, &c);
	cell_close(&cell);
	free(xml);
	return c;
}

static int clear(void **state)
{
	(void)state;
	rows_clear(&fleet);
	rows_clear(&reserved);
	return 0;
}

static void test_nothing_runs(void **state)
{
	struct coverage c = cover("m7i.large", "", 3, "");

	(void)state;
	assert_int_equal(c.running, 0);
	assert_int_equal(c.more, 0);
	assert_int_equal(c.units, 0);
	reserve(&reserved, 5, "m7i.large", "", "");
	c = cover("m7i.large", "us-east-1a", 3, "");
	assert_int_equal(c.running + c.reserved + c.more, 0);
	assert_false(c.flexible);
}

static void test_in_a_zone(void **state)
{
	struct coverage c;

	(void)state;
	runs(&fleet, 6, "m7i.large", "us-east-1c", "");
	runs(&fleet, 3, "m7i.large", "us-east-1a", "");
	runs(&fleet, 2, "m7i.xlarge", "us-east-1c", "");
	c = cover("m7i.large", "us-east-1c", 4, "");
	assert_int_equal(c.running, 6);
	assert_int_equal(c.reserved, 0);
	assert_int_equal(c.more, 4);
	reserve(&reserved, 4, "m7i.large", "us-east-1c", "");
	reserve(&reserved, 9, "m7i.large", "us-east-1b", "");
	c = cover("m7i.large", "us-east-1c", 4, "");
	assert_int_equal(c.reserved, 4);
	assert_int_equal(c.more, 2);
	c = cover("m7i.large", "us-east-1a", 4, "");
	assert_int_equal(c.running, 3);
	assert_int_equal(c.more, 3);
}

/* What is reserved in the zone goes first, what is in the region next, and
 * from the smallest size on. */
static void test_in_a_region(void **state)
{
	struct coverage c;

	(void)state;
	runs(&fleet, 2, "m7i.xlarge", "us-east-1a", "");
	runs(&fleet, 3, "m7i.large", "us-east-1c", "");
	runs(&fleet, 1, "m7i.metal-24xl", "us-east-1c", "");
	reserve(&reserved, 1, "m7i.large", "us-east-1c", "");
	c = cover("m7i.large", "", 4, "");
	assert_true(c.flexible);
	assert_int_equal(c.running, 3);
	assert_int_equal(c.reserved, 1);
	assert_int_equal(c.more, 2);
	assert_int_equal(c.units, 3 * 16 + 2 * 32);
	assert_int_equal(c.units_reserved, 16);
	assert_int_equal(c.units_more, 4 * 16);
	reserve(&reserved, 2, "m7i.xlarge", "", "");
	c = cover("m7i.large", "", 4, "");
	assert_int_equal(c.reserved, 3);
	assert_int_equal(c.more, 0);
	assert_int_equal(c.units_reserved, 16 + 64);
	assert_int_equal(c.units_more, 32);
}

static void test_not_flexible(void **state)
{
	static const char windows[] = "<productDescription>Windows "
		"(Amazon VPC)</productDescription><instanceTenancy>default"
		"</instanceTenancy>";
	struct coverage c;

	(void)state;
	runs(&fleet, 2, "g5.xlarge", "us-east-1a", "");
	runs(&fleet, 2, "g5.2xlarge", "us-east-1b", "");
	reserve(&reserved, 1, "g5.2xlarge", "", "");
	c = cover("g5.xlarge", "", 9, "");
	assert_false(c.flexible);
	assert_int_equal(c.more, 2);
	runs(&fleet, 3, "m7i.large", "us-east-1a", "<platform>windows"
		"</platform><instanceState><name>running</name>"
		"</instanceState>");
	c = cover("m7i.large", "", 2, windows);
	assert_false(c.flexible);
	assert_int_equal(c.running, 3);
	assert_int_equal(c.more, 2);
	assert_int_equal(cover("m7i.large", "", 2, "").running, 0);
}

static void test_what_is_not_reserved(void **state)
{
	static const char dedicated[] = "<productDescription>Linux/UNIX"
		"</productDescription><instanceTenancy>dedicated"
		"</instanceTenancy>";
	struct coverage c;

	(void)state;
	runs(&fleet, 1, "m7i.large", "us-east-1a", "<instanceLifecycle>spot"
		"</instanceLifecycle><instanceState><name>running</name>"
		"</instanceState>");
	runs(&fleet, 1, "m7i.large", "us-east-1a", "<instanceState><name>"
		"stopped</name></instanceState>");
	assert_int_equal(cover("m7i.large", "", 1, "").running, 0);
	runs(&fleet, 2, "m7i.large", "us-east-1a", "");
	add_row(&reserved, reserved_xml("retired", 9, "m7i.large", "", ""));
	add_row(&reserved, reserved_xml("payment-pending", 9, "m7i.large",
		"", ""));
	reserve(&reserved, 9, "m7i.large", "", dedicated);
	c = cover("m7i.large", "", 1, "");
	assert_int_equal(c.running, 2);
	assert_int_equal(c.reserved, 0);
	assert_int_equal(cover("m7i.large", "", 1, dedicated).running, 0);
}

#define ABOUT "Offering|m7i.large · us-east-1c · Linux/UNIX · standard · " \
	"1 year\n|All Upfront · shared · 438e012c\n"
#define MONEY "Now|4 × $508.00 = $2,032.00 · each hour after $0.00\n" \
	"Whole term|$2,032.00 · effective $0.0580/h · on demand $0.1008/h\n" \
	"|breaks even after 6.9 months of 24×7 · saves $1,500.03\n" \
	"|on demand by AWS's price list of January 2025\n"

static void test_running_cell(void **state)
{
	static const char running[] = "<reservationSet><item/><item>"
		"<instancesSet><item><instanceType>m7i.large</instanceType>"
		"<placement><availabilityZone>us-east-1c</availabilityZone>"
		"<tenancy>default</tenancy></placement><instanceState><name>"
		"running</name></instanceState></item><item><instanceType>"
		"m7i.large</instanceType><instanceState><name>running</name>"
		"</instanceState><placement><availabilityZone>us-east-1a"
		"</availabilityZone></placement></item></instancesSet></item>"
		"</reservationSet>";
	char *region = offering("1.0", "0.0", M7I);
	char *zone = offering("1.0", "0.0", M7I "<availabilityZone>"
		"us-east-1a</availabilityZone>");
	struct cell cell;

	(void)state;
	cell_open(&cell, region, running);
	gives(derive_offering_running, &cell, "2");
	cell.join_pending = true;
	gives(derive_offering_running, &cell, "…");
	cell_close(&cell);
	cell_open(&cell, zone, running);
	gives(derive_offering_running, &cell, "1");
	cell_close(&cell);
	cell_open(&cell, zone, NULL);
	gives(derive_offering_running, &cell, "0");
	assert_int_equal(role, ROLE_DIM);
	cell.join_refused = true;
	gives(derive_offering_running, &cell, "?");
	cell_close(&cell);
	free(region);
	free(zone);
}

static void test_review(void **state)
{
	char *xml = offering("508.0", "0.0", M7I "<availabilityZone>"
		"us-east-1c</availabilityZone><offeringClass>standard"
		"</offeringClass><offeringType>All Upfront</offeringType>");
	struct review_rows beside[2] = { { .why = "denied" } };
	struct review_lines lines = { 0 };
	struct str text = STR_INIT;
	struct cell cell;
	struct cost cost;
	struct review_in in = { .row = &cell, .field = count_field,
		.data = "4", .cost = &cost, .beside = beside };

	(void)state;
	cell_open(&cell, xml, NULL);
	cell.region = "us-east-1";
	assert_true(cost_offering(&cell, count_field, "4", &cost));
	review_offering(&in, &lines);
	runs(&fleet, 9, "m7i.large", "us-east-1c", "");
	reserve(&reserved, 7, "m7i.large", "us-east-1c", "");
	beside[0] = fleet.rows;
	beside[1] = reserved.rows;
	review_offering(&in, &lines);
	for (size_t i = 0; i < lines.count; i++)
		str_addf(&text, "%s|%s\n", lines.items[i].label,
			lines.items[i].text);
	assert_string_equal(text.p,
		ABOUT "Covers|not known: denied\n" MONEY
		ABOUT "Covers|2 more of your 9 running m7i.large, 7 reserved "
		"already\n|so not all 4 would be in use today\n" MONEY);
	str_clear(&text);
	review_lines_clear(&lines);
	cell_close(&cell);
	free(xml);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, clear)
	const struct CMUnitTest tests[] = {
		TEST(test_nothing_runs),
		TEST(test_in_a_zone),
		TEST(test_in_a_region),
		TEST(test_not_flexible),
		TEST(test_what_is_not_reserved),
		TEST(test_running_cell),
		TEST(test_review),
	};
	int failed;

	reader_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_global_clear();
	return failed;
}
