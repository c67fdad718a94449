/* SPDX-License-Identifier: MIT */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct region_item {
	struct ec2_row row;
	const char *name, *optin;
	char endpoint[64];
};

struct zone_item {
	struct ec2_row row;
	const char *region, *state, *type, *optin;
	char name[24];
	char id[24];
	char group[32];
};

static const char *optin_text(enum optin optin)
{
	return optin == OPTIN_DEFAULT ? "opt-in-not-required" :
		optin == OPTIN_YES ? "opted-in" : "not-opted-in";
}

static bool is_true(const struct call *c, const char *name)
{
	const char *value = call_param(c, name);

	return value && !strcmp(value, "true");
}

static bool is_named(const struct call_pairs *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (!strcmp(names->items[i].value, name))
			return true;
	return names->count == 0;
}

static const struct ec2_field region_filters[] = {
	{ "endpoint", FIELD_CHARS, offsetof(struct region_item, endpoint), NULL, NULL },
	{ "opt-in-status", FIELD_TEXT, offsetof(struct region_item, optin), NULL, NULL },
	{ "region-name", FIELD_TEXT, offsetof(struct region_item, name), NULL, NULL },
	{ .name = NULL }
};

static bool check_region_names(struct call *c, const struct call_pairs *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (!region_row_find(names->items[i].value))
			return call_error(c, 400, "InvalidParameterValue",
				"Invalid region: %s", names->items[i].value);
	return true;
}

static void add_regions(struct call *c, const struct call_pairs *names,
	const struct ec2_filters *filters)
{
	bool all = is_true(c, "AllRegions");
	const struct region_row *r;

	for (size_t n = 0; (r = region_at(n)); n++) {
		struct region_item item = { .name = r->name };

		item.optin = optin_text(r->optin);
		snprintf(item.endpoint, sizeof(item.endpoint),
			"ec2.%s.amazonaws.com", r->name);
		if ((r->optin == OPTIN_NO && !all) ||
			!is_named(names, r->name) ||
			!ec2_filters_pass(filters, &item))
			continue;
		xml_add(c->out, "<item><regionName>%r</regionName>"
			"<regionEndpoint>%r</regionEndpoint><optInStatus>%r"
			"</optInStatus></item>", item.name, item.endpoint,
			item.optin);
	}
}

void ec2_describe_regions(struct call *c)
{
	struct ec2_filters *filters = ec2_filters_new(c, region_filters, NULL);
	struct call_pairs names = { 0 };

	if (!filters)
		return;
	call_list(c, "RegionName", &names);
	if (!ec2_dry_run(c) && check_region_names(c, &names)) {
		call_open(c);
		str_add(c->out, "<regionInfo>");
		add_regions(c, &names, filters);
		str_add(c->out, "</regionInfo>");
		call_close(c);
	}
	VEC_FREE(&names);
	ec2_filters_free(filters);
}

static const struct ec2_field zone_filters[] = {
	{ "group-name", FIELD_CHARS, offsetof(struct zone_item, group), NULL, NULL },
	{ "opt-in-status", FIELD_TEXT, offsetof(struct zone_item, optin), NULL, NULL },
	{ "region-name", FIELD_TEXT, offsetof(struct zone_item, region), NULL, NULL },
	{ "state", FIELD_TEXT, offsetof(struct zone_item, state), NULL, NULL },
	{ "zone-id", FIELD_CHARS, offsetof(struct zone_item, id), NULL, NULL },
	{ "zone-name", FIELD_CHARS, offsetof(struct zone_item, name), NULL, NULL },
	{ "zone-type", FIELD_TEXT, offsetof(struct zone_item, type), NULL, NULL },
	{ .name = NULL }
};

static void add_zone(struct call *c, const struct call_pairs *names,
	const struct call_pairs *ids, const struct ec2_filters *filters,
	unsigned n)
{
	const struct region_row *r = c->world->region;
	struct zone_item item = {
		.region = r->name, .state = "available",
		.type = "availability-zone", .optin = "opt-in-not-required",
	};

	zone_name(c->world, n, item.name);
	snprintf(item.id, sizeof(item.id), "%s-az%u", r->zone_id, n + 1);
	snprintf(item.group, sizeof(item.group), "%s-zg-1", r->name);
	if (!is_named(names, item.name) || !is_named(ids, item.id) ||
		!ec2_filters_pass(filters, &item))
		return;
	xml_add(c->out, "<item><zoneName>%r</zoneName>"
		"<zoneState>%r</zoneState><regionName>%r</regionName><messageSet/><optInStatus>%r"
		"</optInStatus><zoneId>%r</zoneId><groupName>%r</groupName>"
		"<networkBorderGroup>%r</networkBorderGroup><zoneType>%r"
		"</zoneType></item>", item.name, item.state, item.region,
		item.optin, item.id, item.group, item.region, item.type);
}

void ec2_describe_zones(struct call *c)
{
	struct ec2_filters *filters = ec2_filters_new(c, zone_filters, NULL);
	struct call_pairs names = { 0 }, ids = { 0 };

	if (!filters)
		return;
	call_list(c, "ZoneName", &names);
	call_list(c, "ZoneId", &ids);
	if (!ec2_dry_run(c)) {
		call_open(c);
		str_add(c->out, "<availabilityZoneInfo>");
		for (unsigned n = 0; n < zone_count(c->world); n++)
			add_zone(c, &names, &ids, filters, n);
		str_add(c->out, "</availabilityZoneInfo>");
		call_close(c);
	}
	VEC_FREE(&names);
	VEC_FREE(&ids);
	ec2_filters_free(filters);
}
