/* SPDX-License-Identifier: MIT */
/*
 * RunInstances. All is checked in AWS's order before anything is made.
 * (EC2 API Reference, "RunInstances", "Error codes")
 */
#include "sim/ec2/run.h"

#include "sim/ec2/calls.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"
#include "sim/fault.h"
#include "sim/xml.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_MOST 1000

static bool read_image(struct call *c, struct run_request *r)
{
	const char *id = ec2_need(c, "ImageId");

	if (!id || !image_need(c, id, &r->image))
		return false;
	r->launch.image = strtoull(id + strlen("ami-"), NULL, 16);
	r->launch.platform = r->image.platform;
	snprintf(r->launch.root, sizeof(r->launch.root), "%s",
		r->image.root_device);
	return true;
}

static bool read_type(struct call *c, struct run_request *r)
{
	const char *name = call_param(c, "InstanceType");
	const char *own;

	name = name ? name : "m1.small";
	r->traits.type = market_type_find(name);
	if (!r->traits.type)
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for InstanceType.", name);
	own = r->traits.type->arm ? "arm64" : "x86_64";
	if (strcmp(own, r->image.architecture) != 0)
		return call_error(c, 400, "InvalidParameterValue", "The "
			"architecture '%s' of the specified instance type "
			"does not match the architecture '%s' of the "
			"specified AMI. Specify an instance type and an AMI "
			"that have matching architectures, and try again. "
			"You can use 'describe-instance-types' or "
			"'describe-images' to discover the architecture of "
			"the instance type or AMI.", own,
			r->image.architecture);
	return true;
}

static bool read_number(struct call *c, const char *name, long *out)
{
	const char *text = ec2_need(c, name);

	if (!text)
		return false;
	return str_int(text, 1, COUNT_MOST, out) || call_error(c, 400,
		"InvalidParameterValue", "Value (%s) for parameter %s is "
		"invalid.", text, name);
}

static bool read_count(struct call *c, struct run_request *r)
{
	if (!read_number(c, "MinCount", &r->least) ||
		!read_number(c, "MaxCount", &r->most))
		return false;
	return r->least <= r->most || call_error(c, 400,
		"InvalidParameterCombination", "The minimum count %ld is more "
		"than the maximum count %ld", r->least, r->most);
}

static bool read_key(struct call *c, struct run_request *r)
{
	const char *name = call_param(c, "KeyName");
	const struct thing *t;
	size_t cursor = 0;

	if (!name)
		return true;
	snprintf(r->launch.key, sizeof(r->launch.key), "%s", name);
	while ((t = things_next(c->world, key_pair_kind(), c->now, &cursor)))
		if (thing_is(t, "keyName", name, c->now))
			return true;
	return call_error(c, 400, "InvalidKeyPair.NotFound", "The key pair "
		"'%s' does not exist", name);
}

/* One of two words; NULL: not given. */
static bool read_word(struct call *c, const char *param, const char *off,
	const char *on, bool *out)
{
	const char *text = call_param(c, param);

	*out = text && !strcmp(text, on);
	return !text || *out || !strcmp(text, off) || call_error(c, 400,
		"InvalidParameterValue", "Value (%s) for parameter %s is "
		"invalid.", text, param);
}

static bool read_metadata(struct call *c, struct run_request *r)
{
	const char *hops = call_param(c,
		"MetadataOptions.HttpPutResponseHopLimit");
	long n = 2;

	if (hops && !str_int(hops, 1, 64, &n))
		return call_error(c, 400, "InvalidParameterValue", "Value (%s)"
			" for parameter HttpPutResponseHopLimit is invalid.",
			hops);
	r->traits.hops = (unsigned)n;
	return read_word(c, "MetadataOptions.HttpTokens", "optional",
		"required", &r->traits.tokens_required) &&
		read_word(c, "MetadataOptions.HttpEndpoint", "enabled",
		"disabled", &r->traits.endpoint_off) &&
		read_word(c, "MetadataOptions.InstanceMetadataTags",
		"disabled", "enabled", &r->traits.metadata_tags);
}

