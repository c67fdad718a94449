/* SPDX-License-Identifier: MIT */
/* The list of images: the account's own, a few of Amazon's, and what other
 * accounts share by requests. */
#include "base/vec.h"
#include "sim/ec2/ami.h"
#include "sim/ec2/calls.h"
#include "sim/ec2/owner.h"
#include "sim/ec2/shot.h"
#include "sim/xml.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY ((int64_t)86400000)

static char partners[1][13] = { PARTNER };

/* public: by mistake; what the audit is to find. */
static const struct {
	const char *name, *description, *architecture, *platform;
	bool amazon, is_public, is_shared;
} images[] = {
	{ "al2023-ami-2023.6.20261102.0-kernel-6.1-x86_64", "Amazon Linux 2023", "x86_64", NULL, true, true, false },
	{ "al2023-ami-2023.6.20261102.0-kernel-6.1-arm64", "Amazon Linux 2023", "arm64", NULL, true, true, false },
	{ "golden-base-2026.10", "Company base image", "x86_64", NULL, false, false, true },
	{ "Windows_Server-2022-English-Full-Base-2026.10.14", "Microsoft Windows 2022", "x86_64",
	  "windows", true, true, false },
	{ "golden-gpu-2026.09", "Company image with CUDA", "x86_64", NULL, false, false, false },
	{ "golden-base-2025.03", "Company base image (old)", "x86_64", NULL, false, true, false },
};

#define BORN (sizeof(images) / sizeof(*images))

uint64_t image_born(const struct world *w)
{
	(void)w;
	return BORN;
}

static uint64_t image_slots(const struct world *w)
{
	return BORN + amis_made(w) + commons_count(w);
}

bool owner_asked(struct call *c, const char *owner, const char *alias)
{
	struct call_pairs owners = { 0 };
	bool ok;

	call_list(c, "Owner", &owners);
	ok = owners.count == 0;
	for (size_t i = 0; i < owners.count; i++) {
		const char *asked = owners.items[i].value;

		ok = ok || !strcmp(asked, owner) ||
			(alias && !strcmp(asked, alias)) ||
			(!strcmp(asked, "self") && !strcmp(owner, c->account));
	}
	VEC_FREE(&owners);
	return ok;
}

static void born_disk(const struct world *w, struct image *i)
{
	uint64_t snapshot = snapshot_of_volume(w, i->slot);

	i->born = (struct ami_disk){ .device = "/dev/xvda", .type = "gp3",
		.gib = i->platform ? 30 : 8, .on_termination = true };
	world_id_text("snap-", snapshot, i->born.snapshot);
	i->disks.items = &i->born;
	i->disks.count = 1;
}

static void born_image(const struct world *w, struct image *i)
{
	size_t n = (size_t)i->slot;

	snprintf(i->name, sizeof(i->name), "%s", images[n].name);
	snprintf(i->description, sizeof(i->description), "%s",
		images[n].description);
	i->architecture = images[n].architecture;
	i->virtualization = "hvm";
	i->boot = "uefi-preferred";
	i->root_device = "/dev/xvda";
	i->platform = images[n].platform;
	i->ena = true;
	i->owner = images[n].amazon ? AMAZON : w->account;
	i->alias = images[n].amazon ? "amazon" : NULL;
	i->share.all = images[n].is_public;
	if (images[n].is_shared) {
		i->share.users.items = partners;
		i->share.users.count = 1;
	}
	i->state = "available";
	i->created = w->born - (int64_t)(20 + i->slot * 37) * DAY;
	i->deprecates = i->created + 730 * DAY;
	if (!images[n].amazon)
		tags_add(&i->row.tags, "team", "tools");
	born_disk(w, i);
}

static void made_image(const struct ami *of, struct image *i, int64_t now)
{
	memcpy(i->name, of->name, sizeof(i->name));
	i->architecture = of->architecture;
	i->virtualization = of->virtualization;
	i->boot = of->boot;
	i->imds = of->imds;
	i->instance = of->instance;
	i->root_device = of->root_device;
	i->platform = of->platform;
	i->ena = of->ena;
	i->state = now < of->created + AMI_MS ? "pending" : "available";
	i->created = of->created;
	i->disks = of->disks;
}

static bool fill_of(const struct world *w, uint64_t slot, int64_t now,
	struct image *i)
{
	const struct ami *changed = ami_find(w, slot);

	if (changed && changed->gone && now >= changed->gone)
		return false;
	*i = (struct image){ .world = w, .slot = slot, .owner = w->account,
		.type = "machine", .root = "ebs", .hypervisor = "xen",
		.imds = "", .instance = "" };
	world_id_text("ami-", world_id(w, ID_IMAGE, slot), i->row.id);
	if (slot < BORN)
		born_image(w, i);
	else if (changed)
		made_image(changed, i, now);
	else
		return false;
	if (changed) {
		i->share = changed->share;
		i->deprecates = changed->deprecates;
		memcpy(i->description, changed->description,
			sizeof(i->description));
	}
	i->is_public = i->share.all;
	return true;
}

