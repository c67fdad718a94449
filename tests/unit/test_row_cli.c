/* SPDX-License-Identifier: MIT */
/* Rows as commands of the AWS CLI. */
#include "cli/row_cli.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "doc/reader.h"

#include <string.h>

static struct doc_names *names;
static struct catalogue *catalogue;

static int open_catalogue(void **state)
{
	(void)state;
	names = doc_names_new();
	catalogue = catalogue_open(names);
	return 0;
}

static int close_catalogue(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	doc_names_free(names);
	return 0;
}

static void expect(const char *resource, const char *parameter,
	const char *value, const char *profile, const char *xml,
	const char *line)
{
	struct error err = ERROR_INIT;
	const struct resource *r = catalogue_find(catalogue, resource, &err);
	struct location *location = location_new(r);
	struct segment *s;
	struct str out = STR_INIT;

	if (parameter)
		location_set(location, parameter, value);
	s = segment_new(catalogue_compiled(catalogue, r), NULL, location,
		r->global ? "" : "eu-west-1", reader_read(READER_XML, names,
		xml, strlen(xml), &err), 0);
	assert_true(s->count);
	row_cli((struct row){ s, 0 }, profile, &out);
	assert_string_equal(out.p, line);
	str_clear(&out);
	segment_unref(s);
	location_unref(location);
}

static void test_lines(void **state)
{
	static const char volume[] = "<r><volumeSet><item><volumeId>vol-1"
		"</volumeId></item></volumeSet></r>";

	(void)state;
	expect("volumes", NULL, NULL, "acme prod", volume,
		"aws ec2 describe-volumes --volume-ids vol-1 "
		"--region eu-west-1 --profile 'acme prod'");
	/* What the list was narrowed by says nothing of the one row. */
	expect("volumes", "Filters[0].Name", "status", NULL, volume,
		"aws ec2 describe-volumes --volume-ids vol-1 "
		"--region eu-west-1");
	expect("buckets", NULL, NULL, NULL, "<r><Buckets><Bucket><Name>b"
		"</Name></Bucket></Buckets></r>", "aws s3api list-buckets");
	expect("objects", "Bucket", "my-bucket", NULL,
		"<r><Contents><Key>k</Key></Contents></r>",
		"aws s3api list-objects-v2 --bucket my-bucket "
		"--delimiter / --encoding-type url "
		"--optional-object-attributes RestoreStatus");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, open_catalogue,
		close_catalogue);
}
