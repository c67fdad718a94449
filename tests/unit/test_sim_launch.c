/* SPDX-License-Identifier: MIT */
/* RunInstances and what is changed about instances afterwards. */
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
#define RUN "Action=RunInstances" V
#define ONE "&MinCount=1&MaxCount=1"
#define INSTANCES "Action=DescribeInstances" V
#define MODIFY "Action=ModifyInstanceAttribute" V

static struct sim *sim;
static struct sim_client c;
static char x86[32], arm[32];    /* images */

static char *formf(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Sends the form and gives the body of a good answer. */
static char *formf(const char *format, ...)
{
	char form[8192];
	unsigned status;
	va_list ap;
	char *body;

	va_start(ap, format);
	vsnprintf(form, sizeof(form), format, ap);
	va_end(ap);
	body = sim_client_form(&c, form, &status);
	if (status != 200)
		print_message("%s\n%s\n", form, body);
	assert_int_equal(status, 200);
	return body;
}

static void refused(const char *wanted, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void refused(const char *wanted, const char *format, ...)
{
	char *form = malloc(40000), *body, *code;
	va_list ap;

	va_start(ap, format);
	vsnprintf(form, 40000, format, ap);
	va_end(ap);
	body = sim_client_form(&c, form, NULL);
	code = sim_element(body, "Code");
	if (!code || strcmp(code, wanted))
		fail_msg("%s\n%s", form, body);
	free(code);
	free(body);
	free(form);
}

static void first_image(const char *architecture, char out[32])
{
	char *body = formf("Action=DescribeImages" V "&Filter.1.Name="
		"architecture&Filter.1.Value.1=%s", architecture);
	char *id = sim_element(body, "imageId");

	snprintf(out, 32, "%s", id);
	free(id);
	free(body);
}

static int start(void **state)
{
	struct sim_options options = { .instances = 240 };
	struct error err = ERROR_INIT;

	(void)state;
	clock_set_virtual(NOW);
	sim = sim_start(&options, &err);
	sim_client_init(&c, sim, "ec2");
	first_image("x86_64", x86);
	first_image("arm64", arm);
	return sim ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	sim_client_clear(&c);
	sim_stop(sim);
	return 0;
}

static void fault(const char *spec)
{
	struct error err = ERROR_INIT;

	assert_true(sim_fault(sim, spec, &err));
}

static char *launch(const char *more)
{
	char *body = formf(RUN ONE "&ImageId=%s&InstanceType=t3.micro%s", x86,
		more);
	char *id = sim_element(body, "instanceId");

	free(body);
	return id;
}

/* The first text of an element of the one instance. */
static void expect_of(const char *id, const char *element, const char *wanted)
{
	char *body = formf(INSTANCES "&InstanceId.1=%s", id);
	char *text = sim_element(body, element);

	if (!text || strcmp(text, wanted))
		fail_msg("%s: %s is %s, not %s", id, element, text, wanted);
	free(text);
	free(body);
}

static void expect_group(const char *id)
{
	char *body = formf(INSTANCES "&InstanceId.1=%s", id);

	assert_non_null(strstr(body, "<groupName>default</groupName>"));
	free(body);
}

static void expect_attribute(const char *id, const char *name,
	const char *wanted)
{
	char *body = formf("Action=DescribeInstanceAttribute" V
		"&InstanceId=%s&Attribute=%s", id, name);
	char *text = sim_element(body, "value");

	if (!text || strcmp(text, wanted))
		fail_msg("%s: %s is %s, not %s", id, name, text, wanted);
	free(text);
	free(body);
}

static void state_of(const char *id, const char *wanted)
{
	char *body = formf(INSTANCES "&InstanceId.1=%s", id);
	char *name = sim_element(strstr(body, "<instanceState>"), "name");

	assert_string_equal(name, wanted);
	free(name);
	free(body);
}

#define DISK "&BlockDeviceMapping.1."
#define SPOT "&InstanceMarketOptions.MarketType=spot&InstanceMarketOptions."
static const struct { const char *code, *more; } refused_launches[] = {
	{ "InvalidParameterValue", ONE "&InstanceType=t3.huge" },
	{ "InvalidParameterValue", ONE "&InstanceType=m7g.large" },
	{ "MissingParameter", "&InstanceType=t3.micro&MinCount=1" },
	{ "InvalidParameterValue", "&InstanceType=t3.micro&MinCount=0&MaxCount=1" },
	{ "InvalidParameterCombination", "&InstanceType=t3.micro&MinCount=2&MaxCount=1" },
	{ "InvalidKeyPair.NotFound", ONE "&InstanceType=t3.micro&KeyName=nobody" },
	{ "InvalidGroup.NotFound", ONE "&InstanceType=t3.micro&SecurityGroupId.1=sg-0123456789abcdef0" },
	{ "InvalidGroupId.Malformed", ONE "&InstanceType=t3.micro&SecurityGroupId.1=web" },
	{ "InvalidGroup.NotFound", ONE "&InstanceType=t3.micro&SecurityGroup.1=nobody" },
	{ "InvalidSubnetID.NotFound", ONE "&InstanceType=t3.micro&SubnetId=subnet-0123456789abcdef0" },
	{ "InvalidParameterValue", ONE "&InstanceType=t3.micro&Placement.AvailabilityZone=us-east-1z" },
	{ "InvalidParameterCombination", ONE "&InstanceType=t3.micro&SubnetId=subnet-0123456789abcdef0"
	  "&NetworkInterface.1.DeviceIndex=0" },
	{ "InvalidParameterCombination", ONE "&InstanceType=t3.micro&SecurityGroup.1=default"
	  "&NetworkInterface.1.DeviceIndex=0" },
	{ "InvalidUserData.Malformed", ONE "&InstanceType=t3.micro&UserData=%2A%2A" },
	{ "InvalidBlockDeviceMapping", ONE "&InstanceType=t3.micro" DISK "DeviceName=/dev/xvda" DISK
	  "Ebs.VolumeSize=4" },
	{ "MissingParameter", ONE "&InstanceType=t3.micro" DISK "DeviceName=/dev/sdf" DISK
	  "Ebs.VolumeType=gp3" },
	{ "InvalidParameterValue", ONE "&InstanceType=t3.micro" DISK "DeviceName=/dev/sdf" DISK
	  "Ebs.VolumeSize=9" DISK "Ebs.VolumeType=fast" },
	{ "MissingParameter", ONE "&InstanceType=t3.micro" DISK "DeviceName=/dev/sdf" DISK
	  "Ebs.VolumeSize=9" DISK "Ebs.VolumeType=io2" },
	{ "InvalidBlockDeviceMapping", ONE "&InstanceType=t3.micro" DISK "DeviceName=/dev/sdf" DISK
	  "Ebs.VolumeSize=9&BlockDeviceMapping.2.DeviceName=/dev/sdf" },
	{ "InvalidParameterValue", ONE "&InstanceType=t3.micro&IamInstanceProfile.Name=nobody" },
	{ "InvalidParameterCombination", ONE "&InstanceType=t3.micro&IamInstanceProfile.Name=web-prod"
	  "&IamInstanceProfile.Arn=arn:aws:iam::210987654321:instance-profile/web-prod" },
	{ "InvalidParameterCombination", ONE "&InstanceType=m5.large&CreditSpecification.CpuCredits=standard" },
	{ "InvalidParameterValue", ONE "&InstanceType=t3.micro&HibernationOptions.Configured=true" },
	{ "InvalidParameterValue", ONE "&InstanceType=t3.micro" SPOT "SpotOptions.MaxPrice=cheap" },
	{ "SpotMaxPriceTooLow", ONE "&InstanceType=t3.micro" SPOT "SpotOptions.MaxPrice=0.0001" },
	{ "InvalidParameterValue", ONE "&InstanceType=t3.micro&TagSpecification.1.ResourceType=moon" },
	{ "InvalidParameterValue", ONE "&InstanceType=t3.micro&TagSpecification.1.ResourceType=instance"
	  "&TagSpecification.1.Tag.1.Key=aws:x" },
	{ "VcpuLimitExceeded", "&InstanceType=m6i.4xlarge&MinCount=41&MaxCount=41" },
	{ "MaxSpotInstanceCountExceeded", "&InstanceType=m6i.4xlarge&MinCount=41&MaxCount=41" SPOT
	  "SpotOptions.SpotInstanceType=one-time" },
	{ "Unsupported", ONE "&InstanceType=p4d.24xlarge&Placement.AvailabilityZone=us-east-1f" },
	{ "UnknownParameter", ONE "&InstanceType=t3.micro&Color=red" },
	{ "DryRunOperation", ONE "&InstanceType=t3.micro&DryRun=true" },
};

static void test_refused_launches(void **state)
{
	(void)state;
	refused("MissingParameter", RUN ONE);
	refused("InvalidAMIID.Malformed", RUN ONE "&ImageId=image");
	refused("InvalidAMIID.NotFound", RUN ONE
		"&ImageId=ami-0123456789abcdef0");
	for (size_t i = 0; i < sizeof(refused_launches) /
	     sizeof(*refused_launches); i++)
		refused(refused_launches[i].code, RUN "&ImageId=%s%s", x86,
			refused_launches[i].more);
	fault("capacity*1");
	refused("InsufficientInstanceCapacity", RUN ONE
		"&ImageId=%s&InstanceType=t3.micro", x86);
	fault("denied/RunInstances*1");
	refused("UnauthorizedOperation", RUN ONE
		"&ImageId=%s&InstanceType=t3.micro", x86);
}

static void test_too_much_data(void **state)
{
	char *data = calloc(1, 24001);

	(void)state;
	memset(data, 'A', 24000);
	refused("InvalidParameterValue", RUN ONE "&ImageId=%s&InstanceType="
		"t3.micro&UserData=%s", x86, data);
	free(data);
}

static void test_two_with_everything(void **state)
{
	char *body = formf(RUN "&MinCount=2&MaxCount=2&ImageId=%s"
		"&InstanceType=t4g.micro&KeyName=ops-2025&Monitoring.Enabled="
		"true&IamInstanceProfile.Name=ssm-managed&UserData=aGk%%3D"
		"&MetadataOptions.HttpTokens=required&BlockDeviceMapping.1."
		"DeviceName=/dev/xvda&BlockDeviceMapping.1.Ebs.VolumeSize=30"
		"&BlockDeviceMapping.1.Ebs.Encrypted=true&BlockDeviceMapping."
		"2.DeviceName=/dev/sdf&BlockDeviceMapping.2.Ebs.VolumeSize=77"
		"&BlockDeviceMapping.2.Ebs.DeleteOnTermination=false"
		"&TagSpecification.1.ResourceType=instance"
		"&TagSpecification.1.Tag.1.Key=Name"
		"&TagSpecification.1.Tag.1.Value=new-1"
		"&TagSpecification.2.ResourceType=volume"
		"&TagSpecification.2.Tag.1.Key=of"
		"&TagSpecification.2.Tag.1.Value=new", arm);
	char *id = sim_element(body, "instanceId"), *volumes;

	(void)state;
	assert_int_equal(sim_count(body, "<amiLaunchIndex>"), 2);
	assert_int_equal(sim_count(body, "<reservationId>"), 1);
	free(body);
	state_of(id, "pending");
	clock_advance(20000);
	state_of(id, "running");
	expect_of(id, "instanceType", "t4g.micro");
	expect_of(id, "architecture", "arm64");
	expect_of(id, "keyName", "ops-2025");
	expect_of(id, "httpTokens", "required");
	expect_group(id);
	expect_of(id, "arn",
		"arn:aws:iam::210987654321:instance-profile/ssm-managed");
	expect_attribute(id, "userData", "aGk=");
	volumes = formf("Action=DescribeVolumes" V "&Filter.1.Name="
		"attachment.instance-id&Filter.1.Value.1=%s&Filter.2.Name="
		"tag:of&Filter.2.Value.1=new", id);
	assert_int_equal(sim_count(volumes, "<volumeId>"), 4);
	assert_non_null(strstr(volumes, "<size>30</size>"));
	assert_non_null(strstr(volumes, "<size>77</size>"));
	free(volumes);
	body = formf(INSTANCES "&Filter.1.Name=tag:Name&Filter.1.Value.1="
		"new-1");
	assert_int_equal(sim_count(body, "<amiLaunchIndex>"), 2);
	free(body);
	/* What is not to go with it stays. */
	free(formf("Action=TerminateInstances" V "&InstanceId.1=%s", id));
	clock_advance(60000);
	volumes = formf("Action=DescribeVolumes" V "&Filter.1.Name=tag:of"
		"&Filter.1.Value.1=new&Filter.2.Name=status&Filter.2.Value.1="
		"available");
	assert_int_equal(sim_count(volumes, "<size>"), 1);
	assert_non_null(strstr(volumes, "<size>77</size>"));
	free(volumes);
	free(id);
}

static void test_the_same_token_launches_once(void **state)
{
	char *first = launch("&ClientToken=one"), *again;

	(void)state;
	again = launch("&ClientToken=one");
	assert_string_equal(first, again);
	refused("IdempotentParameterMismatch", RUN "&MinCount=1&MaxCount=2"
		"&ImageId=%s&InstanceType=t3.micro&ClientToken=one", x86);
	free(first);
	free(again);
}

static void test_public_address(void **state)
{
	char *body = formf("Action=DescribeSubnets" V "&Filter.1.Name="
		"default-for-az&Filter.1.Value.1=false");
	char *subnet = sim_element(body, "subnetId"), *id, more[256];

	(void)state;
	free(body);
	snprintf(more, sizeof(more), "&SubnetId=%s", subnet);
	id = launch(more);
	body = formf(INSTANCES "&InstanceId.1=%s", id);
	assert_null(strstr(body, "<ipAddress>"));
	free(body);
	free(id);
	snprintf(more, sizeof(more), "&NetworkInterface.1.DeviceIndex=0&"
		"NetworkInterface.1.SubnetId=%s&NetworkInterface.1."
		"AssociatePublicIpAddress=true", subnet);
	id = launch(more);
	body = formf(INSTANCES "&InstanceId.1=%s", id);
	assert_non_null(strstr(body, "<ipAddress>52."));
	assert_non_null(strstr(body, subnet));
	free(body);
	free(id);
	free(subnet);
}

static void test_not_found_at_first(void **state)
{
	char *id, form[256];

	(void)state;
	fault("late=5000/RunInstances*1");
	id = launch("");
	snprintf(form, sizeof(form), INSTANCES "&InstanceId.1=%s", id);
	refused("InvalidInstanceID.NotFound", "%s", form);
	refused("InvalidInstanceID.NotFound", "Action=CreateTags" V
		"&ResourceId.1=%s&Tag.1.Key=a", id);
	clock_advance(5000);
	free(formf("%s", form));
	free(id);
}

static void test_attributes(void **state)
{
	char *id = launch(""), *pending = launch("");

	(void)state;
	refused("InvalidParameterCombination", MODIFY "&InstanceId=%s", id);
	refused("InvalidParameterCombination", MODIFY "&InstanceId=%s"
		"&SourceDestCheck.Value=true&DisableApiStop.Value=true", id);
	refused("InvalidParameterValue", MODIFY "&InstanceId=%s"
		"&SourceDestCheck.Value=maybe", id);
	refused("InvalidParameterValue", MODIFY "&InstanceId=%s"
		"&Attribute=moon&Value=1", id);
	refused("IncorrectInstanceState", MODIFY "&InstanceId=%s"
		"&InstanceType.Value=t3.large", pending);
	refused("IncorrectInstanceState", MODIFY "&InstanceId=%s"
		"&UserData.Value=aGk%%3D", pending);
	refused("InvalidInstanceAttributeValue", MODIFY "&InstanceId=%s&"
		"BlockDeviceMapping.1.DeviceName=/dev/sdz&BlockDeviceMapping."
		"1.Ebs.DeleteOnTermination=true", id);
	refused("InvalidGroup.NotFound", MODIFY "&InstanceId=%s"
		"&GroupId.1=sg-0123456789abcdef0", id);
	clock_advance(20000);
	free(formf("Action=StopInstances" V "&InstanceId.1=%s", id));
	clock_advance(30000);
	refused("InvalidParameterValue", MODIFY "&InstanceId=%s"
		"&InstanceType.Value=m7g.large", id);
	refused("DryRunOperation", MODIFY "&InstanceId=%s&InstanceType.Value="
		"t3.large&DryRun=true", id);
	expect_attribute(id, "instanceType", "t3.micro");
	free(formf(MODIFY "&InstanceId=%s&InstanceType.Value=t3.large", id));
	free(formf(MODIFY "&InstanceId=%s&UserData.Value=aGk%%3D", id));
	free(formf(MODIFY "&InstanceId=%s&SourceDestCheck.Value=false", id));
	free(formf(MODIFY "&InstanceId=%s&Attribute="
		"instanceInitiatedShutdownBehavior&Value=terminate", id));
	expect_attribute(id, "instanceType", "t3.large");
	expect_attribute(id, "userData", "aGk=");
	expect_attribute(id, "sourceDestCheck", "false");
	expect_attribute(id, "instanceInitiatedShutdownBehavior",
		"terminate");
	expect_of(id, "instanceType", "t3.large");
	expect_attribute(pending, "sourceDestCheck", "true");
	free(id);
	free(pending);
}

static void test_protection_holds(void **state)
{
	char *id = launch("&DisableApiTermination=true"), form[256];

	(void)state;
	clock_advance(20000);
	snprintf(form, sizeof(form), "Action=TerminateInstances" V
		"&InstanceId.1=%s", id);
	refused("OperationNotPermitted", "%s", form);
	free(formf(MODIFY "&InstanceId=%s&DisableApiTermination.Value=false",
		id));
	free(formf(MODIFY "&InstanceId=%s&DisableApiStop.Value=true", id));
	refused("OperationNotPermitted", "%s", form);
	refused("OperationNotPermitted", "Action=StopInstances" V
		"&InstanceId.1=%s", id);
	free(formf(MODIFY "&InstanceId=%s&DisableApiStop.Value=false", id));
	refused("UnsupportedHibernationConfiguration", "Action=StopInstances"
		V "&Hibernate=true&InstanceId.1=%s", id);
	free(id);
}

static void test_profiles(void **state)
{
#define ASSOCIATE "Action=AssociateIamInstanceProfile" V
#define ASSOCIATIONS "Action=DescribeIamInstanceProfileAssociations" V
	char *id = launch(""), *body, *association, *second;

	(void)state;
	refused("MissingParameter", ASSOCIATE "&InstanceId=%s", id);
	refused("InvalidAssociationID.NotFound",
		"Action=DisassociateIamInstanceProfile" V
		"&AssociationId=iip-assoc-00000000000000000");
	body = formf(ASSOCIATE "&InstanceId=%s&IamInstanceProfile.Name="
		"backup", id);
	association = sim_element(body, "associationId");
	free(body);
	refused("IncorrectState", ASSOCIATE "&InstanceId=%s"
		"&IamInstanceProfile.Name=backup", id);
	body = formf("Action=ReplaceIamInstanceProfileAssociation" V
		"&AssociationId=%s&IamInstanceProfile.Name=web-prod",
		association);
	second = sim_element(body, "associationId");
	assert_string_not_equal(association, second);
	free(body);
	body = formf(ASSOCIATIONS "&Filter.1.Name=instance-id"
		"&Filter.1.Value.1=%s", id);
	assert_int_equal(sim_count(body, "<associationId>"), 1);
	assert_non_null(strstr(body, second));
	free(body);
	free(formf("Action=DisassociateIamInstanceProfile" V
		"&AssociationId=%s", second));
	body = formf(INSTANCES "&InstanceId.1=%s", id);
	assert_null(strstr(body, "iamInstanceProfile"));
	free(body);
	free(association);
	free(second);
	free(id);
}

static void test_settings(void **state)
{
	char *id = launch(""), *body;

	(void)state;
	free(formf("Action=MonitorInstances" V "&InstanceId.1=%s", id));
	body = formf(INSTANCES "&InstanceId.1=%s", id);
	assert_non_null(strstr(body, "<monitoring><state>enabled"));
	free(body);
	refused("InvalidParameterValue", "Action=ModifyInstanceMetadataOptions"
		V "&InstanceId=%s&HttpPutResponseHopLimit=65", id);
	free(formf("Action=ModifyInstanceMetadataOptions" V "&InstanceId=%s"
		"&HttpTokens=required&HttpPutResponseHopLimit=3", id));
	expect_of(id, "httpTokens", "required");
	expect_of(id, "httpPutResponseHopLimit", "3");
	body = formf("Action=GetConsoleOutput" V "&InstanceId=%s", id);
	assert_non_null(strstr(body, "<output/>"));
	free(body);
	clock_advance(20000);
	body = formf("Action=GetConsoleOutput" V "&InstanceId=%s", id);
	assert_non_null(strstr(body, "<output>WyAgICAwLjAwMDAwMF0"));
	free(body);
	body = formf("Action=GetPasswordData" V "&InstanceId=%s", id);
	assert_non_null(strstr(body, "<passwordData/>"));
	free(body);
	free(id);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)
	const struct CMUnitTest tests[] = {
		TEST(test_refused_launches),
		TEST(test_too_much_data),
		TEST(test_two_with_everything),
		TEST(test_the_same_token_launches_once),
		TEST(test_public_address),
		TEST(test_not_found_at_first),
		TEST(test_attributes),
		TEST(test_protection_holds),
		TEST(test_profiles),
		TEST(test_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
