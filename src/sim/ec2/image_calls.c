/* SPDX-License-Identifier: MIT */
/* Registering, making, copying and deregistering images. (EC2 API
 * Reference) */
#include "base/vec.h"
#include "sim/ec2/ami.h"
#include "sim/ec2/shot.h"
#include "sim/ec2/things.h"
#include "sim/ec2/volume.h"
#include "sim/server.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define NAME_LEAST 3
#define NAME_SIGNS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"0123456789()[] ./-'@_"
#define DISKS_MOST 40

static bool read_name(struct call *c, struct ami *a)
{
	const char *name = ec2_need(c, "Name");
	const char *text = call_param(c, "Description");
	char id[EC2_ID_MOST];
	size_t len;

	if (!name)
		return false;
	len = strlen(name);
	if (len < NAME_LEAST || len >= AMI_NAME_MOST ||
	    name[strspn(name, NAME_SIGNS)])
		return call_error(c, 400, "InvalidAMIName.Malformed", "AMI "
			"names must be between 3 and 128 characters long, and "
			"may contain letters, numbers, '(', ')', '.', '-', "
			"'/' and '_'");
	if (image_of_name(c, name, id))
		return call_error(c, 400, "InvalidAMIName.Duplicate", "AMI "
			"name %s is already in use by AMI %s", name, id);
	if (text && ec2_characters(text) > 255)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"for parameter description is invalid. Descriptions "
			"have 255 characters at most.");
	snprintf(a->name, sizeof(a->name), "%s", name);
	snprintf(a->description, sizeof(a->description), "%s",
		text ? text : "");
	return true;
}

static bool one_of(struct call *c, const char *param, const char *otherwise,
	const char *const *choices, char *out, size_t room)
{
	const char *text = call_param(c, param);

	if (!text) {
		snprintf(out, room, "%s", otherwise);
		return true;
	}
	for (; *choices; choices++)
		if (!strcmp(*choices, text)) {
			snprintf(out, room, "%s", text);
			return true;
		}
	return call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
		"parameter %s is invalid.", text, param);
}

/* AWS's own defaults are those of 2009. */
static bool read_machine(struct call *c, struct ami *a)
{
	static const char *const architectures[] = { "i386", "x86_64",
		"arm64", "x86_64_mac", "arm64_mac", NULL };
	static const char *const virtualizations[] = { "paravirtual", "hvm",
		NULL };
	static const char *const boots[] = { "legacy-bios", "uefi",
		"uefi-preferred", NULL };
	static const char *const imds[] = { "v2.0", NULL };

	a->ena = ec2_is_true(c, "EnaSupport");
	if (!one_of(c, "Architecture", "i386", architectures, a->architecture,
		sizeof(a->architecture)) ||
	    !one_of(c, "VirtualizationType", "paravirtual", virtualizations,
		a->virtualization, sizeof(a->virtualization)) ||
	    !one_of(c, "BootMode", "", boots, a->boot, sizeof(a->boot)) ||
	    !one_of(c, "ImdsSupport", "", imds, a->imds, sizeof(a->imds)))
		return false;
	if (!strcmp(a->virtualization, "paravirtual") && a->ena)
		return call_error(c, 400, "InvalidParameterCombination",
			"enaSupport is supported for hvm images only.");
	if (!strcmp(a->virtualization, "paravirtual") &&
	    str_starts(a->architecture, "arm64"))
		return call_error(c, 400, "InvalidParameterCombination",
			"%s images are hvm.", a->architecture);
	return true;
}

static bool read_disk(struct call *c, unsigned n, struct ami_disk *d)
{
	const char *ebs = call_textf(c, "BlockDeviceMapping.%u.Ebs", n);
	const char *device = call_param(c, call_textf(c,
		"BlockDeviceMapping.%u.DeviceName", n));
	const char *id = call_param(c, call_textf(c, "%s.SnapshotId", ebs));
	const char *type = call_param(c, call_textf(c, "%s.VolumeType", ebs));
	const char *stays = call_param(c, call_textf(c,
		"%s.DeleteOnTermination", ebs));
	struct disk_shape shape = { .type = type ? type : "gp2" };
	struct snapshot s;

	snprintf(d->device, sizeof(d->device), "%s", device);
	d->on_termination = !stays || !strcmp(stays, "true");
	if (call_param(c, call_textf(c, "%s.Encrypted", ebs)) && id)
		return call_error(c, 400, "InvalidBlockDeviceMapping",
			"The encrypted flag cannot be specified since device "
			"%s has a snapshot specified.", device);
	if (!ec2_read_number(c, call_textf(c, "%s.VolumeSize", ebs),
		&shape.gib) || !ec2_read_number(c, call_textf(c, "%s.Iops",
		ebs), &shape.iops) || (id && !snapshot_need(c, id, &s)))
		return false;
	if (id && strcmp(s.status, "completed") != 0)
		return call_error(c, 400, "InvalidSnapshot.NotFound", "The "
			"snapshot '%s' is in the '%s' state.", id, s.status);
	if (id && shape.gib && shape.gib < s.gib)
		return call_error(c, 400, "InvalidBlockDeviceMapping",
			"Volume of size %uGB is smaller than snapshot '%s', expect "
			"size >= %uGB", shape.gib, id, s.gib);
	if (id && !shape.gib)
		shape.gib = s.gib;
	if (!disk_shape_check(c, &shape))
		return false;
	snprintf(d->snapshot, sizeof(d->snapshot), "%s", id ? id : "");
	snprintf(d->type, sizeof(d->type), "%s", shape.type);
	d->gib = shape.gib;
	d->encrypted = id && s.encrypted;
	d->default_key = id && s.encrypted && !*s.key;
	return true;
}

