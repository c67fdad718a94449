/* SPDX-License-Identifier: MIT */
#include "ui/table_columns.h"
#include "ui/table_filter.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"

#include <string.h>

#include <stdlib.h>

#define SPIN_MS 250
#define STEADY_MS 300

static struct pane_table *self(struct pane *pane)
{
	return (struct pane_table *)pane;
}

static const struct pane_table *self_const(const struct pane *pane)
{
	return (const struct pane_table *)pane;
}

size_t pane_table_count(const struct pane_table *t)
{
	return table_rows(t->table) + (t->ghost ? 1 : 0);
}

bool pane_table_is_ghost(const struct pane_table *t, size_t i)
{
	return t->ghost && i == t->cursor;
}

bool pane_table_is_gone(const struct pane_table *t, struct row row)
{
	return row.segment &&
		table_row_mark(t->table, row, NULL) == ROW_GONE;
}

/* The ghost stands at the cursor; what is below has moved one down. */
struct row pane_table_row(const struct pane_table *t, size_t i)
{
	if (pane_table_is_ghost(t, i))
		return t->held;
	return table_row(t->table, t->ghost && i > t->cursor ? i - 1 : i);
}

bool pane_table_many_regions(const struct pane_table *t)
{
	const struct app *app = t->pane.app;

	return !t->region[0] && (app->all_regions || app->region_count > 1);
}

bool pane_table_own_region(const struct pane_table *t)
{
	const struct app *app = t->pane.app;

	return t->region[0] && !t->location->resource->global &&
		!(app->region_count == 1 &&
		  !strcmp(app->regions[0], t->region));
}

bool pane_table_many_accounts(const struct pane_table *t)
{
	return !t->session && t->pane.app->session_count > 1;
}

static void hold(struct pane_table *t, struct row row)
{
	struct segment *old = t->held.segment;

	if (row.segment)
		segment_ref(row.segment);
	t->held = row;
	t->identity = row.segment ? row_identity(row) : 0;
	if (old)
		segment_unref(old);
}

void pane_table_move(struct pane_table *t, size_t cursor)
{
	size_t count;

	if (t->ghost && cursor != t->cursor) {
		cursor -= cursor > t->cursor ? 1 : 0;
		t->top -= t->top > t->cursor ? 1 : 0;
		t->ghost = false;
		t->pane.dirty = true;
	}
	count = pane_table_count(t);
	if (count && cursor >= count)
		cursor = count - 1;
	t->cursor = count ? cursor : 0;
	if (count && !t->ghost)
		hold(t, pane_table_row(t, t->cursor));
	t->pane.moved = true;
	t->pane.dirty |= t->range != 0;
}

void pane_table_query(struct pane_table *t)
{
	t->asked = true;
	table_set_query(t->table, &t->query);
	t->pane.dirty = true;
}

void pane_table_marked(struct pane_table *t)
{
	size_t count = table_rows(t->table);

	t->marks_shown = 0;
	for (size_t i = 0; t->marks.count && i < count; i++)
		t->marks_shown += marks_has(&t->marks,
			row_identity(table_row(t->table, i)));
	t->pane.dirty = true;
}

bool pane_table_range(const struct pane_table *t, size_t *from, size_t *to)
{
	size_t at = t->range ? table_find(t->table, t->range, t->cursor) :
		SIZE_MAX;

	if (at == SIZE_MAX)
		return false;
	if (t->ghost && at >= t->cursor)
		at++;
	*from = at < t->cursor ? at : t->cursor;
	*to = at < t->cursor ? t->cursor : at;
	return true;
}

/* AWS no longer has the row, or the filter lets it in no more: it stays
 * where it was, as AWS says it is now. */
static void leave_ghost(struct pane_table *t)
{
	struct row now = table_lookup(t->table, t->identity);

	if (now.segment)
		hold(t, now);
	if (t->cursor > table_rows(t->table))
		t->cursor = table_rows(t->table);
	t->ghost = true;
}

/* The row under the cursor stays under it, wherever it went; one that is
 * gone leaves a ghost, so no neighbour slides under a finger. While the rows
 * first come and nobody has moved, the top is where one looks. */
