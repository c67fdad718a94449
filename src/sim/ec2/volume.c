/* SPDX-License-Identifier: MIT */
/*
 * Volumes: three slots for each instance (root and up to two of data), then
 * orphans that nobody has attached for months.
 */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/xml.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define DAY ((int64_t)86400000)

static const char *const devices[] = { "/dev/xvda", "/dev/sdf", "/dev/sdg" };

static uint64_t orphans(const struct world *w)
{
	return 3 + w->instances / 30;
}

uint64_t volume_slots(const struct world *w)
{
	return w->instances * VOLUMES_PER_INSTANCE + orphans(w);
}

/* Type, size and speed. gp3 comes with 3000 operations a second. */
static void shape(struct volume *v, unsigned part, uint64_t bits)
{
	v->throughput = 0;
	if (part > 0 && bits & 1) {
		v->type = "io2";
		v->gib = 500u << (bits >> 4 & 1);
		v->iops = 16000;
	} else if (part > 0 && bits & 2) {
		v->type = "st1";
		v->gib = 2000;
		v->iops = 0;
	} else if (bits >> 8 & 3) {
		v->type = "gp3";
		v->gib = part ? 200 : 20u + (unsigned)(bits >> 12 & 3) * 10;
		v->iops = 3000;
		v->throughput = 125;
	} else {
		v->type = "gp2";
		v->gib = part ? 100 : 8;
		v->iops = v->gib * 3 < 100 ? 100 : v->gib * 3;
	}
	v->encrypted = (bits >> 16 & 3) != 0;
}

static void fill_orphan(struct volume *v, uint64_t n, uint64_t bits)
{
	static const char *const names[] = {
		"old-jenkins-data", "pgdata-before-upgrade", "", "tmp restore",
		"backup-2024-11", "",
	};

	shape(v, 1, bits);
	v->instance = 0;
	v->device = NULL;
	v->instance_status = NULL;
	v->status = "available";
	v->created = v->world->born - (60 + (int64_t)(bits >> 20 & 255)) * DAY;
	zone_name(v->world, (unsigned)(bits >> 30) % zone_count(v->world),
		v->zone);
	snprintf(v->name, sizeof(v->name), "%s", names[n % 6]);
}

/* What terminates with its instance is gone; the data stays. */
static bool fill_attached(struct volume *v, const struct instance *i,
	unsigned part, uint64_t bits)
{
	if (part > i->data_volumes || (instance_is_gone(i) && part == 0))
		return false;
	shape(v, part, bits);
	v->on_termination = part == 0;
	v->instance = instance_is_gone(i) ? 0 :
		world_id(v->world, ID_INSTANCE, i->index);
	v->status = v->instance ? "in-use" : "available";
	v->device = v->instance ? devices[part] : NULL;
	v->instance_status = v->instance ? "attached" : NULL;
	v->attached = i->launched;
	v->created = i->launched - (part ? 30 * DAY : 0);
	memcpy(v->zone, i->zone, sizeof(v->zone));
	v->name[0] = '\0';
	if (i->name[0])
		snprintf(v->name, sizeof(v->name), "%s %s", i->name,
			part ? "data" : "root");
	tags_add(&v->row.tags, "env", i->role->env);
	return true;
}

bool volume_fill(struct call *c, uint64_t slot, void *row)
{
	const struct world *w = c->world;
	struct volume *v = row;
	uint64_t bits = world_bits(w, ID_VOLUME, slot);
	uint64_t attached = w->instances * VOLUMES_PER_INSTANCE;

	v->world = w;
	v->index = slot;
	v->row.tags.count = 0;
	v->on_termination = false;
	v->attached = 0;
	world_id_text("vol-", world_id(w, ID_VOLUME, slot), v->row.id);
	v->snapshot = bits >> 20 & 1 ? world_id(w, ID_SNAPSHOT,
		bits % snapshot_slots(w)) : 0;
	if (slot >= attached) {
		fill_orphan(v, slot - attached, bits);
	} else {
		struct instance i;
		unsigned part = (unsigned)(slot % VOLUMES_PER_INSTANCE);

		if (!instance_fill(w, slot / VOLUMES_PER_INSTANCE, c->now,
			&i) || !fill_attached(v, &i, part, bits))
			return false;
	}
	v->impaired = bits % 67 == 9;
	tags_add(&v->row.tags, "Name", v->name[0] ? v->name : NULL);
	tags_apply(w, v->row.id, &v->row.tags);
	return true;
}

