/* SPDX-License-Identifier: MIT */
/* Images and snapshots: the account's own, and a few of Amazon's. */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define DAY ((int64_t)86400000)
#define AMAZON "137112412989"
#define PUBLIC_SNAPSHOTS 20

struct image {
	struct ec2_row row;
	const struct world *world;
	const char *name, *description, *architecture, *owner, *alias, *state;
	const char *platform, *type, *root, *virtualization, *hypervisor;
	int64_t created;
	uint64_t snapshot;
	unsigned gib;
	bool is_public;
};

static const struct {
	const char *name, *description, *architecture, *platform;
	bool amazon;
} images[] = {
	{ "al2023-ami-2023.6.20261102.0-kernel-6.1-x86_64", "Amazon Linux 2023", "x86_64", NULL, true },
	{ "al2023-ami-2023.6.20261102.0-kernel-6.1-arm64", "Amazon Linux 2023", "arm64", NULL, true },
	{ "golden-base-2026.10", "Company base image", "x86_64", NULL, false },
	{ "Windows_Server-2022-English-Full-Base-2026.10.14", "Microsoft Windows 2022", "x86_64", "windows", true },
	{ "golden-gpu-2026.09", "Company image with CUDA", "x86_64", NULL, false },
	{ "golden-base-2025.03", "Company base image (old)", "x86_64", NULL, false },
};

unsigned image_count(void)
{
	return sizeof(images) / sizeof(*images);
}

static uint64_t image_slots(const struct world *w)
{
	(void)w;
	return image_count();
}

/* Owner.N: self, amazon, or an account number. */
static bool owner_asked(struct call *c, const char *owner, const char *alias)
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

static bool image_fill(struct call *c, uint64_t slot, void *row)
{
	const struct world *w = c->world;
	struct image *i = row;

	i->world = w;
	i->row.tags.count = 0;
	world_id_text("ami-", world_id(w, ID_IMAGE, slot), i->row.id);
	i->name = images[slot].name;
	i->description = images[slot].description;
	i->architecture = images[slot].architecture;
	i->platform = images[slot].platform;
	i->is_public = images[slot].amazon;
	i->owner = i->is_public ? AMAZON : w->account;
	i->alias = i->is_public ? "amazon" : NULL;
	i->state = "available";
	i->type = "machine";
	i->root = "ebs";
	i->virtualization = "hvm";
	i->hypervisor = "xen";
	i->created = w->born - (int64_t)(20 + slot * 37) * DAY;
	i->snapshot = world_id(w, ID_SNAPSHOT, slot % snapshot_slots(w));
	i->gib = i->platform ? 30 : 8;
	if (!i->is_public)
		tags_add(&i->row.tags, "team", "tools");
	tags_apply(w, i->row.id, &i->row.tags);
	return owner_asked(c, i->owner, i->alias);
}

static void image_write(struct call *c, const void *row,
	const void *previous)
{
	const struct image *i = row;
	struct str *o = c->out;

	(void)previous;
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
		"<rootDeviceName>/dev/xvda</rootDeviceName>"
		"<blockDeviceMapping><item><deviceName>/dev/xvda</deviceName>"
		"<ebs><snapshotId>snap-%i</snapshotId><volumeSize>%u"
		"</volumeSize><deleteOnTermination>true</deleteOnTermination>"
		"<volumeType>gp3</volumeType><iops>3000</iops><throughput>125"
		"</throughput><encrypted>false</encrypted></ebs></item>"
		"</blockDeviceMapping><virtualizationType>hvm"
		"</virtualizationType>", i->name, i->description, i->snapshot,
		i->gib);
	tags_write(o, &i->row.tags);
	xml_add(o, "<hypervisor>xen</hypervisor><enaSupport>true</enaSupport>"
		"<platformDetails>%r</platformDetails><usageOperation>%r"
		"</usageOperation><bootMode>uefi-preferred</bootMode>"
		"<deprecationTime>%t</deprecationTime></item>",
		i->platform ? "Windows" : "Linux/UNIX",
		i->platform ? "RunInstances:0002" : "RunInstances",
		i->created + 730 * DAY);
}

struct snapshot {
	struct ec2_row row;
	const struct world *world;
	const char *owner, *alias, *status, *progress, *tier;
	uint64_t volume;
	int64_t started;
	unsigned gib;
	bool encrypted;
	char description[128];
	char name[300];
};

static uint64_t own_snapshots(const struct world *w)
{
	return 8 + w->instances / 4;
}

uint64_t snapshot_slots(const struct world *w)
{
	return own_snapshots(w) + PUBLIC_SNAPSHOTS;
}

static void own_snapshot(struct call *c, struct snapshot *s, uint64_t slot,
	uint64_t bits)
{
	const struct world *w = c->world;
	uint64_t of = slot * 4 % (w->instances ? w->instances : 1);
	struct instance i;

	s->owner = w->account;
	s->volume = world_id(w, ID_VOLUME, of * VOLUMES_PER_INSTANCE);
	s->gib = 20u + (unsigned)(bits >> 12 & 3) * 10;
	snprintf(s->description, sizeof(s->description),
		"Nightly backup of i-0%016llx",
		(unsigned long long)world_id(w, ID_INSTANCE, of));
	if (instance_fill(w, of, c->now, &i) && i.name[0])
		snprintf(s->name, sizeof(s->name), "%s nightly", i.name);
	if (bits % 50 == 3) {
		s->status = "pending";
		s->progress = "37%";
	} else if (bits % 50 == 4) {
		s->status = "error";
		s->progress = "0%";
	}
}

