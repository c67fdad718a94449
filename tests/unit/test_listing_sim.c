/* SPDX-License-Identifier: MIT */
/* Listings over real HTTP, against the simulator. */
#include "fetch/listing.h"

#include "base/map.h"
#include "base/mem.h"
#include "doc/reader.h"
#include "sim/sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define INSTANCES 3400
#define OBJECTS 2500

struct world {
	struct sim *sim;
	struct doc_names *names;
	struct catalogue *catalogue;
	struct door *door;
	struct session *session;
};

static int world_open(void **state)
{
	const struct sim_options options = {
		.instances = INSTANCES, .objects = OBJECTS
	};
	struct error err = ERROR_INIT;
	struct aws_config config = { .env = aws_env_empty() };
	struct world *w = xcalloc(1, sizeof(*w));
	char url[64];

	reader_global_init();
	w->sim = sim_start(&options, &err);
	if (!w->sim) {
		fprintf(stderr, "%s\n", err.text);
		return -1;
	}
	w->names = doc_names_new();
	w->catalogue = catalogue_open(w->names);
	w->door = door_new(&(struct door_options){ .names = w->names,
		.ignore_environment = true }, &err);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u", sim_port(w->sim));
	config.profile = xstrdup("test");
	config.region = xstrdup("us-east-1");
	config.endpoint_url = xstrdup(url);
	config.static_credentials = true;
	config.s3_path_style = true;
	config.access_key = xstrdup(SIM_ACCESS_KEY);
	config.secret_key = xstrdup(SIM_SECRET_KEY);
	w->session = session_new(w->door, &config);
	*state = w;
	return 0;
}

static int world_close(void **state)
{
	struct world *w = *state;

	session_unref(w->session);
	door_free(w->door);
	catalogue_close(w->catalogue);
	doc_names_free(w->names);
	sim_stop(w->sim);
	reader_global_clear();
	free(w);
	return 0;
}

/* One listing, the ids that it brought and how often. */
struct run {
	struct listing listing;
	struct listing_result result;
	struct map *ids;
	size_t rows, pages, cancel_after;
	struct segment *last;
	bool ok;
};

static bool take(void *data, struct segment *s)
{
	struct run *r = data;
	struct str id = STR_INIT;

	for (uint32_t i = 0; i < s->count; i++) {
		str_reset(&id);
		row_id((struct row){ s, i }, &id);
		map_set(r->ids, id.p, r);
		r->rows++;
	}
	str_clear(&id);
	segment_unref(r->last);
	r->last = s;
	if (++r->pages == r->cancel_after)
		cancel_set(r->listing.cancel);
	return true;
}

/* Without the faults that a failed test may have left. */
static void run_open(struct world *w, struct run *r, const char *name)
{
	struct error err = ERROR_INIT;
	const struct resource *resource = catalogue_find(w->catalogue, name,
		&err);

	assert_non_null(resource);
	assert_true(sim_fault(w->sim, "clear", &err));
	*r = (struct run){ .ids = map_new(), .listing = {
		.compiled = catalogue_compiled(w->catalogue, resource),
		.session = w->session, .region = "us-east-1",
		.location = location_new(resource), .cancel = cancel_new(),
		.index = true, .segment = take, .data = r } };
}

static void run(struct run *r)
{
	r->ok = listing_run(&r->listing, &r->result);
	assert_int_equal(r->rows, r->result.rows);
	assert_int_equal(r->pages, r->result.pages);
}

static void run_close(struct run *r)
{
	segment_unref(r->last);
	location_unref(r->listing.location);
	cancel_unref(r->listing.cancel);
	map_free(r->ids, NULL);
}

static void fault(struct world *w, const char *spec)
{
	struct error err = ERROR_INIT;

	if (!sim_fault(w->sim, spec, &err))
		fail_msg("%s: %s", spec, err.text);
}

/* With the fault, `pages` come, and then an error of that kind. */
static void fails(struct world *w, const char *spec, enum error_kind kind)
{
	struct run r;

	run_open(w, &r, "instances");
	fault(w, spec);
	run(&r);
	assert_false(r.ok);
	if (r.result.err.kind != kind)
		fail_msg("%s: %s: %s", spec,
			error_kind_name(r.result.err.kind),
			r.result.err.text);
	assert_int_equal(map_count(r.ids), r.rows);
	run_close(&r);
}

