/* SPDX-License-Identifier: MIT */
/*
 * Reservations moved to another zone or to the region, split, joined, or
 * made of other sizes of the family: what was reserved stays the same. (EC2
 * User Guide, "Modify Reserved Instances")
 */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/market.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stdio.h>
#include <string.h>

#define TARGETS_MOST 20
#define TARGET "ReservedInstancesConfigurationSetItemType.%u."

struct target {
	const char *type, *zone, *scope;
	long count;
};

/* Quarters of the normalization factor: "large" 16; 0: none. */
static long size_of(const char *type)
{
	static const struct {
		const char *name;
		long size;
	} sizes[] = { { "nano", 1 }, { "micro", 2 }, { "small", 4 },
		{ "medium", 8 }, { "large", 16 }, { "xlarge", 32 } };
	const char *name = strchr(type, '.');
	char number[8];
	long n = 0;
	size_t digits;

	if (!name++)
		return 0;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		if (!strcmp(sizes[i].name, name))
			return sizes[i].size;
	digits = strspn(name, "0123456789");
	snprintf(number, sizeof(number), "%.*s", (int)digits, name);
	return str_int(number, 1, 1000, &n) &&
		!strcmp(name + digits, "xlarge") ? 32 * n : 0;
}

static bool same_family(const char *a, const char *b)
{
	size_t len = strcspn(a, ".");

	return len == strcspn(b, ".") && !strncmp(a, b, len);
}

static const char *text_of(struct call *c, const struct thing *t,
	const char *path)
{
	const char *text = thing_get(t, path, c->now);

	return text ? text : "";
}

static long count_of(struct call *c, const struct thing *t)
{
	long n = 0;

	return str_int(text_of(c, t, "instanceCount"), 0, 1 << 20, &n) ? n :
		0;
}

static bool is_zone(const struct call *c, const char *zone)
{
	char name[24];

	for (unsigned i = 0; i < zone_count(c->world); i++) {
		zone_name(c->world, i, name);
		if (!strcmp(name, zone))
			return true;
	}
	return false;
}

static bool bad_target(struct call *c, const char *why)
{
	return call_error(c, 400, "InvalidParameterValue", "The target "
		"configuration is not valid: %s", why);
}

static bool check_place(struct call *c, const struct target *t)
{
	bool zonal = !t->scope || !strcmp(t->scope, "Availability Zone");

	if (t->scope && !zonal && strcmp(t->scope, "Region") != 0)
		return bad_target(c, "its scope is neither Region nor "
			"Availability Zone");
	if (zonal && (!t->zone || !is_zone(c, t->zone)))
		return bad_target(c, "its Availability Zone is not one of "
			"this region");
	if (!zonal && t->zone)
		return bad_target(c, "a scope of Region has no Availability "
			"Zone");
	return true;
}

/* How many targets there are; 0: answered. */
static size_t read_targets(struct call *c, const struct thing *of,
	struct target *targets)
{
	size_t n = 0;

	for (unsigned i = 1; i <= TARGETS_MOST; i++) {
		const char *count = call_param(c, call_textf(c, TARGET
			"InstanceCount", i));
		struct target *t = &targets[n];

		if (!count)
			break;
		t->type = call_param(c, call_textf(c, TARGET "InstanceType",
			i));
		t->zone = call_param(c, call_textf(c, TARGET
			"AvailabilityZone", i));
		t->scope = call_param(c, call_textf(c, TARGET "Scope", i));
		if (!t->type)
			t->type = text_of(c, of, "instanceType");
		if (!str_int(count, 1, 1 << 20, &t->count))
			return bad_target(c, "its count is no number");
		if (!market_type_find(t->type) || !same_family(t->type,
			text_of(c, of, "instanceType")))
			return bad_target(c, "its type is of another family");
		if (strcmp(t->type, text_of(c, of, "instanceType")) != 0 &&
			(strcmp(text_of(c, of, "productDescription"),
				"Linux/UNIX") != 0 || strcmp(text_of(c, of,
				"instanceTenancy"), "default") != 0))
			return bad_target(c, "only Linux/UNIX on shared "
				"hardware comes in other sizes");
		if (!check_place(c, t))
			return 0;
		n++;
	}
	if (n == 0)
		call_error(c, 400, "MissingParameter", "The request must "
			"contain the parameter targetConfigurations");
	return n;
}

