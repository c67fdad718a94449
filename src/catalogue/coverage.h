/* SPDX-License-Identifier: MIT */
/*
 * How many of the instances that run today a reservation would serve, beside
 * those that are reserved already. AWS applies what is reserved in a zone
 * first, then what is reserved in the region, there from the smallest
 * instance to the largest. (EC2 User Guide, "How Reserved Instance discounts
 * are applied") A pure function of rows; any thread.
 */
#ifndef CATALOGUE_COVERAGE_H
#define CATALOGUE_COVERAGE_H

#include "catalogue/offering.h"

struct coverage {
	size_t running;          /* of its type, platform, tenancy, place */
	size_t reserved;         /* of these, by what there is */
	size_t more;             /* of these, by this */
	/* Regional, Linux, shared: other sizes of the family are served too.
	 * Quarters of AWS's normalization factor. */
	bool flexible;
	uint64_t units, units_reserved, units_more;
};

/* instances and reserved are rows of those two resources. */
void coverage_compute(const struct offering *o, size_t count,
	const struct review_rows *instances,
	const struct review_rows *reserved, struct coverage *out);

#endif
