/* SPDX-License-Identifier: MIT */
/* Reserved instances, and the offerings that they are bought of. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/offering.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/clock.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400000)
#define PAYMENT_MS 15000
#define PAGE_MOST 100
#define COUNT_MOST 20            /* to be bought in a month, a place */
#define MONTH (30 * DAY)
#define SCAN_MOST 25000          /* slots a page; then it ends */

static const char *money(char out[32], int64_t amount)
{
	snprintf(out, 32, "%lld.%04lld", (long long)(amount / 1000000),
		(long long)(amount % 1000000 / 100));
	return out;
}

/* What an offering and what is bought of it have in common. */
static void set_terms(struct thing *t, const struct sim_offering *o)
{
	char text[32];

	thing_set(t, "instanceType", "%s", o->type->name);
	if (o->zone[0])
		thing_set(t, "availabilityZone", "%s", o->zone);
	thing_set(t, "scope", "%s", o->zone[0] ? "Availability Zone" :
		"Region");
	thing_set(t, "duration", "%lld", (long long)o->seconds);
	thing_set(t, "usagePrice", "0.0");
	thing_set(t, "fixedPrice", "%s", money(text, o->fixed));
	thing_set(t, "productDescription", "%s", o->product);
	thing_set(t, "instanceTenancy", "%s", o->tenancy);
	thing_set(t, "currencyCode", "USD");
	thing_set(t, "offeringClass", "%s", o->class);
	thing_set(t, "offeringType", "%s", o->payment);
	if (!o->hourly)
		return;
	thing_set(t, "recurringCharges/1/frequency", "Hourly");
	thing_set(t, "recurringCharges/1/amount", "%s",
		money(text, o->hourly));
}

static void set_time(struct thing *t, int64_t from, const char *path,
	int64_t wall)
{
	struct str text = STR_INIT;

	xml_time(&text, wall);
	thing_later(t, from, path, text.p);
	str_clear(&text);
}

/* In force from a time on. */
static void set_term(struct thing *t, int64_t now, int64_t at,
	int64_t seconds)
{
	set_time(t, now, "start", at);
	set_time(t, at, "end", at + seconds * 1000);
	thing_later(t, at, "state", "active");
	thing_later(t, at + seconds * 1000, "state", "retired");
}

/* Ids are UUIDs. */
static void make_id(const struct world *w, uint64_t index,
	char out[EC2_ID_MOST])
{
	market_uuid(w, ID_RESERVED, index, out);
}

/* What the company reserved in times past: plan as in offering.c. */
static void seed_one(struct world *w, const char *type, bool zonal,
	unsigned plan, unsigned count, int64_t days_ago)
{
	struct sim_offering o;
	struct thing *t;
	uint64_t slot = plan;

	while (!offering_fill(w, slot, &o) || strcmp(o.type->name, type) != 0
		|| (o.zone[0] != '\0') != zonal)
		slot += OFFERING_PLANS;
	t = things_born(w, reserved_kind(), w->born);

	set_terms(t, &o);
	thing_set(t, "instanceCount", "%u", count);
	set_term(t, 0, w->born - days_ago * DAY, o.seconds);
}

static void seed(struct world *w)
{
	seed_one(w, "m6i.large", true, 1, 2, 356);
	seed_one(w, "m6i.large", false, 1, 30, 200);
	seed_one(w, "r6i.2xlarge", false, 8, 4, 700);
	seed_one(w, "m7g.large", false, 3, 6, 40);
	seed_one(w, "t3.medium", false, 0, 5, 400);
}

static bool number(struct call *c, const char *param, long most, long *out)
{
	const char *given = call_param(c, param);

	if (!given || str_int(given, 0, most, out))
		return true;
	return call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
		"parameter %s is invalid.", given, param);
}

static bool asked(const struct call *c, const char *param, const char *has)
{
	const char *given = call_param(c, param);

	return !given || !strcmp(given, has);
}

