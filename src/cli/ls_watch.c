/* SPDX-License-Identifier: MIT */
/*
 * `tucuxi ls --watch`: the same table again and again. On a terminal it is
 * drawn anew each time; else, and where a machine's format is asked for,
 * each row that came, changed or went is a row of the output, with the time
 * and + ~ or -. What fails is told, and its old rows stay.
 */
#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "cli/batch.h"
#include "cli/ls.h"
#include "cli/verb.h"
#include "fetch/change.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define EVERY 60             /* seconds, where the resource says nothing */
#define SLOWER 4             /* while credentials have expired */
#define SOON 500             /* ms: what is due then is part of a round */
#define FRAME_ROWS 4         /* of a terminal: title, header, rest, cursor */

/* A row as it was last written. */
struct seen {
	uint64_t identity, hash;
	char *cells;             /* each ends with a NUL */
	bool found;
};

struct seen_rows {
	struct seen *items;
	size_t count, room;
	struct lookup at;        /* identity to index */
};

struct watch {
	struct ls *ls;
	struct held held;
	struct columns plain;    /* what changes are told by: no ages */
	struct output_column out[COLUMNS_MAX + 2];
	struct str cells[COLUMNS_MAX + 2];
	struct seen_rows rows;
	struct map *told;        /* what was said of a shard */
	bool drawn;
	bool gone;               /* the reader of standard output */
};

/* A descriptor of the pipe that Ctrl-C writes to. */
static int interrupted[2] = { -1, -1 };

static void interrupt(int sig)
{
	int saved = errno;

	(void)sig;
	if (write(interrupted[1], "", 1) < 0)
		errno = 0;
	errno = saved;
}

static bool catch_interrupt(struct error *err)
{
	/* The second one ends it also where a reader has stopped reading. */
	struct sigaction action = { .sa_handler = interrupt,
		.sa_flags = (int)SA_RESETHAND };

	if (pipe(interrupted))
		return error_set(err, ERR_IO, "no pipe: %s", strerror(errno));
	sigaction(SIGINT, &action, NULL);
	return true;
}

static void release_interrupt(void)
{
	signal(SIGINT, SIG_DFL);
	close(interrupted[0]);
	close(interrupted[1]);
}

static bool is_busy(const struct watch *w)
{
	struct table_status status;
	int64_t due = fetch_due(w->held.fetch);

	table_status(w->held.table, &status);
	return !fetch_idle(w->held.fetch) || status.loading ||
		status.view_pending ||
		(due != CLOCK_NEVER && due - clock_now() < SOON);
}

/* Until that moment, or (0) until all that is asked for is there. False: it
 * is to end. */
static bool watch_wait(struct watch *w, int64_t until)
{
	struct fetch *fetch = w->held.fetch;
	struct pollfd fds[] = {
		{ .fd = interrupted[0], .events = POLLIN },
		{ .fd = fetch_fd(fetch), .events = POLLIN },
		/* Without events it only tells that nobody reads. */
		{ .fd = w->drawn ? -1 : STDOUT_FILENO },
	};

	while (until ? clock_now() < until : is_busy(w)) {
		int64_t due = fetch_due(fetch);

		if (until && until < due)
			due = until;
		if (poll(fds, 3, clock_poll_timeout(due)) < 0)
			continue;
		if (fds[2].revents & POLLERR)
			w->gone = true;
		if (fds[0].revents || w->gone)
			return false;
		fetch_dispatch(fetch);
	}
	return true;
}

static const char *shard_name(const struct shard *shard)
{
	return shard->region ? shard->region : "";
}

/* In a stream once, until it is another or has passed. */
static void tell_shard(struct watch *w, const struct shard *shard,
	const char *key)
{
	char *text = shard->err.kind == ERR_NONE ? NULL :
		xstrdup(shard->err.text);
	char *before = text ? map_set(w->told, key, text) :
		map_remove(w->told, key);

	if (text && (w->drawn || !str_eq(before, text)))
		batch_complain(shard_name(shard), &shard->err);
	else if (before && !text)
		fprintf(stderr, "tucuxi: %s%sanswers again\n",
			shard_name(shard), *shard_name(shard) ? ": " : "");
	free(before);
}

