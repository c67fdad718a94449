/* SPDX-License-Identifier: MIT */
/* Volumes, snapshots and images of the simulator: refusals, and states that
 * move with the clock. */
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
#define V "&Version=2016-11-15&"
#define CREATE "Action=CreateVolume" V "AvailabilityZone=us-east-1a"
#define NOBODY "vol-0123456789abcdef0"
#define NO_SNAPSHOT "snap-0123456789abcdef0"
#define SECOND 1000

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

/* The text of the answer's first element of that name. */
static char *ask(const char *element, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static char *ask(const char *element, const char *format, ...)
{
	char form[2048], *body, *text;
	unsigned status;
	va_list ap;

	va_start(ap, format);
	vsnprintf(form, sizeof(form), format, ap);
	va_end(ap);
	body = sim_client_form(&c, form, &status);
	text = sim_element(body, element);
	if (!text)
		print_message("%s\n%s\n", form, body);
	free(body);
	return text;
}

/* The answer, or the error's code, is that. */
#define IS(wanted, element, ...) do { \
		char *text_ = ask(element, __VA_ARGS__); \
		assert_non_null(text_); \
		assert_string_equal(text_, wanted); \
		free(text_); \
	} while (0)

static void test_refusals(void **state)
{
	static const struct { const char *form, *code; } rows[] = {
		{ "Action=CreateVolume" V "Size=1", "MissingParameter" },
		{ CREATE, "MissingParameter" },
		{ CREATE "&Size=0", "InvalidParameterValue" },
		{ CREATE "&Size=x", "InvalidParameterValue" },
		{ CREATE "&Size=16385", "InvalidParameterValue" },
		{ CREATE "&Size=1&VolumeType=gp9", "UnknownVolumeType" },
		{ CREATE "&Size=1&VolumeType=st1", "InvalidParameterValue" },
		{ CREATE "&Size=10&VolumeType=io1", "MissingParameter" },
		{ CREATE "&Size=10&VolumeType=io1&Iops=501", "InvalidParameterValue" },
		{ CREATE "&Size=10&VolumeType=gp2&Iops=500", "InvalidParameterCombination" },
		{ CREATE "&Size=10&VolumeType=gp3&Throughput=751", "InvalidParameterValue" },
		{ CREATE "&Size=10&VolumeType=gp3&MultiAttachEnabled=true", "InvalidParameterCombination" },
		{ CREATE "&Size=1&KmsKeyId=x", "InvalidParameterDependency" },
		{ CREATE "&Size=1&Sise=1", "UnknownParameter" },
		{ CREATE "&Size=1&DryRun=true", "DryRunOperation" },
		{ CREATE "&SnapshotId=" NO_SNAPSHOT, "InvalidSnapshot.NotFound" },
		{ CREATE "&SnapshotId=snap-1", "InvalidSnapshotID.Malformed" },
		{ "Action=CreateVolume" V "AvailabilityZone=eu-west-1a&Size=1", "InvalidZone.NotFound" },
		{ "Action=AttachVolume" V "VolumeId=" NOBODY, "MissingParameter" },
		{ "Action=AttachVolume" V "VolumeId=" NOBODY "&InstanceId=i-1&Device=/dev/sdf",
		  "InvalidVolume.NotFound" },
		{ "Action=DetachVolume" V "VolumeId=" NOBODY, "InvalidVolume.NotFound" },
		{ "Action=DeleteVolume" V "VolumeId=vol-1", "InvalidVolumeID.Malformed" },
		{ "Action=ModifyVolume" V "VolumeId=" NOBODY "&Size=1", "InvalidVolume.NotFound" },
		{ "Action=CreateSnapshot" V "VolumeId=" NOBODY, "InvalidVolume.NotFound" },
		{ "Action=DeleteSnapshot" V "SnapshotId=" NO_SNAPSHOT, "InvalidSnapshot.NotFound" },
		{ "Action=CopySnapshot" V "SourceSnapshotId=" NO_SNAPSHOT, "MissingParameter" },
		{ "Action=CopySnapshot" V "SourceRegion=mars&SourceSnapshotId=" NO_SNAPSHOT, "InvalidParameterValue" },
		{ "Action=CopySnapshot" V "SourceRegion=eu-west-1&SourceSnapshotId=" NO_SNAPSHOT,
		  "InvalidSnapshot.NotFound" },
		{ "Action=RegisterImage" V "Name=ab", "InvalidAMIName.Malformed" },
		{ "Action=RegisterImage" V "Name=abc&Architecture=vax", "InvalidParameterValue" },
		{ "Action=RegisterImage" V "Name=abc", "MissingParameter" },
		{ "Action=RegisterImage" V "Name=abc&RootDeviceName=/dev/xvda", "InvalidBlockDeviceMapping" },
		{ "Action=CreateImage" V "Name=abc&InstanceId=i-0123456789abcdef0", "InvalidInstanceID.NotFound" },
		{ "Action=DeregisterImage" V "ImageId=ami-0123456789abcdef0", "InvalidAMIID.NotFound" },
		{ "Action=CopyImage" V "Name=abc&SourceRegion=eu-west-1&SourceImageId=ami-0123456789abcdef0",
		  "InvalidAMIID.NotFound" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		IS(rows[i].code, "Code", "%s", rows[i].form);
}

static char *make(const char *more)
{
	char *id = ask("volumeId", CREATE "%s", more);

	assert_non_null(id);
	return id;
}

#define VOLUME "Action=DescribeVolumes" V "VolumeId.1=%s"

static void test_a_volume_over_time(void **state)
{
	char *id = make("&Size=10&VolumeType=gp3");
	char *host = ask("instanceId", "Action=DescribeInstances" V
		"Filter.1.Name=availability-zone&Filter.1.Value.1=us-east-1a"
		"&Filter.2.Name=instance-state-name&Filter.2.Value.1=running");

	(void)state;
	IS("creating", "status", VOLUME, id);
	IS("IncorrectState", "Code", "Action=AttachVolume" V "VolumeId=%s"
		"&InstanceId=%s&Device=/dev/sdm", id, host);
	clock_advance(5 * SECOND);
	IS("available", "status", VOLUME, id);
	IS("attaching", "status", "Action=AttachVolume" V "VolumeId=%s"
		"&InstanceId=%s&Device=/dev/sdm", id, host);
	IS("in-use", "status", VOLUME, id);
	IS("VolumeInUse", "Code", "Action=DeleteVolume" V "VolumeId=%s", id);
	clock_advance(3 * SECOND);
	IS("InvalidAttachment.NotFound", "Code", "Action=DetachVolume" V
		"VolumeId=%s&Device=/dev/sdn", id);
	IS("detaching", "status", "Action=DetachVolume" V "VolumeId=%s", id);
	clock_advance(4 * SECOND);
	IS("available", "status", VOLUME, id);
	IS("true", "return", "Action=DeleteVolume" V "VolumeId=%s", id);
	IS("deleting", "status", VOLUME, id);
	clock_advance(3 * SECOND);
	IS("InvalidVolume.NotFound", "Code", VOLUME, id);
	free(host);
	free(id);
}

#define CHANGE "Action=DescribeVolumesModifications" V "VolumeId.1=%s"
#define MODIFY "Action=ModifyVolume" V "VolumeId=%s&"

static void test_a_change_over_time(void **state)
{
	char *id = make("&Size=10&VolumeType=gp3");

	(void)state;
	clock_advance(5 * SECOND);
	IS("InvalidVolumeModification.NotFound", "Code", CHANGE, id);
	IS("InvalidParameterCombination", "Code", MODIFY, id);
	IS("InvalidParameterValue", "Code", MODIFY "Size=9", id);
	IS("modifying", "modificationState", MODIFY "Size=20", id);
	IS("10", "size", VOLUME, id);
	clock_advance(6 * SECOND);
	IS("optimizing", "modificationState", CHANGE, id);
	IS("20", "size", VOLUME, id);
	IS("IncorrectModificationState", "Code", MODIFY "Size=30", id);
	clock_advance(60 * SECOND);
	IS("completed", "modificationState", CHANGE, id);
	IS("VolumeModificationRateExceeded", "Code", MODIFY "Size=30", id);
	clock_advance(6 * 3600 * SECOND);
	IS("modifying", "modificationState", MODIFY "Size=30", id);
	free(id);
}

#define SNAPSHOT "Action=DescribeSnapshots" V "SnapshotId.1=%s"
#define SHARE "Action=ModifySnapshotAttribute" V "SnapshotId=%s&"

static void test_a_snapshot_over_time(void **state)
{
	char *volume = make("&Size=2"), *id;

	(void)state;
	IS("IncorrectState", "Code", "Action=CreateSnapshot" V "VolumeId=%s",
		volume);
	clock_advance(5 * SECOND);
	id = ask("snapshotId", "Action=CreateSnapshot" V "VolumeId=%s",
		volume);
	IS("0%", "progress", SNAPSHOT, id);
	clock_advance(6 * SECOND);
	IS("50%", "progress", SNAPSHOT, id);
	IS("pending", "status", SNAPSHOT, id);
	clock_advance(7 * SECOND);
	IS("completed", "status", SNAPSHOT, id);
	IS("InvalidUserID.Malformed", "Code", SHARE
		"Attribute=createVolumePermission&OperationType=add"
		"&UserId.1=96306829013", id);
	IS("MissingParameter", "Code", SHARE
		"Attribute=createVolumePermission&UserId.1=963068290131", id);
	IS("InvalidParameterCombination", "Code", SHARE
		"CreateVolumePermission.Add.1.Group=all"
		"&CreateVolumePermission.Remove.1.UserId=963068290131", id);
	IS("true", "return", SHARE
		"CreateVolumePermission.Add.1.Group=all", id);
	IS("all", "group", "Action=DescribeSnapshotAttribute" V
		"SnapshotId=%s&Attribute=createVolumePermission", id);
	IS("true", "return", "Action=ResetSnapshotAttribute" V
		"SnapshotId=%s&Attribute=createVolumePermission", id);
	IS("", "createVolumePermission", "Action=DescribeSnapshotAttribute" V
		"SnapshotId=%s&Attribute=createVolumePermission", id);
	free(id);
	free(volume);
}

/* The defaults of AWS are those of 2009. */
static void test_an_image_over_time(void **state)
{
	char *snapshot = ask("snapshotId", "Action=DescribeSnapshots" V
		"Owner.1=self&Filter.1.Name=status&Filter.1.Value.1=completed"
		"&Filter.2.Name=encrypted&Filter.2.Value.1=false");
	char *id = ask("imageId", "Action=RegisterImage" V "Name=abc"
		"&RootDeviceName=/dev/sda1&BlockDeviceMapping.1.DeviceName="
		"/dev/sda1&BlockDeviceMapping.1.Ebs.SnapshotId=%s", snapshot);

	(void)state;
	IS("paravirtual", "virtualizationType", "Action=DescribeImages" V
		"ImageId.1=%s", id);
	IS("i386", "architecture", "Action=DescribeImages" V
		"ImageId.1=%s", id);
	IS("pending", "imageState", "Action=DescribeImages" V
		"ImageId.1=%s", id);
	clock_advance(13 * SECOND);
	IS("available", "imageState", "Action=DescribeImages" V
		"ImageId.1=%s", id);
	IS("InvalidSnapshot.InUse", "Code", "Action=DeleteSnapshot" V
		"SnapshotId=%s", snapshot);
	IS("true", "return", "Action=DeregisterImage" V "ImageId=%s", id);
	IS("InvalidAMIID.NotFound", "Code", "Action=DeregisterImage" V
		"ImageId=%s", id);
	free(id);
	free(snapshot);
}

#define COPY "Action=CopySnapshot" V "SourceRegion=us-east-1&" \
	"SourceSnapshotId=%s"

/* Of what is encrypted; the client's own URLs are tried with the program. */
static void test_a_copy_needs_consent(void **state)
{
	char *id = ask("snapshotId", "Action=DescribeSnapshots" V
		"Owner.1=self&Filter.1.Name=status&Filter.1.Value.1=completed"
		"&Filter.2.Name=encrypted&Filter.2.Value.1=true");

	(void)state;
	c.region = "eu-west-1";
	IS("MissingParameter", "Code", COPY, id);
	IS("InvalidParameterValue", "Code", COPY "&PresignedUrl=x", id);
	IS("InvalidParameterValue", "Code", COPY "&PresignedUrl="
		"http%%3A%%2F%%2Fx%%2F%%3FX-Amz-Signature%%3D1", id);
	free(id);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)
	const struct CMUnitTest tests[] = {
		TEST(test_refusals),
		TEST(test_a_volume_over_time),
		TEST(test_a_change_over_time),
		TEST(test_a_snapshot_over_time),
		TEST(test_an_image_over_time),
		TEST(test_a_copy_needs_consent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
