/* SPDX-License-Identifier: MIT */
#include "catalogue/offering.h"

#include "base/vec.h"
#include "catalogue/derive.h"
#include "catalogue/derive_node.h"
#include "catalogue/price.h"

#include <stdio.h>
#include <string.h>

#define HOUR_S 3600
#define DAY_S (24 * HOUR_S)
#define YEAR_S (365 * (int64_t)DAY_S)
#define MONTH_H 730          /* a twelfth of a year of 365 days */
#define PARTS 1000           /* billionths in a millionth */
#define COUNT_MOST 1000000

static const char *leaf(const struct cell *row, const char *path)
{
	return derive_leaf(row->doc, row->node, path);
}

static void read_platform(const char *text, char out[64])
{
	const char *vpc = strstr(text, " (Amazon VPC)");

	snprintf(out, 64, "%.*s", vpc ? (int)(vpc - text) :
		(int)strlen(text), text);
}

/* Hour by hour: the usage price and each recurring charge. */
static bool read_hourly(const struct cell *row, int64_t *hourly)
{
	const struct doc *d = row->doc;
	uint32_t list = derive_child(d, row->node, "recurringCharges");
	const char *usage = leaf(row, "usagePrice");
	int64_t part;

	*hourly = 0;
	if (*usage && !cost_read(usage, hourly))
		return false;
	if (list == DOC_NONE)
		return true;
	for (uint32_t n = doc_child(d, list); n != DOC_NONE;
	     n = doc_next(d, n))
		if (!str_eq(derive_leaf(d, n, "frequency"), "Hourly") ||
		    !cost_read(derive_leaf(d, n, "amount"), &part) ||
		    __builtin_add_overflow(*hourly, part, hourly))
			return false;
	return true;
}

void offering_read(const struct cell *row, struct offering *o)
{
	long seconds = 0;

	*o = (struct offering){
		.id = leaf(row, "reservedInstancesOfferingId"),
		.type = leaf(row, "instanceType"),
		.tenancy = leaf(row, "instanceTenancy"),
		.class = leaf(row, "offeringClass"),
		.payment = leaf(row, "offeringType"),
		.zone = leaf(row, "availabilityZone") };
	read_platform(leaf(row, "productDescription"), o->platform);
	str_int(leaf(row, "duration"), 1, 1000000000, &seconds);
	o->seconds = seconds;
	o->priced = seconds > 0 && read_hourly(row, &o->hourly) &&
		cost_read(leaf(row, "fixedPrice"), &o->fixed);
}

/* A heap of reservations of one price, of a seller on the Marketplace. */
struct heap {
	int64_t price;
	long count;
};

struct heaps {
	struct heap *items;
	size_t count, room;
};

static int by_price(const void *a, const void *b)
{
	const struct heap *x = a, *y = b;

	return (x->price > y->price) - (x->price < y->price);
}

static bool read_heaps(const struct cell *row, struct heaps *heaps)
{
	const struct doc *d = row->doc;
	uint32_t list = derive_child(d, row->node, "pricingDetailsSet");

	if (list == DOC_NONE)
		return true;
	for (uint32_t n = doc_child(d, list); n != DOC_NONE;
	     n = doc_next(d, n)) {
		struct heap *heap = VEC_PUSH(heaps);

		if (!cost_read(derive_leaf(d, n, "price"), &heap->price) ||
		    !str_int(derive_leaf(d, n, "count"), 1, COUNT_MOST,
				&heap->count))
			return false;
	}
	if (heaps->count)
		qsort(heaps->items, heaps->count, sizeof(*heaps->items),
			by_price);
	return true;
}

static bool add_product(int64_t *sum, int64_t price, int64_t count)
{
	int64_t product;

	return !__builtin_mul_overflow(price, count, &product) &&
		!__builtin_add_overflow(*sum, product, sum);
}

