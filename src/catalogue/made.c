/* SPDX-License-Identifier: MIT */
/* Columns that no table has: a tag, or any path in the rows' documents. */
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "catalogue/catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MADE_WIDTH 20

struct made {
	size_t count;
	struct column columns[MADE_MOST];
	char *tags[MADE_MOST];
};

void made_init(struct compiled *c)
{
	c->made = xcalloc(1, sizeof(*c->made));
}

void made_clear(struct compiled *c)
{
	for (size_t i = 0; c->made && i < c->made->count; i++) {
		path_free(c->columns[c->column_count + i].path);
		free((char *)c->made->columns[i].name);
		free((char *)c->made->columns[i].title);
		free(c->made->tags[i]);
	}
	free(c->made);
}

size_t column_name_len(const char *list)
{
	bool quoted = false;
	int depth = 0;
	size_t i;

	for (i = 0; list[i] && (quoted || depth > 0 || list[i] != ','); i++) {
		if (quoted && list[i] == '\\' && list[i + 1])
			i++;
		else if (list[i] == '"')
			quoted = !quoted;
		else if (!quoted && (list[i] == '[' || list[i] == ']'))
			depth += list[i] == '[' ? 1 : -1;
	}
	return i;
}

bool column_name_is_made(const char *name)
{
	return *name == '.' || strncasecmp(name, "tag.", 4) == 0;
}

/* "key", and what stands in quotes. */
static char *tag_of(const char *name)
{
	size_t len = strlen(name);

	if (len > 1 && *name == '"' && name[len - 1] == '"')
		return xstrndup(name + 1, len - 2);
	return xstrdup(name);
}

/* A heading: the key, else what the path's last step is called. */
static char *title_of(const char *name, const char *tag)
{
	struct str out = STR_INIT;
	size_t end = strlen(name), start;

	if (tag) {
		text_sanitise(&out, tag, strlen(tag), false);
		return str_take(&out);
	}
	while (end && strchr("./]\"", name[end - 1]))
		end--;
	for (start = end; start && !strchr("./[|\"=", name[start - 1]);)
		start--;
	text_sanitise(&out, name + start, end - start, false);
	return str_take(&out);
}

static int find(const struct compiled *c, const char *name)
{
	for (size_t i = 0; i < c->made->count; i++)
		if (str_eq(c->made->columns[i].name, name))
			return (int)(c->column_count + i);
	return -1;
}

static bool check(const struct compiled *c, const char *name, char **tag,
	struct path **path, struct error *err)
{
	const char *plural = c->resource->title;

	if (c->made->count == MADE_MOST)
		return error_set(err, ERR_USAGE, "%s have %d columns of their "
			"own already", plural, MADE_MOST);
	if (*name == '.') {
		*path = path_compile(NULL, name, err);
		return *path != NULL;
	}
	if (!c->tag)
		return error_set(err, ERR_USAGE, "%s have no tags", plural);
	*tag = tag_of(name + strlen("tag."));
	if (**tag)
		return true;
	free(*tag);
	return error_set(err, ERR_USAGE, "which tag? tag.KEY");
}

int compiled_column_make(const struct compiled *c, const char *text,
	size_t len, struct error *err)
{
	char *name = xstrndup(text, len), *tag = NULL;
	struct path *path = NULL;
	int index;

	if (!c->made || !column_name_is_made(name)) {
		free(name);
		return -1;
	}
	index = find(c, name);
	if (index >= 0 || !check(c, name, &tag, &path, err)) {
		free(name);
		return index;
	}
	index = (int)(c->column_count + c->made->count);
	c->made->tags[c->made->count] = tag;
	c->made->columns[c->made->count] = (struct column){ .name = name,
		.title = title_of(name, tag), .format = FORMAT_NATURAL,
		.w132 = MADE_WIDTH };
	c->columns[index] = (struct compiled_column){
		.column = &c->made->columns[c->made->count],
		.path = path, .join = -1, .tag = tag, .made = true };
	c->made->count++;
	return index;
}

int column_name_width(const char *name, size_t *len)
{
	size_t digits = 0;
	int width = 0;

	while (digits < *len && name[*len - 1 - digits] >= '0' &&
	    name[*len - 1 - digits] <= '9')
		digits++;
	if (!digits || digits > 3 || digits + 1 >= *len ||
	    name[*len - 1 - digits] != '=')
		return 0;
	for (size_t i = *len - digits; i < *len; i++)
		width = width * 10 + name[i] - '0';
	*len -= digits + 1;
	return width;
}