static void refusals_are_told(void **state)
{
	fails(*state, "denied", ERR_DENIED);
	fails(*state, "expired", ERR_EXPIRED);
}

static void what_is_not_aws_is_refused(void **state)
{
	fails(*state, "garbage", ERR_PARSE);
	fails(*state, "html", ERR_SERVER);
}

static void a_refused_token_keeps_what_came(void **state)
{
	struct world *w = *state;
	struct run r;

	run_open(w, &r, "instances");
	fault(w, "badtoken");
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_AWS);
	assert_int_equal(r.pages, 1);
	assert_int_equal(map_count(r.ids), 1000);
	run_close(&r);
}

static void passing(struct world *w, const char *spec)
{
	struct run r;

	run_open(w, &r, "instances");
	fault(w, spec);
	run(&r);
	if (!r.ok)
		fail_msg("%s: %s", spec, r.result.err.text);
	assert_int_equal(map_count(r.ids), INSTANCES);
	assert_int_equal(r.rows, INSTANCES);
	run_close(&r);
}

static void passing_trouble_loses_nothing(void **state)
{
	passing(*state, "cut*1");
	passing(*state, "drop*1");
	passing(*state, "503*1");
	passing(*state, "throttle*1");
}

static void every_id_comes_once(void **state)
{
	struct world *w = *state;
	struct run r;
	char account[16];

	run_open(w, &r, "instances");
	run(&r);
	if (!r.ok)
		fail_msg("%s", r.result.err.text);
	assert_int_equal(r.pages, 4);
	assert_int_equal(map_count(r.ids), INSTANCES);
	assert_int_equal(r.rows, INSTANCES);
	assert_int_equal(r.last->count, INSTANCES % 1000);
	assert_non_null(r.last->text);
	session_account(w->session, account);
	assert_int_equal(strlen(account), 12);
	run_close(&r);
}

static void a_listing_ends_where_it_is_cancelled(void **state)
{
	struct world *w = *state;
	struct run r;

	run_open(w, &r, "instances");
	r.cancel_after = 2;
	run(&r);
	assert_false(r.ok);
	assert_int_equal(r.result.err.kind, ERR_CANCELLED);
	assert_int_equal(map_count(r.ids), 2000);
	run_close(&r);
}

static void volumes_of_an_instance(void **state)
{
	struct world *w = *state;
	struct run r, v;
	struct error err = ERROR_INIT;
	const struct resource *volumes = catalogue_find(w->catalogue,
		"volumes", &err);
	struct row row;

	run_open(w, &r, "instances");
	r.listing.rows_max = 5;
	run(&r);
	assert_true(r.ok && r.result.capped);
	assert_int_equal(r.rows, 5);
	run_open(w, &v, "volumes");
	location_unref(v.listing.location);
	row = (struct row){ r.last, 0 };
	v.listing.location = row_drill(row,
		&r.listing.compiled->resource->drills[0], volumes);
	run(&v);
	if (!v.ok)
		fail_msg("%s", v.result.err.text);
	assert_true(v.rows >= 1 && v.rows < 10);

	/* And back: the volume's instance. */
	location_unref(r.listing.location);
	r.listing.location = row_drill((struct row){ v.last, 0 },
		&volumes->drills[0], r.listing.compiled->resource);
	assert_non_null(r.listing.location);
	r.listing.rows_max = r.rows = r.pages = 0;
	run(&r);
	if (!r.ok)
		fail_msg("%s", r.result.err.text);
	assert_int_equal(r.rows, 1);
	run_close(&v);
	run_close(&r);
}

