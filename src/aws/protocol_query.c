/* SPDX-License-Identifier: MIT */
/*
 * The query protocol's form bodies, and EC2's, whose lists have no ".member"
 * (Smithy 1.0, "AWS query protocol", "AWS EC2 query protocol").
 */
#include "aws/protocol_form.h"

#include <ctype.h>
#include <string.h>

static void add_number(struct str *out, const struct field *f, size_t *used)
{
	unsigned index = *used < 2 ? f->index[*used] : 0;

	++*used;
	str_addf(out, "%u", index + 1);
}

/* "Filter.N.Value.N" with each N a number; `end` stops before its NUL. */
static void add_pattern(struct str *out, const struct field *f,
	const char *p, const char *end)
{
	size_t used = 0;

	while (p < end) {
		size_t len = strcspn(p, ".");

		if (len > (size_t)(end - p))
			len = (size_t)(end - p);
		if (len == 1 && *p == 'N')
			add_number(out, f, &used);
		else
			str_addn(out, p, len);
		p += len;
		if (p < end && *p == '.')
			str_addc(out, *p++);
	}
}

/* By the protocol's rule, from AWS's member path; a map's last part is
 * left to the caller. */
static void add_path(struct str *out, const struct field *f, bool ec2)
{
	const char *p = f->parameter->path;
	size_t used = 0;

	while (*p) {
		size_t len = strcspn(p, ".[{");

		if (len) {
			str_addc(out, ec2 ? (char)toupper((unsigned char)*p) :
				*p);
			str_addn(out, p + 1, len - 1);
		}
		p += len;
		if (*p == '[') {
			str_add(out, ec2 ? "." : ".member.");
			add_number(out, f, &used);
			p += 2;
		} else if (*p == '{') {
			str_add(out, ".entry.");
			add_number(out, f, &used);
			p += 2;
		} else if (*p) {
			str_addc(out, *p++);
		}
	}
}

static bool add_pair(struct str *body, const struct str *name,
	const char *value, size_t len)
{
	str_addc(body, '&');
	str_add_uri(body, name->p, name->len, "");
	str_addc(body, '=');
	return str_add_uri(body, value, len, "");
}

/* A map's entry is two pairs; wire may name both, "A.N.Name|A.N.Value". */
static void add_key(struct str *body, const struct field *f, bool ec2)
{
	const char *wire = f->parameter->wire;
	struct str name = STR_INIT;

	if (wire) {
		add_pattern(&name, f, wire, wire + strcspn(wire, "|"));
	} else {
		add_path(&name, f, ec2);
		str_add(&name, ".key");
	}
	add_pair(body, &name, f->key, f->key_len);
	str_clear(&name);
}

static bool add_field(struct str *body, const struct field *f, bool ec2,
	struct error *err)
{
	const char *wire = f->parameter->wire;
	struct str name = STR_INIT, value = STR_INIT;
	bool ok;

	if (f->key) {
		add_key(body, f, ec2);
		if (wire)
			wire += strcspn(wire, "|") + 1;
	}
	if (wire)
		add_pattern(&name, f, wire, wire + strlen(wire));
	else
		add_path(&name, f, ec2);
	if (f->key && !wire)
		str_add(&name, ".value");
	ok = protocol_add_value(&value, f, STAMP_ISO, err);
	if (ok)
		add_pair(body, &name, value.p, value.len);
	str_clear(&name);
	str_wipe(&value);
	return ok;
}

bool protocol_encode_query(struct message *m, const struct fields *fields,
	struct error *err)
{
	bool ec2 = fields->service->protocol == PROTOCOL_EC2;

	m->method = "POST";
	m->content_type = "application/x-www-form-urlencoded; charset=utf-8";
	str_add(&m->path, "/");
	str_addf(&m->body, "Action=%s&Version=%s", fields->operation->name,
		fields->service->version);
	for (size_t i = 0; i < fields->count; i++)
		if (!add_field(&m->body, &fields->items[i], ec2, err))
			return false;
	return true;
}
