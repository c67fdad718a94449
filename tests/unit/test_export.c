/* SPDX-License-Identifier: MIT */
/* Rows of a snapshot into files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/export.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct thing rows[] = {
	{ "t-1", "a,b", "running", "3", NULL },
	{ "t-2", "b", "stopped", "1", NULL },
	{ "t-3", "c", "running", "5", NULL },
};

static struct pool *pool;
static struct fetch *f;
static struct table *t;
static struct things_world world;
static char folder[] = "/tmp/tucuxi-export-XXXXXX";

static int set_up(void **state)
{
	struct fetch_options options = { .compile = things_compiled,
		.list = things_list };
	struct session *sessions[] = { NULL };
	const char *regions[] = { "r1" };
	struct shards shards = { sessions, 1, regions, 1 };

	(void)state;
	world = (struct things_world){ .pages = { { "r1", rows, 3 } },
		.page_count = 1, .check = "ok" };
	world_set(&world);
	options.pool = pool = pool_new(4, 1);
	f = fetch_new(&options);
	t = table_open(f, location_new(things()), &shards);
	settle(f);
	memcpy(folder + sizeof(folder) - 7, "XXXXXX", 6);
	return mkdtemp(folder) && !chdir(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	table_close(t);
	fetch_free(f);
	pool_free(pool);
	unlink("out");
	return chdir("/") || rmdir(folder);
}

static struct export *new_export(enum output format, const char *columns)
{
	struct export *e = xcalloc(1, sizeof(*e));

	e->path = xstrdup("out");
	e->format = format;
	e->columns = xstrdup(columns);
	e->compiled = table_compiled(t);
	e->snapshot = snapshot_new(t);
	return e;
}

static const char *content(void)
{
	static char text[4096];
	FILE *in = fopen("out", "r");

	assert_non_null(in);
	memset(text, 0, sizeof(text));
	assert_true(fread(text, 1, sizeof(text) - 1, in));
	fclose(in);
	return text;
}

static void test_formats(void **state)
{
	static const struct {
		const char *name;
		bool rows, document;
	} names[] = { { "a.csv", true, false }, { "x/a.JSON", true, true },
		{ "a.b.yml", true, true }, { "a.xml", false, true },
		{ "a.txt", true, true }, { "a", false, false },
		{ "a.d/b", false, false }, { "a.", false, false },
		{ "csv", false, false }, { "a.doc", false, false } };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (int document = 0; document < 2; document++) {
			struct error err = ERROR_INIT;
			enum output format;

			assert_int_equal(export_format(names[i].name,
				document, &format, &err), document ?
				names[i].document : names[i].rows);
		}
}

static void test_rows(void **state)
{
	struct export *e = new_export(OUTPUT_CSV, "name,state");
	struct error err = ERROR_INIT;

	(void)state;
	/* What comes later is not in it. */
	world.pages[0].count = 1;
	world_set(&world);
	table_refresh(t);
	settle(f);
	assert_true(export_run(e, &err));
	assert_string_equal(content(), "id,region,account,name,state\r\n"
		"t-1,r1,,\"a,b\",running\r\nt-2,r1,,b,stopped\r\n"
		"t-3,r1,,c,running\r\n");
	assert_int_equal(e->written, 3);
	assert_int_equal(e->missing, 0);
	export_free(e);

	e = new_export(OUTPUT_TABLE, "name,region");
	assert_false(export_run(e, &err));       /* it is there already */
	assert_non_null(strstr(err.text, "out: File exists"));
	e->replace = true;
	error_reset(&err);
	assert_true(export_run(e, &err));
	assert_string_equal(content(), "Name  REGION\na,b   r1\n");
	export_free(e);
}

static void test_marks_and_joins(void **state)
{
	struct export *e;
	struct error err = ERROR_INIT;
	uint64_t identities[2] = { row_identity(table_row(t, 2)),
		row_identity(table_row(t, 0)) };

	(void)state;
	table_want(t, 0, 1);
	clock_advance(100);
	settle(f);
	e = new_export(OUTPUT_NDJSON, "name,check");
	assert_true(export_run(e, &err));
	assert_int_equal(e->missing, 2);         /* were never on screen */
	assert_non_null(strstr(content(), "\"a,b\",\"check\":\"ok\""));
	export_free(e);

	e = new_export(OUTPUT_NDJSON, "name");
	e->only = xcalloc(2, sizeof(*e->only));
	e->only_count = 2;
	e->only[0] = identities[0] < identities[1] ? identities[0] :
		identities[1];
	e->only[1] = identities[0] < identities[1] ? identities[1] :
		identities[0];
	e->replace = true;
	assert_true(export_run(e, &err));
	assert_int_equal(e->written, 2);
	assert_null(strstr(content(), "t-2"));
	export_free(e);
}

static void test_failures(void **state)
{
	struct rlimit old, none = { 10, 10 };
	struct export *e = new_export(OUTPUT_CSV, "name");
	struct error err = ERROR_INIT;

	(void)state;
	e->cancel = cancel_new();
	cancel_set(e->cancel);
	assert_false(export_run(e, &err));
	assert_int_equal(err.kind, ERR_CANCELLED);
	assert_int_equal(access("out", F_OK), -1);
	cancel_unref(e->cancel);
	e->cancel = NULL;

	getrlimit(RLIMIT_FSIZE, &old);
	none.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	error_reset(&err);
	assert_false(export_run(e, &err));
	setrlimit(RLIMIT_FSIZE, &old);
	assert_string_equal(err.text, "out: File too large");
	export_free(e);

	e = new_export(OUTPUT_CSV, "nothing-like-it");
	error_reset(&err);
	assert_false(export_run(e, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	export_free(e);
	assert_int_equal(rmdir(folder), 0);      /* nothing is left */
	assert_int_equal(mkdir(folder, 0700), 0);
}

static void test_document(void **state)
{
	struct export *e = xcalloc(1, sizeof(*e));
	struct error err = ERROR_INIT;

	(void)state;
	e->path = xstrdup("out");
	e->format = OUTPUT_JSON;
	e->document = table_row(t, 1);
	segment_ref(e->document.segment);
	assert_true(export_run(e, &err));
	assert_true(*content() == '{' && str_ends(content(), "}\n"));
	assert_non_null(strstr(content(), "\"t-2\""));
	export_free(e);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_formats), TEST(test_rows),
		TEST(test_marks_and_joins), TEST(test_failures),
		TEST(test_document),
	};
	int failed;

	clock_set_virtual(1700000000000);
	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
