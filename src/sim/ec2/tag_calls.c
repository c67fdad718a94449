/* SPDX-License-Identifier: MIT */
/* CreateTags, DeleteTags, DescribeTags. */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/text.h"
#include "base/vec.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define SCAN_MOST 50000

union resource_row {
	struct ec2_row row;
	char bytes[EC2_ROW_MOST];
	int64_t align;
};

/* What can be tagged, in the order in which DescribeTags goes. */
static const struct {
	const char *type;
	const struct ec2_list *(*list)(void);
} resources[] = {
	{ "instance", instance_list },
	{ "volume", volume_list },
	{ "image", image_list },
	{ "snapshot", snapshot_list },
};

#define RESOURCES (sizeof(resources) / sizeof(*resources))

/* Those, then the kinds of the store. NULL: no more. */
static const struct ec2_list *resource_at(size_t n, const char **type)
{
	const struct thing_kind *kind;

	if (n < RESOURCES) {
		*type = resources[n].type;
		return resources[n].list();
	}
	kind = thing_kind_at(n - RESOURCES);
	*type = kind ? kind->type : NULL;
	return kind ? &kind->list : NULL;
}

static bool find_resource(struct call *c, const char *id, void *row)
{
	const struct ec2_list *list;
	const char *type;

	for (size_t i = 0; (list = resource_at(i, &type)); i++)
		if (type && str_starts(id, list->prefix))
			return ec2_list_find(c, list, id, row);
	return call_error(c, 400, "InvalidID", "The ID '%s' is not valid", id);
}

size_t ec2_characters(const char *text)
{
	size_t count = 0, len = strlen(text), n;
	uint32_t cp;

	for (; len > 0 && (n = text_decode(text, len, &cp)); count++) {
		text += n;
		len -= n;
	}
	return count;
}

bool ec2_check_tag(struct call *c, const char *key, const char *value)
{
	if (!*key || ec2_characters(key) > 127)
		return call_error(c, 400, "InvalidParameterValue", "Tag key "
			"exceeds the maximum length of 127 characters or is "
			"empty: '%s'", key);
	if (str_starts(key, "aws:"))
		return call_error(c, 400, "InvalidParameterValue", "Tag keys "
			"starting with 'aws:' are reserved for internal use");
	if (value && ec2_characters(value) > 255)
		return call_error(c, 400, "InvalidParameterValue", "Tag value "
			"exceeds the maximum length of 255 characters");
	return true;
}

static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = words; (p = strstr(p, word)); p += len)
		if ((p == words || p[-1] == ' ') &&
		    (!p[len] || p[len] == ' '))
			return len > 0;
	return false;
}

/* The tags of the n-th specification. */
static bool read_specification(struct call *c, unsigned n,
	struct call_pairs *out)
{
	const char *key;

	for (unsigned i = 1; (key = call_param(c, call_textf(c,
		"TagSpecification.%u.Tag.%u.Key", n, i))); i++) {
		const char *value = call_param(c, call_textf(c,
			"TagSpecification.%u.Tag.%u.Value", n, i));

		if (!ec2_check_tag(c, key, value))
			return false;
		*VEC_PUSH(out) = (struct call_pair){ key, value ? value :
			"" };
		if (out->count > TAGS_MOST)
			return call_error(c, 400, "TagLimitExceeded", "The "
				"maximum number of tags of a resource is %d",
				TAGS_MOST);
	}
	return true;
}

bool ec2_tags_on_create(struct call *c, const char *types, const char *type,
	struct call_pairs *out)
{
	const char *given;

	for (unsigned n = 1; (given = call_param(c, call_textf(c,
		"TagSpecification.%u.ResourceType", n))); n++) {
		if (!has_word(types, given))
			return call_error(c, 400, "InvalidParameterValue",
				"'%s' is not a valid taggable resource type "
				"for this operation.", given);
		if (!strcmp(given, type) && !read_specification(c, n, out))
			return false;
	}
	return true;
}

void ec2_tags_set(struct call *c, const char *id,
	const struct call_pairs *tags)
{
	for (size_t i = 0; i < tags->count; i++)
		tags_change(c->world, id, tags->items[i].name,
			tags->items[i].value);
}

/* Tag.N.Key and Tag.N.Value; a value that is not there is NULL. */
static bool read_tags(struct call *c, struct call_pairs *tags)
{
	for (unsigned n = 1;; n++) {
		const char *key = call_param(c,
			call_textf(c, "Tag.%u.Key", n));
		const char *value = call_param(c,
			call_textf(c, "Tag.%u.Value", n));

		if (!key)
			return true;
		if (!ec2_check_tag(c, key, value))
			return false;
		*VEC_PUSH(tags) = (struct call_pair){ key, value };
	}
}

static bool fits(struct call *c, const struct tags *has,
	const struct call_pairs *more)
{
	size_t count = has->count;

	for (size_t i = 0; i < more->count; i++)
		count += !tags_get(has, more->items[i].name);
	if (count <= TAGS_MOST)
		return true;
	return call_error(c, 400, "TagLimitExceeded", "The maximum number of "
		"tags of a resource is %d", TAGS_MOST);
}

static bool read_request(struct call *c, struct call_pairs *ids,
	struct call_pairs *tags, bool adds)
{
	call_list(c, "ResourceId", ids);
	if (ids->count == 0)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter resourceIdSet");
	if (!read_tags(c, tags))
		return false;
	if (adds && tags->count == 0)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter tagSet");
	for (size_t i = 0; i < ids->count; i++) {
		union resource_row row;

		if (!find_resource(c, ids->items[i].value, &row))
			return false;
		if (adds && !fits(c, &row.row.tags, tags))
			return false;
	}
	return true;
}