static bool snapshot_fill(struct call *c, uint64_t slot, void *row)
{
	const struct world *w = c->world;
	struct snapshot *s = row;
	uint64_t bits = world_bits(w, ID_SNAPSHOT, slot);

	s->world = w;
	s->row.tags.count = 0;
	s->name[0] = '\0';
	s->status = "completed";
	s->progress = "100%";
	s->tier = bits % 9 ? "standard" : "archive";
	s->alias = NULL;
	s->encrypted = bits & 1;
	s->started = w->born - (int64_t)(bits >> 24 & 127) * DAY -
		(int64_t)(bits & 0xffff) * 1000;
	world_id_text("snap-", world_id(w, ID_SNAPSHOT, slot), s->row.id);
	if (slot < own_snapshots(w)) {
		own_snapshot(c, s, slot, bits);
	} else {
		s->owner = AMAZON;
		s->alias = "amazon";
		s->encrypted = false;
		s->tier = "standard";
		s->volume = world_id(w, ID_VOLUME, 1u << 29 | slot);
		s->gib = 8;
		snprintf(s->description, sizeof(s->description),
			"Public data set %llu", (unsigned long long)slot);
	}
	tags_add(&s->row.tags, "Name", s->name[0] ? s->name : NULL);
	tags_apply(w, s->row.id, &s->row.tags);
	return owner_asked(c, s->owner, s->alias);
}

static void snapshot_write(struct call *c, const void *row,
	const void *previous)
{
	const struct snapshot *s = row;
	struct str *o = c->out;

	(void)previous;
	xml_add(o, "<item><snapshotId>%r</snapshotId><volumeId>vol-%i"
		"</volumeId><status>%r</status><startTime>%t</startTime>"
		"<progress>%r</progress><ownerId>%r</ownerId><volumeSize>%u"
		"</volumeSize><description>%s</description>", s->row.id,
		s->volume, s->status, s->started, s->progress, s->owner,
		s->gib, s->description);
	if (s->alias)
		xml_add(o, "<ownerAlias>%r</ownerAlias>", s->alias);
	tags_write(o, &s->row.tags);
	xml_add(o, "<encrypted>%b</encrypted><storageTier>%r</storageTier>"
		"</item>", (int)s->encrypted, s->tier);
}

#define IMAGE(member) offsetof(struct image, member)
#define SNAPSHOT(member) offsetof(struct snapshot, member)

static const struct ec2_field image_filters[] = {
	{ "architecture", FIELD_TEXT, IMAGE(architecture), NULL, NULL },
	{ "description", FIELD_TEXT, IMAGE(description), NULL, NULL },
	{ "hypervisor", FIELD_TEXT, IMAGE(hypervisor), NULL, NULL },
	{ "image-id", FIELD_CHARS, IMAGE(row.id), NULL, NULL },
	{ "image-type", FIELD_TEXT, IMAGE(type), NULL, NULL },
	{ "is-public", FIELD_BOOL, IMAGE(is_public), NULL, NULL },
	{ "name", FIELD_TEXT, IMAGE(name), NULL, NULL },
	{ "owner-alias", FIELD_TEXT, IMAGE(alias), NULL, NULL },
	{ "owner-id", FIELD_TEXT, IMAGE(owner), NULL, NULL },
	{ "platform", FIELD_TEXT, IMAGE(platform), NULL, NULL },
	{ "root-device-type", FIELD_TEXT, IMAGE(root), NULL, NULL },
	{ "state", FIELD_TEXT, IMAGE(state), NULL, NULL },
	{ "virtualization-type", FIELD_TEXT, IMAGE(virtualization), NULL, NULL },
	{ .name = NULL }
};

static const struct ec2_field snapshot_filters[] = {
	{ "description", FIELD_CHARS, SNAPSHOT(description), NULL, NULL },
	{ "encrypted", FIELD_BOOL, SNAPSHOT(encrypted), NULL, NULL },
	{ "owner-alias", FIELD_TEXT, SNAPSHOT(alias), NULL, NULL },
	{ "owner-id", FIELD_TEXT, SNAPSHOT(owner), NULL, NULL },
	{ "progress", FIELD_TEXT, SNAPSHOT(progress), NULL, NULL },
	{ "snapshot-id", FIELD_CHARS, SNAPSHOT(row.id), NULL, NULL },
	{ "start-time", FIELD_TIME, SNAPSHOT(started), NULL, NULL },
	{ "status", FIELD_TEXT, SNAPSHOT(status), NULL, NULL },
	{ "storage-tier", FIELD_TEXT, SNAPSHOT(tier), NULL, NULL },
	{ "volume-id", FIELD_ID, SNAPSHOT(volume), "vol-", NULL },
	{ "volume-size", FIELD_UNSIGNED, SNAPSHOT(gib), NULL, NULL },
	{ .name = NULL }
};

static const struct ec2_list image_rows = {
	"imagesSet", "ImageId", "image id", "ami-", "InvalidAMIID.Malformed",
	"InvalidAMIID.NotFound", ID_IMAGE, image_filters, 1000, image_slots,
	image_fill, image_write, NULL, false
};

static const struct ec2_list snapshot_rows = {
	"snapshotSet", "SnapshotId", "snapshot", "snap-",
	"InvalidSnapshotID.Malformed", "InvalidSnapshot.NotFound",
	ID_SNAPSHOT, snapshot_filters, 1000, snapshot_slots, snapshot_fill,
	snapshot_write, NULL, false
};

_Static_assert(sizeof(struct image) <= EC2_ROW_MOST, "row room");
_Static_assert(sizeof(struct snapshot) <= EC2_ROW_MOST, "row room");

const struct ec2_list *image_list(void) { return &image_rows; }
const struct ec2_list *snapshot_list(void) { return &snapshot_rows; }

void ec2_describe_images(struct call *c) { ec2_list_run(c, &image_rows); }

void ec2_describe_snapshots(struct call *c)
{
	ec2_list_run(c, &snapshot_rows);
}
