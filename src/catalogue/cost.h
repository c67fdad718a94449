/* SPDX-License-Identifier: MIT */
/*
 * What an action costs, computed from the row that it is about and what was
 * filled in. Pure functions; any thread. Money is in millionths of the
 * currency's unit, so that nothing is rounded before it is shown.
 */
#ifndef CATALOGUE_COST_H
#define CATALOGUE_COST_H

#include "catalogue/format.h"

#define COST_UNIT 1000000

struct cost {
	int64_t now;             /* paid at once */
	int64_t hourly;          /* for each hour after */
	int64_t total;           /* over the whole term; = now if none */
	int64_t hours;           /* of the term; 0: no term */
	char currency[8];        /* "USD" */
	const char *source;      /* "as the offering says" */
};

/* The value of a field, NULL: none. */
typedef const char *cost_field_function(const void *data, const char *name);

/* False: not known. */
typedef bool cost_function(const struct cell *row,
	cost_field_function *field, const void *data, struct cost *out);

/* An amount as AWS and people write it, "508.0", in billionths, so that
 * thousands of hours multiply exactly; false: it is none. */
bool cost_read(const char *text, int64_t *billionths);

/* "$2,032.00": two decimals, more where the amount is below a cent of an
 * hour; appends. */
void cost_money(int64_t amount, const char *currency, struct str *out);

/* "2032.00", as --total takes it; appends. */
void cost_plain(int64_t amount, struct str *out);

/* "two thousand and thirty-two dollars and five cents"; appends. */
void cost_words(int64_t amount, const char *currency, struct str *out);

#endif
