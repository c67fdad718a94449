/* SPDX-License-Identifier: MIT */
/*
 * Tags of EC2 resources: those a row is born with, and what CreateTags and
 * DeleteTags have changed since. Under the world's lock.
 */
#ifndef SIM_EC2_TAGS_H
#define SIM_EC2_TAGS_H

#include "base/str.h"
#include "sim/call.h"
#include "sim/world.h"

#include <stddef.h>

#define TAGS_MOST 50

struct tag {
	const char *key;
	const char *value;
};

struct tags {
	struct tag items[TAGS_MOST];
	size_t count;
};

/* Of a value NULL there is no tag; beyond the most, none either. */
void tags_add(struct tags *t, const char *key, const char *value);
const char *tags_get(const struct tags *t, const char *key);

/* What has been changed about the resource of that id. */
void tags_apply(const struct world *w, const char *id, struct tags *t);

/* value NULL: the tag is removed. */
void tags_change(struct world *w, const char *id, const char *key,
	const char *value);

/* <tagSet>…</tagSet>, nothing without tags. */
void tags_write(struct str *out, const struct tags *t);
void tag_changes_free(void *changes);

/* TagSpecification.N of that type; those of other types than the call may
 * name are refused. types: blank-separated. False: answered. */
bool ec2_tags_on_create(struct call *c, const char *types, const char *type,
	struct call_pairs *out);
void ec2_tags_set(struct call *c, const char *id,
	const struct call_pairs *tags);

/* As AWS counts them. */
size_t ec2_characters(const char *text);

#endif
