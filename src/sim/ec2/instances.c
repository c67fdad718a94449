/* SPDX-License-Identifier: MIT */
#include "sim/ec2/calls.h"
#include "sim/ec2/disk.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/launch.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const char *group_id(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	if (n >= i->traits.group_count || instance_is_gone(i))
		return NULL;
	world_id_text("sg-", i->traits.groups[n], text);
	return text;
}

static const char *group_name(const void *row, size_t n, char *text)
{
	const struct instance *i = row;
	const struct thing *group;

	if (!group_id(row, n, text))
		return NULL;
	group = things_find(i->world, group_kind(), text, i->world->born);
	snprintf(text, 64, "%s", group ?
		thing_get(group, "groupName", i->world->born) : "");
	return text;
}

static const char *volume_id(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	uint64_t slot = i->index * VOLUMES_PER_INSTANCE + n;
	size_t born = i->launch ? 0 : i->data_volumes + 1, cursor = 0;
	const struct disk *d;

	if (instance_is_gone(i))
		return NULL;
	if (n >= born) {
		n -= born;
		while ((d = disk_next(i->world, &cursor)) &&
		       (d->instance != world_id(i->world,
			ID_INSTANCE, i->index) || n-- > 0))
			continue;
		if (!d)
			return NULL;
		slot = d->slot;
	}
	world_id_text("vol-", world_id(i->world, ID_VOLUME, slot), text);
	return text;
}

static const char *profile_arn(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	if (n > 0 || !*i->traits.profile)
		return NULL;
	snprintf(text, 64, "arn:aws:iam::%s:instance-profile/%.20s",
		i->world->account, i->traits.profile);
	return text;
}

static const char *owner_id(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	(void)text;
	return n > 0 ? NULL : i->world->account;
}

static const char *monitoring(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	(void)text;
	return n > 0 ? NULL : i->traits.monitored ? "enabled" : "disabled";
}

static const char *tokens(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	(void)text;
	return n > 0 ? NULL : i->traits.tokens_required ? "required" :
		"optional";
}

static const char *tenancy(const void *row, size_t n, char *text)
{
	(void)row;
	(void)text;
	return n > 0 ? NULL : "default";
}

static const char *placement(const void *row, size_t n, char *text)
{
	(void)text;
	return n ? NULL : instance_placement(row);
}

static const char *spot_request(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	if (n || !i->lifecycle)
		return NULL;
	snprintf(text, 64, "sir-%s", i->row.id + 11);
	return text;
}

#define AT(member) offsetof(struct instance, member)

static const struct ec2_field filters[] = {
	{ "architecture", FIELD_TEXT, AT(architecture), NULL, NULL },
	{ "availability-zone", FIELD_CHARS, AT(zone), NULL, NULL },
	{ "block-device-mapping.volume-id", FIELD_CALL, 0, NULL, volume_id },
	{ "iam-instance-profile.arn", FIELD_CALL, 0, NULL, profile_arn },
	{ "image-id", FIELD_ID, AT(image), "ami-", NULL },
	{ "instance-id", FIELD_CHARS, AT(row.id), NULL, NULL },
	{ "instance-lifecycle", FIELD_TEXT, AT(lifecycle), NULL, NULL },
	{ "instance-state-code", FIELD_UNSIGNED, AT(state), NULL, NULL },
	{ "instance-state-name", FIELD_TEXT, AT(state_name), NULL, NULL },
	{ "instance-type", FIELD_TEXT, AT(type_name), NULL, NULL },
	{ "instance.group-id", FIELD_CALL, 0, NULL, group_id },
	{ "instance.group-name", FIELD_CALL, 0, NULL, group_name },
	{ "network-interface.group-id", FIELD_CALL, 0, NULL, group_id },
	{ "ip-address", FIELD_ADDRESS, AT(public_address), NULL, NULL },
	{ "key-name", FIELD_TEXT, AT(key_name), NULL, NULL },
	{ "launch-time", FIELD_TIME, AT(launched), NULL, NULL },
	{ "metadata-options.http-tokens", FIELD_CALL, 0, NULL, tokens },
	{ "monitoring-state", FIELD_CALL, 0, NULL, monitoring },
	{ "network-interface.network-interface-id", FIELD_ID, AT(interface), "eni-", NULL },
	{ "owner-id", FIELD_CALL, 0, NULL, owner_id },
	{ "placement-group-name", FIELD_CALL, 0, NULL, placement },
	{ "platform", FIELD_TEXT, AT(platform), NULL, NULL },
	{ "private-ip-address", FIELD_ADDRESS, AT(address), NULL, NULL },
	{ "reservation-id", FIELD_ID, AT(reservation), "r-", NULL },
	{ "spot-instance-request-id", FIELD_CALL, 0, NULL, spot_request },
	{ "subnet-id", FIELD_ID, AT(subnet), "subnet-", NULL },
	{ "tenancy", FIELD_CALL, 0, NULL, tenancy },
	{ "vpc-id", FIELD_ID, AT(vpc), "vpc-", NULL },
	{ .name = NULL }
};

/* A new one is not known everywhere at once. */
static bool fill(struct call *c, uint64_t slot, void *row)
{
	const struct instance *i = row;

	return instance_fill(c->world, slot, c->now, row) &&
		(!i->launch || c->now >= i->launch->seen);
}

static void finish(struct call *c, const void *last)
{
	const struct instance *i = last;

	str_add(c->out, "</instancesSet>");
	if (i->role->group)
		str_add(c->out, "<requesterId>722737459838</requesterId>");
	str_add(c->out, "</item>");
}

/* Instances launched together share a reservation. */
static void write(struct call *c, const void *row, const void *previous)
{
	const struct instance *i = row, *before = previous;

	if (before && before->reservation != i->reservation)
		finish(c, before);
	if (!before || before->reservation != i->reservation)
		xml_add(c->out, "<item><reservationId>r-%i</reservationId>"
			"<ownerId>%r</ownerId><groupSet/><instancesSet>",
			i->reservation, i->world->account);
	instance_write(c, i);
}

static const struct ec2_list list = {
	.set = "reservationSet", .id_param = "InstanceId",
	.id_name = "instance ID", .prefix = "i-",
	.malformed = "InvalidInstanceID.Malformed",
	.not_found = "InvalidInstanceID.NotFound",
	.kind = ID_INSTANCE, .filters = filters, .page_most = 1000,
	.slots = instance_slots, .fill = fill, .write = write, .finish = finish,
};

_Static_assert(sizeof(struct instance) <= EC2_ROW_MOST, "row room");

const struct ec2_list *instance_list(void)
{
	return &list;
}

bool instance_need(struct call *c, struct instance *out)
{
	const char *id = ec2_need(c, "InstanceId");

	return id && ec2_list_find(c, &list, id, out);
}

void ec2_describe_instances(struct call *c)
{
	ec2_list_run(c, &list);
}
