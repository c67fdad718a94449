/* SPDX-License-Identifier: MIT */
/* The parts of a request to launch: where, with which volumes, what data. */
#include "sim/ec2/run.h"

#include "base/vec.h"
#include "sim/ec2/cidr.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NIC "NetworkInterface.1."

static bool has_interface(const struct call *c)
{
	for (size_t i = 0; i < c->params.count; i++)
		if (str_starts(c->params.items[i].name, NIC))
			return true;
	return false;
}

static bool combination(struct call *c, const char *what)
{
	return call_error(c, 400, "InvalidParameterCombination", "Network "
		"interfaces and an instance-level %s may not be specified on "
		"the same request", what);
}

/* The default subnet of that zone, NULL: of the first. */
static const struct thing *default_subnet(struct call *c, const char *zone)
{
	const struct thing *t;
	size_t cursor = 0;

	while ((t = things_next(c->world, subnet_kind(), c->now, &cursor)))
		if (thing_is(t, "defaultForAz", "true", c->now) && (!zone ||
			thing_is(t, "availabilityZone", zone, c->now)))
			return t;
	call_error(c, 400, "MissingInput", "No subnets found for the default "
		"VPC. Please specify a subnet.");
	return NULL;
}

static bool check_zone(struct call *c, const char *zone)
{
	char name[24];

	for (unsigned n = 0; n < zone_count(c->world); n++) {
		zone_name(c->world, n, name);
		if (!strcmp(name, zone))
			return true;
	}
	return call_error(c, 400, "InvalidParameterValue", "Invalid "
		"availability zone: [%s]", zone);
}

static const struct thing *read_subnet(struct call *c, bool interface)
{
	const char *id = call_param(c, interface ? NIC "SubnetId" :
		"SubnetId");
	const char *zone = call_param(c, "Placement.AvailabilityZone");
	const struct thing *t;
	struct thing_row row;

	if (zone && !check_zone(c, zone))
		return NULL;
	if (!id)
		return default_subnet(c, zone);
	if (!ec2_list_find(c, &subnet_kind()->list, id, &row))
		return NULL;
	t = things_find(c->world, subnet_kind(), id, c->now);
	if (!zone || thing_is(t, "availabilityZone", zone, c->now))
		return t;
	call_error(c, 400, "InvalidParameterValue", "The availability zone "
		"'%s' is not that of the subnet '%s'", zone, id);
	return NULL;
}

/* From the top down: the fleet has its addresses from below; the last
 * eighth is for interfaces that are made by themselves. */
static bool take_address(struct call *c, struct run_request *r)
{
	const char *text = thing_get(r->subnet, "cidrBlock", c->now);
	const struct world *w = c->world;
	struct cidr cidr;
	unsigned size, last, taken = 0;

	if (!text || !cidr_parse(text, &cidr))
		return call_error(c, 500, "InternalError", "no CIDR block");
	size = 1u << (32 - cidr.bits);
	last = size - size / 8 - 1;
	for (uint64_t n = 0; n < launch_count(w); n++)
		taken += launch_at(w, n)->subnet == r->launch.subnet;
	if (taken + (unsigned)r->least + 4 > last)
		return call_error(c, 400, "InsufficientFreeAddressesInSubnet",
			"There are not enough free addresses in subnet '%s' "
			"to satisfy the requested number of instances.",
			r->subnet->id);
	if (taken + (unsigned)r->most + 4 > last)
		r->most = (long)(last - 4 - taken);
	r->launch.address = cidr.address + last - taken;
	return true;
}

bool instance_add_group(struct call *c, struct instance_traits *t,
	const char *id, const char *vpc)
{
	const struct thing *group;
	struct thing_row row;

	if (!ec2_list_find(c, &group_kind()->list, id, &row))
		return false;
	group = things_find(c->world, group_kind(), id, c->now);
	if (!thing_is(group, "vpcId", vpc, c->now))
		return call_error(c, 400, "InvalidParameter", "Security group "
			"%s and instance belong to different networks.", id);
	if (t->group_count == INSTANCE_GROUPS_MOST)
		return call_error(c, 400,
			"SecurityGroupsPerInterfaceLimitExceeded", "The "
			"maximum number of security groups per interface has "
			"been reached.");
	t->groups[t->group_count++] = strtoull(id + strlen("sg-"), NULL, 16);
	return true;
}

