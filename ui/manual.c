/* SPDX-License-Identifier: MIT */
#include "ui/manual.h"

#include "base/mem.h"
#include "catalogue/catalogue.h"
#include "cli/help.h"
#include "cli/setting.h"
#include "cli/verb.h"
#include "ui/command.h"
#include "ui/key.h"
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

/* Text as it is: no request, no escape, characters that can be copied. */
static void add_text(struct str *out, const char *text, size_t len)
{
	static const char *const escapes[128] = {
		['\\'] = "\\e", ['-'] = "\\-", ['^'] = "\\(ha",
		['~'] = "\\(ti", ['`'] = "\\(ga", ['\''] = "\\(aq",
		['"'] = "\\(dq",
	};

	if (len && (*text == '.' || *text == '\''))
		str_add(out, "\\&");
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 128 && escapes[c])
			str_add(out, escapes[c]);
		else
			str_addc(out, text[i]);
	}
}

static void add_plain(struct str *out, const char *text)
{
	add_text(out, text, strlen(text));
}

static void add_bold(struct str *out, const char *text)
{
	str_add(out, "\\fB");
	add_plain(out, text);
	str_add(out, "\\fR");
}

/* Capitals are what the reader puts in: they are set in italics. */
static void add_arguments(struct str *out, const char *text)
{
	while (*text) {
		size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

		if (len) {
			str_add(out, "\\fI");
			add_text(out, text, len);
			str_add(out, "\\fR");
			text += len;
		}
		len = strcspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		add_text(out, text, len);
		text += len;
	}
}

/* A sentence of a table, which may have no capital and no full stop. */
static void add_sentence(struct str *out, const char *text)
{
	if (*text >= 'a' && *text <= 'z')
		str_addc(out, (char)(*text++ - 'a' + 'A'));
	add_plain(out, text);
	str_add(out, str_ends(text, ".") ? "\n" : ".\n");
}

static void add_list(struct str *out, const char *title, const char *names)
{
	struct str list = STR_INIT;

	names_add_list(&list, names);
	str_add(out, title);
	add_plain(out, list.p);
	str_add(out, ".\n");
	str_clear(&list);
}

/* "NAME arguments" in front of what is said of it. */
static void add_tag(struct str *out, const char *name,
	const char *arguments)
{
	str_add(out, ".TP\n");
	add_bold(out, name);
	if (arguments && *arguments) {
		str_addc(out, ' ');
		add_arguments(out, arguments);
	}
	str_addc(out, '\n');
}

static void add_examples(struct str *out, const struct verb *v)
{
	for (const struct example *e = v->examples; e->line; e++) {
		add_tag(out, e->line, NULL);
		add_sentence(out, e->help);
	}
}

static void write_version(const struct manual *m)
{
	str_add(m->out, m->version);
}

static void write_synopsis(const struct manual *m)
{
	bool first = true;

	for (const struct verb *v = verb_table(); v->name; v++) {
		if (v->hidden)
			continue;
		if (!first)
			str_add(m->out, ".br\n");
		first = false;
		str_add(m->out, "\\fBtucuxi ");
		add_plain(m->out, v->name);
		str_add(m->out, "\\fR ");
		add_arguments(m->out, v->arguments);
		str_addf(m->out, "%s[\\fIOPTION\\fR...]\n",
			*v->arguments ? " " : "");
	}
}

static void write_target(const struct manual *m)
{
	add_plain(m->out, verb_screen()->more);
	str_addc(m->out, '\n');
}

static void add_option_head(struct str *out, const struct option *o)
{
	if (o->letter)
		str_addf(out, "\\fB\\-%c\\fR, ", o->letter);
	str_add(out, "\\fB\\-\\-");
	add_plain(out, o->name);
	str_add(out, "\\fR");
	if (o->argument) {
		str_add(out, option_takes_word(o) ? " " : "[=");
		add_arguments(out, o->argument);
		str_add(out, option_takes_word(o) ? "" : "]");
	}
	str_addc(out, '\n');
}

/* "For ls and get." where it is not for all. */
static void add_places(struct str *out, const struct option *o)
{
	bool screen = option_fits(o, NULL);
	size_t count = screen, all = 1;

	for (const struct verb *v = verb_table(); v->name; v++) {
		all += !v->hidden;
		count += !v->hidden && option_fits(o, v->name);
	}
	if (count == all)
		return;
	str_addf(out, "For %s", screen ? "the screen" : "");
	for (const struct verb *v = verb_table(); v->name; v++) {
		if (v->hidden || !option_fits(o, v->name))
			continue;
		str_add(out, screen ? ", " : "");
		add_bold(out, v->name);
		screen = true;
	}
	if (names_have(o->verbs, "demo", 4))
		str_add(out, ", and \\fB\\-\\-demo\\fR");
	str_add(out, ".\n");
}