static bool read_disks(struct call *c, struct ami *a)
{
	const char *root = call_param(c, "RootDeviceName");
	bool found = false;

	if (!root || strlen(root) >= sizeof(a->root_device))
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter rootDeviceName");
	snprintf(a->root_device, sizeof(a->root_device), "%s", root);
	for (unsigned n = 1; n <= DISKS_MOST; n++) {
		const char *device = call_param(c, call_textf(c,
			"BlockDeviceMapping.%u.DeviceName", n));
		struct ami_disk d = { 0 };

		if (!device)
			break;
		if (!read_disk(c, n, &d))
			return false;
		found = found || (!strcmp(device, root) && *d.snapshot);
		*VEC_PUSH(&a->disks) = d;
	}
	return found || call_error(c, 400, "InvalidBlockDeviceMapping", "The "
		"root device '%s' is not mapped to a snapshot.", root);
}

static void reply(struct call *c, const char *id)
{
	call_open(c);
	xml_add(c->out, "<imageId>%r</imageId>", id);
	call_close(c);
}

/* Takes the disks of a, or drops them. */
static bool add(struct call *c, struct ami *a, const struct call_pairs *tags,
	char id[EC2_ID_MOST])
{
	const struct ami *made;

	if (ec2_dry_run(c))
		return false;
	made = ami_make(c->world, a, c->now);
	a->disks = (struct ami_disks){ 0 };
	world_id_text("ami-", world_id(c->world, ID_IMAGE, made->slot), id);
	ec2_tags_set(c, id, tags);
	return true;
}

void ec2_register_image(struct call *c)
{
	struct call_pairs none = { 0 };
	struct ami a = { 0 };
	char id[EC2_ID_MOST];

	if (call_param(c, "ImageLocation"))
		call_error(c, 400, "UnsupportedOperation", "Images of "
			"instance store are not taken any more.");
	else if (read_name(c, &a) && read_machine(c, &a) &&
		 read_disks(c, &a) && add(c, &a, &none, id))
		reply(c, id);
	VEC_FREE(&a.disks);
}

struct taking {
	struct call *call;
	struct ami *ami;
};

/* A snapshot of each volume of the instance. */
static void take_disk(void *data, const struct volume *attached)
{
	struct taking *t = data;
	struct ami_disk d = { .on_termination = attached->on_termination };
	const struct shot *s;
	struct volume v;
	uint64_t slot;

	if (!world_index(t->call->world, ID_VOLUME, "vol-", attached->row.id,
		&slot) || !volume_fill(t->call, slot, &v))
		return;
	snprintf(d.device, sizeof(d.device), "%s", v.device);
	snprintf(d.type, sizeof(d.type), "%s", v.type);
	d.gib = v.gib;
	d.encrypted = v.encrypted;
	d.default_key = v.encrypted && !*v.key;
	s = snapshot_take(t->call, &v, call_textf(t->call,
		"Created by CreateImage(%s)", t->ami->instance));
	world_id_text("snap-", world_id(t->call->world, ID_SNAPSHOT, s->slot),
		d.snapshot);
	*VEC_PUSH(&t->ami->disks) = d;
}

static void image_of_instance(const struct instance *i, struct ami *a)
{
	memcpy(a->instance, i->row.id, sizeof(a->instance));
	snprintf(a->architecture, sizeof(a->architecture), "%s",
		i->architecture);
	snprintf(a->virtualization, sizeof(a->virtualization), "hvm");
	snprintf(a->boot, sizeof(a->boot), "uefi-preferred");
	snprintf(a->root_device, sizeof(a->root_device), "/dev/xvda");
	a->platform = i->platform;
	a->ena = true;
}

