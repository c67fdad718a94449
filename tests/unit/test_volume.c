/* SPDX-License-Identifier: MIT */
/* What EBS allows, known before AWS is asked; the next free device. */
#include "catalogue/check.h"
#include "catalogue/volume.h"
#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* "type=gp3 size=10" */
static const char *field(const void *data, const char *name)
{
	static char value[32];
	const char *p = data;
	size_t len = strlen(name);

	for (; *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		if (!strncmp(p, name, len) && p[len] == '=') {
			memcpy(value, p + len + 1, n - len - 1);
			value[n - len - 1] = '\0';
			return value;
		}
		p += n;
	}
	return NULL;
}

static void wrong(form_check_function *check, const char *fields,
	const char *word)
{
	struct error err = ERROR_INIT;

	if (check(field, fields, &err))
		fail_msg("%s was taken", fields);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, word))
		fail_msg("%s: %s", fields, err.text);
}

static void right(form_check_function *check, const char *fields)
{
	struct error err = ERROR_INIT;

	if (!check(field, fields, &err))
		fail_msg("%s: %s", fields, err.text);
}

static void test_shapes(void **state)
{
	(void)state;
	wrong(check_volume, "type=st1 size=124", "size: st1 volumes have 125");
	wrong(check_volume, "type=gp2 size=16385", "1 to 16384");
	wrong(check_volume, "type=io1 size=3 iops=100", "size: io1");
	wrong(check_volume, "type=io2 size=10", "iops: io2 volumes need it");
	wrong(check_volume, "type=io1 size=10 iops=501", "10 GiB 500");
	wrong(check_volume, "type=io2 size=10 iops=99", "iops: io2");
	wrong(check_volume, "type=gp3 size=9 iops=2999", "3000 to 80000");
	wrong(check_volume, "type=standard size=9 iops=100", "no number");
	wrong(check_volume, "type=gp3 size=9 throughput=2001", "125 to 2000");
	wrong(check_volume, "type=gp3 size=9 throughput=751", "iops=3004");
	wrong(check_volume, "type=sc1 size=125 throughput=125", "none to");
	right(check_volume, "type=gp3 size=65536 iops=80000 throughput=2000");
	right(check_volume, "type=gp3 size=6 iops=3000 throughput=750");
	right(check_volume, "type=io2 size=4 iops=4000");
	right(check_volume, "type=st1 size=125");
	right(check_volume, "type=gp3");
	right(check_volume, "type=gp9 size=999999");
}

/* What is left out may be as it is. */
static void test_changes(void **state)
{
	(void)state;
	wrong(check_volume_change, "type=gp2 iops=500", "no number");
	right(check_volume_change, "type=io2 size=10");
	right(check_volume_change, "type=gp3 throughput=1000");
	right(check_volume_change, "size=10 iops=1");
}

static void suggests(const char *xml, const char *device)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(READER_XML, NULL, xml, strlen(xml), &err);
	struct cell cell = { .doc = d };
	struct str out = STR_INIT;

	assert_non_null(d);
	assert_int_equal(suggest_device(&cell, &out), device != NULL);
	assert_string_equal(out.p, device ? device : "");
	str_clear(&out);
	doc_unref(d);
}

#define AT(device) "<item><deviceName>" device "</deviceName></item>"
#define ROW(items) "<i><blockDeviceMapping>" items "</blockDeviceMapping>" \
	"</i>"

static void test_devices(void **state)
{
	(void)state;
	suggests("<i/>", "/dev/sdf");
	suggests("<i><blockDeviceMapping/></i>", "/dev/sdf");
	suggests(ROW(AT("/dev/xvda")), "/dev/sdf");
	suggests(ROW(AT("/dev/xvda") AT("/dev/sdf")), "/dev/sdg");
	suggests(ROW(AT("/dev/xvdf") AT("/dev/sdg1") AT("sdh")), "/dev/sdi");
	suggests(ROW(AT("/dev/xvdfa")), "/dev/sdf");
	suggests("<i><platform>windows</platform></i>", "xvdf");
	suggests(ROW(AT("sdf") AT("sdg") AT("sdh") AT("sdi") AT("sdj")
		AT("sdk") AT("sdl") AT("sdm") AT("sdn") AT("sdo") AT("sdp")
		AT("sdq") AT("sdr") AT("sds") AT("sdt") AT("sdu") AT("sdv")
		AT("sdw") AT("sdx") AT("sdy") AT("sdz")), NULL);
}

static void is(check_function *check, const char *text, const char *word)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	if (check(text, &out, &err) != !word)
		fail_msg("'%s': %s", text, err.text);
	if (word && !strstr(err.text, word))
		fail_msg("'%s': %s", text, err.text);
	if (!word)
		assert_string_equal(out.p, text);
	str_clear(&out);
}

static void test_names(void **state)
{
	struct str long_text = STR_INIT;
	char text[256] = "";

	(void)state;
	is(check_image_name, "", "these are 0");
	is(check_image_name, "ab", "these are 2");
	is(check_image_name, "a&b", "letters, digits");
	is(check_image_name, "na\303\257ve", "letters, digits");
	is(check_image_name, "posts (2009) [x86]/1.0-'a'@_", NULL);
	memset(text, 'a', 128);
	is(check_image_name, text, NULL);
	memset(text, 'a', 129);
	is(check_image_name, text, "these are 129");
	is(check_region, "", "eu-west-1");
	is(check_region, "Ireland", "eu-west-1");
	is(check_region, "eu-west-", "eu-west-1");
	is(check_region, "eu-west-1a", "eu-west-1");
	is(check_region, "us-gov-east-1", NULL);
	for (int i = 0; i < 255; i++)
		str_add(&long_text, "\303\251");
	is(check_description, long_text.p, NULL);
	str_add(&long_text, "\303\251");
	is(check_description, long_text.p, "255 characters");
	str_clear(&long_text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_devices),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
