/* SPDX-License-Identifier: MIT */
/* Views and sets under a name. */
#include "cli/saved.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "fetch/query.h"

#include <string.h>

static struct doc_names *names;
static struct catalogue *catalogue;

static int open_catalogue(void **state)
{
	(void)state;
	names = doc_names_new();
	catalogue = catalogue_open(names);
	return 0;
}

static int close_catalogue(void **state)
{
	(void)state;
	catalogue_close(catalogue);
	doc_names_free(names);
	return 0;
}

static bool run(struct saved_all *all, const char *line, struct error *err)
{
	struct words w = { 0 };
	bool ok = words_split(&w, &line, err);

	assert_true(ok);
	ok = str_eq(w.items[0], "view") ?
		saved_view(all, catalogue, &w, 1, SAVED_STATE, err) :
		saved_set_words(all, &w, err);
	words_clear(&w);
	return ok;
}

static void refuse(struct saved_all *all, const char *line, const char *part)
{
	struct error err = ERROR_INIT;
	size_t views = all->views.count, sets = all->sets.count;

	if (run(all, line, &err))
		fail_msg("%s is taken", line);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, part))
		fail_msg("%s: %s", line, err.text);
	assert_int_equal(all->views.count, views);
	assert_int_equal(all->sets.count, sets);
}

static void take(struct saved_all *all, const char *line)
{
	struct error err = ERROR_INIT;

	if (!run(all, line, &err))
		fail_msg("%s: %s", line, err.text);
}

static void test_refused(void **state)
{
	struct saved_all all;

	(void)state;
	saved_init(&all, catalogue);
	refuse(&all, "view", "view NAME RESOURCE");
	refuse(&all, "view a", "view NAME RESOURCE");
	refuse(&all, "view a nothing-like-it", "nothing-like-it");
	refuse(&all, "view a.b volumes", "a.b is no name");
	refuse(&all, "view a objects", "inside something");
	refuse(&all, "view a volumes gib>5", "what is gib>5?");
	refuse(&all, "view a volumes '/gib>x'", "is no number");
	refuse(&all, "view a volumes sort=gob", "gib");
	refuse(&all, "view a volumes columns=name,gob", "gob");
	refuse(&all, "view a volumes regions=eu-west-1,-x", "no region");
	refuse(&all, "regionset", "regionset NAME REGION");
	refuse(&all, "regionset eu", "regionset NAME REGION");
	refuse(&all, "regionset 1 eu-west-1", "1 is no name");
	refuse(&all, "regionset all eu-west-1", "all means something");
	refuse(&all, "regionset eu-west-1 eu-west-2", "means something");
	refuse(&all, "regionset eu eu-west-99", "eu-west-99 is no region");
	refuse(&all, "profileset two", "profileset NAME PROFILE");
	saved_clear(&all);
}

static void test_line(void **state)
{
	static const char line[] = "volumes '/gib>4 | \"a b\"' sort=-gib,name "
		"columns=name=20,tag.env regions=eu,us-east-1 profile=a,b "
		"'title=Large ones'";
	struct saved_all all;
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	const struct saved *v;

	(void)state;
	saved_init(&all, catalogue);
	str_addf(&out, "view big %s", line);
	take(&all, "view big instances");
	take(&all, out.p);
	str_reset(&out);
	v = saved_find(&all, "big", &err);
	assert_non_null(v);
	assert_string_equal(v->resource->name, "volumes");
	assert_string_equal(v->filter, "gib>4 | \"a b\"");
	saved_line(v, &out);
	assert_string_equal(out.p, line);
	assert_true(saved_delete(&all, "big", &err));
	assert_null(saved_find(&all, "big", &err));
	str_clear(&out);
	saved_clear(&all);
}

static void test_find(void **state)
{
	struct saved_all all;
	struct error err = ERROR_INIT;
	const struct saved *v;

	(void)state;
	saved_init(&all, catalogue);
	v = saved_find(&all, "unattached", &err);
	assert_non_null(v);
	assert_string_equal(v->name, "volumes.unattached");
	assert_ptr_equal(saved_find(&all, "volumes.unattached", &err), v);
	assert_false(saved_delete(&all, "unattached", &err));
	assert_non_null(strstr(err.text, "comes with the program"));
	error_reset(&err);
	assert_null(saved_find(&all, "unattache", &err));
	assert_non_null(strstr(err.text, "did you mean unattached?"));
	take(&all, "view unattached instances");
	error_reset(&err);
	v = saved_find(&all, "unattached", &err);
	assert_string_equal(v->resource->name, "instances");
	saved_clear(&all);
}

static void expands(const struct saved_all *all, const char *list,
	bool of_profiles, const char *to)
{
	struct str out = STR_INIT;

	saved_expand(all, list, of_profiles, &out);
	assert_string_equal(out.p, to);
	str_clear(&out);
}

static void test_sets(void **state)
{
	struct saved_all all;

	(void)state;
	saved_init(&all, catalogue);
	take(&all, "regionset eu eu-west-1 eu-central-1");
	take(&all, "profileset eu a");
	take(&all, "profileset eu prod test");
	expands(&all, "eu", false, "eu-west-1,eu-central-1");
	expands(&all, "us-east-1,eu,eu-west-1,us-east-1", false,
		"us-east-1,eu-west-1,eu-central-1");
	expands(&all, "x,eu", true, "x,prod,test");
	expands(&all, "", false, "");
	assert_null(saved_set_find(&all, "us", false));
	assert_string_equal(saved_set_find(&all, "eu", true), "prod,test");
	saved_clear(&all);
}

/* What comes with the tables is held to what people's own is. */
static void test_own(void **state)
{
	struct saved_all all, other;

	(void)state;
	saved_init(&all, catalogue);
	saved_init(&other, catalogue);
	for (size_t i = 0; i < all.views.count; i++) {
		const struct saved *v = &all.views.items[i];
		struct str line = STR_INIT;

		assert_true(words_are_name(strchr(v->name, '.') + 1));
		assert_true(v->title && *v->title);
		assert_false(str_ends(v->title, "."));
		str_add(&line, "view own ");
		saved_line(v, &line);
		take(&other, line.p);
		str_clear(&line);
	}
	saved_clear(&all);
	saved_clear(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused), cmocka_unit_test(test_line),
		cmocka_unit_test(test_find), cmocka_unit_test(test_sets),
		cmocka_unit_test(test_own),
	};

	return cmocka_run_group_tests(tests, open_catalogue,
		close_catalogue);
}