static void follow(struct pane_table *t)
{
	size_t at;

	t->ghost = false;
	if (!t->moved && (!t->settled || !t->identity)) {
		pane_table_move(t, 0);
		return;
	}
	if (!t->identity) {
		pane_table_move(t, t->cursor);
		return;
	}
	at = table_find(t->table, t->identity, t->cursor);
	if (at != SIZE_MAX) {
		size_t shift = t->cursor - t->top;

		if (at != t->cursor)
			t->top = at > shift ? at - shift : 0;
		pane_table_move(t, at);
		return;
	}
	if (t->asked) {
		t->top = 0;
		pane_table_move(t, 0);
		return;
	}
	leave_ghost(t);
}

static void note_shard(struct pane_table *t, size_t i,
	const struct shard *shard)
{
	struct noted *n;
	struct error err = shard->err;
	size_t len = strlen(err.text);

	while (t->noted.count <= i)
		*VEC_PUSH(&t->noted) = (struct noted){ SHARD_WAITING, "" };
	n = &t->noted.items[i];
	if (shard->state == SHARD_LOADING || shard->state == SHARD_WAITING)
		return;
	if (shard->state == SHARD_FAILED &&
	    (n->state != SHARD_FAILED ||
	     strncmp(n->text, err.text, sizeof(n->text) - 1))) {
		if (shard->region && *shard->region)
			error_prefix(&err, "%s", shard->region);
		app_error(t->pane.app, &err);
	}
	if (shard->state == SHARD_DENIED && n->state != SHARD_DENIED)
		app_message(t->pane.app, MESSAGE_INFO, "%s%s%s",
			shard->region ? shard->region : "",
			shard->region && *shard->region ? ": " : "",
			err.text);
	n->state = shard->state;
	len = len < sizeof(n->text) ? len : sizeof(n->text) - 1;
	memcpy(n->text, shard->err.text, len);
	n->text[len] = '\0';
}

static void update(struct pane *pane)
{
	struct pane_table *t = self(pane);
	struct table_status status;
	struct shard shard;
	uint64_t before;

	if (!table_take_changed(t->table))
		return;
	table_status(t->table, &status);
	before = t->identity;
	follow(t);
	if (t->identity != before && before)
		t->slid = clock_now();
	t->settled |= !status.loading && fetch_idle(pane->app->fetch);
	if (t->asked && !status.view_pending) {
		t->asked = false;        /* its rows have their own widths */
		if (table_rows(t->table))
			memset(t->widest, 0, sizeof(t->widest));
	}
	pane_table_marked(t);
	for (size_t i = 0; table_shard(t->table, i, &shard); i++)
		note_shard(t, i, &shard);
	pane->dirty = true;
}

static int64_t due(const struct pane *pane)
{
	struct table_status status;

	table_status(self_const(pane)->table, &status);
	if (!status.loading)
		return CLOCK_NEVER;
	return (clock_now() / SPIN_MS + 1) * SPIN_MS;
}

static bool idle(const struct pane *pane)
{
	struct table_status status;

	table_status(self_const(pane)->table, &status);
	return !status.loading && !status.view_pending;
}

/* Esc: the filter first, then the marks, then the view. What is kept across
 * views stays: that takes the key that kept it. */
static bool back(struct pane *pane)
{
	struct pane_table *t = self(pane);
	struct error err = ERROR_INIT;

	if (t->range) {
		t->range = 0;
		return true;
	}
	if (*table_filter_text(pane)) {
		table_filter(pane, NULL, true, &err);
		return true;
	}
	if (t->query.problems) {
		t->query.problems = false;
		pane_table_query(t);
		return true;
	}
	if (!t->marks.count)
		return false;
	marks_drop(&t->marks);
	pane_table_marked(t);
	return true;
}

/* Parameters in the line are what the listing was narrowed by. */
static void add_arguments(const struct pane_table *t, struct str *out)
{
	const struct location *l = t->location;

	for (size_t i = 0; i < l->argument_count; i++) {
		struct str word = STR_INIT;

		str_addf(&word, "%s=%s", l->arguments[i].parameter,
			l->arguments[i].value);
		str_addc(out, ' ');
		words_quote(out, word.p);
		str_clear(&word);
	}
}

static void line(const struct pane *pane, struct str *out)
{
	const struct pane_table *t = self_const(pane);
	const struct resource *r = t->location->resource;
	struct str address = STR_INIT;

	if (t->view) {
		str_addf(out, "view %s%s", t->view,
			*table_filter_text(pane) ? "" : " /");
	} else if (r->scheme) {
		const char *parent = location_get(t->location, r->scope[0]);
		const char *rest = location_get(t->location, r->scope[1]);

		str_addf(&address, "%s://%s/%s", r->scheme,
			parent ? parent : "", rest ? rest : "");
		words_quote(out, address.p);
	} else {
		str_add(out, r->name);
		add_arguments(t, out);
	}
	if (pane_table_own_region(t))
		str_addf(out, " Region=%s", t->region);
	str_clear(&address);
}

