/* SPDX-License-Identifier: MIT */
/*
 * The journal of this run (aws/journal.h): $XDG_STATE_HOME/tucuxi/
 * journal.ndjson, opened when there is first something to write, so that
 * looking leaves no trace. What cannot be written is not sent.
 */
#ifndef CLI_JOURNAL_H
#define CLI_JOURNAL_H

#include "aws/journal.h"

#define JOURNAL_FILE "journal.ndjson"

struct late_journal;

struct late_journal *late_journal_new(void);
void late_journal_free(struct late_journal *j);  /* NULL is fine */
struct door_journal late_journal_hooks(struct late_journal *j);

#endif
