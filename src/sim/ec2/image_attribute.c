/* SPDX-License-Identifier: MIT */
/* Who may launch an image, how long it is offered, and its end. (EC2 API
 * Reference) */
#include "base/clock.h"
#include "base/vec.h"
#include "sim/ec2/ami.h"
#include "sim/ec2/shot.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

#define DEPRECATION_MOST ((int64_t)86400000 * 3652)   /* ten years */

bool image_own(struct call *c, struct image *out)
{
	const char *id = ec2_need(c, "ImageId");

	if (!id || !image_find_id(c, id, out))
		return false;
	return !strcmp(out->owner, c->account) || call_error(c, 403,
		"AuthFailure", "Not authorized for image:%s", id);
}

/* The snapshots that no other image uses go with it, if that is asked. */
static void delete_snapshots(struct call *c, const struct image *i)
{
	str_add(c->out, "<deleteSnapshotResultSet>");
	for (size_t n = 0; n < i->disks.count; n++) {
		const char *id = i->disks.items[n].snapshot;
		char other[EC2_ID_MOST];
		struct snapshot s;
		bool used = image_of_snapshot(c, id, other);

		if (!used && snapshot_of_region(c, c->world, id, &s) &&
		    !strcmp(s.owner, c->account))
			shot_edit(c->world, &s)->gone = c->now;
		xml_add(c->out, "<item><snapshotId>%r</snapshotId>"
			"<returnCode>%r</returnCode></item>", id, used ?
			"skipped" : "success");
	}
	str_add(c->out, "</deleteSnapshotResultSet>");
}

void ec2_deregister_image(struct call *c)
{
	struct image i;

	if (!image_own(c, &i) || ec2_dry_run(c))
		return;
	ami_edit(c->world, &i)->gone = c->now;
	call_open(c);
	str_add(c->out, "<return>true</return>");
	if (ec2_is_true(c, "DeleteAssociatedSnapshots"))
		delete_snapshots(c, &i);
	call_close(c);
}

static bool unknown_attribute(struct call *c, const char *asked)
{
	return call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
		"parameter attribute is invalid. Unknown attribute.", asked);
}

void ec2_describe_image_attribute(struct call *c)
{
	const char *asked = ec2_need(c, "Attribute");
	struct str *o = c->out;
	struct image i;

	if (!asked || !image_own(c, &i))
		return;
	if (strcmp(asked, "launchPermission") != 0 &&
	    strcmp(asked, "description") != 0 &&
	    strcmp(asked, "productCodes") != 0 &&
	    strcmp(asked, "blockDeviceMapping") != 0) {
		unknown_attribute(c, asked);
		return;
	}
	if (ec2_dry_run(c))
		return;
	call_open(c);
	xml_add(o, "<imageId>%r</imageId><%r>", i.row.id, asked);
	if (!strcmp(asked, "launchPermission"))
		share_write(o, &i.share);
	else if (!strcmp(asked, "description"))
		xml_add(o, "<value>%s</value>", i.description);
	else if (!strcmp(asked, "blockDeviceMapping"))
		image_write_disks(o, &i.disks);
	xml_add(o, "</%r>", asked);
	call_close(c);
}

static bool may_share(struct call *c, const struct image *i,
	const struct share_change *change)
{
	for (size_t n = 0; !change->removes && n < i->disks.count; n++) {
		const struct ami_disk *d = &i->disks.items[n];

		if (d->encrypted && (change->all || d->default_key))
			return call_error(c, 400, "InvalidParameter",
				"Images with encrypted snapshots cannot be "
				"shared %s.", change->all ? "publicly" :
				"when they use the EBS default key");
	}
	return true;
}

static void modify_description(struct call *c, const struct image *i,
	const char *text)
{
	struct ami *a;

	if (ec2_characters(text) > 255) {
		call_error(c, 400, "InvalidParameterValue", "Value for "
			"parameter description is invalid. Descriptions have "
			"255 characters at most.");
		return;
	}
	if (ec2_dry_run(c))
		return;
	a = ami_edit(c->world, i);
	snprintf(a->description, sizeof(a->description), "%s", text);
	ec2_reply_true(c);
}

void ec2_modify_image_attribute(struct call *c)
{
	const char *asked = call_param(c, "Attribute");
	const char *text = asked && !strcmp(asked, "description") ?
		call_param(c, "Value") : call_param(c, "Description.Value");
	struct share_change change = { 0 };
	struct image i;

	if (!image_own(c, &i))
		return;
	if (text) {
		modify_description(c, &i, text);
		return;
	}
	if (share_read(c, "launchPermission", "LaunchPermission", &change) &&
	    may_share(c, &i, &change) && !ec2_dry_run(c)) {
		struct ami *a = ami_edit(c->world, &i);

		share_apply(&a->share, &change);
		commons_add(c->world, image_list(), a);
		ec2_reply_true(c);
	}
	VEC_FREE(&change.users);
}

void ec2_reset_image_attribute(struct call *c)
{
	const char *asked = ec2_need(c, "Attribute");
	struct image i;

	if (!asked || !image_own(c, &i))
		return;
	if (strcmp(asked, "launchPermission") != 0) {
		unknown_attribute(c, asked);
		return;
	}
	if (ec2_dry_run(c))
		return;
	share_clear(&ami_edit(c->world, &i)->share);
	ec2_reply_true(c);
}

void ec2_enable_image_deprecation(struct call *c)
{
	const char *given = ec2_need(c, "DeprecateAt");
	struct image i;
	int64_t at;

	if (!given || !image_own(c, &i))
		return;
	if (!clock_parse(given, strlen(given), &at)) {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter DeprecateAt is invalid.", given);
		return;
	}
	if (at < c->now || at > c->now + DEPRECATION_MOST) {
		call_error(c, 400, "InvalidParameterValue", "The deprecation "
			"time must be in the future, and at most 10 years "
			"from now.");
		return;
	}
	if (ec2_dry_run(c))
		return;
	/* To the minute, as AWS does. */
	ami_edit(c->world, &i)->deprecates = at - at % 60000;
	ec2_reply_true(c);
}

void ec2_disable_image_deprecation(struct call *c)
{
	struct image i;

	if (!image_own(c, &i) || ec2_dry_run(c))
		return;
	ami_edit(c->world, &i)->deprecates = 0;
	ec2_reply_true(c);
}
