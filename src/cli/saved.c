/* SPDX-License-Identifier: MIT */
#include "cli/saved.h"

#include "aws/region.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cli/columns.h"
#include "fetch/query.h"

#include <stdlib.h>
#include <string.h>

void saved_free(struct saved *v)
{
	free(v->name);
	free(v->title);
	free(v->filter);
	free(v->sort);
	free(v->columns);
	free(v->regions);
	free(v->profile);
	*v = (struct saved){ .name = NULL };
}

static char *copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

struct saved saved_copy(const struct saved *v)
{
	return (struct saved){ .name = copy(v->name), .resource = v->resource,
		.title = copy(v->title), .filter = copy(v->filter),
		.sort = copy(v->sort), .columns = copy(v->columns),
		.regions = copy(v->regions), .profile = copy(v->profile),
		.from = v->from };
}

static void add_own(struct saved_all *all, const struct resource *r)
{
	for (const struct saved_view *v = r->views; v && v->name; v++) {
		struct str name = STR_INIT;

		str_addf(&name, "%s.%s", r->name, v->name);
		*VEC_PUSH(&all->views) = (struct saved){
			.name = str_take(&name), .resource = r,
			.title = xstrdup(v->title),
			.filter = copy(v->filter), .sort = copy(v->sort),
			.columns = copy(v->columns), .from = SAVED_TABLE };
	}
}

void saved_init(struct saved_all *all, const struct catalogue *catalogue)
{
	*all = (struct saved_all){ .views = { .count = 0 } };
	for (size_t i = 0; i < catalogue_count(catalogue); i++)
		add_own(all, catalogue_at(catalogue, i));
}

void saved_clear(struct saved_all *all)
{
	for (size_t i = 0; i < all->views.count; i++)
		saved_free(&all->views.items[i]);
	for (size_t i = 0; i < all->sets.count; i++) {
		free(all->sets.items[i].name);
		free(all->sets.items[i].list);
	}
	VEC_FREE(&all->views);
	VEC_FREE(&all->sets);
}

static bool check_columns(const struct compiled *c, const char *list,
	struct error *err)
{
	struct columns columns;
	bool ok = columns_init(&columns, c, OUTPUT_CSV, list, false, false,
		err);

	columns_clear(&columns);
	return ok;
}

static bool check_regions(const char *list, struct error *err)
{
	bool ok = true;

	while (ok && *list) {
		size_t len = strcspn(list, ",");
		char *name = xstrndup(list, len);

		ok = region_valid(name) || error_set(err, ERR_USAGE,
			"'%.40s' is no region", name);
		free(name);
		list += len + (list[len] == ',');
	}
	return ok;
}

/* What it says is tried now, not when it is opened. */
static bool check(const struct saved *v, const struct catalogue *catalogue,
	struct error *err)
{
	const struct compiled *c = catalogue_compiled(catalogue, v->resource);
	struct query q = { .filter = NULL };
	bool ok;

	if (v->resource->scope[0])
		return error_set(err, ERR_USAGE, "%s are inside something: "
			"a bookmark leads there", v->resource->name);
	q.filter = filter_compile(c, v->filter ? v->filter : "", err);
	ok = q.filter && (!v->sort || query_parse_sort(&q, c, v->sort, err)) &&
		(!v->columns || check_columns(c, v->columns, err)) &&
		(!v->regions || check_regions(v->regions, err));
	query_clear(&q);
	return ok;
}

bool saved_put(struct saved_all *all, const struct catalogue *catalogue,
	struct saved *v, struct error *err)
{
	if (!words_are_name(v->name)) {
		error_set(err, ERR_USAGE, "%.40s is no name: letters, then "
			"digits and hyphens too", v->name);
		saved_free(v);
		return false;
	}
	if (!check(v, catalogue, err)) {
		saved_free(v);
		return false;
	}
	for (size_t i = 0; i < all->views.count; i++)
		if (str_eq(all->views.items[i].name, v->name)) {
			saved_free(&all->views.items[i]);
			all->views.items[i] = *v;
			return true;
		}
	*VEC_PUSH(&all->views) = *v;
	return true;
}

