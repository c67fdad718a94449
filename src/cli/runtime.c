/* SPDX-License-Identifier: MIT */
#include "cli/runtime.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/xdg.h"
#include "cli/command.h"
#include "cli/journal.h"
#include "cli/runtime_saved.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORKERS 64
#define ACTION_WORKERS 4

static bool add_region(struct runtime *rt, const char *name, size_t len,
	struct error *err)
{
	char *copy = xstrndup(name, len);

	if (!region_valid(copy)) {
		error_set(err, ERR_USAGE, "'%s' is not a region's name, "
			"such as us-east-1", copy);
		free(copy);
		return false;
	}
	rt->regions = xreallocarray(rt->regions, rt->region_count + 1,
		sizeof(*rt->regions));
	rt->regions[rt->region_count++] = copy;
	return true;
}

static bool choose_regions(struct runtime *rt, struct error *err)
{
	const char *list = rt->options->region;
	const struct aws_config *config = session_config(rt->sessions[0]);

	if (!list)
		return !config->region || add_region(rt, config->region,
			strlen(config->region), err);
	if (!strcmp(list, "all")) {
		rt->all_regions = true;
		return true;
	}
	while (*list) {
		size_t len = strcspn(list, ",");

		if (!add_region(rt, list, len, err))
			return false;
		list += len + (list[len] == ',');
	}
	if (!rt->region_count)
		return error_set(err, ERR_USAGE, "--region is empty");
	return true;
}

/* The region a session itself is in: the first of the list. */
static char *first_region(const struct options *o)
{
	size_t len;

	if (!o->region || !strcmp(o->region, "all"))
		return NULL;
	len = strcspn(o->region, ",");
	return xstrndup(o->region, len);
}

static bool add_session(struct runtime *rt, const char *profile,
	const char *endpoint, struct error *err)
{
	const struct session_guard guard = { rt->rules,
		profile_rules_guard };
	struct aws_config config = { 0 };
	char *region = first_region(rt->options);
	bool ok = config_resolve(&config, rt->env, rt->profiles,
		rt->demo ? NULL : profile, region, endpoint, err);

	free(region);
	if (!ok) {
		config_clear(&config);
		return false;
	}
	if (rt->demo) {
		config.static_credentials = true;
		config.access_key = xstrdup(rt->demo->access_key);
		config.secret_key = xstrdup(rt->demo->secret_key);
		free(config.profile);
		config.profile = xstrdup("demo");
		if (!config.region)
			config.region = xstrdup("us-east-1");
	}
	rt->sessions = xreallocarray(rt->sessions, rt->session_count + 1,
		sizeof(*rt->sessions));
	rt->sessions[rt->session_count] = session_new(rt->door, &config);
	session_set_guard(rt->sessions[rt->session_count++], &guard);
	return true;
}

struct session *runtime_session(struct runtime *rt, const char *profile,
	struct error *err)
{
	const char *endpoint =
		session_config(rt->sessions[0])->endpoint_url;

	for (size_t i = 0; i < rt->session_count; i++)
		if (!strcmp(session_name(rt->sessions[i]), profile))
			return rt->sessions[i];
	if (!add_session(rt, profile, endpoint, err))
		return NULL;
	return rt->sessions[rt->session_count - 1];
}

static bool open_sessions(struct runtime *rt, struct error *err)
{
	const char *list = rt->options->profile;
	const char *endpoint = rt->demo ? rt->demo->endpoint :
		rt->options->endpoint_url;

	if (!list || rt->demo)
		return add_session(rt, NULL, endpoint, err);
	while (*list) {
		size_t len = strcspn(list, ",");
		char *name = xstrndup(list, len);
		bool ok = add_session(rt, name, endpoint, err);

		free(name);
		if (!ok)
			return false;
		list += len + (list[len] == ',');
	}
	if (!rt->session_count)
		return error_set(err, ERR_USAGE, "--profile is empty");
	return true;
}

/* A demo changes nothing that anybody would ask about later. */
static void keep_journal(struct runtime *rt)
{
	struct door_journal hooks;

	if (rt->demo)
		return;
	rt->journal = late_journal_new();
	hooks = late_journal_hooks(rt->journal);
	door_set_journal(rt->door, &hooks);
}

