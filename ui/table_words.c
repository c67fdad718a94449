/* SPDX-License-Identifier: MIT */
/* What is said of a table as a whole: where it is, how much there is and
 * how true it is, and, instead of rows, why there are none. */
#include "base/clock.h"
#include "base/text.h"
#include "ui/pane_table.h"
#include "ui/term.h"

#include <string.h>

#define SPIN_MS 250
#define VALUES_SAID 3        /* of what narrows the listing */

/* A filter's value says enough: its name would be "tag:aws:auto…". */
static bool is_filter_name(const char *parameter)
{
	size_t len = strlen(parameter);

	return len > 5 && !strcmp(parameter + len - 5, ".Name");
}

void table_crumb(const struct pane *pane, struct str *out)
{
	const struct pane_table *t = (const struct pane_table *)pane;
	const struct location *l = t->location;
	size_t said = 0;

	str_add(out, l->resource->title);
	if (t->view)
		str_addf(out, " › %s", t->view);
	for (size_t i = 0; i < l->argument_count; i++)
		if (*l->arguments[i].value &&
		    !is_filter_name(l->arguments[i].parameter) &&
		    ++said <= VALUES_SAID)
			str_addf(out, " › %s", l->arguments[i].value);
	if (said > VALUES_SAID)
		str_addf(out, " › %zu more", said - VALUES_SAID);
	if (pane_table_own_region(t))
		str_addf(out, " › %s", t->region);
	if (t->query.problems)
		str_add(out, " › problems");
	if (t->kept_misfit)
		str_add(out, " › kept filter does not fit");
}

static void add_count(const struct pane_table *t, struct str *out,
	const struct table_status *status)
{
	size_t hidden = t->marks.count - (t->marks_shown < t->marks.count ?
		t->marks_shown : t->marks.count);

	text_add_grouped(out, (int64_t)status->shown);
	if (status->shown != status->rows) {
		str_add(out, " of ");
		text_add_grouped(out, (int64_t)status->rows);
	}
	if (!status->complete)
		str_addc(out, '+');
	if (!t->marks.count)
		return;
	str_add(out, "   ");
	text_add_grouped(out, (int64_t)t->marks.count);
	str_add(out, " marked");
	if (!hidden)
		return;
	str_add(out, " (");
	text_add_grouped(out, (int64_t)hidden);
	str_add(out, " hidden)");
}

/* Nothing failed: somebody has stopped it. */
static bool is_stopped(const struct pane_table *t)
{
	struct shard shard;

	for (size_t i = 0; table_shard(t->table, i, &shard); i++)
		if (shard.state == SHARD_FAILED &&
		    shard.err.kind != ERR_CANCELLED)
			return false;
	return true;
}

static void add_chips(const struct pane_table *t, struct str *out,
	const struct table_status *status)
{
	const char *warn = t->pane.app->screen->signs->warn;

	if (status->failed && is_stopped(t))
		str_add(out, "   stopped");
	else if (status->failed && status->shards == 1)
		str_addf(out, "   %s failed", warn);
	else if (status->failed)
		str_addf(out, "   %s %zu %s failed", warn, status->failed,
			pane_table_many_accounts(t) ? "listings" :
			status->failed == 1 ? "region" : "regions");
	if (status->denied && status->shards == 1)
		str_add(out, "   denied");
	else if (status->denied)
		str_addf(out, "   %zu denied", status->denied);
	if (status->off)
		str_addf(out, "   %zu not enabled", status->off);
	if (status->capped)
		str_add(out, "   stopped at rows-max");
}

/* Ages step at 10 s, at 30 s, then by the minute: no ticking clock. */
static void add_age(struct str *out, int64_t age)
{
	if (age < 10000)
		str_add(out, "now");
	else if (age < 30000)
		str_add(out, "10 s old");
	else if (age < 60000)
		str_add(out, "30 s old");
	else if (age < 3600000)
		str_addf(out, "%lld min old", (long long)(age / 60000));
	else
		str_addf(out, "%lld h old", (long long)(age / 3600000));
}

