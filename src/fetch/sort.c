/* SPDX-License-Identifier: MIT */
/*
 * Texts are sorted eight bytes at a time (multikey, by a radix sort of
 * numbers), each level looking only at rows that the level before could not
 * tell apart; what all of a group begin with is skipped. Few rows are simply
 * compared.
 */
#include "fetch/sort.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define FEW 32                   /* inserted one by one */
#define DEEPEST 65536            /* bytes of a text that are looked at */

struct item {
	uint64_t number;
	struct place place;
};

struct key {
	uint64_t number;
	const char *text;
};

void sorter_init(struct sorter *s, const struct build *b)
{
	memset(s, 0, sizeof(*s));
	s->build = b;
	for (size_t i = 0; i < b->query.sort_count; i++) {
		const struct sort_key *key = &b->query.sort[i];
		int join = b->compiled->columns[key->column].join;

		s->levels[s->count].column = work_column(b->work, key->column,
			join < 0 ? 0 : b->joins_stamp);
		s->levels[s->count++].reverse = key->reverse;
	}
	if (s->count)
		s->levels[s->count++].column = work_column(b->work, WORK_ID,
			0);
}

static struct key key_at(const struct sorter *s, unsigned level,
	struct place place)
{
	const struct keys *keys = work_keys(s->build, s->levels[level].column,
		place.segment);
	struct key key = { keys->numbers[place.row], NULL };

	if (keys->texts)
		key.text = keys->texts[place.row];
	return key;
}

static bool is_missing(struct key key)
{
	return !key.text && key.number == KEY_MISSING;
}

/* As AWS gave them; row kinds one after the other (folders first), as every
 * page by itself has them. */
static uint64_t came(const struct sorter *s, struct place place)
{
	const struct source *source = &s->build->sources[place.segment];
	uint64_t kind = source->segment && source->segment->kinds ?
		source->segment->kinds[place.row] : 0;

	return kind << 60 | (uint64_t)source->rank << 32 | place.row;
}

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

/* Neither is missing. Numbers stand before texts. */
static int compare_keys(struct key a, struct key b)
{
	if (!a.text != !b.text)
		return a.text ? 1 : -1;
	if (a.number != b.number)
		return compare_numbers(a.number, b.number);
	if (!a.text || key_chunk_ends(a.number))
		return 0;
	return strcmp(a.text + 8, b.text + 8);
}

static int compare_from(const struct sorter *s, unsigned level,
	struct place a, struct place b)
{
	for (; level < s->count; level++) {
		struct key ka = key_at(s, level, a), kb = key_at(s, level, b);
		int order;

		if (is_missing(ka) || is_missing(kb)) {
			if (is_missing(ka) && is_missing(kb))
				continue;
			return is_missing(ka) ? 1 : -1;
		}
		order = compare_keys(ka, kb);
		if (order)
			return s->levels[level].reverse ? -order : order;
	}
	return compare_numbers(came(s, a), came(s, b));
}

int sorter_compare(const struct sorter *s, struct place a, struct place b)
{
	return compare_from(s, 0, a, b);
}

static void insert_few(const struct sorter *s, struct item *items,
	size_t count, unsigned level)
{
	for (size_t i = 1; i < count; i++) {
		struct item item = items[i];
		size_t j = i;

		for (; j && compare_from(s, level, item.place,
		    items[j - 1].place) < 0; j--)
			items[j] = items[j - 1];
		items[j] = item;
	}
}

/* By number, a byte at a time from the lowest; bytes that are equal in all
 * are passed over. */
static void radix(struct item *items, struct item *spare, size_t count)
{
	uint32_t counts[8][256] = { { 0 } };
	struct item *from = items, *to = spare;

	for (size_t i = 0; i < count; i++)
		for (int b = 0; b < 8; b++)
			counts[b][items[i].number >> (8 * b) & 0xff]++;
	for (int b = 0; b < 8; b++) {
		uint32_t *at = counts[b], sum = 0;
		struct item *swap = from;

		if (at[from[0].number >> (8 * b) & 0xff] == count)
			continue;
		for (int i = 0; i < 256; i++) {
			uint32_t n = at[i];

			at[i] = sum;
			sum += n;
		}
		for (size_t i = 0; i < count; i++)
			to[at[from[i].number >> (8 * b) & 0xff]++] = from[i];
		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, count * sizeof(*items));
}

/* How many items from the first on have its number. */
static size_t run_length(const struct item *items, size_t count)
{
	size_t n = 1;

	while (n < count && items[n].number == items[0].number)
		n++;
	return n;
}

static void sort_level(const struct sorter *s, struct item *items,
	size_t count, unsigned level);

static void sort_numbers(const struct sorter *s, struct item *items,
	size_t count, unsigned level)
{
	uint64_t flip = s->levels[level].reverse ? UINT64_MAX : 0;

	if (!count)
		return;
	for (size_t i = 0; i < count; i++)
		items[i].number = flip ^
			key_at(s, level, items[i].place).number;
	radix(items, s->spare, count);
	for (size_t i = 0, n; i < count; i += n) {
		n = run_length(items + i, count - i);
		sort_level(s, items + i, n, level + 1);
	}
}