static void tell_shards(struct watch *w)
{
	bool all = w->ls->runtime->all_regions;
	struct shard shard;
	char key[32];

	for (size_t i = 0; table_shard(w->held.table, i, &shard); i++) {
		snprintf(key, sizeof(key), "%zu", i);
		if (!all || shard.err.kind != ERR_DISABLED)
			tell_shard(w, &shard, key);
	}
}

static size_t shards_failed(const struct watch *w)
{
	struct shard shard;
	size_t n = 0;

	for (size_t i = 0; table_shard(w->held.table, i, &shard); i++)
		n += shard.err.kind != ERR_NONE;
	return n;
}

static void draw_title(struct watch *w, size_t rows)
{
	struct str *out = &w->ls->writer.out;
	char time[32];

	clock_format_local(w->ls->now, time);
	str_addf(out, "\033[?7l\033[H\033[2J%s  ",
		w->plain.compiled->resource->title);
	text_add_grouped(out, (int64_t)rows);
	str_addf(out, "  %s  Ctrl-C ends\n", time);
}

/* As much as the terminal has lines for; it does not wrap, nor scroll. */
static bool draw(struct watch *w)
{
	struct ls *ls = w->ls;
	struct winsize size = { .ws_row = 0 };
	struct error err = ERROR_INIT;
	size_t rows = table_rows(w->held.table);
	size_t room = rows, taken = FRAME_ROWS + shards_failed(w);

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row)
		room = size.ws_row > taken ? size.ws_row - taken : 1;
	writer_init(&ls->writer, STDOUT_FILENO, OUTPUT_TABLE,
		ls->columns.out, ls->columns.count, &err);
	draw_title(w, rows);
	for (size_t i = 0; i < rows && i < room; i++)
		ls_row(ls, table_row(w->held.table, i), held_joined,
			w->held.table);
	writer_page(&ls->writer);
	if (rows > room)
		str_addf(&ls->writer.out, "and %zu more\n", rows - room);
	str_add(&ls->writer.out, "\033[?7h");
	if (!writer_end(&ls->writer, &err))
		return false;
	tell_shards(w);
	return true;
}

static uint64_t cells_hash(const struct columns *c)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < c->count; i++)
		hash = hash * 31 + map_hash(c->cells[i].p, c->cells[i].len);
	return hash;
}

/* A NUL inside of a cell would end it: none of AWS's texts has one. */
static char *cells_keep(const struct columns *c)
{
	size_t len = 1;
	char *kept, *p;

	for (size_t i = 0; i < c->count; i++)
		len += c->cells[i].len + 1;
	p = kept = xcalloc(1, len);
	for (size_t i = 0; i < c->count; i++) {
		memcpy(p, c->cells[i].p, c->cells[i].len);
		p += c->cells[i].len + 1;
	}
	return kept;
}

static bool write_change(struct watch *w, const char *sign,
	const char *cells)
{
	char time[32];

	clock_format_iso(w->ls->now, time);
	for (size_t i = 0; i < w->ls->columns.count + 2; i++) {
		str_reset(&w->cells[i]);
		str_add(&w->cells[i], !i ? time : i == 1 ? sign : cells);
		if (i > 1)
			cells += strlen(cells) + 1;
	}
	return writer_row(&w->ls->writer, w->cells);
}

static void rows_clear(struct seen_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->items[i].cells);
	VEC_FREE(rows);
	lookup_clear(&rows->at);
}

/* Compares one row with what it was and keeps it for the next round. */
static bool stream_row(struct watch *w, struct seen_rows *next,
	struct row row)
{
	struct table *table = w->held.table;
	struct columns *shown = &w->ls->columns;
	struct seen *seen = VEC_PUSH(next);
	uint32_t old;

	columns_fill(&w->plain, row, w->ls->now, held_joined, table);
	columns_fill(shown, row, w->ls->now, held_joined, table);
	*seen = (struct seen){ .hash = cells_hash(&w->plain),
		.cells = cells_keep(shown) };
	seen->identity = row_identity(row) ? row_identity(row) : seen->hash;
	lookup_set(&next->at, seen->identity, (uint32_t)next->count - 1);
	old = lookup_get(&w->rows.at, seen->identity);
	if (old == LOOKUP_NONE)
		return write_change(w, row_mark_sign(ROW_NEW), seen->cells);
	w->rows.items[old].found = true;
	return w->rows.items[old].hash == seen->hash ||
		write_change(w, row_mark_sign(ROW_CHANGED),
			seen->cells);
}

