/* SPDX-License-Identifier: MIT */
#include "ui/column_names.h"

#include "base/mem.h"
#include "ui/app_own.h"
#include "ui/command_rows.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 2000
#define TAGS_MOST 200

struct tag_visit {
	const struct compiled *compiled;
	const struct doc *doc;
	struct vocabulary *out;
};

/* Quoted where a list would end within it. */
static void add_name(const char *key, struct str *out)
{
	size_t len = strlen(key);
	bool quote = strpbrk(key, ",[]") ||
		column_name_width(key, &len) > 0;

	str_addf(out, quote ? "tag.\"%s\"" : "tag.%s", key);
}

static bool visit(void *data, uint32_t node)
{
	struct tag_visit *v = data;
	size_t len;
	const char *key = path_text(v->compiled->tag_key, v->doc, node, &len);
	struct str name = STR_INIT;
	bool known = !key || !len || strchr(key, '"');

	if (!known)
		add_name(key, &name);
	for (size_t i = 0; !known && i < v->out->count; i++)
		known = str_ieq(v->out->items[i], name.p);
	if (!known)
		vocabulary_add(v->out, name.p);
	str_clear(&name);
	return v->out->count < TAGS_MOST;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void column_tags(const struct table *table, struct vocabulary *out)
{
	const struct compiled *c = table_compiled(table);
	size_t count = table_rows(table);

	for (size_t i = 0; c->tag && i < count && i < ROWS_MOST &&
	     out->count < TAGS_MOST; i++) {
		struct row row = table_row(table, i);
		struct tag_visit v = { c, row.segment->doc, out };

		path_each(c->tag, v.doc, row.segment->nodes[row.index], visit,
			&v);
	}
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_name);
}

/* The last of a list is what is completed. */
static size_t head_len(const char *typed)
{
	size_t head = 0, len;

	while (len = column_name_len(typed + head), typed[head + len])
		head += len + 1;
	return head + (typed[head] == '+' || typed[head] == '-');
}

static void add_word(const char *typed, size_t head, const char *name,
	struct vocabulary *out)
{
	struct str word = STR_INIT;

	str_addn(&word, typed, head);
	str_add(&word, name);
	vocabulary_add(out, word.p);
	str_clear(&word);
}

/* The node that ".a.b." names in the row. */
static uint32_t parent_node(struct row row, const char *typed, size_t len)
{
	const struct segment *s = row.segment;
	char *path = xstrndup(typed, len);
	struct error ignored = ERROR_INIT;
	struct path *compiled = len ? path_compile(NULL, path, &ignored) :
		NULL;
	uint32_t node = len ? DOC_NONE : s->nodes[row.index];

	if (compiled)
		node = path_first(compiled, s->doc, s->nodes[row.index]);
	path_free(compiled);
	free(path);
	return node;
}

static bool has_word(const struct vocabulary *v, const char *word)
{
	for (size_t i = 0; i < v->count; i++)
		if (str_eq(v->items[i], word))
			return true;
	return false;
}

/* What stands below ".a.b." in the row under the cursor. */
static void add_paths(struct row row, const char *typed, size_t head,
	struct vocabulary *out)
{
	const char *name = typed + head;
	const char *dot = strrchr(name, '.');
	size_t parent = dot ? (size_t)(dot - name) : 0;
	const struct doc *doc;
	uint32_t node;

	if (*name != '.')
		return;
	doc = row.segment->doc;
	node = parent_node(row, name, parent);
	for (node = node == DOC_NONE ? node : doc_child(doc, node);
	     node != DOC_NONE; node = doc_next(doc, node)) {
		struct str word = STR_INIT;
		size_t len;
		const char *own = doc_name(doc, node, &len);

		str_addn(&word, typed, head + parent + 1);
		str_addn(&word, own, len);
		if (len && !has_word(out, word.p))
			vocabulary_add(out, word.p);
		str_clear(&word);
	}
}

void complete_columns(struct app *app, const struct words *words,
	struct vocabulary *out)
{
	const char *typed = words->items[words->count - 1];
	const struct table *table = app_table(app);
	const struct compiled *c = table ? table_compiled(table) : NULL;
	size_t head = head_len(typed);
	struct vocabulary tags = { 0 };
	struct row row;

	if (words->count != 2 || !c)
		return;
	for (size_t i = 0; i < c->column_count; i++)
		add_word(typed, head, c->columns[i].column->name, out);
	column_tags(table, &tags);
	for (size_t i = 0; i < tags.count; i++)
		add_word(typed, head, tags.items[i], out);
	vocabulary_clear(&tags);
	if (app->top->ops->row && app->top->ops->row(app->top, &row))
		add_paths(row, typed, head, out);
	if (head || !str_eq(words->items[0], "columns"))
		return;
	vocabulary_add(out, "all");
	vocabulary_add(out, "default");
}
