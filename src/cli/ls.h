/* SPDX-License-Identifier: MIT */
/*
 * What the parts of `tucuxi ls` share: streaming (verb_ls.c), holding the
 * table first for a sort or a join (ls_table.c), and watching it
 * (ls_watch.c). Main thread.
 */
#ifndef CLI_LS_H
#define CLI_LS_H

#include "cli/columns.h"
#include "cli/runtime.h"
#include "fetch/fetch.h"
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

/* Until Ctrl-C (0), or what is written cannot be. */
int ls_watch(struct ls *ls, struct location *location);

/* The screen's own table over the regions that were chosen. */
struct held {
	struct fetch *fetch;
	struct table *table;
};

/* False: no region was chosen. Close it also then. */
bool held_open(struct held *h, struct ls *ls, struct location *location,
	struct error *err);
void held_close(struct held *h);
struct row held_joined(void *table, struct row row, int join);

#endif