static void add_spinner(const struct pane_table *t, struct str *out,
	const struct table_status *status)
{
	static const char *const signs[2][4] = { { "|", "/", "-", "\\" },
		{ "◐", "◓", "◑", "◒" } };
	struct shard shard;

	str_addf(out, "   %s ", signs[t->pane.app->screen->unicode]
		[clock_now() / SPIN_MS % 4]);
	if (status->shards > 1)
		str_addf(out, "%zu of %zu", status->shards - status->loading,
			status->shards);
	else if (table_shard(t->table, 0, &shard) && shard.pages > 1)
		str_addf(out, "%zu pages", shard.pages);
	else
		str_add(out, "loading");
	if (!status->oldest)
		return;
	str_add(out, "   ");
	add_age(out, clock_wall() - status->oldest);
}

void table_facts(const struct pane *pane, struct str *out)
{
	const struct pane_table *t = (const struct pane_table *)pane;
	struct table_status status;

	table_status(t->table, &status);
	add_count(t, out, &status);
	add_chips(t, out, &status);
	if (status.loading) {
		add_spinner(t, out, &status);
	} else if (status.oldest) {
		str_add(out, "   ");
		add_age(out, clock_wall() - status.oldest);
	}
}

/* A sentence over as many lines as it needs; the next free line. */
static int draw_sentence(const struct area *a, int y, enum look look,
	const char *text)
{
	size_t len = strlen(text), used;
	int width = a->columns - 2 * LAYOUT_GUTTER;

	while (len && y < a->rows && width > 0) {
		size_t n = text_fit(text, len, (size_t)width,
			a->screen->ambiguous, &used);
		size_t blank = n;

		while (n < len && blank > n / 2 && text[blank - 1] != ' ')
			blank--;
		n = n < len && blank > n / 2 ? blank : n ? n : 1;
		draw_cell(a, y++, LAYOUT_GUTTER, width, false, look, false,
			text, n);
		text += n;
		len -= n;
	}
	return y;
}

/* Why there is nothing, shard by shard, and what to do about it. */
static bool draw_failures(const struct pane_table *t,
	const struct area *area)
{
	struct shard shard;
	bool expired = false;
	int y = 1;

	for (size_t i = 0; table_shard(t->table, i, &shard); i++) {
		struct str text = STR_INIT;

		if (shard.err.kind == ERR_NONE)
			continue;
		if (shard.err.kind == ERR_CANCELLED)
			error_set(&shard.err, ERR_CANCELLED,
				"stopped before anything came");
		expired |= shard.err.kind == ERR_EXPIRED ||
			shard.err.kind == ERR_NEED_INPUT;
		if (shard.region && *shard.region)
			str_addf(&text, "%s: ", shard.region);
		str_add(&text, shard.err.text);
		if (y < area->rows - 2)
			y = draw_sentence(area, y + 1,
				shard.state == SHARD_FAILED ? LOOK_BAD :
				LOOK_TEXT, text.p) - 1;
		str_clear(&text);
	}
	if (y == 1)
		return false;
	draw_sentence(area, y + 2, LOOK_DIM, expired ?
		"R renews the credentials, p chooses another profile" :
		"Ctrl-R asks again, ! lists all messages in full");
	return true;
}

static void draw_nothing(const struct pane_table *t, const struct area *area)
{
	const struct resource *r = t->location->resource;
	struct str text = STR_INIT;

	str_addf(&text, "No %s here", r->name);
	draw_sentence(area, 2, LOOK_TEXT, text.p);
	if (!r->global && !t->region[0] && !t->pane.app->all_regions)
		draw_sentence(area, 3, LOOK_DIM,
			"0 looks in all regions, r chooses some");
	str_clear(&text);
}

void table_draw_empty(const struct pane_table *t, const struct area *area)
{
	const char *dots = area->screen->unicode ? "…" : "...";
	struct table_status status;
	struct str text = STR_INIT;

	table_status(t->table, &status);
	if (status.loading || status.view_pending) {
		str_addf(&text, "Loading%s", dots);
		if (!status.rows)
			draw_sentence(area, 2, LOOK_DIM, text.p);
	} else if (status.rows && t->query.problems) {
		draw_sentence(area, 2, LOOK_TEXT, "Nothing is wrong here as "
			"far as the states say; Esc shows all");
	} else if (status.rows) {
		str_add(&text, "None of ");
		text_add_grouped(&text, (int64_t)status.rows);
		str_addf(&text, " %s matches; %s", t->location->resource->name,
			t->filter && *t->filter ? "Esc clears the filter" :
			"& takes the kept filter off");
		draw_sentence(area, 2, LOOK_TEXT, text.p);
	} else if (!draw_failures(t, area)) {
		draw_nothing(t, area);
	}
	str_clear(&text);
}
