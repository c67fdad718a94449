/* SPDX-License-Identifier: MIT */
#include "ui/exec.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* Control characters have no place in an argument: some programs show them
 * to the terminal as they are. */
static bool check_value(const char *name, const char *value,
	struct error *err)
{
	if (!*value)
		return error_set(err, ERR_USAGE, "the row has no %.40s",
			name);
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return error_set(err, ERR_USAGE, "its %.40s holds "
				"control characters", name);
	return true;
}

static bool add_value(struct str *arg, const char *name, exec_value *value,
	void *data, struct error *err)
{
	struct str text = STR_INIT;
	bool ok = value(data, name, &text, err) &&
		check_value(name, text.p, err);

	if (ok && !arg->len && *text.p == '-')
		ok = error_set(err, ERR_USAGE, "its %.40s begins with -, "
			"which would be an option", name);
	if (ok)
		str_add(arg, text.p);
	str_clear(&text);
	return ok;
}

static bool expand(struct str *arg, const char *p, exec_value *value,
	void *data, struct error *err)
{
	while (*p) {
		const char *end = p[0] == '%' && p[1] == '{' ?
			strchr(p, '}') : NULL;
		char *name;
		bool ok;

		if (!end) {
			p += p[0] == '%' && p[1] == '%';
			str_addc(arg, *p++);
			continue;
		}
		name = xstrndup(p + 2, (size_t)(end - p - 2));
		ok = add_value(arg, name, value, data, err);
		free(name);
		if (!ok)
			return false;
		p = end + 1;
	}
	return true;
}

static bool read_flag(struct exec *e, const char *word, struct error *err)
{
	if (str_eq(word, "--confirm"))
		e->confirm = true;
	else if (str_eq(word, "--wait"))
		e->wait = true;
	else
		return error_set(err, ERR_USAGE, "exec knows --confirm and "
			"--wait, not %.40s", word);
	return true;
}

static bool make(struct exec *e, const struct words *words,
	exec_value *value, void *data, struct error *err)
{
	size_t i = 1;

	for (; i < words->count && words->items[i][0] == '-'; i++)
		if (!read_flag(e, words->items[i], err))
			return false;
	if (i == words->count || !*words->items[i])
		return error_set(err, ERR_USAGE, "exec [--confirm] [--wait] "
			"COMMAND [ARGUMENT…]");
	if (strstr(words->items[i], "%{"))
		return error_set(err, ERR_USAGE,
			"the command itself cannot come from the row");
	for (; i < words->count; i++) {
		struct str arg = STR_INIT;

		if (!expand(&arg, words->items[i], value, data, err)) {
			str_clear(&arg);
			return false;
		}
		*VEC_PUSH(&e->words) = str_take(&arg);
	}
	VEC_RESERVE(&e->words, e->words.count + 1);
	e->words.items[e->words.count] = NULL;
	return true;
}

bool exec_make(struct exec *e, const struct words *words, exec_value *value,
	void *data, struct error *err)
{
	*e = (struct exec){ .confirm = false };
	if (make(e, words, value, data, err))
		return true;
	exec_clear(e);
	return false;
}

void exec_clear(struct exec *e)
{
	words_clear(&e->words);
}
