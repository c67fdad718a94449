/* SPDX-License-Identifier: MIT */
#include "sim/ec2/thing.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct thing *thing_new(const struct thing_kind *kind, struct call *call)
{
	struct thing *t = call ? call_aligned(call, sizeof(*t)) :
		xmalloc(sizeof(*t));

	*t = (struct thing){ .kind = kind, .gone = THING_EVER, .call = call };
	return t;
}

static char *keep(const struct thing *t, const char *text)
{
	return t->call ? call_text(t->call, text, strlen(text)) :
		xstrdup(text);
}

static void release(const struct thing *t, const char *text)
{
	if (!t->call)
		free((char *)(uintptr_t)text);
}

void thing_free(struct thing *t)
{
	if (!t || t->call)
		return;
	for (size_t i = 0; i < t->count; i++) {
		release(t, t->items[i].path);
		release(t, t->items[i].text);
	}
	for (size_t i = 0; i < t->tags.count; i++) {
		release(t, t->tags.items[i].key);
		release(t, t->tags.items[i].value);
	}
	VEC_FREE(&t->tags);
	VEC_FREE(t);
	free(t);
}

/* Room in the call's memory doubles too; what it leaves goes with the call. */
static struct thing_value *push(struct thing *t)
{
	if (!t->call)
		return VEC_PUSH(t);
	if (t->count == t->room) {
		size_t room = t->room ? t->room * 2 : 32;
		struct thing_value *items = call_aligned(t->call,
			room * sizeof(*items));

		if (t->count)
			memcpy(items, t->items, t->count * sizeof(*items));
		t->items = items;
		t->room = room;
	}
	return &t->items[t->count++];
}

static bool is_under(const char *path, const char *base)
{
	size_t len = strlen(base);

	return !strncmp(path, base, len) && (!path[len] || path[len] == '/');
}

void thing_drop(struct thing *t, const char *path)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->count; i++) {
		if (!is_under(t->items[i].path, path)) {
			t->items[kept++] = t->items[i];
			continue;
		}
		release(t, t->items[i].path);
		release(t, t->items[i].text);
	}
	t->count = kept;
}

/* In the place where the path was, so that elements keep their order. */
static void set_text(struct thing *t, const char *path, const char *text)
{
	struct thing_value *at = NULL;

	for (size_t i = 0; i < t->count;) {
		if (strcmp(t->items[i].path, path) != 0) {
			i++;
			continue;
		}
		release(t, t->items[i].text);
		if (!at) {
			at = &t->items[i++];
			continue;
		}
		release(t, t->items[i].path);
		t->count--;
		memmove(&t->items[i], &t->items[i + 1],
			(t->count - i) * sizeof(*t->items));
	}
	if (!at) {
		at = push(t);
		at->path = keep(t, path);
	}
	at->text = keep(t, text);
	at->from = 0;
}

void thing_set(struct thing *t, const char *path, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list ap;

	va_start(ap, format);
	str_addvf(&text, format, ap);
	va_end(ap);
	set_text(t, path, text.p);
	str_clear(&text);
}

void thing_later(struct thing *t, int64_t from, const char *path,
	const char *text)
{
	struct thing_value *v = push(t);

	v->path = keep(t, path);
	v->text = text ? keep(t, text) : NULL;
	v->from = from;
	t->timed = true;
}

/* Does the text hold now: its time has come, and that of none after it. */
static bool holds(const struct thing *t, size_t n, int64_t now)
{
	const struct thing_value *v = &t->items[n];

	if (v->from > now)
		return false;
	for (size_t i = n + 1; t->timed && i < t->count; i++)
		if (t->items[i].from <= now &&
			!strcmp(t->items[i].path, v->path))
			return false;
	return v->text != NULL;
}

const char *thing_get(const struct thing *t, const char *path, int64_t now)
{
	for (size_t i = 0; i < t->count; i++)
		if (!strcmp(t->items[i].path, path) && holds(t, i, now))
			return t->items[i].text;
	return NULL;
}

