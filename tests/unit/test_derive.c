/* SPDX-License-Identifier: MIT */
#include "derive_cell.h"

static void empty_rows_give_empty_cells(void **state)
{
	static derive_function *const functions[] = {
		derive_zone_letter, derive_arn_name, derive_kind, derive_tags,
		derive_instance_state, derive_instance_checks,
		derive_instance_up, derive_instance_imds,
		derive_region_title, derive_region_status, derive_s3_name,
		derive_snapshot_state,
		derive_s3_class, derive_s3_etag, derive_db_engine,
		derive_db_role, derive_db_zone, derive_db_pending,
		derive_db_backup, derive_db_endpoint
	};
	static const char *const rows[] = {
		"<r/>", "<r><tagSet/><TagList/><instanceState/></r>",
		"<r><tagSet>x</tagSet><DBClusterMembers/></r>"
	};
	struct cell cell;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cell_open(&cell, rows[i], i ? rows[i] : NULL);
		for (size_t k = 0; k < sizeof(functions) /
		     sizeof(functions[0]); k++)
			gives(functions[k], &cell, "");
		assert_false(hidden_instance(&cell));
		assert_false(hidden_s3_marker(&cell));
		cell_close(&cell);
	}
}

#define RUNNING "<i><instanceState><name>running</name></instanceState></i>"
#define STATUS(system, instance, more) "<s><systemStatus><status>" system \
	"</status></systemStatus><instanceStatus><status>" instance \
	"</status></instanceStatus>" more "</s>"
#define EVENT(code, about, when) "<item><code>" code "</code><description>" \
	about "</description><notBefore>" when "</notBefore></item>"

static void health_is_folded_into_the_state(void **state)
{
	static const struct {
		const char *joined, *state, *checks;
		enum role role;
	} rows[] = {
		{ STATUS("ok", "ok", ""), "* running", "2/2", ROLE_GOOD },
		{ STATUS("ok", "impaired", ""), "x run 1/2", "1/2", ROLE_BAD },
		{ STATUS("impaired", "impaired", "<attachedEbsStatus><status>"
			"ok</status></attachedEbsStatus>"),
		  "x run 1/3", "1/3", ROLE_BAD },
		{ STATUS("ok", "initializing", ""), "~ run 1/2", "1/2",
		  ROLE_TEXT },
		{ STATUS("ok", "insufficient-data", ""), "! run 1/2", "1/2",
		  ROLE_WARN },
		{ STATUS("ok", "ok", "<eventsSet>" EVENT("instance-retirement",
			"hardware", "2026-11-26T01:00:00.000Z")
			EVENT("system-reboot", "later",
			"2026-12-26T01:00:00.000Z") "</eventsSet>"),
		  "! retire 3d", "2/2", ROLE_WARN },
		{ STATUS("ok", "ok", "<eventsSet>" EVENT("system-reboot",
			"[Completed] was", "2026-11-26T01:00:00.000Z")
			"</eventsSet>"), "* running", "2/2", ROLE_GOOD },
		{ STATUS("ok", "ok", "<eventsSet>" EVENT("new-thing",
			"what", "2026-11-20T01:00:00.000Z") "</eventsSet>"),
		  "! event now", "2/2", ROLE_WARN },
		{ STATUS("ok", "ok", "<eventsSet>" EVENT("instance-stop",
			"what", "nonsense") "</eventsSet>"),
		  "! stop", "2/2", ROLE_WARN },
		{ STATUS("impaired", "ok", "<eventsSet>" EVENT("instance-stop",
			"what", "2026-11-26T01:00:00.000Z") "</eventsSet>"),
		  "x run 1/2", "1/2", ROLE_BAD },
		{ NULL, "* running", "", ROLE_GOOD }
	};
	struct cell cell;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cell_open(&cell, RUNNING, rows[i].joined);
		with_text(&cell, "running");
		gives(derive_instance_state, &cell, rows[i].state);
		assert_int_equal(role, rows[i].role);
		gives(derive_instance_checks, &cell, rows[i].checks);
		cell.plain = true;
		gives(derive_instance_state, &cell, "* running");
		cell_close(&cell);
	}
}

