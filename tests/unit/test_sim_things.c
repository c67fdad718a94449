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

static char *default_subnet(void)
{
	return element("Action=DescribeSubnets" V "&Filter.1.Name="
		"default-for-az&Filter.1.Value.1=true", "subnetId");
}

/* Pending, available, deleting, deleted, not listed any more. */
static void test_states(void **state)
{
	char *subnet = default_subnet();
	char *address = element("Action=AllocateAddress" V, "allocationId");
	char form[512], *id;

	(void)state;
	snprintf(form, sizeof(form), "Action=CreateNatGateway" V
		"&SubnetId=%s&AllocationId=%s", subnet, address);
	id = element(form, "natGatewayId");
	snprintf(form, sizeof(form), "Action=DescribeNatGateways" V
		"&NatGatewayId.1=%s", id);
	assert_int_equal(count(form, "<state>pending</state>"), 1);
	clock_advance(60000);
	assert_int_equal(count(form, "<state>available</state>"), 1);
	free(formf("Action=DeleteNatGateway" V "&NatGatewayId=%s", id));
	assert_int_equal(count(form, "<state>deleting</state>"), 1);
	clock_advance(40000);
	assert_int_equal(count(form, "<state>deleted</state>"), 1);
	assert_int_equal(count(form, "<deleteTime>"), 1);
	clock_advance(3600000);
	expect("NatGatewayNotFound", "%s", form);
	free(id);
	free(address);
	free(subnet);
}

/* The same token is the same gateway; nothing is made or refused twice. */
static void test_tokens(void **state)
{
	char *subnet = default_subnet(), *first, *again, form[512];

	(void)state;
	snprintf(form, sizeof(form), "Action=CreateNatGateway" V "&SubnetId=%s"
		"&ConnectivityType=private&ClientToken=a", subnet);
	expect("DryRunOperation", "%s&DryRun=true", form);
	first = element(form, "natGatewayId");
	again = element(form, "natGatewayId");
	assert_string_equal(first, again);
	expect("DryRunOperation", "%s&DryRun=true", form);
	expect("IdempotentParameterMismatch", "%s"
		"&TagSpecification.1.ResourceType=natgateway", form);
	expect("InvalidParameterValue", "%s%065d", form, 1);
	assert_int_equal(count("Action=DescribeNatGateways" V,
		"<natGatewayId>"), 2);
	free(first);
	free(again);
	free(subnet);
}

/* Asked for, accepted, active; refused once it is over. */
static void test_peering(void **state)
{
	char *stage = element(VPCS "&Filter.1.Name=tag:Name&Filter.1.Value.1="
		"stage", "vpcId");
	char *prod = element(VPCS "&Filter.1.Name=tag:Name&Filter.1.Value.1="
		"prod", "vpcId");
	char form[512], *id;

	(void)state;
	snprintf(form, sizeof(form), "Action=CreateVpcPeeringConnection" V
		"&VpcId=%s&PeerVpcId=%s", prod, stage);
	id = element(form, "vpcPeeringConnectionId");
	clock_advance(1000);
	expect("VpcPeeringConnectionAlreadyExists", "%s", form);
	free(formf("Action=AcceptVpcPeeringConnection" V
		"&VpcPeeringConnectionId=%s", id));
	snprintf(form, sizeof(form), "Action=DescribeVpcPeeringConnections" V
		"&VpcPeeringConnectionId.1=%s", id);
	assert_int_equal(count(form, "<code>provisioning</code>"), 1);
	clock_advance(5000);
	assert_int_equal(count(form, "<code>active</code>"), 1);
	expect("InvalidStateTransition", "Action=RejectVpcPeeringConnection" V
		"&VpcPeeringConnectionId=%s", id);
	free(formf("Action=DeleteVpcPeeringConnection" V
		"&VpcPeeringConnectionId=%s", id));
	assert_int_equal(count(form, "<code>deleted</code>"), 1);
	free(id);
	free(prod);
	free(stage);
}

/* What comes with a VPC goes with it. */
static void test_parts(void **state)
{
	static const char *const lists[] = {
		"DescribeSecurityGroups", "DescribeRouteTables",
		"DescribeNetworkAcls"
	};
	char *id = element(CREATE "&CidrBlock=10.9.0.0/16", "vpcId");
	char form[512];

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		if (i == 3)
			free(formf("Action=DeleteVpc" V "&VpcId=%s", id));
		snprintf(form, sizeof(form), "Action=%s" V "&Filter.1.Name="
			"vpc-id&Filter.1.Value.1=%s", lists[i % 3], id);
		assert_int_equal(count(form, id), i < 3 ? 1 : 0);
	}
	free(id);
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
		cmocka_unit_test_setup_teardown(test_states, start, stop),
		cmocka_unit_test_setup_teardown(test_tokens, start, stop),
		cmocka_unit_test_setup_teardown(test_peering, start, stop),
		cmocka_unit_test_setup_teardown(test_parts, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
