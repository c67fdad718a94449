/* SPDX-License-Identifier: MIT */
#include "cli/state.h"

#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "cli/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define VERSION 1
#define BYTES_MOST ((size_t)16 << 20)
#define LOCK_TRIES 50
#define LOCK_PAUSE 10000000L   /* ns */

struct entry {
	char *kind, *key;
	char *value;             /* NULL: forgotten */
	bool changed;            /* by this run */
};

struct line {
	char *text;
	bool added;              /* by this run */
};

struct state {
	char *path;
	struct {
		struct entry *items;
		size_t count, room;
	} entries;
	struct {
		struct line *items;
		size_t count, room;
	} history;
	size_t history_most;
	bool changed;
	bool frozen;             /* of a newer version: never written */
};

struct state *state_new(const char *path)
{
	struct state *s = xcalloc(1, sizeof(*s));

	s->path = xstrdup(path);
	s->history_most = 500;
	return s;
}

static void state_forget(struct state *s)
{
	for (size_t i = 0; i < s->entries.count; i++) {
		free(s->entries.items[i].kind);
		free(s->entries.items[i].key);
		free(s->entries.items[i].value);
	}
	for (size_t i = 0; i < s->history.count; i++)
		free(s->history.items[i].text);
	VEC_FREE(&s->entries);
	VEC_FREE(&s->history);
}

void state_free(struct state *s)
{
	if (!s)
		return;
	state_forget(s);
	free(s->path);
	free(s);
}

static struct entry *find_entry(const struct state *s, const char *kind,
	const char *key)
{
	for (size_t i = 0; i < s->entries.count; i++) {
		struct entry *e = &s->entries.items[i];

		if (str_eq(e->kind, kind) && str_eq(e->key, key))
			return e;
	}
	return NULL;
}

const char *state_get(const struct state *s, const char *kind,
	const char *key)
{
	const struct entry *e = find_entry(s, kind, key);

	return e ? e->value : NULL;
}

static void put_entry(struct state *s, const char *kind, const char *key,
	const char *value, bool changed)
{
	struct entry *e = find_entry(s, kind, key);

	if (!e) {
		e = VEC_PUSH(&s->entries);
		*e = (struct entry){ .kind = xstrdup(kind),
			.key = xstrdup(key) };
	}
	free(e->value);
	e->value = value ? xstrdup(value) : NULL;
	e->changed = changed;
}

void state_set(struct state *s, const char *kind, const char *key,
	const char *value)
{
	if (str_eq(state_get(s, kind, key), value))
		return;
	put_entry(s, kind, key, value, true);
	s->changed = true;
}

bool state_next(const struct state *s, const char *kind, size_t *cursor,
	const char **key, const char **value)
{
	while (*cursor < s->entries.count) {
		const struct entry *e = &s->entries.items[(*cursor)++];

		if (!e->value || !str_eq(e->kind, kind))
			continue;
		*key = e->key;
		*value = e->value;
		return true;
	}
	return false;
}

size_t state_history_count(const struct state *s)
{
	return s->history.count;
}

const char *state_history(const struct state *s, size_t i)
{
	return s->history.items[i].text;
}

static void trim_history(struct state *s)
{
	size_t extra;

	if (s->history.count <= s->history_most)
		return;
	extra = s->history.count - s->history_most;
	for (size_t i = 0; i < extra; i++)
		free(s->history.items[i].text);
	s->history.count -= extra;
	memmove(s->history.items, s->history.items + extra,
		s->history.count * sizeof(*s->history.items));
}

static void put_line(struct state *s, const char *text, bool added)
{
	struct line line = { xstrdup(text), added };
	size_t kept = 0;

	for (size_t i = 0; i < s->history.count; i++) {
		if (str_eq(s->history.items[i].text, text))
			free(s->history.items[i].text);
		else
			s->history.items[kept++] = s->history.items[i];
	}
	s->history.count = kept;
	*VEC_PUSH(&s->history) = line;
	trim_history(s);
}

void state_history_add(struct state *s, const char *text)
{
	if (!*text)
		return;
	put_line(s, text, true);
	s->changed = true;
}

void state_history_limit(struct state *s, size_t most)
{
	s->history_most = most;
	trim_history(s);
}

/* One line of the file into the state; *version is what `state` said. */
static bool read_line(struct state *s, const char *text, long *version,
	struct error *err)
{
	struct words w = { 0 };
	bool ok = words_split(&w, &text, err);

	if (!ok || w.count == 0)
		goto out;
	if (!*version) {
		ok = w.count == 2 && str_eq(w.items[0], "state") &&
			str_int(w.items[1], 1, 1000000, version);
		if (!ok)
			error_set(err, ERR_PARSE, "it does not begin with "
				"its version");
	} else if (w.count == 2 && str_eq(w.items[0], "history"))
		put_line(s, w.items[1], false);
	else if (w.count == 3)
		put_entry(s, w.items[0], w.items[1], w.items[2], false);
	else
		ok = error_set(err, ERR_PARSE, "%.40s takes two words, "
			"history one", w.items[0]);
out:
	words_clear(&w);
	return ok;
}

