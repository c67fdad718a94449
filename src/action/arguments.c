/* SPDX-License-Identifier: MIT */
/* A form as words for people, and as the arguments of a call. */
#include "action/action.h"

#include "base/vec.h"
#include "fetch/location.h"

#include <string.h>

#define LAST 4

void form_challenge(const struct form *form, size_t targets,
	const char *label, const char *id, struct str *out)
{
	size_t len = strlen(id);

	if (targets != 1)
		str_addf(out, "%s %zu", form->action->name, targets);
	else if (label && *label)
		str_add(out, label);
	else
		str_add(out, len > LAST ? id + len - LAST : id);
}

void form_describe(const struct form *form, struct str *out)
{
	const struct argument *a = form->action->arguments;

	str_add(out, form->action->operation->name);
	for (; a && a->path; a++)
		str_addf(out, " %s=%s", a->path, a->value ? a->value : "");
	for (size_t i = 0; i < form->values.count; i++) {
		const struct form_value *v = &form->values.items[i];

		str_addf(out, " %s=%s", v->field->parameter,
			v->field->secret ? "***" : v->text);
	}
}

static void add(struct arguments *out, const char *path, const char *value,
	size_t index)
{
	*VEC_PUSH(out) = (struct argument){ .path = path, .value = value,
		.index = { (unsigned)index } };
}

static void add_fields(const struct form *form, struct arguments *out)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++) {
		size_t n = 0;

		for (size_t i = 0; i < form->values.count; i++)
			if (form->values.items[i].field == f)
				add(out, f->parameter,
					form->values.items[i].text, n++);
		if (!n && f->value)
			add(out, f->parameter, f->value, 0);
	}
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

void form_arguments(const struct form *form, const struct location *at,
	const char *const *ids, size_t count, struct arguments *out)
{
	const struct argument *a = form->action->arguments;

	for (; a && a->path; a++)
		*VEC_PUSH(out) = *a;
	add_scope(form, at, out);
	add_fields(form, out);
	for (size_t i = 0; i < count; i++)
		add(out, form->action->target, ids[i], i);
	if (form->dry_run)
		add(out, "DryRun", "true", 0);
}
