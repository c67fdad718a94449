/* SPDX-License-Identifier: MIT */
#include "catalogue/ec2/network.h"
#include "catalogue/ec2/tag_actions.h"

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

/* The private key comes once: a reply that is lost is lost for good, so
 * there is one attempt only (aws.md 5.2). */
static const struct parameter create_parameters[] = {
	{ .path = "KeyName" },
	{ .path = "KeyType" },
	TAG_PARAMETERS,
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation create_key_pair = {
	.name = "CreateKeyPair",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = create_parameters
};

static const struct parameter import_parameters[] = {
	{ .path = "KeyName" },
	{ .path = "PublicKeyMaterial", .type = VALUE_BLOB },
	TAG_PARAMETERS,
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation import_key_pair = {
	.name = "ImportKeyPair",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = import_parameters
};

static const struct parameter delete_parameters[] = {
	{ .path = "KeyPairId" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation delete_key_pair = {
	.name = "DeleteKeyPair",
	.effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct argument tags_of_key[] = TAGGED("key-pair");

#define NAME_FIELD { .name = "name", .title = "Name", .parameter = "KeyName", \
	.check = check_key_name, .required = true }

static const struct action_field create_fields[] = {
	NAME_FIELD,
	{ .name = "type", .title = "Type", .type = FIELD_CHOICE, .parameter = "KeyType", .choices = "rsa ed25519",
	  .value = "rsa", .help = "Windows needs rsa: its password comes enciphered for it." },
	{ .name = "file", .title = "Private key into", .type = FIELD_SAVE, .required = true,
	  .help = "A new file that only you can read. AWS keeps no copy: it cannot be had again." },
	TAG_FIELD(tags_of_key),
	{ 0 }
};

static const struct action_field import_fields[] = {
	NAME_FIELD,
	{ .name = "key", .title = "Public key", .type = FIELD_FILE, .parameter = "PublicKeyMaterial",
	  .check = check_public_key, .required = true, .help = "As in ~/.ssh/id_ed25519.pub." },
	TAG_FIELD(tags_of_key),
	{ 0 }
};

static const struct action_note delete_notes[] = {
	{ .text = "Instances that were launched with it go on trusting it: it stays in their files" },
	{ .text = "Nothing can be launched with it any more" },
	{ 0 }
};

static const struct drill dependents[] = {
	{ .title = "Instances that trust it", .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "key-name" },
		{ .parameter = "Filters[0].Values[0]", .path = "keyName" } } },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "new", .title = "New key pair", .key = 'n', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &create_key_pair, .fields = create_fields,
	  .answer = { .made = "keyPairId", .text = "keyMaterial" } },
	{ .name = "import", .title = "Import a public key", .key = 'i', .kind = EFFECT_CHANGE, .on = ON_PLACES,
	  .operation = &import_key_pair, .fields = import_fields, .answer = { .made = "keyPairId" } },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete_key_pair,
	  .target = "KeyPairId", .notes = delete_notes, .dependents = dependents },
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
	.actions = actions,
	.tags = { "tagSet/item", "key", "value" },
	.get = "KeyPairIds[]", .id_prefix = "key-",
	.arn = "arn:{partition}:ec2:{region}:{account}:key-pair/{id}",
	.console = EC2_CONSOLE "KeyPairs:keyPairId={id}"
};

const struct resource *ec2_key_pairs(void)
{
	return &key_pairs;
}
