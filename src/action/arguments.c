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

/* What the operation has no parameter for is not sent (action.turns). */
static void push(struct arguments *out, const struct argument *a)
{
	if (operation_parameter(out->operation, a->path))
		*VEC_PUSH(out) = *a;
}

/* parameter as tables write it: "[0]" is a place, "[]" takes n. */
static void add(struct arguments *out, const char *parameter,
	const char *value, size_t n)
{
	struct argument a = { .path = parameter, .value = value };
	const char *p = parameter;

	if (strchr(parameter, '['))
		a.path = keep(out, location_parameter(parameter, a.index));
	for (size_t i = 0; i < 2 && (p = strchr(p, '[')); i++, p++) {
		if (p[1] == ']')
			a.index[i] = (unsigned)n;
		else
			out->places = true;
	}
	push(out, &a);
}

static bool same_list(const char *a, const char *b)
{
	size_t len = strcspn(a, "[");

	return a[len] && !strncmp(a, b, len + 1);
}

/* How many places before that of item i are taken. */
static unsigned rank(const struct arguments *out, size_t i)
{
	const struct argument *one = &out->items[i];
	unsigned taken = 0;

	for (unsigned place = 0; place < one->index[0]; place++) {
		size_t k = 0;

		while (k < out->count && (out->items[k].index[0] != place ||
		       !same_list(one->path, out->items[k].path)))
			k++;
		taken += k < out->count;
	}
	return taken;
}

/* Places of a list that nothing was said of: AWS counts without gaps. */
static void close_gaps(struct arguments *out)
{
	unsigned *ranks = xcalloc(out->count + 1, sizeof(*ranks));

	for (size_t i = 0; i < out->count; i++)
		ranks[i] = strchr(out->items[i].path, '[') ? rank(out, i) :
			0;
	for (size_t i = 0; i < out->count; i++)
		out->items[i].index[0] = ranks[i];
	free(ranks);
}

static void add_value(const struct form *form, const struct action_field *f,
	const char *text, size_t n, struct arguments *out)
{
	const char *equals = strchr(text, '=');
	const char *parameter = f->instead && form_holds(form,
		f->instead_when) ? f->instead : f->parameter;

	if (f->type != FIELD_PAIR || !equals) {
		if (parameter)
			add(out, parameter, field_sends(f, text), n);
		if (f->also)
			add(out, f->also, text, n);
		return;
	}
	add(out, parameter, keep(out, xstrndup(text,
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
		add_value(form, f, text, n, out);
	if (!n && f->value)
		add_value(form, f, f->value, n++, out);
	if (f->type == FIELD_SWITCH && !str_eq(form_text(form, f->name),
		"true"))
		return;
	for (; n && with && with->path; with++)
		push(out, with);
}

static void add_fields(const struct form *form, struct arguments *out)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++)
		if ((f->parameter || f->with) && (f->kept ? !f->when ||
		    form_holds(form, f->when) : form_wants(form, f)))
			add_field(form, f, out);
}

/* What the rows are inside of (Bucket), where the operation wants it. */
static void add_scope(const struct form *form, const struct location *at,
	struct arguments *out)
{
	const char *const *scope = form->compiled->resource->scope;

	for (size_t i = 0; at && i < SCOPES && scope[i]; i++) {
		const char *value = location_get(at, scope[i]);

		if (value)
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

/* AWS is not to take more than people said yes to. */
static void add_limit(const struct form *form, const struct target *target,
	struct arguments *out)
{
	const struct action_limit *limit = form->action->limit;
	struct error err = ERROR_INIT;
	struct str amount = STR_INIT;
	struct path *path;
	struct cost cost;

	if (!limit || !target->row.segment ||
	    !form_cost(form, target->row, &cost))
		return;
	path = path_compile(NULL, limit->path, &err);
	if (path && str_eq(row_text(target->row, path, NULL), limit->value)) {
		cost_plain(cost.now, &amount);
		add(out, limit->amount, keep(out, str_take(&amount)), 0);
		add(out, limit->currency, keep(out, xstrdup(*cost.currency ?
			cost.currency : "USD")), 0);
	}
	path_free(path);
}

void form_arguments(const struct form *form, const struct target *target,
	const char *const *ids, size_t count, struct arguments *out)
{
	const struct action *action = form->action;
	const struct argument *a = action->arguments;

	out->operation = form_operation(form);
	for (; a && a->path; a++)
		push(out, a);
	add_scope(form, target->location, out);
	add_row(form, target, out);
	add_region(form, target, out);
	add_fields(form, out);
	add_limit(form, target, out);
	for (size_t i = 0; action->target && i < count; i++)
		add(out, action->target, ids[i], i);
	if (form->dry_run)
		add(out, "DryRun", "true", 0);
	if (out->places)
		close_gaps(out);
}

void arguments_clear(struct arguments *a)
{
	for (size_t i = 0; i < a->owned.count; i++)
		mem_wipe_free(a->owned.items[i]);
	VEC_FREE(&a->owned);
	VEC_FREE(a);
}
