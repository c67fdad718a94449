/* SPDX-License-Identifier: MIT */
#include "doc/out.h"

#include "base/text.h"
#include "doc/out_xml.h"

#include <string.h>
#include <strings.h>

/* Neither control nor what would reorder or break the line around it. */
bool out_is_plain(uint32_t cp)
{
	return cp >= 0x20 && (cp < 0x7f || cp >= 0xa0) && cp != 0x061c &&
		cp != 0x200e && cp != 0x200f && cp != 0xfeff &&
		!(cp >= 0x2028 && cp <= 0x202e) &&
		!(cp >= 0x2066 && cp <= 0x2069) &&
		!(cp >= 0xfff9 && cp <= 0xfffb) && (cp & 0xfffe) != 0xfffe;
}

static void add_json_char(struct str *out, const char *at, size_t len,
	uint32_t cp)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *simple = cp && cp < 0x7f ?
		strchr(from, (int)cp) : NULL;

	if (simple)
		str_addf(out, "\\%c", to[simple - from]);
	else if (!out_is_plain(cp) && cp < 0x10000)
		str_addf(out, "\\u%04x", (unsigned)cp);
	else if (cp == 0xfffd)
		str_add(out, "\xef\xbf\xbd");
	else
		str_addn(out, at, len);
}

void out_json_string(struct str *out, const char *text, size_t len)
{
	size_t at = 0, run = 0;

	str_addc(out, '"');
	while (at < len) {
		unsigned char c = (unsigned char)text[at];
		uint32_t cp;

		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
			at++;
			continue;
		}
		str_addn(out, text + run, at - run);

		size_t size = text_decode(text + at, len - at, &cp);

		add_json_char(out, text + at, size, cp);
		at += size;
		run = at;
	}
	str_addn(out, text + run, at - run);
	str_addc(out, '"');
}

/* Words that one reader or another takes for a boolean or nothing. */
static bool yaml_is_word(const char *text, size_t len)
{
	static const char *const words[] = { "y", "n", "yes", "no", "on",
		"off", "true", "false", "null" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i]) == len &&
			strncasecmp(words[i], text, len) == 0)
			return true;
	return false;
}

/* Whatever begins like a number, a date or a sign of YAML is quoted. */
static bool yaml_is_plain(const char *text, size_t len)
{
	unsigned char c = (unsigned char)(len ? *text : 0);

	if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		c >= 0x80 || (c && strchr("_/$(", c))))
		return false;
	if (text[len - 1] == ' ' || text[len - 1] == ':' ||
		yaml_is_word(text, len))
		return false;
	for (size_t at = 0, size; at < len; at += size) {
		uint32_t cp;

		size = text_decode(text + at, len - at, &cp);
		if (!out_is_plain(cp) || (size == 1 && cp == 0xfffd))
			return false;
		if (at + 1 < len && ((cp == ':' && text[at + 1] == ' ') ||
			(cp == ' ' && text[at + 1] == '#')))
			return false;
	}
	return true;
}

void out_yaml_string(struct str *out, const char *text, size_t len)
{
	if (yaml_is_plain(text, len))
		str_addn(out, text, len);
	else
		out_json_string(out, text, len);
}

/* YAML 1.1 wants a point in a number with an exponent, and its sign. */
static void add_yaml_number(struct str *out, const char *text, size_t len)
{
	const char *e = memchr(text, 'e', len);

	if (!e)
		e = memchr(text, 'E', len);
	if (!e) {
		str_addn(out, text, len);
		return;
	}

	size_t before = (size_t)(e - text);

	str_addn(out, text, before);
	if (!memchr(text, '.', before))
		str_add(out, ".0");
	str_addc(out, 'e');
	if (e[1] != '-' && e[1] != '+')
		str_addc(out, '+');
	str_addn(out, e + 1, len - before - 1);
}

void out_csv_field(struct str *out, const char *text, size_t len)
{
	bool quote = false;

	for (size_t i = 0; i < len; i++)
		quote = quote || text[i] == '"' || text[i] == ',' ||
			text[i] == '\n' || text[i] == '\r';
	if (!quote) {
		str_addn(out, text, len);
		return;
	}
	str_addc(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			str_addc(out, '"');
		str_addc(out, text[i]);
	}
	str_addc(out, '"');
}

struct writer {
	struct str *out;
	const struct doc *doc;
	const struct out_line *line;   /* the next one */
};

static void add_indent(struct str *out, unsigned depth)
{
	str_addc(out, '\n');
	for (; depth > 0; depth--)
		str_add(out, "  ");
}

/* A leaf, or a container without children. */
static void add_small(struct writer *w, const struct out_line *line,
	bool yaml)
{
	enum doc_kind kind = doc_kind(w->doc, line->node);

	if (!line->text)
		str_add(w->out, line->is_array ? "[]" : "{}");
	else if (kind == DOC_NULL)
		str_add(w->out, "null");
	else if (kind == DOC_NUMBER && yaml)
		add_yaml_number(w->out, line->text, line->text_len);
	else if (kind == DOC_NUMBER || kind == DOC_BOOL)
		str_addn(w->out, line->text, line->text_len);
	else if (yaml)
		out_yaml_string(w->out, line->text, line->text_len);
	else
		out_json_string(w->out, line->text, line->text_len);
}

static void write_json(struct writer *w)
{
	const struct out_line *line = w->line++;

	if (!line->children) {
		add_small(w, line, false);
		return;
	}
	str_addc(w->out, line->is_array ? '[' : '{');
	for (size_t i = 0; i < line->children; i++) {
		if (i)
			str_addc(w->out, ',');
		add_indent(w->out, line->depth + 1);
		if (!line->is_array) {
			out_json_string(w->out, w->line->label,
				w->line->label_len);
			str_add(w->out, ": ");
		}
		write_json(w);
	}
	add_indent(w->out, line->depth);
	str_addc(w->out, line->is_array ? ']' : '}');
}

/* In a list the first line goes on behind the dash. */
static void write_yaml(struct writer *w, bool behind_dash)
{
	const struct out_line *line = w->line++;

	if (!line->children) {
		add_small(w, line, true);
		return;
	}
	for (size_t i = 0; i < line->children; i++) {
		bool big = w->line->children;

		if (!(behind_dash && i == 0))
			add_indent(w->out, line->depth);
		if (line->is_array) {
			str_add(w->out, "- ");
		} else {
			out_yaml_string(w->out, w->line->label,
				w->line->label_len);
			str_add(w->out, big ? ":" : ": ");
		}
		write_yaml(w, line->is_array);
	}
}

void out_doc(struct str *out, enum out_format format, const struct doc *d,
	uint32_t node, const char *lists)
{
	struct out_lines lines = { 0 };
	struct writer w = { .out = out, .doc = d };

	if (format == OUT_XML) {
		out_xml(out, d, node);
		return;
	}
	out_lines_build(&lines, d, node, lists);
	w.line = lines.items;
	if (format == OUT_JSON)
		write_json(&w);
	else
		write_yaml(&w, true);
	str_addc(out, '\n');
	out_lines_clear(&lines);
}
