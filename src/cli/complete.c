/* SPDX-License-Identifier: MIT */
#include "cli/complete.h"

#include "base/embedded.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/verb.h"

#include <stdlib.h>
#include <string.h>

#define PLACES 4

struct scene {
	const struct complete *given;
	struct str *out;
	const struct verb *verb;     /* NULL: none yet */
	const char *places[PLACES];  /* words that are no options */
	size_t place_count;
	const struct option *open;   /* its value is the next word */
	bool ended;                  /* by "--" */
	struct str head;             /* what is before `typed` in its word */
	const char *typed;
};

static void add(struct scene *s, const char *word, const char *help)
{
	if (!str_starts(word, s->typed))
		return;
	text_sanitise(s->out, s->head.p, s->head.len, false);
	text_sanitise(s->out, word, strlen(word), false);
	str_addc(s->out, '\t');
	text_sanitise(s->out, help, strlen(help), false);
	str_addc(s->out, '\n');
}

/* Each word of a list separated by blanks, commas or both. */
static void add_each(struct scene *s, const char *names, const char *help)
{
	while (names && *(names += strspn(names, " ,"))) {
		size_t len = strcspn(names, " ,");
		char *word = xstrndup(names, len);

		add(s, word, help);
		free(word);
		names += len;
	}
}

static bool is_listed(const struct scene *s, const char *word)
{
	const char *list = strchr(s->head.p, '=');
	size_t len = strlen(word);

	for (list = list ? list + 1 : s->head.p; *list;) {
		size_t n = strcspn(list, ",");

		if (n == len && !strncmp(list, word, n))
			return true;
		list += n + (list[n] == ',');
	}
	return false;
}

static void add_listed(struct scene *s, const char *word, const char *help)
{
	if (!is_listed(s, word))
		add(s, word, help);
}

/* In A,B,C only the last is being typed. */
static void take_list(struct scene *s)
{
	const char *comma = strrchr(s->typed, ',');

	if (!comma)
		return;
	str_addn(&s->head, s->typed, (size_t)(comma + 1 - s->typed));
	s->typed = comma + 1;
}

static void add_profiles(struct scene *s)
{
	const struct profiles *p = s->given->profiles;

	take_list(s);
	for (size_t i = 0; i < profiles_count(p); i++) {
		const char *name = profiles_name(p, i);
		const char *region = profiles_get(p, name, "region");

		add_listed(s, name, region ? region : "");
	}
}

static void add_regions(struct scene *s)
{
	size_t count;
	const struct region *list = region_list(&count);
	bool first = !strchr(s->typed, ',');

	if (first)
		add(s, "all", "every region that is enabled");
	take_list(s);
	for (size_t i = 0; i < count; i++)
		add_listed(s, list[i].name, list[i].title);
}

static const struct resource *resource_of(const struct scene *s)
{
	const struct catalogue *c = s->given->catalogue;
	const char *word = s->place_count ? s->places[0] : "";
	const char *scheme = strstr(word, "://");
	const struct resource *found = catalogue_of_id(c, word);
	struct error ignored = ERROR_INIT;

	if (!scheme)
		return found ? found : catalogue_find(c, word, &ignored);
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const char *own = catalogue_at(c, i)->scheme;
		size_t len = (size_t)(scheme - word);

		if (own && strlen(own) == len && !strncmp(own, word, len))
			found = catalogue_at(c, i);
	}
	return found;
}

static void add_columns(struct scene *s)
{
	static const char *const own[] = { "id", "region", "account" };
	const struct resource *r = resource_of(s);

	if (!r)
		return;
	if (!strchr(s->typed, ','))
		add(s, "all", "every column");
	take_list(s);
	for (const struct column *c = r->columns; c->name; c++)
		add_listed(s, c->name, c->title);
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		add_listed(s, own[i], "");
}

static void add_sorts(struct scene *s)
{
	const struct resource *r = resource_of(s);

	take_list(s);
	if (*s->typed == '-')
		str_addc(&s->head, *s->typed++);
	for (const struct column *c = r ? r->columns : NULL; c && c->name;
	     c++)
		add_listed(s, c->name, c->title);
}

