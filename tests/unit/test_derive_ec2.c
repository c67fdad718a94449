/* SPDX-License-Identifier: MIT */
#include "derive_cell.h"

static void empty_rows_give_empty_cells(void **state)
{
	static derive_function *const functions[] = {
		derive_image_shared, derive_snapshot_shared,
		derive_snapshot_volume, derive_volume_state,
		derive_volume_change, derive_type_memory,
		derive_reserved_used, derive_reserved_where,
		derive_reserved_paid, derive_reserved_class,
		derive_reserved_term, derive_reserved_id,
		derive_reserved_hourly, derive_offering_effective,
		derive_offering_total
	};
	static const char *const rows[] = {
		"<r/>", "<r><item/><instancesSet/></r>",
		"<r><recurringCharges>x</recurringCharges><item>x</item></r>"
	};
	struct cell cell;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cell_open(&cell, rows[i], i ? rows[i] : NULL);
		for (size_t k = 0; k < sizeof(functions) /
		     sizeof(functions[0]); k++)
			gives(functions[k], &cell, "");
		gives(derive_instance_count, &cell, "0");
		cell_close(&cell);
	}
}

static void what_is_not_known_yet_says_so(void **state)
{
	static derive_function *const functions[] = {
		derive_image_shared, derive_snapshot_shared,
		derive_volume_change, derive_instance_count,
		derive_reserved_used
	};
	struct cell cell;
	(void)state;

	cell_open(&cell, "<r><state>active</state></r>", NULL);
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		cell.join_pending = true;
		gives(functions[i], &cell, "\342\200\246");
		cell.join_pending = false;
		cell.join_refused = true;
		gives(functions[i], &cell, "?");
		assert_int_equal(role, ROLE_DIM);
		cell.join_refused = false;
	}
	cell_close(&cell);
}

#define ALL "<p><item><userId>1</userId></item>" \
	"<item><group>all</group></item></p>"
#define TWO "<p><item><userId>1</userId></item><item><organizationArn>o" \
	"</organizationArn></item></p>"

static void what_others_may_use_stands_out(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<r/>", ALL);
	gives(derive_snapshot_shared, &cell, "ALL");
	assert_int_equal(role, ROLE_BAD);
	gives(derive_image_shared, &cell, "ALL");
	assert_int_equal(role, ROLE_BAD);
	cell.plain = true;
	gives(derive_snapshot_shared, &cell, "all");
	cell_close(&cell);
	cell_open(&cell, "<r/>", TWO);
	gives(derive_snapshot_shared, &cell, "2");
	assert_int_equal(role, ROLE_WARN);
	gives(derive_image_shared, &cell, "yes");
	assert_int_equal(role, ROLE_WARN);
	cell_close(&cell);
	cell_open(&cell, "<r><isPublic>true</isPublic></r>", NULL);
	cell.join_pending = true;        /* the list said it already */
	gives(derive_image_shared, &cell, "ALL");
	cell_close(&cell);
}

static void what_is_ones_own_is_not_shared_with_one(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<s><ownerId>123456789012</ownerId></s>", NULL);
	assert_false(hidden_own(&cell));
	cell.account = "";               /* not known yet */
	assert_false(hidden_own(&cell));
	cell.account = "210987654321";
	assert_false(hidden_own(&cell));
	cell.account = "123456789012";
	assert_true(hidden_own(&cell));
	cell_close(&cell);
	cell_open(&cell, "<s/>", NULL);
	cell.account = "";
	assert_false(hidden_own(&cell));
	cell_close(&cell);
}

static void volumes_say_what_they_go_through(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<r/>", "<v><volumeStatus><status>impaired</status>"
		"</volumeStatus><modificationState>optimizing"
		"</modificationState><progress>40</progress></v>");
	with_text(&cell, "in-use");
	gives(derive_volume_state, &cell, "x impaired");
	assert_int_equal(role, ROLE_BAD);
	gives(derive_volume_change, &cell, "~ optimizing 40%");
	cell.plain = true;
	cell.signs = NULL;
	gives(derive_volume_state, &cell, "in-use");
	gives(derive_volume_change, &cell, "optimizing");
	cell_close(&cell);
	cell_open(&cell, "<r/>", "<v><volumeStatus><status>ok</status>"
		"</volumeStatus><modificationState>completed"
		"</modificationState><progress>100</progress></v>");
	with_text(&cell, "in-use");
	gives(derive_volume_state, &cell, "* in-use");
	gives(derive_volume_change, &cell, "* completed");
	cell_close(&cell);
}

static void a_gone_volume_is_dim(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<r/>", NULL);
	with_text(&cell, "vol-1");
	cell.join_pending = true;
	gives(derive_snapshot_volume, &cell, "vol-1");
	assert_int_equal(role, ROLE_TEXT);
	cell.join_pending = false;
	gives(derive_snapshot_volume, &cell, "vol-1");
	assert_int_equal(role, ROLE_DIM);
	cell_close(&cell);
}

#define INSTANCE(zone, more) "<item><platformDetails>Linux/UNIX" \
	"</platformDetails><placement><availabilityZone>" zone \
	"</availabilityZone><tenancy>default</tenancy></placement>" more \
	"</item>"
