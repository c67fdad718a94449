/* SPDX-License-Identifier: MIT */
/*
 * The audit journal: a file of JSON lines, one of what is about to be sent
 * and one of what came of it, for everything that is not READ. Lines are
 * written whole under a lock, so several copies of the program share one
 * file; an intent is on the disk before its request leaves. Any thread.
 */
#ifndef AWS_JOURNAL_H
#define AWS_JOURNAL_H

#include "aws/request.h"

struct journal;

/* Made with mode 0600, its folders with 0700. */
struct journal *journal_open(const char *path, struct error *err);
void journal_close(struct journal *j);
const char *journal_path(const struct journal *j);

/* What door_set_journal() wants; valid until close. */
struct door_journal journal_hooks(struct journal *j);

#endif
