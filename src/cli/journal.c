/* SPDX-License-Identifier: MIT */
#include "cli/journal.h"

#include "base/mem.h"
#include "base/xdg.h"

#include <pthread.h>
#include <stdlib.h>

struct late_journal {
	pthread_mutex_t lock;
	struct journal *file;    /* NULL until something is to be written */
};

struct late_journal *late_journal_new(void)
{
	struct late_journal *j = xcalloc(1, sizeof(*j));

	pthread_mutex_init(&j->lock, NULL);
	return j;
}

void late_journal_free(struct late_journal *j)
{
	if (!j)
		return;
	journal_close(j->file);
	pthread_mutex_destroy(&j->lock);
	free(j);
}

/* One that could not be opened is tried again: disks get room. */
static struct journal *open_file(struct late_journal *j, struct error *err)
{
	struct journal *file;
	char *path;

	pthread_mutex_lock(&j->lock);
	if (!j->file) {
		path = xdg_state(JOURNAL_FILE);
		j->file = journal_open(path, err);
		free(path);
	}
	file = j->file;
	pthread_mutex_unlock(&j->lock);
	return file;
}

static bool write_intent(void *data, const char *id, const char *record,
	struct error *err)
{
	struct journal *file = open_file(data, err);
	struct door_journal hooks;

	if (!file)
		return false;
	hooks = journal_hooks(file);
	return hooks.intent(hooks.data, id, record, err);
}

static void write_outcome(void *data, const char *id, const char *record)
{
	struct error err = ERROR_INIT;
	struct journal *file = open_file(data, &err);
	struct door_journal hooks;

	if (!file)
		return;
	hooks = journal_hooks(file);
	hooks.outcome(hooks.data, id, record);
}

struct door_journal late_journal_hooks(struct late_journal *j)
{
	return (struct door_journal){ .data = j, .intent = write_intent,
		.outcome = write_outcome };
}
