/* SPDX-License-Identifier: MIT */
/* Making, attaching, detaching and deleting volumes. (EC2 API Reference) */
#include "base/vec.h"
#include "sim/ec2/disk.h"
#include "sim/ec2/shot.h"
#include "sim/ec2/things.h"
#include "sim/ec2/volume.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define KMS_DEFAULT "1234abcd-12ab-34cd-56ef-1234567890ab"

const char *kms_key_arn(struct call *c, const char *key)
{
	if (str_starts(key, "arn:"))
		return key;
	return call_textf(c, "arn:aws:kms:%s:%s:%s%s",
		c->world->region->name, c->world->account,
		str_starts(key, "alias/") || str_starts(key, "key/") ? "" :
		"key/", *key ? key : KMS_DEFAULT);
}

bool volume_need(struct call *c, struct volume *out)
{
	const char *id = ec2_need(c, "VolumeId");

	return id && ec2_list_find(c, volume_list(), id, out);
}

bool ec2_read_number(struct call *c, const char *param, unsigned *out)
{
	const char *text = call_param(c, param);
	long n;

	if (!text)
		return true;
	if (!str_int(text, 1, 1 << 24, &n))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter %s is invalid.", text, param);
	*out = (unsigned)n;
	return true;
}

static bool read_shape(struct call *c, struct disk_shape *s)
{
	return ec2_read_number(c, "Size", &s->gib) &&
		ec2_read_number(c, "Iops", &s->iops) &&
		ec2_read_number(c, "Throughput", &s->throughput);
}

static bool read_zone(struct call *c, struct disk *d)
{
	const char *given = ec2_need(c, "AvailabilityZone");

	if (!given)
		return false;
	for (unsigned n = 0; n < zone_count(c->world); n++) {
		zone_name(c->world, n, d->zone);
		if (!strcmp(d->zone, given))
			return true;
	}
	return call_error(c, 400, "InvalidZone.NotFound", "The zone '%s' does "
		"not exist.", given);
}

/* What it is made of gives the least size, and its encryption. */
static bool read_snapshot(struct call *c, struct disk *d)
{
	const char *id = call_param(c, "SnapshotId");
	struct snapshot s;

	if (!id || !*id)
		return d->shape.gib || call_error(c, 400, "MissingParameter",
			"The request must contain the parameter "
			"size/snapshotId");
	if (!snapshot_need(c, id, &s))
		return false;
	if (strcmp(s.status, "completed") != 0)
		return call_error(c, 400, "IncorrectState", "Snapshot is in "
			"invalid state - %s", s.status);
	if (d->shape.gib && d->shape.gib < s.gib)
		return call_error(c, 400, "InvalidParameterValue", "Volume of "
			"size %uGB is smaller than snapshot '%s', expect size "
			">= %uGB", d->shape.gib, id, s.gib);
	if (!d->shape.gib)
		d->shape.gib = s.gib;
	d->snapshot = world_id(s.world, ID_SNAPSHOT, s.slot);
	d->encrypted = d->encrypted || s.encrypted;
	snprintf(d->key, sizeof(d->key), "%s", s.key);
	return true;
}

static bool read_key(struct call *c, struct disk *d)
{
	const char *key = call_param(c, "KmsKeyId");

	d->encrypted = ec2_is_true(c, "Encrypted");
	if (key && !d->encrypted && !call_param(c, "SnapshotId"))
		return call_error(c, 400, "InvalidParameterDependency", "The "
			"parameter KmsKeyId requires the parameter Encrypted "
			"to be set.");
	if (!read_snapshot(c, d))
		return false;
	if (key)
		snprintf(d->key, sizeof(d->key), "%s", key);
	return true;
}

static bool read_disk(struct call *c, struct disk *d)
{
	const char *type = call_param(c, "VolumeType");

	d->shape.type = type ? type : "gp2";
	d->multi = ec2_is_true(c, "MultiAttachEnabled");
	if (d->multi && strcmp(d->shape.type, "io1") != 0 &&
	    strcmp(d->shape.type, "io2") != 0)
		return call_error(c, 400, "InvalidParameterCombination",
			"The parameter multiAttachEnabled is not supported "
			"for %s volumes.", d->shape.type);
	return read_zone(c, d) && read_shape(c, &d->shape) &&
		read_key(c, d) && disk_shape_check(c, &d->shape);
}

void ec2_create_volume(struct call *c)
{
	struct call_pairs tags = { 0 };
	struct disk like = { 0 };
	struct volume v;

	if (read_disk(c, &like) && ec2_tags_on_create(c, "volume", "volume",
		&tags) && !ec2_dry_run(c)) {
		const struct disk *d = disk_make(c->world, &like, c->now);
		char id[EC2_ID_MOST];

		world_id_text("vol-", world_id(c->world, ID_VOLUME, d->slot),
			id);
		ec2_tags_set(c, id, &tags);
		volume_fill(c, d->slot, &v);
		call_open(c);
		volume_write(c, &v);
		call_close(c);
	}
	VEC_FREE(&tags);
}

struct devices {
	const char *wanted;
	bool taken;
};

/* /dev/sdf is /dev/xvdf. */
static const char *device_letters(const char *device)
{
	const char *p = str_starts(device, "/dev/") ? device + 5 : device;

	return p + (str_starts(p, "xvd") ? 3 : 2);
}

