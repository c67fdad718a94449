/* SPDX-License-Identifier: MIT */
#include "sim/ec2/disk.h"

#include <string.h>

#define GP3_IOPS 3000
#define GP3_THROUGHPUT 125
#define GP3_RATIO 4          /* operations a MiB/s, at least */

static const struct disk_type types[] = {
	{ "gp3", 1, 65536, 3000, 80000, 500, 125, 2000, false },
	{ "gp2", 1, 16384, 0, 0, 0, 0, 0, false },
	{ "io1", 4, 16384, 100, 64000, 50, 0, 0, true },
	{ "io2", 4, 65536, 100, 256000, 1000, 0, 0, true },
	{ "st1", 125, 16384, 0, 0, 0, 0, 0, false },
	{ "sc1", 125, 16384, 0, 0, 0, 0, 0, false },
	{ "standard", 1, 1024, 0, 0, 0, 0, 0, false },
};

const struct disk_type *disk_type_find(const char *name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].name, name))
			return &types[i];
	return NULL;
}

static bool check_size(struct call *c, const struct disk_type *t,
	unsigned gib)
{
	if (gib < t->gib_least)
		return call_error(c, 400, "InvalidParameterValue", "Volume of "
			"%uGiB is too small; minimum is %uGiB.", gib,
			t->gib_least);
	if (gib > t->gib_most)
		return call_error(c, 400, "InvalidParameterValue", "Volume of "
			"%uGiB is too large for volume type %s; maximum is "
			"%uGiB.", gib, t->name, t->gib_most);
	return true;
}

static bool check_iops(struct call *c, const struct disk_type *t,
	const struct disk_shape *s)
{
	if (!t->iops_most)
		return call_error(c, 400, "InvalidParameterCombination", "The "
			"parameter iops is not supported for %s volumes.",
			t->name);
	if (s->iops < t->iops_least)
		return call_error(c, 400, "InvalidParameterValue", "Volume "
			"iops of %u is too low; minimum is %u.", s->iops,
			t->iops_least);
	if (s->iops > t->iops_most)
		return call_error(c, 400, "InvalidParameterValue", "Volume "
			"iops of %u is too high; maximum is %u.", s->iops,
			t->iops_most);
	if (s->iops > t->iops_least && s->iops > s->gib * t->iops_each)
		return call_error(c, 400, "InvalidParameterValue", "Iops to "
			"volume size ratio of %f is too high; maximum is %u",
			(double)s->iops / s->gib, t->iops_each);
	return true;
}

static bool check_throughput(struct call *c, const struct disk_type *t,
	const struct disk_shape *s)
{
	if (!t->through_most)
		return call_error(c, 400, "InvalidParameterCombination", "The "
			"parameter throughput is not supported for %s "
			"volumes.", t->name);
	if (s->throughput < t->through_least ||
	    s->throughput > t->through_most)
		return call_error(c, 400, "InvalidParameterValue",
			"Throughput (MiBps) of %u is out of range; it is %u "
			"to %u.", s->throughput, t->through_least,
			t->through_most);
	if (s->throughput * GP3_RATIO > s->iops)
		return call_error(c, 400, "InvalidParameterValue",
			"Throughput (MiBps) to iops ratio of %f is too high; "
			"maximum is 0.250000 MiBps per iops.",
			(double)s->throughput / s->iops);
	return true;
}

/* gp2 has three operations a GiB; gp3 what it comes with. */
static void fill_in(const struct disk_type *t, struct disk_shape *s)
{
	if (!strcmp(t->name, "gp2"))
		s->iops = s->gib * 3 < 100 ? 100 : s->gib * 3 > 16000 ?
			16000 : s->gib * 3;
	if (!strcmp(t->name, "gp3") && !s->iops)
		s->iops = GP3_IOPS;
	if (!strcmp(t->name, "gp3") && !s->throughput)
		s->throughput = GP3_THROUGHPUT;
}

bool disk_shape_check(struct call *c, struct disk_shape *s)
{
	const struct disk_type *t = disk_type_find(s->type);

	if (!t)
		return call_error(c, 400, "UnknownVolumeType", "Unsupported "
			"volume type '%s' for volume creation.", s->type);
	s->type = t->name;
	if (!check_size(c, t, s->gib))
		return false;
	if (t->iops_needed && !s->iops)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter iops for %s volume",
			t->name);
	if (s->iops && !check_iops(c, t, s))
		return false;
	if (!s->throughput || !strcmp(t->name, "gp3"))
		fill_in(t, s);
	return !s->throughput || check_throughput(c, t, s);
}
