/* SPDX-License-Identifier: MIT */
/* The list of snapshots: the account's own, a few of Amazon's, of a partner
 * who shares with everybody, and what other accounts share by requests. */
#include "base/vec.h"
#include "sim/ec2/calls.h"
#include "sim/ec2/owner.h"
#include "sim/ec2/shot.h"
#include "sim/xml.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define DAY ((int64_t)86400000)
#define PUBLIC_SNAPSHOTS 20
#define PARTNER_SNAPSHOTS 2

/* With whom some of the account's own are shared from the start. */
static char partners[2][13] = { PARTNER, "111122223333" };

static uint64_t own_snapshots(const struct world *w)
{
	return 8 + w->instances / 4;
}

uint64_t snapshot_born(const struct world *w)
{
	return own_snapshots(w) + PUBLIC_SNAPSHOTS + PARTNER_SNAPSHOTS;
}

uint64_t snapshot_of_volume(const struct world *w, uint64_t bits)
{
	return world_id(w, ID_SNAPSHOT, bits %
		(own_snapshots(w) + PUBLIC_SNAPSHOTS));
}

static uint64_t snapshot_slots(const struct world *w)
{
	return snapshot_born(w) + shots_made(w) + commons_count(w);
}

static void own_snapshot(const struct world *w, struct snapshot *s,
	uint64_t bits, int64_t now)
{
	uint64_t of = s->slot * 4 % (w->instances ? w->instances : 1);
	struct instance i;

	world_id_text("vol-", world_id(w, ID_VOLUME,
		of * VOLUMES_PER_INSTANCE), s->volume);
	s->gib = 20u + (unsigned)(bits >> 12 & 3) * 10;
	snprintf(s->description, sizeof(s->description),
		"Nightly backup of i-0%016llx",
		(unsigned long long)world_id(w, ID_INSTANCE, of));
	if (instance_fill(w, of, now, &i) && i.name[0])
		snprintf(s->name, sizeof(s->name), "%s nightly", i.name);
	if (bits % 50 == 3) {
		s->status = "pending";
		snprintf(s->progress, sizeof(s->progress), "37%%");
	} else if (bits % 50 == 4) {
		s->status = "error";
		snprintf(s->progress, sizeof(s->progress), "0%%");
	}
	if (!s->encrypted && (bits >> 40 & 15) == 1)
		s->share.all = true;
	if (!s->encrypted && (bits >> 40 & 7) == 2) {
		s->share.users.items = partners;
		s->share.users.count = 1 + (bits >> 43 & 1);
	}
}

static void foreign_snapshot(const struct world *w, struct snapshot *s)
{
	uint64_t n = s->slot - own_snapshots(w);
	bool amazon = n < PUBLIC_SNAPSHOTS;

	s->owner = amazon ? AMAZON : PARTNER;
	s->alias = amazon ? "amazon" : NULL;
	s->encrypted = false;
	s->tier = "standard";
	world_id_text("vol-", world_id(w, ID_VOLUME, 1u << 29 | s->slot),
		s->volume);
	s->gib = 8;
	s->share.all = amazon;
	snprintf(s->description, sizeof(s->description), amazon ?
		"Public data set %llu" : "Measurements, part %llu",
		(unsigned long long)(amazon ? s->slot : n -
			PUBLIC_SNAPSHOTS + 1));
	if (amazon)
		return;
	s->share.users.count = 1;
	s->share.users.items = s->shared_with;
	memcpy(s->shared_with[0], w->account, sizeof(s->shared_with[0]));
}

static void born_snapshot(const struct world *w, struct snapshot *s,
	int64_t now)
{
	uint64_t bits = world_bits(w, ID_SNAPSHOT, s->slot);

	s->status = "completed";
	snprintf(s->progress, sizeof(s->progress), "100%%");
	s->tier = bits % 9 ? "standard" : "archive";
	s->encrypted = bits & 1;
	s->started = w->born - (int64_t)(bits >> 24 & 127) * DAY -
		(int64_t)(bits & 0xffff) * 1000;
	if (s->slot < own_snapshots(w))
		own_snapshot(w, s, bits, now);
	else
		foreign_snapshot(w, s);
}

static void made_snapshot(const struct shot *of, struct snapshot *s,
	int64_t now)
{
	int64_t past = now - of->started;
	bool done = past >= SHOT_MS;

	s->status = done ? "completed" : "pending";
	snprintf(s->progress, sizeof(s->progress), "%u%%", done ? 100 :
		past > 0 ? (unsigned)(past * 100 / SHOT_MS) : 0);
	s->tier = "standard";
	s->encrypted = of->encrypted;
	s->key = of->key;
	s->started = of->started;
	memcpy(s->volume, of->volume, sizeof(s->volume));
	s->gib = of->gib;
	memcpy(s->description, of->description, sizeof(s->description));
}

/* One that the world owns, or is born with; false: it is not there. */
static bool fill_of(const struct world *w, uint64_t slot, int64_t now,
	struct snapshot *s)
{
	const struct shot *changed = shot_find(w, slot);

	if (changed && changed->gone && now >= changed->gone)
		return false;
	*s = (struct snapshot){ .world = w, .slot = slot, .owner = w->account,
		.key = "" };
	world_id_text("snap-", world_id(w, ID_SNAPSHOT, slot), s->row.id);
	if (slot < snapshot_born(w))
		born_snapshot(w, s, now);
	else if (changed)
		made_snapshot(changed, s, now);
	else
		return false;
	if (changed)
		s->share = changed->share;
	return true;
}

static bool may_use(const struct call *c, const struct snapshot *s)
{
	return !strcmp(s->owner, c->account) || s->share.all ||
		share_has(&s->share, c->account);
}