/* How many bytes from depth on all of them share. */
static size_t common(const struct sorter *s, const struct item *items,
	size_t count, unsigned level, size_t depth)
{
	const char *first = key_at(s, level, items[0].place).text + depth;
	size_t most = strnlen(first, DEEPEST);

	for (size_t i = 1; i < count && most; i++) {
		const char *p = key_at(s, level, items[i].place).text + depth;
		size_t n = 0;

		while (n < most && p[n] == first[n])
			n++;
		most = n;
	}
	return most;
}

static void sort_texts(const struct sorter *s, struct item *items,
	size_t count, unsigned level, size_t depth)
{
	uint64_t flip = s->levels[level].reverse ? UINT64_MAX : 0;

	if (!count)
		return;
	for (size_t i = 0; i < count; i++) {
		struct key key = key_at(s, level, items[i].place);

		items[i].number = flip ^ (depth ?
			key_chunk(key.text + depth) : key.number);
	}
	radix(items, s->spare, count);
	for (size_t i = 0, n; i < count; i += n) {
		n = run_length(items + i, count - i);
		if (n == 1)
			continue;
		if (key_chunk_ends(items[i].number ^ flip) ||
		    depth > DEEPEST)
			sort_level(s, items + i, n, level + 1);
		else if (n <= FEW)
			insert_few(s, items + i, n, level);
		else
			sort_texts(s, items + i, n, level, depth + 8 +
				common(s, items + i, n, level, depth + 8));
	}
}

/* Numbers, texts (the other way round if reversed), missing. */
static void part(const struct sorter *s, struct item *items, size_t count,
	unsigned level, size_t *numbers, size_t *texts)
{
	bool reverse = s->levels[level].reverse;
	size_t first = 0, second = 0, rest = 0;

	*numbers = *texts = 0;
	for (size_t i = 0; i < count; i++) {
		struct key key = key_at(s, level, items[i].place);

		if (is_missing(key)) {
			s->spare[count - ++rest] = items[i];
			continue;
		}
		*(key.text ? texts : numbers) += 1;
		if (!key.text == reverse)
			s->spare[second++] = items[i];
		else
			items[first++] = items[i];
	}
	memcpy(items + first, s->spare, second * sizeof(*items));
	memcpy(items + first + second, s->spare + count - rest,
		rest * sizeof(*items));
}

static void sort_level(const struct sorter *s, struct item *items,
	size_t count, unsigned level)
{
	size_t numbers, texts;

	if (count <= FEW) {
		insert_few(s, items, count, level);
		return;
	}
	if (level == s->count) {
		for (size_t i = 0; i < count; i++)
			items[i].number = came(s, items[i].place);
		radix(items, s->spare, count);
		return;
	}
	part(s, items, count, level, &numbers, &texts);
	if (s->levels[level].reverse) {
		sort_texts(s, items, texts, level, 0);
		sort_numbers(s, items + texts, numbers, level);
	} else {
		sort_numbers(s, items, numbers, level);
		sort_texts(s, items + numbers, texts, level, 0);
	}
	sort_level(s, items + numbers + texts, count - numbers - texts,
		level + 1);
}

void sorter_sort(struct sorter *s, struct place *places, size_t count)
{
	struct item *items;

	if (count < 2)
		return;
	items = xreallocarray(NULL, count, sizeof(*items));
	s->spare = xreallocarray(NULL, count, sizeof(*items));
	for (size_t i = 0; i < count; i++)
		items[i].place = places[i];
	sort_level(s, items, count, 0);
	for (size_t i = 0; i < count; i++)
		places[i] = items[i].place;
	free(items);
	free(s->spare);
	s->spare = NULL;
}

/* How many of the sorted rows stand before this one: in steps that double,
 * then by halves. */
static size_t before(const struct sorter *s, const struct place *rows,
	size_t count, struct place place)
{
	size_t low = 0, step = 1;

	while (step <= count &&
	    sorter_compare(s, rows[step - 1], place) < 0) {
		low = step;
		step *= 2;
	}
	if (step > count)
		step = count + 1;
	while (low + 1 < step) {
		size_t middle = low + (step - low) / 2;

		if (sorter_compare(s, rows[middle - 1], place) < 0)
			low = middle;
		else
			step = middle;
	}
	return low;
}

void sorter_merge(const struct sorter *s, const struct place *kept,
	size_t kept_count, const struct place *fresh, size_t fresh_count,
	struct place *out)
{
	size_t i = 0;

	for (size_t j = 0; j < fresh_count; j++) {
		size_t n = before(s, kept + i, kept_count - i, fresh[j]);

		if (n)
			memcpy(out, kept + i, n * sizeof(*out));
		out += n;
		i += n;
		*out++ = fresh[j];
	}
	if (i < kept_count)
		memcpy(out, kept + i, (kept_count - i) * sizeof(*out));
}
