/* SPDX-License-Identifier: MIT */
/* What the tables say of what spends, and of words that AWS has its own
 * for. */
#include "action/action.h"
#include "fetch/location.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct catalogue *catalogue;

static void path_is_one(const char *text)
{
	struct error err = ERROR_INIT;
	struct path *path = text ? path_compile(NULL, text, &err) : NULL;

	if (text && !path)
		fail_msg("%s: %s", text, err.text);
	path_free(path);
}

static const struct resource *find(const char *name)
{
	struct error err = ERROR_INIT;
	const struct resource *r = catalogue_find(catalogue, name, &err);

	if (!r)
		fail_msg("%s", err.text);
	assert_string_equal(r->name, name);
	return r;
}

/* Is it a parameter of the operation? "[0]" is a place of a list. */
static void parameter_is_one(const struct operation *op, const char *name)
{
	unsigned index[2];
	char *path = location_parameter(name, index);

	if (!operation_parameter(op, path))
		fail_msg("%s has no %s", op->name, path);
	free(path);
}

static void list_is_one(const struct field_list *list)
{
	const struct resource *r = find(list->resource);

	for (size_t i = 0; i < DRILL_ARGUMENTS &&
	     list->arguments[i].parameter; i++) {
		parameter_is_one(r->list, list->arguments[i].parameter);
		path_is_one(list->arguments[i].path);
	}
}

static void check_verify(const struct action *a)
{
	const struct action_match *m = a->verify->equal;
	const struct compiled *c = catalogue_compiled(catalogue,
		find(a->verify->resource));

	assert_non_null(c);
	path_is_one(a->verify->began);
	for (; m->path; m++) {
		path_is_one(m->path);
		path_is_one(m->row);
		assert_true(!m->field != !m->row);
	}
}

static void check_action(const struct resource *r, const struct action *a)
{
	const struct field_list *b = a->beside;

	if (a->operation && a->operation->effect == EFFECT_SPEND) {
		assert_int_equal(a->kind, EFFECT_SPEND);
		assert_int_equal(a->operation->repeat, REPEAT_NEVER);
		assert_int_equal(a->on, ON_ROW);
		assert_true(a->cost && a->verify && a->review);
		assert_true(a->batch < 2);
	}
	if (a->limit) {
		path_is_one(a->limit->path);
		parameter_is_one(a->operation, a->limit->amount);
		parameter_is_one(a->operation, a->limit->currency);
	}
	if (a->verify)
		check_verify(a);
	if (a->opens)
		list_is_one(a->opens);
	for (; b && b->resource; b++)
		list_is_one(b);
	for (const struct action_field *f = a->fields; f && f->name; f++)
		if (f->listed)
			parameter_is_one(r->list, f->listed);
}

/* A word of AWS for each of ours, no more. */
static void check_words(const struct action_field *f)
{
	const char *p = f->choices;
	size_t i = 0;

	for (; f->sends && *p; i++) {
		assert_non_null(f->sends[i]);
		p += strcspn(p, " ");
		p += strspn(p, " ");
	}
	assert_true(!f->sends || !f->sends[i]);
}

static void test_tables(void **state)
{
	size_t spends = 0, words = 0;

	(void)state;
	for (size_t i = 0; i < catalogue_count(catalogue); i++) {
		const struct resource *r = catalogue_at(catalogue, i);

		for (const struct action *a = r->actions; a && a->name; a++) {
			check_action(r, a);
			spends += a->kind == EFFECT_SPEND;
			for (const struct action_field *f = a->fields;
			     f && f->name; f++) {
				check_words(f);
				words += f->sends != NULL;
			}
		}
	}
	assert_true(spends > 0);
	assert_true(words > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
	};
	struct doc_names *names = doc_names_new();
	int failed;

	catalogue = catalogue_open(names);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	catalogue_close(catalogue);
	doc_names_free(names);
	return failed;
}
