/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "table_fixture.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "fetch/sort.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

/* One build over segments, without a table. */
struct bench {
	struct build build;
	struct source sources[8];
	uint32_t order[8];
	struct place *places;
	size_t count;
};

static void bench_init(struct bench *t, struct segment **segments,
	size_t count, const char *sort)
{
	struct error err;

	memset(t, 0, sizeof(*t));
	t->build.compiled = things_compiled(things());
	t->build.sources = t->sources;
	t->build.source_count = count;
	t->build.order = t->order;
	t->build.order_count = count;
	t->build.work = work_new();
	if (!query_parse_sort(&t->build.query, t->build.compiled, sort, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < count; i++) {
		t->sources[i] = (struct source){ .segment = segments[i],
			.rank = (uint32_t)i, .live = segments[i]->count };
		t->order[i] = (uint32_t)i;
		t->count += segments[i]->count;
	}
	t->places = xcalloc(t->count, sizeof(*t->places));
	t->count = 0;
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t row = 0; row < segments[i]->count; row++)
			t->places[t->count++] = (struct place){ i, row };
	work_begin(t->build.work, &t->build);
}

static void bench_clear(struct bench *t)
{
	work_free(t->build.work);
	free(t->places);
}

static const char *value(const struct bench *t, size_t i, int column)
{
	struct place p = t->places[i];

	return row_text((struct row){ t->sources[p.segment].segment, p.row },
		t->build.compiled->columns[column].path, NULL);
}

static void expect_order(const struct thing *rows, size_t count,
	const char *sort, const char *ids)
{
	struct segment *s = things_segment(things(), "r", rows, count);
	struct bench t;
	struct sorter sorter;
	struct str found = STR_INIT;

	bench_init(&t, &s, 1, sort);
	sorter_init(&sorter, &t.build);
	sorter_sort(&sorter, t.places, t.count);
	for (size_t i = 0; i < t.count; i++)
		str_add(&found, value(&t, i, THING_ID));
	if (strcmp(found.p, ids) != 0)
		fail_msg("%s: %s instead of %s", sort, found.p, ids);
	str_clear(&found);
	bench_clear(&t);
	segment_unref(s);
}

static void test_small(void **state)
{
	static const struct thing rows[] = {
		{ "a", "web-10", "running", "30", NULL },
		{ "b", "web-2", "running", "4", NULL },
		{ "c", NULL, "stopped", NULL, NULL },
		{ "e", "Web-2", "running", "30", NULL },
		{ "d", "web-2", "running", "30", NULL }
	};

	(void)state;
	expect_order(rows, 0, "name", "");
	expect_order(rows, 1, "name", "a");
	expect_order(rows, 5, "name", "bdeac");
	expect_order(rows, 5, "-name", "abdec");
	expect_order(rows, 5, "size", "badec");
	expect_order(rows, 5, "-size", "adebc");
	expect_order(rows, 5, "-size,-name", "adebc");
	expect_order(rows, 5, "state,size", "badec");
	expect_order(rows, 5, "-state,size", "cbade");
}

static void add_random_name(struct str *s, uint64_t *seed)
{
	static const char *const parts[] = { "web", "Web", "-", "1", "01",
		"10", "9", "2000000000", "a", "prod-eu-west-1-api-", "~",
		"\303\244", "/", ":" };
	size_t n = random_next(seed) % 6;

	for (size_t i = 0; i < n; i++)
		str_add(s, parts[random_next(seed) %
			(sizeof(parts) / sizeof(*parts))]);
}

/* Names that differ in case or leading zeros alone are one to the sort. */
static int natural(const char *a, const char *b)
{
	struct str x = STR_INIT, y = STR_INIT;
	int order;

	key_collate(&x, a, strlen(a));
	key_collate(&y, b, strlen(b));
	order = strcmp(x.p, y.p);
	str_clear(&x);
	str_clear(&y);
	return order;
}

static void test_collate(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str a = STR_INIT, b = STR_INIT;
		int order, wanted;

		add_random_name(&a, &seed);
		add_random_name(&b, &seed);
		order = natural(a.p, b.p);
		wanted = text_natural_compare(a.p, a.len, b.p, b.len);
		if (order && (order < 0) != (wanted < 0))
			fail_msg("%s and %s", a.p, b.p);
		str_clear(&a);
		str_clear(&b);
	}
}

/* Many rows, so that all of radix, groups and few are met. */
#define MANY 5000

