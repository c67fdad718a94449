/* SPDX-License-Identifier: MIT */
/* Forms that were given up half-way: kept while the program runs, but for
 * what is secret. */
#include "ui/form.h"

#include "base/map.h"
#include "base/mem.h"
#include "ui/app_own.h"

#include <stdlib.h>
#include <string.h>

/* By "resource.action id": a text a field, in the order of the table. */
struct drafts {
	struct map *map;
};

struct draft {
	size_t count;
	char **texts;
};

static void draft_free(void *value)
{
	struct draft *d = value;

	for (size_t i = 0; i < d->count; i++)
		if (d->texts[i])
			mem_wipe_free(d->texts[i]);
	free(d->texts);
	free(d);
}

void drafts_free(struct drafts *d)
{
	if (!d)
		return;
	map_free(d->map, draft_free);
	free(d);
}

static void draft_key(const struct pane_form *p, struct str *out)
{
	const struct proposal *q = &p->proposal;

	str_addf(out, "%s.%s", q->form.compiled->resource->name,
		q->form.action->name);
	if (q->form.action->on != ON_PLACES && q->targets.count)
		str_addf(out, " %s", q->targets.items[0].id);
}

static bool is_kept(const struct input *in)
{
	return in->touched && !in->field->secret;
}

void draft_keep(struct pane_form *p)
{
	struct app_own *own = p->pane.app->own;
	struct draft *d = xcalloc(1, sizeof(*d)), *old;
	struct str key = STR_INIT;
	bool some = false;

	d->count = p->inputs.count;
	d->texts = xcalloc(d->count + 1, sizeof(*d->texts));
	for (size_t i = 0; i < d->count; i++)
		if (is_kept(&p->inputs.items[i])) {
			d->texts[i] =
				xstrdup(p->inputs.items[i].edit.text.p);
			some = true;
		}
	if (!some) {
		draft_free(d);
		return;
	}
	if (!own->drafts) {
		own->drafts = xcalloc(1, sizeof(*own->drafts));
		own->drafts->map = map_new();
	}
	draft_key(p, &key);
	old = map_set(own->drafts->map, key.p, d);
	if (old)
		draft_free(old);
	str_clear(&key);
}

bool draft_restore(struct pane_form *p)
{
	struct drafts *all = p->pane.app->own->drafts;
	struct str key = STR_INIT;
	struct draft *d = NULL;

	draft_key(p, &key);
	if (all)
		d = map_get(all->map, key.p);
	str_clear(&key);
	for (size_t i = 0; d && i < d->count && i < p->inputs.count; i++) {
		struct input *in = &p->inputs.items[i];

		if (!d->texts[i])
			continue;
		edit_set(&in->edit, d->texts[i]);
		in->touched = true;
		input_check(in);
	}
	return d != NULL;
}

void draft_forget(struct pane_form *p)
{
	struct drafts *all = p->pane.app->own->drafts;
	struct str key = STR_INIT;
	struct draft *d = NULL;

	draft_key(p, &key);
	if (all)
		d = map_remove(all->map, key.p);
	if (d)
		draft_free(d);
	str_clear(&key);
}
