/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "base/text.h"
#include "cli/verb.h"

#include <string.h>

#define WIDTH 79u
#define OPTION_COLUMN 28u

static void pad(struct str *out, size_t count)
{
	while (count--)
		str_addc(out, ' ');
}

/* Words of text from a line of which `used` columns are taken. */
static void add_words(struct str *out, const char *text, size_t indent,
	size_t used)
{
	bool first = true;

	while (*text) {
		size_t len = strcspn(text, " ");
		size_t width = text_width(text, len, 1);

		if (!first && used + 1 + width > WIDTH) {
			str_addc(out, '\n');
			pad(out, indent);
			used = indent;
		} else if (!first) {
			str_addc(out, ' ');
			used++;
		}
		str_addn(out, text, len);
		used += width;
		first = false;
		text += len + (text[len] == ' ');
	}
	str_addc(out, '\n');
}

void help_row(struct str *out, const char *left, size_t column,
	const char *text)
{
	size_t used = 2 + text_width(left, strlen(left), 1);

	str_addf(out, "  %s", left);
	if (used + 2 > column) {
		str_addc(out, '\n');
		used = 0;
	}
	pad(out, column - used);
	add_words(out, text, column, column);
}

void help_paragraph(struct str *out, const char *text, size_t indent)
{
	pad(out, indent);
	add_words(out, text, indent, indent);
}

void help_option(struct str *out, const struct option *option)
{
	const char *argument = option->argument;

	if (option->letter)
		str_addf(out, "-%c, ", option->letter);
	str_addf(out, "--%s", option->name);
	if (argument && option_takes_word(option))
		str_addf(out, " %s", argument);
	else if (argument)
		str_addf(out, "[=%s]", argument);
}

/* What -o takes is in the verbs' rows. */
static void add_meaning(struct str *out, const struct option *option,
	const char *verb)
{
	size_t before;

	if (option->kind != OPTION_FORMAT) {
		str_addf(out, "%s: ", option->help);
		before = out->len;
		option_add_choices(out, option);
		if (out->len == before)
			str_truncate(out, before - 2);
		return;
	}
	names_add_list(out, verb_find(verb ? verb : "ls")->formats);
	if (verb)
		return;
	str_add(out, "; get: ");
	names_add_list(out, verb_find("get")->formats);
}

/* Of the program: what is for looking; acting and simulating say more in
 * their own help. */
static bool is_shown(const struct option *option, const char *verb)
{
	if (verb)
		return option_fits(option, verb);
	return option_fits(option, NULL) || option_fits(option, "ls");
}

static void add_options(struct str *out, const char *verb)
{
	for (const struct option *o = option_table(); o->name; o++) {
		struct str left = STR_INIT, text = STR_INIT;

		if (is_shown(o, verb)) {
			help_option(&left, o);
			add_meaning(&text, o, verb);
			help_row(out, left.p, OPTION_COLUMN, text.p);
		}
		str_clear(&left);
		str_clear(&text);
	}
}

static void add_examples(struct str *out, const struct verb *v)
{
	size_t widest = 0;

	for (const struct example *e = v->examples; e->line; e++)
		if (strlen(e->line) > widest)
			widest = strlen(e->line);
	if (!widest)
		return;
	str_add(out, "\nExamples:\n");
	for (const struct example *e = v->examples; e->line; e++)
		help_row(out, e->line, widest + 4 < 50 ? widest + 4 : 50,
			e->help);
}

static void program_help(struct str *out)
{
	str_add(out, "tucuxi: a full-screen console for Amazon Web Services\n"
		"\nusage: tucuxi [OPTION...] [TARGET]        on the screen\n"
		"       tucuxi VERB [WORD...] [OPTION...]  in a script\n\n");
	help_paragraph(out, verb_screen()->more, 0);
	str_add(out, "\nVerbs:\n");
	for (const struct verb *v = verb_table(); v->name; v++) {
		struct str left = STR_INIT;

		if (v->hidden)
			continue;
		str_addf(&left, "%s%s%s", v->name, *v->arguments ? " " : "",
			v->arguments);
		help_row(out, left.p, OPTION_COLUMN, v->help);
		str_clear(&left);
	}
	str_add(out, "\nOptions, before or after the verb:\n");
	add_options(out, NULL);
	add_examples(out, verb_screen());
	str_add(out, "\nExit status:\n"
		"  0 done, 1 something failed, 2 the line itself, 3 needs "
		"confirmation,\n  4 refused read-only\n\n"
		"`tucuxi VERB --help` says more of a verb, `man tucuxi` "
		"everything.\n");
}

static void verb_help(struct str *out, const struct verb *v)
{
	str_addf(out, "tucuxi %s: %s\n\nusage: tucuxi %s%s%s [OPTION...]\n",
		v->name, v->help, v->name, *v->arguments ? " " : "",
		v->arguments);
	if (v->more)
		str_addc(out, '\n');
	if (v->more)
		help_paragraph(out, v->more, 0);
	str_add(out, "\nOptions:\n");
	add_options(out, v->name);
	add_examples(out, v);
}

void help_text(struct str *out, const char *verb)
{
	const struct verb *v = verb ? verb_find(verb) : NULL;

	if (v)
		verb_help(out, v);
	else
		program_help(out);
}