bool runtime_open(struct runtime *rt, const struct options *options,
	const struct demo_access *demo, struct error *err)
{
	struct door_options door = { .read_only = options->read_only };

	*rt = (struct runtime){ .options = options, .demo = demo };
	rt->env = rt->demo ? aws_env_empty() : aws_env_process();
	rt->profiles = rt->demo ? profiles_empty() :
		profiles_load(rt->env, err);
	if (!rt->profiles)
		return false;
	rt->rules = profile_rules_new();
	rt->names = doc_names_new();
	rt->catalogue = catalogue_open(rt->names);
	if (!runtime_choose_saved(rt, err))
		return false;
	rt->pool = pool_new(WORKERS, ACTION_WORKERS);
	door.names = rt->names;
	door.pool = rt->pool;
	door.ignore_environment = rt->demo != NULL;
	rt->door = door_new(&door, err);
	if (!rt->door)
		return false;
	keep_journal(rt);
	return open_sessions(rt, err) && choose_regions(rt, err);
}

/* Also after a runtime_open() that failed half-way. */
void runtime_close(struct runtime *rt)
{
	if (rt->pool)
		pool_free(rt->pool);
	for (size_t i = 0; i < rt->session_count; i++)
		session_unref(rt->sessions[i]);
	free(rt->sessions);
	for (size_t i = 0; i < rt->region_count; i++)
		free(rt->regions[i]);
	free(rt->regions);
	for (size_t i = 0; i < rt->remembered_count; i++)
		free(rt->remembered[i]);
	free(rt->remembered);
	if (rt->door)
		door_free(rt->door);
	late_journal_free(rt->journal);
	runtime_drop_saved(rt);
	if (rt->catalogue)
		catalogue_close(rt->catalogue);
	if (rt->names)
		doc_names_free(rt->names);
	profile_rules_free(rt->rules);
	if (rt->profiles)
		profiles_free(rt->profiles);
	*rt = (struct runtime){ 0 };
}

void runtime_read_rules(struct runtime *rt)
{
	char *path;

	if (rt->demo)
		return;
	path = xdg_config("tucuxirc");
	profile_rules_read(rt->rules, path, runtime_complain);
	free(path);
}

/* SCHEME://A/B/C: the resource of that scheme inside A, at B/C; with
 * nothing after it, what the scheme's name stands for. */
static struct location *locate_scheme(const struct runtime *rt,
	const char *word, struct error *err)
{
	const char *rest = strstr(word, "://") + 3;
	const struct resource *resource = NULL;
	char *scheme = xstrndup(word, (size_t)(rest - 3 - word));
	struct location *location = NULL;
	size_t first = strcspn(rest, "/");
	char *parent = xstrndup(rest, first);

	for (size_t i = 0; i < catalogue_count(rt->catalogue); i++) {
		const struct resource *r = catalogue_at(rt->catalogue, i);

		if (r->scheme && !strcmp(r->scheme, scheme))
			resource = r;
	}
	if (!resource)
		error_set(err, ERR_USAGE, "%s:// is not a scheme tucuxi "
			"knows; s3://BUCKET/PREFIX is", scheme);
	else if (!first && (resource = catalogue_find(rt->catalogue, scheme,
			err)))
		location = location_new(resource);
	else if (resource) {
		location = location_new(resource);
		location_set(location, resource->scope[0], parent);
		location_set(location, resource->scope[1],
			rest[first] ? rest + first + 1 : "");
	}
	free(scheme);
	free(parent);
	return location;
}

/* One thing by its id: the listing that shows just it. */
static struct location *locate_id(const struct resource *resource,
	const char *id)
{
	struct location *location = location_new(resource);
	const char *name = strrchr(id, ':');
	const char *slash = strrchr(id, '/');

	if (str_starts(id, "arn:"))
		id = slash && slash > name ? slash + 1 : name + 1;
	if (resource->get)
		location_set(location, resource->get, id);
	return location;
}

struct location *runtime_locate(const struct runtime *rt, const char *word,
	struct error *err)
{
	const struct resource *resource;

	if (strstr(word, "://"))
		return locate_scheme(rt, word, err);
	resource = catalogue_of_id(rt->catalogue, word);
	if (resource)
		return locate_id(resource, word);
	resource = catalogue_find(rt->catalogue, word, err);
	if (!resource)
		return NULL;
	if (resource->scope[0]) {
		error_set(err, ERR_USAGE, "%s are inside something: say "
			"which, as in s3://BUCKET/PREFIX", resource->name);
		return NULL;
	}
	return location_new(resource);
}

void runtime_complain(const struct error *err)
{
	struct str clean = STR_INIT;

	text_sanitise(&clean, err->text, strlen(err->text), false);
	fprintf(stderr, "tucuxi: %s\n", clean.p);
	str_clear(&clean);
}
