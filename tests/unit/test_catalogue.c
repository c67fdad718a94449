/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/map.h"
#include "base/str.h"
#include "cli/verb.h"
#include "doc/reader.h"
#include "sample_table.h"
#include "tests/unit/action_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* Words that design.md 5 keeps for verbs, and commands of the screen, which
 * are out of reach here: no resource may be called so. The verbs that there
 * are come from their table. */
static const char kept[] = "do cp sync mv rm du journal changes jobs enter "
	"describe document related used-by fold format wrap mark filter "
	"problems wide sort copy down up top bottom left right favourite "
	"profiles refresh prompt help open back previous next home cancel "
	"pause renew times messages read-only write set bind unbind source "
	"log redraw suspend quit q";

struct world {
	struct doc_names *names;
	struct catalogue *catalogue;
};

static int world_open(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	if (!w)
		return -1;
	reader_global_init();
	w->names = doc_names_new();
	w->catalogue = catalogue_open(w->names);
	*state = w;
	return 0;
}

static int world_close(void **state)
{
	struct world *w = *state;

	catalogue_close(w->catalogue);
	doc_names_free(w->names);
	free(w);
	reader_global_clear();
	return 0;
}

static const struct catalogue *catalogue_in(void **state)
{
	return ((struct world *)*state)->catalogue;
}

static void unknown(void **state, const char *name, const char *want)
{
	struct error err = ERROR_INIT;

	assert_null(catalogue_find(catalogue_in(state), name, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, want))
		fail_msg("\"%s\" is not in \"%s\"", want, err.text);
}

static void slips_are_answered_with_the_nearest(void **state)
{
	unknown(state, "", "name a resource");
	unknown(state, "instnaces", "did you mean instances?");
	unknown(state, "bukcets", "did you mean buckets?");
	unknown(state, "db-instance-s", "db-instances");
	unknown(state, "xyzzyplugh", "tucuxi resources");
	unknown(state, "INSTANCES-OF-MINE-WHICH-ARE-MORE-THAN-FORTY-BYTES",
		"unknown resource");
	unknown(state, "db-", "db-instances, db-clusters");
	unknown(state, "\033[31m", "unknown resource");
}

static void found(void **state, const char *typed, const char *name)
{
	struct error err = ERROR_INIT;
	const struct resource *r = catalogue_find(catalogue_in(state), typed,
		&err);

	if (!r)
		fail_msg("%s: %s", typed, err.text);
	assert_string_equal(r->name, name);
}

static void names_aliases_and_beginnings_are_found(void **state)
{
	found(state, "instances", "instances");
	found(state, "ec2", "instances");
	found(state, "i", "instances");
	found(state, "buck", "buckets");
	found(state, "vol", "volumes");
	found(state, "s3", "buckets");
	found(state, "rds", "db-instances");
	found(state, "db", "db-instances");
	found(state, "db-c", "db-clusters");
	found(state, "az", "zones");
}

/* Every word is used once, and by nobody else. */
static void no_two_things_have_one_name(void **state)
{
	const struct catalogue *c = catalogue_in(state);
	struct map *seen = map_new();
	const char *p = kept;
	size_t len;

	for (; (p += strspn(p, " "), len = strcspn(p, " ")); p += len)
		map_setn(seen, p, len, seen);
	for (const struct verb *v = verb_table(); v->name; v++)
		map_set(seen, v->name, seen);
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);

		if (map_set(seen, r->name, seen))
			fail_msg("%s is used twice", r->name);
		p = r->aliases ? r->aliases : "";
		for (; (p += strspn(p, " "), len = strcspn(p, " ")); p += len)
			if (map_setn(seen, p, len, seen))
				fail_msg("%.*s is used twice", (int)len, p);
	}
	map_free(seen, NULL);
}

static void of_id(void **state, const char *id, const char *name)
{
	const struct resource *r = catalogue_of_id(catalogue_in(state), id);

	if (!name && r)
		fail_msg("%s belongs to %s", id, r->name);
	if (!name)
		return;
	assert_non_null(r);
	assert_string_equal(r->name, name);
}

