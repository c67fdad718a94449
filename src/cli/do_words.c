/* SPDX-License-Identifier: MIT */
/* The line of `do`: an action, targets, fields. */
#include "cli/do.h"

#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_MAX (1u << 20)

/* The name before "="; 0: the word is no field. */
static size_t field_name(const char *word)
{
	size_t n = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return word[n] == '=' ? n : 0;
}

static bool read_input(struct str *out, struct error *err)
{
	char buffer[4096];
	ssize_t n;

	while ((n = read(STDIN_FILENO, buffer, sizeof(buffer))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(err, ERR_IO, "standard input: %s",
				strerror(errno));
		if (!str_addn(out, buffer, (size_t)n))
			return error_set(err, ERR_LIMIT,
				"standard input is longer than 1 MiB");
	}
	return true;
}

/* A file or standard input without its last newline. */
static bool read_value(const char *text, char **value, struct error *err)
{
	struct str input = STR_INIT_CAP(INPUT_MAX);
	size_t len;

	if (!strcmp(text, "-")) {
		if (!read_input(&input, err)) {
			str_wipe(&input);
			return false;
		}
		len = input.len;
		*value = str_take(&input);
	} else if (!xdg_read_file(text + 1, INPUT_MAX, value, &len, err)) {
		return false;
	}
	if (memchr(*value, '\0', len)) {
		mem_wipe_free(*value);
		return error_set(err, ERR_USAGE, "%s holds a zero byte",
			text);
	}
	if (len && (*value)[len - 1] == '\n')
		(*value)[len - 1] = '\0';
	return true;
}

static bool add_field(struct doing *d, const char *word, size_t n,
	struct error *err)
{
	const struct action_field *f;
	const char *text = word + n + 1;
	char *name = xstrndup(word, n), *value;
	bool ok;

	f = form_field(&d->form, name, err);
	free(name);
	if (!f)
		return false;
	if (*text != '@' && strcmp(text, "-") && f->type == FIELD_FILE &&
	    !f->secret)
		return error_set(err, ERR_USAGE, "%s is what a file holds: "
			"give %s=@FILE or %s=- (standard input)", f->name,
			f->name, f->name);
	if (*text != '@' && strcmp(text, "-"))
		return f->secret ? error_set(err, ERR_USAGE, "%s is secret "
			"and others can see this line: give %s=@FILE or "
			"%s=- (standard input)", f->name, f->name, f->name) :
			form_set(&d->form, f, text, err);
	if (!read_value(text, &value, err))
		return error_prefix(err, "%s", f->name);
	ok = form_set(&d->form, f, value, err);
	mem_wipe_free(value);
	return ok;
}

static bool wrong_arn(const struct doing *d, const char *word,
	struct error *err)
{
	return error_set(err, ERR_USAGE, "'%s' is not the ARN of %s",
		word, d->form.compiled->resource->name);
}

static bool add_target(struct doing *d, const char *word, struct error *err)
{
	const struct resource *r = d->form.compiled->resource;
	struct do_word w = { 0 };

	if (!*word)
		return error_set(err, ERR_USAGE, "a target is empty");
	if (str_starts(word, "arn:")) {
		if (catalogue_of_arn(d->runtime->catalogue, word, &w.arn) !=
		    r || !*w.arn.id)
			return wrong_arn(d, word, err);
		w.id = xstrdup(w.arn.id);
		w.arn.id = w.id;
	} else if (r->scope[0]) {
		return error_set(err, ERR_USAGE, "%s are inside something: "
			"name '%s' by its ARN", r->name, word);
	} else {
		w.id = xstrdup(word);
	}
	*VEC_PUSH(&d->words) = w;
	return true;
}

/* "-": a target a line of standard input. */
static bool add_lines(struct doing *d, struct error *err)
{
	struct str input = STR_INIT_CAP(INPUT_MAX);
	bool ok = read_input(&input, err);
	const char *p = input.p;

	while (ok && *p) {
		size_t len = strcspn(p, "\r\n");
		char *line = xstrndup(p, len);

		if (len)
			ok = add_target(d, line, err);
		free(line);
		p += len;
		p += strspn(p, "\r\n");
	}
	str_clear(&input);
	return ok;
}

/* What makes something new needs none; one is what it is made like. */
static bool check_count(const struct doing *d, struct error *err)
{
	const char *name = d->runtime->options->arguments[0];

	if (d->form.action->on == ON_PLACES)
		return d->words.count < 2 || error_set(err, ERR_USAGE,
			"%s makes something new, like one that is named: "
			"not like %zu", name, d->words.count);
	if (!d->words.count)
		return error_set(err, ERR_USAGE, "%s: no targets; name them "
			"by id or ARN, or give - to read them", name);
	/* What is not said of one row may be what it is there now. */
	return d->form.action->on == ON_ROW || form_check(&d->form, err);
}

bool do_read_words(struct doing *d, struct error *err)
{
	const struct options *o = d->runtime->options;

	if (o->argument_count < 1)
		return error_set(err, ERR_USAGE, "do: say what and to which, "
			"as in `tucuxi do instances.stop i-0abc…`; `tucuxi "
			"do --list` names the actions");
	if (!form_find(&d->form, d->runtime->catalogue, o->arguments[0],
	    err))
		return false;
	d->form.dry_run = o->dry_run;
	for (size_t i = 1; i < o->argument_count; i++) {
		const char *word = o->arguments[i];
		size_t n = i < o->plain_from ? field_name(word) : 0;

		if (n ? !add_field(d, word, n, err) :
		    !strcmp(word, "-") && i < o->plain_from ?
		    !add_lines(d, err) : !add_target(d, word, err))
			return false;
	}
	return check_count(d, err);
}

void do_clear_words(struct doing *d)
{
	for (size_t i = 0; i < d->words.count; i++)
		free(d->words.items[i].id);
	VEC_FREE(&d->words);
	for (size_t i = 0; i < d->missing.count; i++) {
		free(d->missing.items[i].id);
		free(d->missing.items[i].region);
	}
	VEC_FREE(&d->missing);
}
