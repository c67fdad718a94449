/* SPDX-License-Identifier: MIT */
/*
 * Spot requests: those that the fleet's spot instances came of, and those
 * that are made. A new one waits, for a better price or for capacity: the
 * simulator launches nothing by itself.
 */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/market.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEEDS 200
#define EVALUATION_MS 3000
#define COUNT_MOST 100
#define SPEC "launchSpecification/"
#define LAUNCH "LaunchSpecification."

static void set_id(const struct world *w, uint64_t index,
	char out[EC2_ID_MOST])
{
	snprintf(out, EC2_ID_MOST, "sir-%08llx", (unsigned long long)
		(world_id(w, ID_SPOT, index) & 0xffffffff));
}

static void set_status(struct thing *t, int64_t from, const char *code,
	const char *message)
{
	struct str time = STR_INIT;

	xml_time(&time, from);
	thing_later(t, from, "status/code", code);
	thing_later(t, from, "status/updateTime", time.p);
	thing_later(t, from, "status/message", message);
	str_clear(&time);
}

static void seed_one(struct world *w, const struct instance *i)
{
	struct thing *t = thing_new(spot_request_kind(), NULL);
	struct str time = STR_INIT;

	snprintf(t->id, sizeof(t->id), "sir-%s", i->row.id + 11);
	xml_time(&time, i->launched);
	thing_set(t, "spotInstanceRequestId", "%s", t->id);
	thing_set(t, "spotPrice", "0.680000");
	thing_set(t, "type", "one-time");
	thing_set(t, "state", "active");
	set_status(t, 0, "fulfilled", "Your Spot request is fulfilled.");
	thing_set(t, "status/updateTime", "%s", time.p);
	thing_set(t, SPEC "instanceType", "%s", i->type_name);
	thing_set(t, SPEC "imageId", "ami-0%016llx",
		(unsigned long long)i->image);
	if (i->key_name)
		thing_set(t, SPEC "keyName", "%s", i->key_name);
	thing_set(t, SPEC "monitoring/enabled", "false");
	thing_set(t, "instanceId", "%s", i->row.id);
	thing_set(t, "createTime", "%s", time.p);
	thing_set(t, "productDescription", "Linux/UNIX");
	thing_set(t, "launchedAvailabilityZone", "%s", i->zone);
	thing_set(t, "instanceInterruptionBehavior", "terminate");
	things_keep(w, t);
	str_clear(&time);
}

static void seed(struct world *w)
{
	struct instance i;
	unsigned count = 0;

	for (uint64_t n = 0; n < w->instances && count < SEEDS; n++)
		if (instance_fill(w, n, w->born, &i) && i.lifecycle &&
			!instance_is_gone(&i)) {
			seed_one(w, &i);
			count++;
		}
}

/* What of the launch specification is kept, and how it is called there. */
static const struct { const char *param, *path; } kept[] = {
	{ LAUNCH "ImageId", SPEC "imageId" },
	{ LAUNCH "KeyName", SPEC "keyName" },
	{ LAUNCH "InstanceType", SPEC "instanceType" },
	{ LAUNCH "SubnetId", SPEC "subnetId" },
	{ LAUNCH "Placement.AvailabilityZone", SPEC "placement/availabilityZone" },
	{ LAUNCH "UserData", SPEC "userData" },
	{ LAUNCH "IamInstanceProfile.Name", SPEC "iamInstanceProfile/name" },
	{ LAUNCH "IamInstanceProfile.Arn", SPEC "iamInstanceProfile/arn" },
};

static const struct thing *key_pair(struct call *c, const char *name)
{
	size_t cursor = 0;
	const struct thing *t;

	while ((t = things_next(c->world, key_pair_kind(), c->now, &cursor)))
		if (thing_is(t, "keyName", name, c->now))
			return t;
	return NULL;
}

static bool check_groups(struct call *c)
{
	struct call_pairs ids = { 0 };
	struct thing_row row;
	bool ok = true;

	call_list(c, LAUNCH "SecurityGroupId", &ids);
	for (size_t i = 0; ok && i < ids.count; i++)
		ok = ec2_list_find(c, &group_kind()->list,
			ids.items[i].value, &row);
	VEC_FREE(&ids);
	return ok;
}

static bool check_zone(struct call *c)
{
	const char *zone = call_param(c, LAUNCH "Placement.AvailabilityZone");
	char name[24];

	for (unsigned i = 0; zone && i < zone_count(c->world); i++) {
		zone_name(c->world, i, name);
		if (str_eq(name, zone))
			return true;
	}
	return !zone || call_error(c, 400, "InvalidParameterValue", "Invalid "
		"availability zone: [%s]", zone);
}

