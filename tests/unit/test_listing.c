/* SPDX-License-Identifier: MIT */
/* Listings against a session that answers from a script. */
#include "listing_run.h"

#define PAGE(items, token) "<R><Things>" items "</Things><Next>" token \
	"</Next></R>"
#define ITEM(name) "<Item><Name>" name "</Name></Item>"

static const char *const three[] = {
	PAGE(ITEM("a") ITEM("b"), "t1"), PAGE("", "t2"), PAGE(ITEM("c"), "")
};

static void the_first_page_fails(void **state)
{
	static const char *const pages[] = { NULL };
	struct run r;
	(void)state;

	run_open(&r, pages, 1);
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_NETWORK);
	assert_int_equal(r.result.pages, 0);
	run_close(&r);
}

static void what_came_before_a_failure_stays(void **state)
{
	static const char *const pages[] = { PAGE(ITEM("a"), "t"), NULL };
	struct run r;
	(void)state;

	run_open(&r, pages, 2);
	run(&r);
	assert_false(r.ok);
	assert_string_equal(r.names.p, "a \n");
	assert_int_equal(r.result.rows, 1);
	run_close(&r);
}

static void a_reply_without_a_body_is_refused(void **state)
{
	static const char *const pages[] = { "" };
	struct run r;
	(void)state;

	run_open(&r, pages, 1);
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_PARSE);
	run_close(&r);
}

static void a_token_that_repeats_ends_it(void **state)
{
	static const char *const pages[] = {
		PAGE(ITEM("a"), "t1"), PAGE(ITEM("b"), "t2"),
		PAGE(ITEM("c"), "t1"), PAGE(ITEM("never"), "")
	};
	struct run r;
	(void)state;

	run_open(&r, pages, 4);
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_PARSE);
	assert_non_null(strstr(r.result.err.text, "token twice"));
	assert_string_equal(r.names.p, "a \nb \nc \n");
	assert_int_equal(r.session.next, 3);
	run_close(&r);
}

static void cancelling_ends_it(void **state)
{
	struct cancel *cancel = cancel_new();
	struct run r;
	(void)state;

	run_open(&r, three, 3);
	r.listing.cancel = cancel;
	r.session.cancel = cancel;
	r.session.cancel_at = 1;
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_CANCELLED);
	assert_string_equal(r.names.p, "a b \n");
	run_close(&r);

	run_open(&r, three, 3);
	r.listing.cancel = cancel;
	run(&r);
	assert_int_equal(r.result.err.kind, ERR_CANCELLED);
	assert_int_equal(r.session.next, 0);
	run_close(&r);
	cancel_unref(cancel);
}

static void every_page_is_followed(void **state)
{
	struct run r;
	(void)state;

	run_open(&r, three, 3);
	r.listing.index = true;
	run(&r);
	assert_true(r.ok);
	assert_string_equal(r.names.p, "a b \n\nc \n");
	assert_int_equal(r.result.rows, 3);
	assert_int_equal(r.result.pages, 3);
	assert_false(r.result.capped);
	assert_true(r.indexed);
	assert_string_equal(r.session.region, "eu-west-1");
	assert_string_equal(r.session.asked.p,
		"ListThings Constant[0,0]=always Box[0,0]=box-1 Mine[0,0]=self "
		"Size[0,0]=3\n"
		"ListThings Constant[0,0]=always Box[0,0]=box-1 Mine[0,0]=self "
		"Size[0,0]=3 Token[0,0]=t1\n"
		"ListThings Constant[0,0]=always Box[0,0]=box-1 Mine[0,0]=self "
		"Size[0,0]=3 Token[0,0]=t2\n");
	run_close(&r);
}

static void the_taker_may_stop_it(void **state)
{
	struct run r;
	(void)state;

	run_open(&r, three, 3);
	r.stop_after = 1;
	run(&r);
	assert_true(r.ok);
	assert_int_equal(r.session.next, 1);
	assert_false(r.indexed);
	run_close(&r);
}

