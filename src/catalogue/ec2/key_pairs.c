/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/ec2.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "keyName", .format = FORMAT_NATURAL,
	  .w80 = 24, .w132 = 24, .grow = 1, .keep = true },
	{ .name = "key", .title = "Key", .path = "keyPairId", .w80 = 21, .w132 = 21 },
	{ .name = "type", .title = "Type", .path = "keyType", .w80 = 7, .w132 = 7 },
	{ .name = "used", .title = "Used", .derive = derive_instance_count, .format = FORMAT_NUMBER,
	  .join = "instances", .w80 = 5, .w132 = 5 },
	{ .name = "age", .title = "Age", .path = "createTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "fingerprint", .title = "Fingerprint", .path = "keyFingerprint", .w132 = 59 },
	{ .name = "created", .title = "Created", .path = "createTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	EC2_FILTERS,
	{ .path = "KeyNames[]", .wire = "KeyName.N" },
	{ .path = "KeyPairIds[]", .wire = "KeyPairId.N" },
	{ .path = "IncludePublicKey", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation describe_key_pairs = {
	.name = "DescribeKeyPairs",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters
};

static const struct argument with_key_name[] = {
	{ .path = "Filters[].Name", .value = "key-name" },
	EC2_NOT_TERMINATED,
	{ 0 }
};

static const struct join joins[] = {
	{ .name = "instances", .operation = &describe_instances, .arguments = with_key_name,
	  .rows = "reservationSet", .key = "item/instancesSet/item/keyName", .here = "keyName",
	  .ids = "Filters[].Values[]", .scope = JOIN_VISIBLE, .refresh = 600 },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Instances that trust it", .resource = "instances", .enter = true, .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "key-name" },
		{ .parameter = "Filters[0].Values[0]", .path = "keyName" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "keySet/item" },
	{ 0 }
};

static const struct resource key_pairs = {
	.name = "key-pairs", .aliases = "keys", .title = "Key pairs", .one = "key pair",
	.list = &describe_key_pairs, .rows = rows,
	.identity = { "keyPairId" }, .label = "keyName",
	.columns = columns, .sort = "name,key", .joins = joins, .drills = drills,
	.tags = { "tagSet/item", "key", "value" },
	.get = "KeyPairIds[]", .id_prefix = "key-",
	.arn = "arn:{partition}:ec2:{region}:{account}:key-pair/{id}",
	.console = EC2_CONSOLE "KeyPairs:keyPairId={id}"
};

const struct resource *ec2_key_pairs(void)
{
	return &key_pairs;
}
