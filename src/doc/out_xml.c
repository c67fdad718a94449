/* SPDX-License-Identifier: MIT */
#include "doc/out_xml.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

struct xml_out {
	struct str *out;
	const struct doc *doc;
};

/* XML has no way to write other controls. */
static bool is_xml_char(uint32_t cp)
{
	if (cp < 0x20)
		return cp == '\t' || cp == '\n' || cp == '\r';
	return cp < 0xfffd || cp > 0xffff;
}

static void add_escaped(struct str *out, const char *text, size_t len,
	bool attribute)
{
	for (size_t at = 0, size; at < len; at += size) {
		uint32_t cp;

		size = text_decode(text + at, len - at, &cp);
		if (cp == '&')
			str_add(out, "&amp;");
		else if (cp == '<')
			str_add(out, "&lt;");
		else if (cp == '>')
			str_add(out, "&gt;");
		else if (cp == '"' && attribute)
			str_add(out, "&quot;");
		else if ((cp == '\n' || cp == '\t') && !attribute)
			str_addc(out, (char)cp);
		else if (!is_xml_char(cp))
			str_add(out, "\xef\xbf\xbd");
		else if (!out_is_plain(cp))
			str_addf(out, "&#x%X;", (unsigned)cp);
		else
			str_addn(out, text + at, size);
	}
}

/* AWS's names are ASCII. */
static bool is_xml_name(const char *name, size_t len)
{
	if (len == 0 || isdigit((unsigned char)*name) || *name == '-' ||
		*name == '.')
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)name[i]) &&
			!(name[i] && strchr("_-.", name[i])))
			return false;
	return true;
}

/* Keys of JSON that could not be names become <entry key="...">. */
static void add_tag(struct xml_out *x, const char *name, size_t len)
{
	if (is_xml_name(name, len)) {
		str_addn(x->out, name, len);
		return;
	}
	str_add(x->out, "entry key=\"");
	add_escaped(x->out, name, len, true);
	str_addc(x->out, '"');
}

static void add_end_tag(struct xml_out *x, const char *name, size_t len)
{
	str_add(x->out, "</");
	if (is_xml_name(name, len))
		str_addn(x->out, name, len);
	else
		str_add(x->out, "entry");
	str_addc(x->out, '>');
}

/* <entry> has its own key; "@key" inside it is an element. */
static bool is_in_entry(const struct doc *d, uint32_t node)
{
	uint32_t parent = doc_parent(d, node);
	const char *name;
	size_t len;

	if (parent == DOC_NONE || doc_name_id(d, parent) == DOC_NONE)
		return false;
	name = doc_name(d, parent, &len);
	return !is_xml_name(name, len);
}

static bool is_attribute(const struct doc *d, uint32_t node)
{
	size_t len;
	const char *name = doc_name(d, node, &len);

	if (doc_kind(d, node) <= DOC_ARRAY || len < 2 || *name != '@' ||
	    !is_xml_name(name + 1, len - 1))
		return false;
	return len != 4 || memcmp(name, "@key", 4) != 0 ||
		!is_in_entry(d, node);
}

static bool is_text(const struct doc *d, uint32_t node)
{
	size_t len;
	const char *name = doc_name(d, node, &len);

	return doc_kind(d, node) > DOC_ARRAY && len == 5 &&
		memcmp(name, "#text", 5) == 0;
}

static void add_attributes(struct xml_out *x, uint32_t node)
{
	const struct doc *d = x->doc;

	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i)) {
		size_t len;
		const char *name = doc_name(d, i, &len);

		if (!is_attribute(d, i))
			continue;
		str_addc(x->out, ' ');
		str_addn(x->out, name + 1, len - 1);
		str_add(x->out, "=\"");
		name = doc_text(d, i, &len);
		add_escaped(x->out, name, len, true);
		str_addc(x->out, '"');
	}
}

static void add_break(struct xml_out *x, unsigned depth, bool inline_text)
{
	if (inline_text)
		return;
	str_addc(x->out, '\n');
	for (; depth > 0; depth--)
		str_add(x->out, "  ");
}

static void add_element(struct xml_out *x, uint32_t node, unsigned depth,
	bool inline_text);

/* What stands between the tags of a container. */
static void add_content(struct xml_out *x, uint32_t node, unsigned depth,
	bool inline_text)
{
	const struct doc *d = x->doc;
	size_t len;

	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i)) {
		if (is_attribute(d, i))
			continue;
		if (is_text(d, i)) {
			const char *text = doc_text(d, i, &len);

			add_escaped(x->out, text, len, false);
			continue;
		}
		add_break(x, depth + 1, inline_text);
		add_element(x, i, depth + 1, inline_text);
	}
	add_break(x, depth, inline_text);
}

static void add_element(struct xml_out *x, uint32_t node, unsigned depth,
	bool inline_text)
{
	const struct doc *d = x->doc;
	size_t name_len, len;
	const char *name = doc_name(d, node, &name_len);
	bool content = false;

	if (doc_name_id(d, node) == DOC_NONE) {
		name = depth ? "member" : "document";
		name_len = strlen(name);
	}
	str_addc(x->out, '<');
	add_tag(x, name, name_len);
	add_attributes(x, node);
	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i)) {
		content = content || !is_attribute(d, i);
		inline_text = inline_text || is_text(d, i);
	}
	if (doc_kind(d, node) > DOC_ARRAY) {
		const char *text = doc_text(d, node, &len);

		if (doc_kind(d, node) != DOC_NULL) {
			str_addc(x->out, '>');
			add_escaped(x->out, text, len, false);
			add_end_tag(x, name, name_len);
			return;
		}
	}
	str_add(x->out, content ? ">" : "/>");
	if (content) {
		add_content(x, node, depth, inline_text);
		add_end_tag(x, name, name_len);
	}
}

void out_xml(struct str *out, const struct doc *d, uint32_t node)
{
	struct xml_out x = { .out = out, .doc = d };

	add_element(&x, node, 0, false);
	str_addc(out, '\n');
}
