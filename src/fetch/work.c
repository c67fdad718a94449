/* SPDX-License-Identifier: MIT */
#include "fetch/work.h"

#include "base/mem.h"
#include "fetch/view.h"

#include <stdlib.h>
#include <string.h>

/* Hidden may depend on the time ("terminated for an hour"). */
#define HIDDEN_MS 60000

/* Builds after which keys that were not used go. */
#define UNUSED_BUILDS 32

struct work *work_new(void)
{
	return xcalloc(1, sizeof(struct work));
}

static void keys_free(struct keys *k)
{
	if (!k)
		return;
	free(k->numbers);
	free(k->texts);
	free(k->copies);
	free(k);
}

static void slot_clear(struct work_slot *slot)
{
	for (int i = 0; i < WORK_COLUMNS; i++)
		keys_free(slot->keys[i]);
	free(slot->known);
	free(slot->hidden);
	segment_unref(slot->segment);
	memset(slot, 0, sizeof(*slot));
}

void work_free(struct work *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->slot_count; i++)
		if (w->slots[i].segment)
			slot_clear(&w->slots[i]);
	free(w->slots);
	free(w);
}

static void forget_column(struct work *w, unsigned column)
{
	for (size_t i = 0; i < w->slot_count; i++) {
		keys_free(w->slots[i].keys[column]);
		w->slots[i].keys[column] = NULL;
	}
}

static void forget_unused(struct work *w)
{
	for (unsigned i = 0; i < WORK_COLUMNS; i++) {
		struct work_column *c = &w->columns[i];

		if (!c->used || w->uses - c->last_use < UNUSED_BUILDS)
			continue;
		forget_column(w, i);
		c->used = false;
	}
}

static void forget_hidden(struct work *w)
{
	for (size_t i = 0; i < w->slot_count; i++) {
		free(w->slots[i].known);
		free(w->slots[i].hidden);
		w->slots[i].known = w->slots[i].hidden = NULL;
	}
}

void work_begin(struct work *w, const struct build *b)
{
	if (w->slot_count < b->source_count) {
		w->slots = xreallocarray(w->slots, b->source_count,
			sizeof(*w->slots));
		memset(&w->slots[w->slot_count], 0,
			(b->source_count - w->slot_count) *
			sizeof(*w->slots));
		w->slot_count = b->source_count;
	}
	for (size_t i = 0; i < w->slot_count; i++) {
		struct work_slot *slot = &w->slots[i];
		struct segment *segment = i < b->source_count ?
			b->sources[i].segment : NULL;

		if (slot->segment == segment)
			continue;
		if (slot->segment)
			slot_clear(slot);
		if (segment)
			slot->segment = segment_ref(segment);
	}
	if (b->wall - w->hidden_at >= HIDDEN_MS || b->wall < w->hidden_at) {
		forget_hidden(w);
		w->hidden_at = b->wall;
	}
	w->uses++;
	forget_unused(w);
}

void work_measure(struct work *w)
{
	size_t bytes = w->slot_count * sizeof(*w->slots);

	for (size_t i = 0; i < w->slot_count; i++) {
		const struct work_slot *slot = &w->slots[i];

		for (int j = 0; j < WORK_COLUMNS; j++)
			bytes += slot->keys[j] ? slot->keys[j]->bytes : 0;
		if (slot->known)
			bytes += 8 * bit_words(slot->segment->count);
	}
	w->bytes = bytes;
}

unsigned work_column(struct work *w, int column, uint64_t joins_stamp)
{
	unsigned oldest = 0;

	for (unsigned i = 0; i < WORK_COLUMNS; i++) {
		struct work_column *c = &w->columns[i];

		if (c->used && c->column == column) {
			c->last_use = w->uses;
			if (c->joins_stamp != joins_stamp)
				forget_column(w, i);
			c->joins_stamp = joins_stamp;
			return i;
		}
		if (!c->used || (w->columns[oldest].used &&
		    c->last_use < w->columns[oldest].last_use))
			oldest = i;
	}
	forget_column(w, oldest);
	w->columns[oldest] = (struct work_column){ .column = column,
		.used = true, .joins_stamp = joins_stamp,
		.last_use = w->uses };
	return oldest;
}

uint64_t key_chunk(const char *text)
{
	uint64_t chunk = 0;

	for (int i = 0; i < 8; i++) {
		chunk = chunk << 8 | (unsigned char)*text;
		if (*text)
			text++;
	}
	return chunk;
}

/*
 * A run of digits becomes a digit that says how many follow, so that more of
 * them are greater, and stands where digits stand among other characters:
 * web-2 is "web-12", web-10 "web-210". From nine on a byte of its own says
 * how many.
 */
