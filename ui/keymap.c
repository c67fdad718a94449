/* SPDX-License-Identifier: MIT */
#include "ui/keymap.h"

#include "ui/alias.h"
#include "base/mem.h"
#include "base/vec.h"
#include "ui/key.h"

#include <stdlib.h>
#include <string.h>

struct bound {
	char *context;
	int key;
	char *line;              /* NULL: unbound here, whatever parents say */
	bool loaded;             /* not by people themselves */
};

struct keymap {
	struct bound *items;
	size_t count, room;
	bool loading;
};

struct keymap *keymap_new(void)
{
	return xcalloc(1, sizeof(struct keymap));
}

/* all: what people bound themselves too. */
static void forget(struct keymap *m, bool all)
{
	size_t kept = 0;

	for (size_t i = 0; i < m->count; i++) {
		if (!all && !m->items[i].loaded) {
			m->items[kept++] = m->items[i];
			continue;
		}
		free(m->items[i].context);
		free(m->items[i].line);
	}
	m->count = kept;
}

void keymap_unload(struct keymap *m)
{
	forget(m, false);
}

void keymap_free(struct keymap *m)
{
	if (!m)
		return;
	forget(m, true);
	VEC_FREE(m);
	free(m);
}

bool keymap_parent(struct str *context)
{
	const char *slash = strrchr(context->p, '/');

	if (str_eq(context->p, "global") || str_eq(context->p, "input"))
		return false;
	if (slash)
		str_truncate(context, (size_t)(slash - context->p));
	else {
		str_reset(context);
		str_add(context, "global");
	}
	return true;
}

static struct bound *find_here(const struct keymap *m, const char *context,
	int key)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->items[i].key == key &&
		    str_eq(m->items[i].context, context))
			return &m->items[i];
	return NULL;
}

/* The nearest that says something about key, be it that it is unbound. */
static const struct bound *find_nearest(const struct keymap *m,
	const char *context, int key)
{
	struct str at = STR_INIT;
	const struct bound *b;

	str_add(&at, context);
	do
		b = find_here(m, at.p, key);
	while (!b && keymap_parent(&at));
	str_clear(&at);
	return b;
}

const char *keymap_find(const struct keymap *m, const char *context, int key)
{
	const struct bound *b = find_nearest(m, context, key);

	return b ? b->line : NULL;
}

static bool is_context(const char *text)
{
	if (!*text || *text == '/' || str_ends(text, "/"))
		return false;
	for (; *text; text++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-/", *text))
			return false;
	return true;
}

static bool put(struct keymap *m, const char *context, const char *name,
	const char *line, struct error *err)
{
	int key = key_parse(name);
	struct bound *b;

	if (!is_context(context))
		return error_set(err, ERR_USAGE, "%.40s is no context: global,"
			" table, table/instances …", context);
	if (!key)
		return error_set(err, ERR_USAGE, "%.40s is no key: a, Ctrl-A, "
			"Alt-a, F5, PgDn …", name);
	b = find_here(m, context, key);
	if (b && !b->loaded && m->loading)
		return true;
	if (!b) {
		b = VEC_PUSH(m);
		*b = (struct bound){ .context = xstrdup(context), .key = key };
	}
	b->loaded = m->loading;
	free(b->line);
	b->line = line ? xstrdup(line) : NULL;
	return true;
}

bool keymap_bind(struct keymap *m, const char *context, const char *key,
	const char *line, struct error *err)
{
	return put(m, context, key, line, err);
}

bool keymap_unbind(struct keymap *m, const char *context, const char *key,
	struct error *err)
{
	return put(m, context, key, NULL, err);
}

static bool bind_words(struct keymap *m, const struct words *words,
	struct error *err)
{
	struct str line = STR_INIT;
	bool ok;

	words_to_line(words, 3, &line);
	ok = keymap_bind(m, words->items[1], words->items[2], line.p, err);
	str_clear(&line);
	return ok;
}

bool keymap_words(struct keymap *m, const struct words *words,
	struct error *err)
{
	const char *name = words->count ? words->items[0] : "";

	if (str_eq(name, "bind")) {
		if (words->count < 4)
			return error_set(err, ERR_USAGE,
				"bind CONTEXT KEY COMMAND…");
		return bind_words(m, words, err);
	}
	if (!str_eq(name, "unbind"))
		return error_set(err, ERR_USAGE,
			"only bind and unbind stand here, not %.40s", name);
	if (words->count != 3)
		return error_set(err, ERR_USAGE, "unbind CONTEXT KEY");
	return keymap_unbind(m, words->items[1], words->items[2], err);
}

static bool load_line(struct keymap *m, const char *line, struct error *err)
{
	bool ok = true;

	while (ok && line) {
		struct words w = { 0 };

		ok = words_split(&w, &line, err) &&
			(!w.count || keymap_words(m, &w, err));
		words_clear(&w);
	}
	return ok;
}

bool keymap_load(struct keymap *m, const char *name, const char *text,
	struct error *err)
{
	for (size_t number = 1; *text; number++) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);
		bool ok;

		m->loading = true;
		ok = load_line(m, line, err);
		m->loading = false;
		free(line);
		if (!ok)
			return error_prefix(err, "%s:%zu", name, number);
		text += len + (text[len] == '\n');
	}
	return true;
}

bool keymap_next(const struct keymap *m, const char *context,
	size_t *cursor, struct binding *binding)
{
	struct str at = STR_INIT;
	size_t depth = *cursor / (m->count + 1);
	size_t i = *cursor % (m->count + 1);
	bool more = true, found = false;

	str_add(&at, context);
	for (size_t up = 0; up < depth && more; up++)
		more = keymap_parent(&at);
	while (more && !found) {
		for (; i < m->count && !found; i++) {
			const struct bound *b = &m->items[i];

			if (!b->line || !str_eq(b->context, at.p) ||
			    find_nearest(m, context, b->key) != b)
				continue;
			*binding = (struct binding){ b->context, b->key,
				b->line };
			found = true;
		}
		if (found)
			break;
		more = keymap_parent(&at);
		depth++;
		i = 0;
	}
	*cursor = depth * (m->count + 1) + i;
	str_clear(&at);
	return found;
}

int keymap_key(const struct keymap *m, const char *context, const char *line)
{
	struct binding b;
	size_t cursor = 0;

	while (keymap_next(m, context, &cursor, &b))
		if (str_eq(b.line, line))
			return b.key;
	return 0;
}

static bool runs(const char *line, const char *command, size_t len)
{
	return line && !strncmp(line, command, len) &&
		(!line[len] || line[len] == ' ');
}

/* The line is looked at first: few are of that command, and only those need
 * to be looked for in the contexts around. */
int keymap_command_key(const struct keymap *m, const char *context,
	const char *command)
{
	size_t len = strlen(command);
	struct str at = STR_INIT;
	int key = 0;

	str_add(&at, context);
	do
		for (size_t i = 0; i < m->count && !key; i++) {
			const struct bound *b = &m->items[i];

			if (runs(b->line, command, len) &&
			    str_eq(b->context, at.p) &&
			    find_nearest(m, context, b->key) == b)
				key = b->key;
		}
	while (!key && keymap_parent(&at));
	str_clear(&at);
	return key;
}

static bool is_first_there(const struct keymap *m, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (str_eq(m->items[k].context, m->items[i].context))
			return false;
	return true;
}

const char *keymap_context(const struct keymap *m, size_t index)
{
	for (size_t i = 0; i < m->count; i++)
		if (is_first_there(m, i) && !index--)
			return m->items[i].context;
	return NULL;
}