static bool read_word(struct saved *v, const char *word, struct error *err)
{
	const struct {
		const char *key;
		char **field;
	} keys[] = { { "/", &v->filter }, { "sort=", &v->sort },
		{ "columns=", &v->columns }, { "regions=", &v->regions },
		{ "profile=", &v->profile }, { "title=", &v->title } };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!str_starts(word, keys[i].key))
			continue;
		free(*keys[i].field);
		*keys[i].field = xstrdup(word + strlen(keys[i].key));
		return true;
	}
	return error_set(err, ERR_USAGE, "what is %.40s? /filter, sort=, "
		"columns=, regions=, profile= or title=", word);
}

bool saved_view(struct saved_all *all, const struct catalogue *catalogue,
	const struct words *words, size_t first, enum saved_from from,
	struct error *err)
{
	struct saved v = { .from = from };
	bool ok;

	if (words->count < first + 2)
		return error_set(err, ERR_USAGE, "view NAME RESOURCE "
			"[/FILTER] [sort=…] [columns=…] [regions=…] "
			"[profile=…]");
	v.resource = catalogue_find(catalogue, words->items[first + 1], err);
	if (!v.resource)
		return false;
	v.name = xstrdup(words->items[first]);
	ok = true;
	for (size_t i = first + 2; ok && i < words->count; i++)
		ok = read_word(&v, words->items[i], err);
	if (ok)
		return saved_put(all, catalogue, &v, err);
	saved_free(&v);
	return false;
}

static void add_word(struct str *out, const char *key, const char *value)
{
	struct str word = STR_INIT;

	if (!value)
		return;
	str_addf(&word, "%s%s", key, value);
	str_addc(out, ' ');
	words_quote(out, word.p);
	str_clear(&word);
}

void saved_line(const struct saved *v, struct str *out)
{
	str_add(out, v->resource->name);
	add_word(out, "/", v->filter);
	add_word(out, "sort=", v->sort);
	add_word(out, "columns=", v->columns);
	add_word(out, "regions=", v->regions);
	add_word(out, "profile=", v->profile);
	add_word(out, "title=", v->title);
}

/* "unattached" where only one table has such a view. */
static const struct saved *find_short(const struct saved_all *all,
	const char *name, bool *several)
{
	const struct saved *found = NULL;

	*several = false;
	for (size_t i = 0; i < all->views.count; i++) {
		const struct saved *v = &all->views.items[i];
		const char *dot = strchr(v->name, '.');

		if (v->from != SAVED_TABLE || !str_eq(dot + 1, name))
			continue;
		*several |= found != NULL;
		found = v;
	}
	return found;
}

const struct saved *saved_find(const struct saved_all *all, const char *name,
	struct error *err)
{
	const struct saved *found;
	const char **names, *near;
	bool several;

	for (size_t i = 0; i < all->views.count; i++)
		if (str_eq(all->views.items[i].name, name))
			return &all->views.items[i];
	found = find_short(all, name, &several);
	if (found && !several)
		return found;
	if (several) {
		error_set(err, ERR_USAGE, "there is more than one view "
			"%.40s: say %s or the other", name, found->name);
		return NULL;
	}
	names = xcalloc(2 * all->views.count + 1, sizeof(*names));
	for (size_t i = 0; i < all->views.count; i++) {
		const char *own = all->views.items[i].name;
		const char *dot = strchr(own, '.');

		names[2 * i] = own;
		names[2 * i + 1] = dot ? dot + 1 : own;
	}
	near = words_nearest(name, names, 2 * all->views.count);
	error_set(err, ERR_USAGE, "no view %.40s%s%s%s", name,
		near ? ": did you mean " : "", near ? near : "",
		near ? "?" : "");
	free(names);
	return NULL;
}

bool saved_delete(struct saved_all *all, const char *name, struct error *err)
{
	const struct saved *v = saved_find(all, name, err);
	size_t at = v ? (size_t)(v - all->views.items) : 0;

	if (!v)
		return false;
	if (v->from == SAVED_TABLE)
		return error_set(err, ERR_USAGE, "%s comes with the program",
			v->name);
	if (v->from == SAVED_FILE)
		return error_set(err, ERR_USAGE, "%s is in your tucuxirc: "
			"take its line out there", v->name);
	saved_free(&all->views.items[at]);
	all->views.count--;
	memmove(&all->views.items[at], &all->views.items[at + 1],
		(all->views.count - at) * sizeof(*all->views.items));
	return true;
}
