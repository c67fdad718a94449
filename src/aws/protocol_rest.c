/* SPDX-License-Identifier: MIT */
/*
 * rest-xml and rest-json: parameters in the path, the query, headers, or a
 * body of XML elements or one JSON object. S3's bucket is handed over by
 * itself, for the door decides whether it goes into the host.
 */
#include "aws/protocol_form.h"

#include "base/mem.h"

#include <string.h>

static const struct field *find_label(const struct fields *fields,
	const char *name, size_t len)
{
	for (size_t i = 0; i < fields->count; i++) {
		const struct parameter *p = fields->items[i].parameter;
		const char *wire = protocol_wire_name(p);

		if (p->place == PLACE_URI && strlen(wire) == len &&
				memcmp(wire, name, len) == 0)
			return &fields->items[i];
	}
	return NULL;
}

/* An empty label would name another thing: the bucket, not its object. */
static bool add_label(struct message *m, const struct fields *fields,
	const char *name, size_t len, struct error *err)
{
	bool greedy = len && name[len - 1] == '+';
	const struct field *f = find_label(fields, name, len - greedy);
	struct str text = STR_INIT;
	bool ok;

	if (!f || !f->len)
		return error_set(err, ERR_USAGE, "%s needs %.*s",
			fields->operation->name, (int)(len - greedy), name);
	ok = protocol_add_value(&text, f, STAMP_ISO, err);
	if (ok && (fields->service->flags & SERVICE_S3) && !m->bucket &&
			len == 6 && memcmp(name, "Bucket", 6) == 0)
		m->bucket = xstrndup(text.p, text.len);
	else if (ok)
		str_add_uri(&m->path, text.p, text.len, greedy ? "/" : "");
	str_clear(&text);
	return ok;
}

static bool add_uri(struct message *m, const struct fields *fields,
	struct error *err)
{
	const char *uri = fields->operation->uri;
	const char *p = uri ? uri : "/";

	while (*p && *p != '?') {
		size_t len = strcspn(p, "{?");

		str_addn(&m->path, p, len);
		p += len;
		if (*p != '{')
			continue;
		len = strcspn(++p, "}");
		if (!add_label(m, fields, p, len, err))
			return false;
		p += len + 1;
	}
	/* What the bucket leaves: "/" + "/key", or "/" alone. */
	if (m->bucket && strncmp(m->path.p, "//", 2) == 0) {
		char *rest = xstrdup(m->path.p + 1);

		str_reset(&m->path);
		str_add(&m->path, rest);
		mem_wipe_free(rest);
	}
	if (!m->path.len)
		str_add(&m->path, "/");
	if (*p == '?')
		str_add(&m->query, p + 1);
	return true;
}

static bool add_query(struct message *m, const struct field *f,
	struct error *err)
{
	const char *wire = protocol_wire_name(f->parameter);
	struct str text = STR_INIT;
	bool ok = protocol_add_value(&text, f, STAMP_ISO, err);

	if (m->query.len)
		str_addc(&m->query, '&');
	if (f->key)
		str_add_uri(&m->query, f->key, f->key_len, "");
	else
		str_add_uri(&m->query, wire, strcspn(wire, "["), "");
	str_addc(&m->query, '=');
	str_add_uri(&m->query, text.p, text.len, "");
	str_wipe(&text);
	return ok;
}

static bool is_header_text(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < ' ' && text[i] != '\t')
			return false;
	return true;
}

static bool is_token(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] == ':' || text[i] == 127)
			return false;
	return len > 0;
}

static bool add_header(struct message *m, const struct field *f,
	struct error *err)
{
	const char *wire = protocol_wire_name(f->parameter);
	struct str text = STR_INIT;
	bool ok = protocol_add_value(&text, f, STAMP_RFC822, err);

	if (ok && (!is_header_text(text.p, text.len) ||
			(f->key && !is_token(f->key, f->key_len))))
		ok = error_set(err, ERR_USAGE,
			"%s: a header cannot carry these characters",
			f->parameter->path);
	if (ok)
		str_addf(&m->headers, "%.*s%.*s: %s\n",
			(int)strcspn(wire, "[{"), wire,
			f->key ? (int)f->key_len : 0, f->key ? f->key : "",
			text.p);
	str_wipe(&text);
	return ok;
}