static void write_options(const struct manual *m)
{
	for (const struct option *o = option_table(); o->name; o++) {
		struct str choices = STR_INIT;

		str_add(m->out, ".TP\n");
		add_option_head(m->out, o);
		add_sentence(m->out, o->help);
		option_add_choices(&choices, o);
		if (choices.len)
			add_sentence(m->out, choices.p);
		str_clear(&choices);
		add_places(m->out, o);
	}
}

static void write_verbs(const struct manual *m)
{
	for (const struct verb *v = verb_table(); v->name; v++) {
		if (v->hidden)
			continue;
		add_tag(m->out, v->name, v->arguments);
		add_sentence(m->out, v->help);
		if (v->more)
			add_sentence(m->out, v->more);
		if (v->formats)
			add_list(m->out, "Formats: ", v->formats);
	}
}

static void write_resources(const struct manual *m)
{
	for (size_t i = 0; i < catalogue_count(m->catalogue); i++) {
		const struct resource *r = catalogue_at(m->catalogue, i);

		add_tag(m->out, r->name, NULL);
		add_plain(m->out, r->title);
		if (r->aliases) {
			str_add(m->out, ": ");
			add_plain(m->out, r->aliases);
		}
		str_add(m->out, " (");
		add_plain(m->out, r->service->title);
		str_add(m->out, ").\nColumns:");
		for (const struct column *c = r->columns; c->name; c++) {
			str_add(m->out, c == r->columns ? " " : ", ");
			add_plain(m->out, c->name);
		}
		str_add(m->out, ".\n");
	}
}

static void add_field(struct str *out, const struct action_field *f)
{
	str_add(out, f->required ? "\n" : "\n[");
	add_plain(out, f->name);
	str_addc(out, '=');
	for (const char *p = f->choices ? f->choices : ""; *p; p++)
		str_addc(out, *p == ' ' ? '|' : *p);
	if (!f->choices)
		add_arguments(out, f->type == FIELD_SWITCH ? "true|false" :
			f->type == FIELD_NUMBER ? "N" : "TEXT");
	str_add(out, f->required ? "" : "]");
}

static void write_actions(const struct manual *m)
{
	for (size_t i = 0; i < catalogue_count(m->catalogue); i++) {
		const struct resource *r = catalogue_at(m->catalogue, i);

		for (const struct action *a = r->actions; a && a->name; a++) {
			str_add(m->out, ".TP\n\\fB");
			add_plain(m->out, r->name);
			str_addc(m->out, '.');
			add_plain(m->out, a->name);
			str_add(m->out, "\\fR\n");
			add_plain(m->out, a->title);
			str_add(m->out, " (");
			add_plain(m->out, effect_name(a->kind));
			str_add(m->out, a->fields ? "):" : ").");
			for (const struct action_field *f = a->fields;
			     f && f->name; f++)
				add_field(m->out, f);
			str_addc(m->out, '\n');
		}
	}
}

/* Is this the first key of its line there? */
static bool is_first(const struct keymap *k, const struct binding *b)
{
	return keymap_key(k, b->context, b->line) == b->key;
}

/* The digit that the line ends with, as "favourite 1" does; 0: none. */
static char number_of(const char *line)
{
	size_t len = strlen(line);
	char last = len > 2 && line[len - 2] == ' ' ? line[len - 1] : '0';

	return last >= '1' && last <= '9' ? last : 0;
}

static void add_keys(const struct manual *m, const struct binding *of)
{
	struct binding b;
	size_t cursor = 0;
	bool first = true;
	char name[32];

	while (keymap_next(m->keymap, of->context, &cursor, &b)) {
		if (strcmp(b.context, of->context) ||
		    strcmp(b.line, of->line))
			continue;
		key_to_text(b.key, name);
		str_add(m->out, first ? "" : ", ");
		add_bold(m->out, name);
		first = false;
	}
	str_addc(m->out, '\n');
}

/* Keys that differ by their number are one: 1-9, favourite N. */
static void add_binding(const struct manual *m, const struct binding *b)
{
	char number = number_of(b->line);
	char *line = xstrdup(b->line);
	char *name = xstrndup(b->line, strcspn(b->line, " "));
	const struct command *c = command_find(name);

	if (!number || number == '1') {
		str_add(m->out, ".TP\n");
		if (number) {
			line[strlen(line) - 1] = 'N';
			str_add(m->out, "\\fB1\\fR to \\fB9\\fR\n");
		} else {
			add_keys(m, b);
		}
		add_bold(m->out, line);
		str_add(m->out, c ? ": " : "");
		add_plain(m->out, c ? c->help : "");
		str_add(m->out, ".\n");
	}
	free(line);
	free(name);
}