static void checks_say_when_they_are_not_there(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, RUNNING, NULL);
	cell.join_pending = true;
	gives(derive_instance_checks, &cell, "…");
	cell.join_pending = false;
	cell.join_refused = true;
	gives(derive_instance_checks, &cell, "?");
	cell_close(&cell);
	cell_open(&cell, "<i><instanceState><name>stopped</name>"
		"</instanceState></i>", STATUS("ok", "ok", ""));
	with_text(&cell, "stopped");
	gives(derive_instance_checks, &cell, "");
	gives(derive_instance_state, &cell, "o stopped");
	assert_int_equal(role, ROLE_DIM);
	cell.signs = NULL;
	gives(derive_instance_state, &cell, "stopped");
	cell_close(&cell);
}

static void only_what_runs_is_up(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, RUNNING, NULL);
	with_text(&cell, "2026-11-22T22:00:00.000Z");
	gives(derive_instance_up, &cell, "2h");
	cell.plain = true;
	gives(derive_instance_up, &cell, "2026-11-22T22:00:00Z");
	cell_close(&cell);
}

#define ENDED(reason, launched) "<i><instanceState><name>terminated</name>" \
	"</instanceState><reason>" reason "</reason><launchTime>" launched \
	"</launchTime></i>"

static void terminated_goes_after_an_hour(void **state)
{
	static const struct { const char *row; bool hidden; } rows[] = {
		{ ENDED("User initiated (2026-11-22 22:59:59 GMT)",
			"2026-11-22T23:30:00Z"), true },
		{ ENDED("User initiated (2026-11-22 23:00:01 GMT)",
			"2020-01-01T00:00:00Z"), false },
		{ ENDED("", "2026-11-22T22:00:00Z"), true },
		{ ENDED("(soon)", "2026-11-22T23:30:00Z"), false },
		{ ENDED("(what is this, who)", "nonsense"), false },
		{ RUNNING, false }
	};
	struct cell cell;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cell_open(&cell, rows[i].row, NULL);
		assert_int_equal(hidden_instance(&cell), rows[i].hidden);
		cell_close(&cell);
	}
}

#define ATTACHED "<item><instanceId>i-1</instanceId></item>"

static void volumes_say_who_uses_them(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<v><attachmentSet/></v>", NULL);
	gives(derive_volume_attached, &cell, "-");
	assert_int_equal(role, ROLE_TEXT);
	cell.signs = NULL;
	gives(derive_volume_attached, &cell, "");
	cell_close(&cell);

	cell_open(&cell, "<v><attachmentSet>" ATTACHED "</attachmentSet></v>",
		NULL);
	with_text(&cell, "i-1");
	gives(derive_volume_attached, &cell, "i-1");
	cell_close(&cell);

	cell_open(&cell, "<v><attachmentSet>" ATTACHED ATTACHED
		"</attachmentSet></v>", "<i><tagSet><item><key>Other</key>"
		"<value>no</value></item><item><key>Name</key><value>db-1"
		"</value></item></tagSet></i>");
	with_text(&cell, "i-1");
	gives(derive_volume_attached, &cell, "db-1 +1");
	cell.plain = true;
	gives(derive_volume_attached, &cell, "i-1");
	cell_close(&cell);
}

static void tags_leave_out_names_and_awss_own(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<v><tagSet><item><key>Name</key><value>x</value>"
		"</item><item><key>env</key><value>prod</value></item><item>"
		"<key>aws:x</key><value>y</value></item><item><key>team</key>"
		"<value/></item></tagSet></v>", NULL);
	gives(derive_tags, &cell, "env=prod team=");
	cell_close(&cell);
	cell_open(&cell, "<v><TagList><Tag><Key>env</Key><Value>prod</Value>"
		"</Tag></TagList></v>", NULL);
	gives(derive_tags, &cell, "env=prod");
	cell_close(&cell);
}

static void small_things(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<v/>", NULL);
	with_text(&cell, "us-east-1a");
	gives(derive_zone_letter, &cell, "a");
	with_text(&cell, "arn:aws:iam::123456789012:instance-profile/a/web");
	gives(derive_arn_name, &cell, "web");
	with_text(&cell, "plain");
	gives(derive_arn_name, &cell, "plain");
	with_text(&cell, "eu-west-1");
	gives(derive_region_title, &cell, "Europe (Ireland)");
	with_text(&cell, "no-such-region-1");
	gives(derive_region_title, &cell, "");
	with_text(&cell, "not-opted-in");
	gives(derive_region_status, &cell, "o disabled");
	with_text(&cell, "opted-in");
	gives(derive_region_status, &cell, "* enabled");
	with_text(&cell, "required");
	gives(derive_instance_imds, &cell, "v2");
	with_text(&cell, "optional");
	gives(derive_instance_imds, &cell, "v1+v2");
	assert_int_equal(role, ROLE_WARN);
	cell_close(&cell);
	cell_open(&cell, "<s><progress>37%</progress></s>", NULL);
	with_text(&cell, "pending");
	gives(derive_snapshot_state, &cell, "~ 37%");
	with_text(&cell, "completed");
	gives(derive_snapshot_state, &cell, "* completed");
	cell_close(&cell);
}

