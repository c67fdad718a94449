/* SPDX-License-Identifier: MIT */
/* Which rows of a segment a query lets in. */
#include "fetch/view.h"

#include "base/mem.h"
#include "base/text.h"
#include "fetch/filter.h"

#include <stdlib.h>
#include <string.h>

static bool is_hidden_now(const struct build *b, struct row row)
{
	char region[64], account[64] = "";
	struct cell cell = {
		.doc = row.segment->doc,
		.node = row.segment->nodes[row.index],
		.region = row_region(row, region), .account = account,
		.parent = location_parent(row.segment->location),
		.row_kind = row_kind(row),
		.now = b->wall,
		.plain = true
	};

	if (row.segment->session)
		session_account(row.segment->session, account);
	return b->compiled->resource->hidden(&cell);
}

/* Remembered, for the document has to be looked at. */
static bool is_hidden(const struct build *b, struct place place)
{
	struct work_slot *slot = &b->work->slots[place.segment];
	size_t words = bit_words(slot->segment->count);

	if (!slot->known) {
		slot->known = xcalloc(words, sizeof(*slot->known));
		slot->hidden = xcalloc(words, sizeof(*slot->hidden));
	}
	if (!bit_get(slot->known, place.row)) {
		bit_set(slot->known, place.row);
		if (is_hidden_now(b, (struct row){ slot->segment, place.row }))
			bit_set(slot->hidden, place.row);
	}
	return bit_get(slot->hidden, place.row);
}

static bool is_problem(const struct build *b, struct row row,
	const struct row *joined, struct str *scratch)
{
	for (size_t i = 0; i < b->compiled->column_count; i++) {
		const struct compiled_column *c = &b->compiled->columns[i];
		struct cell_options options = { .now = b->wall };
		enum role role;

		if (c->column->format != FORMAT_STATE)
			continue;
		if (c->join >= 0 && joined)
			options.joined = joined[c->join];
		str_reset(scratch);
		role = row_cell(row, c, &options, scratch);
		if (role == ROLE_WARN || role == ROLE_BAD)
			return true;
	}
	return false;
}

static bool matches(struct build *b, struct place place, bool known,
	struct str *scratch)
{
	const struct source *source = &b->sources[place.segment];
	struct row row = { source->segment, place.row };
	struct row found[JOINS_MOST], *joined = NULL;

	if (b->joins && b->joined) {
		joined_find_all(b->joined, source->shard, b->joins, row,
			found);
		joined = found;
	}
	if (!known &&
	    !filter_evaluate(b->query.filter, row, joined, scratch))
		return false;
	if (!b->query.show_hidden && b->compiled->resource->hidden &&
	    is_hidden(b, place))
		return false;
	return !b->query.problems || is_problem(b, row, joined, scratch);
}

bool build_matches(struct build *b, struct place place, struct str *scratch)
{
	return matches(b, place, false, scratch);
}

static bool lets_all_in(const struct build *b)
{
	const struct query *q = &b->query;

	return (!q->filter || !*filter_source(q->filter)) && !q->problems &&
		(q->show_hidden || !b->compiled->resource->hidden);
}

/* known: the filter is known to match. */
static void try_row(struct build *b, struct place place, bool known,
	struct str *scratch, uint32_t *bits)
{
	const struct source *source = &b->sources[place.segment];

	if ((!source->dead || !bit_get(source->dead, place.row)) &&
	    matches(b, place, known, scratch))
		bit_set(bits, place.row);
}

/* Asked now and then: a page may take seconds if its regex is a bad one. */
static bool is_stopped(const struct build *b, uint32_t row)
{
	return row % 16 == 0 && atomic_load_explicit(&b->stop,
		memory_order_relaxed);
}

static void match_each(struct build *b, uint32_t source, struct str *scratch,
	uint32_t *bits)
{
	uint32_t count = b->sources[source].segment->count;

	for (uint32_t row = 0; row < count && !is_stopped(b, row); row++)
		try_row(b, (struct place){ source, row }, false, scratch,
			bits);
}

/* The row that the byte at `offset` of the text belongs to; at or after
 * `row`, and the nearer the sooner found. */
static uint32_t row_at(const struct segment *s, uint32_t row, uint32_t offset)
{
	uint32_t low = row, high = row + 1, step = 1;

	while (high < s->count && s->text_at[high] <= offset) {
		low = high;
		step *= 2;
		high = s->count - high > step ? high + step : s->count;
	}
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (s->text_at[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

struct driver {
	const char *word;
	size_t len;
	bool enough;
};

/* Runs through the segment's text from one hit of a word that every match
 * must have to the next; the rows between are never looked at. */
static void match_hits(struct build *b, uint32_t source,
	const struct driver *driver, struct str *scratch, uint32_t *bits)
{
	const struct segment *s = b->sources[source].segment;
	const char *end = s->text + s->text_at[s->count];
	uint32_t row = 0;

	while (row < s->count && !is_stopped(b, row)) {
		const char *from = s->text + s->text_at[row];
		const char *hit = text_find(from, (size_t)(end - from),
			driver->word, driver->len);

		if (!hit)
			return;
		row = row_at(s, row, (uint32_t)(hit - s->text));
		try_row(b, (struct place){ source, row }, driver->enough,
			scratch, bits);
		row++;
	}
}

void build_match(struct build *b, uint32_t source)
{
	const struct source *s = &b->sources[source];
	struct driver driver = { 0 };
	struct str scratch = STR_INIT;
	size_t words = bit_words(s->segment->count);
	uint32_t *bits = xcalloc(words + 1, sizeof(*bits));

	if (s->segment->text && !b->joins)
		driver.word = filter_driver(b->query.filter, &driver.len,
			&driver.enough);
	if (lets_all_in(b)) {
		memset(bits, 0xff, words * sizeof(*bits));
		for (size_t i = 0; s->dead && i < words; i++)
			bits[i] &= ~s->dead[i];
	} else if (driver.word) {
		match_hits(b, source, &driver, &scratch, bits);
	} else {
		match_each(b, source, &scratch, bits);
	}
	b->matches[source] = bits;
	str_clear(&scratch);
}
