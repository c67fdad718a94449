/* SPDX-License-Identifier: MIT */
/*
 * What the two halves of `tucuxi ls` share: streaming (verb_ls.c), and
 * holding the table first for a sort or a join (ls_table.c). Main thread.
 */
#ifndef CLI_LS_H
#define CLI_LS_H

#include "cli/columns.h"
#include "cli/runtime.h"
#include "fetch/ids.h"
#include "fetch/query.h"

struct ls {
	struct runtime *runtime;
	struct columns columns;
	struct writer writer;
	struct query query;
	struct lookup seen;      /* identities written, where AWS may repeat */
	int64_t now;
	int status;
};

bool ls_row(struct ls *ls, struct row row,
	struct row (*joined)(void *data, struct row row, int join),
	void *data);

/* A shard that failed: said, and counted in the exit status. */
void ls_failed(struct ls *ls, const char *region, const struct error *err);
int ls_table(struct ls *ls, struct location *location);

#endif