/* Tags are seen by their owner alone. */
static void add_tags(struct call *c, struct snapshot *s)
{
	if (s->world != c->world)
		return;
	tags_add(&s->row.tags, "Name", s->name[0] ? s->name : NULL);
	tags_apply(c->world, s->row.id, &s->row.tags);
}

static bool fill_any(struct call *c, uint64_t slot, struct snapshot *s)
{
	const struct world *w = c->world;
	uint64_t own = snapshot_born(w) + shots_made(w);
	const struct common *common;
	bool ok;

	if (slot < own) {
		ok = fill_of(w, slot, c->now, s);
	} else {
		common = commons_at(w, snapshot_list(), (size_t)(slot - own));
		ok = common && fill_of(common->owner,
			((const struct shot *)common->record)->slot, c->now,
			s);
	}
	if (!ok || !may_use(c, s))
		return false;
	add_tags(c, s);
	return true;
}

/* RestorableBy.N: an account, "self", or "all" for what is public. */
static bool restorable_asked(struct call *c, const struct snapshot *s)
{
	struct call_pairs by = { 0 };
	bool ok;

	call_list(c, "RestorableBy", &by);
	ok = by.count == 0;
	for (size_t i = 0; !ok && i < by.count; i++) {
		const char *who = by.items[i].value;

		if (!strcmp(who, "self"))
			who = c->account;
		ok = !strcmp(who, "all") ? s->share.all :
			share_has(&s->share, who) ||
			(!strcmp(who, c->account) &&
			 !strcmp(s->owner, who));
	}
	VEC_FREE(&by);
	return ok;
}

static bool snapshot_fill(struct call *c, uint64_t slot, void *row)
{
	struct snapshot *s = row;

	return fill_any(c, slot, s) && owner_asked(c, s->owner, s->alias) &&
		restorable_asked(c, s);
}

static bool snapshot_find(struct call *c, const char *id, void *row)
{
	const struct world *w = c->world;
	uint64_t slot, own = snapshot_born(w) + shots_made(w);

	if (world_index(w, ID_SNAPSHOT, "snap-", id, &slot))
		return slot < own && snapshot_fill(c, slot, row);
	for (slot = own; slot < snapshot_slots(w); slot++)
		if (fill_any(c, slot, row) &&
		    !strcmp(((struct snapshot *)row)->row.id, id))
			return snapshot_fill(c, slot, row);
	return false;
}

bool snapshot_need(struct call *c, const char *id, struct snapshot *out)
{
	return ec2_list_find(c, snapshot_list(), id, out);
}

bool snapshot_of_region(struct call *c, struct world *w, const char *id,
	struct snapshot *out)
{
	struct world *here = c->world;
	bool ok;

	c->world = w;
	ok = world_id_valid("snap-", id) && snapshot_find(c, id, out);
	c->world = here;
	return ok;
}

void snapshot_write(struct call *c, const struct snapshot *s)
{
	struct str *o = c->out;

	xml_add(o, "<snapshotId>%r</snapshotId><volumeId>%r"
		"</volumeId><status>%r</status><startTime>%t</startTime>"
		"<progress>%r</progress><ownerId>%r</ownerId><volumeSize>%u"
		"</volumeSize><description>%s</description>", s->row.id,
		s->volume, s->status, s->started, s->progress, s->owner,
		s->gib, s->description);
	if (s->alias)
		xml_add(o, "<ownerAlias>%r</ownerAlias>", s->alias);
	tags_write(o, &s->row.tags);
	xml_add(o, "<encrypted>%b</encrypted>", (int)s->encrypted);
	if (s->encrypted)
		xml_add(o, "<kmsKeyId>%s</kmsKeyId>", kms_key_arn(c, s->key));
	xml_add(o, "<storageTier>%r</storageTier>", s->tier);
}

static void write_item(struct call *c, const void *row, const void *previous)
{
	(void)previous;
	str_add(c->out, "<item>");
	snapshot_write(c, row);
	str_add(c->out, "</item>");
}

#define AT(member) offsetof(struct snapshot, member)

static const struct ec2_field filters[] = {
	{ "description", FIELD_CHARS, AT(description), NULL, NULL },
	{ "encrypted", FIELD_BOOL, AT(encrypted), NULL, NULL },
	{ "owner-alias", FIELD_TEXT, AT(alias), NULL, NULL },
	{ "owner-id", FIELD_TEXT, AT(owner), NULL, NULL },
	{ "progress", FIELD_CHARS, AT(progress), NULL, NULL },
	{ "snapshot-id", FIELD_CHARS, AT(row.id), NULL, NULL },
	{ "start-time", FIELD_TIME, AT(started), NULL, NULL },
	{ "status", FIELD_TEXT, AT(status), NULL, NULL },
	{ "storage-tier", FIELD_TEXT, AT(tier), NULL, NULL },
	{ "volume-id", FIELD_CHARS, AT(volume), NULL, NULL },
	{ "volume-size", FIELD_UNSIGNED, AT(gib), NULL, NULL },
	{ .name = NULL }
};

static const struct ec2_list list = {
	.set = "snapshotSet", .id_param = "SnapshotId", .id_name = "snapshot",
	.prefix = "snap-", .malformed = "InvalidSnapshotID.Malformed",
	.not_found = "InvalidSnapshot.NotFound", .kind = ID_SNAPSHOT,
	.filters = filters, .page_most = 1000, .slots = snapshot_slots,
	.fill = snapshot_fill, .find = snapshot_find, .write = write_item,
};

_Static_assert(sizeof(struct snapshot) <= EC2_ROW_MOST, "row room");

const struct ec2_list *snapshot_list(void)
{
	return &list;
}

void ec2_describe_snapshots(struct call *c)
{
	ec2_list_run(c, &list);
}