static bool read_text(struct state *s, char *data, size_t len, long *version,
	struct error *err)
{
	size_t number = 0;

	if (memchr(data, '\0', len))
		return error_set(err, ERR_PARSE, "it is no text");
	for (char *p = data, *next; p; p = next) {
		next = strchr(p, '\n');
		if (next)
			*next++ = '\0';
		number++;
		if (!read_line(s, p, version, err)) {
			err->kind = ERR_PARSE;
			return error_prefix(err, "line %zu", number);
		}
		if (*version > VERSION)
			return true;
	}
	return *version || error_set(err, ERR_PARSE, "it is empty");
}

/* Never over another file that was set aside before. */
static void set_aside(const char *path, struct error *err)
{
	struct str to = STR_INIT;
	struct error why = *err;

	for (int i = 1; i < 1000; i++) {
		str_reset(&to);
		str_addf(&to, "%s.bad-%d", path, i);
		if (access(to.p, F_OK) != 0)
			break;
	}
	if (rename(path, to.p) == 0)
		error_set(err, why.kind, "%s cannot be read, it is now %s: %s",
			path, to.p, why.text);
	else
		error_prefix(err, "%s cannot be read", path);
	str_clear(&to);
}

static bool read_file(struct state *s, struct error *err)
{
	struct error why = ERROR_INIT;
	char *data = NULL;
	size_t len;
	long version = 0;
	bool ok;

	if (!xdg_read_file(s->path, BYTES_MOST, &data, &len, &why)) {
		if (why.kind == ERR_NOT_FOUND)
			return true;
		*err = why;
		s->frozen = true;   /* what cannot be read is not replaced */
		return false;
	}
	ok = read_text(s, data, len, &version, &why);
	free(data);
	if (ok && version <= VERSION)
		return true;
	state_forget(s);
	*err = why;
	if (!ok) {
		set_aside(s->path, err);
		return false;
	}
	s->frozen = true;
	return error_set(err, ERR_PARSE, "%s is of version %ld, this program "
		"knows %d: it is left alone and nothing is remembered",
		s->path, version, VERSION);
}

bool state_load(struct state *s, struct error *err)
{
	return read_file(s, err);
}

/* What this run changed, onto what another may have written since. */
static void merge(struct state *onto, const struct state *s)
{
	for (size_t i = 0; i < s->entries.count; i++) {
		const struct entry *e = &s->entries.items[i];

		if (e->changed)
			put_entry(onto, e->kind, e->key, e->value, false);
	}
	for (size_t i = 0; i < s->history.count; i++)
		if (s->history.items[i].added)
			put_line(onto, s->history.items[i].text, false);
}

static void write_text(const struct state *s, struct str *out)
{
	str_addf(out, "# Kept by tucuxi, which replaces this file: what is to "
		"stay belongs into tucuxirc.\nstate %d\n", VERSION);
	for (size_t i = 0; i < s->history.count; i++) {
		str_add(out, "history ");
		words_quote(out, s->history.items[i].text);
		str_addc(out, '\n');
	}
	for (size_t i = 0; i < s->entries.count; i++) {
		const struct entry *e = &s->entries.items[i];

		if (!e->value)
			continue;
		str_addf(out, "%s ", e->kind);
		words_quote(out, e->key);
		str_addc(out, ' ');
		words_quote(out, e->value);
		str_addc(out, '\n');
	}
}

/* -1: somebody else holds it for longer than we wait. */
static int lock(const char *path, struct error *err)
{
	const struct timespec pause = { 0, LOCK_PAUSE };
	struct str name = STR_INIT;
	int fd;

	str_addf(&name, "%s.lock", path);
	fd = open(name.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		error_set(err, ERR_IO, "%s: %s", name.p, strerror(errno));
	for (int i = 0; fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0; i++) {
		if (i < LOCK_TRIES && (errno == EWOULDBLOCK ||
		    errno == EINTR)) {
			nanosleep(&pause, NULL);
			continue;
		}
		error_set(err, ERR_IO, "%s: %s", name.p, strerror(errno));
		close(fd);
		fd = -1;
	}
	str_clear(&name);
	return fd;
}

bool state_save(struct state *s, struct error *err)
{
	struct state *disk;
	struct str text = STR_INIT;
	struct error ignored = ERROR_INIT;
	bool ok;
	int fd;

	if (!s->changed || s->frozen)
		return true;
	if (!xdg_make_parent(s->path, err))
		return false;
	fd = lock(s->path, err);
	if (fd < 0)
		return false;
	disk = state_new(s->path);
	disk->history_most = s->history_most;
	read_file(disk, &ignored);
	merge(disk, s);
	write_text(disk, &text);
	if (disk->frozen) {
		*err = ignored;
		ok = false;
	} else
		ok = xdg_write_file(s->path, text.p, text.len, err);
	if (ok)
		s->changed = false;
	close(fd);
	str_clear(&text);
	state_free(disk);
	return ok;
}