static bool fill_any(struct call *c, uint64_t slot, struct image *i)
{
	const struct world *w = c->world;
	uint64_t own = BORN + amis_made(w);
	const struct common *common;
	bool ok;

	if (slot < own) {
		ok = fill_of(w, slot, c->now, i);
	} else {
		common = commons_at(w, image_list(), (size_t)(slot - own));
		ok = common && fill_of(common->owner,
			((const struct ami *)common->record)->slot, c->now,
			i);
	}
	if (!ok || (strcmp(i->owner, c->account) != 0 && !i->share.all &&
		!share_has(&i->share, c->account)))
		return false;
	if (i->world == w)
		tags_apply(w, i->row.id, &i->row.tags);
	else
		i->row.tags.count = 0;
	return true;
}

/* ExecutableBy.N: "self" for what is shared with the account, "all" for
 * what is public. */
static bool executable_asked(struct call *c, const struct image *i)
{
	struct call_pairs by = { 0 };
	bool ok;

	call_list(c, "ExecutableBy", &by);
	ok = by.count == 0;
	for (size_t n = 0; !ok && n < by.count; n++) {
		const char *who = by.items[n].value;

		ok = !strcmp(who, "all") ? i->share.all : share_has(&i->share,
			!strcmp(who, "self") ? c->account : who);
	}
	VEC_FREE(&by);
	return ok;
}

static bool image_fill(struct call *c, uint64_t slot, void *row)
{
	struct image *i = row;

	return fill_any(c, slot, i) && owner_asked(c, i->owner, i->alias) &&
		executable_asked(c, i);
}

static bool find_any(struct call *c, const char *id, struct image *out)
{
	const struct world *w = c->world;
	uint64_t slot;

	if (world_index(w, ID_IMAGE, "ami-", id, &slot))
		return slot < BORN + amis_made(w) && fill_any(c, slot, out);
	for (slot = BORN + amis_made(w); slot < image_slots(w); slot++)
		if (fill_any(c, slot, out) && !strcmp(out->row.id, id))
			return true;
	return false;
}

static bool image_find(struct call *c, const char *id, void *row)
{
	struct image *i = row;

	return find_any(c, id, i) && owner_asked(c, i->owner, i->alias) &&
		executable_asked(c, i);
}

bool image_find_id(struct call *c, const char *id, struct image *out)
{
	return ec2_list_find(c, image_list(), id, out);
}

bool image_of_region(struct call *c, struct world *w, const char *id,
	struct image *out)
{
	struct world *here = c->world;
	bool ok;

	c->world = w;
	ok = world_id_valid("ami-", id) && find_any(c, id, out);
	c->world = here;
	return ok;
}

bool image_need(struct call *c, const char *id, struct image_facts *out)
{
	struct image i;

	if (!image_find_id(c, id, &i))
		return false;
	*out = (struct image_facts){
		.architecture = !strcmp(i.architecture, "arm64") ? "arm64" :
			!strcmp(i.architecture, "i386") ? "i386" : "x86_64",
		.platform = i.platform,
		.root_device = call_textf(c, "%s", i.root_device) };
	for (size_t n = 0; n < i.disks.count; n++)
		if (!strcmp(i.disks.items[n].device, i.root_device)) {
			out->snapshot = strtoull(i.disks.items[n].snapshot +
				strlen("snap-"), NULL, 16);
			out->gib = i.disks.items[n].gib;
		}
	return true;
}

bool image_of_snapshot(struct call *c, const char *snapshot,
	char id[EC2_ID_MOST])
{
	for (uint64_t slot = 0; slot < BORN + amis_made(c->world); slot++) {
		struct image i;

		if (!fill_any(c, slot, &i) ||
		    strcmp(i.owner, c->account) != 0)
			continue;
		for (size_t n = 0; n < i.disks.count; n++)
			if (!strcmp(i.disks.items[n].snapshot, snapshot)) {
				memcpy(id, i.row.id, EC2_ID_MOST);
				return true;
			}
	}
	return false;
}

bool image_of_name(struct call *c, const char *name, char id[EC2_ID_MOST])
{
	for (uint64_t slot = 0; slot < BORN + amis_made(c->world); slot++) {
		struct image i;

		if (fill_any(c, slot, &i) && !strcmp(i.owner, c->account) &&
		    !strcmp(i.name, name)) {
			memcpy(id, i.row.id, EC2_ID_MOST);
			return true;
		}
	}
	return false;
}

void image_write_disks(struct str *o, const struct ami_disks *disks)
{
	for (size_t n = 0; n < disks->count; n++) {
		const struct ami_disk *d = &disks->items[n];
		bool gp3 = !strcmp(d->type, "gp3");

		xml_add(o, "<item><deviceName>%s</deviceName><ebs>"
			"<snapshotId>%r</snapshotId><volumeSize>%u"
			"</volumeSize><deleteOnTermination>%b"
			"</deleteOnTermination><volumeType>%r</volumeType>"
			"%r<encrypted>%b</encrypted></ebs></item>", d->device,
			d->snapshot, d->gib, (int)d->on_termination, d->type,
			gp3 ? "<iops>3000</iops><throughput>125</throughput>" :
			"", (int)d->encrypted);
	}
}