#define LEVEL(key) "<L><EncodingType>url</EncodingType><Key>" key "</Key></L>"

static void s3_names_are_relative(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, LEVEL("a+b/c%C3%A9%2B.txt"), NULL);
	cell.row_kind = "object";
	with_text(&cell, "a+b/c%C3%A9%2B.txt");
	gives(derive_s3_name, &cell, "a b/cé+.txt");
	cell.parent = "a b/";
	gives(derive_s3_name, &cell, "cé+.txt");
	cell.parent = "other/";
	gives(derive_s3_name, &cell, "a b/cé+.txt");
	assert_false(hidden_s3_marker(&cell));
	cell_close(&cell);

	cell_open(&cell, LEVEL("a+b/"), NULL);
	cell.parent = "a b/";
	cell.row_kind = "object";
	assert_true(hidden_s3_marker(&cell));
	cell.row_kind = "folder";
	assert_false(hidden_s3_marker(&cell));
	cell_close(&cell);
}

static void buckets_say_who_gets_in(void **state)
{
	static const struct { const char *joined, *want; enum role role; }
	rows[] = {
		{ "<P><IsPublic>true</IsPublic></P>", "PUBLIC", ROLE_BAD },
		{ "<P><IsPublic>false</IsPublic></P>", "policy", ROLE_TEXT },
		{ "<NoSuchBucketPolicy/>", "no policy", ROLE_DIM },
		{ NULL, "", ROLE_DIM }
	};
	struct cell cell;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cell_open(&cell, "<B/>", rows[i].joined);
		gives(derive_s3_access, &cell, rows[i].want);
		assert_int_equal(role, rows[i].role);
		cell_close(&cell);
	}
}

static void s3_classes_fold_restores(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<o/>", NULL);
	with_text(&cell, "STANDARD_IA");
	gives(derive_s3_class, &cell, "std-ia");
	with_text(&cell, "DEEP_ARCHIVE");
	gives(derive_s3_class, &cell, "deep");
	assert_int_equal(role, ROLE_DIM);
	with_text(&cell, "A_NEW_ONE");
	gives(derive_s3_class, &cell, "A_NEW_ONE");
	with_text(&cell, "\"d41d8cd98f00b204e9800998ecf8427e\"");
	gives(derive_s3_etag, &cell, "d41d8cd9");
	cell.plain = true;
	gives(derive_s3_etag, &cell, "d41d8cd98f00b204e9800998ecf8427e");
	with_text(&cell, "STANDARD_IA");
	gives(derive_s3_class, &cell, "STANDARD_IA");
	cell_close(&cell);

	cell_open(&cell, "<o><RestoreStatus><IsRestoreInProgress>true"
		"</IsRestoreInProgress></RestoreStatus></o>", NULL);
	with_text(&cell, "GLACIER");
	gives(derive_s3_class, &cell, "~ glacier");
	cell_close(&cell);
	cell_open(&cell, "<o><RestoreStatus><IsRestoreInProgress>false"
		"</IsRestoreInProgress><RestoreExpiryDate>2026-12-01T00:00:00Z"
		"</RestoreExpiryDate></RestoreStatus></o>", NULL);
	with_text(&cell, "GLACIER");
	gives(derive_s3_class, &cell, "* glacier");
	assert_int_equal(role, ROLE_TEXT);
	cell_close(&cell);
}

#define MEMBER "<d><DBInstanceIdentifier>b</DBInstanceIdentifier>" \
	"<DBClusterIdentifier>c</DBClusterIdentifier></d>"
#define CLUSTER "<c><DBClusterMembers><DBClusterMember>" \
	"<DBInstanceIdentifier>a</DBInstanceIdentifier><IsClusterWriter>true" \
	"</IsClusterWriter></DBClusterMember><DBClusterMember>" \
	"<DBInstanceIdentifier>b</DBInstanceIdentifier><IsClusterWriter>false" \
	"</IsClusterWriter></DBClusterMember></DBClusterMembers></c>"

