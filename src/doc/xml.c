/* SPDX-License-Identifier: MIT */
#include "doc/xml.h"

#include "base/mem.h"
#include "base/str.h"
#include "doc/build_step.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>

#define CACHE_BITS 9
#define CACHE_MORE 4
#define CHUNK_MAX ((size_t)64 << 10)

/* The parser's dictionary gives equal names equal addresses. Many leaves
 * say the same from row to row: then their text need not be looked for. */
struct cached_name {
	const xmlChar *name;
	uint32_t id;
	uint32_t len, at;         /* the latest text; len 0: none */
};

struct xml {
	struct doc_build *build;
	xmlParserCtxtPtr parser;
	struct cached_name *begun;/* an element without children as yet */
	bool same;                /* its text is, so far, the latest again */
	uint32_t attributes_end;  /* slots behind the last ones */
	bool awake;               /* something but blanks has come */
	bool failed;
	struct error error;
	struct str scratch;
	struct cached_name cache[(1u << CACHE_BITS) + CACHE_MORE];
};

static void xml_fail(struct xml *x, enum error_kind kind, const char *what,
	int line, int column)
{
	if (x->failed)
		return;
	x->failed = true;
	error_set(&x->error, kind, "bad XML at %d:%d: %.*s", line, column,
		(int)strcspn(what, "\n"), what);
}

static void xml_stop(struct xml *x, enum error_kind kind, const char *what)
{
	const xmlParserInput *in = x->parser->input;

	xml_fail(x, kind, what, in ? in->line : 0, in ? in->col : 0);
	xmlStopParser(x->parser);
}

static void xml_stop_build(struct xml *x)
{
	xml_stop(x, ERR_LIMIT, x->build->fault == BUILD_TOO_DEEP ?
		"nested deeper than 128 levels" :
		"more than one document can hold");
}

/* Where the name is kept, unless others were there first. */
static size_t xml_home(const xmlChar *name)
{
	uintptr_t key = (uintptr_t)name * (uintptr_t)0x9e3779b97f4a7c15u;

	return key >> (sizeof(key) * 8 - CACHE_BITS);
}

static struct cached_name *xml_name(struct xml *x, const xmlChar *name)
{
	struct cached_name *home = &x->cache[xml_home(name)], *slot = home;
	const char *text = (const char *)name;

	while (slot->name && slot->name != name && slot < home + CACHE_MORE)
		slot++;
	if (slot->name == name)
		return slot;
	if (slot->name)
		slot = home;
	*slot = (struct cached_name){ .name = name,
		.id = build_name(x->build, text, strlen(text)) };
	return slot;
}

static bool xml_is_blank(const char *text, size_t len)
{
	for (; len && (*text == ' ' || *text == '\n' || *text == '\t' ||
		*text == '\r'); text++)
		len--;
	return len == 0;
}

/* The text that stood beside elements. */
static bool xml_flush(struct xml *x, bool keep_blank)
{
	struct doc_build *b = x->build;

	if (!b->pending)
		return true;
	if (!keep_blank &&
		xml_is_blank(build_pending(b), b->pending)) {
		b->pending = 0;
		return true;
	}
	return build_leaf(b, build_name(b, "#text", 5), DOC_STRING);
}

/* It was not the same after all, or not the text of a leaf. */
static bool xml_unsame(struct xml *x)
{
	struct doc_build *b = x->build;
	const struct cached_name *leaf = x->begun;

	if (!x->same)
		return true;
	x->same = false;
	return build_room(b, leaf->len) &&
		build_text(b, b->text + leaf->at, leaf->len);
}

/* The element that has just begun turns out to hold others. */
static bool xml_open(struct xml *x)
{
	const struct cached_name *begun = x->begun;

	if (!begun)
		return true;
	if (!xml_unsame(x))
		return false;
	x->begun = NULL;
	return build_open(x->build, begun->id, DOC_OBJECT);
}

/* Five pointers each: name, prefix, namespace, value, its end. */
static bool xml_attributes(struct xml *x, int count, const xmlChar **five)
{
	struct doc_build *b = x->build;

	if (!xml_open(x))
		return false;
	for (; count > 0; count--, five += 5) {
		str_reset(&x->scratch);
		str_addc(&x->scratch, '@');
		str_add(&x->scratch, (const char *)five[0]);
		if (!build_text(b, (const char *)five[3],
			(size_t)(five[4] - five[3])) ||
			!build_leaf(b, build_name(b, x->scratch.p,
			x->scratch.len), DOC_STRING))
			return false;
	}
	x->attributes_end = b->slots;
	return true;
}

static void __attribute__((noinline)) xml_start(struct xml *x,
	const xmlChar *name, int attributes, const xmlChar **attribute)
{
	bool ok = xml_open(x) && xml_flush(x, false);

	if (ok) {
		x->begun = xml_name(x, name);
		ok = !attributes || xml_attributes(x, attributes, attribute);
	}
	if (!ok)
		xml_stop_build(x);
}