static bool read_options(struct call *c, struct run_request *r)
{
	struct instance_traits *t = &r->traits;

	t->monitored = ec2_is_true(c, "Monitoring.Enabled");
	t->no_terminate = ec2_is_true(c, "DisableApiTermination");
	t->no_stop = ec2_is_true(c, "DisableApiStop");
	t->ebs_optimized = t->type->nitro || ec2_is_true(c, "EbsOptimized");
	t->hibernates = ec2_is_true(c, "HibernationOptions.Configured");
	if (!read_word(c, "InstanceInitiatedShutdownBehavior", "stop",
		"terminate", &t->ends_on_shutdown) ||
		!read_word(c, "CreditSpecification.CpuCredits", "standard",
		"unlimited", &t->unlimited) || !read_metadata(c, r) ||
		!profile_read(c, t->profile))
		return false;
	if (call_param(c, "CreditSpecification.CpuCredits") &&
		!t->type->burstable)
		return call_error(c, 400, "InvalidParameterCombination",
			"The CpuCredits parameter is only supported for "
			"burstable performance instance types, not for %s",
			t->type->name);
	return !t->hibernates || r->disks[0].encrypted ||
		call_error(c, 400, "InvalidParameterValue", "The root volume "
			"must be encrypted to enable hibernation.");
}

static unsigned zone_index(const struct world *w, const char *zone)
{
	const char *zones = w->region->zones;
	const char *at = strchr(zones, zone[strlen(zone) - 1]);

	return at ? (unsigned)(at - zones) : 0;
}

static bool read_market(struct call *c, struct run_request *r)
{
#define SPOT "InstanceMarketOptions.SpotOptions."
	const char *market = call_param(c,
		"InstanceMarketOptions.MarketType");
	const char *price = call_param(c, SPOT "MaxPrice"), *end = price;
	const struct market_type *t = r->traits.type;
	double most = price ? strtod(price, (char **)&end) : HUGE_VAL;
	int64_t since, least = market_spot(c->world, t, r->launch.platform,
		zone_index(c->world, r->launch.zone), c->now, &since);
	bool persistent;

	if (market && strcmp(market, "spot") != 0)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter marketType is invalid.", market);
	r->launch.spot = market != NULL;
	if (!read_word(c, SPOT "SpotInstanceType", "one-time", "persistent",
		&persistent))
		return false;
	if (price && (end == price || *end || !(most > 0)))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter price is invalid. \"%s\" is an "
			"invalid spot instance price", price, price);
	return !market || most * 1e6 >= (double)least || call_error(c, 400,
		"SpotMaxPriceTooLow", "Your Spot request price of %s is lower "
		"than the minimum required Spot request fulfillment price of "
		"%g.", price, (double)least / 1e6);
}

static bool read_tags(struct call *c, struct run_request *r)
{
	static const char *const types[] = {
		"instance", "volume", "network-interface",
		"spot-instances-request", "elastic-gpu",
	};
	const char *type;

	(void)r;
	for (unsigned n = 1; (type = call_param(c, call_textf(c,
		"TagSpecification.%u.ResourceType", n))); n++) {
		bool known = false;

		for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
			known = known || !strcmp(types[i], type);
		if (!known)
			return call_error(c, 400, "InvalidParameterValue",
				"'%s' is not a valid taggable resource type "
				"for this operation.", type);
		if (!run_read_tags(c, type, NULL))
			return false;
	}
	return true;
}

/* vCPUs of what was launched; the fleet has a quota of its own. */
static unsigned used(struct call *c, char family, bool spot)
{
	const struct world *w = c->world;
	unsigned sum = 0;
	struct instance i;

	for (uint64_t n = w->instances; n < instance_slots(w); n++)
		if (instance_fill(w, n, c->now, &i) && !instance_is_gone(&i) &&
			i.type->name[0] == family && !!i.lifecycle == spot)
			sum += i.type->vcpus;
	return sum;
}

static bool check_limits(struct call *c, struct run_request *r)
{
	const struct market_type *t = r->traits.type;
	char family = t->name[0];
	unsigned most = family == 'p' ? 96 : family == 'g' ? 64 : 640;
	unsigned more = t->vcpus * (unsigned)r->least;

	if (used(c, family, r->launch.spot) + more <= most)
		return true;
	if (r->launch.spot)
		return call_error(c, 400, "MaxSpotInstanceCountExceeded",
			"Max spot instance count exceeded");
	return call_error(c, 400, "VcpuLimitExceeded", "You have requested "
		"more vCPU capacity than your current vCPU limit of %u allows "
		"for the instance bucket that the specified instance type "
		"belongs to. Please visit "
		"http://aws.amazon.com/contact-us/ec2-request to request an "
		"adjustment to this limit.", most);
}