static void databases_have_roles(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, MEMBER, CLUSTER);
	gives(derive_db_role, &cell, "reader");
	cell_close(&cell);
	cell_open(&cell, "<d><DBInstanceIdentifier>a</DBInstanceIdentifier>"
		"</d>", CLUSTER);
	gives(derive_db_role, &cell, "writer");
	cell_close(&cell);
	cell_open(&cell, MEMBER, NULL);
	cell.join_pending = true;
	gives(derive_db_role, &cell, "…");
	cell.join_pending = false;
	cell.join_refused = true;
	gives(derive_db_role, &cell, "?");
	cell_close(&cell);
	cell_open(&cell, "<d/>", NULL);
	with_text(&cell, "source");
	gives(derive_db_role, &cell, "replica");
	cell_close(&cell);
	cell_open(&cell, CLUSTER, NULL);
	gives(derive_db_members, &cell, "2");
	cell_close(&cell);
}

static void databases_in_short(void **state)
{
	struct cell cell;
	(void)state;

	cell_open(&cell, "<d><Engine>mysql</Engine><EngineVersion>8.0.36"
		"</EngineVersion><MultiAZ>true</MultiAZ><AvailabilityZone>"
		"us-east-1b</AvailabilityZone><Endpoint><Address>db.example"
		"</Address><Port>3306</Port></Endpoint></d>", NULL);
	gives(derive_db_engine, &cell, "mysql 8.0.36");
	gives(derive_db_zone, &cell, "M");
	with_text(&cell, "db.example");
	gives(derive_db_endpoint, &cell, "db.example:3306");
	with_text(&cell, "7");
	gives(derive_db_backup, &cell, "7d");
	with_text(&cell, "0");
	gives(derive_db_backup, &cell, "0");
	assert_int_equal(role, ROLE_BAD);
	cell_close(&cell);
	cell_open(&cell, "<d><MultiAZ>false</MultiAZ><AvailabilityZone>"
		"us-east-1b</AvailabilityZone></d>", NULL);
	gives(derive_db_zone, &cell, "b");
	cell_close(&cell);
}

static void databases_say_what_waits(void **state)
{
	static const struct { const char *row, *joined, *want; } rows[] = {
		{ "<d><PendingModifiedValues/></d>", "<m/>", "" },
		{ "<d><PendingModifiedValues><Port>1</Port>"
		  "</PendingModifiedValues></d>", NULL, "window" },
		{ "<d><DBParameterGroups><DBParameterGroup>"
		  "<ParameterApplyStatus>pending-reboot</ParameterApplyStatus>"
		  "</DBParameterGroup></DBParameterGroups></d>", NULL,
		  "reboot" },
		{ "<d/>", "<m><PendingMaintenanceActionDetails>"
		  "<PendingMaintenanceAction><Action>system-update</Action>"
		  "</PendingMaintenanceAction>"
		  "</PendingMaintenanceActionDetails></m>", "maint" }
	};
	struct cell cell;
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cell_open(&cell, rows[i].row, rows[i].joined);
		gives(derive_db_pending, &cell, rows[i].want);
		cell_close(&cell);
	}
	cell_open(&cell, "<d/>", NULL);
	cell.join_pending = true;
	gives(derive_db_pending, &cell, "…");
	cell_close(&cell);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_rows_give_empty_cells),
		cmocka_unit_test(health_is_folded_into_the_state),
		cmocka_unit_test(checks_say_when_they_are_not_there),
		cmocka_unit_test(only_what_runs_is_up),
		cmocka_unit_test(terminated_goes_after_an_hour),
		cmocka_unit_test(volumes_say_who_uses_them),
		cmocka_unit_test(tags_leave_out_names_and_awss_own),
		cmocka_unit_test(small_things),
		cmocka_unit_test(s3_names_are_relative),
		cmocka_unit_test(buckets_say_who_gets_in),
		cmocka_unit_test(s3_classes_fold_restores),
		cmocka_unit_test(databases_have_roles),
		cmocka_unit_test(databases_in_short),
		cmocka_unit_test(databases_say_what_waits)
	};
	int failed;

	reader_global_init();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_global_clear();
	return failed;
}