static struct thing *make_many(struct segment **segments, char *memory)
{
	struct thing *rows = xcalloc(MANY, sizeof(*rows));
	uint64_t seed = 42;

	for (size_t i = 0; i < MANY; i++) {
		struct str name = STR_INIT;
		char *at = memory + i * 160;

		add_random_name(&name, &seed);
		snprintf(at, 100, "%s", name.p);
		snprintf(at + 100, 30, "t-%05u",
			(unsigned)(random_next(&seed) % 100000));
		snprintf(at + 130, 30, "%d",
			(int)(random_next(&seed) % 50) - 25);
		rows[i] = (struct thing){ .id = at + 100, .name = at,
			.state = i % 3 ? "running" : "stopped",
			.size = i % 7 ? at + 130 : i % 2 ? "some" : NULL };
		str_clear(&name);
	}
	for (size_t i = 0; i < 5; i++)
		segments[i] = things_segment(things(), "r", rows + i * 1000,
			1000);
	return rows;
}

static void expect_sorted(const struct bench *t, const struct sorter *s)
{
	for (size_t i = 1; i < t->count; i++)
		if (sorter_compare(s, t->places[i - 1], t->places[i]) >= 0)
			fail_msg("row %zu: %s before %s", i,
				value(t, i - 1, THING_NAME),
				value(t, i, THING_NAME));
}

static void test_many(void **state)
{
	static const char *const orders[] = { "name", "-name", "size,name",
		"-size,-name", "state,-size", "note", "thing_id",
		"-state,-thing_id", "state" };
	struct segment *segments[5];
	char *memory = xcalloc(MANY, 160);
	struct thing *rows = make_many(segments, memory);

	(void)state;
	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
		struct bench t;
		struct sorter s;

		bench_init(&t, segments, 5, orders[i]);
		sorter_init(&s, &t.build);
		sorter_sort(&s, t.places, t.count);
		expect_sorted(&t, &s);
		bench_clear(&t);
	}
	for (size_t i = 0; i < 5; i++)
		segment_unref(segments[i]);
	free(rows);
	free(memory);
}

/* What compare calls smaller is smaller by name, then by id. */
static void test_compare(void **state)
{
	struct segment *segments[5];
	char *memory = xcalloc(MANY, 160);
	struct thing *rows = make_many(segments, memory);
	struct bench t;
	struct sorter s;

	(void)state;
	bench_init(&t, segments, 5, "name");
	sorter_init(&s, &t.build);
	sorter_sort(&s, t.places, t.count);
	for (size_t i = 1; i < t.count; i++) {
		const char *a = value(&t, i - 1, THING_NAME);
		const char *b = value(&t, i, THING_NAME);
		int order = !*a || !*b ? !*a - !*b : natural(a, b);

		if (!order)
			order = strcmp(value(&t, i - 1, THING_ID),
				value(&t, i, THING_ID));
		if (order > 0)
			fail_msg("%s before %s", a, b);
	}
	bench_clear(&t);
	for (size_t i = 0; i < 5; i++)
		segment_unref(segments[i]);
	free(rows);
	free(memory);
}

static void test_merge(void **state)
{
	struct segment *segments[5];
	char *memory = xcalloc(MANY, 160);
	struct thing *rows = make_many(segments, memory);
	struct place *merged = xcalloc(MANY, sizeof(*merged));
	const size_t cuts[] = { 0, 1, 17, 2500, 4999, 5000 };

	(void)state;
	for (size_t i = 0; i < sizeof(cuts) / sizeof(*cuts); i++) {
		struct place *swap;
		struct bench t;
		struct sorter s;

		bench_init(&t, segments, 5, "-size,name");
		sorter_init(&s, &t.build);
		sorter_sort(&s, t.places, cuts[i]);
		sorter_sort(&s, t.places + cuts[i], t.count - cuts[i]);
		sorter_merge(&s, t.places, cuts[i], t.places + cuts[i],
			t.count - cuts[i], merged);
		swap = t.places;
		t.places = merged;
		merged = swap;
		expect_sorted(&t, &s);
		bench_clear(&t);
		free(merged);
		merged = xcalloc(MANY, sizeof(*merged));
	}
	free(merged);
	for (size_t i = 0; i < 5; i++)
		segment_unref(segments[i]);
	free(rows);
	free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_collate),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_merge)
	};
	int failed;

	things_compiled(things());
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	things_clear();
	return failed;
}