/* NULL: answered. */
static const char *group_by_name(struct call *c, const char *name,
	const char *vpc)
{
	const struct thing *t;
	size_t cursor = 0;

	while ((t = things_next(c->world, group_kind(), c->now, &cursor)))
		if (thing_is(t, "vpcId", vpc, c->now) &&
			thing_is(t, "groupName", name, c->now))
			return t->id;
	call_error(c, 400, "InvalidGroup.NotFound", "The security group '%s' "
		"does not exist in VPC '%s'", name, vpc);
	return NULL;
}

static bool read_groups(struct call *c, struct run_request *r,
	bool interface)
{
	const char *vpc = thing_get(r->subnet, "vpcId", c->now), *id;
	struct call_pairs ids = { 0 }, names = { 0 };
	bool ok = true;

	call_list(c, interface ? NIC "SecurityGroupId" : "SecurityGroupId",
		&ids);
	call_list(c, "SecurityGroup", &names);
	for (size_t i = 0; ok && i < ids.count; i++)
		ok = instance_add_group(c, &r->traits, ids.items[i].value,
			vpc);
	for (size_t i = 0; ok && i < names.count; i++) {
		id = group_by_name(c, names.items[i].value, vpc);
		ok = id && instance_add_group(c, &r->traits, id, vpc);
	}
	if (ok && ids.count + names.count == 0) {
		id = group_by_name(c, "default", vpc);
		ok = id && instance_add_group(c, &r->traits, id, vpc);
	}
	VEC_FREE(&ids);
	VEC_FREE(&names);
	return ok;
}

bool run_read_network(struct call *c, struct run_request *r)
{
	bool interface = has_interface(c);
	const char *public = call_param(c, NIC "AssociatePublicIpAddress");
	const char *vpc, *zone;

	if (interface && call_param(c, "SubnetId"))
		return combination(c, "subnet ID");
	if (interface && (call_param(c, "SecurityGroupId.1") ||
		call_param(c, "SecurityGroup.1")))
		return combination(c, "security groups");
	if (interface && !call_param(c, NIC "DeviceIndex"))
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter deviceIndex");
	r->subnet = read_subnet(c, interface);
	if (!r->subnet)
		return false;
	vpc = thing_get(r->subnet, "vpcId", c->now);
	zone = thing_get(r->subnet, "availabilityZone", c->now);
	r->launch.vpc = strtoull(vpc + strlen("vpc-"), NULL, 16);
	r->launch.subnet = strtoull(r->subnet->id + strlen("subnet-"), NULL,
		16);
	snprintf(r->launch.zone, sizeof(r->launch.zone), "%s", zone);
	r->launch.public_address = public ? !strcmp(public, "true") :
		thing_is(r->subnet, "mapPublicIpOnLaunch", "true", c->now);
	return read_groups(c, r, interface) && take_address(c, r);
}

static const char *disk_param(struct call *c, unsigned n, const char *name)
{
	return call_param(c, call_textf(c, "BlockDeviceMapping.%u.%s", n,
		name));
}

/* Which of the disks has that device; a new one if none has. */
static struct disk *disk_of(struct run_request *r, const char *device)
{
	struct disk *d;

	for (unsigned n = 0; n < r->disk_count; n++)
		if (!strcmp(r->disks[n].device, device))
			return &r->disks[n];
	if (r->disk_count == RUN_DISKS_MOST)
		return NULL;
	d = &r->disks[r->disk_count++];
	snprintf(d->device, sizeof(d->device), "%s", device);
	d->shape.type = disk_type_find("gp2")->name;
	return d;
}

static bool read_number(struct call *c, unsigned n, const char *name,
	unsigned *out)
{
	const char *text = disk_param(c, n, name);
	long number;

	if (!text)
		return true;
	if (!str_int(text, 1, 1 << 20, &number))
		return call_error(c, 400, "InvalidParameterValue", "Value (%s)"
			" for parameter %s is invalid.", text, name);
	*out = (unsigned)number;
	return true;
}

