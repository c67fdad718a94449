/* SPDX-License-Identifier: MIT */
/* Sets of regions and profiles by name, and where what is saved is read. */
#include "cli/saved.h"

#include "aws/region.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "cli/rcfile.h"
#include "cli/runtime.h"

#include <stdlib.h>
#include <string.h>

static struct saved_set *find(const struct saved_all *all, const char *name,
	size_t len, bool of_profiles)
{
	for (size_t i = 0; i < all->sets.count; i++) {
		struct saved_set *s = &all->sets.items[i];

		if (s->of_profiles == of_profiles && strlen(s->name) == len &&
		    !strncmp(s->name, name, len))
			return s;
	}
	return NULL;
}

const char *saved_set_find(const struct saved_all *all, const char *name,
	bool of_profiles)
{
	const struct saved_set *s = find(all, name, strlen(name),
		of_profiles);

	return s ? s->list : NULL;
}

static bool check_name(const char *name, bool of_profiles, struct error *err)
{
	if (!words_are_name(name))
		return error_set(err, ERR_USAGE, "%.40s is no name: letters, "
			"then digits and hyphens too", name);
	return of_profiles || (!region_find(name) && !str_eq(name, "all")) ||
		error_set(err, ERR_USAGE, "%.40s means something already",
			name);
}

bool saved_set_words(struct saved_all *all, const struct words *words,
	struct error *err)
{
	bool of_profiles = str_eq(words->items[0], "profileset");
	struct str list = STR_INIT;
	struct saved_set *s;

	if (words->count < 3)
		return error_set(err, ERR_USAGE, "%s NAME %s…",
			words->items[0], of_profiles ? "PROFILE" : "REGION");
	if (!check_name(words->items[1], of_profiles, err))
		return false;
	for (size_t i = 2; i < words->count; i++) {
		const char *word = words->items[i];

		if (!of_profiles && !region_find(word)) {
			str_clear(&list);
			return error_set(err, ERR_USAGE,
				"%.60s is no region that is known", word);
		}
		str_addf(&list, "%s%s", list.len ? "," : "", word);
	}
	s = find(all, words->items[1], strlen(words->items[1]), of_profiles);
	if (!s) {
		s = VEC_PUSH(&all->sets);
		*s = (struct saved_set){ .name = xstrdup(words->items[1]),
			.of_profiles = of_profiles };
	}
	free(s->list);
	s->list = str_take(&list);
	return true;
}

static bool has(const char *list, const char *name, size_t len)
{
	while (*list) {
		size_t n = strcspn(list, ",");

		if (n == len && !strncmp(list, name, n))
			return true;
		list += n + (list[n] == ',');
	}
	return false;
}

static void add_each(struct str *out, const char *list, size_t from)
{
	while (*list) {
		size_t len = strcspn(list, ",");

		if (len && !has(out->p + from, list, len)) {
			if (out->len > from)
				str_addc(out, ',');
			str_addn(out, list, len);
		}
		list += len + (list[len] == ',');
	}
}

void saved_expand(const struct saved_all *all, const char *list,
	bool of_profiles, struct str *out)
{
	size_t from = out->len;

	while (*list) {
		size_t len = strcspn(list, ",");
		const struct saved_set *s = find(all, list, len, of_profiles);
		char *name = xstrndup(list, len);

		add_each(out, s ? s->list : name, from);
		free(name);
		list += len + (list[len] == ',');
	}
}

struct loader {
	struct saved_all *all;
	const struct catalogue *catalogue;
	bool tell;
};

static void tell(void *data, const struct error *err)
{
	const struct loader *l = data;

	if (l->tell)
		runtime_complain(err);
}

/* What is not about names here is the screen's. */
static bool take_line(void *data, char *line, const struct rc_source *source,
	struct error *err)
{
	struct loader *l = data;
	const struct rc_reader reader = { l, take_line, tell };
	const char *rest = line;
	bool ok = true;

	while (ok && rest) {
		struct words words = { 0 };
		struct error ignored = ERROR_INIT;
		const char *name;

		if (!words_split(&words, &rest, &ignored))
			rest = NULL;
		name = words.count ? words.items[0] : "";
		if (str_eq(name, "view"))
			ok = saved_view(l->all, l->catalogue, &words, 1,
				SAVED_FILE, err);
		else if (str_eq(name, "regionset") ||
		    str_eq(name, "profileset"))
			ok = saved_set_words(l->all, &words, err);
		else if (str_eq(name, "source") && words.count == 2)
			rcfile_read(words.items[1], source, &reader, NULL,
				NULL, &ignored);
		words_clear(&words);
	}
	return ok;
}

void saved_take_state(struct saved_all *all,
	const struct catalogue *catalogue, const struct state *state)
{
	const char *name, *line;
	size_t cursor = 0;

	while (state_next(state, "view", &cursor, &name, &line)) {
		struct words words = { 0 };
		struct error ignored = ERROR_INIT;

		*VEC_PUSH(&words) = xstrdup(name);
		if (words_split(&words, &line, &ignored))
			saved_view(all, catalogue, &words, 0, SAVED_STATE,
				&ignored);
		words_clear(&words);
	}
}

void saved_load(struct saved_all *all, const struct catalogue *catalogue,
	bool tell_mistakes)
{
	struct loader loader = { all, catalogue, tell_mistakes };
	const struct rc_reader reader = { &loader, take_line, tell };
	struct error ignored = ERROR_INIT;
	char *path = xdg_state("state");
	struct state *state = state_new(path);

	if (state_load(state, &ignored))
		saved_take_state(all, catalogue, state);
	state_free(state);
	free(path);
	path = xdg_config("tucuxirc");
	rcfile_read(path, NULL, &reader, NULL, NULL, &ignored);
	free(path);
}
