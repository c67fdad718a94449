/* SPDX-License-Identifier: MIT */
/* Making, copying, sharing and deleting snapshots. (EC2 API Reference) */
#include "base/vec.h"
#include "sim/ec2/ami.h"
#include "sim/ec2/presigned.h"
#include "sim/ec2/shot.h"
#include "sim/ec2/things.h"
#include "sim/ec2/volume.h"
#include "sim/server.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define DESCRIPTION_MOST 255 /* characters */
#define PENDING_MOST 5       /* of one volume */
#define COPIED_VOLUME "vol-ffffffff"

static bool read_description(struct call *c, const char *otherwise,
	char out[SHOT_TEXT_MOST])
{
	const char *text = call_param(c, "Description");

	if (!text)
		text = otherwise;
	if (ec2_characters(text) > DESCRIPTION_MOST)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"for parameter description is invalid. Descriptions "
			"have %d characters at most.", DESCRIPTION_MOST);
	snprintf(out, SHOT_TEXT_MOST, "%s", text);
	return true;
}

static bool is_busy(struct call *c, const char *volume)
{
	uint64_t slot = snapshot_born(c->world);
	const struct shot *s;
	unsigned pending = 0;

	for (; (s = shot_find(c->world, slot)); slot++)
		pending += !strcmp(s->volume, volume) &&
			c->now < s->started + SHOT_MS && !s->gone;
	return pending >= PENDING_MOST && !call_error(c, 400,
		"ConcurrentSnapshotLimitExceeded", "Maximum allowed "
		"in-progress snapshots for a single volume exceeded.");
}

static struct shot *make(struct call *c, const struct shot *like,
	struct snapshot *row)
{
	struct call_pairs tags = { 0 };
	struct shot *s = NULL;
	char id[EC2_ID_MOST];

	if (ec2_tags_on_create(c, "snapshot", "snapshot", &tags) &&
	    !ec2_dry_run(c)) {
		s = shot_make(c->world, like, c->now);
		world_id_text("snap-", world_id(c->world, ID_SNAPSHOT,
			s->slot), id);
		ec2_tags_set(c, id, &tags);
		ec2_list_find(c, snapshot_list(), id, row);
	}
	VEC_FREE(&tags);
	return s;
}

struct shot *snapshot_take(struct call *c, const struct volume *v,
	const char *description)
{
	struct shot like = { .gib = v->gib, .encrypted = v->encrypted };

	memcpy(like.volume, v->row.id, sizeof(like.volume));
	snprintf(like.key, sizeof(like.key), "%s", v->key ? v->key : "");
	snprintf(like.description, sizeof(like.description), "%s",
		description);
	return shot_make(c->world, &like, c->now);
}

void ec2_create_snapshot(struct call *c)
{
	struct shot like = { 0 };
	struct snapshot row;
	struct volume v;

	if (!volume_need(c, &v) || !read_description(c, "",
		like.description) || is_busy(c, v.row.id))
		return;
	if (!strcmp(v.status, "creating") || !strcmp(v.status, "deleting")) {
		call_error(c, 400, "IncorrectState", "Volume '%s' is in the "
			"'%s' state.", v.row.id, v.status);
		return;
	}
	memcpy(like.volume, v.row.id, sizeof(like.volume));
	snprintf(like.key, sizeof(like.key), "%s", v.key);
	like.gib = v.gib;
	like.encrypted = v.encrypted;
	if (!make(c, &like, &row))
		return;
	call_open(c);
	snapshot_write(c, &row);
	call_close(c);
}

/* What is encrypted is copied with the consent of where it comes from. */
static bool check_presigned(struct call *c, const struct snapshot *from,
	const char *region)
{
	const char *url = call_param(c, "PresignedUrl");

	if (!from->encrypted || !strcmp(region, c->world->region->name))
		return true;
	if (!url)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter presignedUrl");
	if (!presigned_is_good(c, url, region, "SourceSnapshotId"))
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"for parameter presignedUrl is invalid.");
	return true;
}

static bool copy_source(struct call *c, struct snapshot *from)
{
	const char *region = ec2_need(c, "SourceRegion");
	const char *id = region ? ec2_need(c, "SourceSnapshotId") : NULL;
	const char *to = call_param(c, "DestinationRegion");
	struct world *w = id ? atlas_world(c->sim->atlas, c->account,
		region) : NULL;

	if (!id)
		return false;
	if (!w)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter sourceRegion is invalid.",
			region);
	if (to && strcmp(to, c->world->region->name) != 0)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter destinationRegion is invalid.",
			to);
	if (!snapshot_of_region(c, w, id, from))
		return call_error(c, 400, "InvalidSnapshot.NotFound", "The "
			"snapshot '%s' does not exist.", id);
	if (strcmp(from->status, "completed") != 0)
		return call_error(c, 400, "IncorrectState", "The snapshot "
			"'%s' is in the '%s' state.", id, from->status);
	return check_presigned(c, from, region);
}

