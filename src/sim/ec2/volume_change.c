/* SPDX-License-Identifier: MIT */
/* Changes of a volume in use, and its attributes. (EC2 API Reference) */
#include "sim/ec2/disk.h"
#include "sim/ec2/things.h"
#include "sim/ec2/volume.h"
#include "sim/xml.h"

#include <stddef.h>
#include <string.h>

/* A row of DescribeVolumesModifications. */
struct change {
	struct ec2_row row;
	const struct disk *disk;
	const char *state;
	unsigned percent;
};

static uint64_t slots(const struct world *w)
{
	size_t cursor = 0;

	while (disk_next(w, &cursor))
		continue;
	return cursor;
}

static bool fill_from(struct call *c, const struct disk *d,
	struct change *out)
{
	if (!d->changed)
		return false;
	out->row.tags.count = 0;
	world_id_text("vol-", world_id(c->world, ID_VOLUME, d->slot),
		out->row.id);
	out->disk = d;
	out->state = disk_change_state(d, c->now, &out->percent);
	return true;
}

static bool fill(struct call *c, uint64_t slot, void *row)
{
	size_t cursor = (size_t)slot;
	const struct disk *d = disk_next(c->world, &cursor);

	return d && fill_from(c, d, row);
}

static bool find(struct call *c, const char *id, void *row)
{
	const struct disk *d;
	uint64_t slot;

	if (!world_index(c->world, ID_VOLUME, "vol-", id, &slot))
		return false;
	d = disk_find(c->world, slot);
	return d && fill_from(c, d, row);
}

static void write_shape(struct str *o, const char *what,
	const struct disk_shape *s)
{
	xml_add(o, "<%rSize>%u</%rSize><%rVolumeType>%r</%rVolumeType>",
		what, s->gib, what, what, s->type, what);
	if (s->iops)
		xml_add(o, "<%rIops>%u</%rIops>", what, s->iops, what);
	if (s->throughput)
		xml_add(o, "<%rThroughput>%u</%rThroughput>", what,
			s->throughput, what);
	xml_add(o, "<%rMultiAttachEnabled>false</%rMultiAttachEnabled>", what,
		what);
}

static void write_change(struct call *c, const struct change *m)
{
	struct str *o = c->out;
	const struct disk *d = m->disk;

	xml_add(o, "<volumeId>%r</volumeId><modificationState>%r"
		"</modificationState>", m->row.id, m->state);
	write_shape(o, "target", &d->shape);
	write_shape(o, "original", &d->before);
	xml_add(o, "<progress>%u</progress><startTime>%t</startTime>",
		m->percent, d->changed);
	if (m->percent == 100)
		xml_add(o, "<endTime>%t</endTime>", d->changed +
			DISK_MODIFYING_MS + DISK_OPTIMIZING_MS);
}

static void write_item(struct call *c, const void *row, const void *previous)
{
	(void)previous;
	str_add(c->out, "<item>");
	write_change(c, row);
	str_add(c->out, "</item>");
}

static const char *start_time(const void *row, size_t n, char *text)
{
	struct str out = STR_INIT;

	if (n)
		return NULL;
	xml_time(&out, ((const struct change *)row)->disk->changed);
	memcpy(text, out.p, out.len + 1);
	str_clear(&out);
	return text;
}

static const char *target_type(const void *row, size_t n, char *text)
{
	(void)text;
	return n ? NULL : ((const struct change *)row)->disk->shape.type;
}

static const char *original_type(const void *row, size_t n, char *text)
{
	(void)text;
	return n ? NULL : ((const struct change *)row)->disk->before.type;
}

static const struct ec2_field filters[] = {
	{ "modification-state", FIELD_TEXT, offsetof(struct change, state), NULL, NULL },
	{ "original-volume-type", FIELD_CALL, 0, NULL, original_type },
	{ "start-time", FIELD_CALL, 0, NULL, start_time },
	{ "target-volume-type", FIELD_CALL, 0, NULL, target_type },
	{ "volume-id", FIELD_CHARS, offsetof(struct change, row.id), NULL, NULL },
	{ .name = NULL }
};

static const struct ec2_list changes = {
	.set = "volumeModificationSet", .id_param = "VolumeId",
	.id_name = "volume modification", .prefix = "vol-",
	.malformed = "InvalidVolumeID.Malformed",
	.not_found = "InvalidVolumeModification.NotFound", .kind = ID_VOLUME,
	.filters = filters, .page_most = 500, .slots = slots, .fill = fill,
	.find = find, .write = write_item,
};

