/* SPDX-License-Identifier: MIT */
/* What the fields of `do` take from rows: that of the target, and those that
 * other fields name, looked up by their ids. */
#include "cli/do.h"

#include "action/form_rows.h"
#include "fetch/location.h"

static void cancel_lookup(void *task)
{
	lookup_cancel(task);
}

/* The row that the field of that name has; where the first target is. */
static void suggest_from(struct doing *d, const char *name)
{
	const struct target *at = &d->targets.items[0];
	const struct catalogue *c = d->runtime->catalogue;
	const char *id = form_text(&d->form, name);
	struct error ignored = ERROR_INIT;
	const struct action_field *f = form_field(&d->form, name, &ignored);
	const struct resource *r = f->live ? catalogue_find(c,
		f->live->resource, &ignored) : NULL;
	struct location *location;
	struct lookup *l;

	if (!id || !r)
		return;
	location = location_new(r);
	l = lookup_new(d->runtime->pool, d->box, catalogue_compiled(c, r));
	lookup_add(l, at->session, location, target_region(at), id);
	lookup_start(l);
	while (do_take(d, cancel_lookup, l)->index != TASK_END)
		continue;
	form_suggest(&d->form, name, lookup_at(l, 0)->row);
	lookup_free(l);
	location_unref(location);
}

bool do_suggest(struct doing *d, struct error *err)
{
	const struct action_field *f = d->form.action->fields;

	for (; f && f->name; f++) {
		if (!f->suggest || !form_wants(&d->form, f) ||
		    form_value(&d->form, f, 0))
			continue;
		if (f->from)
			suggest_from(d, f->from);
		else
			form_suggest(&d->form, NULL, d->targets.items[0].row);
		if (f->required && !form_value(&d->form, f, 0))
			return error_set(err, ERR_USAGE, "%s needs %s: %s; "
				"none could be suggested",
				d->form.action->name, f->name, f->title);
	}
	return true;
}
