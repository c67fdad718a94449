/* SPDX-License-Identifier: MIT */
#include "cli/profile_rule.h"

#include "base/mem.h"
#include "base/vec.h"

#include <fnmatch.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct rule {
	char *glob, *colour, *regions;
	unsigned flags;
};

struct profile_rules {
	pthread_mutex_t lock;
	struct {
		struct rule *items;
		size_t count, room;
	} rules;
};

struct profile_rules *profile_rules_new(void)
{
	struct profile_rules *r = xcalloc(1, sizeof(*r));

	pthread_mutex_init(&r->lock, NULL);
	return r;
}

static void rule_clear(struct rule *rule)
{
	free(rule->glob);
	free(rule->colour);
	free(rule->regions);
}

void profile_rules_free(struct profile_rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->rules.count; i++)
		rule_clear(&r->rules.items[i]);
	VEC_FREE(&r->rules);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static void add_rule(struct profile_rules *r, const struct rule *rule)
{
	pthread_mutex_lock(&r->lock);
	*VEC_PUSH(&r->rules) = *rule;
	pthread_mutex_unlock(&r->lock);
}

void profile_rules_lock(struct profile_rules *r, const char *glob)
{
	const struct rule rule = { .glob = xstrdup(glob),
		.flags = PROFILE_READ_ONLY };

	add_rule(r, &rule);
}

/* All words behind `regions` are regions. */
static bool take_regions(struct rule *rule, const struct words *w, size_t i,
	struct error *err)
{
	struct str list = STR_INIT;

	if (i == w->count)
		return error_set(err, ERR_USAGE, "regions needs at least one, "
			"or all");
	for (; i < w->count; i++) {
		const char *word = w->items[i];

		if (!region_valid(word) && !str_eq(word, "all")) {
			str_clear(&list);
			return error_set(err, ERR_USAGE, "%.60s is no region",
				word);
		}
		str_addf(&list, "%s%s", list.len ? " " : "", word);
	}
	free(rule->regions);
	rule->regions = str_take(&list);
	return true;
}

static bool take_colour(struct rule *rule, const struct words *w, size_t i,
	struct error *err)
{
	if (i == w->count)
		return error_set(err, ERR_USAGE, "color needs one, such as "
			"red or #870000");
	free(rule->colour);
	rule->colour = xstrdup(w->items[i]);
	return true;
}

static bool unknown(const char *word, struct error *err)
{
	static const char *const known[] = { "read-only", "production",
		"color", "regions" };
	const char *near = words_nearest(word, known, 4);

	return error_set(err, ERR_USAGE, "profile says read-only, production, "
		"color or regions, not %.40s%s%s%s", word, near ?
		": did you mean " : "", near ? near : "", near ? "?" : "");
}

static bool take_words(struct rule *rule, const struct words *w,
	struct error *err)
{
	if (w->count < 3)
		return error_set(err, ERR_USAGE, "profile GLOB [read-only] "
			"[production] [color COLOUR] [regions REGION…]");
	for (size_t i = 2; i < w->count; i++) {
		const char *word = w->items[i];

		if (str_eq(word, "read-only"))
			rule->flags |= PROFILE_READ_ONLY;
		else if (str_eq(word, "production"))
			rule->flags |= PROFILE_PRODUCTION;
		else if (str_eq(word, "regions"))
			return take_regions(rule, w, i + 1, err);
		else if (!str_eq(word, "color"))
			return unknown(word, err);
		else if (!take_colour(rule, w, ++i, err))
			return false;
	}
	return true;
}

bool profile_rules_words(struct profile_rules *r, const struct words *words,
	struct error *err)
{
	struct rule rule = { 0 };
	struct error why = ERROR_INIT;

	if (words->count < 2 || !*words->items[1])
		return error_set(err, ERR_USAGE, "which profiles? profile "
			"GLOB read-only");
	rule.glob = xstrdup(words->items[1]);
	if (take_words(&rule, words, &why)) {
		add_rule(r, &rule);
		return true;
	}
	profile_rules_lock(r, rule.glob);
	rule_clear(&rule);
	return error_set(err, ERR_USAGE, "%.700s; until this is put right "
		"%.60s is read-only", why.text, words->items[1]);
}

/* 123456789012 as people write it. */
static void add_hyphens(const char *account, char out[16])
{
	for (size_t i = 0; i < 12; i++)
		out[i + i / 4] = account[i];
	out[4] = out[9] = '-';
	out[14] = 0;
}

static bool matches(const char *glob, const char *profile,
	const char *account)
{
	char hyphened[16];

	if (!fnmatch(glob, profile, 0))
		return true;
	if (strlen(account) != 12)
		return false;
	add_hyphens(account, hyphened);
	return !fnmatch(glob, account, 0) || !fnmatch(glob, hyphened, 0);
}

static bool may_be_account(const char *glob)
{
	return strspn(glob, "0123456789-*?[]!^\\") == strlen(glob);
}

static void add_say(struct profile_say *say, const struct rule *rule)
{
	say->flags |= rule->flags;
	if (rule->colour)
		say->colour = rule->colour;
	if (rule->regions)
		say->regions = rule->regions;
}

void profile_rules_ask(struct profile_rules *r, const char *profile,
	const char *account, struct profile_say *say)
{
	*say = (struct profile_say){ 0 };
	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < r->rules.count; i++) {
		const struct rule *rule = &r->rules.items[i];

		if (matches(rule->glob, profile, account))
			add_say(say, rule);
		else if (!*account && (rule->flags & PROFILE_READ_ONLY))
			say->unsure |= may_be_account(rule->glob);
	}
	pthread_mutex_unlock(&r->lock);
	say->unsure &= !(say->flags & PROFILE_READ_ONLY);
}

enum session_lock profile_rules_guard(void *data, const char *profile,
	const char *account)
{
	struct profile_say say;

	profile_rules_ask(data, profile, account, &say);
	return say.flags & PROFILE_READ_ONLY ? SESSION_LOCKED :
		say.unsure ? SESSION_LOCK_UNSURE : SESSION_FREE;
}

void profile_rules_lines(struct profile_rules *r, struct str *out)
{
	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < r->rules.count; i++) {
		const struct rule *rule = &r->rules.items[i];

		str_add(out, "profile ");
		words_quote(out, rule->glob);
		if (rule->flags & PROFILE_READ_ONLY)
			str_add(out, " read-only");
		if (rule->flags & PROFILE_PRODUCTION)
			str_add(out, " production");
		if (rule->colour)
			str_addf(out, " color %s", rule->colour);
		if (rule->regions)
			str_addf(out, " regions %s", rule->regions);
		str_addc(out, '\n');
	}
	pthread_mutex_unlock(&r->lock);
}