void ec2_describe_volume_changes(struct call *c)
{
	ec2_list_run(c, &changes);
}

/* What is not named stays, unless the type is another one: then it is what
 * that one comes with. */
static bool read_target(struct call *c, const struct volume *v,
	struct disk_shape *s)
{
	const char *type = call_param(c, "VolumeType");
	bool other = type && strcmp(type, v->type) != 0;

	*s = (struct disk_shape){ type ? type : v->type, v->gib,
		other || !strcmp(v->type, "gp2") ? 0 : v->iops,
		other ? 0 : v->throughput };
	if (!call_param(c, "Size") && !type && !call_param(c, "Iops") &&
	    !call_param(c, "Throughput"))
		return call_error(c, 400, "InvalidParameterCombination", "No "
			"modification was specified.");
	if (!ec2_read_number(c, "Size", &s->gib) ||
	    !ec2_read_number(c, "Iops", &s->iops) ||
	    !ec2_read_number(c, "Throughput", &s->throughput))
		return false;
	if (s->gib < v->gib)
		return call_error(c, 400, "InvalidParameterValue", "New size "
			"cannot be smaller than existing size");
	return disk_shape_check(c, s);
}

static bool may_change(struct call *c, const struct volume *v)
{
	const struct disk *d = disk_find(c->world, v->index);
	unsigned percent;

	if (strcmp(v->status, "available") != 0 &&
	    strcmp(v->status, "in-use") != 0)
		return call_error(c, 400, "IncorrectState", "The volume '%s' "
			"is in the '%s' state.", v->row.id, v->status);
	if (!d || !d->changed)
		return true;
	if (strcmp(disk_change_state(d, c->now, &percent), "completed") != 0)
		return call_error(c, 400, "IncorrectModificationState", "A "
			"previous modification of the volume '%s' has not "
			"completed.", v->row.id);
	return c->now >= d->changed + DISK_AGAIN_MS || call_error(c, 400,
		"VolumeModificationRateExceeded", "You've reached the maximum "
		"modification rate per volume limit. Wait at least 6 hours "
		"between modifications per EBS volume.");
}

void ec2_modify_volume(struct call *c)
{
	struct disk_shape target;
	struct change row;
	struct volume v;
	struct disk *d;

	if (!volume_need(c, &v) || !may_change(c, &v) ||
	    !read_target(c, &v, &target) || ec2_dry_run(c))
		return;
	d = disk_edit(c->world, &v);
	d->before = (struct disk_shape){ v.type, v.gib, v.iops, v.throughput };
	d->shape = target;
	d->changed = c->now;
	fill_from(c, d, &row);
	call_open(c);
	str_add(c->out, "<volumeModification>");
	write_change(c, &row);
	str_add(c->out, "</volumeModification>");
	call_close(c);
}

void ec2_enable_volume_io(struct call *c)
{
	struct volume v;

	if (!volume_need(c, &v) || ec2_dry_run(c))
		return;
	disk_edit(c->world, &v)->io_enabled = true;
	ec2_reply_true(c);
}

void ec2_modify_volume_attribute(struct call *c)
{
	const char *value = ec2_need(c, "AutoEnableIO.Value");
	struct volume v;

	if (!value || !volume_need(c, &v) || ec2_dry_run(c))
		return;
	disk_edit(c->world, &v)->auto_io = !strcmp(value, "true");
	ec2_reply_true(c);
}

void ec2_describe_volume_attribute(struct call *c)
{
	const char *asked = ec2_need(c, "Attribute");
	struct volume v;

	if (!asked || !volume_need(c, &v))
		return;
	if (strcmp(asked, "autoEnableIO") != 0 &&
	    strcmp(asked, "productCodes") != 0) {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter attribute is invalid. Unknown attribute.",
			asked);
		return;
	}
	if (ec2_dry_run(c))
		return;
	call_open(c);
	xml_add(c->out, "<volumeId>%r</volumeId>", v.row.id);
	if (!strcmp(asked, "productCodes"))
		str_add(c->out, "<productCodes/>");
	else
		xml_add(c->out, "<autoEnableIO><value>%b</value>"
			"</autoEnableIO>", (int)v.auto_io);
	call_close(c);
}
