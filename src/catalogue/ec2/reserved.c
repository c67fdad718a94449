/* SPDX-License-Identifier: MIT */
/*
 * Reserved instances: yours, and what AWS and others sell. Offerings are
 * tens of thousands a region: name a type, as in
 * `reserved-offerings InstanceType=m6i.large`.
 */
#include "catalogue/ec2/ec2.h"
#include "catalogue/ec2/tag_actions.h"

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
	  .w80 = 12, .w132 = 14, .grow = 1, .keep = true },
	{ .name = "where", .title = "Where", .path = "availabilityZone", .derive = derive_reserved_where,
	  .w80 = 10, .w132 = 15, .zone = true },
	{ .name = "platform", .title = "Platform", .path = "productDescription", .w132 = 18 },
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
	{ .name = "seller", .title = "Seller", .path = "marketplace", .derive = derive_offering_seller,
	  .w80 = 6, .w132 = 11 },
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
	.columns = offering_columns, .sort = "effective,type,where", .drills = offering_drills,
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
