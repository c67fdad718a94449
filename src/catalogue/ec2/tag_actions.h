/* SPDX-License-Identifier: MIT */
/*
 * Tags of whatever EC2 has by an id: the same two actions for all tables.
 */
#ifndef CATALOGUE_EC2_TAG_ACTIONS_H
#define CATALOGUE_EC2_TAG_ACTIONS_H

#include "catalogue/check.h"
#include "catalogue/tables.h"

/* Of both; a tag with its value is taken off only if it has that value. */
static const struct parameter tag_parameters[] = {
	{ .path = "Resources[]", .wire = "ResourceId.N" },
	{ .path = "Tags[].Key", .wire = "Tag.N.Key" },
	{ .path = "Tags[].Value", .wire = "Tag.N.Value" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation create_tags = {
	.name = "CreateTags",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = tag_parameters
};

static const struct operation delete_tags = {
	.name = "DeleteTags",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = tag_parameters
};

static const struct action_field tag_fields[] = {
	{ .name = "tags", .title = "Tags", .type = FIELD_PAIR, .parameter = "Tags[].Key", .pair = "Tags[].Value",
	  .required = true, .help = "KEY=VALUE each; a key that is there already gets the new value." },
	{ 0 }
};

static const struct action_field untag_fields[] = {
	{ .name = "keys", .title = "Keys", .parameter = "Tags[].Key", .check = check_tag_key, .required = true,
	  .help = "The keys of the tags that go, whatever their values." },
	{ 0 }
};

/* For the end of a table's actions; its id is what is tagged. The letters
 * are those that the table has left. */
#define EC2_TAG_ACTIONS(letter, letter_off) \
	{ .name = "tag", .title = "Set tags", .key = (letter), .kind = EFFECT_CHANGE, \
	  .operation = &create_tags, .target = "Resources[]", .batch = 100, .undo = "untag", \
	  .fields = tag_fields }, \
	{ .name = "untag", .title = "Remove tags", .key = (letter_off), .kind = EFFECT_CHANGE, \
	  .operation = &delete_tags, .target = "Resources[]", .batch = 100, .undo = "tag", \
	  .fields = untag_fields }

/* The same where it is known by a name, and tagged by the id at a path. */
#define EC2_TAG_ACTIONS_OF(rows, letter, letter_off) \
	{ .name = "tag", .title = "Set tags", .key = (letter), .kind = EFFECT_CHANGE, \
	  .operation = &create_tags, .row_arguments = (rows), .undo = "untag", .fields = tag_fields }, \
	{ .name = "untag", .title = "Remove tags", .key = (letter_off), .kind = EFFECT_CHANGE, \
	  .operation = &delete_tags, .row_arguments = (rows), .undo = "tag", .fields = untag_fields }

#endif
