/* SPDX-License-Identifier: MIT */
/*
 * Reserved instances: yours, and what AWS and others sell. Offerings are
 * tens of thousands a region: name a type, as in
 * `reserved-offerings InstanceType=m6i.large`.
 */
#include "catalogue/ec2/ec2.h"
#include "catalogue/ec2/tag_actions.h"
#include "catalogue/offering.h"

/* One of the offers is bought: this cannot be undone and has no idempotency
 * token (EC2 API Reference, PurchaseReservedInstancesOffering). */
static const struct parameter purchase_parameters[] = {
	{ .path = "InstanceCount", .type = VALUE_INTEGER },
	{ .path = "ReservedInstancesOfferingId" },
	{ .path = "LimitPrice.Amount", .type = VALUE_DOUBLE },
	{ .path = "LimitPrice.CurrencyCode" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation purchase_offering = {
	.name = "PurchaseReservedInstancesOffering",
	.effect = EFFECT_SPEND, .repeat = REPEAT_NEVER,
	.parameters = purchase_parameters
};

static const struct action_field purchase_fields[] = {
	{ .name = "count", .title = "How many", .help = "Each pays the price that the offering says.",
	  .type = FIELD_NUMBER, .low = 1, .high = 10000, .parameter = "InstanceCount", .required = true,
	  .listed = "MaxInstanceCount" },
	{ 0 }
};

/* Others' reservations are sold for what they ask then. */
static const struct action_limit purchase_limit = {
	.path = "marketplace", .value = "true",
	.amount = "LimitPrice.Amount", .currency = "LimitPrice.CurrencyCode"
};

static const struct action_match purchase_matches[] = {
	{ .path = "instanceType", .row = "instanceType" },
	{ .path = "availabilityZone", .row = "availabilityZone" },
	{ .path = "instanceCount", .field = "count" },
	{ 0 }
};

static const struct action_verify purchase_verify = {
	.resource = "reserved-instances", .equal = purchase_matches, .began = "start"
};

/* In the order that review_offering knows. */
static const struct field_list purchase_beside[] = {
	{ .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-state-name" },
		{ .parameter = "Filters[0].Values[0]", .value = "running" } } },
	{ .resource = "reserved-instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "state" },
		{ .parameter = "Filters[0].Values[0]", .value = "active" },
		{ .parameter = "Filters[0].Values[1]", .value = "payment-pending" } } },
	{ 0 }
};

static const struct action offering_actions[] = {
	{ .name = "buy", .title = "Buy", .help = "Buys the reservation: what is due now is charged at once, the rest "
		"hour by hour over the whole term, used or not.", .key = 'n', .kind = EFFECT_SPEND, .on = ON_ROW,
	  .operation = &purchase_offering, .target = "ReservedInstancesOfferingId", .fields = purchase_fields,
	  .answer = { .made = "reservedInstancesId" }, .makes = "reserved-instances", .wait_path = "state",
	  .wait_value = "active", .wait_bad = "payment-failed", .cost = cost_offering,
	  .limit = &purchase_limit, .verify = &purchase_verify, .review = review_offering,
	  .beside = purchase_beside },
	{ 0 }
};

/* The form that asks for the offers that fit; "" is not sent. */
static const char *const scope_words[] = { "Region", "Availability Zone", NULL };
static const char *const platform_words[] = { "Linux/UNIX", "Windows", "", NULL };
static const char *const class_words[] = { "standard", "convertible", "", NULL };
static const char *const payment_words[] = { "", "All Upfront", "Partial Upfront", "No Upfront", NULL };
static const char *const term_words[] = { "31536000", "94608000", "", NULL };

static const struct field_list of_types = { .resource = "instance-types" };
static const struct field_list of_zones = { .resource = "zones" };

static const struct action_field find_fields[] = {
	{ .name = "type", .title = "Instance type", .type = FIELD_LIVE, .live = &of_types, .required = true,
	  .path = "instanceType" },
	{ .name = "where", .title = "Where it serves", .help = "In a zone it keeps capacity for you there; anywhere "
		"in the region it is a discount, for Linux on shared hardware on every size of the family.",
	  .type = FIELD_CHOICE, .choices = "region zone", .sends = scope_words, .value = "region", .path = "scope" },
	{ .name = "zone", .title = "Zone", .type = FIELD_LIVE, .live = &of_zones, .required = true,
	  .when = "where=zone", .path = "availabilityZone" },
	{ .name = "count", .title = "How many", .type = FIELD_NUMBER, .low = 1, .high = 10000, .value = "1",
	  .path = "instanceCount" },
	{ .name = "platform", .title = "Platform", .type = FIELD_CHOICE, .choices = "linux windows any",
	  .sends = platform_words, .value = "linux", .path = "productDescription" },
	{ .name = "tenancy", .title = "Tenancy", .type = FIELD_CHOICE, .choices = "default dedicated",
	  .value = "default", .path = "instanceTenancy" },
	{ .name = "class", .title = "Class", .help = "A convertible one can be changed for another later, and costs "
		"more.", .type = FIELD_CHOICE, .choices = "standard convertible any", .sends = class_words,
	  .value = "standard", .path = "offeringClass" },
	{ .name = "payment", .title = "Paid at once", .type = FIELD_CHOICE, .choices = "any all part none",
	  .sends = payment_words, .value = "any" },
	{ .name = "term", .title = "Term", .unit = "years", .type = FIELD_CHOICE, .choices = "1 3 any",
	  .sends = term_words, .value = "1", .path = "duration" },
	{ .name = "marketplace", .title = "Also what other people sell", .help = "On the Marketplace terms are odd, "
		"and the seller is not AWS.", .type = FIELD_SWITCH, .value = "false" },
	{ 0 }
};