static struct table *table_of(const struct pane *pane)
{
	return self_const(pane)->table;
}

/* A row that is gone from AWS is nothing to act on. */
static bool row_of(const struct pane *pane, struct row *row)
{
	const struct pane_table *t = self_const(pane);

	*row = t->held;
	return t->held.segment && !t->ghost &&
		!pane_table_is_gone(t, t->held);
}

/* Marked rows as they stand, then those that the filter hides; those that
 * are gone are left out. */
static size_t targets(const struct pane *pane,
	void (*take)(void *data, struct row row), void *data)
{
	const struct pane_table *t = self_const(pane);
	struct row row;

	if (!t->marks.count) {
		if (row_of(pane, &row))
			take(data, row);
		return 0;
	}
	for (size_t i = 0; i < table_rows(t->table); i++) {
		row = table_row(t->table, i);
		if (marks_has(&t->marks, row_identity(row)))
			take(data, row);
	}
	for (size_t i = 0; i < t->marks.count &&
	     t->marks_shown < t->marks.count; i++) {
		uint64_t identity = t->marks.items[i];

		row = table_lookup(t->table, identity);
		if (row.segment && table_find(t->table, identity, 0) ==
		    SIZE_MAX)
			take(data, row);
	}
	return t->marks.count - t->marks_shown;
}

static bool steady(const struct pane *pane)
{
	const struct pane_table *t = self_const(pane);

	return t->marks.count || !t->slid ||
		clock_now() - t->slid >= STEADY_MS;
}

static size_t marked(const struct pane *pane)
{
	return self_const(pane)->marks.count;
}

static const char *subject(const struct pane *pane)
{
	return self_const(pane)->location->resource->name;
}

static void shown(struct pane *pane, bool on_top)
{
	pane->dirty |= on_top;
	if (on_top)
		table_filter_kept(self(pane));
}

static void close_table(struct pane *pane)
{
	struct pane_table *t = self(pane);

	hold(t, (struct row){ 0 });
	table_close(t->table);
	query_clear(&t->query);
	free(t->filter);
	free(t->view);
	marks_reset(&t->marks);
	VEC_FREE(&t->noted);
	location_unref(t->location);
	free(t);
}

static const struct pane_ops ops = {
	.context = "table",
	.close = close_table,
	.draw = table_draw,
	.command = table_command,
	.click = table_click,
	.click_more = table_click_more,
	.row = row_of,
	.targets = targets,
	.steady = steady,
	.update = update,
	.due = due,
	.crumb = table_crumb,
	.facts = table_facts,
	.filter = table_filter,
	.filter_text = table_filter_text,
	.shown = shown,
	.idle = idle,
	.table = table_of,
	.marked = marked,
	.subject = subject,
	.back = back,
	.line = line,
	.save = table_save,
};

struct pane_table *pane_table_of(struct pane *pane)
{
	return pane && pane->ops == &ops ? self(pane) : NULL;
}

static struct table *open_shards(struct pane_table *t)
{
	struct app *app = t->pane.app;
	const char *own = t->region;
	struct shards shards = {
		.sessions = t->session ? &t->session : app->sessions,
		.session_count = t->session ? 1 : app->session_count,
		.regions = t->region[0] ? &own :
			(const char **)app->regions,
		.region_count = t->region[0] ? 1 : app->region_count,
	};

	return table_open(app->fetch, location_ref(t->location), &shards);
}

struct pane *pane_table_new(struct app *app, struct location *location,
	struct session *session, const char *region)
{
	struct pane_table *t = xcalloc(1, sizeof(*t));
	const struct resource *r = location->resource;
	struct error err = ERROR_INIT;
	size_t len = region ? strlen(region) : 0;

	t->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	t->location = location;
	t->session = session;
	t->compiled = catalogue_compiled(app->runtime->catalogue, r);
	if (len < sizeof(t->region) && len)
		memcpy(t->region, region, len);
	if (r->sort)
		query_parse_sort(&t->query, t->compiled, r->sort, &err);
	table_recall(t);
	table_filter_kept(t);
	t->table = open_shards(t);
	pane_table_query(t);
	return &t->pane;
}