/* Three rows' joins by id, as the screen asks for them. */
static void checks_are_joined_by_id(void **state)
{
	struct world *w = *state;
	struct run r, j;
	struct argument ids[3];
	char *names[3];

	run_open(w, &r, "instances");
	r.listing.rows_max = 3;
	run(&r);
	assert_int_equal(r.rows, 3);
	for (uint32_t i = 0; i < 3; i++) {
		struct str id = STR_INIT;

		row_id((struct row){ r.last, i }, &id);
		names[i] = str_take(&id);
		ids[i] = (struct argument){ .path = "InstanceIds[]",
			.value = names[i], .index = { i } };
	}
	run_open(w, &j, "instances");
	j.listing.join = &j.listing.compiled->joins[0];
	j.listing.extra = ids;
	j.listing.extra_count = 3;
	run(&j);
	if (!j.ok)
		fail_msg("%s", j.result.err.text);
	assert_true(j.rows <= 3);
	for (uint32_t i = 0; i < j.rows; i++) {
		bool known = false;

		for (size_t k = 0; k < 3; k++)
			known |= j.last->identities[i] == segment_join_key(
				names[k], strlen(names[k]));
		assert_true(known);
	}
	for (size_t i = 0; i < 3; i++)
		free(names[i]);
	run_close(&j);
	run_close(&r);
}

static void buckets_lead_to_objects(void **state)
{
	struct world *w = *state;
	struct run b, o, inside;
	struct error err = ERROR_INIT;
	const struct resource *objects = catalogue_find(w->catalogue,
		"objects", &err);
	char text[64];
	uint32_t i = 0;

	run_open(w, &b, "buckets");
	run(&b);
	if (!b.ok)
		fail_msg("%s", b.result.err.text);
	assert_true(b.rows > 0);
	assert_true(region_valid(row_region((struct row){ b.last, 0 }, text)));

	run_open(w, &o, "objects");
	location_unref(o.listing.location);
	o.listing.location = row_drill((struct row){ b.last, 0 },
		&b.listing.compiled->resource->drills[0], objects);
	run(&o);
	if (!o.ok)
		fail_msg("%s", o.result.err.text);
	assert_true(o.rows > 0);

	/* Folders come first; without a delimiter all keys of one come. */
	run_open(w, &inside, "objects");
	for (; i < o.last->count; i++) {
		struct str id = STR_INIT;
		bool many;

		row_id((struct row){ o.last, i }, &id);
		many = str_eq(id.p, "many/");
		str_clear(&id);
		if (many)
			break;
	}
	assert_true(i < o.last->count);
	assert_string_equal(row_kind((struct row){ o.last, i }), "folder");
	location_unref(inside.listing.location);
	inside.listing.location = row_drill((struct row){ o.last, i },
		&objects->rows[0].drills[0], objects);
	location_set(inside.listing.location, "Delimiter", "");
	run(&inside);
	if (!inside.ok)
		fail_msg("%s", inside.result.err.text);
	assert_true(inside.pages >= 3);
	assert_true(inside.rows >= OBJECTS);
	assert_int_equal(map_count(inside.ids), inside.rows);
	run_close(&inside);
	run_close(&o);
	run_close(&b);
}

/* Of these a new world has nothing yet. */
static bool may_be_empty(const struct resource *r)
{
	return str_eq(r->name, "volume-modifications") ||
		str_eq(r->name, "shared-images");
}

static void every_resource_lists(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < catalogue_count(w->catalogue); i++) {
		const struct resource *r = catalogue_at(w->catalogue, i);
		struct run any;

		if (r->scope[0])
			continue;
		run_open(w, &any, r->name);
		run(&any);
		if (!any.ok)
			fail_msg("%s: %s", r->name, any.result.err.text);
		if (!any.rows && !may_be_empty(r))
			fail_msg("%s: no rows", r->name);
		/* versions of a thing share its id */
		if (!r->identity[1] && map_count(any.ids) != any.rows)
			fail_msg("%s: %zu rows, %zu ids", r->name, any.rows,
				map_count(any.ids));
		run_close(&any);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals_are_told),
		cmocka_unit_test(what_is_not_aws_is_refused),
		cmocka_unit_test(a_refused_token_keeps_what_came),
		cmocka_unit_test(passing_trouble_loses_nothing),
		cmocka_unit_test(every_id_comes_once),
		cmocka_unit_test(a_listing_ends_where_it_is_cancelled),
		cmocka_unit_test(volumes_of_an_instance),
		cmocka_unit_test(checks_are_joined_by_id),
		cmocka_unit_test(buckets_lead_to_objects),
		cmocka_unit_test(every_resource_lists)
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
