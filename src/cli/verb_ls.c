/* SPDX-License-Identifier: MIT */
/*
 * `tucuxi ls`: rows are written as pages arrive and then forgotten. Only a
 * sort, or columns and filters that need a join, hold the table first
 * (ls_table.c).
 */
#include "base/clock.h"
#include "cli/batch.h"
#include "cli/columns.h"
#include "cli/ls.h"
#include "cli/verb.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int verb_fail(const struct error *err)
{
	runtime_complain(err);
	return batch_status(err);
}

int verb_print(const char *text)
{
	struct error err = ERROR_INIT;

	fputs(text, stdout);
	if (!fflush(stdout))
		return 0;
	if (errno == EPIPE) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	error_set(&err, ERR_IO, "standard output: %s", strerror(errno));
	return verb_fail(&err);
}

int verb_finish(struct writer *w, int status)
{
	struct error err = ERROR_INIT;

	if (writer_end(w, &err))
		return status;
	if (w->error == EPIPE) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	runtime_complain(&err);
	return 1;
}

bool ls_row(struct ls *ls, struct row row,
	struct row (*joined)(void *data, struct row row, int join),
	void *data)
{
	columns_fill(&ls->columns, row, ls->now, joined, data);
	return writer_row(&ls->writer, ls->columns.cells);
}

void ls_failed(struct ls *ls, const char *region, const struct error *err)
{
	batch_complain(region, err);
	if (err->kind != ERR_DENIED || ls->runtime->options->strict)
		ls->status = batch_status(err);
}

/* AWS may bring a row twice while things change under a listing; where its
 * order is kept (S3) it cannot, and nothing needs to be remembered. */
static bool was_seen(struct ls *ls, struct row row)
{
	const struct segment *s = row.segment;

	if (!s->identities || s->compiled->resource->ordered)
		return false;
	if (lookup_get(&ls->seen, s->identities[row.index]) != LOOKUP_NONE)
		return true;
	lookup_set(&ls->seen, s->identities[row.index], 1);
	return false;
}

static bool take_segment(void *data, struct segment *segment)
{
	struct ls *ls = data;
	bool ok = true;

	for (uint32_t i = 0; ok && i < segment->count; i++) {
		struct row row = { segment, i };

		if (was_seen(ls, row))
			continue;
		if (filter_match(ls->query.filter, row, NULL))
			ok = ls_row(ls, row, NULL, NULL);
	}
	segment_unref(segment);
	return ok && writer_page(&ls->writer);
}

static void take_done(void *data, struct session *session,
	const char *region, const struct listing_result *result)
{
	struct ls *ls = data;

	(void)session;
	if (result->err.kind != ERR_NONE &&
	    result->err.kind != ERR_CANCELLED)
		ls_failed(ls, region, &result->err);
}

static int ls_stream(struct ls *ls, struct location *location)
{
	struct batch_request request = { .location = location };
	struct batch_hooks hooks = { .data = ls, .segment = take_segment,
		.done = take_done };
	struct error err = ERROR_INIT;

	if (!batch_run(ls->runtime, &request, &hooks, &err))
		ls->status = verb_fail(&err);
	lookup_clear(&ls->seen);
	return ls->status;
}

static bool ls_open(struct ls *ls, struct location *location,
	struct error *err)
{
	struct runtime *rt = ls->runtime;
	const struct options *o = rt->options;
	const struct compiled *compiled = catalogue_compiled(rt->catalogue,
		location->resource);
	bool several = rt->all_regions || rt->region_count > 1;

	ls->now = clock_wall();
	ls->query.filter = filter_compile(compiled,
		o->filter ? o->filter : "", err);
	return ls->query.filter &&
		(!o->sort || query_parse_sort(&ls->query, compiled, o->sort,
			err)) &&
		columns_init(&ls->columns, compiled, o->output, o->columns,
			several, rt->session_count > 1, err) &&
		writer_init(&ls->writer, STDOUT_FILENO, o->output,
			ls->columns.out, ls->columns.count, err);
}

/* RESOURCE, and parameters of AWS for its listing. */
static struct location *ls_locate(const struct runtime *rt,
	struct error *err)
{
	const struct options *o = rt->options;
	struct location *location = runtime_locate(rt, o->arguments[0], err);
	bool ok = location != NULL;

	for (size_t i = 1; ok && i < o->argument_count; i++)
		ok = strchr(o->arguments[i], '=') ?
			location_add_word(location, o->arguments[i], err) :
			error_set(err, ERR_USAGE, "ls lists one resource at a "
				"time, '%s' is one word too many",
				o->arguments[i]);
	if (ok)
		return location;
	location_unref(location);
	return NULL;
}

int verb_ls(struct runtime *rt)
{
	const struct options *o = rt->options;
	struct ls ls = { .runtime = rt };
	struct error err = ERROR_INIT;
	struct location *location = NULL;
	int status;

	if (!o->argument_count)
		error_set(&err, ERR_USAGE, "ls: say what to list, as in "
			"`tucuxi ls instances`; `tucuxi resources` names "
			"them all");
	else
		location = ls_locate(rt, &err);
	if (!location)
		return verb_fail(&err);
	if (!ls_open(&ls, location, &err)) {
		status = verb_fail(&err);
	} else if (o->watch) {
		status = ls_watch(&ls, location);
	} else {
		bool hold = ls.query.sort_count ||
			columns_need_join(&ls.columns) ||
			filter_joins(ls.query.filter, 0);

		status = hold ? ls_table(&ls, location) :
			ls_stream(&ls, location);
		if (status != 2)
			status = verb_finish(&ls.writer, status);
	}
	columns_clear(&ls.columns);
	query_clear(&ls.query);
	location_unref(location);
	return status;
}
