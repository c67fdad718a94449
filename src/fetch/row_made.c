/* SPDX-License-Identifier: MIT */
/* The cells of columns that people have named by a tag or a path: all that
 * is found, as a filter of that name looks at it. */
#include "fetch/segment.h"

#include "base/str.h"

#include <strings.h>

struct made_cell {
	const struct compiled *compiled;
	const struct compiled_column *column;
	const struct doc *doc;
	struct str *out;
	size_t before;           /* of out, when it was begun */
};

static void add(struct made_cell *m, const char *text, size_t len)
{
	if (len && m->out->len > m->before)
		str_addc(m->out, ',');
	str_addn(m->out, text, len);
}

/* A document is 128 deep at most. */
static bool visit_leaves(void *data, uint32_t node)
{
	struct made_cell *m = data;
	enum doc_kind kind = doc_kind(m->doc, node);
	const char *text;
	size_t len;

	if (kind != DOC_OBJECT && kind != DOC_ARRAY) {
		text = doc_text(m->doc, node, &len);
		add(m, text, len);
		return true;
	}
	for (node = doc_child(m->doc, node); node != DOC_NONE;
	     node = doc_next(m->doc, node))
		visit_leaves(m, node);
	return true;
}

static bool visit_tag(void *data, uint32_t node)
{
	struct made_cell *m = data;
	size_t len;
	const char *text = path_text(m->compiled->tag_key, m->doc, node, &len);

	if (!text || strcasecmp(text, m->column->tag) != 0)
		return true;
	text = path_text(m->compiled->tag_value, m->doc, node, &len);
	if (text)
		add(m, text, len);
	return true;
}

void row_made(struct row row, const struct compiled_column *column,
	struct str *out)
{
	const struct segment *s = row.segment;
	struct made_cell m = { s->compiled, column, s->doc, out, out->len };

	path_each(column->tag ? s->compiled->tag : column->path, s->doc,
		s->nodes[row.index], column->tag ? visit_tag : visit_leaves,
		&m);
}
