/* SPDX-License-Identifier: MIT */
#include "sim/ec2/tags.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sim/xml.h"

#include <stdlib.h>
#include <string.h>

struct tag_changes {
	struct { char *key, *value; } *items;     /* value NULL: removed */
	size_t count, room;
};

void tag_changes_free(void *value)
{
	struct tag_changes *changes = value;

	for (size_t i = 0; i < changes->count; i++) {
		free(changes->items[i].key);
		free(changes->items[i].value);
	}
	VEC_FREE(changes);
	free(changes);
}

void tags_add(struct tags *t, const char *key, const char *value)
{
	if (value && t->count < TAGS_MOST)
		t->items[t->count++] = (struct tag){ key, value };
}

const char *tags_get(const struct tags *t, const char *key)
{
	for (size_t i = 0; i < t->count; i++)
		if (!strcmp(t->items[i].key, key))
			return t->items[i].value;
	return NULL;
}

static void apply(struct tags *t, const char *key, const char *value)
{
	for (size_t i = 0; i < t->count; i++) {
		if (strcmp(t->items[i].key, key) != 0)
			continue;
		t->items[i].value = value;
		if (!value) {
			t->count--;
			memmove(&t->items[i], &t->items[i + 1],
				(t->count - i) * sizeof(*t->items));
		}
		return;
	}
	tags_add(t, key, value);
}

void tags_apply(const struct world *w, const char *id, struct tags *t)
{
	const struct tag_changes *changes;

	if (map_count(w->tags) == 0)
		return;
	changes = map_get(w->tags, id);
	for (size_t i = 0; changes && i < changes->count; i++)
		apply(t, changes->items[i].key, changes->items[i].value);
}

void tags_change(struct world *w, const char *id, const char *key,
	const char *value)
{
	struct tag_changes *changes = map_get(w->tags, id);

	if (!changes) {
		changes = xcalloc(1, sizeof(*changes));
		map_set(w->tags, id, changes);
	}
	for (size_t i = 0; i < changes->count; i++) {
		if (strcmp(changes->items[i].key, key) != 0)
			continue;
		free(changes->items[i].value);
		changes->items[i].value = value ? xstrdup(value) : NULL;
		return;
	}
	VEC_RESERVE(changes, changes->count + 1);
	changes->items[changes->count].key = xstrdup(key);
	changes->items[changes->count++].value = value ? xstrdup(value) :
		NULL;
}

void tags_write(struct str *out, const struct tags *t)
{
	if (t->count == 0)
		return;
	str_add(out, "<tagSet>");
	for (size_t i = 0; i < t->count; i++)
		xml_add(out, "<item><key>%s</key><value>%s</value></item>",
			t->items[i].key, t->items[i].value);
	str_add(out, "</tagSet>");
}
