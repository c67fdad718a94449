/* SPDX-License-Identifier: MIT */
/*
 * One copy of the text is cut up in place: names, keys and values point into
 * it, so that one wipe at the end reaches every secret. The line rules are
 * those of Python's RawConfigParser, which the AWS CLI reads with.
 */
#include "aws/ini.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/vec.h"

#include <string.h>

/* Stands between section, block and key in the map; in none of them. */
#define SEPARATOR '\n'

struct ini {
	char *text;
	size_t room;
	struct map *sections;    /* name → itself in text */
	struct map *values;      /* "section\nkey", "section\nblock\nkey" */
	struct { const char **items; size_t count, room; } names;
	struct { char **items; size_t count, room; } warnings;
};

struct parser {
	struct ini *ini;
	const char *file;
	size_t line;
	const char *section;     /* NULL: before the first */
	char *key;               /* NULL: nothing to go on with */
	char *value, *end;       /* of that key, so far */
	size_t key_line;
	size_t indent;           /* of the line that the key stands on */
	bool block;              /* that line had no value */
	struct error *err;
};

/* One line without its end; text without space around it. */
struct line {
	char *text;
	size_t len;
	size_t indent;
	bool comment;
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static char *trim(char *text, size_t *len)
{
	while (*len && is_space(text[*len - 1]))
		--*len;
	while (*len && is_space(*text)) {
		text++;
		--*len;
	}
	return text;
}

static void lower(char *text)
{
	for (; *text; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text - 'A' + 'a');
}

static void add_name(struct str *s, const char *name)
{
	str_add(s, name);
	str_addc(s, SEPARATOR);
}

static void warn(struct parser *p, size_t line, const char *what,
	const char *name)
{
	struct str raw = STR_INIT;
	struct str clean = STR_INIT;

	str_addf(&raw, "%s line %zu: %s: %s", p->file, line, name, what);
	text_sanitise(&clean, raw.p, raw.len, false);
	str_clear(&raw);
	*VEC_PUSH(&p->ini->warnings) = str_take(&clean);
}

static bool refuse(struct parser *p, size_t line, const char *why)
{
	return error_set(p->err, ERR_PARSE, "%s line %zu: %s", p->file, line,
		why);
}

/* False: the section had that key before. */
static bool store(struct parser *p, const char *block, char *key,
	char *value)
{
	struct str name = STR_INIT;
	bool fresh;

	lower(key);
	add_name(&name, p->section);
	if (block)
		add_name(&name, block);
	str_add(&name, key);
	fresh = !map_setn(p->ini->values, name.p, name.len, value);
	str_clear(&name);
	return fresh;
}

/* "\nk = v\nk = v": one level, only '=' parts. */
static void store_block(struct parser *p)
{
	char *at = p->value;

	while (at < p->end) {
		char *stop = memchr(at, '\n', (size_t)(p->end - at));
		size_t len = (size_t)((stop ? stop : p->end) - at);
		char *key = at;
		char *equals = memchr(at, '=', len);
		char *value;
		size_t key_len, value_len;

		at = stop ? stop + 1 : p->end;
		if (!equals)
			continue;
		key_len = (size_t)(equals - key);
		value_len = len - key_len - 1;
		key = trim(key, &key_len);
		value = trim(equals + 1, &value_len);
		key[key_len] = value[value_len] = '\0';
		store(p, p->key, key, value);
	}
}

/* Ends the value that was being read. */
static void finish_key(struct parser *p)
{
	if (!p->key)
		return;
	while (p->end > p->value && is_space(p->end[-1]))
		p->end--;
	*p->end = '\0';
	lower(p->key);
	if (*p->value == '\n')
		store_block(p);
	else if (!store(p, NULL, p->key, p->value))
		warn(p, p->key_line, "stands there twice, the last one counts",
			p->key);
	p->key = NULL;
}

/* The new line's text never starts before the old one's end, so the value
 * can grow over what lay between. */
static bool continue_value(struct parser *p, const struct line *line)
{
	if (p->block && !memchr(line->text, '=', line->len))
		return refuse(p, p->line,
			"an indented line that is not key = value");
	*p->end++ = '\n';
	memmove(p->end, line->text, line->len);
	p->end += line->len;
	return true;
}

static void open_section(struct parser *p, char *name, size_t len)
{
	name[len] = '\0';
	if (map_has(p->ini->sections, name)) {
		warn(p, p->line, "this section was there before, "
			"both are taken together", name);
	} else {
		map_set(p->ini->sections, name, name);
		*VEC_PUSH(&p->ini->names) = name;
	}
	p->section = name;
}

static bool open_key(struct parser *p, const struct line *line)
{
	char *text = line->text;
	char *end = text + line->len;
	char *delimiter = text;
	size_t key_len, value_len;

	while (delimiter < end && *delimiter != '=' && *delimiter != ':')
		delimiter++;
	if (delimiter == end)
		return refuse(p, p->line,
			"neither [section] nor key = value");
	key_len = (size_t)(delimiter - text);
	p->value = delimiter + 1;
	value_len = (size_t)(end - p->value);
	text = trim(text, &key_len);
	if (!key_len)
		return refuse(p, p->line, "no key before the value");
	text[key_len] = '\0';
	p->value = trim(p->value, &value_len);
	p->end = p->value + value_len;
	p->key = text;
	p->key_line = p->line;
	p->block = !value_len;
	return true;
}

static bool take_line(struct parser *p, const struct line *line)
{
	char *close;

	if (!line->len) {
		if (p->key && !line->comment)
			*p->end++ = '\n';
		return true;
	}
	if (p->key && line->indent > p->indent)
		return continue_value(p, line);
	finish_key(p);
	p->indent = line->indent;
	close = memrchr(line->text, ']', line->len);
	if (*line->text == '[' && close > line->text + 1) {
		open_section(p, line->text + 1,
			(size_t)(close - line->text - 1));
		return true;
	}
	if (!p->section)
		return refuse(p, p->line, "a setting before the first "
			"[section]");
	return open_key(p, line);
}

/* Lines end in LF, CRLF or CR. NULL at the end. */
static char *next_line(char *at, char *end, struct line *line)
{
	char *stop = at;
	size_t len;

	if (at == end)
		return NULL;
	while (stop < end && *stop != '\n' && *stop != '\r')
		stop++;
	len = (size_t)(stop - at);
	line->text = trim(at, &len);
	line->len = len;
	line->indent = (size_t)(line->text - at);
	line->comment = len && (*line->text == '#' || *line->text == ';');
	if (line->comment)
		line->len = 0;
	if (stop < end && *stop == '\r' && stop + 1 < end && stop[1] == '\n')
		stop++;
	return stop < end ? stop + 1 : end;
}

/* The CLI reads these files as UTF-8 and takes nothing else. */
static bool check_text(struct parser *p, const char *text, size_t len)
{
	size_t i = 0, line = 1, step;
	uint32_t cp;

	for (; i < len; i += step) {
		step = text_decode(text + i, len - i, &cp);
		if (cp == 0 || (step == 1 && cp == 0xfffd))
			return refuse(p, line, "not a text in UTF-8");
		line += cp == '\n';
	}
	return true;
}

static bool parse(struct parser *p, size_t len)
{
	char *at = p->ini->text;
	char *end = at + len;
	struct line line;

	if (!check_text(p, at, len))
		return false;
	if (len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	while ((at = next_line(at, end, &line))) {
		p->line++;
		if (!take_line(p, &line))
			return false;
	}
	finish_key(p);
	return true;
}

struct ini *ini_parse(const char *text, size_t len, const char *file,
	struct error *err)
{
	struct ini *ini = xcalloc(1, sizeof(*ini));
	struct parser p = { .ini = ini, .file = file, .err = err };

	ini->room = len + 1;
	ini->text = xmalloc(ini->room);
	if (len)
		memcpy(ini->text, text, len);
	ini->text[len] = '\0';
	ini->sections = map_new();
	ini->values = map_new();
	if (parse(&p, len))
		return ini;
	ini_free(ini);
	return NULL;
}

void ini_free(struct ini *ini)
{
	size_t i;

	if (!ini)
		return;
	mem_wipe(ini->text, ini->room);
	free(ini->text);
	map_free(ini->sections, NULL);
	map_free(ini->values, NULL);
	VEC_FREE(&ini->names);
	for (i = 0; i < ini->warnings.count; i++)
		free(ini->warnings.items[i]);
	VEC_FREE(&ini->warnings);
	free(ini);
}

size_t ini_section_count(const struct ini *ini)
{
	return ini->names.count;
}

const char *ini_section_name(const struct ini *ini, size_t i)
{
	return i < ini->names.count ? ini->names.items[i] : NULL;
}

const char *ini_get(const struct ini *ini, const char *section,
	const char *key)
{
	return ini_get_nested(ini, section, NULL, key);
}

const char *ini_get_nested(const struct ini *ini, const char *section,
	const char *block, const char *key)
{
	struct str name = STR_INIT;
	const char *value = NULL;

	if (!strchr(key, SEPARATOR) && !strchr(section, SEPARATOR)) {
		add_name(&name, section);
		if (block)
			add_name(&name, block);
		str_add(&name, key);
		value = map_getn(ini->values, name.p, name.len);
	}
	str_clear(&name);
	return value;
}

size_t ini_warning_count(const struct ini *ini)
{
	return ini->warnings.count;
}

const char *ini_warning(const struct ini *ini, size_t i)
{
	return i < ini->warnings.count ? ini->warnings.items[i] : NULL;
}