/* The usual case, a known name behind a finished element, is kept short. */
static void xml_on_start(void *data, const xmlChar *name,
	const xmlChar *prefix, const xmlChar *uri, int namespaces,
	const xmlChar **namespace, int attributes, int defaulted,
	const xmlChar **attribute)
{
	struct xml *x = data;
	struct cached_name *home = &x->cache[xml_home(name)];

	(void)prefix, (void)uri, (void)namespaces, (void)namespace;
	(void)defaulted;
	if (x->failed)
		return;
	if (!x->begun && !x->build->pending && !attributes &&
		home->name == name)
		x->begun = home;
	else
		xml_start(x, name, attributes, attribute);
}

static bool xml_end_leaf(struct xml *x)
{
	struct doc_build *b = x->build;
	struct cached_name *leaf = x->begun;

	x->begun = NULL;
	if (x->same) {
		x->same = false;
	} else if (b->pending) {
		leaf->len = (uint32_t)b->pending;
		leaf->at = build_intern(b);
	} else {
		return build_leaf_at(b, leaf->id, DOC_NULL, TEXT_NONE);
	}
	return build_leaf_at(b, leaf->id, DOC_STRING, leaf->at);
}

static void xml_on_end(void *data, const xmlChar *name,
	const xmlChar *prefix, const xmlChar *uri)
{
	struct xml *x = data;
	struct doc_build *b = x->build;

	(void)name, (void)prefix, (void)uri;
	if (x->failed)
		return;
	if (x->begun) {
		if (!xml_end_leaf(x))
			xml_stop_build(x);
	} else if (!xml_flush(x, b->slots == x->attributes_end)) {
		xml_stop_build(x);
	} else {
		build_close(b);
	}
}

static void xml_on_text(void *data, const xmlChar *bytes, int count)
{
	struct xml *x = data;
	struct doc_build *b = x->build;
	const struct cached_name *leaf = x->begun;
	const char *text = (const char *)bytes;
	size_t len = (size_t)count;

	if (x->failed || !len)
		return;
	if (leaf && leaf->len == len && !b->pending && !x->same &&
		bytes_equal(b->text + leaf->at, text, len))
		x->same = true;
	else if (!xml_unsame(x) || !build_text(b, text, len))
		xml_stop_build(x);
}

/* Entities could only be declared in there. */
static void xml_on_doctype(void *data, const xmlChar *name,
	const xmlChar *public_id, const xmlChar *system_id)
{
	(void)name, (void)public_id, (void)system_id;
	xml_stop(data, ERR_PARSE,
		"document type declarations are not accepted");
}

static void xml_on_entity(void *data, const xmlChar *name, int type,
	const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
	(void)type, (void)content;
	xml_on_doctype(data, name, public_id, system_id);
}

/* Namespaces are dropped, so it does not matter what is wrong with them. */
static void xml_on_error(void *data, xmlErrorPtr e)
{
	if (e->level == XML_ERR_FATAL && e->message)
		xml_fail(data, ERR_PARSE, e->message, e->line, e->int2);
}

struct xml *xml_new(const struct doc_names *names)
{
	struct xml *x = xcalloc(1, sizeof(*x));
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = xml_on_start,
		.endElementNs = xml_on_end,
		.characters = xml_on_text,
		.ignorableWhitespace = xml_on_text,
		.cdataBlock = xml_on_text,
		.internalSubset = xml_on_doctype,
		.entityDecl = xml_on_entity,
		.serror = xml_on_error,
	};

	str_init(&x->scratch, 0);
	x->build = doc_build_new(names);
	x->parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);
	if (!x->parser)
		abort();
	xmlCtxtUseOptions(x->parser, XML_PARSE_NONET);
	return x;
}

void xml_free(struct xml *x)
{
	if (!x)
		return;
	xmlFreeParserCtxt(x->parser);
	doc_build_free(x->build);
	str_clear(&x->scratch);
	free(x);
}

/* Errors that the parser keeps to itself, such as a broken encoding. */
static bool xml_check(struct xml *x)
{
	if (!x->failed && x->build->fault != BUILD_SOUND)
		xml_stop_build(x);
	if (!x->failed && !x->parser->wellFormed)
		xml_stop(x, ERR_PARSE, "not well-formed");
	return !x->failed;
}

bool xml_feed(struct xml *x, const char *bytes, size_t len,
	struct error *err)
{
	/* S3 sends blanks to keep a slow reply's connection alive. */
	while (!x->awake && len && strchr(" \t\r\n", *bytes) && *bytes)
		bytes++, len--;
	x->awake = x->awake || len;
	while (len && xml_check(x)) {
		size_t some = len < CHUNK_MAX ? len : CHUNK_MAX;

		xmlParseChunk(x->parser, bytes, (int)some, 0);
		bytes += some;
		len -= some;
	}
	if (xml_check(x))
		return true;
	*err = x->error;
	return false;
}

struct doc *xml_finish(struct xml *x, struct error *err)
{
	const struct doc_build *b = x->build;
	bool sound = !x->failed;
	struct doc *d = NULL;

	if (sound)
		xmlParseChunk(x->parser, "", 0, 1);
	if (!x->awake)
		error_set(err, ERR_PARSE, "bad XML at 1:1: it is empty");
	else if (sound && (b->slots == 0 || b->current != DOC_NONE ||
		x->begun))
		error_set(err, ERR_PARSE, "bad XML at %d:%d: it is cut short",
			x->parser->input->line, x->parser->input->col);
	else if (!xml_check(x))
		*err = x->error;
	else
		d = doc_build_seal(x->build), x->build = NULL;
	return d;
}