static void ids_say_what_they_are_of(void **state)
{
	of_id(state, "", NULL);
	of_id(state, "i-", NULL);
	of_id(state, "i-not-hex", NULL);
	of_id(state, "i-0123 ", NULL);
	of_id(state, "instances", NULL);
	of_id(state, "i-0f3a9c2b7d1e4a5b6", "instances");
	of_id(state, "vol-0f3a9c2b7d1e4a5b6", "volumes");
	of_id(state, "vpc-0f3a9c2b7d1e4a5b6", "vpcs");
	of_id(state, "vpce-0f3a9c2b7d1e4a5b6", "vpc-endpoints");
	of_id(state, "sg-0f3a9c2b7d1e4a5b6", "security-groups");
	of_id(state, "sgr-0f3a9c2b7d1e4a5b6", "security-group-rules");
	of_id(state, "rtb-0f3a9c2b7d1e4a5b6", "route-tables");
	of_id(state, "eipalloc-0f3a9c2b7d1e4a5b6", "addresses");
	of_id(state, "arn:aws:ec2:eu-west-1:123456789012:natgateway/nat-0f3a",
		"nat-gateways");
	of_id(state, "arn:aws:ec2:eu-west-1:123456789012:instance/i-0f3a",
		"instances");
	of_id(state, "arn:aws:iam::123456789012:user/x", NULL);
	of_id(state, "arn:", NULL);
}

static void arns_are_taken_apart(void **state)
{
	const struct catalogue *c = catalogue_in(state);
	struct arn arn;
	const struct resource *r;

	r = catalogue_of_arn(c, "arn:aws:ec2:eu-west-1:123456789012:"
		"instance/i-0f3a", &arn);
	assert_string_equal(r->name, "instances");
	assert_string_equal(arn.region, "eu-west-1");
	assert_string_equal(arn.account, "123456789012");
	assert_string_equal(arn.id, "i-0f3a");
	r = catalogue_of_arn(c, "arn:aws-cn:s3:::a-bucket", &arn);
	assert_string_equal(r->name, "buckets");
	assert_string_equal(arn.id, "a-bucket");
	assert_string_equal(arn.region, "");
	r = catalogue_of_arn(c, "arn:aws:s3:::a-bucket/some/key", &arn);
	assert_string_equal(r->name, "objects");
	assert_string_equal(arn.scope, "a-bucket");
	assert_string_equal(arn.id, "some/key");
	r = catalogue_of_arn(c, "arn:aws:rds:us-east-1:1:cluster:c", &arn);
	assert_string_equal(r->name, "db-clusters");
	assert_null(catalogue_of_arn(c, "arn:aws:s3:::", &arn));
	assert_string_equal(arn.id, "");
	assert_null(catalogue_of_arn(c, "arn:aws:ec2:"
		"a-region-name-that-is-longer-than-any-region-name-may-ever-be"
		"-in-this-world:1:instance/i-0", &arn));
}

/* What every table must keep. */
static void check_columns(const struct compiled *c)
{
	unsigned w80 = 1, w132 = 1;
	bool keep = false;

	assert_true(c->column_count > 0);
	for (size_t i = 0; i < c->column_count; i++) {
		const struct column *column = c->columns[i].column;

		assert_non_null(column->title);
		assert_int_equal(strspn(column->name,
			"abcdefghijklmnopqrstuvwxyz0123456789_"),
			strlen(column->name));
		assert_int_equal(compiled_column_index(c, column->name), i);
		assert_true(column->path || column->derive);
		assert_true(!column->path || c->columns[i].path);
		w80 += column->w80 ? column->w80 + 1u : 0;
		w132 += column->w132 ? column->w132 + 1u : 0;
		keep |= column->keep && column->w80;
	}
	if (w80 > 80 || w132 > 132)
		fail_msg("%s is %u and %u wide", c->resource->name, w80, w132);
	assert_true(keep);
	assert_int_equal(compiled_column_index(c, "no such column"), -1);
	assert_int_equal(compiled_column_index(c, NULL), -1);
}

static void check_sort(const struct compiled *c)
{
	const char *p = c->resource->sort ? c->resource->sort : "";
	char name[64];

	while (*p) {
		size_t len = strcspn(p, ",");

		if (*p == '-') {
			p++;
			len--;
		}
		assert_true(len > 0 && len < sizeof(name));
		memcpy(name, p, len);
		name[len] = '\0';
		if (compiled_column_index(c, name) < 0)
			fail_msg("%s is sorted by %s", c->resource->name,
				name);
		p += len + (p[len] == ',');
	}
	assert_true(c->resource->sort || c->resource->ordered);
}