/* Among places those of the tables come once their dot is typed: "vol" is
 * volumes. */
static void add_views(struct scene *s, bool places)
{
	const struct saved_all *saved = s->given->saved;

	for (size_t i = 0; saved && i < saved->views.count; i++) {
		const struct saved *v = &saved->views.items[i];

		if (!places || v->from != SAVED_TABLE || strchr(s->typed, '.'))
			add(s, v->name, v->title ? v->title :
				v->resource->title);
	}
}

/* Sets of regions or profiles. */
static void add_sets(struct scene *s, bool of_profiles)
{
	const struct saved_all *saved = s->given->saved;

	for (size_t i = 0; saved && i < saved->sets.count; i++) {
		const struct saved_set *set = &saved->sets.items[i];

		if (set->of_profiles == of_profiles)
			add_listed(s, set->name, set->list);
	}
}

static void add_values(struct scene *s, const struct option *option)
{
	struct str choices = STR_INIT;

	switch (option->values) {
	case VALUES_PROFILES:
		add_profiles(s);
		add_sets(s, true);
		break;
	case VALUES_REGIONS:
		add_regions(s);
		add_sets(s, false);
		break;
	case VALUES_VIEWS:
		add_views(s, false);
		break;
	case VALUES_COLUMNS:
		add_columns(s);
		break;
	case VALUES_SORTS:
		add_sorts(s);
		break;
	case VALUES_FORMATS:
		add_each(s, (s->verb ? s->verb : verb_find("ls"))->formats,
			"");
		break;
	case VALUES_KEYMAPS:
	case VALUES_THEMES:
		option_add_choices(&choices, option);
		add_each(s, choices.p, "");
		break;
	case VALUES_FILES:
		str_add(s->out, COMPLETE_FILES "\t\n");
		break;
	case VALUES_NONE:
		break;
	}
	str_clear(&choices);
}

/* Before the verb stands what is for any. */
static void add_options(struct scene *s)
{
	str_add(&s->head, "--");
	s->typed += s->typed[1] == '-' ? 2 : 1;
	for (const struct option *o = option_table(); o->name; o++)
		if (!s->verb || option_fits(o, s->verb->name))
			add(s, o->name, o->help);
}

/* Names, and the aliases that say something the name does not. What is
 * inside something else is reached by its scheme. */
static void add_resources(struct scene *s, bool places)
{
	const struct catalogue *c = s->given->catalogue;
	struct str scheme = STR_INIT;

	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);

		if (r->scheme && places) {
			str_reset(&scheme);
			str_addf(&scheme, "%s://", r->scheme);
			add(s, scheme.p, r->title);
		}
		if (r->scope[0])
			continue;
		add(s, r->name, r->title);
		if (*s->typed && !str_starts(r->name, s->typed))
			add_each(s, r->aliases, r->title);
	}
	str_clear(&scheme);
}

static void add_verbs(struct scene *s)
{
	for (const struct verb *v = verb_table(); v->name; v++)
		if (!v->hidden)
			add(s, v->name, v->help);
}

static void add_services(struct scene *s)
{
	for (size_t i = 0; i < catalogue_service_count(); i++)
		add(s, catalogue_service(i)->name,
			catalogue_service(i)->title);
}

static void add_actions(struct scene *s)
{
	const struct catalogue *c = s->given->catalogue;
	struct str name = STR_INIT;

	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);

		for (const struct action *a = r->actions; a && a->name; a++) {
			str_reset(&name);
			str_addf(&name, "%s.%s", r->name, a->name);
			add(s, name.p, a->title);
		}
	}
	str_clear(&name);
}

/* Of the action that is the first word: NULL where it is none. */
static const struct action *action_of(const struct scene *s)
{
	const char *dot = s->place_count ? strchr(s->places[0], '.') : NULL;
	const struct catalogue *c = s->given->catalogue;
	size_t len = dot ? (size_t)(dot - s->places[0]) : 0;

	for (size_t i = 0; dot && i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);

		if (strlen(r->name) != len || !str_starts(s->places[0],
		    r->name))
			continue;
		for (const struct action *a = r->actions; a && a->name; a++)
			if (str_eq(a->name, dot + 1))
				return a;
	}
	return NULL;
}