/* "Linux/UNIX (Amazon VPC)" is the same offer. */
static bool product_asked(const struct call *c, const char *has)
{
	const char *given = call_param(c, "ProductDescription");
	size_t len = strlen(has);

	return !given || (!strncmp(given, has, len) && (!given[len] ||
		!strcmp(given + len, " (Amazon VPC)")));
}

struct wanted {
	long least, most, count;
	bool marketplace;
	const struct ec2_filters *filters;
};

static bool is_wanted(const struct call *c, const struct wanted *w,
	const struct sim_offering *o)
{
	return asked(c, "InstanceType", o->type->name) &&
		asked(c, "AvailabilityZone", o->zone) &&
		product_asked(c, o->product) &&
		asked(c, "OfferingClass", o->class) &&
		asked(c, "OfferingType", o->payment) &&
		asked(c, "InstanceTenancy", o->tenancy) &&
		o->seconds >= w->least && o->seconds <= w->most &&
		(!o->marketplace || (w->marketplace &&
			(long)o->count <= w->count));
}

static void write_offering(struct call *c, const struct sim_offering *o,
	const struct wanted *w)
{
	struct thing *t = thing_new(offering_kind(), c);
	struct thing_row row;
	char text[32];

	snprintf(t->id, sizeof(t->id), "%s", o->id);
	thing_set(t, "reservedInstancesOfferingId", "%s", o->id);
	set_terms(t, o);
	thing_set(t, "marketplace", o->marketplace ? "true" : "false");
	if (o->marketplace) {
		thing_set(t, "pricingDetailsSet/1/price", "%s",
			money(text, o->fixed));
		thing_set(t, "pricingDetailsSet/1/count", "%u", o->count);
	}
	thing_row_fill(c->world, t, c->now, &row);
	if (!ec2_filters_pass(w->filters, &row))
		return;
	str_add(c->out, "<item>");
	thing_write(c->out, &row);
	str_add(c->out, "</item>");
}

static void write_ids(struct call *c, const struct call_pairs *ids,
	const struct wanted *w)
{
	struct sim_offering o;

	for (size_t i = 0; i < ids->count; i++)
		if (offering_find(c->world, ids->items[i].value, &o))
			write_offering(c, &o, w);
}

/* The slot to go on at; 0: that was all. */
static uint64_t write_page(struct call *c, uint64_t slot, size_t size,
	const struct wanted *w)
{
	uint64_t end = offering_slots(c->world);
	uint64_t stop = end - slot < SCAN_MOST ? end : slot + SCAN_MOST;
	struct sim_offering o;

	for (; slot < stop && size > 0; slot++) {
		size_t before = c->out->len;

		if (!offering_fill(c->world, slot, &o) ||
			!is_wanted(c, w, &o))
			continue;
		write_offering(c, &o, w);
		size -= c->out->len > before;
	}
	return slot < end ? slot : 0;
}

static bool known_ids(struct call *c, const struct call_pairs *ids)
{
	struct sim_offering o;

	for (size_t i = 0; i < ids->count; i++)
		if (!offering_find(c->world, ids->items[i].value, &o))
			return call_error(c, 400,
				"InvalidReservedInstancesOfferingId",
				"The specified Reserved Instances offering "
				"'%s' does not exist", ids->items[i].value);
	return true;
}

static void describe_offerings(struct call *c)
{
	struct wanted w = { 0, 94608000, 20, false, NULL };
	const char *include = call_param(c, "IncludeMarketplace");
	struct call_pairs ids = { 0 };
	struct ec2_filters *filters = NULL;
	uint64_t slot, next = 0;
	size_t size;

	w.marketplace = !include || strcmp(include, "false") != 0;
	call_list(c, "ReservedInstancesOfferingId", &ids);
	if (!ec2_page_read(c, PAGE_MOST, &slot, &size) || ec2_dry_run(c) ||
		!number(c, "MinDuration", 1 << 30, &w.least) ||
		!number(c, "MaxDuration", 1 << 30, &w.most) ||
		!number(c, "MaxInstanceCount", 1 << 20, &w.count) ||
		!known_ids(c, &ids) || !(filters = ec2_filters_new(c, NULL,
			offering_kind()->members)))
		goto out;
	w.filters = filters;
	call_open(c);
	str_add(c->out, "<reservedInstancesOfferingsSet>");
	if (ids.count > 0)
		write_ids(c, &ids, &w);
	else
		next = write_page(c, slot, size < PAGE_MOST ? size :
			PAGE_MOST, &w);
	str_add(c->out, "</reservedInstancesOfferingsSet>");
	if (next)
		ec2_page_write(c, next);
	call_close(c);
	ec2_filters_free(filters);
out:
	VEC_FREE(&ids);
}

