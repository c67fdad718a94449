/* SPDX-License-Identifier: MIT */
/* A form as words for people. */
#include "action/action.h"

#include "action/workflows.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define LAST 4

void form_challenge(const struct form *form, size_t targets,
	const char *label, const char *id, struct str *out)
{
	size_t len = strlen(id);

	if (form_kind(form) == EFFECT_SPEND)
		str_add(out, "YES");
	else if (targets != 1)
		str_addf(out, "%s %zu", form->action->name, targets);
	else if (label && *label)
		str_add(out, label);
	else
		str_add(out, len > LAST ? id + len - LAST : id);
}

/* named: by its own name, for it is no parameter. */
static void add_value(struct str *out, const struct action_field *f,
	const char *text, bool named)
{
	bool hidden = f->secret || f->type == FIELD_FILE ||
		f->type == FIELD_LINES;

	if (f->parameter || named)
		str_addf(out, " %s=%s", named ? f->name : f->parameter,
			f->secret ? "***" :
			hidden ? "…" : field_sends(f, text));
	else if (f->with && !strcmp(text, "true"))
		str_addf(out, " %s=%s", f->with->path, f->with->value);
}

/* Where it goes, if not to where the rows are. */
static void add_regions(const struct form *form, struct str *out)
{
	const struct action_field *f = form->action->fields;
	const char *to = form->action->to_regions, *region;

	for (; to && f && f->name; f++)
		for (size_t n = 0; !strcmp(f->name, to) &&
		     (region = form_value(form, f, n)); n++)
			str_addf(out, "%s%s", n ? ", " : " in ", region);
}

void form_describe(const struct form *form, struct str *out)
{
	const struct argument *a = form->action->arguments;
	const struct action_field *f = form->action->fields;
	bool named = form->action->workflow != NULL;

	if (form_operation(form))
		str_add(out, form_operation(form)->name);
	else if (form->action->workflow)
		workflow_describe(form->action->workflow, out);
	for (; a && a->path; a++)
		str_addf(out, " %s=%s", a->path, a->value ? a->value : "");
	for (; f && f->name; f++) {
		const char *text;
		size_t n = 0;

		if (!form_wants(form, f))
			continue;
		for (; (text = form_value(form, f, n)); n++)
			add_value(out, f, text, named);
		if (!n && f->value)
			add_value(out, f, f->value, named);
	}
	add_regions(form, out);
}

static bool note_holds(const struct form *form,
	const struct action_note *note)
{
	return !note->field || form_holds(form, note->field);
}

struct note_reading {
	const struct action_note *note;
	const struct doc *doc;
	struct str *out;
};

static bool is_value(const struct action_note *note, const char *text)
{
	if (!note->value)
		return *text;
	if (*note->value == '!')
		return *text && strcmp(note->value + 1, text);
	return !strcmp(note->value, text);
}

static bool add_note_value(void *data, uint32_t node)
{
	struct note_reading *r = data;
	const char *text = doc_text(r->doc, node, NULL);

	if (text && is_value(r->note, text))
		str_addf(r->out, "%s%s", r->out->len ? ", " : "", text);
	return true;
}

/* The values at the note's path that it is about, a comma between. */
static void note_values(const struct action_note *note, struct row row,
	struct str *out)
{
	struct note_reading r = { .note = note, .out = out };
	struct error err = ERROR_INIT;
	struct path *path;

	if (!note->path || !row.segment)
		return;
	path = path_compile(NULL, note->path, &err);
	r.doc = row.segment->doc;
	if (path)
		path_each(path, r.doc, row.segment->nodes[row.index],
			add_note_value, &r);
	path_free(path);
}

static void add_note(const char *pattern, const char *value, struct str *out)
{
	const char *hole = strstr(pattern, "{}");

	if (out->len)
		str_addc(out, '\n');
	if (!hole) {
		str_add(out, pattern);
		return;
	}
	str_addn(out, pattern, (size_t)(hole - pattern));
	str_add(out, value);
	str_add(out, hole + 2);
}

void form_notes(const struct form *form, struct row row, struct str *out)
{
	const struct action_note *note = form->action->notes;

	for (; note && note->text; note++) {
		struct str values = STR_INIT;

		if (!note_holds(form, note))
			continue;
		note_values(note, row, &values);
		if (!note->path || values.len)
			add_note(note->text, values.p, out);
		str_clear(&values);
	}
}

static const char *cost_field(const void *data, const char *name)
{
	return form_text(data, name);
}

bool form_cost(const struct form *form, struct row row, struct cost *out)
{
	struct cell cell = { .plain = true };

	*out = (struct cost){ 0 };
	if (!form->action->cost)
		return false;
	if (row.segment)
		row_as_cell(row, &cell);
	return form->action->cost(&cell, cost_field, form, out);
}
