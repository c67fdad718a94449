/* SPDX-License-Identifier: MIT */
/*
 * Where a listing is: a resource, and what its parent or a TARGET says of
 * it. Set up by one thread; once handed on it never changes and any thread
 * may read it, and hold it by reference.
 */
#ifndef FETCH_LOCATION_H
#define FETCH_LOCATION_H

#include "base/error.h"
#include "catalogue/resource.h"

struct location {
	const struct resource *resource;
	size_t argument_count;
	struct {                 /* Bucket, Prefix; server-side filters */
		char *parameter, *value;
	} arguments[DRILL_ARGUMENTS];
	unsigned refs;           /* atomic */
};

struct location *location_new(const struct resource *resource);
struct location *location_ref(struct location *p);
void location_unref(struct location *p);
void location_set(struct location *p, const char *parameter,
	const char *value);
const char *location_get(const struct location *p, const char *parameter);
bool location_equal(const struct location *a, const struct location *b);

/* What people add: PARAMETER=VALUE of the listing's operation, where "[0]"
 * may be left out, or Filters.NAME=VALUE for AWS's filter of that name. */
bool location_add_word(struct location *p, const char *word,
	struct error *err);

/* The value of the last scope parameter, S3's prefix; NULL: none. */
const char *location_parent(const struct location *p);

/* One level up in S3 or what else has a scope that ends in "/": the new
 * reference, NULL at the top. */
struct location *location_up(const struct location *p);

/* "Filters[0].Values[2]" as an argument: path "Filters[].Values[]", whose
 * memory is the caller's to free, and index 0, 2. */
char *location_parameter(const char *parameter, unsigned index[2]);

#endif
