/* SPDX-License-Identifier: MIT */
#include "catalogue/volume.h"

#include "base/str.h"
#include "catalogue/derive_node.h"

#include <string.h>

/* EBS User Guide, "Amazon EBS volume types". */
static const struct volume_type {
	const char *name;
	long gib_least, gib_most;
	long iops_least, iops_most;      /* 0: not to be chosen */
	long iops_each;                  /* a GiB, at most */
	long through_least, through_most;
	bool iops_needed;
} types[] = {
	{ "gp3", 1, 65536, 3000, 80000, 500, 125, 2000, false },
	{ "gp2", 1, 16384, 0, 0, 0, 0, 0, false },
	{ "io2", 4, 65536, 100, 256000, 1000, 0, 0, true },
	{ "io1", 4, 16384, 100, 64000, 50, 0, 0, true },
	{ "st1", 125, 16384, 0, 0, 0, 0, 0, false },
	{ "sc1", 125, 16384, 0, 0, 0, 0, 0, false },
	{ "standard", 1, 1024, 0, 0, 0, 0, 0, false },
};

#define GP3_IOPS 3000
#define GP3_RATIO 4              /* operations a MiB/s, at least */

static const struct volume_type *find_type(const char *name)
{
	for (size_t i = 0; name && i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].name, name))
			return &types[i];
	return NULL;
}

/* 0: not filled in. */
static long number(cost_field_function *field, const void *data,
	const char *name)
{
	const char *text = field(data, name);
	long n = 0;

	return text && str_int(text, 1, VOLUME_IOPS_MOST, &n) ? n : 0;
}

static bool check_iops(const struct volume_type *t, long iops, long gib,
	struct error *err)
{
	if (!t->iops_most)
		return error_set(err, ERR_USAGE, "iops: %s volumes have no "
			"number of operations to choose", t->name);
	if (iops < t->iops_least || iops > t->iops_most)
		return error_set(err, ERR_USAGE, "iops: %s volumes have %ld "
			"to %ld", t->name, t->iops_least, t->iops_most);
	if (gib && iops > t->iops_least && iops > gib * t->iops_each)
		return error_set(err, ERR_USAGE, "iops: %s volumes have at "
			"most %ld a GiB, with %ld GiB %ld", t->name,
			t->iops_each, gib, gib * t->iops_each);
	return true;
}

static bool check_throughput(const struct volume_type *t, long throughput,
	long iops, struct error *err)
{
	if (!t->through_most)
		return error_set(err, ERR_USAGE, "throughput: %s volumes have "
			"none to choose", t->name);
	if (throughput < t->through_least || throughput > t->through_most)
		return error_set(err, ERR_USAGE, "throughput: %s volumes have "
			"%ld to %ld MiB/s", t->name, t->through_least,
			t->through_most);
	if (iops && throughput * GP3_RATIO > iops)
		return error_set(err, ERR_USAGE, "throughput: is at most a "
			"quarter of the operations: %ld MiB/s need iops=%ld",
			throughput, throughput * GP3_RATIO);
	return true;
}

static bool check(cost_field_function *field, const void *data, bool is_new,
	struct error *err)
{
	const struct volume_type *t = find_type(field(data, "type"));
	long gib = number(field, data, "size");
	long iops = number(field, data, "iops");
	long throughput = number(field, data, "throughput");

	if (!t)
		return true;
	if (gib && (gib < t->gib_least || gib > t->gib_most))
		return error_set(err, ERR_USAGE, "size: %s volumes have %ld "
			"to %ld GiB", t->name, t->gib_least, t->gib_most);
	if (iops && !check_iops(t, iops, gib, err))
		return false;
	if (!iops && t->iops_needed && is_new)
		return error_set(err, ERR_USAGE, "iops: %s volumes need it",
			t->name);
	if (!iops && is_new)
		iops = GP3_IOPS;
	return !throughput || check_throughput(t, throughput, iops, err);
}

bool check_volume(cost_field_function *field, const void *data,
	struct error *err)
{
	return check(field, data, true, err);
}

bool check_volume_change(cost_field_function *field, const void *data,
	struct error *err)
{
	return check(field, data, false, err);
}

/* "f" of /dev/sdf, xvdf and /dev/sdf1; 0: of /dev/xvdba. */
static char device_letter(const char *device)
{
	const char *p = strrchr(device, '/');
	size_t disk;

	p = p ? p + 1 : device;
	disk = str_starts(p, "xvd") ? 3 : 2;
	if (strlen(p) <= disk || (p[disk + 1] >= 'a' && p[disk + 1] <= 'z'))
		return '\0';
	return p[disk];
}

bool suggest_device(const struct cell *row, struct str *out)
{
	const struct doc *d = row->doc;
	uint32_t n = derive_child(d, row->node, "blockDeviceMapping");
	const char *platform = derive_leaf(d, row->node, "platform");
	char taken[32] = "";
	size_t count = 0;

	n = n == DOC_NONE ? DOC_NONE : doc_child(d, n);
	for (; n != DOC_NONE; n = doc_next(d, n)) {
		char letter = device_letter(derive_leaf(d, n, "deviceName"));

		if (letter && !strchr(taken, letter) &&
		    count < sizeof(taken) - 1)
			taken[count++] = letter;
	}
	for (char letter = 'f'; letter <= 'z'; letter++)
		if (!strchr(taken, letter))
			return str_addf(out, "%s%c", *platform ? "xvd" :
				"/dev/sd", letter);
	return false;
}