static const char *namespace_of(const struct service *service,
	struct str *text)
{
	bool route53 = strcmp(service->name, "route53") == 0;

	str_addf(text, "%s://%s.amazonaws.com/doc/%s/",
		route53 ? "https" : "http", service->prefix,
		service->version);
	return text->p;
}

static bool add_xml_body(struct message *m, const struct fields *fields,
	const struct tree *tree, struct error *err)
{
	const char *given = fields->operation->root;
	struct str root = STR_INIT, xmlns = STR_INIT;
	bool ok;

	if (given)
		str_add(&root, given);
	else
		str_addf(&root, "%sRequest", fields->operation->name);
	m->content_type = "application/xml";
	ok = tree_add_xml(&m->body, tree, root.p,
		namespace_of(fields->service, &xmlns), err);
	str_clear(&root);
	str_clear(&xmlns);
	return ok;
}

/* "Root.A[].B" within <Root>: XML lists have an element of their own,
 * "member", where no wire path says otherwise. */
static void add_body_field(struct tree *tree, const struct fields *fields,
	const struct field *f)
{
	const char *path = f->parameter->wire, *root = fields->operation->root;
	bool xml = fields->service->protocol == PROTOCOL_REST_XML;
	size_t len = root ? strlen(root) : 0;
	const char *p;
	struct str text = STR_INIT;

	if (path) {
		tree_add(tree, path, f);
		return;
	}
	path = f->parameter->path;
	if (len && strncmp(path, root, len) == 0 && path[len] == '.')
		path += len + 1;
	if (!xml || !strchr(path, '[')) {
		tree_add(tree, path, f);
		return;
	}
	for (p = path; *p; p++) {
		if (*p == '[')
			str_add(&text, ".member");
		str_addc(&text, *p);
	}
	tree_add(tree, text.p, f);
	str_clear(&text);
}

static bool has_body_rows(const struct operation *op)
{
	const struct parameter *p = op->parameters;

	for (; p && p->path; p++)
		if (p->place == PLACE_BODY)
			return true;
	return false;
}

static bool add_body(struct message *m, const struct fields *fields,
	const struct tree *tree, bool any, struct error *err)
{
	bool json = fields->service->protocol == PROTOCOL_REST_JSON;

	if (m->body.len || !(any || (json && has_body_rows(
			fields->operation))))
		return true;
	if (!json)
		return add_xml_body(m, fields, tree, err);
	m->content_type = "application/json";
	return tree_add_json(&m->body, tree, err);
}

static void add_payload(struct message *m, const struct fields *fields,
	const struct field *f)
{
	bool s3 = fields->service->flags & SERVICE_S3;

	str_addn(&m->body, f->value, f->len);
	if (fields->service->protocol == PROTOCOL_REST_JSON)
		m->content_type = "application/octet-stream";
	else if (!s3)
		m->content_type = "application/xml";
}

static bool add_field(struct message *m, const struct fields *fields,
	const struct field *f, struct tree *tree, struct error *err)
{
	switch (f->parameter->place) {
	case PLACE_QUERY:
		return add_query(m, f, err);
	case PLACE_HEADER:
		return add_header(m, f, err);
	case PLACE_PAYLOAD:
		add_payload(m, fields, f);
		return true;
	case PLACE_BODY:
		add_body_field(tree, fields, f);
		return true;
	case PLACE_URI:
		break;
	}
	return true;
}

bool protocol_encode_rest(struct message *m, const struct fields *fields,
	struct error *err)
{
	struct tree *tree = tree_new();
	bool any = false, ok;

	m->method = fields->operation->method ? fields->operation->method :
		"POST";
	ok = add_uri(m, fields, err);
	if (ok && fields->service->protocol == PROTOCOL_REST_JSON)
		str_add(&m->headers, "accept: application/json\n");
	for (size_t i = 0; ok && i < fields->count; i++) {
		const struct field *f = &fields->items[i];

		any = any || f->parameter->place == PLACE_BODY;
		ok = add_field(m, fields, f, tree, err);
	}
	ok = ok && add_body(m, fields, tree, any, err);
	tree_free(tree);
	return ok;
}