/* Bought in the last month for that zone, or for the region. */
static long bought(struct call *c, const char *zone)
{
	size_t cursor = 0;
	const struct thing *t;
	long sum = 0;

	while ((t = things_next(c->world, reserved_kind(), c->now,
		&cursor))) {
		const char *has = thing_get(t, "availabilityZone", c->now);
		const char *start = thing_get(t, "start", c->now);
		int64_t at;
		long count;

		if (!strcmp(has ? has : "", zone) && start &&
			clock_parse(start, strlen(start), &at) &&
			at > c->now - MONTH && str_int(thing_get(t,
				"instanceCount", c->now), 0, 1 << 20, &count))
			sum += count;
	}
	return sum;
}

/* The most that all of them together may cost, of the Marketplace only. */
static bool check_limit(struct call *c, const struct sim_offering *o,
	long count)
{
	const char *given = call_param(c, "LimitPrice.Amount");
	const char *currency = call_param(c, "LimitPrice.CurrencyCode");
	char *end;
	double limit;

	if (!given)
		return true;
	limit = strtod(given, &end);
	if (*end || limit < 0 || (currency && strcmp(currency, "USD") != 0))
		return call_error(c, 400, "InvalidParameterValue",
			"Invalid value '%s %s' for LimitPrice.", given,
			currency ? currency : "");
	if (o->marketplace && (double)(o->fixed * count) / 1e6 > limit)
		return call_error(c, 400, "InvalidParameterValue", "The total "
			"price of the offering exceeds the limit price %s",
			given);
	return true;
}

static bool check_purchase(struct call *c, const struct sim_offering *o,
	long count, int64_t at)
{
	if (o->marketplace && count > (long)o->count)
		return call_error(c, 400,
			"InsufficientReservedInstanceCapacity", "There is not "
			"enough capacity available to fulfill your Reserved "
			"Instance request.");
	if (bought(c, o->zone) + count > COUNT_MOST)
		return call_error(c, 400, "ReservedInstancesLimitExceeded",
			"Your current quota does not allow you to purchase "
			"the required number of reserved instances");
	if (at && (at <= c->now || o->zone[0] || o->marketplace))
		return call_error(c, 400, "InvalidParameterValue",
			"PurchaseTime must be in the future, and for an "
			"offering for a Region");
	return check_limit(c, o, count);
}

static void purchase(struct call *c)
{
	const char *id = ec2_need(c, "ReservedInstancesOfferingId");
	const char *wanted = id ? ec2_need(c, "InstanceCount") : NULL;
	const char *when = call_param(c, "PurchaseTime");
	struct sim_offering o;
	struct thing *t;
	int64_t at = 0;
	long count;

	if (!wanted)
		return;
	if (!str_int(wanted, 1, 10000, &count) ||
		(when && !clock_parse(when, strlen(when), &at))) {
		call_error(c, 400, "InvalidParameterValue", "Invalid value "
			"for InstanceCount or PurchaseTime");
		return;
	}
	if (!offering_find(c->world, id, &o)) {
		call_error(c, 400, "InvalidReservedInstancesOfferingId", "The "
			"specified Reserved Instances offering does not "
			"exist");
		return;
	}
	if (!check_purchase(c, &o, count, at))
		return;
	t = things_draft(c, reserved_kind());
	if (!t)
		return;
	set_terms(t, &o);
	thing_set(t, "instanceCount", "%ld", count);
	thing_set(t, "state", at ? "queued" : "payment-pending");
	set_term(t, c->now, at ? at : c->now + PAYMENT_MS, o.seconds);
	if (!things_add(c, t))
		return;
	call_open(c);
	xml_add(c->out, "<reservedInstancesId>%r</reservedInstancesId>",
		t->id);
	call_close(c);
}