static void check_drills(void **state, const struct drill *d)
{
	struct error err = ERROR_INIT;
	unsigned enters = 0;

	for (; d && d->title; d++) {
		enters += d->enter;
		assert_true(enters < 2);
		if (d->resource && strcmp(d->resource, DRILL_ANY) != 0)
			assert_non_null(catalogue_find(catalogue_in(state),
				d->resource, &err));
	}
}

static void check_resource(void **state, const struct resource *r)
{
	const struct compiled *c = catalogue_compiled(catalogue_in(state), r);

	assert_non_null(c);
	assert_ptr_equal(c->resource, r);
	assert_non_null(r->title);
	assert_non_null(r->one);
	assert_non_null(r->service);
	assert_int_equal(r->list->effect, EFFECT_READ);
	assert_int_equal(r->list->repeat, REPEAT_SAFE);
	assert_true(c->row_kinds > 0);
	assert_true(c->identities > 0);
	assert_non_null(c->id);
	if (r->list->paging.token_in)
		assert_non_null(operation_parameter(r->list,
			r->list->paging.token_in));
	for (size_t k = 0; k < c->row_kinds; k++) {
		assert_true(c->row_kinds == 1 || r->rows[k].name);
		check_drills(state, r->rows[k].drills);
	}
	check_drills(state, r->drills);
	check_columns(c);
	check_sort(c);
	action_check(catalogue_in(state), r);
	for (size_t i = 0; i < c->join_count; i++)
		assert_true(c->joins[i].rows && c->joins[i].here &&
			(c->joins[i].key || c->joins[i].join->batch < 2));
}

static void every_table_holds_what_it_needs(void **state)
{
	const struct catalogue *c = catalogue_in(state);

	assert_true(catalogue_count(c) >= 8);
	for (size_t i = 0; i < catalogue_count(c); i++)
		check_resource(state, catalogue_at(c, i));
	assert_null(catalogue_at(c, catalogue_count(c)));
	assert_null(catalogue_compiled(c, sample_resource()));
}

static void services_are_listed(void **state)
{
	(void)state;
	assert_int_equal(catalogue_service_count(), 3);
	assert_string_equal(catalogue_service(0)->name, "ec2");
	assert_null(catalogue_service(3));
	assert_ptr_equal(catalogue_service_find("s3"), catalogue_service(1));
	assert_null(catalogue_service_find("s4"));
	assert_null(catalogue_service_find(NULL));
}

static void wrong_tables_are_named(void **state)
{
	static const struct column no_join[] = {
		{ .name = "x", .title = "X", .path = "X", .join = "none" },
		{ 0 }
	};
	static const struct column no_path[] = {
		{ .name = "x", .title = "X" }, { 0 }
	};
	static const struct column bad_path[] = {
		{ .name = "x", .title = "X", .path = "a[" }, { 0 }
	};
	static const struct operation half = {
		.name = "Half", .paging = { .token_in = "Token" }
	};
	const struct { const struct column *columns;
		const struct operation *list; const char *want; } wrong[] = {
		{ no_join, sample_resource()->list, "things: x: its join" },
		{ no_path, sample_resource()->list, "things: x: neither" },
		{ bad_path, sample_resource()->list, "things: x: " },
		{ sample_resource()->columns, &half, "things: Half: half" },
		{ sample_resource()->columns, NULL, "things: list: there is" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct resource r = *sample_resource();
		struct error err = ERROR_INIT;

		r.columns = wrong[i].columns;
		r.list = wrong[i].list;
		assert_null(compiled_new(&r, NULL, &err));
		if (!str_starts(err.text, wrong[i].want))
			fail_msg("%s", err.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slips_are_answered_with_the_nearest),
		cmocka_unit_test(names_aliases_and_beginnings_are_found),
		cmocka_unit_test(no_two_things_have_one_name),
		cmocka_unit_test(ids_say_what_they_are_of),
		cmocka_unit_test(arns_are_taken_apart),
		cmocka_unit_test(every_table_holds_what_it_needs),
		cmocka_unit_test(services_are_listed),
		cmocka_unit_test(wrong_tables_are_named)
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
