/* SPDX-License-Identifier: MIT */
/*
 * `tucuxi journal`: what was sent that could change anything, and what came
 * of it, oldest first. An intent without an outcome is what a killed run
 * leaves behind: nobody knows.
 */
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "cli/journal.h"
#include "cli/sheet.h"
#include "cli/verb.h"
#include "doc/path.h"
#include "doc/reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CELL_AT, CELL_ID, CELL_ACCOUNT, CELL_REGION, CELL_SERVICE,
	CELL_OPERATION, CELL_EFFECT, CELL_RESULT, CELL_REQUEST, CELL_MS,
	CELL_PARAMETERS, CELL_TEXT, CELLS
};

/* A cell's title and where its value is in a line; what an outcome tells is
 * marked. */
static const struct {
	struct output_column column;
	const char *member;
	bool outcome;
} cells[CELLS] = {
	[CELL_AT] = { { .name = "at", .title = "AT" }, "at", false },
	[CELL_ID] = { { .name = "id", .title = "ID", .machine_only = true }, "id", false },
	[CELL_ACCOUNT] = { { .name = "account", .title = "ACCOUNT" }, "scope", false },
	[CELL_REGION] = { { .name = "region", .title = "REGION" }, "region", false },
	[CELL_SERVICE] = { { .name = "service", .title = "SERVICE", .machine_only = true }, "service", false },
	[CELL_OPERATION] = { { .name = "operation", .title = "OPERATION" }, "operation", false },
	[CELL_EFFECT] = { { .name = "kind", .title = "KIND" }, "effect", false },
	[CELL_RESULT] = { { .name = "result", .title = "RESULT" }, "result", true },
	[CELL_REQUEST] = { { .name = "request_id", .title = "REQUEST", .machine_only = true }, "request_id", true },
	[CELL_MS] = { { .name = "ms", .title = "MS", .type = OUTPUT_NUMBER, .right = true }, "ms", true },
	[CELL_PARAMETERS] = { { .name = "parameters", .title = "WHAT" }, "parameters", false },
	[CELL_TEXT] = { { .name = "error", .title = "WHY" }, "text", true },
};

struct entry {
	char *cells[CELLS];
};

struct reading {
	struct { struct entry **items; size_t count, room; } entries;
	struct map *by_id;       /* of those that wait for their outcome */
	size_t wrong, wrong_at;  /* lines that are not ours */
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

static void fill(struct entry *e, const struct doc *d, bool outcome)
{
	for (size_t i = 0; i < CELLS; i++) {
		if (cells[i].outcome != outcome)
			continue;
		free(e->cells[i]);
		e->cells[i] = i == CELL_PARAMETERS ? read_parameters(d) :
			xstrdup(text_of(d, cells[i].member));
	}
}

static bool read_record(struct reading *r, const struct doc *d)
{
	const char *id = text_of(d, "id"), *event = text_of(d, "event");
	struct entry *e;

	if (!*id)
		return false;
	if (!strcmp(event, "intent")) {
		e = xcalloc(1, sizeof(*e));
		fill(e, d, false);
		*VEC_PUSH(&r->entries) = e;
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
		r->wrong_at = r->wrong++ ? r->wrong_at : number;
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

static void write_entry(struct sheet *s, const struct entry *e)
{
	for (size_t i = 0; i < CELLS; i++)
		if (e->cells[i])
			str_add(&s->cells[i], e->cells[i]);
	if (!e->cells[CELL_RESULT])
		str_add(&s->cells[CELL_RESULT], "unknown");
	if (!e->cells[CELL_TEXT])
		str_add(&s->cells[CELL_TEXT], "no outcome was written");
	sheet_row(s);
}

static void reading_clear(struct reading *r)
{
	for (size_t i = 0; i < r->entries.count; i++) {
		for (size_t k = 0; k < CELLS; k++)
			free(r->entries.items[i]->cells[k]);
		free(r->entries.items[i]);
	}
	VEC_FREE(&r->entries);
	map_free(r->by_id, NULL);
}

/* What can be read is shown, and what is wrong with the rest is told. */
static int status_of(const struct reading *r, const char *path, bool ok,
	struct error *err)
{
	if (ok && !r->wrong)
		return 0;
	if (ok)
		error_set(err, ERR_PARSE, "%s: %zu line%s cannot be read, "
			"first line %zu", path, r->wrong,
			r->wrong > 1 ? "s" : "", r->wrong_at);
	return verb_fail(err);
}

int verb_journal(struct runtime *rt)
{
	struct output_column columns[CELLS];
	struct reading r = { .by_id = map_new() };
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };
	char *path = xdg_state(JOURNAL_FILE);
	bool ok;
	int status;

	for (size_t i = 0; i < CELLS; i++)
		columns[i] = cells[i].column;
	if (!verb_no_arguments(rt, &err) ||
	    !sheet_open(&s, rt, columns, CELLS, &err)) {
		status = verb_fail(&err);
		goto out;
	}
	ok = read_file(&r, path, &err);
	for (size_t i = 0; i < r.entries.count; i++)
		write_entry(&s, r.entries.items[i]);
	status = sheet_close(&s, 0);
	if (!status)
		status = status_of(&r, path, ok, &err);
out:
	reading_clear(&r);
	free(path);
	return status;
}