bool thing_is(const struct thing *t, const char *path, const char *text,
	int64_t now)
{
	const char *has = thing_get(t, path, now);

	return has && !strcmp(has, text);
}

/* The number that stands where the pattern has its first N; 0: no fit. */
static unsigned fit(const char *pattern, const char *path)
{
	unsigned number = 1;
	bool first = true;

	while (*pattern) {
		if (pattern[0] == 'N' && (!pattern[1] || pattern[1] == '/')) {
			char *end;
			unsigned long n = strtoul(path, &end, 10);

			if (end == path)
				return 0;
			if (first)
				number = (unsigned)n;
			first = false;
			path = end;
			pattern++;
		} else if (*pattern++ != *path++) {
			return 0;
		}
	}
	return *path ? 0 : number;
}

const char *thing_each(const struct thing *t, const char *pattern,
	int64_t now, size_t *cursor)
{
	while (*cursor < t->count) {
		size_t i = (*cursor)++;

		if (fit(pattern, t->items[i].path) && holds(t, i, now))
			return t->items[i].text;
	}
	return NULL;
}

unsigned thing_item(const struct thing *t, const char *pattern,
	const char *text, int64_t now)
{
	for (size_t i = 0; i < t->count; i++) {
		unsigned n = fit(pattern, t->items[i].path);

		if (n && holds(t, i, now) && !strcmp(t->items[i].text, text))
			return n;
	}
	return 0;
}

unsigned thing_next_item(const struct thing *t, const char *list)
{
	size_t len = strlen(list);
	unsigned next = 1;

	for (size_t i = 0; i < t->count; i++) {
		const char *path = t->items[i].path;

		if (strncmp(path, list, len) != 0 || path[len] != '/')
			continue;
		unsigned n = (unsigned)strtoul(path + len + 1, NULL, 10);

		if (n >= next)
			next = n + 1;
	}
	return next;
}

void thing_tag(struct thing *t, const char *key, const char *value)
{
	if (t->call && !t->tags.room) {
		t->tags.items = call_aligned(t->call,
			TAGS_MOST * sizeof(*t->tags.items));
		t->tags.room = TAGS_MOST;
	}
	*VEC_PUSH(&t->tags) = (struct tag){ keep(t, key), keep(t, value) };
}

/* Has an element of that path been written for a text before this one? */
static bool is_written(const struct thing *t, size_t n, size_t len,
	int64_t now)
{
	for (size_t i = 0; i < n; i++) {
		const char *path = t->items[i].path;

		if (!strncmp(path, t->items[n].path, len) &&
			(path[len] == '/' || !path[len]) && holds(t, i, now))
			return true;
	}
	return false;
}

static void write_under(struct str *out, const struct thing *t, int64_t now,
	const char *base, size_t len)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct thing_value *v = &t->items[i];
		const char *name = v->path + len;
		char element[96];
		size_t n;

		if (v->path[0] == '.' || strncmp(v->path, base, len) != 0 ||
			!holds(t, i, now))
			continue;
		n = strcspn(name, "/");
		if (is_written(t, i, len + n, now))
			continue;
		if (name[0] >= '0' && name[0] <= '9')
			snprintf(element, sizeof(element), "item");
		else
			snprintf(element, sizeof(element), "%.*s", (int)n,
				name);
		xml_add(out, "<%r>", element);
		if (name[n])
			write_under(out, t, now, v->path, len + n + 1);
		else
			xml_add(out, "%s", v->text);
		xml_add(out, "</%r>", element);
	}
}

void thing_write(struct str *out, const struct thing_row *row)
{
	write_under(out, row->thing, row->now, "", 0);
	tags_write(out, &row->row.tags);
}

void thing_row_fill(const struct world *w, const struct thing *t,
	int64_t now, struct thing_row *out)
{
	memcpy(out->row.id, t->id, sizeof(out->row.id));
	out->row.tags.count = 0;
	for (size_t i = 0; i < t->tags.count; i++)
		tags_add(&out->row.tags, t->tags.items[i].key,
			t->tags.items[i].value);
	tags_apply(w, t->id, &out->row.tags);
	out->thing = t;
	out->now = now;
}
