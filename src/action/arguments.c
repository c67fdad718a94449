/* SPDX-License-Identifier: MIT */
/* A form as the arguments of a call. */
#include "action/action.h"

#include "action/target.h"
#include "base/str.h"
#include "base/mem.h"
#include "base/vec.h"
#include "fetch/location.h"

#include <stdlib.h>
#include <string.h>

static char *keep(struct arguments *out, char *text)
{
	*VEC_PUSH(&out->owned) = text;
	return text;
}

/* parameter as tables write it: "[0]" is a place, "[]" takes n. */
static void add(struct arguments *out, const char *parameter,
	const char *value, size_t n)
{
	struct argument a = { .path = parameter, .value = value };
	const char *p = parameter;

	if (strchr(parameter, '['))
		a.path = keep(out, location_parameter(parameter, a.index));
	for (size_t i = 0; i < 2 && (p = strchr(p, '[')); i++, p++)
		if (p[1] == ']')
			a.index[i] = (unsigned)n;
	*VEC_PUSH(out) = a;
}

static void add_value(struct arguments *out, const struct action_field *f,
	const char *text, size_t n)
{
	const char *equals = strchr(text, '=');

	if (f->type != FIELD_PAIR || !equals) {
		if (f->parameter)
			add(out, f->parameter, text, n);
		if (f->also)
			add(out, f->also, text, n);
		return;
	}
	add(out, f->parameter, keep(out, xstrndup(text,
		(size_t)(equals - text))), n);
	add(out, f->pair, equals + 1, n);
}

static void add_field(const struct form *form,
	const struct action_field *f, struct arguments *out)
{
	const struct argument *with = f->with;
	const char *text;
	size_t n = 0;

	for (; (text = form_value(form, f, n)); n++)
		add_value(out, f, text, n);
	if (!n && f->value)
		add_value(out, f, f->value, n++);
	if (f->type == FIELD_SWITCH && !str_eq(form_text(form, f->name),
		"true"))
		return;
	for (; n && with && with->path; with++)
		*VEC_PUSH(out) = *with;
}

static void add_fields(const struct form *form, struct arguments *out)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++)
		if ((f->parameter || f->with) && form_wants(form, f))
			add_field(form, f, out);
}

/* What the rows are inside of (Bucket), where the operation wants it. */
static void add_scope(const struct form *form, const struct location *at,
	struct arguments *out)
{
	const char *const *scope = form->compiled->resource->scope;

	for (size_t i = 0; at && i < SCOPES && scope[i]; i++) {
		const char *value = location_get(at, scope[i]);

		if (value && operation_parameter(form->action->operation,
				scope[i]))
			add(out, scope[i], value, 0);
	}
}

static void add_row(const struct form *form, const struct target *target,
	struct arguments *out)
{
	const struct row_argument *a = form->action->row_arguments;

	for (; a && a->parameter && target->row.segment; a++) {
		struct error err = ERROR_INIT;
		struct path *path = path_compile(NULL, a->path, &err);
		const char *text = path ? row_text(target->row, path, NULL) :
			"";

		if (*text)
			add(out, a->parameter, keep(out, xstrdup(text)), 0);
		path_free(path);
	}
}

/* Where the row is, for a call that goes elsewhere. */
static void add_region(const struct form *form, const struct target *target,
	struct arguments *out)
{
	char region[64];

	if (form->action->from_region && target->row.segment)
		add(out, form->action->from_region, keep(out,
			xstrdup(row_region(target->row, region))), 0);
}

void form_arguments(const struct form *form, const struct target *target,
	const char *const *ids, size_t count, struct arguments *out)
{
	const struct action *action = form->action;
	const struct argument *a = action->arguments;

	for (; a && a->path; a++)
		*VEC_PUSH(out) = *a;
	add_scope(form, target->location, out);
	add_row(form, target, out);
	add_region(form, target, out);
	add_fields(form, out);
	for (size_t i = 0; action->target && i < count; i++)
		add(out, action->target, ids[i], i);
	if (form->dry_run)
		add(out, "DryRun", "true", 0);
}

void arguments_clear(struct arguments *a)
{
	for (size_t i = 0; i < a->owned.count; i++)
		mem_wipe_free(a->owned.items[i]);
	VEC_FREE(&a->owned);
	VEC_FREE(a);
}