bool instance_capacity(struct call *c, const char *type, const char *zone)
{
	return !c->faults->on[FAULT_CAPACITY] || call_error(c, 500,
		"InsufficientInstanceCapacity", "We currently do not have "
		"sufficient %s capacity in the Availability Zone you "
		"requested (%s). Our system will be working on provisioning "
		"additional capacity. You can currently get %s capacity by "
		"not specifying an Availability Zone in your request.", type,
		zone, type);
}

/* The largest are not in every zone. */
static bool check_place(struct call *c, struct run_request *r)
{
	const char *type = r->traits.type->name, *zone = r->launch.zone;
	char last = zone[strlen(zone) - 1];

	if (!strcmp(type, "p4d.24xlarge") && last > 'b')
		return call_error(c, 400, "Unsupported", "Your requested "
			"instance type (%s) is not supported in your "
			"requested Availability Zone (%s). Please retry your "
			"request by not specifying an Availability Zone or "
			"choosing %s.", type, zone, call_textf(c, "%.*sa",
			(int)strlen(zone) - 1, zone));
	return instance_capacity(c, type, zone);
}

static void make_volumes(struct call *c, struct run_request *r,
	uint64_t instance)
{
	char id[32];

	for (unsigned n = 0; n < r->disk_count; n++) {
		struct disk *d = &r->disks[n];

		d->instance = instance;
		d->attached = c->now;
		memcpy(d->zone, r->launch.zone, sizeof(d->zone));
		world_id_text("vol-", world_id(c->world, ID_VOLUME,
			disk_make(c->world, d, c->now)->slot), id);
		run_read_tags(c, "volume", id);
	}
}

static void launch_one(struct call *c, struct run_request *r, unsigned n)
{
	struct world *w = c->world;
	uint64_t slot = instance_slots(w);
	struct instance i = { .traits = r->traits };

	r->launch.index = n;
	i.traits.association = world_id(w, ID_PROFILE, slot);
	i.traits.associated = c->now;
	world_id_text("i-", world_id(w, ID_INSTANCE, slot), i.row.id);
	traits_edit(w, &i);
	instance_move(c, i.row.id, STATE_PENDING, STATE_RUNNING,
		INSTANCE_PENDING_MS);
	run_read_tags(c, "instance", i.row.id);
	launch_add(w, &r->launch);
	make_volumes(c, r, world_id(w, ID_INSTANCE, slot));
	instance_fill(w, slot, c->now, &i);
	instance_write(c, &i);
	r->launch.address--;
	if (r->launch.public_address)
		r->launch.public_address++;
}

static void launch(struct call *c, struct run_request *r)
{
	const char *token = call_param(c, "ClientToken");
	struct world *w = c->world;

	r->launch.at = c->now;
	r->launch.seen = c->now + c->faults->argument[FAULT_LATE];
	r->launch.reservation = world_id(w, ID_RESERVATION,
		instance_slots(w));
	snprintf(r->launch.token, sizeof(r->launch.token), "%s",
		token ? token : "");
	if (r->launch.public_address)
		r->launch.public_address = (52u << 24) +
			(unsigned)(w->key & 0xff) * 0x10000 +
			(unsigned)launch_count(w) + 1;
	call_open(c);
	xml_add(c->out, "<reservationId>r-%i</reservationId><ownerId>%r"
		"</ownerId><groupSet/><instancesSet>", r->launch.reservation,
		w->account);
	for (long n = 0; n < r->most; n++)
		launch_one(c, r, (unsigned)n);
	str_add(c->out, "</instancesSet>");
	call_close(c);
}

void ec2_run_instances(struct call *c)
{
	static bool (*const steps[])(struct call *c, struct run_request *r) = {
		read_image, read_type, read_count, read_key, run_read_network,
		run_read_disks, run_read_data, read_options, read_market,
		read_tags, check_limits, check_place,
	};
	struct run_request r = { 0 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (!steps[i](c, &r))
			return;
	if (!ec2_dry_run(c))
		launch(c, &r);
}