static void write_keys(const struct manual *m)
{
	const char *context;

	for (size_t i = 0; (context = keymap_context(m->keymap, i)); i++) {
		struct binding b;
		size_t cursor = 0;

		str_add(m->out, ".SS ");
		add_plain(m->out, context);
		str_addc(m->out, '\n');
		while (keymap_next(m->keymap, context, &cursor, &b))
			if (!strcmp(b.context, context) &&
			    is_first(m->keymap, &b))
				add_binding(m, &b);
	}
}

static void write_commands(const struct manual *m)
{
	for (const struct command *c = command_table(); c->name; c++) {
		add_tag(m->out, c->name, c->arguments);
		add_sentence(m->out, c->help);
	}
}

static void write_settings(const struct manual *m)
{
	for (const struct setting *s = setting_table(); s->name; s++) {
		add_tag(m->out, s->name, NULL);
		add_sentence(m->out, s->help);
		if (s->choices)
			add_list(m->out, "Values: ", s->choices);
		else if (s->type == SETTING_BOOL)
			add_list(m->out, "Values: ", "on off");
		else if (s->type == SETTING_NUMBER)
			str_addf(m->out, "Values: %s%ld to %ld.\n",
				s->low < 0 ? "\\" : "", s->low, s->high);
		if (*s->value)
			add_list(m->out, "Default: ", s->value);
	}
}

static void write_faults(const struct manual *m)
{
	const char *p = m->faults;

	while (*(p += strspn(p, " \n"))) {
		size_t len = strcspn(p, " ");
		char *kind = xstrndup(p, len);

		add_tag(m->out, kind, NULL);
		free(kind);
		p += len + strspn(p + len, " ");
		kind = xstrndup(p, strcspn(p, "\n"));
		add_sentence(m->out, kind);
		free(kind);
		p += strcspn(p, "\n");
	}
}

static void write_examples(const struct manual *m)
{
	add_examples(m->out, verb_screen());
	for (const struct verb *v = verb_table(); v->name; v++)
		if (!v->hidden)
			add_examples(m->out, v);
}

static const struct part {
	const char *name;
	void (*write)(const struct manual *m);
} parts[] = {
	{ "VERSION", write_version }, { "SYNOPSIS", write_synopsis },
	{ "TARGET", write_target }, { "OPTIONS", write_options },
	{ "VERBS", write_verbs }, { "RESOURCES", write_resources },
	{ "ACTIONS", write_actions }, { "KEYS", write_keys }, { "COMMANDS", write_commands },
	{ "SETTINGS", write_settings }, { "FAULTS", write_faults },
	{ "EXAMPLES", write_examples }, { NULL, NULL }
};

static const struct part *find_part(const char *name, size_t len)
{
	for (const struct part *p = parts; p->name; p++)
		if (strlen(p->name) == len && !strncmp(p->name, name, len))
			return p;
	return NULL;
}

static bool fill(const struct manual *m, const char *template,
	struct error *err)
{
	for (const char *p = template; *p;) {
		size_t text = strcspn(p, "@");
		size_t len = strspn(p + text + (p[text] == '@'),
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		const struct part *part;

		str_addn(m->out, p, text);
		p += text;
		if (!*p)
			break;
		if (!len || p[1 + len] != '@') {
			str_addc(m->out, *p++);
			continue;
		}
		part = find_part(p + 1, len);
		if (!part)
			return error_set(err, ERR_USAGE, "the manual has no "
				"part @%.*s@", (int)len, p + 1);
		part->write(m);
		p += 2 + len;
		/* Alone on its line it takes the line's end with it. */
		if (str_ends(m->out->p, "\n") && *p == '\n')
			p++;
	}
	return true;
}

#define WIDTH 79u

/* Where a line of text can end: the last blank that fits and is not before
 * what would be a request. */
static size_t break_line(const char *line, size_t len)
{
	size_t at = len;

	for (size_t i = 1; i < len && (i <= WIDTH || at == len); i++)
		if (line[i] == ' ' && line[i + 1] != '.' &&
		    line[i + 1] != '\'' && line[i + 1] != ' ')
			at = i;
	return at;
}

/* Requests, and what stands behind .TP, are one line each. */
static void add_broken(struct str *out, const char *text)
{
	bool tag = false;

	while (*text) {
		size_t len = strcspn(text, "\n");
		bool whole = tag || *text == '.' || len <= WIDTH;
		size_t end = whole ? len : break_line(text, len);

		tag = len == 3 && !strncmp(text, ".TP", 3);
		str_addn(out, text, end);
		str_addc(out, '\n');
		text += end + (text[end] != '\0');
	}
}

bool manual_write(const struct manual *m, const char *template,
	struct error *err)
{
	struct str text = STR_INIT;
	struct manual to = *m;
	bool ok;

	to.out = &text;
	ok = fill(&to, template, err);
	if (ok)
		add_broken(m->out, text.p);
	str_clear(&text);
	return ok;
}