static void the_cap_cuts_and_says_so(void **state)
{
	static const struct { size_t most, rows, asked; bool capped; }
	caps[] = {
		{ 1, 1, 1, true }, { 2, 2, 1, true }, { 3, 3, 3, false },
		{ 4, 3, 3, false }
	};
	(void)state;

	for (size_t i = 0; i < sizeof(caps) / sizeof(caps[0]); i++) {
		struct run r;

		run_open(&r, three, 3);
		r.listing.rows_max = caps[i].most;
		run(&r);
		assert_true(r.ok);
		assert_int_equal(r.result.rows, caps[i].rows);
		assert_int_equal(r.session.next, caps[i].asked);
		assert_int_equal(r.result.capped, caps[i].capped);
		run_close(&r);
	}
}

static void ids_go_without_a_page_size(void **state)
{
	static const char *const page[] = { PAGE(ITEM("a"), "") };
	static const struct argument ids[] = {
		{ .path = "Names[]", .value = "a" },
		{ .path = "Names[]", .value = "b", .index = { 1 } }
	};
	struct run r;
	(void)state;

	run_open(&r, page, 1);
	r.listing.extra = ids;
	r.listing.extra_count = 2;
	run(&r);
	assert_string_equal(r.session.asked.p, "ListThings "
		"Constant[0,0]=always Box[0,0]=box-1 Names[][0,0]=a "
		"Names[][1,0]=b\n");
	run_close(&r);

	run_open(&r, page, 1);
	location_set(r.listing.location, "Names[0]", "a");
	location_set(r.listing.location, "Filters[0].Values[2]", "v");
	location_set(r.listing.location, "Constant", "but not now");
	run(&r);
	assert_string_equal(r.session.asked.p, "ListThings "
		"Constant[0,0]=but not now Box[0,0]=box-1 Names[][0,0]=a "
		"Filters[].Values[][0,2]=v\n");
	run_close(&r);
}

static void joins_have_rows_of_their_own(void **state)
{
	static const char *const pages[] = {
		"<R><Colours><Item><Name>a</Name></Item></Colours></R>"
	};
	static const struct argument ids[] = {
		{ .path = "Names[]", .value = "a" }
	};
	struct run r;
	(void)state;

	run_open(&r, pages, 1);
	r.listing.join = &sample.compiled->joins[0];
	r.listing.extra = ids;
	r.listing.extra_count = 1;
	run(&r);
	assert_true(r.ok);
	assert_int_equal(r.result.rows, 1);
	assert_string_equal(r.session.asked.p,
		"DescribeColours Names[][0,0]=a\n");
	run_close(&r);
}

static void rows_tell_the_account(void **state)
{
	static const char *const pages[] = {
		"<R><Owner>123456789012</Owner><Things>" ITEM("a")
		"</Things></R>"
	};
	struct run r;
	(void)state;

	run_open(&r, pages, 1);
	run(&r);
	assert_string_equal(r.session.account, "123456789012");
	assert_string_equal(r.session.bucket, "");
	run_close(&r);
}

static int group_open(void **state)
{
	(void)state;
	reader_global_init();
	sample_open(&sample);
	return 0;
}

static int group_close(void **state)
{
	(void)state;
	sample_close(&sample);
	reader_global_clear();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_page_fails),
		cmocka_unit_test(what_came_before_a_failure_stays),
		cmocka_unit_test(a_reply_without_a_body_is_refused),
		cmocka_unit_test(a_token_that_repeats_ends_it),
		cmocka_unit_test(cancelling_ends_it),
		cmocka_unit_test(every_page_is_followed),
		cmocka_unit_test(the_taker_may_stop_it),
		cmocka_unit_test(the_cap_cuts_and_says_so),
		cmocka_unit_test(ids_go_without_a_page_size),
		cmocka_unit_test(joins_have_rows_of_their_own),
		cmocka_unit_test(rows_tell_the_account)
	};

	return cmocka_run_group_tests(tests, group_open, group_close);
}
