/* SPDX-License-Identifier: MIT */
#include "cli/journal_read.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "doc/path.h"
#include "doc/reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a cell is in a line; what an outcome tells is marked. */
static const struct {
	const char *name;
	bool outcome;
} members[JOURNAL_CELLS] = {
	[JOURNAL_AT] = { "at", false },
	[JOURNAL_ID] = { "id", false },
	[JOURNAL_ACCOUNT] = { "scope", false },
	[JOURNAL_REGION] = { "region", false },
	[JOURNAL_SERVICE] = { "service", false },
	[JOURNAL_OPERATION] = { "operation", false },
	[JOURNAL_EFFECT] = { "effect", false },
	[JOURNAL_RESULT] = { "result", true },
	[JOURNAL_REQUEST] = { "request_id", true },
	[JOURNAL_MS] = { "ms", true },
	[JOURNAL_PARAMETERS] = { "parameters", false },
	[JOURNAL_TEXT] = { "text", true },
};

struct reading {
	struct journal_entries *entries;
	struct map *by_id;       /* of those that wait for their outcome */
};

static uint32_t member(const struct doc *d, const char *name)
{
	uint32_t id = doc_find_name(d, name, strlen(name));

	return id == DOC_NONE ? DOC_NONE : doc_get(d, 0, id);
}

static const char *text_of(const struct doc *d, const char *name)
{
	uint32_t node = member(d, name);

	return node == DOC_NONE ? "" : doc_text(d, node, NULL);
}

/* "InstanceIds[0]=i-1 Force=true" */
static char *read_parameters(const struct doc *d)
{
	struct str out = STR_INIT;
	uint32_t list = member(d, "parameters"), node;
	size_t len;

	if (list == DOC_NONE)
		return NULL;
	for (node = doc_child(d, list); node != DOC_NONE;
	     node = doc_next(d, node)) {
		const char *name = doc_name(d, node, &len);

		str_add(&out, out.len ? " " : "");
		str_addn(&out, name, len);
		str_addc(&out, '=');
		name = doc_text(d, node, &len);
		str_addn(&out, name, len);
	}
	return str_take(&out);
}

static void fill(struct journal_entry *e, const struct doc *d, bool outcome)
{
	for (size_t i = 0; i < JOURNAL_CELLS; i++) {
		if (members[i].outcome != outcome)
			continue;
		free(e->cells[i]);
		e->cells[i] = i == JOURNAL_PARAMETERS ? read_parameters(d) :
			xstrdup(text_of(d, members[i].name));
	}
}

static bool read_record(struct reading *r, const struct doc *d)
{
	const char *id = text_of(d, "id"), *event = text_of(d, "event");
	struct journal_entry *e;

	if (!*id)
		return false;
	if (!strcmp(event, "intent")) {
		e = xcalloc(1, sizeof(*e));
		fill(e, d, false);
		*VEC_PUSH(r->entries) = e;
		map_set(r->by_id, id, e);
		return true;
	}
	if (strcmp(event, "outcome"))
		return false;
	e = map_remove(r->by_id, id);
	if (e)
		fill(e, d, true);
	return e != NULL;
}

static void read_line(struct reading *r, const char *line, size_t len,
	size_t number)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(READER_JSON, NULL, line, len, &err);

	if (!d || !read_record(r, d))
		r->entries->wrong_at = r->entries->wrong++ ?
			r->entries->wrong_at : number;
	doc_unref(d);
}

static bool read_file(struct reading *r, const char *path, struct error *err)
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t len;

	if (!f)
		return errno == ENOENT || error_set(err, ERR_IO,
			"journal %s: %s", path, strerror(errno));
	while ((len = getline(&line, &room, f)) > 0)
		read_line(r, line, (size_t)len, ++number);
	if (ferror(f))
		error_set(err, ERR_IO, "journal %s: %s", path,
			strerror(errno));
	free(line);
	fclose(f);
	return err->kind == ERR_NONE;
}

static void tell_unknown(struct journal_entry *e)
{
	if (!e->cells[JOURNAL_RESULT])
		e->cells[JOURNAL_RESULT] = xstrdup("unknown");
	if (!e->cells[JOURNAL_TEXT])
		e->cells[JOURNAL_TEXT] = xstrdup("no outcome was written");
}

bool journal_read(const char *path, struct journal_entries *out,
	struct error *err)
{
	struct reading r = { .entries = out, .by_id = map_new() };
	bool ok = read_file(&r, path, err);

	map_free(r.by_id, NULL);
	for (size_t i = 0; i < out->count; i++)
		tell_unknown(out->items[i]);
	return ok;
}

void journal_entries_clear(struct journal_entries *e)
{
	for (size_t i = 0; i < e->count; i++) {
		for (size_t k = 0; k < JOURNAL_CELLS; k++)
			free(e->items[i]->cells[k]);
		free(e->items[i]);
	}
	VEC_FREE(e);
}