#define TERMS \
	{ "availabilityZone", "availability-zone", FROM_NOTHING, NULL, NULL }, \
	{ "duration", "duration", FROM_NOTHING, NULL, NULL }, \
	{ "fixedPrice", "fixed-price", FROM_NOTHING, NULL, NULL }, \
	{ "instanceType", "instance-type", FROM_NOTHING, NULL, NULL }, \
	{ "productDescription", "product-description", FROM_NOTHING, NULL, NULL }, \
	{ "usagePrice", "usage-price", FROM_NOTHING, NULL, NULL }, \
	{ "scope", "scope", FROM_NOTHING, NULL, NULL }

static const struct thing_member offering_members[] = {
	TERMS,
	{ "marketplace", "marketplace", FROM_NOTHING, NULL, NULL },
	{ "reservedInstancesOfferingId", "reserved-instances-offering-id", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action offering_actions[] = {
	{ .name = "DescribeReservedInstancesOfferings", .run = describe_offerings,
	  .parameters = EC2_FILTERS EC2_PAGE "AvailabilityZone IncludeMarketplace InstanceType MaxDuration "
		"MaxInstanceCount MinDuration OfferingClass ProductDescription ReservedInstancesOfferingId.N "
		"InstanceTenancy OfferingType" },
	{ .name = "PurchaseReservedInstancesOffering", .run = purchase, .write = true,
	  .parameters = "InstanceCount ReservedInstancesOfferingId LimitPrice.Amount LimitPrice.CurrencyCode "
		"PurchaseTime" },
	{ .name = NULL }
};

static const struct thing_kind offerings = {
	.list = { .set = "reservedInstancesOfferingsSet", .id_param = "ReservedInstancesOfferingId",
		.id_name = "offering", .prefix = "", .not_found = "InvalidReservedInstancesOfferingId",
		.kind = ID_OFFERING, .page_most = PAGE_MOST, .stored = true },
	.members = offering_members, .actions = offering_actions,
};

static const struct thing_member members[] = {
	{ "reservedInstancesId", "reserved-instances-id", FROM_ID, NULL, NULL },
	TERMS,
	{ "instanceCount", NULL, FROM_NOTHING, NULL, NULL },
	{ "state", "state", FROM_NOTHING, NULL, NULL },
	{ "start", "start", FROM_NOTHING, NULL, NULL },
	{ "end", "end", FROM_NOTHING, NULL, NULL },
	{ "offeringClass", NULL, FROM_NOTHING, NULL, NULL },
	{ "offeringType", NULL, FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

#define CONFIGURATION "ReservedInstancesConfigurationSetItemType.N."
#define MODIFY_PARAMETERS "ReservedInstancesId.N ClientToken " \
	CONFIGURATION "AvailabilityZone " CONFIGURATION "InstanceCount " \
	CONFIGURATION "InstanceType " CONFIGURATION "Platform " \
	CONFIGURATION "Scope"

static const struct sim_action actions[] = {
	{ .name = "DescribeReservedInstances", .run = things_describe,
	  .parameters = EC2_FILTERS "ReservedInstancesId.N OfferingClass OfferingType" },
	{ .name = "ModifyReservedInstances", .run = reserved_modify, .write = true, .parameters = MODIFY_PARAMETERS },
	{ .name = NULL }
};

static const struct thing_kind reserved = {
	.list = { .set = "reservedInstancesSet", .id_param = "ReservedInstancesId",
		.id_name = "reserved instance", .prefix = "", .not_found = "InvalidReservedInstancesId",
		.kind = ID_RESERVED, .stored = true },
	.describe = "DescribeReservedInstances", .members = members, .actions = actions, .seed = seed,
	.make_id = make_id,
};

const struct thing_kind *offering_kind(void)
{
	return &offerings;
}

const struct thing_kind *reserved_kind(void)
{
	return &reserved;
}
