/* SPDX-License-Identifier: MIT */
#include "action/action.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

void form_init(struct form *form, const struct compiled *compiled,
	const struct action *action)
{
	*form = (struct form){ .compiled = compiled, .action = action };
}

void form_copy(struct form *to, const struct form *from)
{
	form_init(to, from->compiled, from->action);
	to->dry_run = from->dry_run;
	for (size_t i = 0; i < from->values.count; i++)
		*VEC_PUSH(&to->values) = (struct form_value){
			.field = from->values.items[i].field,
			.text = xstrdup(from->values.items[i].text) };
}

void form_clear(struct form *form)
{
	for (size_t i = 0; i < form->values.count; i++)
		mem_wipe_free(form->values.items[i].text);
	VEC_FREE(&form->values);
	*form = (struct form){ 0 };
}

static bool unknown_action(const struct resource *r, const char *name,
	struct error *err)
{
	struct str names = STR_INIT;

	for (const struct action *a = r->actions; a && a->name; a++)
		str_addf(&names, "%s%s", names.len ? ", " : "", a->name);
	if (names.len)
		error_set(err, ERR_USAGE, "%s have no action '%s': %s",
			r->name, name, names.p);
	else
		error_set(err, ERR_USAGE, "nothing can be done to %s yet",
			r->name);
	str_clear(&names);
	return false;
}

bool form_find(struct form *form, const struct catalogue *c,
	const char *name, struct error *err)
{
	const char *dot = strrchr(name, '.');
	const struct resource *r;
	char *what;

	if (!dot || dot == name || !dot[1])
		return error_set(err, ERR_USAGE, "'%s' is not an action: "
			"RESOURCE.ACTION, as in instances.start", name);
	what = xstrndup(name, (size_t)(dot - name));
	r = catalogue_find(c, what, err);
	free(what);
	if (!r)
		return false;
	for (const struct action *a = r->actions; a && a->name; a++) {
		if (strcmp(a->name, dot + 1))
			continue;
		form_init(form, catalogue_compiled(c, r), a);
		return true;
	}
	return unknown_action(r, dot + 1, err);
}

const struct action_field *form_field(const struct form *form,
	const char *name, struct error *err)
{
	const struct action_field *fields = form->action->fields, *f;
	struct str names = STR_INIT;

	for (f = fields; f && f->name; f++)
		if (!f->kept && !strcmp(f->name, name))
			return f;
	for (f = fields; f && f->name; f++)
		if (!f->kept)
			str_addf(&names, "%s%s", names.len ? ", " : "",
				f->name);
	if (names.len)
		error_set(err, ERR_USAGE, "%s has no field '%s': %s",
			form->action->name, name, names.p);
	else
		error_set(err, ERR_USAGE, "%s has no fields, so no '%s'",
			form->action->name, name);
	str_clear(&names);
	return NULL;
}

const struct operation *form_operation(const struct form *form)
{
	const struct action_turn *turn = form->action->turns;

	for (; turn && turn->when; turn++)
		if (form_holds(form, turn->when))
			return turn->operation;
	return form->action->operation;
}

bool form_has_dry_run(const struct form *form)
{
	const struct operation *op = form_operation(form);

	return op && operation_parameter(op, "DryRun");
}

int effect_strength(enum effect effect)
{
	static const enum effect order[] = {
		EFFECT_READ, EFFECT_READ_BILLED, EFFECT_READ_SECRET,
		EFFECT_HIDES, EFFECT_CREDENTIAL, EFFECT_CHANGE,
		EFFECT_DISRUPT, EFFECT_DESTROY, EFFECT_SPEND
	};
	int i = 0;

	while (order[i] != effect && order[i] != EFFECT_SPEND)
		i++;
	return i;
}

static void lift(enum effect *kind, enum effect to)
{
	if (effect_strength(to) > effect_strength(*kind))
		*kind = to;
}

enum effect form_kind(const struct form *form)
{
	const struct action_field *f = form->action->fields;
	enum effect kind = form->action->kind;

	if (form_operation(form))
		lift(&kind, form_operation(form)->effect);
	for (; f && f->name; f++) {
		const char *text = form_value(form, f, 0);

		text = text ? text : f->value;
		if (text && f->raises && form_wants(form, f) &&
		    (!f->raises_at || !strcmp(text, f->raises_at)))
			lift(&kind, f->raises);
	}
	return kind;
}

bool form_needs_fresh_rows(const struct form *form)
{
	return effect_strength(form_kind(form)) >=
		effect_strength(EFFECT_DISRUPT);
}

bool form_permits(const struct form *form, struct session *session,
	struct error *err)
{
	enum effect kind = form_kind(form);

	if (!session_is_read_only(session) || effect_is_read(kind))
		return true;
	return error_set(err, ERR_READ_ONLY,
		"read-only: %s.%s is refused (it is %s)",
		form->compiled->resource->name, form->action->name,
		effect_name(kind));
}