static void write_head(struct str *o, const struct image *i)
{
	xml_add(o, "<item><imageId>%r</imageId><imageLocation>%r/%s"
		"</imageLocation><imageState>%r</imageState><imageOwnerId>%r"
		"</imageOwnerId><creationDate>%t</creationDate><isPublic>%b"
		"</isPublic><architecture>%r</architecture><imageType>%r"
		"</imageType>", i->row.id, i->alias ? i->alias : i->owner,
		i->name, i->state, i->owner, i->created, (int)i->is_public,
		i->architecture, i->type);
	if (i->platform)
		xml_add(o, "<platform>%r</platform>", i->platform);
	if (i->alias)
		xml_add(o, "<imageOwnerAlias>%r</imageOwnerAlias>", i->alias);
	xml_add(o, "<sriovNetSupport>simple</sriovNetSupport>"
		"<name>%s</name><description>%s</description>"
		"<rootDeviceType>ebs</rootDeviceType>"
		"<rootDeviceName>%s</rootDeviceName><blockDeviceMapping>",
		i->name, i->description, i->root_device);
	image_write_disks(o, &i->disks);
	xml_add(o, "</blockDeviceMapping><virtualizationType>%r"
		"</virtualizationType>", i->virtualization);
}

static void image_write(struct call *c, const void *row,
	const void *previous)
{
	const struct image *i = row;
	struct str *o = c->out;

	(void)previous;
	write_head(o, i);
	tags_write(o, &i->row.tags);
	xml_add(o, "<hypervisor>xen</hypervisor><enaSupport>%b</enaSupport>"
		"<platformDetails>%r</platformDetails><usageOperation>%r"
		"</usageOperation>", (int)i->ena,
		i->platform ? "Windows" : "Linux/UNIX",
		i->platform ? "RunInstances:0002" : "RunInstances");
	if (*i->boot)
		xml_add(o, "<bootMode>%s</bootMode>", i->boot);
	if (*i->imds)
		xml_add(o, "<imdsSupport>%s</imdsSupport>", i->imds);
	if (i->deprecates)
		xml_add(o, "<deprecationTime>%t</deprecationTime>",
			i->deprecates);
	if (*i->instance)
		xml_add(o, "<sourceInstanceId>%r</sourceInstanceId>",
			i->instance);
	str_add(o, "</item>");
}

static const char *snapshot_id(const void *row, size_t n, char *text)
{
	const struct image *i = row;

	(void)text;
	return n < i->disks.count ? i->disks.items[n].snapshot : NULL;
}

#define AT(member) offsetof(struct image, member)

static const struct ec2_field filters[] = {
	{ "architecture", FIELD_TEXT, AT(architecture), NULL, NULL },
	{ "block-device-mapping.snapshot-id", FIELD_CALL, 0, NULL, snapshot_id },
	{ "description", FIELD_CHARS, AT(description), NULL, NULL },
	{ "hypervisor", FIELD_TEXT, AT(hypervisor), NULL, NULL },
	{ "image-id", FIELD_CHARS, AT(row.id), NULL, NULL },
	{ "image-type", FIELD_TEXT, AT(type), NULL, NULL },
	{ "is-public", FIELD_BOOL, AT(is_public), NULL, NULL },
	{ "name", FIELD_CHARS, AT(name), NULL, NULL },
	{ "owner-alias", FIELD_TEXT, AT(alias), NULL, NULL },
	{ "owner-id", FIELD_TEXT, AT(owner), NULL, NULL },
	{ "platform", FIELD_TEXT, AT(platform), NULL, NULL },
	{ "root-device-name", FIELD_TEXT, AT(root_device), NULL, NULL },
	{ "root-device-type", FIELD_TEXT, AT(root), NULL, NULL },
	{ "state", FIELD_TEXT, AT(state), NULL, NULL },
	{ "virtualization-type", FIELD_TEXT, AT(virtualization), NULL, NULL },
	{ .name = NULL }
};

static const struct ec2_list list = {
	.set = "imagesSet", .id_param = "ImageId", .id_name = "image id",
	.prefix = "ami-", .malformed = "InvalidAMIID.Malformed",
	.not_found = "InvalidAMIID.NotFound", .kind = ID_IMAGE,
	.filters = filters, .page_most = 1000, .slots = image_slots,
	.fill = image_fill, .find = image_find, .write = image_write,
};

_Static_assert(sizeof(struct image) <= EC2_ROW_MOST, "row room");

const struct ec2_list *image_list(void)
{
	return &list;
}

void ec2_describe_images(struct call *c)
{
	ec2_list_run(c, &list);
}