/* NAME=, and behind that the values that it may have. */
static void add_fields(struct scene *s)
{
	const struct action *action = action_of(s);
	const struct action_field *f = action ? action->fields : NULL;
	size_t len = strcspn(s->typed, "=");
	struct str name = STR_INIT;

	for (; f && f->name; f++) {
		bool open = s->typed[len] && strlen(f->name) == len &&
			!strncmp(s->typed, f->name, len);

		str_reset(&name);
		str_addf(&name, "%s=", f->name);
		if (!open) {
			add(s, name.p, f->title);
			continue;
		}
		str_add(&s->head, name.p);
		s->typed += len + 1;
		add_each(s, f->type == FIELD_SWITCH ? "true false" :
			f->choices, "");
		break;
	}
	str_clear(&name);
}

static void add_shells(struct scene *s)
{
	const char *name;

	for (size_t i = 0; (name = embedded_name(i)); i++)
		if (str_starts(name, "completion."))
			add(s, name + strlen("completion."), "");
}

static void add_word(struct scene *s)
{
	const struct verb *v = s->verb ? s->verb : verb_screen();
	enum verb_word last = v->words[VERB_WORDS - 1];

	if (!s->verb && !s->place_count && !s->ended)
		add_verbs(s);
	if (s->place_count >= VERB_WORDS && last != WORD_FIELD)
		return;
	switch (s->place_count < VERB_WORDS ? v->words[s->place_count] :
	    last) {
	case WORD_PLACE:
		add_resources(s, true);
		add_views(s, true);
		break;
	case WORD_RESOURCE:
		add_resources(s, false);
		break;
	case WORD_SERVICE:
		add_services(s);
		break;
	case WORD_VERB:
		add_verbs(s);
		break;
	case WORD_SHELL:
		add_shells(s);
		break;
	case WORD_ACTION:
		add_actions(s);
		break;
	case WORD_FIELD:
		add_fields(s);
		break;
	case WORD_NONE:
	case WORD_OTHER:
		break;
	}
}

/* -rX and --region=X: the option, and where its value begins. */
static const struct option *option_of(const char *word, const char **value)
{
	size_t len = strcspn(word, "=");
	const struct option *o;

	*value = NULL;
	if (word[0] != '-' || !word[1])
		return NULL;
	if (word[1] != '-') {
		o = option_find_letter(word[1]);
		*value = word[2] ? word + 2 : NULL;
		return o;
	}
	if (word[len])
		*value = word + len + 1;
	return option_find(word + 2, len - 2);
}

/* A word that is complete. */
static void pass(struct scene *s, const char *word)
{
	const struct option *option;
	const char *value;

	if (s->open) {
		s->open = NULL;
		return;
	}
	if (!s->ended && !strcmp(word, "--")) {
		s->ended = true;
		return;
	}
	option = s->ended ? NULL : option_of(word, &value);
	if (option) {
		s->open = !value && option_takes_word(option) ? option : NULL;
	} else if (!s->verb && !s->place_count && verb_find(word)) {
		s->verb = verb_find(word);
	} else if (s->place_count < PLACES && *word != '-') {
		s->places[s->place_count++] = word;
	}
}

void complete_words(const struct complete *c, struct str *out)
{
	struct scene s = { .given = c, .out = out, .head = STR_INIT };
	const struct option *option;
	const char *value;

	if (!c->count)
		return;
	for (size_t i = 0; i + 1 < c->count; i++)
		pass(&s, c->words[i]);
	s.typed = c->words[c->count - 1];
	option = option_of(s.typed, &value);
	if (s.open) {
		add_values(&s, s.open);
	} else if (option && value && !s.ended) {
		str_addn(&s.head, s.typed, (size_t)(value - s.typed));
		s.typed = value;
		add_values(&s, option);
	} else if (*s.typed == '-' && !s.ended) {
		add_options(&s);
	} else {
		add_word(&s);
	}
	str_clear(&s.head);
}
