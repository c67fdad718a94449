/* SPDX-License-Identifier: MIT */
/* Key pairs, placement groups, templates, spot, reserved instances. */
#include "base/clock.h"
#include "base/str.h"
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
#define ACT(name) "Action=" name "&Version=2016-11-15"
#define OFFERS ACT("DescribeReservedInstancesOfferings")
#define BUY ACT("PurchaseReservedInstancesOffering")
#define MODIFY ACT("ModifyReservedInstances")
#define TARGET "&ReservedInstancesConfigurationSetItemType.1."
#define SPOT ACT("RequestSpotInstances")
#define PRICES ACT("DescribeSpotPriceHistory")
#define VERSIONS ACT("DescribeLaunchTemplateVersions")

static struct sim *sim;
static struct sim_client c;

static int start(void **state)
{
	struct sim_options options = { .instances = 80 };
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

static char *ask(const char *form)
{
	unsigned status;
	char *body = sim_client_form(&c, form, &status);

	if (status != 200)
		fail_msg("%s\n%s", form, body);
	return body;
}

static void refused(const char *form, const char *want)
{
	char *body = sim_client_form(&c, form, NULL);
	char *code = sim_element(body, "Code");

	if (!code || strcmp(code, want) != 0)
		fail_msg("%s\n%s", form, body);
	free(code);
	free(body);
}

static size_t count(const char *form, const char *needle)
{
	char *body = ask(form);
	size_t n = sim_count(body, needle);

	free(body);
	return n;
}

static char *element(const char *form, const char *name)
{
	char *body = ask(form), *text = sim_element(body, name);

	if (!text)
		fail_msg("%s: no %s\n%s", form, name, body);
	free(body);
	return text;
}

static const struct { const char *form, *code; } refusals[] = {
	{ ACT("CreateKeyPair"), "MissingParameter" },
	{ ACT("CreateKeyPair") "&KeyName=anna", "InvalidKeyPair.Duplicate" },
	{ ACT("CreateKeyPair") "&KeyName=x&KeyType=dsa", "InvalidParameterValue" },
	{ ACT("CreateKeyPair") "&KeyName=%20x", "InvalidParameterValue" },
	{ ACT("CreateKeyPair") "&KeyName=x&DryRun=true", "DryRunOperation" },
	{ ACT("ImportKeyPair") "&KeyName=x", "MissingParameter" },
	{ ACT("ImportKeyPair") "&KeyName=x&PublicKeyMaterial=!!", "InvalidKey.Format" },
	{ ACT("ImportKeyPair") "&KeyName=x&PublicKeyMaterial=c3NoLXJzYSBBQUFB", "InvalidKey.Format" },
	{ ACT("DescribeKeyPairs") "&KeyName.1=nobody", "InvalidKeyPair.NotFound" },
	{ ACT("DeleteKeyPair"), "MissingParameter" },
	{ ACT("CreatePlacementGroup") "&GroupName=x", "MissingParameter" },
	{ ACT("CreatePlacementGroup") "&GroupName=x&Strategy=near", "InvalidParameterValue" },
	{ ACT("CreatePlacementGroup") "&GroupName=training&Strategy=cluster",
	  "InvalidPlacementGroup.Duplicate" },
	{ ACT("CreatePlacementGroup") "&GroupName=x&Strategy=cluster&PartitionCount=2",
	  "InvalidParameterCombination" },
	{ ACT("CreatePlacementGroup") "&GroupName=x&Strategy=partition&PartitionCount=8",
	  "InvalidParameterValue" },
	{ ACT("CreatePlacementGroup") "&GroupName=x&Strategy=cluster&SpreadLevel=rack",
	  "InvalidParameterCombination" },
	{ ACT("DeletePlacementGroup") "&GroupName=nobody", "InvalidPlacementGroup.Unknown" },
	{ ACT("DeletePlacementGroup") "&GroupName=cache-apart", "InvalidPlacementGroup.InUse" },
	{ ACT("DeleteLaunchTemplate"), "MissingParameter" },
	{ ACT("DeleteLaunchTemplate") "&LaunchTemplateId=lt-x", "InvalidLaunchTemplateId.Malformed" },
	{ ACT("DeleteLaunchTemplate") "&LaunchTemplateId=lt-0123456789abcdef0",
	  "InvalidLaunchTemplateId.NotFound" },
	{ ACT("DeleteLaunchTemplate") "&LaunchTemplateName=nobody",
	  "InvalidLaunchTemplateName.NotFoundException" },
	{ ACT("ModifyLaunchTemplate") "&LaunchTemplateName=batch", "MissingParameter" },
	{ ACT("ModifyLaunchTemplate") "&LaunchTemplateName=batch&SetDefaultVersion=9",
	  "InvalidLaunchTemplateId.VersionNotFound" },
	{ VERSIONS, "MissingParameter" },
	{ VERSIONS "&LaunchTemplateVersion.1=1", "InvalidParameterCombination" },
	{ VERSIONS "&LaunchTemplateName=batch&LaunchTemplateVersion.1=7",
	  "InvalidLaunchTemplateId.VersionNotFound" },
	{ ACT("DescribeInstanceTypes") "&InstanceType.1=m9.huge", "InvalidInstanceType" },
	{ ACT("DescribeInstanceTypes") "&MaxResults=101", "InvalidParameterValue" },
	{ SPOT, "MissingParameter" },
	{ SPOT "&LaunchSpecification.ImageId=ami-0123456789abcdef0", "InvalidAMIID.NotFound" },
	{ SPOT "&SpotPrice=0", "InvalidParameterValue" },
	{ SPOT "&SpotPrice=cheap", "InvalidParameterValue" },
	{ SPOT "&InstanceCount=0", "InvalidParameterValue" },
	{ SPOT "&InstanceCount=101", "MaxSpotInstanceCountExceeded" },
	{ SPOT "&Type=often", "InvalidParameterValue" },
	{ ACT("CancelSpotInstanceRequests"), "MissingParameter" },
	{ ACT("CancelSpotInstanceRequests") "&SpotInstanceRequestId.1=sir-x",
	  "InvalidSpotInstanceRequestID.Malformed" },
	{ ACT("CancelSpotInstanceRequests") "&SpotInstanceRequestId.1=sir-01234567",
	  "InvalidSpotInstanceRequestID.NotFound" },
	{ PRICES "&StartTime=yesterday", "InvalidParameterValue" },
	{ PRICES "&StartTime=2026-11-23T00:00:00Z&EndTime=2026-11-22T00:00:00Z",
	  "InvalidParameterValue" },
	{ OFFERS "&MaxResults=101", "InvalidParameterValue" },
	{ OFFERS "&MinDuration=long", "InvalidParameterValue" },
	{ OFFERS "&Filter.1.Name=price&Filter.1.Value.1=1", "InvalidParameterValue" },
	{ OFFERS "&ReservedInstancesOfferingId.1=438012d3-4052-4cc7-b2e3-8d3372e0e706",
	  "InvalidReservedInstancesOfferingId" },
	{ ACT("DescribeReservedInstances") "&ReservedInstancesId.1=x", "InvalidReservedInstancesId" },
	{ MODIFY, "MissingParameter" },
	{ MODIFY "&ReservedInstancesId.1=x", "InvalidReservedInstancesId" },
	{ BUY, "MissingParameter" },
	{ BUY "&InstanceCount=1&ReservedInstancesOfferingId=x", "InvalidReservedInstancesOfferingId" },
};

static void what_aws_refuses_is_refused(void **state)
{
	(void)state;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		refused(refusals[i].form, refusals[i].code);
}

static void keys_are_made_once_and_deleted_twice(void **state)
{
	static const char public_key[] = ACT("ImportKeyPair") "&KeyName=mine"
		"&PublicKeyMaterial=c3NoLWVkMjU1MTkgQUFBQUMzTnphQzFsWkRJMU5U"
		"RTVBQUFBSUZIMjlINGVCOU81VldTZ1QrMEVaOU5RcC96SnFxaGg5M1hGdFpT"
		"YklEZjUgYW5uYQ%3D%3D";
	char *pem = element(ACT("CreateKeyPair") "&KeyName=new",
		"keyMaterial");
	(void)state;

	assert_non_null(strstr(pem, "BEGIN RSA PRIVATE KEY"));
	free(pem);
	refused(ACT("CreateKeyPair") "&KeyName=new",
		"InvalidKeyPair.Duplicate");
	pem = ask(public_key);
	assert_null(strstr(pem, "keyMaterial"));
	free(pem);
	pem = element(ACT("DescribeKeyPairs") "&KeyName.1=mine", "keyType");
	assert_string_equal(pem, "ed25519");
	free(pem);
	for (int i = 0; i < 2; i++)
		assert_int_equal(count(ACT("DeleteKeyPair") "&KeyName=new",
			"<return>true</return>"), 1);
	refused(ACT("DescribeKeyPairs") "&KeyName.1=new",
		"InvalidKeyPair.NotFound");
}

static void a_placement_group_goes_when_nobody_uses_it(void **state)
{
	(void)state;
	assert_int_equal(count(ACT("DescribeInstances") "&Filter.1.Name="
		"placement-group-name&Filter.1.Value.1=cache-apart",
		"<groupName>cache-apart</groupName>"), 4);
	assert_int_equal(count(ACT("DeletePlacementGroup")
		"&GroupName=hdfs-old", "<return>true</return>"), 1);
	assert_int_equal(count(ACT("DescribePlacementGroups")
		"&GroupName.1=hdfs-old", "<state>deleting</state>"), 1);
	clock_advance(3000);
	refused(ACT("DescribePlacementGroups") "&GroupName.1=hdfs-old",
		"InvalidPlacementGroup.Unknown");
}

static void versions_belong_to_their_template(void **state)
{
	(void)state;
	assert_int_equal(count(VERSIONS "&LaunchTemplateName=batch",
		"<versionNumber>"), 2);
	assert_int_equal(count(VERSIONS "&LaunchTemplateVersion.1=$Default"
		"&LaunchTemplateVersion.2=$Latest", "<versionNumber>"), 5);
	assert_int_equal(count(ACT("ModifyLaunchTemplate")
		"&LaunchTemplateName=batch&SetDefaultVersion=2",
		"<defaultVersionNumber>2</defaultVersionNumber>"), 1);
	assert_int_equal(count(VERSIONS "&LaunchTemplateName=batch"
		"&LaunchTemplateVersion.1=$Default",
		"<versionNumber>2</versionNumber>"), 1);
	free(ask(ACT("DeleteLaunchTemplate") "&LaunchTemplateName=batch"));
	assert_int_equal(count(VERSIONS "&LaunchTemplateVersion.1=$Latest",
		"<versionNumber>"), 2);
}

static void spot_prices_are_those_of_the_time(void **state)
{
	static const char some[] = PRICES "&InstanceType.1=m6i.large"
		"&AvailabilityZone=us-east-1a&ProductDescription.1=Linux%2FUNIX";
	char *now, *later, form[512];
	(void)state;

	snprintf(form, sizeof(form), "%s&StartTime=2026-11-23T00:14:00Z"
		"&EndTime=2026-11-23T00:14:00Z", some);
	assert_int_equal(count(form, "<spotPrice>"), 1);
	now = element(form, "timestamp");
	assert_true(strcmp(now, "2026-11-23T00:14:00.000Z") <= 0);
	assert_true(count(some, "<spotPrice>") > 200);
	clock_advance(24 * 3600 * 1000);
	later = element(form, "timestamp");
	assert_string_equal(now, later);
	free(now);
	free(later);
	assert_int_equal(count(PRICES "&MaxResults=5", "<spotPrice>"), 5);
}

static char *an_image(void)
{
	return element(ACT("DescribeImages"), "imageId");
}

static void a_spot_request_waits_and_can_be_cancelled(void **state)
{
	char *image = an_image(), form[512], *id;
	(void)state;

	snprintf(form, sizeof(form), SPOT "&SpotPrice=0.001&InstanceCount=2"
		"&LaunchSpecification.ImageId=%s&LaunchSpecification."
		"InstanceType=m6i.large", image);
	id = element(form, "spotInstanceRequestId");
	snprintf(form, sizeof(form), ACT("DescribeSpotInstanceRequests")
		"&SpotInstanceRequestId.1=%s", id);
	assert_int_equal(count(form, "pending-evaluation"), 1);
	clock_advance(5000);
	assert_int_equal(count(form, "price-too-low"), 1);
	snprintf(form, sizeof(form), ACT("CancelSpotInstanceRequests")
		"&SpotInstanceRequestId.1=%s", id);
	assert_int_equal(count(form, "<state>cancelled</state>"), 1);
	assert_int_equal(count(ACT("DescribeSpotInstanceRequests")
		"&Filter.1.Name=state&Filter.1.Value.1=open",
		"<state>open</state>"), 1);
	free(image);
	free(id);
}

static void offers_come_by_the_hundred(void **state)
{
	char *body = ask(OFFERS), *token = sim_element(body, "nextToken");
	char form[512];
	(void)state;

	assert_int_equal(sim_count(body, "<reservedInstancesOfferingId>"),
		100);
	assert_non_null(token);
	free(token);
	free(body);
	snprintf(form, sizeof(form), "%s", OFFERS "&InstanceType=m6i.large"
		"&ProductDescription=Linux%2FUNIX&InstanceTenancy=default"
		"&IncludeMarketplace=false&MinDuration=94608000"
		"&OfferingClass=standard&AvailabilityZone=us-east-1a");
	assert_int_equal(count(form, "<offeringType>"), 3);
	assert_int_equal(count(OFFERS "&Filter.1.Name=marketplace"
		"&Filter.1.Value.1=true&Filter.2.Name=instance-type"
		"&Filter.2.Value.1=t3.*", "<marketplace>false"), 0);
}

static char *offer(const char *more)
{
	char form[512];

	snprintf(form, sizeof(form), OFFERS "&InstanceType=m6i.large"
		"&OfferingType=All%%20Upfront&MaxDuration=31536000%s", more);
	return element(form, "reservedInstancesOfferingId");
}

static void a_purchase_is_paid_and_then_runs(void **state)
{
	char *id = offer("&MinDuration=31536000"), form[256], *bought;
	(void)state;

	snprintf(form, sizeof(form), BUY "&InstanceCount=3"
		"&ReservedInstancesOfferingId=%s&DryRun=true", id);
	refused(form, "DryRunOperation");
	snprintf(form, sizeof(form), BUY "&InstanceCount=21"
		"&ReservedInstancesOfferingId=%s", id);
	refused(form, "ReservedInstancesLimitExceeded");
	snprintf(form, sizeof(form), BUY "&InstanceCount=3"
		"&ReservedInstancesOfferingId=%s", id);
	bought = element(form, "reservedInstancesId");
	snprintf(form, sizeof(form), ACT("DescribeReservedInstances")
		"&ReservedInstancesId.1=%s", bought);
	assert_int_equal(count(form, "payment-pending"), 1);
	assert_int_equal(count(form, "<instanceCount>3</instanceCount>"), 1);
	clock_advance(20000);
	assert_int_equal(count(form, "<state>active</state>"), 1);
	clock_advance(INT64_C(31536000) * 1000);
	assert_int_equal(count(form, "<state>retired</state>"), 1);
	free(bought);
	free(id);
}

/* Six m7g.large of the region. */
static void what_is_reserved_can_be_moved(void **state)
{
	static const struct { const char *more, *code; } wrong[] = {
		{ "", "MissingParameter" },
		{ TARGET "InstanceCount=5" TARGET "Scope=Region",
		  "InvalidParameterValue" },
		{ TARGET "InstanceCount=6" TARGET "Scope=Zone",
		  "InvalidParameterValue" },
		{ TARGET "InstanceCount=6" TARGET "AvailabilityZone=here",
		  "InvalidParameterValue" },
		{ TARGET "InstanceCount=6" TARGET "Scope=Region" TARGET
			"InstanceType=m6i.large", "InvalidParameterValue" }
	};
	static const char mine[] = ACT("DescribeReservedInstances")
		"&Filter.1.Name=instance-type&Filter.1.Value.1=m7g.*"
		"&Filter.2.Name=state&Filter.2.Value.1=active";
	char *id = element(mine, "reservedInstancesId"), form[512];
	(void)state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(form, sizeof(form), MODIFY "&ReservedInstancesId.1="
			"%s%s", id, wrong[i].more);
		refused(form, wrong[i].code);
	}
	snprintf(form, sizeof(form), MODIFY "&ReservedInstancesId.1=%s"
		TARGET "InstanceCount=3" TARGET "InstanceType=m7g.xlarge"
		TARGET "AvailabilityZone=us-east-1b", id);
	assert_int_equal(count(form, "rimod-"), 1);
	refused(form, "InvalidParameterValue");       /* it is retired */
	assert_int_equal(count(mine, "<instanceType>m7g.xlarge"), 1);
	assert_int_equal(count(mine, "<instanceCount>3<"), 1);
	assert_int_equal(count(mine, "<availabilityZone>us-east-1b"), 1);
	free(id);
}