/* What count of them cost at once, billionths. */
static bool add_fixed(const struct cell *row, const struct offering *o,
	long count, int64_t *fixed)
{
	struct heaps heaps = { 0 };
	bool ok = read_heaps(row, &heaps);

	if (!heaps.count) {
		ok = ok && add_product(fixed, o->fixed, count);
		count = 0;
	}
	for (size_t i = 0; ok && count && i < heaps.count; i++) {
		long some = heaps.items[i].count < count ?
			heaps.items[i].count : count;

		ok = add_product(fixed, heaps.items[i].price, some);
		count -= some;
	}
	VEC_FREE(&heaps);
	return ok && !count;
}

static long read_count(cost_field_function *field, const void *data)
{
	const char *text = field ? field(data, "count") : NULL;
	long count = 1;

	if (text && !str_int(text, 1, COUNT_MOST, &count))
		return 0;
	return count;
}

/* Billionths to millionths, in whole cents. */
static int64_t to_cents(int64_t amount)
{
	const int64_t cent = COST_UNIT / 100;

	return (amount / PARTS + cent / 2) / cent * cent;
}

bool cost_offering(const struct cell *row, cost_field_function *field,
	const void *data, struct cost *out)
{
	long count = read_count(field, data);
	int64_t fixed = 0, hourly = 0, total;
	struct offering o;

	*out = (struct cost){ .source = "as the offering says" };
	offering_read(row, &o);
	if (!o.priced || !count || !add_fixed(row, &o, count, &fixed) ||
	    !add_product(&hourly, o.hourly, count))
		return false;
	total = fixed;
	if (!add_product(&total, hourly, o.seconds / HOUR_S))
		return false;
	out->now = (fixed + PARTS / 2) / PARTS;
	out->hourly = (hourly + PARTS / 2) / PARTS;
	out->total = to_cents(total);
	out->hours = o.seconds / HOUR_S;
	snprintf(out->currency, sizeof(out->currency), "%s",
		leaf(row, "currencyCode"));
	return out->hours > 0;
}

void offering_worth(const struct offering *o, const struct cost *cost,
	int64_t count, const char *region, struct offering_worth *out)
{
	int64_t gain;

	*out = (struct offering_worth){
		.effective = cost->total / cost->hours / count };
	out->known = (!*cost->currency || str_eq(cost->currency, "USD")) &&
		price_on_demand(o->type, o->platform, o->tenancy, region,
			&out->on_demand);
	if (!out->known)
		return;
	out->saves = to_cents(out->on_demand * cost->hours * count * PARTS) -
		cost->total;
	gain = (out->on_demand * count - cost->hourly) * MONTH_H;
	out->tenths = -1;
	if (gain > 0)
		out->tenths = (cost->now * 10 + gain / 2) / gain;
	if (out->saves < 0)
		out->tenths = -1;
}

void offering_term(int64_t seconds, struct str *out)
{
	long long years = seconds / YEAR_S, days = seconds / DAY_S;

	if (years && seconds % YEAR_S == 0)
		str_addf(out, years == 1 ? "%lld year" : "%lld years", years);
	else
		str_addf(out, days == 1 ? "%lld day" : "%lld days", days);
}

/* Months of running all day; nothing where the price on demand is not
 * known. */
enum role derive_offering_break_even(const struct cell *cell,
	struct str *out)
{
	struct offering_worth worth;
	struct offering o;
	struct cost cost;

	if (!cost_offering(cell, NULL, NULL, &cost))
		return ROLE_TEXT;
	offering_read(cell, &o);
	offering_worth(&o, &cost, 1, cell->region, &worth);
	if (!worth.known)
		return ROLE_TEXT;
	if (worth.tenths < 0) {
		str_add(out, cell->plain ? "" : "never");
		return ROLE_BAD;
	}
	str_addf(out, "%lld.%lld%s", (long long)worth.tenths / 10,
		(long long)worth.tenths % 10, cell->plain ? "" : " mo");
	return ROLE_TEXT;
}