static bool check_spec(struct call *c)
{
	const char *image = ec2_need(c, LAUNCH "ImageId");
	const char *type = call_param(c, LAUNCH "InstanceType");
	const char *key = call_param(c, LAUNCH "KeyName");
	const char *subnet = call_param(c, LAUNCH "SubnetId");
	union { struct ec2_row row; char bytes[EC2_ROW_MOST]; int64_t align; }
		row;

	if (!image || !ec2_list_find(c, image_list(), image, &row))
		return false;
	if (type && !market_type_find(type))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for InstanceType.", type);
	if (key && !key_pair(c, key))
		return call_error(c, 400, "InvalidKeyPair.NotFound", "The key "
			"pair '%s' does not exist", key);
	if (subnet && !ec2_list_find(c, &subnet_kind()->list, subnet, &row))
		return false;
	return check_zone(c) && check_groups(c);
}

static bool read_terms(struct call *c, double *price, long *count)
{
	const char *given = call_param(c, "SpotPrice");
	const char *wanted = call_param(c, "InstanceCount");
	const char *type = call_param(c, "Type");
	char *end = NULL;

	*price = given ? strtod(given, &end) : 0;
	if (given && (!*given || *end || !(*price > 0) || *price > 1e5))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for SpotPrice", given);
	*count = 1;
	if (wanted && !str_int(wanted, 1, COUNT_MOST, count))
		return call_error(c, 400, wanted[0] == '-' ||
			str_eq(wanted, "0") ? "InvalidParameterValue" :
			"MaxSpotInstanceCountExceeded", "Invalid value '%s' "
			"for InstanceCount", wanted);
	if (type && !str_eq(type, "one-time") && !str_eq(type, "persistent"))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for Type", type);
	return true;
}

/* Too low a price anywhere, else there is no machine to be had. */
static void judge(struct call *c, struct thing *t, double price)
{
	const char *name = thing_get(t, SPEC "instanceType", c->now);
	const struct market_type *type = market_type_find(name);
	int64_t since, least = INT64_MAX;

	for (unsigned z = 0; z < zone_count(c->world); z++) {
		int64_t p = market_spot(c->world, type, false, z, c->now,
			&since);

		least = p < least ? p : least;
	}
	set_status(t, c->now, "pending-evaluation", "Your Spot request has "
		"been submitted for review, and is pending evaluation.");
	if (price > 0 && price * 1e6 < (double)least)
		set_status(t, c->now + EVALUATION_MS, "price-too-low", "Your "
			"Spot request price is lower than the minimum "
			"required Spot request fulfillment price.");
	else
		set_status(t, c->now + EVALUATION_MS, "capacity-not-available",
			"There is no Spot capacity available that matches "
			"your request.");
}

static struct thing *draft(struct call *c, double price)
{
	struct thing *t = things_draft(c, spot_request_kind());
	struct call_pairs groups = { 0 };

	if (!t)
		return NULL;
	if (price > 0)
		thing_set(t, "spotPrice", "%.6f", price);
	thing_set(t, SPEC "instanceType", "m1.small");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (call_param(c, kept[i].param))
			thing_set(t, kept[i].path, "%s",
				call_param(c, kept[i].param));
	call_list(c, LAUNCH "SecurityGroupId", &groups);
	for (size_t i = 0; i < groups.count; i++)
		thing_set(t, call_textf(c, SPEC "groupSet/%zu/groupId", i + 1),
			"%s", groups.items[i].value);
	VEC_FREE(&groups);
	thing_set(t, SPEC "monitoring/enabled", "%s", ec2_is_true(c,
		LAUNCH "Monitoring.Enabled") ? "true" : "false");
	judge(c, t, price);
	return t;
}

static void write_item(struct call *c, const struct thing *t)
{
	struct thing_row row;

	thing_row_fill(c->world, t, c->now, &row);
	str_add(c->out, "<item>");
	thing_write(c->out, &row);
	str_add(c->out, "</item>");
}

static void request(struct call *c)
{
	struct thing *made[COUNT_MOST];
	double price;
	long count;

	if (!read_terms(c, &price, &count) || !check_spec(c))
		return;
	for (long i = 0; i < count; i++) {
		made[i] = draft(c, price);
		if (!made[i] || !things_add(c, made[i]))
			return;
	}
	call_open(c);
	str_add(c->out, "<spotInstanceRequestSet>");
	for (long i = 0; i < count; i++)
		write_item(c, made[i]);
	str_add(c->out, "</spotInstanceRequestSet>");
	call_close(c);
}

/* The instance, if there is one, goes on. */
static void cancel_one(struct call *c, struct thing *t)
{
	if (thing_is(t, "state", "cancelled", c->now) ||
		thing_is(t, "state", "closed", c->now))
		return;
	thing_later(t, c->now, "state", "cancelled");
	set_status(t, c->now, thing_get(t, "instanceId", c->now) ?
		"request-canceled-and-instance-running" :
		"canceled-before-fulfillment", "Your Spot request is "
		"canceled.");
}

