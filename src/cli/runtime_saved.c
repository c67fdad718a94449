/* SPDX-License-Identifier: MIT */
/* Names of views and sets on the command line, as if people had typed what
 * they stand for. */
#include "cli/runtime.h"

#include "cli/runtime_saved.h"
#include "fetch/query.h"

#include <string.h>

/* The user's files are read only where a name asks for them. */
static void load(struct runtime *rt)
{
	if (rt->saved_loaded || rt->demo)
		return;
	rt->saved_loaded = true;
	saved_load(&rt->saved, rt->catalogue, rt->options->verb != NULL);
}

static bool is_place(const struct runtime *rt, const char *word)
{
	struct error ignored = ERROR_INIT;

	return strstr(word, "://") || catalogue_of_id(rt->catalogue, word) ||
		catalogue_find(rt->catalogue, word, &ignored);
}

/* `ls volumes --view unattached` means the one of volumes. */
static const struct saved *find_view(struct runtime *rt, struct error *err)
{
	const struct options *o = rt->options;
	const struct resource *r = o->argument_count ? catalogue_find(
		rt->catalogue, o->arguments[0], err) : NULL;
	const struct saved *v = NULL;
	struct error ignored = ERROR_INIT;
	struct str name = STR_INIT;

	if (o->argument_count && !r)
		return NULL;
	if (r) {
		str_addf(&name, "%s.%s", r->name, o->view);
		v = saved_find(&rt->saved, name.p, &ignored);
		str_clear(&name);
	}
	if (!v)
		v = saved_find(&rt->saved, o->view, err);
	if (!v || !r || v->resource == r)
		return v;
	error_set(err, ERR_USAGE, "%s is a view of %s, not of %s", v->name,
		v->resource->name, r->name);
	return NULL;
}

/* What is said beside the view stands above it; both filters hold. */
static void take_view(struct runtime *rt, const struct saved *found)
{
	struct options *o = &rt->chosen;
	const struct saved *v = &rt->view;

	rt->view = saved_copy(found);    /* the screen reads files again */
	o->view = v->name;
	if (!o->region)
		o->region = v->regions;
	if (!o->profile && !rt->demo)
		o->profile = v->profile;
	o->argument_count = 0;
	if (!o->verb)
		return;
	o->arguments[o->argument_count++] = v->resource->name;
	if (!o->sort)
		o->sort = v->sort;
	if (!o->columns)
		o->columns = v->columns;
	filter_join(v->filter ? v->filter : "", o->filter ? o->filter : "",
		&rt->filter);
	if (v->filter)
		o->filter = rt->filter.p;
}

static bool choose_view(struct runtime *rt, struct error *err)
{
	struct options *o = &rt->chosen;
	bool listing = !o->verb || !strcmp(o->verb, "ls");
	struct error ignored = ERROR_INIT;
	const struct saved *v;

	if (o->view) {
		load(rt);
		v = find_view(rt, err);
		if (v)
			take_view(rt, v);
		return v != NULL;
	}
	if (!listing || o->argument_count != 1 ||
	    is_place(rt, o->arguments[0]))
		return true;
	load(rt);
	v = saved_find(&rt->saved, o->arguments[0], &ignored);
	if (v)
		take_view(rt, v);
	return true;
}

static bool is_known(const struct runtime *rt, const char *name,
	bool profile)
{
	if (!profile)
		return region_find(name) || !strcmp(name, "all");
	for (size_t i = 0; i < profiles_count(rt->profiles); i++)
		if (!strcmp(profiles_name(rt->profiles, i), name))
			return true;
	return false;
}

/* Sets in a list of regions or profiles become what they are of. */
static void expand(struct runtime *rt, const char **list, bool profile,
	struct str *out)
{
	bool known = true;

	for (const char *p = *list; p && *p && known;) {
		size_t len = strcspn(p, ",");
		struct str name = STR_INIT;

		str_addn(&name, p, len);
		known = is_known(rt, name.p, profile);
		str_clear(&name);
		p += len + (p[len] == ',');
	}
	if (known)
		return;
	load(rt);
	saved_expand(&rt->saved, *list, profile, out);
	*list = out->p;
}

bool runtime_choose_saved(struct runtime *rt, struct error *err)
{
	str_init(&rt->filter, 0);
	str_init(&rt->expanded_regions, 0);
	str_init(&rt->expanded_profiles, 0);
	saved_init(&rt->saved, rt->catalogue);
	rt->chosen = *rt->options;
	rt->options = &rt->chosen;
	if (!choose_view(rt, err))
		return false;
	expand(rt, &rt->chosen.region, false, &rt->expanded_regions);
	if (!rt->demo)
		expand(rt, &rt->chosen.profile, true,
			&rt->expanded_profiles);
	return true;
}

void runtime_drop_saved(struct runtime *rt)
{
	if (rt->options != &rt->chosen)
		return;          /* it never came so far */
	saved_clear(&rt->saved);
	saved_free(&rt->view);
	str_clear(&rt->filter);
	str_clear(&rt->expanded_regions);
	str_clear(&rt->expanded_profiles);
}