static void the_marketplace_has_only_so_many(void **state)
{
	char *id = offer("&Filter.1.Name=marketplace&Filter.1.Value.1=true");
	char form[256];
	(void)state;

	snprintf(form, sizeof(form), BUY "&InstanceCount=9"
		"&ReservedInstancesOfferingId=%s", id);
	refused(form, "InsufficientReservedInstanceCapacity");
	snprintf(form, sizeof(form), BUY "&InstanceCount=1&LimitPrice.Amount="
		"1&ReservedInstancesOfferingId=%s", id);
	refused(form, "InvalidParameterValue");
	snprintf(form, sizeof(form), BUY "&InstanceCount=1&LimitPrice.Amount="
		"1000&LimitPrice.CurrencyCode=USD&ReservedInstancesOfferingId"
		"=%s", id);
	free(ask(form));
	free(id);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_aws_refuses_is_refused),
		TEST(keys_are_made_once_and_deleted_twice),
		TEST(a_placement_group_goes_when_nobody_uses_it),
		TEST(versions_belong_to_their_template),
		TEST(spot_prices_are_those_of_the_time),
		TEST(a_spot_request_waits_and_can_be_cancelled),
		TEST(offers_come_by_the_hundred),
		TEST(a_purchase_is_paid_and_then_runs),
		TEST(what_is_reserved_can_be_moved),
		TEST(the_marketplace_has_only_so_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
