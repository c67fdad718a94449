/* SPDX-License-Identifier: MIT */
/* VPC endpoints: of gateways (S3, DynamoDB) and of interfaces. */
#include "sim/ec2/kinds.h"
#include "sim/ec2/parts.h"
#include "sim/ec2/use.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stdio.h>
#include <string.h>

#define PENDING_MS 30000
#define DELETING_MS 30000

static const char *const policy = "{\"Statement\":[{\"Action\":\"*\","
	"\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"}]}";

static void set_item(struct thing *t, const char *list, size_t n,
	const char *text)
{
	char path[48];

	snprintf(path, sizeof(path), "%s/%zu", list, n);
	thing_set(t, path, "%s", text);
}

static void seed(struct world *w)
{
	struct thing *t = things_born(w, endpoint_kind(), w->born);
	struct thing *vpc = NULL, *table = NULL;
	size_t cursor = 0;

	for (int n = 0; n < 3; n++)
		vpc = things_next(w, vpc_kind(), w->born, &cursor);
	cursor = 0;
	do
		table = things_next(w, table_kind(), w->born, &cursor);
	while (!table->tags.count || !thing_is(table, "vpcId", vpc->id, 0));
	thing_set(t, "vpcId", "%s", vpc->id);
	thing_set(t, "serviceName", "com.amazonaws.%s.s3", w->region->name);
	set_item(t, "routeTableIdSet", 1, table->id);
	thing_set(t, "policyDocument", "%s", policy);
	thing_tag(t, "Name", "s3");
}

/* com.amazonaws.<region>.<service> of what the simulator knows. */
static bool check_service(struct call *c, bool gateway)
{
	static const char *const gateways[] = { "s3", "dynamodb", NULL };
	static const char *const interfaces[] = {
		"s3", "ec2", "ssm", "ssmmessages", "ec2messages", "sqs", "sns",
		"kms", "logs", "monitoring", "secretsmanager", "sts", NULL
	};
	const char *name = ec2_need(c, "ServiceName"), *service;
	const char *begin = call_textf(c, "com.amazonaws.%s.",
		c->world->region->name);

	if (!name)
		return false;
	service = str_starts(name, begin) ? name + strlen(begin) : "";
	for (const char *const *s = gateway ? gateways : interfaces; *s; s++)
		if (!strcmp(*s, service))
			return true;
	return call_error(c, 400, "InvalidServiceName", "The Vpc Endpoint "
		"Service '%s' does not exist", name);
}

/* Ids of a list parameter that are all there, into a list of the thing. */
static bool take_ids(struct call *c, struct thing *t, const char *param,
	const struct thing_kind *kind, const char *list)
{
	struct call_pairs ids = { 0 };
	bool ok = true;

	call_list(c, param, &ids);
	for (size_t i = 0; ok && i < ids.count; i++) {
		struct thing_row row;

		ok = ec2_list_find(c, &kind->list, ids.items[i].value, &row);
		if (ok)
			set_item(t, list, i + 1, ids.items[i].value);
	}
	VEC_FREE(&ids);
	return ok;
}

/* An interface in each subnet, and groups in front of them. */
static void open_interfaces(struct call *c, struct thing *t)
{
	struct call_pairs ids = { 0 };
	char path[64];

	call_list(c, "SubnetId", &ids);
	for (size_t i = 0; i < ids.count; i++) {
		struct thing *subnet = things_find(c->world, subnet_kind(),
			ids.items[i].value, c->now);

		set_item(t, "networkInterfaceIdSet", i + 1, interface_add(
			c->world, subnet, call_textf(c, "VPC Endpoint "
			"Interface %s", t->id), "vpc_endpoint")->id);
	}
	ids.count = 0;
	call_list(c, "SecurityGroupId", &ids);
	for (size_t i = 0; i < ids.count; i++) {
		struct thing *group = things_find(c->world, group_kind(),
			ids.items[i].value, c->now);

		snprintf(path, sizeof(path), "groupSet/%zu/groupId", i + 1);
		thing_set(t, path, "%s", ids.items[i].value);
		snprintf(path, sizeof(path), "groupSet/%zu/groupName", i + 1);
		thing_set(t, path, "%s", group ? thing_get(group, "groupName",
			c->now) : "");
	}
	VEC_FREE(&ids);
	thing_set(t, "state", "pending");
	thing_later(t, c->now + PENDING_MS, "state", "available");
}

static bool check_groups(struct call *c)
{
	struct thing *scratch = thing_new(endpoint_kind(), c);

	return take_ids(c, scratch, "SecurityGroupId", group_kind(), "x");
}