static void cancel(struct call *c)
{
	struct call_pairs ids = { 0 };
	struct thing_row row;
	bool ok;

	call_list(c, "SpotInstanceRequestId", &ids);
	ok = ids.count > 0 || call_error(c, 400, "MissingParameter", "The "
		"request must contain the parameter SpotInstanceRequestId");
	for (size_t i = 0; ok && i < ids.count; i++)
		ok = ec2_list_find(c, &spot_request_kind()->list,
			ids.items[i].value, &row);
	if (!ok || ec2_dry_run(c))
		goto out;
	call_open(c);
	str_add(c->out, "<spotInstanceRequestSet>");
	for (size_t i = 0; i < ids.count; i++) {
		struct thing *t = things_find(c->world, spot_request_kind(),
			ids.items[i].value, c->now);

		cancel_one(c, t);
		xml_add(c->out, "<item><spotInstanceRequestId>%r"
			"</spotInstanceRequestId><state>%r</state></item>",
			t->id, thing_get(t, "state", c->now));
	}
	str_add(c->out, "</spotInstanceRequestSet>");
	call_close(c);
out:
	VEC_FREE(&ids);
}

static const struct thing_member members[] = {
	{ "spotInstanceRequestId", "spot-instance-request-id", FROM_ID, NULL, NULL },
	{ "spotPrice", "spot-price", FROM_NOTHING, NULL, NULL },
	{ "type", "type", FROM_PARAM, "Type", "one-time" },
	{ "state", "state", FROM_TEXT, "open", NULL },
	{ "status/code", "status-code", FROM_NOTHING, NULL, NULL },
	{ "status/message", "status-message", FROM_NOTHING, NULL, NULL },
	{ SPEC "imageId", "launch.image-id", FROM_NOTHING, NULL, NULL },
	{ SPEC "instanceType", "launch.instance-type", FROM_NOTHING, NULL, NULL },
	{ SPEC "keyName", "launch.key-name", FROM_NOTHING, NULL, NULL },
	{ SPEC "groupSet/N/groupId", "launch.group-id", FROM_NOTHING, NULL, NULL },
	{ SPEC "subnetId", "network-interface.subnet-id", FROM_NOTHING, NULL, NULL },
	{ "instanceId", "instance-id", FROM_NOTHING, NULL, NULL },
	{ "launchedAvailabilityZone", "launched-availability-zone", FROM_NOTHING, NULL, NULL },
	{ "createTime", "create-time", FROM_TIME, NULL, NULL },
	{ "validUntil", "valid-until", FROM_PARAM, "ValidUntil", NULL },
	{ "productDescription", "product-description", FROM_TEXT, "Linux/UNIX", NULL },
	{ "instanceInterruptionBehavior", NULL, FROM_PARAM, "InstanceInterruptionBehavior", "terminate" },
	{ .path = NULL }
};

#define REQUEST_PARAMETERS EC2_TAGS \
	"ClientToken SpotPrice InstanceCount Type ValidFrom ValidUntil " \
	"LaunchGroup AvailabilityZoneGroup InstanceInterruptionBehavior " \
	LAUNCH "ImageId " LAUNCH "KeyName " LAUNCH "InstanceType " \
	LAUNCH "SubnetId " LAUNCH "Placement.AvailabilityZone " \
	LAUNCH "UserData " LAUNCH "IamInstanceProfile.Name " \
	LAUNCH "IamInstanceProfile.Arn " LAUNCH "Monitoring.Enabled " \
	LAUNCH "SecurityGroupId.N " LAUNCH "SecurityGroup.N " \
	LAUNCH "EbsOptimized"

static const struct sim_action actions[] = {
	{ .name = "CancelSpotInstanceRequests", .run = cancel, .write = true,
	  .parameters = "SpotInstanceRequestId.N" },
	{ .name = "DescribeSpotInstanceRequests", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "SpotInstanceRequestId.N" },
	{ .name = "RequestSpotInstances", .run = request, .write = true,
	  .parameters = REQUEST_PARAMETERS },
	{ .name = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "spotInstanceRequestSet", .id_param = "SpotInstanceRequestId",
		.id_name = "spot instance request ID", .prefix = "sir-",
		.malformed = "InvalidSpotInstanceRequestID.Malformed",
		.not_found = "InvalidSpotInstanceRequestID.NotFound", .page_most = 1000, .stored = true },
	.type = "spot-instances-request", .describe = "DescribeSpotInstanceRequests", .members = members,
	.actions = actions, .seed = seed, .make_id = set_id,
};

const struct thing_kind *spot_request_kind(void)
{
	return &kind;
}
