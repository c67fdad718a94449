/* SPDX-License-Identifier: MIT */
/*
 * What an offering of reserved instances says, what it costs, and what it is
 * worth beside the price on demand. (EC2 API Reference,
 * DescribeReservedInstancesOfferings.) Pure; any thread.
 */
#ifndef CATALOGUE_OFFERING_H
#define CATALOGUE_OFFERING_H

#include "catalogue/review.h"

/* Of an offering or of what is reserved: both are written alike. Texts
 * belong to the row. */
struct offering {
	const char *id, *type, *tenancy, *class, *payment;
	const char *zone;        /* "": any of the region */
	char platform[64];       /* as instances have it: without "(Amazon
				    VPC)" */
	int64_t seconds;         /* of the term */
	int64_t fixed, hourly;   /* of one, billionths */
	bool priced;             /* the two are known */
};

void offering_read(const struct cell *row, struct offering *out);

/* Field `count`, 1 if there is none. On the Marketplace the cheapest are
 * sold first; more than there are have no price. */
cost_function cost_offering;

struct offering_worth {
	bool known;              /* the price on demand is */
	int64_t on_demand;       /* millionths an hour, each */
	int64_t effective;       /* all of the cost, by the hour, each */
	int64_t saves;           /* over the term, all; may be negative */
	int64_t tenths;          /* of a month until it has paid for itself,
				    running 24×7; -1: not in its term */
};

void offering_worth(const struct offering *o, const struct cost *cost,
	int64_t count, const char *region, struct offering_worth *out);

/* "1 year", "322 days"; appends. */
void offering_term(int64_t seconds, struct str *out);

review_function review_offering;

#endif
