/* SPDX-License-Identifier: MIT */
/* The ways to a shell on an instance that are AWS's own. */
#include "catalogue/ec2/ec2.h"

static const struct connect_fact facts[] = {
	{ "name", "tagSet/[key=Name]/value" },
	{ "public_ip", "ipAddress" },
	{ "private_ip", "privateIpAddress" },
	{ "key", "keyName" },
	{ "image", "imageId" },
	{ "vpc", "vpcId" },
	{ "state", "instanceState/name" },
	{ 0 }
};

static const struct connect_fact named[] = {
	{ "Filters[0].Name", "tag:Name" },
	{ "Filters[0].Values[0]", "{name}" },
	{ 0 }
};

static const char *const session[] = {
	"aws", "ssm", "start-session", "--target", "{id}", "--region", "{region}", NULL
};

static const char *const session_port[] = {
	"aws", "ssm", "start-session", "--target", "{id}", "--region", "{region}",
	"--document-name", "AWS-StartPortForwardingSession",
	"--parameters", "portNumber={remote},localPortNumber={local}", NULL
};

static const char *const session_far[] = {
	"aws", "ssm", "start-session", "--target", "{id}", "--region", "{region}",
	"--document-name", "AWS-StartPortForwardingSessionToRemoteHost",
	"--parameters", "host={host},portNumber={remote},localPortNumber={local}", NULL
};

static const char *const instance_connect[] = {
	"aws", "ec2-instance-connect", "ssh", "--instance-id", "{id}", "--region", "{region}",
	"--os-user={user}", NULL
};

static const struct connect_way ways[] = {
	{ .name = "ssm", .title = "Session Manager", .words = session, .forward = session_port, .far = session_far,
	  .programs = "aws session-manager-plugin",
	  .advice = "https://docs.aws.amazon.com/systems-manager/latest/userguide/"
		"session-manager-working-with-install-plugin.html" },
	{ .name = "instance-connect", .title = "EC2 Instance Connect", .words = instance_connect,
	  .programs = "aws ssh", .advice = "it takes version 2 of the AWS CLI" },
	{ 0 }
};

static const struct connect connect = {

	.facts = facts, .named = named, .state = "state", .live = "running",
	.public_address = "public_ip", .private_address = "private_ip", .ways = ways
};

const struct connect *ec2_connect(void)
{
	return &connect;
}
