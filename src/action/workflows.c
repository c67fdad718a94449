/* SPDX-License-Identifier: MIT */
#include "action/workflows.h"

#include <string.h>

#define WORKFLOW(name) const struct workflow *workflow_##name(void);
#include "action/workflows.def"
#undef WORKFLOW

const struct workflow *workflow_at(size_t i)
{
#define WORKFLOW(name) workflow_##name,
	static const struct workflow *(*const all[])(void) = {
#include "action/workflows.def"
	};
#undef WORKFLOW

	return i < sizeof(all) / sizeof(all[0]) ? all[i]() : NULL;
}

const struct workflow *workflow_find(const char *name)
{
	const struct workflow *w;

	for (size_t i = 0; (w = workflow_at(i)); i++)
		if (!strcmp(w->name, name))
			return w;
	return NULL;
}

static const struct operation *operation_of(const struct resource *r,
	const char *name)
{
	if (r->list && !strcmp(r->list->name, name))
		return r->list;
	for (const struct action *a = r->actions; a && a->name; a++)
		if (a->operation && !strcmp(a->operation->name, name))
			return a->operation;
	return NULL;
}

const struct operation *workflow_operation(const struct catalogue *c,
	const struct workflow *w, const char *name)
{
	const struct operation *const *own = w->operations, *found = NULL;

	for (; own && *own; own++)
		if (!strcmp((*own)->name, name))
			return *own;
	for (size_t i = 0; !found && i < catalogue_count(c); i++)
		if (!strcmp(catalogue_at(c, i)->service->name, w->service))
			found = operation_of(catalogue_at(c, i), name);
	return found;
}

/* Of steps that change something whether they were done is looked for. */
static void describe(const struct work_step *s, bool clean, struct str *out)
{
	for (; s && s->name; s++)
		if (s->kind == STEP_CALL && (clean || s->look) &&
		    !strstr(out->p, s->operation))
			str_addf(out, "%s%s", out->len ? ", " : "",
				s->operation);
}

void workflow_describe(const char *name, struct str *out)
{
	const struct workflow *w = workflow_find(name);
	struct str all = STR_INIT;

	if (w)
		describe(w->steps, false, &all);
	if (w && w->fleeting)
		describe(w->clean, true, &all);
	str_add(out, all.p);
	str_clear(&all);
}
