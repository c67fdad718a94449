/* SPDX-License-Identifier: MIT */
/*
 * Volumes: three slots for each instance (root and up to two of data), then
 * orphans that nobody has attached for months, then those that requests have
 * made (disk.h).
 */
#include "sim/ec2/calls.h"
#include "sim/ec2/disk.h"
#include "sim/ec2/volume.h"
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

uint64_t volume_born(const struct world *w)
{
	return w->instances * VOLUMES_PER_INSTANCE + orphans(w);
}

static uint64_t volume_slots(const struct world *w)
{
	return volume_born(w) + disk_made(w);
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

static bool fill_born(struct call *c, uint64_t slot, uint64_t bits,
	struct volume *v)
{
	const struct world *w = c->world;
	uint64_t attached = w->instances * VOLUMES_PER_INSTANCE;
	unsigned part = (unsigned)(slot % VOLUMES_PER_INSTANCE);
	struct instance i;

	v->snapshot = bits >> 20 & 1 ? snapshot_of_volume(w, bits) : 0;
	v->impaired = bits % 67 == 9;
	if (slot >= attached)
		fill_orphan(v, slot - attached, bits);
	else if (!instance_fill(w, slot / VOLUMES_PER_INSTANCE, c->now, &i) ||
		 !fill_attached(v, &i, part, bits))
		return false;
	return true;
}

bool volume_fill(struct call *c, uint64_t slot, void *row)
{
	const struct world *w = c->world;
	const struct disk *changed = disk_find(w, slot);
	struct volume *v = row;

	v->world = w;
	v->index = slot;
	v->row.tags.count = 0;
	v->on_termination = v->multi = v->auto_io = false;
	v->attached = 0;
	v->name[0] = '\0';
	v->key = "";
	world_id_text("vol-", world_id(w, ID_VOLUME, slot), v->row.id);
	if (slot < volume_born(w) && !fill_born(c, slot, world_bits(w,
		ID_VOLUME, slot), v) && !changed)
		return false;
	if (changed && !disk_apply(c, changed, v))
		return false;
	tags_add(&v->row.tags, "Name", v->name[0] ? v->name : NULL);
	tags_apply(w, v->row.id, &v->row.tags);
	return true;
}

/* As it was born; short, as every instance that is listed needs it. */
static void own_volume(const struct instance *i, unsigned part,
	struct volume *v)
{
	world_id_text("vol-", world_id(i->world, ID_VOLUME,
		i->index * VOLUMES_PER_INSTANCE + part), v->row.id);
	v->device = devices[part];
	v->instance_status = "attached";
	v->attached = i->launched;
	v->on_termination = part == 0;
}

/* The instance's own places first, then what else was attached to it. */
void instance_volumes(struct call *c, const struct instance *i,
	void (*each)(void *data, const struct volume *v), void *data)
{
	uint64_t id = world_id(c->world, ID_INSTANCE, i->index);
	uint64_t own = i->index * VOLUMES_PER_INSTANCE;
	bool born = i->index < c->world->instances;
	const struct disk *d;
	struct volume v;
	size_t cursor = 0;

	for (unsigned n = 0; born && n <= i->data_volumes; n++) {
		if (disk_find(c->world, own + n))
			continue;
		own_volume(i, n, &v);
		each(data, &v);
	}
	while ((d = disk_next(c->world, &cursor)))
		if (d->instance == id && volume_fill(c, d->slot, &v) &&
		    v.instance == id)
			each(data, &v);
}

static void write_attachment(struct str *o, const struct volume *v)
{
	xml_add(o, "<volumeId>%r</volumeId><instanceId>i-%i</instanceId>"
		"<device>%s</device><status>%r</status>"
		"<attachTime>%t</attachTime><deleteOnTermination>%b"
		"</deleteOnTermination>", v->row.id, v->instance, v->device,
		v->instance_status, v->attached, (int)v->on_termination);
}

void volume_write_attachment(struct call *c, const struct volume *v)
{
	write_attachment(c->out, v);
}

void volume_write(struct call *c, const struct volume *v)
{
	struct str *o = c->out;

	xml_add(o, "<volumeId>%r</volumeId><size>%u</size>", v->row.id,
		v->gib);
	if (v->snapshot)
		xml_add(o, "<snapshotId>snap-%i</snapshotId>", v->snapshot);
	else
		str_add(o, "<snapshotId/>");
	xml_add(o, "<availabilityZone>%r</availabilityZone><status>%r</status>"
		"<createTime>%t</createTime><attachmentSet>", v->zone,
		v->status, v->created);
	if (v->instance) {
		str_add(o, "<item>");
		write_attachment(o, v);
		str_add(o, "</item>");
	}
	str_add(o, "</attachmentSet>");
	tags_write(o, &v->row.tags);
	xml_add(o, "<volumeType>%r</volumeType>", v->type);
	if (v->iops)
		xml_add(o, "<iops>%u</iops>", v->iops);
	if (v->throughput)
		xml_add(o, "<throughput>%u</throughput>", v->throughput);
	xml_add(o, "<encrypted>%b</encrypted>", (int)v->encrypted);
	if (v->encrypted)
		xml_add(o, "<kmsKeyId>%s</kmsKeyId>",
			kms_key_arn(c, v->key));
	xml_add(o, "<multiAttachEnabled>%b</multiAttachEnabled>",
		(int)v->multi);
}

static void write_item(struct call *c, const void *row, const void *previous)
{
	(void)previous;
	str_add(c->out, "<item>");
	volume_write(c, row);
	str_add(c->out, "</item>");
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
	LIST("volumeSet", filters, write_item);
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