static struct thing *one(struct call *c, const char *id)
{
	struct thing *t = things_find(c->world, reserved_kind(), id, c->now);

	if (!t)
		call_error(c, 400, "InvalidReservedInstancesId", "The "
			"reserved instance '%s' does not exist", id);
	else if (!thing_is(t, "state", "active", c->now)) {
		call_error(c, 400, "InvalidParameterValue", "The reserved "
			"instance '%s' is not active", id);
		t = NULL;
	}
	return t;
}

static bool is_twice(const struct call_pairs *ids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(ids->items[i].value, ids->items[n].value))
			return true;
	return false;
}

/* All of one type and platform; the size of all, 0: answered. */
static long read_sources(struct call *c, const struct call_pairs *ids)
{
	const struct thing *first = NULL;
	long units = 0;

	for (size_t i = 0; i < ids->count; i++) {
		const struct thing *t = one(c, ids->items[i].value);

		if (!t)
			return 0;
		if (is_twice(ids, i)) {
			bad_target(c, "one reservation is named twice");
			return 0;
		}
		first = first ? first : t;
		if (strcmp(text_of(c, t, "instanceType"), text_of(c, first,
			"instanceType")) != 0 || strcmp(text_of(c, t,
			"productDescription"), text_of(c, first,
			"productDescription")) != 0) {
			bad_target(c, "what is modified together has to be "
				"of one type and platform");
			return 0;
		}
		units += count_of(c, t) * size_of(text_of(c, t,
			"instanceType"));
	}
	if (ids->count == 0)
		call_error(c, 400, "MissingParameter", "The request must "
			"contain the parameter reservedInstancesIds");
	return units;
}

static void make(struct call *c, const struct thing *of,
	const struct target *target)
{
	static const char *const kept[] = {
		"duration", "usagePrice", "productDescription",
		"instanceTenancy", "currencyCode", "offeringClass",
		"offeringType", "recurringCharges/1/frequency",
		"recurringCharges/1/amount", "end"
	};
	struct thing *t = things_draft(c, reserved_kind());
	struct str now = STR_INIT;

	xml_time(&now, c->now);
	thing_set(t, "instanceType", "%s", target->type);
	if (target->zone)
		thing_set(t, "availabilityZone", "%s", target->zone);
	thing_set(t, "scope", "%s", target->zone ? "Availability Zone" :
		"Region");
	thing_set(t, "fixedPrice", "0.0");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (thing_get(of, kept[i], c->now))
			thing_set(t, kept[i], "%s", text_of(c, of, kept[i]));
	thing_set(t, "start", "%s", now.p);
	thing_set(t, "instanceCount", "%ld", target->count);
	thing_set(t, "state", "active");
	things_keep(c->world, t);
	str_clear(&now);
}

void reserved_modify(struct call *c)
{
	struct target targets[TARGETS_MOST] = { { 0 } };
	struct call_pairs ids = { 0 };
	const struct thing *first;
	struct str now = STR_INIT;
	char id[UUID_MOST];
	long units, wanted = 0;
	size_t n;

	call_list(c, "ReservedInstancesId", &ids);
	units = read_sources(c, &ids);
	first = units ? one(c, ids.items[0].value) : NULL;
	n = first ? read_targets(c, first, targets) : 0;
	for (size_t i = 0; i < n; i++)
		wanted += targets[i].count * size_of(targets[i].type);
	if (n && wanted != units)
		bad_target(c, "it is not as much as is reserved");
	if (!n || wanted != units)
		goto out;
	for (size_t i = 0; i < n; i++)
		make(c, first, &targets[i]);
	xml_time(&now, c->now);
	for (size_t i = 0; i < ids.count; i++) {
		struct thing *t = things_find(c->world, reserved_kind(),
			ids.items[i].value, c->now);

		thing_later(t, c->now, "state", "retired");
		thing_set(t, "end", "%s", now.p);
	}
	market_uuid(c->world, ID_RESERVED, ++c->world->made | 1 << 24, id);
	call_open(c);
	xml_add(c->out, "<reservedInstancesModificationId>rimod-%r"
		"</reservedInstancesModificationId>", id);
	call_close(c);
out:
	str_clear(&now);
	VEC_FREE(&ids);
}