static bool stream(struct watch *w)
{
	struct seen_rows next = { 0 };
	bool ok = true;

	tell_shards(w);
	for (size_t i = 0; ok && i < table_rows(w->held.table); i++)
		ok = stream_row(w, &next, table_row(w->held.table, i));
	for (size_t i = 0; ok && i < w->rows.count; i++)
		ok = w->rows.items[i].found ||
			write_change(w, row_mark_sign(ROW_GONE),
				w->rows.items[i].cells);
	rows_clear(&w->rows);
	w->rows = next;
	return ok && writer_page(&w->ls->writer);
}

static bool is_expired(const struct watch *w)
{
	struct shard shard;

	for (size_t i = 0; table_shard(w->held.table, i, &shard); i++)
		if (shard.err.kind == ERR_EXPIRED ||
		    shard.err.kind == ERR_NEED_INPUT)
			return true;
	return false;
}

static int64_t period(const struct watch *w)
{
	const struct resource *r = w->plain.compiled->resource;
	int64_t seconds = w->ls->runtime->options->watch_seconds;
	struct table_status status;

	table_status(w->held.table, &status);
	if (!seconds && status.shards > 1)
		seconds = r->refresh_many ? r->refresh_many : 3 * r->refresh;
	else if (!seconds)
		seconds = r->refresh;
	return (seconds ? seconds : EVERY) * 1000 *
		(is_expired(w) ? SLOWER : 1);
}

/* Rounds begin in their period, however long one takes. */
static void run_rounds(struct watch *w)
{
	int64_t started = clock_now();

	while (watch_wait(w, 0)) {
		table_want(w->held.table, 0, table_rows(w->held.table));
		if (!watch_wait(w, 0))
			break;
		w->ls->now = clock_wall();
		if (!(w->drawn ? draw(w) : stream(w)) ||
		    !watch_wait(w, started + period(w)))
			break;
		started = clock_now();
		table_refresh(w->held.table);
	}
}

static bool prepare(struct watch *w, struct error *err)
{
	struct columns *shown = &w->ls->columns;
	const struct options *o = w->ls->runtime->options;
	const char *term = getenv("TERM");

	w->drawn = isatty(STDOUT_FILENO) && !o->output_given && term &&
		strcmp(term, "dumb");
	w->plain = *shown;
	w->plain.plain = true;
	w->out[0] = (struct output_column){ .name = "time", .title = "TIME" };
	w->out[1] = (struct output_column){ .name = "change", .title = "" };
	for (size_t i = 0; i < shown->count; i++) {
		str_init(&w->plain.cells[i], 0);
		w->out[i + 2] = shown->out[i];
	}
	for (size_t i = 0; i < shown->count + 2; i++)
		str_init(&w->cells[i], 0);
	return w->drawn || writer_init(&w->ls->writer, STDOUT_FILENO,
		o->output, w->out, shown->count + 2, err);
}

static void finish(struct watch *w)
{
	struct writer *writer = &w->ls->writer;

	if (w->gone)
		writer->error = EPIPE;
	/* A frame was ended already; there is nothing left to write. */
	if (!w->drawn && w->ls->status != 2)
		w->ls->status = verb_finish(writer, w->ls->status);
	else if (writer->error)
		w->ls->status = 1;
	for (size_t i = 0; i < w->ls->columns.count + 2; i++)
		str_clear(&w->cells[i]);
	columns_clear(&w->plain);
	rows_clear(&w->rows);
	map_free(w->told, free);
}

int ls_watch(struct ls *ls, struct location *location)
{
	struct watch w = { .ls = ls, .told = map_new() };
	struct error err = ERROR_INIT;

	if (!catch_interrupt(&err))
		ls->status = verb_fail(&err);
	else if (!prepare(&w, &err) ||
	    !held_open(&w.held, ls, location, &err))
		ls->status = verb_fail(&err);
	else
		run_rounds(&w);
	if (w.held.fetch)
		held_close(&w.held);
	finish(&w);
	release_interrupt();
	return ls->status;
}
