/* SPDX-License-Identifier: MIT */
/* `tucuxi journal`: the journal as a table. */
#include "base/xdg.h"
#include "cli/journal.h"
#include "cli/journal_read.h"
#include "cli/sheet.h"
#include "cli/verb.h"

#include <stdlib.h>

static const struct output_column columns[JOURNAL_CELLS] = {
	[JOURNAL_AT] = { .name = "at", .title = "AT" },
	[JOURNAL_ID] = { .name = "id", .title = "ID", .machine_only = true },
	[JOURNAL_ACCOUNT] = { .name = "account", .title = "ACCOUNT" },
	[JOURNAL_REGION] = { .name = "region", .title = "REGION" },
	[JOURNAL_SERVICE] = { .name = "service", .title = "SERVICE", .machine_only = true },
	[JOURNAL_OPERATION] = { .name = "operation", .title = "OPERATION" },
	[JOURNAL_EFFECT] = { .name = "kind", .title = "KIND" },
	[JOURNAL_RESULT] = { .name = "result", .title = "RESULT" },
	[JOURNAL_REQUEST] = { .name = "request_id", .title = "REQUEST", .machine_only = true },
	[JOURNAL_MS] = { .name = "ms", .title = "MS", .type = OUTPUT_NUMBER, .right = true },
	[JOURNAL_PARAMETERS] = { .name = "parameters", .title = "WHAT" },
	[JOURNAL_TEXT] = { .name = "error", .title = "WHY" },
};

static void write_entry(struct sheet *s, const struct journal_entry *e)
{
	for (size_t i = 0; i < JOURNAL_CELLS; i++)
		if (e->cells[i])
			str_add(&s->cells[i], e->cells[i]);
	sheet_row(s);
}

/* What can be read is shown, and what is wrong with the rest is told. */
static int status_of(const struct journal_entries *e, const char *path,
	bool ok, struct error *err)
{
	if (ok && !e->wrong)
		return 0;
	if (ok)
		error_set(err, ERR_PARSE, "%s: %zu line%s cannot be read, "
			"first line %zu", path, e->wrong,
			e->wrong > 1 ? "s" : "", e->wrong_at);
	return verb_fail(err);
}

int verb_journal(struct runtime *rt)
{
	struct output_column own[JOURNAL_CELLS];
	struct journal_entries entries = { 0 };
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };
	char *path = xdg_state(JOURNAL_FILE);
	bool ok;
	int status;

	for (size_t i = 0; i < JOURNAL_CELLS; i++)
		own[i] = columns[i];
	if (!verb_no_arguments(rt, &err) ||
	    !sheet_open(&s, rt, own, JOURNAL_CELLS, &err)) {
		status = verb_fail(&err);
		goto out;
	}
	ok = journal_read(path, &entries, &err);
	for (size_t i = 0; i < entries.count; i++)
		write_entry(&s, entries.items[i]);
	status = sheet_close(&s, 0);
	if (!status)
		status = status_of(&entries, path, ok, &err);
out:
	journal_entries_clear(&entries);
	free(path);
	return status;
}
