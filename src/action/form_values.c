/* SPDX-License-Identifier: MIT */
/* What people, tables and rows put into a form. */
#include "action/action.h"

#include "base/mem.h"
#include "base/vec.h"
#include "catalogue/check.h"
#include "fetch/location.h"

#include <stdlib.h>
#include <string.h>

bool field_is_list(const struct action_field *field)
{
	return field->many ||
		(field->parameter && strstr(field->parameter, "[]"));
}

/* Is word one of words? */
static bool has_word(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = words; len && *p; p += strspn(p, " ")) {
		size_t n = strcspn(p, " ");

		if (n == len && !strncmp(p, word, n))
			return true;
		p += n;
	}
	return false;
}

static bool check_type(const struct action_field *f, const char *text,
	struct error *err)
{
	long number;

	switch (f->type) {
	case FIELD_SWITCH:
		return !strcmp(text, "true") || !strcmp(text, "false") ||
			error_set(err, ERR_USAGE, "is true or false");
	case FIELD_NUMBER:
		return str_int(text, f->low, f->high, &number) ||
			error_set(err, ERR_USAGE, "is a number from %ld to "
				"%ld%s%s", f->low, f->high, f->unit ? " " :
				"", f->unit ? f->unit : "");
	case FIELD_CHOICE:
		return has_word(f->choices, text) ||
			error_set(err, ERR_USAGE, "is one of: %s",
				f->choices);
	default:
		return true;
	}
}

bool field_check(const struct action_field *f, const char *text,
	struct str *normal, struct error *err)
{
	struct str unused = STR_INIT;
	check_function *check = f->check;
	bool ok;

	if (!*text && f->required)
		return error_set(err, ERR_USAGE, "may not be empty");
	if (!check_type(f, text, err))
		return false;
	if (!check && f->type == FIELD_PAIR)
		check = check_tag;
	if (!check)
		return !normal || str_add(normal, text);
	ok = check(text, normal ? normal : &unused, err);
	str_clear(&unused);
	return ok;
}

const char *form_value(const struct form *form,
	const struct action_field *field, size_t n)
{
	for (size_t i = 0; i < form->values.count; i++)
		if (form->values.items[i].field == field && n-- == 0)
			return form->values.items[i].text;
	return NULL;
}

void form_unset(struct form *form, const struct action_field *field)
{
	size_t kept = 0;

	for (size_t i = 0; i < form->values.count; i++) {
		struct form_value *v = &form->values.items[i];

		if (v->field == field)
			mem_wipe_free(v->text);
		else
			form->values.items[kept++] = *v;
	}
	form->values.count = kept;
}

bool form_set(struct form *form, const struct action_field *field,
	const char *text, struct error *err)
{
	struct error why = ERROR_INIT;
	struct str normal = STR_INIT;

	if (!field_check(field, text, &normal, &why)) {
		str_wipe(&normal);
		return error_set(err, ERR_USAGE, "%s %s", field->name,
			why.text);
	}
	if (!field_is_list(field))
		form_unset(form, field);
	*VEC_PUSH(&form->values) = (struct form_value){ .field = field,
		.text = str_take(&normal) };
	return true;
}

const char *form_text(const struct form *form, const char *name)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++)
		if (!strcmp(f->name, name)) {
			const char *text = form_value(form, f, 0);

			return text ? text : f->value;
		}
	return NULL;
}

const char *field_sends(const struct action_field *f, const char *text)
{
	const char *p = f->choices;

	for (size_t i = 0; text && f->sends && p && *p && f->sends[i]; i++) {
		size_t n = strcspn(p, " ");

		if (n == strlen(text) && !strncmp(p, text, n))
			return f->sends[i];
		p += n + strspn(p + n, " ");
	}
	return text;
}

/* "spot=true", "type=io1 io2", or "size": it has a value. */
static bool holds_one(const struct form *form, const char *condition)
{
	const char *equals = strchr(condition, '=');
	char *name = xstrndup(condition, strcspn(condition, "="));
	const char *text = form_text(form, name);

	free(name);
	return text && (equals ? has_word(equals + 1, text) : *text != '\0');
}

bool form_holds(const struct form *form, const char *condition)
{
	bool holds = false;

	for (const char *p = condition; *p && !holds; p += *p == '|') {
		char *one = xstrndup(p, strcspn(p, "|"));

		holds = holds_one(form, one);
		p += strlen(one);
		free(one);
	}
	return holds;
}

bool form_wants(const struct form *form, const struct action_field *field)
{
	return !field->kept && (!field->when || form_holds(form,
		field->when));
}

/* Of a field that is asked for, as AWS is to have it. */
static const char *field_text(const struct form *form, const char *name)
{
	const struct action_field *f = form->action->fields;

	while (f && f->name && strcmp(f->name, name))
		f++;
	if (!f || !f->name || !form_wants(form, f))
		return NULL;
	return field_sends(f, form_text(form, name));
}

/* The value of one argument; false: there is none. */
static bool list_value(const struct form *form,
	const struct drill_argument *a, struct row row, struct str *out)
{
	struct error err = ERROR_INIT;
	struct path *path;
	const char *text = a->value;

	if (a->field)
		text = field_text(form, a->field);
	if (text || !a->path || !row.segment)
		return text && str_add(out, text);
	path = path_compile(NULL, a->path, &err);
	if (path)
		str_add(out, row_text(row, path, NULL));
	path_free(path);
	return out->len > 0;
}

/* Whether the argument before it, a filter's name, is kept for it. */
static bool is_name(const struct drill_argument *a)
{
	return str_ends(a->parameter, ".Name");
}

struct location *form_list(const struct form *form,
	const struct field_list *list, struct row row,
	const struct resource *target)
{
	struct location *to = location_new(target);
	const struct drill_argument *name = NULL;
	struct str value = STR_INIT;

	for (size_t i = 0; i < DRILL_ARGUMENTS; i++) {
		const struct drill_argument *a = &list->arguments[i];

		if (!a->parameter)
			break;
		if (is_name(a)) {
			name = a;
			continue;
		}
		str_reset(&value);
		if (!list_value(form, a, row, &value) || !value.len)
			continue;
		if (name)
			location_set(to, name->parameter, name->value);
		location_set(to, a->parameter, value.p);
		name = NULL;
	}
	str_clear(&value);
	return to;
}

/* Is there another field that does instead? */
static bool is_excused(const struct form *form, const struct action_field *f)
{
	return f->unless && form_holds(form, f->unless);
}

static const char *check_field(const void *data, const char *name)
{
	return form_text(data, name);
}

bool form_check(const struct form *form, struct error *err)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++)
		if (f->required && !f->value && !f->suggest &&
		    form_wants(form, f) && !form_value(form, f, 0) &&
		    !is_excused(form, f))
			return error_set(err, ERR_USAGE,
				"%s needs %s: %s%s%s", form->action->name,
				f->name, f->title, f->unless ? ", or " : "",
				f->unless ? f->unless : "");
	return !form->action->check ||
		form->action->check(check_field, form, err);
}

bool action_is_for(const struct action *action, struct row row,
	struct str *why)
{
	const char *equals = action->where ? strchr(action->where, '=') :
		NULL;
	struct error err = ERROR_INIT;
	struct path *path;
	char *text;
	bool ok;

	if (!equals || !row.segment)
		return true;
	text = xstrndup(action->where, (size_t)(equals - action->where));
	path = path_compile(NULL, text, &err);
	ok = !path || has_word(equals + 1, row_text(row, path, NULL));
	if (!ok)
		str_add(why, equals + 1);
	path_free(path);
	free(text);
	return ok;
}
