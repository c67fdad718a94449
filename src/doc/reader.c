/* SPDX-License-Identifier: MIT */
#include "doc/reader.h"

#include "base/mem.h"
#include "base/str.h"
#include "doc/json.h"
#include "doc/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>

struct reader {
	const struct doc_names *names;
	size_t left;          /* bytes that may still come */
	size_t max;
	struct xml *xml;      /* NULL: JSON */
	struct str json;
	struct error error;   /* the first one; kind ERR_NONE: none */
};

struct reader *reader_new(enum reader_form form,
	const struct doc_names *names, size_t max_bytes)
{
	struct reader *r = xcalloc(1, sizeof(*r));

	r->names = names;
	r->left = r->max = max_bytes;
	str_init(&r->json, max_bytes);
	if (form == READER_XML)
		r->xml = xml_new(names);
	return r;
}

void reader_free(struct reader *r)
{
	if (!r)
		return;
	xml_free(r->xml);
	str_wipe(&r->json);
	free(r);
}

static bool reader_take(struct reader *r, const char *bytes, size_t len,
	struct error *err)
{
	if (len > r->left) {
		r->left = 0;
		return error_set(err, ERR_LIMIT,
			"the reply is longer than %zu bytes", r->max);
	}
	r->left -= len;
	if (r->xml)
		return xml_feed(r->xml, bytes, len, err);
	if (!str_addn(&r->json, bytes, len))
		return error_set(err, ERR_LIMIT,
			"the reply is longer than can be held");
	return true;
}

bool reader_feed(struct reader *r, const char *bytes, size_t len,
	struct error *err)
{
	if (r->error.kind == ERR_NONE &&
		reader_take(r, bytes, len, &r->error))
		return true;
	*err = r->error;
	return false;
}

struct doc *reader_finish(struct reader *r, struct error *err)
{
	struct doc *d;

	if (r->error.kind != ERR_NONE) {
		*err = r->error;
		return NULL;
	}
	if (r->xml)
		d = xml_finish(r->xml, &r->error);
	else
		d = doc_read_json(r->names, r->json.p, r->json.len, &r->error);
	if (d)
		error_set(&r->error, ERR_PARSE, "the reply has been read");
	else
		*err = r->error;
	return d;
}

struct doc *reader_read(enum reader_form form, const struct doc_names *names,
	const char *bytes, size_t len, struct error *err)
{
	struct reader *r;
	struct doc *d = NULL;

	if (form == READER_JSON)
		return doc_read_json(names, bytes, len, err);
	r = reader_new(form, names, len);
	if (reader_feed(r, bytes, len, err))
		d = reader_finish(r, err);
	reader_free(r);
	return d;
}

/* libxml2 would print to the terminal what it cannot tell a parser. */
static void __attribute__((format(printf, 2, 3)))
reader_mute(void *data, const char *format, ...)
{
	(void)data, (void)format;
}

void reader_global_init(void)
{
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, reader_mute);
	xmlThrDefSetGenericErrorFunc(NULL, reader_mute);
}

void reader_global_clear(void)
{
	xmlCleanupParser();
}
