/* SPDX-License-Identifier: MIT */
#include "aws/protocol_form.h"

#include "base/mem.h"
#include "doc/out.h"

#include <stdlib.h>
#include <string.h>

/* Without a field it holds others; in a list they are told apart by
 * number, else by name. */
struct node {
	char *name;
	size_t len;
	unsigned index;
	bool list;
	const struct field *field;
	struct node *child, *last, *next;
};

struct tree {
	struct node root;
};

struct tree *tree_new(void)
{
	return xcalloc(1, sizeof(struct tree));
}

static void free_children(struct node *n)
{
	struct node *child = n->child;

	while (child) {
		struct node *next = child->next;

		free_children(child);
		free(child->name);
		free(child);
		child = next;
	}
}

void tree_free(struct tree *t)
{
	if (!t)
		return;
	free_children(&t->root);
	free(t);
}

static bool is_same(const struct node *n, const char *name, size_t len,
	unsigned index)
{
	return n->index == index && n->len == len &&
		memcmp(n->name, name, len) == 0;
}

static struct node *child_of(struct node *n, const char *name, size_t len,
	unsigned index)
{
	struct node *child = n->last;

	if (child && is_same(child, name, len, index))
		return child;
	for (child = n->child; child; child = child->next)
		if (is_same(child, name, len, index))
			return child;
	child = xcalloc(1, sizeof(*child));
	child->name = xstrndup(name, len);
	child->len = len;
	child->index = index;
	if (n->last)
		n->last->next = child;
	else
		n->child = child;
	n->last = child;
	return child;
}

void tree_add(struct tree *t, const char *path, const struct field *f)
{
	struct node *n = &t->root;
	size_t used = 0;

	while (*path) {
		size_t len = strcspn(path, ".[{");

		n = child_of(n, path, len, 0);
		path += len;
		if (*path == '[') {
			n->list = true;
			n = child_of(n, "", 0, used < 2 ? f->index[used] : 0);
			used++;
			path += 2;
		} else if (*path == '{') {
			if (f->key)
				n = child_of(n, f->key, f->key_len, 0);
			path += 2;
		}
		if (*path == '.')
			path++;
	}
	n->field = f;
}

static bool add_json_leaf(struct str *out, const struct field *f,
	struct error *err)
{
	enum value_type type = f->parameter->type;
	struct str text = STR_INIT;
	bool ok;

	if (type != VALUE_STRING && type != VALUE_BLOB)
		return protocol_add_value(out, f, STAMP_EPOCH, err);
	ok = protocol_add_value(&text, f, STAMP_EPOCH, err);
	out_json_string(out, text.p, text.len);
	str_wipe(&text);
	return ok;
}

static bool add_json(struct str *out, const struct node *n,
	struct error *err)
{
	const struct node *child;

	if (n->field)
		return add_json_leaf(out, n->field, err);
	str_addc(out, n->list ? '[' : '{');
	for (child = n->child; child; child = child->next) {
		if (child != n->child)
			str_addc(out, ',');
		if (!n->list) {
			out_json_string(out, child->name, child->len);
			str_addc(out, ':');
		}
		if (!add_json(out, child, err))
			return false;
	}
	str_addc(out, n->list ? ']' : '}');
	return true;
}

bool tree_add_json(struct str *out, const struct tree *t, struct error *err)
{
	return add_json(out, &t->root, err);
}

/* Line ends would be normalised away by the reader: keys may have them. */
static void add_escaped(struct str *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		switch (text[i]) {
		case '&': str_add(out, "&amp;"); break;
		case '<': str_add(out, "&lt;"); break;
		case '>': str_add(out, "&gt;"); break;
		case '"': str_add(out, "&quot;"); break;
		case '\r': str_add(out, "&#xD;"); break;
		case '\n': str_add(out, "&#xA;"); break;
		default: str_addc(out, text[i]);
		}
	}
}

static bool add_xml_text(struct str *out, const struct field *f,
	struct error *err)
{
	struct str text = STR_INIT;
	bool ok = protocol_add_value(&text, f, STAMP_ISO, err);

	add_escaped(out, text.p, text.len);
	str_wipe(&text);
	return ok;
}

static bool is_attribute(const struct node *n)
{
	return n->len && *n->name == '@' && n->field;
}

static bool add_attributes(struct str *out, const struct node *n,
	struct error *err)
{
	for (const struct node *a = n->child; a; a = a->next) {
		if (!is_attribute(a))
			continue;
		if (a->len > 5 && memcmp(a->name, "@xsi:", 5) == 0)
			str_add(out, " xmlns:xsi=\"http://www.w3.org/2001/"
				"XMLSchema-instance\"");
		str_addc(out, ' ');
		str_addn(out, a->name + 1, a->len - 1);
		str_add(out, "=\"");
		if (!add_xml_text(out, a->field, err))
			return false;
		str_addc(out, '"');
	}
	return true;
}

static bool add_xml_children(struct str *out, const struct node *n,
	struct error *err);

/* n's content as an element of that name. */
static bool add_element(struct str *out, const char *name, size_t len,
	const struct node *n, struct error *err)
{
	str_addc(out, '<');
	str_addn(out, name, len);
	if (!add_attributes(out, n, err))
		return false;
	str_addc(out, '>');
	if (n->field ? !add_xml_text(out, n->field, err) :
			!add_xml_children(out, n, err))
		return false;
	str_add(out, "</");
	str_addn(out, name, len);
	str_addc(out, '>');
	return true;
}

static bool add_xml_children(struct str *out, const struct node *n,
	struct error *err)
{
	for (const struct node *c = n->child; c; c = c->next) {
		const struct node *item = c->child;

		if (is_attribute(c))
			continue;
		if (!c->list) {
			if (!add_element(out, c->name, c->len, c, err))
				return false;
			continue;
		}
		for (; item; item = item->next)
			if (!add_element(out, c->name, c->len, item, err))
				return false;
	}
	return true;
}

bool tree_add_xml(struct str *out, const struct tree *t, const char *root,
	const char *xmlns, struct error *err)
{
	str_addf(out, "<%s", root);
	if (xmlns)
		str_addf(out, " xmlns=\"%s\"", xmlns);
	str_addc(out, '>');
	if (!add_xml_children(out, &t->root, err))
		return false;
	str_addf(out, "</%s>", root);
	return true;
}