static void create(struct call *c)
{
	const char *type = call_param(c, "VpcEndpointType");
	bool gateway = !type || !strcmp(type, "Gateway");
	struct thing *vpc = things_need(c, vpc_kind(), "VpcId"), *t;

	if (!vpc || !check_service(c, gateway) || !check_groups(c))
		return;
	if (gateway ? !!call_param(c, "SubnetId.1") :
		!!call_param(c, "RouteTableId.1")) {
		call_error(c, 400, "InvalidParameter", "%s cannot be set for "
			"an endpoint of that type", gateway ? "Subnet IDs" :
			"Route table IDs");
		return;
	}
	t = things_draft(c, endpoint_kind());
	if (!t)
		return;
	if (!take_ids(c, t, "RouteTableId", table_kind(), "routeTableIdSet") ||
		!take_ids(c, t, "SubnetId", subnet_kind(), "subnetIdSet")) {
		thing_free(t);
		return;
	}
	if (!call_param(c, "PolicyDocument"))
		thing_set(t, "policyDocument", "%s", policy);
	if (!things_add(c, t))
		return;
	if (!gateway)
		open_interfaces(c, t);
	things_reply(c, t, "vpcEndpoint");
}

static void remove_one(struct call *c, struct thing *t)
{
	const char *id;
	size_t cursor = 0;

	while ((id = thing_each(t, "networkInterfaceIdSet/N", c->now,
		&cursor))) {
		struct thing *eni = things_find(c->world, interface_kind(),
			id, c->now);

		if (eni)
			things_remove(eni, c->now + DELETING_MS);
	}
	thing_set(t, "state", "deleting");
	things_remove(t, c->now + DELETING_MS);
}

/* Each for itself: what is not there is told, the rest is done. */
static void delete(struct call *c)
{
	struct call_pairs ids = { 0 };

	call_list(c, "VpcEndpointId", &ids);
	if (ids.count == 0)
		ec2_need(c, "VpcEndpointId");
	else if (!ec2_dry_run(c)) {
		call_open(c);
		str_add(c->out, "<unsuccessful>");
		for (size_t i = 0; i < ids.count; i++) {
			const char *id = ids.items[i].value;
			struct thing *t = things_find(c->world,
				endpoint_kind(), id, c->now);

			if (t)
				remove_one(c, t);
			else
				xml_add(c->out, "<item><error><code>"
					"InvalidVpcEndpointId.NotFound</code>"
					"<message>The Vpc Endpoint Id '%s' "
					"does not exist</message></error>"
					"<resourceId>%s</resourceId></item>",
					id, id);
		}
		str_add(c->out, "</unsuccessful>");
		call_close(c);
	}
	VEC_FREE(&ids);
}

static const struct thing_member members[] = {
	{ "vpcEndpointId", "vpc-endpoint-id", FROM_ID, NULL, NULL },
	{ "vpcEndpointType", "vpc-endpoint-type", FROM_PARAM, "VpcEndpointType", "Gateway" },
	{ "vpcId", "vpc-id", FROM_PARAM, "VpcId", NULL },
	{ "serviceName", "service-name", FROM_PARAM, "ServiceName", NULL },
	{ "state", "vpc-endpoint-state", FROM_TEXT, "available", NULL },
	{ "policyDocument", NULL, FROM_PARAM, "PolicyDocument", NULL },
	{ "privateDnsEnabled", NULL, FROM_PARAM, "PrivateDnsEnabled", "false" },
	{ "requesterManaged", NULL, FROM_TEXT, "false", NULL },
	{ "creationTimestamp", NULL, FROM_TIME, NULL, NULL },
	{ "ownerId", NULL, FROM_OWNER, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreateVpcEndpoint", .run = create, .write = true, .parameters = EC2_TAGS "VpcEndpointType VpcId "
		"ServiceName RouteTableId.N SubnetId.N SecurityGroupId.N PrivateDnsEnabled PolicyDocument "
		"ClientToken" },
	{ .name = "DeleteVpcEndpoints", .run = delete, .write = true, .parameters = "VpcEndpointId.N" },
	{ .name = "DescribeVpcEndpoints", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "VpcEndpointId.N" },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "vpcEndpointSet", .id_param = "VpcEndpointId", .id_name = "Vpc Endpoint Id",
		.prefix = "vpce-", .malformed = "InvalidVpcEndpointId.Malformed",
		.not_found = "InvalidVpcEndpointId.NotFound", .page_most = 1000, .stored = true },
	.type = "vpc-endpoint", .describe = "DescribeVpcEndpoints", .members = members,
	.actions = actions, .seed = seed,
	.most = 50, .most_code = "VpcEndpointLimitExceeded",
	.most_text = "The maximum number of VPC endpoints has been reached.",
};

const struct thing_kind *endpoint_kind(void)
{
	return &kind;
}