void key_collate(struct str *out, const char *text, size_t len)
{
	size_t i = 0;

	while (i < len) {
		char c = text[i];
		size_t start;

		if (c < '0' || c > '9') {
			if (c >= 'A' && c <= 'Z')
				c = (char)(c | 0x20);
			str_addc(out, c);
			i++;
			continue;
		}
		while (i < len && text[i] == '0')
			i++;
		for (start = i; i < len && text[i] >= '0' && text[i] <= '9';)
			i++;
		if (i - start < 9) {
			str_addc(out, (char)('0' + (i - start)));
		} else {
			str_addc(out, '9');
			str_addc(out, (char)(i - start < 255 ? i - start :
				255));
		}
		str_addn(out, text + start, i - start);
	}
}

/* A key while the copies still move. */
struct maker {
	struct keys *keys;
	struct str copies, scratch;
	size_t *copied;          /* row → where in copies, + 1; NULL: none */
	uint32_t count;
};

static void set_text(struct maker *m, uint32_t row, const char *text,
	size_t len, enum format format)
{
	struct keys *k = m->keys;

	if (!len)
		return;
	if (!k->texts)
		k->texts = xcalloc(m->count, sizeof(*k->texts));
	if (format != FORMAT_NATURAL && text != m->scratch.p) {
		k->texts[row] = text;
		return;
	}
	if (!m->copied)
		m->copied = xcalloc(m->count, sizeof(*m->copied));
	m->copied[row] = m->copies.len + 1;
	if (format == FORMAT_NATURAL)
		key_collate(&m->copies, text, len);
	else
		str_addn(&m->copies, text, len);
	if (!str_addc(&m->copies, '\0'))
		m->copied[row] = 0;      /* a gigabyte of names: no order */
}

static void finish(struct maker *m)
{
	struct keys *k = m->keys;

	k->bytes = sizeof(*k) + m->count * sizeof(*k->numbers) +
		(k->texts ? m->count * sizeof(*k->texts) : 0) +
		m->copies.len;
	if (m->copies.len) {
		size_t len = m->copies.len;

		k->copies = xreallocarray(str_take(&m->copies), len, 1);
	}
	for (uint32_t i = 0; k->texts && i < m->count; i++) {
		if (m->copied && m->copied[i])
			k->texts[i] = k->copies + m->copied[i] - 1;
		if (k->texts[i])
			k->numbers[i] = key_chunk(k->texts[i]);
	}
	free(m->copied);
	str_clear(&m->scratch);
}

static struct keys *make_ids(const struct source *source)
{
	struct maker m = { .keys = xcalloc(1, sizeof(struct keys)),
		.copies = STR_INIT, .scratch = STR_INIT,
		.count = source->segment->count };
	const struct path *path = source->segment->compiled->id;

	m.keys->numbers = xcalloc(m.count, sizeof(*m.keys->numbers));
	for (uint32_t i = 0; i < m.count; i++) {
		size_t len = 0;
		const char *text = "";

		if (path)
			text = row_text((struct row){ source->segment, i },
				path, &len);
		m.keys->numbers[i] = KEY_MISSING;
		set_text(&m, i, text, len, FORMAT_TEXT);
	}
	finish(&m);
	return m.keys;
}

static struct keys *make_keys(const struct build *b, int column,
	const struct source *source)
{
	const struct compiled_column *c = &b->compiled->columns[column];
	enum format format = c->column->format;
	struct maker m = { .keys = xcalloc(1, sizeof(struct keys)),
		.copies = STR_INIT, .scratch = STR_INIT,
		.count = source->segment->count };

	m.keys->numbers = xcalloc(m.count, sizeof(*m.keys->numbers));
	for (uint32_t i = 0; i < m.count; i++) {
		struct row row = { source->segment, i }, joined = { 0 };
		const char *text;
		int64_t number;
		size_t len;

		if (c->join >= 0 && b->joined)
			joined = joined_find(b->joined, source->shard,
				(size_t)c->join, row, NULL);
		m.keys->numbers[i] = KEY_MISSING;
		str_reset(&m.scratch);
		text = row_sort_text(row, c, joined, &m.scratch, &len);
		if (!format_sort_number(format, text, len, &number)) {
			set_text(&m, i, text, len, format);
			continue;
		}
		if (number == INT64_MAX)
			number--;
		m.keys->numbers[i] = (uint64_t)number ^ (uint64_t)1 << 63;
	}
	finish(&m);
	return m.keys;
}

const struct keys *work_keys(const struct build *b, unsigned column,
	uint32_t source)
{
	struct keys **keys = &b->work->slots[source].keys[column];
	int index = b->work->columns[column].column;

	if (!*keys)
		*keys = index == WORK_ID ? make_ids(&b->sources[source]) :
			make_keys(b, index, &b->sources[source]);
	return *keys;
}