void ec2_create_tags(struct call *c)
{
	struct call_pairs ids = { 0 }, tags = { 0 };

	if (read_request(c, &ids, &tags, true) && !ec2_dry_run(c)) {
		for (size_t i = 0; i < ids.count; i++)
			for (size_t n = 0; n < tags.count; n++)
				tags_change(c->world, ids.items[i].value,
					tags.items[n].name,
					tags.items[n].value ?
					tags.items[n].value : "");
		ec2_reply_true(c);
	}
	VEC_FREE(&ids);
	VEC_FREE(&tags);
}

/* Without Tag.N: all of them. With a value: only where it is that. */
static void delete_tags(struct call *c, const char *id,
	const struct call_pairs *tags)
{
	union resource_row row;

	if (!find_resource(c, id, &row))
		return;
	for (size_t i = 0; i < tags->count; i++) {
		const char *has = tags_get(&row.row.tags, tags->items[i].name);

		if (has && (!tags->items[i].value ||
			!strcmp(has, tags->items[i].value)))
			tags_change(c->world, id, tags->items[i].name, NULL);
	}
	for (size_t i = 0; tags->count == 0 && i < row.row.tags.count; i++) {
		char *key = call_textf(c, "%s", row.row.tags.items[i].key);

		if (!str_starts(key, "aws:"))
			tags_change(c->world, id, key, NULL);
	}
}

void ec2_delete_tags(struct call *c)
{
	struct call_pairs ids = { 0 }, tags = { 0 };

	if (read_request(c, &ids, &tags, false) && !ec2_dry_run(c)) {
		for (size_t i = 0; i < ids.count; i++)
			delete_tags(c, ids.items[i].value, &tags);
		ec2_reply_true(c);
	}
	VEC_FREE(&ids);
	VEC_FREE(&tags);
}

struct tag_item {
	struct ec2_row row;      /* of the one tag */
	const char *type;
};

static const char *tag_key(const void *row, size_t n, char *text)
{
	(void)text;
	return n ? NULL : ((const struct ec2_row *)row)->tags.items[0].key;
}

static const char *tag_value(const void *row, size_t n, char *text)
{
	(void)text;
	return n ? NULL : ((const struct ec2_row *)row)->tags.items[0].value;
}

static const struct ec2_field filters[] = {
	{ "key", FIELD_CALL, 0, NULL, tag_key },
	{ "resource-id", FIELD_CHARS, offsetof(struct tag_item, row.id), NULL, NULL },
	{ "resource-type", FIELD_TEXT, offsetof(struct tag_item, type), NULL, NULL },
	{ "value", FIELD_CALL, 0, NULL, tag_value },
	{ .name = NULL }
};

/* A place in the sequence of all tags: resource type, slot, tag. */
#define PLACE(type, slot, tag) \
	((uint64_t)(type) << 48 | (uint64_t)(slot) << 8 | (uint64_t)(tag))

/* Writes the tags of one resource from the given one on; returns the first
 * that found no room any more, or SIZE_MAX. */
static size_t write_tags(struct call *c, const char *type,
	const struct ec2_row *row, size_t from,
	const struct ec2_filters *pass, size_t *room)
{
	struct tag_item item = { .type = type };

	memcpy(item.row.id, row->id, sizeof(item.row.id));
	item.row.tags.count = 1;
	for (size_t n = from; n < row->tags.count; n++) {
		item.row.tags.items[0] = row->tags.items[n];
		if (!ec2_filters_pass(pass, &item))
			continue;
		if (*room == 0)
			return n;
		--*room;
		xml_add(c->out, "<item><resourceId>%r</resourceId>"
			"<resourceType>%r</resourceType><key>%s</key>"
			"<value>%s</value></item>", row->id, item.type,
			row->tags.items[n].key, row->tags.items[n].value);
	}
	return SIZE_MAX;
}

static uint64_t write_page(struct call *c, const struct ec2_filters *pass,
	uint64_t at, size_t room)
{
	uint64_t slot = at >> 8 & 0xffffffffff, from = at & 255;
	size_t scanned = 0;
	bool all = !call_param(c, "MaxResults");
	const struct ec2_list *list;
	const char *type;

	for (size_t n = (size_t)(at >> 48); (list = resource_at(n, &type));
		n++, slot = 0) {
		if (!type)
			continue;
		for (; slot < ec2_list_slots(c->world, list);
			slot++, from = 0) {
			union resource_row row;
			size_t next;

			if (!all && ++scanned > SCAN_MOST)
				return PLACE(n, slot, 0);
			if (!ec2_list_fill(c, list, slot, &row))
				continue;
			next = write_tags(c, type, &row.row, from, pass,
				&room);
			if (next != SIZE_MAX)
				return PLACE(n, slot, next);
		}
	}
	return 0;
}

void ec2_describe_tags(struct call *c)
{
	struct ec2_filters *pass;
	uint64_t at, next;
	size_t size;

	if (!ec2_page_read(c, 1000, &at, &size) || ec2_dry_run(c))
		return;
	pass = ec2_filters_new(c, filters, NULL);
	if (!pass)
		return;
	call_open(c);
	str_add(c->out, "<tagSet>");
	next = write_page(c, pass, at, size);
	str_add(c->out, "</tagSet>");
	if (next)
		ec2_page_write(c, next);
	call_close(c);
	ec2_filters_free(pass);
}