static const struct field_list find_offerings = { .resource = "reserved-offerings", .arguments = {
	{ .parameter = "InstanceType", .field = "type" },
	{ .parameter = "Filters[0].Name", .value = "scope" },
	{ .parameter = "Filters[0].Values[0]", .field = "where" },
	{ .parameter = "AvailabilityZone", .field = "zone" },
	{ .parameter = "MaxInstanceCount", .field = "count" },
	{ .parameter = "ProductDescription", .field = "platform" },
	{ .parameter = "InstanceTenancy", .field = "tenancy" },
	{ .parameter = "OfferingClass", .field = "class" },
	{ .parameter = "OfferingType", .field = "payment" },
	{ .parameter = "MinDuration", .field = "term" },
	{ .parameter = "MaxDuration", .field = "term" },
	{ .parameter = "IncludeMarketplace", .field = "marketplace" } } };

static const struct column reserved_columns[] = {
	{ .name = "expires", .title = "Expires", .path = "end", .format = FORMAT_AGE, .w80 = 7, .w132 = 7 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE,
	  .w80 = 11, .w132 = 11, .keep = true },
	{ .name = "type", .title = "Type", .path = "instanceType", .format = FORMAT_NATURAL,
	  .w80 = 12, .w132 = 14, .grow = 1, .keep = true },
	{ .name = "count", .title = "Count", .path = "instanceCount", .format = FORMAT_NUMBER, .w80 = 5, .w132 = 5 },
	{ .name = "in_use", .title = "In use", .derive = derive_reserved_used, .join = "instances",
	  .w80 = 6, .w132 = 6 },
	{ .name = "where", .title = "Where", .path = "availabilityZone", .derive = derive_reserved_where,
	  .w80 = 14, .w132 = 15, .zone = true },
	{ .name = "platform", .title = "Platform", .path = "productDescription", .w80 = 10, .w132 = 14 },
	{ .name = "paid", .title = "Paid", .path = "offeringType", .derive = derive_reserved_paid,
	  .w80 = 4, .w132 = 8 },
	{ .name = "class", .title = "Class", .path = "offeringClass", .derive = derive_reserved_class, .w132 = 5 },
	{ .name = "term", .title = "Term", .path = "duration", .derive = derive_reserved_term,
	  .format = FORMAT_NUMBER, .w132 = 4 },
	{ .name = "upfront", .title = "Upfront", .path = "fixedPrice", .format = FORMAT_MONEY, .w132 = 10 },
	{ .name = "hourly", .title = "Hourly", .derive = derive_reserved_hourly, .format = FORMAT_MONEY, .w132 = 9 },
	{ .name = "id", .title = "Id", .path = "reservedInstancesId", .derive = derive_reserved_id, .w132 = 8 },
	{ .name = "tenancy", .title = "Tenancy", .path = "instanceTenancy" },
	{ .name = "scope", .title = "Scope", .path = "scope" },
	{ .name = "started", .title = "Started", .path = "start", .format = FORMAT_TIME },
	{ .name = "ends", .title = "Ends", .path = "end", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter reserved_parameters[] = {
	EC2_FILTERS,
	{ .path = "ReservedInstancesIds[]", .wire = "ReservedInstancesId.N" },
	{ .path = "OfferingClass" },
	{ .path = "OfferingType" },
	{ 0 }
};

static const struct operation describe_reserved = {
	.name = "DescribeReservedInstances",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = reserved_parameters
};

static const struct argument of_type[] = {
	{ .path = "Filters[].Name", .value = "instance-type" },
	{ .path = "Filters[].Name", .value = "instance-state-name", .index = { 1 } },
	{ .path = "Filters[].Values[]", .value = "running", .index = { 1 } },
	{ 0 }
};

/* All that run of a type as one row, for derive_reserved_used to count. */
static const struct join reserved_joins[] = {
	{ .name = "instances", .operation = &describe_instances, .arguments = of_type,
	  .rows = "reservationSet", .key = "item/instancesSet/item/instanceType", .here = "instanceType",
	  .ids = "Filters[].Values[]", .scope = JOIN_VISIBLE, .refresh = 600 },
	{ 0 }
};

static const struct drill reserved_drills[] = {
	{ .title = "Instances of this type", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-type" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceType" } } },
	{ .title = "Offerings for this type", .resource = "reserved-offerings", .arguments = {
		{ .parameter = "InstanceType", .path = "instanceType" } } },
	{ .title = "Instance type", .resource = "instance-types", .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind reserved_rows[] = {
	{ .path = "reservedInstancesSet/item" },
	{ 0 }
};

#define CONFIGURATION "TargetConfigurations[]."
#define CONFIGURATION_WIRE "ReservedInstancesConfigurationSetItemType.N."

/* It takes no DryRun. */
static const struct parameter modify_parameters[] = {
	{ .path = "ClientToken", .token = true },
	{ .path = "ReservedInstancesIds[]", .wire = "ReservedInstancesId.N" },
	{ .path = CONFIGURATION "AvailabilityZone", .wire = CONFIGURATION_WIRE "AvailabilityZone" },
	{ .path = CONFIGURATION "InstanceCount", .wire = CONFIGURATION_WIRE "InstanceCount", .type = VALUE_INTEGER },
	{ .path = CONFIGURATION "InstanceType", .wire = CONFIGURATION_WIRE "InstanceType" },
	{ .path = CONFIGURATION "Scope", .wire = CONFIGURATION_WIRE "Scope" },
	{ 0 }
};

static const struct operation modify_reserved = {
	.name = "ModifyReservedInstances",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_TOKEN,
	.parameters = modify_parameters
};

static const struct argument zonal[] = {
	{ .path = CONFIGURATION "Scope", .value = "Availability Zone" },
	{ 0 }
};

static const struct field_list zones = { .resource = "zones" };

static const struct action_field modify_fields[] = {
	{ .name = "for", .title = "Serves", .type = FIELD_CHOICE, .choices = "region zone", .value = "region",
	  .required = true, .help = "A region: any of its zones, and of Linux other sizes too. A zone: there is "
		"room kept for it there." },
	{ .name = "zone", .title = "Zone", .type = FIELD_LIVE, .live = &zones, .when = "for=zone", .with = zonal,
	  .parameter = "TargetConfigurations[0].AvailabilityZone", .path = "availabilityZone", .required = true },
	{ .name = "scope", .title = "Scope", .type = FIELD_CHOICE, .choices = "Region", .value = "Region",
	  .when = "for=region", .parameter = "TargetConfigurations[0].Scope" },
	{ .name = "type", .title = "Type", .parameter = "TargetConfigurations[0].InstanceType", .path = "instanceType",
	  .required = true, .help = "Another size of the same family, Linux only, and as many as come to the same." },
	{ .name = "count", .title = "Count", .type = FIELD_NUMBER, .low = 1, .high = 100000, .required = true,
	  .parameter = "TargetConfigurations[0].InstanceCount", .path = "instanceCount" },
	{ 0 }
};

static const struct action_note modify_notes[] = {
	{ .text = "This reservation ends and another one begins, for the rest of its term, at no cost" },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "buy", .title = "Buy", .help = "Finds what is offered; choose one there, and buy it with its own "
		"action.", .key = 'n', .kind = EFFECT_READ, .on = ON_PLACES, .fields = find_fields,
	  .opens = &find_offerings },
	{ .name = "modify", .title = "Move or resize", .key = 'm', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .where = "state=active", .operation = &modify_reserved, .target = "ReservedInstancesIds[]",
	  .fields = modify_fields, .notes = modify_notes },
	EC2_TAG_ACTIONS('t', 'y'),
	{ 0 }
};

static const struct resource reserved = {
	.name = "reserved-instances", .aliases = "ri", .title = "Reserved instances", .one = "reservation",
	.list = &describe_reserved, .rows = reserved_rows,
	.identity = { "reservedInstancesId" },
	.columns = reserved_columns, .sort = "state,expires", .joins = reserved_joins, .drills = reserved_drills,
	.actions = actions,
	.tags = { "tagSet/item", "key", "value" }, .get = "ReservedInstancesIds[]",
	.arn = "arn:{partition}:ec2:{region}:{account}:reserved-instances/{id}",
	.console = EC2_CONSOLE "ReservedInstances:reservedInstancesId={id}"
};

static const struct column offering_columns[] = {
	{ .name = "type", .title = "Type", .path = "instanceType", .format = FORMAT_NATURAL,
	  .w80 = 11, .w132 = 14, .grow = 1, .keep = true },
	{ .name = "where", .title = "Where", .path = "availabilityZone", .derive = derive_reserved_where,
	  .w80 = 10, .w132 = 15, .zone = true },
	{ .name = "platform", .title = "Platform", .path = "productDescription", .w132 = 10 },
	{ .name = "paid", .title = "Paid", .path = "offeringType", .derive = derive_reserved_paid,
	  .w80 = 4, .w132 = 5 },
	{ .name = "term", .title = "Term", .path = "duration", .derive = derive_reserved_term,
	  .format = FORMAT_NUMBER, .w80 = 4, .w132 = 4 },
	{ .name = "class", .title = "Class", .path = "offeringClass", .derive = derive_reserved_class,
	  .w80 = 5, .w132 = 5 },
	{ .name = "upfront", .title = "Upfront", .path = "fixedPrice", .format = FORMAT_MONEY, .w80 = 10, .w132 = 11 },
	{ .name = "hourly", .title = "Hourly", .derive = derive_reserved_hourly, .format = FORMAT_MONEY,
	  .w80 = 8, .w132 = 9 },
	{ .name = "effective", .title = "Eff./h", .derive = derive_offering_effective, .format = FORMAT_MONEY,
	  .w80 = 8, .w132 = 9, .keep = true },
	{ .name = "total", .title = "Total", .derive = derive_offering_total, .format = FORMAT_MONEY, .w132 = 12 },
	{ .name = "break_even", .title = "Break-even", .derive = derive_offering_break_even,
	  .format = FORMAT_NUMBER, .w80 = 10, .w132 = 10 },
	{ .name = "running", .title = "Running", .derive = derive_offering_running, .format = FORMAT_NUMBER,
	  .join = "instances", .w132 = 7 },
	{ .name = "seller", .title = "Seller", .path = "marketplace", .derive = derive_offering_seller,
	  .w132 = 6 },
	{ .name = "tenancy", .title = "Tenancy", .path = "instanceTenancy" },
	{ .name = "offered", .title = "Offered", .path = "pricingDetailsSet/item/count", .format = FORMAT_NUMBER },
	{ .name = "scope", .title = "Scope", .path = "scope" },
	{ .name = "currency", .title = "Currency", .path = "currencyCode" },
	{ .name = "offering", .title = "Offering", .path = "reservedInstancesOfferingId" },
	{ 0 }
};

static const struct parameter offering_parameters[] = {
	EC2_FILTERS,
	{ .path = "AvailabilityZone" },
	{ .path = "IncludeMarketplace", .type = VALUE_BOOLEAN },
	{ .path = "InstanceType" },
	{ .path = "MaxDuration", .type = VALUE_INTEGER },
	{ .path = "MaxInstanceCount", .type = VALUE_INTEGER },
	{ .path = "MinDuration", .type = VALUE_INTEGER },
	{ .path = "OfferingClass" },
	{ .path = "ProductDescription" },
	{ .path = "ReservedInstancesOfferingIds[]", .wire = "ReservedInstancesOfferingId.N" },
	{ .path = "InstanceTenancy" },
	{ .path = "OfferingType" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_offerings = {
	.name = "DescribeReservedInstancesOfferings",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = offering_parameters,
	.paging = { .token_in = "NextToken", .token_out = "nextToken",
		.size = "MaxResults", .size_value = "100" }
};

/* Said, so that nobody depends on what AWS takes for granted. */
static const struct argument with_marketplace[] = {
	{ .path = "IncludeMarketplace", .value = "true" },
	{ 0 }
};

static const struct drill offering_drills[] = {
	{ .title = "Document", .enter = true },
	{ .title = "Your instances of this type", .resource = "instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-type" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceType" } } },
	{ .title = "Your reservations of this type", .resource = "reserved-instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "instance-type" },
		{ .parameter = "Filters[0].Values[0]", .path = "instanceType" } } },
	{ .title = "Instance type", .resource = "instance-types", .arguments = {
		{ .parameter = "InstanceTypes[0]", .path = "instanceType" } } },
	{ 0 }
};

static const struct row_kind offering_rows[] = {
	{ .path = "reservedInstancesOfferingsSet/item" },
	{ 0 }
};

static const struct resource offerings = {
	.name = "reserved-offerings", .aliases = "ro", .title = "Reserved offerings", .one = "offering",
	.list = &describe_offerings, .whole = with_marketplace, .rows = offering_rows,
	.identity = { "reservedInstancesOfferingId" },
	.columns = offering_columns, .sort = "effective,type,where", .joins = reserved_joins,
	.drills = offering_drills,
	.actions = offering_actions,
	.get = "ReservedInstancesOfferingIds[]",
	.console = EC2_CONSOLE "ReservedInstances:"
};

const struct resource *ec2_reserved_instances(void)
{
	return &reserved;
}

const struct resource *ec2_reserved_offerings(void)
{
	return &offerings;
}
