/* SPDX-License-Identifier: MIT */
/*
 * What instance types cost by the hour without any reservation, where we
 * know it, and how big they are beside each other. Pure; any thread.
 */
#ifndef CATALOGUE_PRICE_H
#define CATALOGUE_PRICE_H

#include <stdbool.h>
#include <stdint.h>

/* What the prices are from, for people. */
#define PRICE_SOURCE "AWS's price list of January 2025"

/* Millionths of a dollar an hour, Linux on shared hardware. False: not
 * known, which is not nothing. */
bool price_on_demand(const char *type, const char *platform,
	const char *tenancy, const char *region, int64_t *hourly);

/* Quarters of AWS's normalization factor: nano 1, large 16; 0: none known.
 * (EC2 User Guide, "How Reserved Instance discounts are applied") */
unsigned price_size(const char *type);

/* "m7i" of "m7i.large": its length. */
unsigned price_family(const char *type);

/* Do regional reservations of the family serve its other sizes too? */
bool price_is_flexible(const char *type);

#endif
