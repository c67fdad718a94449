/* SPDX-License-Identifier: MIT */
/*
 * Offerings: each type in the region and in each zone, for Linux and
 * Windows, shared and dedicated, one and three years, standard and
 * convertible, three ways to pay; and what others sell on the Marketplace,
 * for the months that are left of theirs.
 */
#include "sim/ec2/offering.h"

#include "sim/ec2/ec2.h"
#include "sim/world.h"

#include <stdio.h>
#include <string.h>

#define DAY INT64_C(86400)
#define HOUR 3600
#define PLANS OFFERING_PLANS

/* Thousandths of the price on demand. */
static const struct {
	const char *class, *payment;
	unsigned years, rate;
} plans[PLANS] = {
	{ "standard", "No Upfront", 1, 630 },
	{ "standard", "Partial Upfront", 1, 600 },
	{ "standard", "All Upfront", 1, 588 },
	{ "convertible", "No Upfront", 1, 724 },
	{ "convertible", "Partial Upfront", 1, 690 },
	{ "convertible", "All Upfront", 1, 676 },
	{ "standard", "No Upfront", 3, 432 },
	{ "standard", "Partial Upfront", 3, 401 },
	{ "standard", "All Upfront", 3, 377 },
	{ "convertible", "No Upfront", 3, 506 },
	{ "convertible", "Partial Upfront", 3, 474 },
	{ "convertible", "All Upfront", 3, 464 },
};

/* Slot = ((((type × places) + place) × 2 + windows) × 2 + dedicated) × 12 +
 * plan; those of the Marketplace follow, one for each type and zone. */
static uint64_t own_slots(const struct world *w)
{
	return market_types() * (1 + zone_count(w)) * 2 * 2 * PLANS;
}

uint64_t offering_slots(const struct world *w)
{
	return own_slots(w) + market_types() * zone_count(w);
}

/* Whole dollars now, and the rest by the hour, to a ten-thousandth. */
static void split(struct sim_offering *o, int64_t effective)
{
	int64_t hours = o->seconds / HOUR, all = effective * hours;

	o->fixed = !strcmp(o->payment, "No Upfront") ? 0 :
		!strcmp(o->payment, "All Upfront") ? all : all / 2;
	o->fixed = (o->fixed + 50 * CENT) / (100 * CENT) * 100 * CENT;
	o->hourly = !strcmp(o->payment, "All Upfront") ? 0 :
		((all - o->fixed) / hours + 50) / 100 * 100;
}

static bool fill_own(const struct world *w, uint64_t slot,
	struct sim_offering *o)
{
	unsigned places = 1 + zone_count(w);
	unsigned plan = (unsigned)(slot % PLANS);
	uint64_t rest = slot / PLANS;
	bool dedicated = rest & 1, windows = rest >> 1 & 1;
	unsigned place = (unsigned)((rest >> 2) % places);
	int64_t price;

	o->type = market_type_at((size_t)((rest >> 2) / places));
	if ((dedicated && o->type->burstable) || (windows && o->type->arm))
		return false;
	o->product = windows ? "Windows" : "Linux/UNIX";
	o->tenancy = dedicated ? "dedicated" : "default";
	o->class = plans[plan].class;
	o->payment = plans[plan].payment;
	o->seconds = plans[plan].years * 365 * DAY;
	if (place)
		zone_name(w, place - 1, o->zone);
	/* No discount on what Windows costs. */
	price = market_price(w, o->type, false) * (dedicated ? 106 : 100) /
		100;
	split(o, price * plans[plan].rate / 1000 +
		market_price(w, o->type, windows) -
		market_price(w, o->type, false));
	return true;
}

/* What is left of a year that somebody bought, at a discount. */
static bool fill_market(const struct world *w, uint64_t slot,
	struct sim_offering *o)
{
	uint64_t n = slot - own_slots(w);
	uint64_t bits = world_bits(w, ID_OFFERING, slot);
	int64_t price;

	if (bits % 3)
		return false;
	o->type = market_type_at((size_t)(n / zone_count(w)));
	zone_name(w, (unsigned)(n % zone_count(w)), o->zone);
	o->product = "Linux/UNIX";
	o->tenancy = "default";
	o->class = "standard";
	o->payment = bits >> 8 & 1 ? "All Upfront" : "Partial Upfront";
	o->seconds = (int64_t)(1 + (bits >> 16) % 11) * 30 * DAY;
	o->marketplace = true;
	o->count = 1 + (unsigned)(bits >> 24) % 8;
	price = market_price(w, o->type, false);
	split(o, price * (int64_t)(480 + (bits >> 32) % 120) / 1000);
	return true;
}

bool offering_fill(const struct world *w, uint64_t slot,
	struct sim_offering *o)
{
	*o = (struct sim_offering){ .count = 0 };
	market_uuid(w, ID_OFFERING, slot, o->id);
	return slot < own_slots(w) ? fill_own(w, slot, o) :
		fill_market(w, slot, o);
}

bool offering_find(const struct world *w, const char *id,
	struct sim_offering *out)
{
	uint64_t slot;

	return market_uuid_index(w, ID_OFFERING, id, &slot) &&
		slot < offering_slots(w) && offering_fill(w, slot, out);
}