/* Not less than the snapshot that it is made of. */
static bool read_size(struct call *c, unsigned n, struct disk *d)
{
	unsigned least = d->snapshot ? d->shape.gib : 0;

	if (!read_number(c, n, "Ebs.VolumeSize", &d->shape.gib))
		return false;
	if (!d->shape.gib)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter size or snapshotId");
	return d->shape.gib >= least || call_error(c, 400,
		"InvalidBlockDeviceMapping", "Volume of size %uGB is smaller "
		"than snapshot 'snap-0%016llx', expect size>= %uGB",
		d->shape.gib, (unsigned long long)d->snapshot, least);
}

static bool read_disk(struct call *c, struct run_request *r, unsigned n,
	const char *device)
{
	const char *name = disk_param(c, n, "Ebs.VolumeType");
	const struct disk_type *type = name ? disk_type_find(name) : NULL;
	const char *ends = disk_param(c, n, "Ebs.DeleteOnTermination");
	const char *encrypted = disk_param(c, n, "Ebs.Encrypted");
	struct disk *d = disk_of(r, device);

	if (!d)
		return call_error(c, 400, "AttachmentLimitExceeded", "The "
			"simulator launches with %d volumes at most",
			RUN_DISKS_MOST);
	if (name && !type)
		return call_error(c, 400, "InvalidParameterValue", "Value (%s)"
			" for parameter volumeType is invalid.", name);
	if (type)
		d->shape.type = type->name;
	if (encrypted)
		d->encrypted = !strcmp(encrypted, "true");
	d->shape.iops = d->shape.throughput = 0;
	d->on_termination = !ends || !strcmp(ends, "true");
	return read_size(c, n, d) &&
		read_number(c, n, "Ebs.Iops", &d->shape.iops) &&
		read_number(c, n, "Ebs.Throughput", &d->shape.throughput);
}

static bool is_twice(struct call *c, unsigned n, const char *device)
{
	for (unsigned i = 1; i < n; i++)
		if (str_eq(disk_param(c, i, "DeviceName"), device))
			return true;
	return false;
}

bool run_read_disks(struct call *c, struct run_request *r)
{
	struct disk *root = disk_of(r, r->image.root_device);
	const char *device;

	root->shape.type = disk_type_find("gp3")->name;
	root->shape.gib = r->image.gib;
	root->snapshot = r->image.snapshot;
	root->on_termination = true;
	for (unsigned n = 1; (device = disk_param(c, n, "DeviceName")); n++) {
		if (is_twice(c, n, device))
			return call_error(c, 400, "InvalidBlockDeviceMapping",
				"The device '%s' is used in more than one "
				"block-device mapping", device);
		if (!read_disk(c, r, n, device))
			return false;
	}
	for (unsigned n = 0; n < r->disk_count; n++)
		if (!disk_shape_check(c, &r->disks[n].shape))
			return false;
	return true;
}

bool user_data_check(struct call *c, const char *base64)
{
	struct str raw = STR_INIT;
	bool ok = str_add_unbase64(&raw, base64, strlen(base64));
	size_t len = raw.len;

	str_clear(&raw);
	if (!ok)
		return call_error(c, 400, "InvalidUserData.Malformed",
			"Invalid BASE64 encoding of user data.");
	return len <= USER_DATA_MOST || call_error(c, 400,
		"InvalidParameterValue", "User data is limited to %d bytes",
		USER_DATA_MOST);
}

bool run_read_data(struct call *c, struct run_request *r)
{
	const char *data = call_param(c, "UserData");

	r->traits.user_data = (char *)data;
	return !data || user_data_check(c, data);
}

bool run_read_tags(struct call *c, const char *type, const char *id)
{
	const char *of, *key, *value;

	for (unsigned n = 1; (of = call_param(c, call_textf(c,
		"TagSpecification.%u.ResourceType", n))); n++) {
		for (unsigned i = 1; !strcmp(of, type) && (key = call_param(c,
			call_textf(c, "TagSpecification.%u.Tag.%u.Key", n,
			i))); i++) {
			value = call_param(c, call_textf(c,
				"TagSpecification.%u.Tag.%u.Value", n, i));
			if (!id && !ec2_check_tag(c, key, value))
				return false;
			if (id)
				tags_change(c->world, id, key,
					value ? value : "");
		}
	}
	return true;
}
