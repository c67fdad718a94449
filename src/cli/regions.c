/* SPDX-License-Identifier: MIT */
/*
 * The regions of "all". The built-in list needs no call; which opt-in
 * regions an account has must be asked, so the answer is kept: the next run
 * starts with all of them at once while it asks again.
 */
#include "base/mem.h"
#include "base/xdg.h"
#include "cli/command.h"
#include "cli/runtime.h"
#include "fetch/listing.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_MAX (1u << 20)

/* "PROFILE ENDPOINT": whose regions a line of the cache tells. */
static void cache_key(const struct session *session, struct str *out)
{
	const char *url = session_config(session)->endpoint_url;

	words_quote(out, session_name(session));
	str_addc(out, ' ');
	words_quote(out, url ? url : "");
	str_addc(out, ' ');
}

static char *read_cache(char **path)
{
	struct error err = ERROR_INIT;
	char *text = NULL;
	size_t len;

	*path = xdg_cache("regions");
	if (!xdg_read_file(*path, CACHE_MAX, &text, &len, &err))
		return xstrdup("");
	return text;
}

/* The line of that key, behind the key; NULL: none. */
static const char *find_line(const char *text, const struct str *key)
{
	for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p != 0)
		if (!strncmp(p, key->p, key->len))
			return p + key->len;
	return NULL;
}

static void remember(struct runtime *rt, const char *line)
{
	char *copy = xstrndup(line, strcspn(line, "\n"));
	struct words words = { 0 };
	struct error err = ERROR_INIT;
	const char *rest = copy;

	if (words_split(&words, &rest, &err)) {
		rt->remembered = xcalloc(words.count + 1,
			sizeof(*rt->remembered));
		for (size_t i = 0; i < words.count; i++)
			if (region_valid(words.items[i]))
				rt->remembered[rt->remembered_count++] =
					xstrdup(words.items[i]);
	}
	words_clear(&words);
	free(copy);
}

static void load_remembered(struct runtime *rt,
	const struct session *session)
{
	struct str key = STR_INIT;
	char *path, *text = read_cache(&path);
	const char *line;

	cache_key(session, &key);
	line = find_line(text, &key);
	if (line)
		remember(rt, line);
	str_clear(&key);
	free(text);
	free(path);
}

/* Other keys' lines stay; what cannot be written is asked for again. */
static void save_opted(const struct session *session, char **names,
	size_t count)
{
	struct str key = STR_INIT, out = STR_INIT;
	struct error err = ERROR_INIT;
	char *path, *text = read_cache(&path);

	cache_key(session, &key);
	str_addn(&out, key.p, key.len);
	for (size_t i = 0; i < count; i++)
		str_addf(&out, "%s%s", i ? " " : "", names[i]);
	str_addc(&out, '\n');
	for (const char *p = text, *end; *p; p = end) {
		end = p + strcspn(p, "\n");
		end += *end == '\n';
		if (strncmp(p, key.p, key.len))
			str_addn(&out, p, (size_t)(end - p));
	}
	if (strcmp(out.p, text) && xdg_make_parent(path, &err))
		xdg_write_file(path, out.p, out.len, &err);
	str_clear(&key);
	str_clear(&out);
	free(text);
	free(path);
}

size_t runtime_first_regions(struct runtime *rt,
	const struct session *session, const char **names, size_t room)
{
	const char *own = session_config(session)->region;
	const struct partition *partition =
		region_partition(own ? own : "us-east-1");
	size_t all, count = 0;
	const struct region *list = region_list(&all);

	for (size_t i = 0; i < all && count < room; i++)
		if (list[i].partition == partition && !list[i].opt_in)
			names[count++] = list[i].name;
	if (!rt->demo && !rt->remembered)
		load_remembered(rt, session);
	for (size_t i = 0; i < rt->remembered_count && count < room; i++)
		names[count++] = rt->remembered[i];
	return count;
}

struct opted {
	const struct compiled *compiled;
	int status;
	char **names;
	size_t count;
};

static bool collect_opted(void *data, struct segment *segment)
{
	struct opted *o = data;
	struct row none = { 0 };

	for (uint32_t i = 0; i < segment->count; i++) {
		struct row row = { segment, i };
		struct str status = STR_INIT, name = STR_INIT;

		row_plain(row, &o->compiled->columns[o->status], none,
			&status);
		row_id(row, &name);
		if (!strcmp(status.p, "opted-in")) {
			o->names = xreallocarray(o->names, o->count + 1,
				sizeof(*o->names));
			o->names[o->count++] = str_take(&name);
		}
		str_clear(&name);
		str_clear(&status);
	}
	segment_unref(segment);
	return true;
}

bool runtime_opted_regions(struct runtime *rt, struct session *session,
	struct cancel *cancel, char ***names, size_t *count,
	struct error *err)
{
	const struct resource *regions =
		catalogue_find(rt->catalogue, "aws-regions", err);
	const char *own = session_config(session)->region;
	struct opted opted = {
		.compiled = catalogue_compiled(rt->catalogue, regions),
	};
	struct location *location = location_new(regions);
	struct listing_result result = { 0 };
	struct listing listing = {
		.compiled = opted.compiled, .session = session,
		.location = location, .cancel = cancel, .data = &opted,
		.region = region_partition(own ? own : "us-east-1")
			->global_region,
		.segment = collect_opted,
	};
	bool ok;

	opted.status = compiled_column_index(opted.compiled, "state");
	ok = listing_run(&listing, &result);
	if (!ok)
		*err = result.err;
	location_unref(location);
	if (ok && !rt->demo)
		save_opted(session, opted.names, opted.count);
	*names = opted.names;
	*count = opted.count;
	return ok;
}

