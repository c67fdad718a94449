/* SPDX-License-Identifier: MIT */
/* A listing against a session that answers from a script, and all that it
 * handed over. */
#ifndef TESTS_LISTING_RUN_H
#define TESTS_LISTING_RUN_H

#include "fetch/listing.h"

#include "base/clock.h"
#include "base/mem.h"
#include "doc/reader.h"
#include "fake_session.h"
#include "sample_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sample sample;

/* A listing, and all that it handed over. */
struct run {
	struct listing listing;
	struct listing_result result;
	struct session session;
	struct str names;                /* "a b" of each page, a line each */
	size_t stop_after;               /* pages; 0: never */
	size_t pages;
	uint64_t first;                  /* identity of the last page's row */
	bool indexed, ok;
};

static bool take(void *data, struct segment *s)
{
	struct run *r = data;

	for (uint32_t i = 0; i < s->count; i++) {
		row_id((struct row){ s, i }, &r->names);
		str_addc(&r->names, ' ');
	}
	str_addc(&r->names, '\n');
	r->indexed = s->text != NULL;
	r->first = s->identities ? s->identities[0] : 0;
	segment_unref(s);
	return ++r->pages != r->stop_after;
}

static void run_open(struct run *r, const char *const *pages, size_t count)
{
	*r = (struct run){
		.names = STR_INIT,
		.session = { .pages = pages, .count = count,
			.error = ERR_NETWORK, .asked = STR_INIT,
			.names = sample.names },
		.listing = { .compiled = sample.compiled,
			.region = "eu-west-1", .segment = take }
	};
	r->listing.session = &r->session;
	r->listing.data = r;
	r->listing.location = sample_location();
}

static void run(struct run *r)
{
	r->ok = listing_run(&r->listing, &r->result);
	assert_int_equal(r->result.pages, r->pages);
}

static void run_close(struct run *r)
{
	location_unref(r->listing.location);
	str_clear(&r->names);
	str_clear(&r->session.asked);
}

#endif