void ec2_copy_snapshot(struct call *c)
{
	const char *key = call_param(c, "KmsKeyId");
	struct shot like = { .volume = COPIED_VOLUME };
	struct snapshot from, row;

	if (!copy_source(c, &from) || !read_description(c, call_textf(c,
		"[Copied %s from %s]", from.row.id,
		call_param(c, "SourceRegion")), like.description))
		return;
	like.gib = from.gib;
	like.encrypted = from.encrypted || ec2_is_true(c, "Encrypted");
	if (key && !like.encrypted) {
		call_error(c, 400, "InvalidParameterDependency", "The "
			"parameter KmsKeyId requires the parameter Encrypted "
			"to be set.");
		return;
	}
	snprintf(like.key, sizeof(like.key), "%s", key ? key : "");
	if (!make(c, &like, &row))
		return;
	call_open(c);
	xml_add(c->out, "<snapshotId>%r</snapshotId>", row.row.id);
	tags_write(c->out, &row.row.tags);
	call_close(c);
}

/* What only the owner may do. */
static bool own_snapshot(struct call *c, struct snapshot *s)
{
	const char *id = ec2_need(c, "SnapshotId");

	if (!id || !snapshot_need(c, id, s))
		return false;
	return !strcmp(s->owner, c->account) || call_error(c, 403,
		"AuthFailure", "Unauthorized attempt to access restricted "
		"resource '%s'", id);
}

void ec2_delete_snapshot(struct call *c)
{
	char image[EC2_ID_MOST];
	struct snapshot s;

	if (!own_snapshot(c, &s))
		return;
	if (image_of_snapshot(c, s.row.id, image)) {
		call_error(c, 400, "InvalidSnapshot.InUse", "The snapshot %s "
			"is currently in use by %s", s.row.id, image);
		return;
	}
	if (ec2_dry_run(c))
		return;
	shot_edit(c->world, &s)->gone = c->now;
	ec2_reply_true(c);
}

static bool is_permission(struct call *c, const char *asked)
{
	return !strcmp(asked, "createVolumePermission") || call_error(c, 400,
		"InvalidParameterValue", "Value (%s) for parameter attribute "
		"is invalid. Unknown attribute.", asked);
}

void ec2_describe_snapshot_attribute(struct call *c)
{
	const char *asked = ec2_need(c, "Attribute");
	struct snapshot s;

	if (!asked || !own_snapshot(c, &s))
		return;
	if (strcmp(asked, "productCodes") != 0 && !is_permission(c, asked))
		return;
	if (ec2_dry_run(c))
		return;
	call_open(c);
	xml_add(c->out, "<snapshotId>%r</snapshotId>", s.row.id);
	if (!strcmp(asked, "productCodes")) {
		str_add(c->out, "<productCodes/>");
	} else {
		str_add(c->out, "<createVolumePermission>");
		share_write(c->out, &s.share);
		str_add(c->out, "</createVolumePermission>");
	}
	call_close(c);
}

static bool may_share(struct call *c, const struct snapshot *s,
	const struct share_change *change)
{
	if (change->removes || !s->encrypted)
		return true;
	if (change->all)
		return call_error(c, 400, "OperationNotPermitted", "Encrypted "
			"snapshots cannot be shared publicly");
	return *s->key || call_error(c, 400, "OperationNotPermitted",
		"Encrypted snapshots with EBS default key cannot be shared");
}

void ec2_modify_snapshot_attribute(struct call *c)
{
	struct share_change change = { 0 };
	struct snapshot s;

	if (own_snapshot(c, &s) && share_read(c, "createVolumePermission",
		"CreateVolumePermission", &change) &&
	    may_share(c, &s, &change) && !ec2_dry_run(c)) {
		struct shot *record = shot_edit(c->world, &s);

		share_apply(&record->share, &change);
		commons_add(c->world, snapshot_list(), record);
		ec2_reply_true(c);
	}
	VEC_FREE(&change.users);
}

void ec2_reset_snapshot_attribute(struct call *c)
{
	const char *asked = ec2_need(c, "Attribute");
	struct snapshot s;

	if (!asked || !own_snapshot(c, &s) || !is_permission(c, asked) ||
	    ec2_dry_run(c))
		return;
	share_clear(&shot_edit(c->world, &s)->share);
	ec2_reply_true(c);
}
