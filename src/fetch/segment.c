/* SPDX-License-Identifier: MIT */
#include "fetch/segment.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct collector {
	uint32_t *nodes;
	size_t count, room;
};

static bool collect(void *data, uint32_t node)
{
	struct collector *c = data;

	if (c->count == c->room) {
		c->room = c->room ? c->room * 2 : 64;
		c->nodes = xreallocarray(c->nodes, c->room,
			sizeof(*c->nodes));
	}
	c->nodes[c->count++] = node;
	return true;
}

/* A row's kind is told apart only where there are several. */
static void collect_kinds(struct segment *s, const size_t *ends)
{
	size_t kind = 0;

	if (s->compiled->row_kinds < 2 || ends[0] == s->count)
		return;
	s->kinds = xmalloc(s->count);
	for (size_t i = 0; i < s->count; i++) {
		while (i >= ends[kind])
			kind++;
		s->kinds[i] = (uint8_t)kind;
	}
}

static void collect_rows(struct segment *s)
{
	const struct compiled *compiled = s->compiled;
	struct collector c = { 0 };
	size_t ends[ROW_KINDS];

	if (s->join)
		path_each(s->join->rows, s->doc, 0, collect, &c);
	for (size_t k = 0; !s->join && k < compiled->row_kinds; k++) {
		path_each(compiled->rows[k], s->doc, 0, collect, &c);
		ends[k] = c.count;
	}
	s->count = (uint32_t)c.count;
	if (!c.count)
		return;
	s->nodes = xreallocarray(c.nodes, c.count, sizeof(*c.nodes));
	if (!s->join)
		collect_kinds(s, ends);
}

static uint64_t mix(uint64_t hash, uint64_t next)
{
	hash = (hash ^ next) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
	return mix(hash, map_hash(text, strlen(text)));
}

/* What all rows of a listing share: whose, where, what, and the parent's
 * scope; not the filters, so that a row is the same one however found. */
static uint64_t identity_prefix(const struct segment *s)
{
	const struct resource *r = s->compiled->resource;
	uint64_t hash = 0;

	if (s->session)
		hash = mix_text(hash, session_name(s->session));
	hash = mix_text(hash, s->region);
	hash = mix_text(hash, r->name);
	for (size_t i = 0; i < SCOPES && r->scope[i]; i++) {
		const char *value = location_get(s->location, r->scope[i]);

		hash = mix_text(hash, value ? value : "");
	}
	return hash;
}

static uint64_t row_hash(const struct segment *s, uint32_t i, uint64_t hash)
{
	const struct compiled *c = s->compiled;
	bool named = false;

	hash = mix(hash, s->kinds ? s->kinds[i] : 0);
	for (size_t k = 0; k < c->identities; k++) {
		size_t len = 0;
		const char *text = path_text(c->identity[k], s->doc,
			s->nodes[i], &len);

		named |= len > 0;
		hash = mix(hash, map_hash(text ? text : "", len));
	}
	/* Nameless rows are not all the same one. */
	return named ? hash : mix(hash, s->nodes[i]);
}

uint64_t segment_join_key(const char *text, size_t len)
{
	return mix(0, map_hash(text, len));
}

static void collect_identities(struct segment *s)
{
	uint64_t prefix;

	if (!s->count || (s->join ? !s->join->key : !s->compiled->identities))
		return;
	s->identities = xmalloc(s->count * sizeof(*s->identities));
	if (!s->join) {
		prefix = identity_prefix(s);
		for (uint32_t i = 0; i < s->count; i++)
			s->identities[i] = row_hash(s, i, prefix);
		return;
	}
	for (uint32_t i = 0; i < s->count; i++) {
		size_t len = 0;
		const char *text = path_text(s->join->key, s->doc,
			s->nodes[i], &len);

		s->identities[i] = segment_join_key(text ? text : "", len);
	}
}

struct segment *segment_new_join(const struct compiled *compiled,
	const struct compiled_join *join, struct session *session,
	struct location *location, const char *region, struct doc *doc,
	int64_t fetched)
{
	struct segment *s = xcalloc(1, sizeof(*s));

	s->refs = 1;
	s->compiled = compiled;
	s->join = join;
	s->session = session ? session_ref(session) : NULL;
	s->location = location_ref(location);
	s->doc = doc;
	s->fetched = fetched;
	snprintf(s->region, sizeof(s->region), "%s", region ? region : "");
	if (session)
		session_account(session, s->account);
	collect_rows(s);
	collect_identities(s);
	return s;
}

struct segment *segment_new(const struct compiled *compiled,
	struct session *session, struct location *location,
	const char *region, struct doc *doc, int64_t fetched)
{
	return segment_new_join(compiled, NULL, session, location, region,
		doc, fetched);
}

struct segment *segment_ref(struct segment *s)
{
	if (s)
		__atomic_add_fetch(&s->refs, 1, __ATOMIC_RELAXED);
	return s;
}

void segment_unref(struct segment *s)
{
	if (!s || __atomic_sub_fetch(&s->refs, 1, __ATOMIC_ACQ_REL))
		return;
	doc_unref(s->doc);
	location_unref(s->location);
	if (s->session)
		session_unref(s->session);
	free(s->nodes);
	free(s->kinds);
	free(s->identities);
	free(s->text);
	free(s->text_at);
	free(s);
}

size_t segment_bytes(const struct segment *s)
{
	size_t row = sizeof(*s->nodes);

	row += s->kinds ? sizeof(*s->kinds) : 0;
	row += s->identities ? sizeof(*s->identities) : 0;
	row += s->text_at ? sizeof(*s->text_at) : 0;
	return sizeof(*s) + doc_bytes(s->doc) + s->count * row +
		(s->text ? s->text_at[s->count] : 0);
}

bool segment_indexes(const struct compiled_column *c)
{
	const struct column *column = c->column;

	return column->w132 && !format_is_volatile(column->format) &&
		(c->join < 0 || column->derive);
}

void row_line(struct row row, struct str *out)
{
	const struct compiled *c = row.segment->compiled;
	const struct cell_options options = { .now = row.segment->fetched };
	bool first = true;

	for (size_t i = 0; i < c->column_count; i++) {
		size_t from = out->len + !first;

		if (!segment_indexes(&c->columns[i]))
			continue;
		if (!first)
			str_addc(out, '\t');
		first = false;
		row_cell(row, &c->columns[i], &options, out);
		for (; from < out->len; from++)
			if (out->p[from] == '\n' || out->p[from] == '\t')
				out->p[from] = ' ';
	}
}

void segment_index(struct segment *s)
{
	struct str text = STR_INIT;

	if (s->text || s->join)
		return;
	s->text_at = xmalloc((s->count + 1u) * sizeof(*s->text_at));
	for (uint32_t i = 0; i < s->count; i++) {
		s->text_at[i] = (uint32_t)text.len;
		row_line((struct row){ s, i }, &text);
		str_addc(&text, '\n');
	}
	s->text_at[s->count] = (uint32_t)text.len;
	s->text = xmalloc(text.len + 1);
	memcpy(s->text, text.p, text.len + 1);
	str_clear(&text);
}
