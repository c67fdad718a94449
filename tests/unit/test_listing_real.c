/* SPDX-License-Identifier: MIT */
/* Listings of the real tables, against replies as AWS writes them. */
#include "listing_run.h"

struct real {
	struct doc_names *names;
	struct catalogue *catalogue;
};

static void real_open(struct real *w, struct run *r, const char *name,
	const char *const *pages, size_t count)
{
	struct error err = ERROR_INIT;
	const struct resource *resource;

	w->names = doc_names_new();
	w->catalogue = catalogue_open(w->names);
	resource = catalogue_find(w->catalogue, name, &err);
	assert_non_null(resource);
	run_open(r, pages, count);
	r->listing.compiled = catalogue_compiled(w->catalogue, resource);
	location_unref(r->listing.location);
	r->listing.location = location_new(resource);
}

static void real_close(struct real *w, struct run *r)
{
	run_close(r);
	catalogue_close(w->catalogue);
	doc_names_free(w->names);
}

/* A join of one id a call: the reply does not say whose it is. */
static void a_lone_answer_is_the_asked_ones(void **state)
{
	static const char *const pages[] = { "<P><IsPublic>true</IsPublic></P>",
		NULL, NULL };
	static const struct argument id[] = {
		{ .path = "Bucket", .value = "b" }
	};
	struct real w;
	struct run r;
	(void)state;

	real_open(&w, &r, "buckets", pages, 3);
	r.listing.join = &r.listing.compiled->joins[0];
	r.listing.extra = id;
	r.listing.extra_count = 1;
	run(&r);
	assert_true(r.ok);
	assert_int_equal(r.result.rows, 1);
	assert_true(r.first == segment_join_key("b", 1));
	r.session.error = ERR_AWS;
	r.session.code = "NoSuchBucketPolicy";
	r.pages = 0;
	run(&r);
	assert_true(r.ok);
	assert_int_equal(r.result.rows, 1);
	assert_true(r.first == segment_join_key("b", 1));
	r.session.code = "NoSuchBucket";
	r.pages = 0;
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_AWS);
	real_close(&w, &r);
}

static void a_portals_page_is_not_an_empty_list(void **state)
{
	static const char *const pages[] = {
		"<html><body>Please log in</body></html>"
	};
	struct real w;
	struct run r;
	(void)state;

	real_open(&w, &r, "instances", pages, 1);
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_PARSE);
	assert_int_equal(r.pages, 0);
	real_close(&w, &r);
}

static void buckets_tell_their_region(void **state)
{
	static const char *const pages[] = {
		"<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name>"
		"<BucketRegion>eu-west-3</BucketRegion></Bucket></Buckets>"
		"</ListAllMyBucketsResult>"
	};
	struct real w;
	struct run r;
	(void)state;

	real_open(&w, &r, "buckets", pages, 1);
	run(&r);
	assert_true(r.ok);
	assert_string_equal(r.session.bucket, "b in eu-west-3");
	assert_null(r.session.region);
	real_close(&w, &r);
}

#define LEVEL(more, token) "<ListBucketResult><IsTruncated>" more \
	"</IsTruncated><EncodingType>url</EncodingType>" token \
	"<Contents><Key>p%2Fa+b</Key></Contents><CommonPrefixes><Prefix>" \
	"p%2Ff%2F</Prefix></CommonPrefixes></ListBucketResult>"

static void objects_go_on_while_s3_says_more(void **state)
{
	static const char *const pages[] = {
		LEVEL("true", "<NextContinuationToken>t"
			"</NextContinuationToken>"),
		LEVEL("false", "<NextContinuationToken>u"
			"</NextContinuationToken>")
	};
	static const char *const endless[] = { LEVEL("true", "") };
	struct real w;
	struct run r;
	(void)state;

	real_open(&w, &r, "objects", pages, 2);
	location_set(r.listing.location, "Bucket", "b");
	location_set(r.listing.location, "Prefix", "p/");
	run(&r);
	assert_true(r.ok);
	assert_string_equal(r.names.p, "p/f/ p/a b \np/f/ p/a b \n");
	assert_non_null(strstr(r.session.asked.p, " Delimiter[0,0]=/ "));
	assert_non_null(strstr(r.session.asked.p, " Prefix[0,0]=p/ "));
	real_close(&w, &r);

	real_open(&w, &r, "objects", endless, 1);
	location_set(r.listing.location, "Bucket", "b");
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_PARSE);
	assert_string_equal(r.names.p, "p/f/ p/a b \n");
	real_close(&w, &r);
}

#define PRICES(token) "<DescribeSpotPriceHistoryResponse>" \
	"<nextToken>" token "</nextToken></DescribeSpotPriceHistoryResponse>"

/* Every page asks for the moment at which the first one was asked for. */
static void now_is_when_the_listing_began(void **state)
{
	static const char *const pages[] = { PRICES("t"), PRICES("") };
	const char *asked, *again;
	struct real w;
	struct run r;
	(void)state;

	clock_set_virtual(INT64_C(1795392000000));
	real_open(&w, &r, "spot-prices", pages, 2);
	run(&r);
	assert_true(r.ok);
	asked = strstr(r.session.asked.p, " StartTime[0,0]="
		"2026-11-23T00:00:00Z EndTime[0,0]=2026-11-23T00:00:00Z ");
	assert_non_null(asked);
	again = strstr(asked + 1, " StartTime[0,0]=2026-11-23T00:00:00Z ");
	assert_non_null(again);
	assert_non_null(strstr(again, "NextToken[0,0]=t"));
	real_close(&w, &r);
}

static void what_people_ask_for_narrows_less(void **state)
{
	static const char *const pages[] = {
		"<DescribeImagesResponse><imagesSet/></DescribeImagesResponse>"
	};
	struct real w;
	struct run r;
	(void)state;

	real_open(&w, &r, "images", pages, 1);
	location_set(r.listing.location, "Owners[0]", "amazon");
	run(&r);
	assert_true(r.ok);
	assert_non_null(strstr(r.session.asked.p, "Owners[][0,0]=amazon"));
	assert_null(strstr(r.session.asked.p, "self"));
	real_close(&w, &r);
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
		cmocka_unit_test(a_lone_answer_is_the_asked_ones),
		cmocka_unit_test(a_portals_page_is_not_an_empty_list),
		cmocka_unit_test(buckets_tell_their_region),
		cmocka_unit_test(objects_go_on_while_s3_says_more),
		cmocka_unit_test(now_is_when_the_listing_began),
		cmocka_unit_test(what_people_ask_for_narrows_less)
	};

	return cmocka_run_group_tests(tests, group_open, group_close);
}