static void see_device(void *data, const struct volume *v)
{
	struct devices *d = data;

	d->taken = d->taken || !strcmp(device_letters(v->device),
		device_letters(d->wanted));
}

static bool is_device(const char *text)
{
	const char *p = str_starts(text, "/dev/") ? text + 5 : text;
	size_t disk = str_starts(p, "xvd") ? 3 : str_starts(p, "sd") ||
		str_starts(p, "hd") ? 2 : 0;
	size_t n = strspn(p + disk, "abcdefghijklmnopqrstuvwxyz");

	return disk && n >= 1 && n <= 2 && strlen(p + disk + n) <= 2 &&
		!p[disk + n + strspn(p + disk + n, "0123456789")];
}

static bool check_device(struct call *c, const struct instance *i,
	const char *device)
{
	struct devices d = { .wanted = device };

	if (strlen(device) >= DISK_DEVICE_MOST || !is_device(device))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter device is invalid. %s is not a "
			"valid EBS device name.", device, device);
	instance_volumes(c, i, see_device, &d);
	return !d.taken || call_error(c, 400, "InvalidParameterValue",
		"Invalid value '%s' for unixDevice. Attachment point %s is "
		"already in use", device, device);
}

static bool check_states(struct call *c, const struct volume *v,
	const struct instance *i)
{
	if (strcmp(v->zone, i->zone) != 0)
		return call_error(c, 400, "InvalidVolume.ZoneMismatch", "The "
			"volume '%s' is not in the same availability zone as "
			"instance '%s'", v->row.id, i->row.id);
	if (v->instance)
		return call_error(c, 400, "VolumeInUse", "%s is already "
			"attached to an instance", v->row.id);
	if (strcmp(v->status, "available") != 0)
		return call_error(c, 400, "IncorrectState", "%s is not "
			"'available'.", v->row.id);
	if (i->state != STATE_RUNNING && i->state != STATE_STOPPED)
		return call_error(c, 400, "IncorrectState", "Instance '%s' is "
			"not 'running'.", i->row.id);
	return true;
}

static void reply_attachment(struct call *c, uint64_t slot)
{
	struct volume v;

	volume_fill(c, slot, &v);
	call_open(c);
	volume_write_attachment(c, &v);
	call_close(c);
}

void ec2_attach_volume(struct call *c)
{
	const char *device = ec2_need(c, "Device");
	const char *id = device ? ec2_need(c, "InstanceId") : NULL;
	struct instance i;
	struct volume v;
	struct disk *d;

	if (!id || !volume_need(c, &v) ||
	    !ec2_list_find(c, instance_list(), id, &i) ||
	    !check_states(c, &v, &i) || !check_device(c, &i, device) ||
	    ec2_dry_run(c))
		return;
	d = disk_edit(c->world, &v);
	d->instance = world_id(c->world, ID_INSTANCE, i.index);
	snprintf(d->device, sizeof(d->device), "%s", device);
	d->attached = c->now;
	d->detached = 0;
	d->on_termination = false;
	reply_attachment(c, v.index);
}

static bool check_detach(struct call *c, const struct volume *v)
{
	const char *from = call_param(c, "InstanceId");
	const char *device = call_param(c, "Device");
	char id[EC2_ID_MOST];
	struct instance i;

	if (!v->instance)
		return call_error(c, 400, "IncorrectState", "Volume '%s' is "
			"in the '%s' state.", v->row.id, v->status);
	world_id_text("i-", v->instance, id);
	if ((from && strcmp(from, id) != 0) ||
	    (device && strcmp(device, v->device) != 0))
		return call_error(c, 400, "InvalidAttachment.NotFound",
			"The attachment of volume '%s' does not exist.",
			v->row.id);
	if (!ec2_list_find(c, instance_list(), id, &i))
		return false;
	if (i.state != STATE_STOPPED && (!strcmp(v->device, "/dev/xvda") ||
		!strcmp(v->device, "/dev/sda1")))
		return call_error(c, 400, "OperationNotPermitted", "Unable to "
			"detach root volume '%s' from instance '%s'",
			v->row.id, id);
	return true;
}

void ec2_detach_volume(struct call *c)
{
	struct volume v;
	struct disk *d;

	if (!volume_need(c, &v) || !check_detach(c, &v) || ec2_dry_run(c))
		return;
	d = disk_edit(c->world, &v);
	if (!d->detached || ec2_is_true(c, "Force"))
		d->detached = c->now + (ec2_is_true(c, "Force") ? 1 :
			DISK_DETACHING_MS);
	reply_attachment(c, v.index);
}

void ec2_delete_volume(struct call *c)
{
	char id[EC2_ID_MOST];
	struct volume v;

	if (!volume_need(c, &v))
		return;
	if (v.instance) {
		world_id_text("i-", v.instance, id);
		call_error(c, 400, "VolumeInUse", "Volume %s is currently "
			"attached to %s", v.row.id, id);
		return;
	}
	if (strcmp(v.status, "available") != 0) {
		call_error(c, 400, "IncorrectState", "The volume '%s' is "
			"'%s'", v.row.id, v.status);
		return;
	}
	if (ec2_dry_run(c))
		return;
	disk_edit(c->world, &v)->gone = c->now + DISK_DELETING_MS;
	ec2_reply_true(c);
}
