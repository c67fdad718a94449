/* SPDX-License-Identifier: MIT */
#include "sim/ec2/things.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILTERS_MOST 50
#define VALUES_MOST 200

struct filter {
	const struct ec2_field *field;
	const struct thing_member *members;   /* all of that name */
	const char *name;
	const char *tag;          /* of tag:KEY */
	bool any_key;             /* tag-key */
	struct call_pairs values;
};

struct ec2_filters {
	struct filter *items;
	size_t count, room;
};

/* * is any text, ? any byte, a backslash takes the next one as it is. */
static bool wild_match(const char *pattern, const char *text)
{
	const char *star = NULL, *back = NULL;

	for (;;) {
		if (*pattern == '*') {
			star = ++pattern;
			back = text;
			continue;
		}
		bool escaped = *pattern == '\\' && pattern[1];

		if (*text && (escaped ? pattern[1] == *text :
			*pattern == '?' || *pattern == *text)) {
			pattern += escaped ? 2 : 1;
			text++;
			continue;
		}
		if (!*text && !*pattern)
			return true;
		if (!star || !*back)
			return false;
		pattern = star;
		text = ++back;
	}
}

static bool any_match(const struct filter *f, const char *text)
{
	for (size_t i = 0; i < f->values.count; i++)
		if (wild_match(f->values.items[i].value, text))
			return true;
	return false;
}

static const char *simple_text(const struct ec2_field *f, const void *row,
	struct str *text)
{
	const void *at = (const char *)row + f->offset;

	switch (f->kind) {
	case FIELD_TEXT: return *(const char *const *)at;
	case FIELD_CHARS: return at;
	case FIELD_BOOL: return *(const bool *)at ? "true" : "false";
	case FIELD_UNSIGNED: xml_number(text, *(const unsigned *)at); break;
	case FIELD_ADDRESS:
		if (!*(const unsigned *)at)
			return NULL;
		xml_add(text, "%q", *(const unsigned *)at);
		break;
	case FIELD_TIME: xml_time(text, *(const int64_t *)at); break;
	case FIELD_ID:
		if (!*(const uint64_t *)at)
			return NULL;
		xml_add(text, "%r%i", f->prefix, *(const uint64_t *)at);
		break;
	default: return NULL;
	}
	return text->p;
}

static bool field_pass(const struct filter *f, const void *row)
{
	struct str text = STR_INIT;
	const char *value;
	char bytes[64];
	bool ok = false;

	if (f->field->kind != FIELD_CALL) {
		value = simple_text(f->field, row, &text);
		ok = value && any_match(f, value);
		str_clear(&text);
		return ok;
	}
	for (size_t n = 0; !ok && (value = f->field->get(row, n, bytes)); n++)
		ok = any_match(f, value);
	return ok;
}

static bool is_listed(const char *names, const char *name)
{
	size_t len = strlen(name);

	while (names && *names) {
		size_t n = strcspn(names, " ");

		if (n == len && !strncmp(names, name, n))
			return true;
		names += n + (names[n] == ' ');
	}
	return false;
}

static bool members_pass(const struct filter *f, const struct thing_row *row)
{
	for (const struct thing_member *m = f->members; m->path; m++) {
		size_t cursor = 0;
		const char *text;

		if (!is_listed(m->filters, f->name))
			continue;
		while ((text = thing_each(row->thing, m->path, row->now,
			&cursor)))
			if (any_match(f, text))
				return true;
	}
	return false;
}

static bool tag_pass(const struct filter *f, const struct tags *tags)
{
	for (size_t i = 0; i < tags->count; i++) {
		if (f->any_key ? any_match(f, tags->items[i].key) :
			!strcmp(f->tag, tags->items[i].key) &&
			any_match(f, tags->items[i].value))
			return true;
	}
	return false;
}

bool ec2_filters_pass(const struct ec2_filters *filters, const void *row)
{
	for (size_t i = 0; i < filters->count; i++) {
		const struct filter *f = &filters->items[i];

		if (f->field ? !field_pass(f, row) :
			f->members ? !members_pass(f, row) :
			!tag_pass(f, &((const struct ec2_row *)row)->tags))
			return false;
	}
	return true;
}

void ec2_filters_free(struct ec2_filters *f)
{
	for (size_t i = 0; i < f->count; i++)
		VEC_FREE(&f->items[i].values);
	VEC_FREE(f);
	free(f);
}

static bool filter_name(struct call *c, const struct ec2_field *fields,
	const struct thing_member *members, const char *name,
	struct filter *f)
{
	f->name = name;
	if (!strncmp(name, "tag:", 4)) {
		f->tag = name + 4;
		return true;
	}
	if (!strcmp(name, "tag-key")) {
		f->any_key = true;
		return true;
	}
	for (const struct thing_member *m = members; m && m->path; m++) {
		if (is_listed(m->filters, name)) {
			f->members = members;
			return true;
		}
	}
	for (; fields && fields->name; fields++) {
		if (!strcmp(fields->name, name)) {
			f->field = fields;
			return true;
		}
	}
	return call_error(c, 400, "InvalidParameterValue",
		"The filter '%s' is invalid", name);
}

struct ec2_filters *ec2_filters_new(struct call *c,
	const struct ec2_field *fields, const struct thing_member *members)
{
	struct ec2_filters *filters = xcalloc(1, sizeof(*filters));
	size_t values = 0;

	for (unsigned n = 1; n <= FILTERS_MOST + 1; n++) {
		const char *name = call_param(c,
			call_textf(c, "Filter.%u.Name", n));
		struct filter *f;

		if (!name)
			break;
		f = VEC_PUSH(filters);
		*f = (struct filter){ 0 };
		if (!filter_name(c, fields, members, name, f))
			goto refused;
		call_list(c, call_textf(c, "Filter.%u.Value", n), &f->values);
		values += f->values.count;
		if (n > FILTERS_MOST || values > VALUES_MOST) {
			call_error(c, 400, "FilterLimitExceeded", "The "
				"maximum number of filters or filter values "
				"specified on a single call is %d",
				VALUES_MOST);
			goto refused;
		}
	}
	return filters;
refused:
	ec2_filters_free(filters);
	return NULL;
}
