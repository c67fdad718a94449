/* SPDX-License-Identifier: MIT */
#include "tests/unit/action_check.h"

#include "action/action.h"
#include "base/mem.h"
#include "fetch/location.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* An operation that the action may turn to does. */
static bool takes(const struct action *a, const char *path)
{
	const struct action_turn *t = a->turns;
	bool found = operation_parameter(a->operation, path);

	for (; !found && t && t->when; t++)
		found = operation_parameter(t->operation, path);
	return found;
}

/* As tables write it: "[0]" is a place of a list. */
static void check_parameter(const struct action *a, const char *name)
{
	unsigned index[2];
	char *path = name ? location_parameter(name, index) : NULL;

	if (path && a->operation && !takes(a, path))
		fail_msg("%s: %s has no %s", a->name, a->operation->name,
			path);
	free(path);
}

static bool is_field(const struct action *a, const char *name)
{
	for (const struct action_field *f = a->fields; f && f->name; f++)
		if (!strcmp(f->name, name))
			return true;
	return false;
}

/* "spot=true", "size|type": all of them are fields. */
static bool has_fields(const struct action *a, const char *condition)
{
	for (const char *p = condition; *p; p += *p == '|') {
		char *name = xstrndup(p, strcspn(p, "=|"));
		bool known = is_field(a, name);

		free(name);
		if (!known)
			return false;
		p += strcspn(p, "|");
	}
	return *condition != '\0';
}

static void check_path(const char *text)
{
	struct error err = ERROR_INIT;
	struct path *path = text ? path_compile(NULL, text, &err) : NULL;

	if (text && !path)
		fail_msg("%s: %s", text, err.text);
	path_free(path);
}

/* Where a field's values are, or a listing that an action opens. */
static void check_list(const struct catalogue *c, const struct action *a,
	const struct field_list *list)
{
	struct error err = ERROR_INIT;
	const struct resource *r;

	if (!list)
		return;
	r = catalogue_find(c, list->resource, &err);
	assert_non_null(r);
	for (size_t i = 0; i < DRILL_ARGUMENTS &&
	     list->arguments[i].parameter; i++) {
		const struct drill_argument *d = &list->arguments[i];

		assert_true(!d->field || is_field(a, d->field));
		check_path(d->path);
	}
	if (list->column)
		assert_true(compiled_column_index(catalogue_compiled(
			c, r), list->column) >= 0);
}

static void check_fields(const struct catalogue *c, const struct action *a)
{
	for (const struct action_field *f = a->fields; f && f->name; f++) {
		assert_non_null(f->title);
		assert_null(strpbrk(f->name, "= ."));
		check_parameter(a, f->parameter);
		check_parameter(a, f->pair);
		check_parameter(a, f->also);
		check_path(f->path);
		check_list(c, a, f->live);
		assert_int_equal(f->type == FIELD_CHOICE, f->choices != NULL);
		assert_int_equal(f->type == FIELD_LIVE, f->live != NULL);
		assert_int_equal(f->type == FIELD_PAIR, f->pair != NULL);
		assert_true(f->type != FIELD_NUMBER || f->low < f->high);
		assert_true(!f->when || has_fields(a, f->when));
		check_parameter(a, f->instead);
		check_path(f->read);
		assert_int_equal(f->instead != NULL, f->instead_when &&
			has_fields(a, f->instead_when));
		assert_true(!f->kept || f->read);
		assert_true(!f->read || a->reads);
		assert_true(!f->on || (f->path && f->type == FIELD_SWITCH));
		assert_true(!f->unless || has_fields(a, f->unless));
		assert_true(!f->from || (f->suggest && is_field(a, f->from)));
		for (const struct argument *w = f->with; w && w->path; w++)
			check_parameter(a, w->path);
	}
}

static void check_said(const struct action *a)
{
	for (const struct action_note *n = a->notes; n && n->text; n++) {
		check_path(n->path);
		assert_true(!n->field || has_fields(a, n->field));
	}
	for (const struct row_argument *r = a->row_arguments;
	     r && r->parameter; r++) {
		check_parameter(a, r->parameter);
		check_path(r->path);
		assert_true(a->batch < 2);
	}
	check_path(a->answer.made);
	check_path(a->answer.text);
	assert_true(!a->where || strchr(a->where, '='));
}

/* Read for one at a time; no operation is worse than the action says. */
static void check_turns(const struct action *a)
{
	const struct action_turn *t = a->turns;

	for (; t && t->when; t++) {
		assert_true(has_fields(a, t->when));
		assert_true(effect_strength(t->operation->effect) <=
			effect_strength(a->kind));
	}
	for (const struct action_read *r = a->reads; r && r->operation; r++) {
		unsigned index[2];
		char *path = location_parameter(r->target, index);

		assert_int_equal(r->operation->effect, EFFECT_READ);
		assert_non_null(operation_parameter(r->operation, path));
		for (const struct argument *one = r->arguments;
		     one && one->path; one++)
			assert_non_null(operation_parameter(r->operation,
				one->path));
		assert_true(!r->field || has_fields(a, r->field));
		assert_true(!r->when || has_fields(a, r->when));
		assert_true(a->batch < 2);
		free(path);
	}
}

void action_check(const struct catalogue *c, const struct resource *r)
{
	char seen[64] = "";
	size_t count = 0;

	for (const struct action *a = r->actions; a && a->name; a++) {
		assert_non_null(a->title);
		assert_int_equal(!a->operation + !a->opens + !a->workflow, 2);
		if (a->operation)
			assert_true(effect_strength(a->kind) >=
				effect_strength(a->operation->effect) ||
				!effect_is_read(a->kind));
		assert_true(!a->operation || a->target || a->row_arguments ||
			a->on == ON_PLACES);
		check_parameter(a, a->target);
		check_list(c, a, a->opens);
		assert_true(a->key >= 'a' && a->key <= 'z');
		assert_null(strchr(seen, a->key));
		seen[count++] = a->key;
		assert_null(strpbrk(a->name, "= ."));
		assert_true(a->wait_path || !(a->wait_value || a->wait_bad ||
			a->wait_gone));
		assert_true(!a->to_regions || (is_field(a, a->to_regions) &&
			a->from_region && a->batch < 2));
		check_parameter(a, a->from_region);
		assert_int_equal(a->answer.rows != NULL, a->answer.id &&
			a->answer.state);
		assert_true(a->batch < 2 || str_ends(a->target, "[]"));
		check_fields(c, a);
		check_said(a);
		check_turns(a);
	}
}
