/* SPDX-License-Identifier: MIT */
/* `journal` on the screen: the file is read by a worker, the newest entry
 * stands first, Enter shows all of one. */
#include "base/mem.h"
#include "base/xdg.h"
#include "cli/journal.h"
#include "cli/journal_read.h"
#include "ui/app_job.h"
#include "ui/command_rows.h"

#include <stdlib.h>
#include <string.h>

#define NEWEST_MOST 5000

/* What the list's choices are of, until it is left. */
struct journal_list {
	struct journal_entries entries;
};

static void list_free(struct journal_list *l)
{
	journal_entries_clear(&l->entries);
	free(l);
}

static const struct journal_entry *entry_at(const struct journal_list *l,
	size_t i)
{
	return l->entries.items[l->entries.count - 1 - i];
}

static const char *cell(const struct journal_entry *e, enum journal_cell at)
{
	return e->cells[at] ? e->cells[at] : "";
}

static char *whole_entry(const struct journal_entry *e)
{
	static const struct {
		const char *title;
		enum journal_cell at;
	} lines[] = { { "At", JOURNAL_AT }, { "Account", JOURNAL_ACCOUNT },
		{ "Region", JOURNAL_REGION }, { "Service", JOURNAL_SERVICE },
		{ "Operation", JOURNAL_OPERATION }, { "Kind", JOURNAL_EFFECT },
		{ "What", JOURNAL_PARAMETERS }, { "Result", JOURNAL_RESULT },
		{ "Why", JOURNAL_TEXT }, { "Request", JOURNAL_REQUEST },
		{ "Milliseconds", JOURNAL_MS }, { "Id", JOURNAL_ID } };
	struct str out = STR_INIT;

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		str_addf(&out, "%-14s%s\n", lines[i].title,
			cell(e, lines[i].at));
	return str_take(&out);
}

static void chosen(struct app *app, const struct choice *choices,
	size_t count, size_t cursor, void *data)
{
	struct journal_list *l = data;

	(void)choices, (void)count;
	if (cursor < l->entries.count)
		app_push(app, pane_text_new(app, "Journal entry",
			whole_entry(entry_at(l, cursor))));
	list_free(l);
}

static void fill(struct choice *choice, const struct journal_entry *e)
{
	struct str label = STR_INIT, detail = STR_INIT;

	str_addf(&label, "%.19s  %s", cell(e, JOURNAL_AT),
		cell(e, JOURNAL_OPERATION));
	str_addf(&detail, "%s · %s %s · %s", cell(e, JOURNAL_RESULT),
		cell(e, JOURNAL_ACCOUNT), cell(e, JOURNAL_REGION),
		cell(e, JOURNAL_PARAMETERS));
	choice->label = str_take(&label);
	choice->detail = str_take(&detail);
}

static void done(struct app *app, struct app_job *j)
{
	struct journal_list *l = j->data;
	size_t count = l->entries.count < NEWEST_MOST ? l->entries.count :
		NEWEST_MOST;
	struct choice *choices;

	if (!j->ok)
		app_error(app, &j->err);
	if (l->entries.wrong)
		app_message(app, MESSAGE_WARN, "%zu lines of the journal "
			"cannot be read, the first is line %zu",
			l->entries.wrong, l->entries.wrong_at);
	if (!count) {
		app_message(app, MESSAGE_INFO, "the journal is empty: "
			"nothing was sent that changes anything");
		list_free(l);
		return;
	}
	choices = xcalloc(count, sizeof(*choices));
	for (size_t i = 0; i < count; i++)
		fill(&choices[i], entry_at(l, i));
	app_push(app, pane_choice_new(app, "Journal", choices, count, false,
		chosen, l));
}

static void run(struct pool_job *job)
{
	struct app_job *j = (struct app_job *)job;
	struct journal_list *l = xcalloc(1, sizeof(*l));
	char *path = xdg_state(JOURNAL_FILE);

	j->data = l;
	j->ok = journal_read(path, &l->entries, &j->err);
	free(path);
	app_job_answer(j);
}

static void drop(void *data)
{
	if (data)
		list_free(data);
}

bool do_journal(struct app *app, const struct words *words,
	struct error *err)
{
	(void)words;
	if (app->runtime->demo)
		return error_set(err, ERR_USAGE, "a demo keeps no journal; "
			"J lists what was done here");
	app_job_start(app, app->sessions[0], run, done, drop, NULL);
	return true;
}
