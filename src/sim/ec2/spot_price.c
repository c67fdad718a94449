/* SPDX-License-Identifier: MIT */
/*
 * Spot prices, the newest first. A price that was in effect when the time
 * asked for began belongs to it. (EC2 API Reference,
 * DescribeSpotPriceHistory)
 */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/market.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/clock.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT (90 * INT64_C(86400000))
#define PAGE_MOST 1000
#define PRODUCTS 2

static const char *const products[PRODUCTS] = { "Linux/UNIX", "Windows" };

/* One market: a type in a zone with a product. */
struct market {
	const struct market_type *type;
	unsigned zone, product;
	int64_t at;              /* of the next price to be told; 0: none */
	int64_t price, since;
};

struct history {
	struct market *items;
	size_t count, room;
	int64_t start;
	const struct ec2_filters *filters;
};

static bool in_list(struct call *c, const char *param, const char *value)
{
	struct call_pairs asked = { 0 };
	bool ok;

	call_list(c, param, &asked);
	ok = asked.count == 0;
	for (size_t i = 0; i < asked.count && !ok; i++)
		ok = !strncmp(asked.items[i].value, value, strlen(value)) &&
			(!asked.items[i].value[strlen(value)] ||
			!strcmp(asked.items[i].value + strlen(value),
				" (Amazon VPC)"));
	VEC_FREE(&asked);
	return ok;
}

static bool is_sold(const struct market_type *type, unsigned product)
{
	return !product || !type->arm;
}

static void look(struct call *c, struct market *m, int64_t at)
{
	m->price = market_spot(c->world, m->type, m->product == 1, m->zone,
		at, &m->since);
	m->at = at;
}

static void find_markets(struct call *c, struct history *h, int64_t end)
{
	const char *zone = call_param(c, "AvailabilityZone");
	char name[24];

	for (size_t t = 0; t < market_types(); t++) {
		const struct market_type *type = market_type_at(t);

		if (!in_list(c, "InstanceType", type->name))
			continue;
		for (unsigned i = 0; i < zone_count(c->world) * PRODUCTS;
			i++) {
			struct market m = { .type = type,
				.zone = i / PRODUCTS,
				.product = i % PRODUCTS };

			zone_name(c->world, m.zone, name);
			if ((zone && strcmp(zone, name) != 0) ||
				!is_sold(type, m.product) || !in_list(c,
				"ProductDescription", products[m.product]))
				continue;
			look(c, &m, end);
			*VEC_PUSH(h) = m;
		}
	}
}

static int later_first(const void *a, const void *b)
{
	const struct market *x = a, *y = b;

	return (y->since > x->since) - (y->since < x->since);
}

/* The market whose price is the newest of those not told yet. */
static struct market *newest(struct history *h)
{
	struct market *found = NULL;

	for (size_t i = 0; i < h->count; i++)
		if (h->items[i].at && (!found ||
			h->items[i].since > found->since))
			found = &h->items[i];
	return found;
}

static bool write_price(struct call *c, const struct history *h,
	const struct market *m)
{
	struct thing *t = thing_new(spot_price_kind(), c);
	struct str time = STR_INIT;
	struct thing_row row;
	char zone[24];

	zone_name(c->world, m->zone, zone);
	xml_time(&time, m->since);
	thing_set(t, "instanceType", "%s", m->type->name);
	thing_set(t, "productDescription", "%s", products[m->product]);
	thing_set(t, "spotPrice", "%lld.%06lld", (long long)(m->price /
		1000000), (long long)(m->price % 1000000));
	thing_set(t, "timestamp", "%s", time.p);
	thing_set(t, "availabilityZone", "%s", zone);
	str_clear(&time);
	thing_row_fill(c->world, t, c->now, &row);
	if (!ec2_filters_pass(h->filters, &row))
		return false;
	str_add(c->out, "<item>");
	thing_write(c->out, &row);
	str_add(c->out, "</item>");
	return true;
}

/* Prices from the n-th on; where to go on, 0: nowhere. */
static uint64_t write_page(struct call *c, struct history *h, uint64_t n,
	size_t size)
{
	struct market *m;
	uint64_t seen = 0;

	qsort(h->items, h->count, sizeof(*h->items), later_first);
	while ((m = newest(h))) {
		if (seen >= n && size == 0)
			return seen;
		if (seen++ >= n)
			size -= write_price(c, h, m);
		if (m->since <= h->start)
			m->at = 0;
		else
			look(c, m, m->since - 1);
	}
	return 0;
}

static bool read_time(struct call *c, const char *param, int64_t *wall)
{
	const char *given = call_param(c, param);

	if (!given || clock_parse(given, strlen(given), wall))
		return true;
	return call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
		"parameter %s is invalid. Invalid date", given, param);
}

static void describe(struct call *c)
{
	int64_t start = c->now - KEPT, end = c->now;
	struct history h = { .count = 0 };
	struct ec2_filters *filters;
	uint64_t at, next;
	size_t size;

	if (!ec2_page_read(c, PAGE_MOST, &at, &size) || ec2_dry_run(c) ||
		!read_time(c, "StartTime", &start) ||
		!read_time(c, "EndTime", &end))
		return;
	if (start > end) {
		call_error(c, 400, "InvalidParameterValue", "The end time "
			"must not be before the start time");
		return;
	}
	if (start < c->now - KEPT)
		start = c->now - KEPT;
	end = end > c->now ? c->now : end < start ? start : end;
	filters = ec2_filters_new(c, NULL, spot_price_kind()->members);
	if (!filters)
		return;
	h.start = start;
	h.filters = filters;
	find_markets(c, &h, end);
	call_open(c);
	str_add(c->out, "<spotPriceHistorySet>");
	next = write_page(c, &h, at, size < PAGE_MOST ? size : PAGE_MOST);
	str_add(c->out, "</spotPriceHistorySet>");
	if (next)
		ec2_page_write(c, next);
	else
		str_add(c->out, "<nextToken/>");
	call_close(c);
	ec2_filters_free(filters);
	VEC_FREE(&h);
}

static const struct thing_member members[] = {
	{ "availabilityZone", "availability-zone", FROM_NOTHING, NULL, NULL },
	{ "instanceType", "instance-type", FROM_NOTHING, NULL, NULL },
	{ "productDescription", "product-description", FROM_NOTHING, NULL, NULL },
	{ "spotPrice", "spot-price", FROM_NOTHING, NULL, NULL },
	{ "timestamp", "timestamp", FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "DescribeSpotPriceHistory", .run = describe,
	  .parameters = EC2_FILTERS EC2_PAGE "AvailabilityZone EndTime InstanceType.N ProductDescription.N "
		"StartTime" },
	{ .name = NULL }
};

/* Nothing of it is in the store. */
static const struct thing_kind kind = {
	.list = { .set = "spotPriceHistorySet", .id_param = "InstanceType", .id_name = "spot price", .prefix = "",
		.stored = true },
	.members = members, .actions = actions,
};

const struct thing_kind *spot_price_kind(void)
{
	return &kind;
}