#define RUNNING "<s><item><instancesSet>" INSTANCE("z-a", "") \
	INSTANCE("z-a", "") INSTANCE("z-b", "") "</instancesSet></item>" \
	"<item><instancesSet>" INSTANCE("z-a", "") INSTANCE("z-c", "") \
	INSTANCE("z-a", "<instanceLifecycle>spot</instanceLifecycle>") \
	"<item><platformDetails>Windows</platformDetails><placement>" \
	"<availabilityZone>z-a</availabilityZone><tenancy>default</tenancy>" \
	"</placement></item></instancesSet></item></s>"
#define RESERVED(zone, count, state) "<item><instanceType>t</instanceType>" \
	"<availabilityZone>" zone "</availabilityZone><instanceCount>" count \
	"</instanceCount><productDescription>Linux/UNIX (Amazon VPC)" \
	"</productDescription><state>" state "</state><instanceTenancy>" \
	"default</instanceTenancy></item>"

/* Three run in z-a, one in z-b, one in z-c; a spot instance and one with
 * Windows are nobody's business here. */
static void reservations_share_what_runs(void **state)
{
	static const char rows[] = "<r>" RESERVED("", "3", "active")
		RESERVED("z-a", "2", "active") RESERVED("z-a", "4", "active")
		RESERVED("z-b", "9", "retired") RESERVED("", "2", "active")
		RESERVED("z-d", "1", "active") "</r>";
	static const char *const want[] = {
		"2/3", "2/2", "1/4", "", "0/2", "0/1"
	};
	static const enum role roles[] = {
		ROLE_WARN, ROLE_TEXT, ROLE_WARN, ROLE_TEXT, ROLE_WARN,
		ROLE_WARN
	};
	struct cell cell;
	size_t i = 0;
	(void)state;

	cell_open(&cell, rows, RUNNING);
	for (uint32_t n = doc_child(cell.doc, 0); n != DOC_NONE;
	     n = doc_next(cell.doc, n)) {
		cell.node = n;
		gives(derive_reserved_used, &cell, want[i]);
		assert_int_equal(role, roles[i]);
		i++;
	}
	assert_int_equal(i, sizeof(want) / sizeof(want[0]));
	cell.node = doc_child(cell.doc, 0);
	gives(derive_instance_count, &cell, "7");
	cell_close(&cell);
}

static void offers_are_reckoned_by_the_hour(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<o><fixedPrice>876.0</fixedPrice><usagePrice>0.01"
		"</usagePrice><duration>31536000</duration><recurringCharges>"
		"<item><frequency>Hourly</frequency><amount>0.02</amount>"
		"</item><item><frequency>Yearly</frequency><amount>9"
		"</amount></item></recurringCharges></o>", NULL);
	gives(derive_reserved_hourly, &cell, "$0.03");
	assert_int_equal(role, ROLE_MONEY);
	gives(derive_offering_effective, &cell, "$0.13");
	gives(derive_offering_total, &cell, "$1,138.80");
	cell.plain = true;
	gives(derive_reserved_hourly, &cell, "0.0300");
	gives(derive_offering_effective, &cell, "0.1300");
	gives(derive_offering_total, &cell, "1138.80");
	cell_close(&cell);
	cell_open(&cell, "<o><fixedPrice>1.0</fixedPrice><usagePrice>0.0"
		"</usagePrice></o>", NULL);      /* for how long? */
	gives(derive_offering_effective, &cell, "");
	cell_close(&cell);
}

static void words_of_reservations_are_short(void **state)
{
	static const struct {
		derive_function *derive;
		const char *text, *want;
	} rows[] = {
		{ derive_reserved_paid, "All Upfront", "all" },
		{ derive_reserved_paid, "Heavy Utilization",
		  "Heavy Utilization" },
		{ derive_reserved_class, "convertible", "conv" },
		{ derive_reserved_class, "other", "other" },
		{ derive_reserved_term, "94608000", "3y" },
		{ derive_reserved_term, "2592000", "30d" },
		{ derive_reserved_term, "soon", "soon" },
		{ derive_reserved_id, "e5a2ff3b-7d14", "e5a2ff3b" },
		{ derive_offering_seller, "true", "other" },
		{ derive_offering_seller, "false", "AWS" },
		{ derive_type_memory, "512", "0.5" },
		{ derive_type_memory, "25165824", "24576" },
		{ derive_reserved_where, "us-east-1a", "us-east-1a" },
		{ derive_reserved_where, NULL, "us-east-1" }
	};
	struct cell cell;
	(void)state;

	cell_open(&cell, "<r/>", NULL);
	cell.region = "us-east-1";
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		with_text(&cell, rows[i].text);
		gives(rows[i].derive, &cell, rows[i].want);
	}
	cell.plain = true;
	for (size_t i = 0; i < 8; i++) {         /* as AWS writes it */
		with_text(&cell, rows[i].text);
		gives(rows[i].derive, &cell, rows[i].text);
	}
	cell_close(&cell);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_rows_give_empty_cells),
		cmocka_unit_test(what_is_not_known_yet_says_so),
		cmocka_unit_test(what_others_may_use_stands_out),
		cmocka_unit_test(what_is_ones_own_is_not_shared_with_one),
		cmocka_unit_test(volumes_say_what_they_go_through),
		cmocka_unit_test(a_gone_volume_is_dim),
		cmocka_unit_test(reservations_share_what_runs),
		cmocka_unit_test(offers_are_reckoned_by_the_hour),
		cmocka_unit_test(words_of_reservations_are_short)
	};

	int failed;

	reader_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_global_clear();
	return failed;
}