void ec2_create_image(struct call *c)
{
	const char *from = ec2_need(c, "InstanceId");
	struct call_pairs tags = { 0 }, shot_tags = { 0 };
	struct ami a = { 0 };
	struct taking taking = { c, &a };
	char id[EC2_ID_MOST];
	struct instance i;

	if (!from || !ec2_list_find(c, instance_list(), from, &i))
		return;
	if (i.state != STATE_RUNNING && i.state != STATE_STOPPED) {
		call_error(c, 400, "IncorrectInstanceState", "The instance "
			"'%s' is not in a state from which it can be imaged.",
			from);
		return;
	}
	image_of_instance(&i, &a);
	if (read_name(c, &a) && ec2_tags_on_create(c, "image snapshot",
		"image", &tags) && ec2_tags_on_create(c, "image snapshot",
		"snapshot", &shot_tags) && !ec2_dry_run(c)) {
		instance_volumes(c, &i, take_disk, &taking);
		for (size_t n = 0; n < a.disks.count; n++)
			ec2_tags_set(c, a.disks.items[n].snapshot,
				&shot_tags);
		if (add(c, &a, &tags, id))
			reply(c, id);
	}
	VEC_FREE(&tags);
	VEC_FREE(&shot_tags);
	VEC_FREE(&a.disks);
}

static bool copy_source(struct call *c, struct image *from)
{
	const char *region = ec2_need(c, "SourceRegion");
	const char *id = region ? ec2_need(c, "SourceImageId") : NULL;
	struct world *w = id ? atlas_world(c->sim->atlas, c->account,
		region) : NULL;

	if (!id)
		return false;
	if (!w)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter sourceRegion is invalid.",
			region);
	if (!image_of_region(c, w, id, from))
		return call_error(c, 400, "InvalidAMIID.NotFound", "The image "
			"id '[%s]' does not exist", id);
	return !strcmp(from->state, "available") || call_error(c, 400,
		"InvalidRequest", "The image '%s' is in the '%s' state.", id,
		from->state);
}

/* Its snapshots are copied along. */
static void copy_disks(struct call *c, const struct image *from,
	struct ami *a)
{
	bool encrypts = ec2_is_true(c, "Encrypted");
	const char *key = call_param(c, "KmsKeyId");

	for (size_t n = 0; n < from->disks.count; n++) {
		struct ami_disk d = from->disks.items[n];
		struct shot like = { .volume = "vol-ffffffff", .gib = d.gib,
			.encrypted = encrypts || d.encrypted };
		const struct shot *s;

		snprintf(like.key, sizeof(like.key), "%s", key ? key : "");
		snprintf(like.description, sizeof(like.description), "Copied "
			"for DestinationAmi from SourceAmi %s for "
			"SourceSnapshot %s.", from->row.id, d.snapshot);
		s = shot_make(c->world, &like, c->now);
		world_id_text("snap-", world_id(c->world, ID_SNAPSHOT,
			s->slot), d.snapshot);
		d.encrypted = like.encrypted;
		d.default_key = d.encrypted && !key;
		*VEC_PUSH(&a->disks) = d;
	}
}

static void copy_machine(const struct image *from, struct ami *a)
{
	snprintf(a->architecture, sizeof(a->architecture), "%s",
		from->architecture);
	snprintf(a->virtualization, sizeof(a->virtualization), "%s",
		from->virtualization);
	snprintf(a->boot, sizeof(a->boot), "%s", from->boot);
	snprintf(a->imds, sizeof(a->imds), "%s", from->imds);
	snprintf(a->root_device, sizeof(a->root_device), "%s",
		from->root_device);
	a->platform = from->platform;
	a->ena = from->ena;
}

void ec2_copy_image(struct call *c)
{
	struct call_pairs tags = { 0 };
	struct ami a = { 0 };
	struct image from;
	char id[EC2_ID_MOST];

	if (copy_source(c, &from) && read_name(c, &a) && !ec2_dry_run(c)) {
		for (size_t n = 0; ec2_is_true(c, "CopyImageTags") &&
			n < from.row.tags.count; n++)
			*VEC_PUSH(&tags) = (struct call_pair){
				from.row.tags.items[n].key,
				from.row.tags.items[n].value };
		if (!call_param(c, "Description"))
			memcpy(a.description, from.description,
				sizeof(a.description));
		copy_machine(&from, &a);
		copy_disks(c, &from, &a);
		if (add(c, &a, &tags, id))
			reply(c, id);
	}
	VEC_FREE(&tags);
	VEC_FREE(&a.disks);
}