static void write_volume(struct call *c, const void *row,
	const void *previous)
{
	const struct volume *v = row;
	struct str *o = c->out;

	(void)previous;
	xml_add(o, "<item><volumeId>%r</volumeId><size>%u</size>",
		v->row.id, v->gib);
	if (v->snapshot)
		xml_add(o, "<snapshotId>snap-%i</snapshotId>", v->snapshot);
	else
		str_add(o, "<snapshotId/>");
	xml_add(o, "<availabilityZone>%r</availabilityZone><status>%r</status>"
		"<createTime>%t</createTime><attachmentSet>", v->zone,
		v->status, v->created);
	if (v->instance)
		xml_add(o, "<item><volumeId>%r</volumeId><instanceId>i-%i"
			"</instanceId><device>%r</device><status>%r</status>"
			"<attachTime>%t</attachTime><deleteOnTermination>%b"
			"</deleteOnTermination></item>", v->row.id,
			v->instance, v->device, v->instance_status,
			v->attached, (int)v->on_termination);
	str_add(o, "</attachmentSet>");
	tags_write(o, &v->row.tags);
	xml_add(o, "<volumeType>%r</volumeType>", v->type);
	if (v->iops)
		xml_add(o, "<iops>%u</iops>", v->iops);
	if (v->throughput)
		xml_add(o, "<throughput>%u</throughput>", v->throughput);
	xml_add(o, "<encrypted>%b</encrypted>", (int)v->encrypted);
	if (v->encrypted)
		xml_add(o, "<kmsKeyId>arn:aws:kms:%r:%r:key/"
			"1234abcd-12ab-34cd-56ef-1234567890ab</kmsKeyId>",
			v->world->region->name, v->world->account);
	xml_add(o, "<multiAttachEnabled>false</multiAttachEnabled></item>");
}

static void write_status(struct call *c, const void *row,
	const void *previous)
{
	const struct volume *v = row;
	const char *status = v->impaired ? "impaired" : "ok";
	struct str *o = c->out;

	(void)previous;
	xml_add(o, "<item><volumeId>%r</volumeId><availabilityZone>%r"
		"</availabilityZone><volumeStatus><status>%r</status><details>"
		"<item><name>io-enabled</name><status>%r</status></item>"
		"<item><name>io-performance</name><status>%r</status></item>"
		"</details></volumeStatus>", v->row.id, v->zone, status,
		v->impaired ? "failed" : "passed",
		strcmp(v->type, "io2") ? "not-applicable" : "normal");
	if (v->impaired)
		xml_add(o, "<eventsSet><item><eventType>"
			"potential-data-inconsistency</eventType>"
			"<eventId>evol-%i</eventId><description>IO is disabled"
			" for the volume</description><notBefore>%t"
			"</notBefore></item></eventsSet><actionsSet><item>"
			"<code>enable-volume-io</code><description>Enable "
			"volume I/O</description><eventId>evol-%i</eventId>"
			"<eventType>potential-data-inconsistency</eventType>"
			"</item></actionsSet>",
			world_id(v->world, ID_EVENT, v->index),
			v->world->born,
			world_id(v->world, ID_EVENT, v->index));
	str_add(o, "</item>");
}

static const char *status_name(const void *row, size_t n, char *text)
{
	const struct volume *v = row;

	(void)text;
	return n ? NULL : v->impaired ? "impaired" : "ok";
}

#define AT(member) offsetof(struct volume, member)

static const struct ec2_field filters[] = {
	{ "attachment.attach-time", FIELD_TIME, AT(attached), NULL, NULL },
	{ "attachment.delete-on-termination", FIELD_BOOL, AT(on_termination), NULL, NULL },
	{ "attachment.device", FIELD_TEXT, AT(device), NULL, NULL },
	{ "attachment.instance-id", FIELD_ID, AT(instance), "i-", NULL },
	{ "attachment.status", FIELD_TEXT, AT(instance_status), NULL, NULL },
	{ "availability-zone", FIELD_CHARS, AT(zone), NULL, NULL },
	{ "create-time", FIELD_TIME, AT(created), NULL, NULL },
	{ "encrypted", FIELD_BOOL, AT(encrypted), NULL, NULL },
	{ "size", FIELD_UNSIGNED, AT(gib), NULL, NULL },
	{ "snapshot-id", FIELD_ID, AT(snapshot), "snap-", NULL },
	{ "status", FIELD_TEXT, AT(status), NULL, NULL },
	{ "volume-id", FIELD_CHARS, AT(row.id), NULL, NULL },
	{ "volume-type", FIELD_TEXT, AT(type), NULL, NULL },
	{ .name = NULL }
};

static const struct ec2_field status_filters[] = {
	{ "availability-zone", FIELD_CHARS, AT(zone), NULL, NULL },
	{ "volume-status.status", FIELD_CALL, 0, NULL, status_name },
	{ .name = NULL }
};

#define LIST(set_name, with, write_row) { \
	.set = (set_name), .id_param = "VolumeId", .id_name = "volume", \
	.prefix = "vol-", .malformed = "InvalidVolumeID.Malformed", \
	.not_found = "InvalidVolume.NotFound", .kind = ID_VOLUME, \
	.filters = (with), .page_most = 1000, .slots = volume_slots, \
	.fill = volume_fill, .write = (write_row), \
}

static const struct ec2_list volumes =
	LIST("volumeSet", filters, write_volume);
static const struct ec2_list statuses =
	LIST("volumeStatusSet", status_filters, write_status);

_Static_assert(sizeof(struct volume) <= EC2_ROW_MOST, "row room");

const struct ec2_list *volume_list(void)
{
	return &volumes;
}

void ec2_describe_volumes(struct call *c)
{
	ec2_list_run(c, &volumes);
}

void ec2_describe_volume_status(struct call *c)
{
	ec2_list_run(c, &statuses);
}
