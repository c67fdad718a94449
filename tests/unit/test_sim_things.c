/* SPDX-License-Identifier: MIT */
/* Things of EC2 that requests make, change and delete. */
#include "base/clock.h"
#include "sim/sim.h"
#include "sim_client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NOW 1795392840000
#define V "&Version=2016-11-15"
#define CREATE "Action=CreateVpc" V
#define VPCS "Action=DescribeVpcs" V
#define TAG(type, key) "&TagSpecification.1.ResourceType=" type \
	"&TagSpecification.1.Tag.1.Key=" key \
	"&TagSpecification.1.Tag.1.Value=x"

static struct sim *sim;
static struct sim_client c;

static int start(void **state)
{
	struct sim_options options = { .instances = 40 };
	struct error err = ERROR_INIT;

	(void)state;
	clock_set_virtual(NOW);
	sim = sim_start(&options, &err);
	sim_client_init(&c, sim, "ec2");
	return sim ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	sim_client_clear(&c);
	sim_stop(sim);
	return 0;
}

static void expect(const char *wanted, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void expect(const char *wanted, const char *format, ...)
{
	char form[2048], *body, *code;
	va_list ap;

	va_start(ap, format);
	vsnprintf(form, sizeof(form), format, ap);
	va_end(ap);
	body = sim_client_form(&c, form, NULL);
	code = sim_element(body, "Code");
	if (!code || strcmp(code, wanted) != 0)
		print_message("%s\n%s\n", form, body);
	assert_non_null(code);
	assert_string_equal(code, wanted);
	free(code);
	free(body);
}

static char *formf(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

static char *formf(const char *format, ...)
{
	char form[2048], *body;
	unsigned status;
	va_list ap;

	va_start(ap, format);
	vsnprintf(form, sizeof(form), format, ap);
	va_end(ap);
	body = sim_client_form(&c, form, &status);
	if (status != 200)
		print_message("%s\n%s\n", form, body);
	assert_int_equal(status, 200);
	return body;
}

/* How often the needle is in the answer. */
static size_t count(const char *form, const char *needle)
{
	char *body = formf("%s", form);
	size_t n = sim_count(body, needle);

	free(body);
	return n;
}

static char *element(const char *form, const char *name)
{
	char *body = formf("%s", form), *text = sim_element(body, name);

	free(body);
	assert_non_null(text);
	return text;
}

static void test_refusals(void **state)
{
	static const struct { const char *form, *code; } rows[] = {
		{ CREATE, "MissingParameter" },
		{ CREATE "&CidrBlock=", "MissingParameter" },
		{ CREATE "&CidrBlock=10.0.0.0", "InvalidParameterValue" },
		{ CREATE "&CidrBlock=10.0.0.0/33", "InvalidParameterValue" },
		{ CREATE "&CidrBlock=10.0.0.256/16", "InvalidParameterValue" },
		{ CREATE "&CidrBlock=10.0.0.0/8", "InvalidVpc.Range" },
		{ CREATE "&CidrBlock=10.0.0.0/29", "InvalidVpc.Range" },
		{ CREATE "&CidrBlock=10.0.0.0/16&Cidr=1", "UnknownParameter" },
		{ CREATE "&CidrBlock=10.0.0.0/16" TAG("subnet", "a"), "InvalidParameterValue" },
		{ CREATE "&CidrBlock=10.0.0.0/16" TAG("vpc", "aws:a"), "InvalidParameterValue" },
		{ CREATE "&CidrBlock=10.0.0.0/16&DryRun=true", "DryRunOperation" },
		{ VPCS "&VpcId.1=vpc-0", "InvalidVpcID.Malformed" },
		{ VPCS "&VpcId.1=vpc-0123456789abcdef0", "InvalidVpcID.NotFound" },
		{ VPCS "&Filter.1.Name=no&Filter.1.Value.1=x", "InvalidParameterValue" },
		{ VPCS "&MaxResults=4", "InvalidParameterValue" },
		{ VPCS "&DryRun=true", "DryRunOperation" },
		{ "Action=DeleteVpc" V, "MissingParameter" },
		{ "Action=DeleteVpc" V "&VpcId=sg-0123456789abcdef0", "InvalidVpcID.Malformed" },
		{ "Action=DescribeSecurityGroups" V "&GroupName.1=no", "InvalidGroup.NotFound" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect(rows[i].code, "%s", rows[i].form);
	assert_int_equal(count(VPCS, "<vpcId>"), 3);
}

static void test_life(void **state)
{
	char *id = element(CREATE "&CidrBlock=10.9.0.0/16"
		TAG("vpc", "Name"), "vpcId");
	char form[512];

	(void)state;
	assert_int_equal(count(VPCS, "<vpcId>"), 4);
	snprintf(form, sizeof(form), VPCS "&VpcId.1=%s", id);
	assert_int_equal(count(form, "<state>pending</state>"), 1);
	clock_advance(60000);
	assert_int_equal(count(form, "<state>available</state>"), 1);
	assert_int_equal(count(form, "<key>Name</key><value>x</value>"), 1);
	free(formf("Action=CreateTags" V "&ResourceId.1=%s&Tag.1.Key=Name"
		"&Tag.1.Value=y", id));
	assert_int_equal(count(form, "<key>Name</key><value>y</value>"), 1);
	snprintf(form, sizeof(form), "Action=DescribeTags" V
		"&Filter.1.Name=resource-id&Filter.1.Value.1=%s", id);
	assert_int_equal(count(form, "<resourceType>vpc</resourceType>"), 1);
	free(formf("Action=DeleteVpc" V "&VpcId=%s", id));
	assert_int_equal(count(VPCS, "<vpcId>"), 3);
	expect("InvalidVpcID.NotFound", VPCS "&VpcId.1=%s", id);
	expect("InvalidVpcID.NotFound", "Action=DeleteVpc" V "&VpcId=%s", id);
	free(id);
}

static void test_in_use(void **state)
{
	char *id = element(VPCS "&Filter.1.Name=is-default"
		"&Filter.1.Value.1=true", "vpcId");

	(void)state;
	expect("DependencyViolation", "Action=DeleteVpc" V "&VpcId=%s", id);
	free(id);
}

static void test_filters(void **state)
{
	static const struct { const char *filter; size_t vpcs; } rows[] = {
		{ "Filter.1.Name=cidr&Filter.1.Value.1=10.2*", 2 },
		{ "Filter.1.Name=cidr-block&Filter.1.Value.1=10.2%3F.0.0/16", 2 },
		{ "Filter.1.Name=cidr-block-association.state&Filter.1.Value.1=associated", 3 },
		{ "Filter.1.Name=tag:Name&Filter.1.Value.1=prod", 1 },
		{ "Filter.1.Name=tag:Name&Filter.1.Value.1=prod&Filter.1.Value.2=stage", 2 },
		{ "Filter.1.Name=tag-key&Filter.1.Value.1=Name&Filter.2.Name=cidr"
		  "&Filter.2.Value.1=172*", 0 },
		{ "Filter.1.Name=owner-id&Filter.1.Value.1=210987654321", 3 },
	};
	char form[512];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		snprintf(form, sizeof(form), VPCS "&%s", rows[i].filter);
		assert_int_equal(count(form, "<vpcId>"), rows[i].vpcs);
	}
}

static void test_pages(void **state)
{
	struct str next = STR_INIT;
	size_t subnets = 0, pages = 0;

	(void)state;
	do {
		char *body = formf("Action=DescribeSubnets" V
			"&MaxResults=5%s%s", next.len ? "&NextToken=" : "",
			next.p);
		char *token = sim_element(body, "nextToken");

		subnets += sim_count(body, "<subnetId>");
		pages++;
		str_reset(&next);
		if (token)
			str_add_uri(&next, token, strlen(token), "");
		free(token);
		free(body);
	} while (next.len);
	assert_int_equal(subnets, 18);
	assert_int_equal(pages, 4);
	str_clear(&next);
}

static void test_limit(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 5; n++)
		free(formf(CREATE "&CidrBlock=10.%u.0.0/16", 100 + n));
	expect("VpcLimitExceeded", CREATE "&CidrBlock=10.110.0.0/16");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refusals, start, stop),
		cmocka_unit_test_setup_teardown(test_life, start, stop),
		cmocka_unit_test_setup_teardown(test_in_use, start, stop),
		cmocka_unit_test_setup_teardown(test_filters, start, stop),
		cmocka_unit_test_setup_teardown(test_pages, start, stop),
		cmocka_unit_test_setup_teardown(test_limit, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
