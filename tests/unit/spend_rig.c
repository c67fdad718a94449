/* SPDX-License-Identifier: MIT */
#include "tests/unit/spend_rig.h"

#include "fetch/listing.h"
#include "fetch/location.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static bool take_page(void *data, struct segment *segment)
{
	for (uint32_t i = 0; i < segment->count; i++)
		targets_add(data, (struct row){ segment, i }, NULL);
	segment_unref(segment);
	return true;
}

void spend_list(struct action_rig *rig, const char *resource,
	struct location *at, struct targets *out)
{
	struct listing listing = { .session = rig->session,
		.region = "us-east-1", .data = out, .segment = take_page,
		.compiled = action_rig_compiled(rig, resource) };
	struct listing_result result;

	listing.location = at ? at : location_new(listing.compiled->resource);
	if (!listing_run(&listing, &result))
		fail_msg("%s", result.err.text);
	location_unref(listing.location);
}

void spend_offer(struct action_rig *rig, bool marketplace,
	struct targets *out)
{
	struct targets all = { 0 };
	struct location *at = location_new(action_rig_compiled(rig,
		"reserved-offerings")->resource);

	if (!marketplace) {
		location_set(at, "InstanceType", "m6i.large");
		location_set(at, "OfferingType", "All Upfront");
		location_set(at, "MaxDuration", "31536000");
	} else {
		location_set(at, "Filters[0].Name", "marketplace");
		location_set(at, "Filters[0].Values[0]", "true");
	}
	location_set(at, "MaxInstanceCount", SPEND_COUNT);
	spend_list(rig, "reserved-offerings", at, &all);
	assert_true(all.count > 0);
	*out = (struct targets){ 0 };
	targets_copy(out, &all.items[0]);
	targets_clear(&all);
}

void spend_form(struct action_rig *rig, struct form *form, const char *count)
{
	struct error err = ERROR_INIT;

	action_rig_form(rig, form, "reserved-offerings.buy");
	assert_true(form_set(form, form_field(form, "count", &err), count,
		&err));
}

size_t spend_bought(struct action_rig *rig)
{
	struct error err = ERROR_INIT;
	struct path *path = path_compile(NULL, "instanceCount", &err);
	struct targets all = { 0 };
	size_t found = 0;

	spend_list(rig, "reserved-instances", NULL, &all);
	for (size_t i = 0; i < all.count; i++)
		found += !strcmp(row_text(all.items[i].row, path, NULL),
			SPEND_COUNT);
	targets_clear(&all);
	path_free(path);
	return found;
}
