/* SPDX-License-Identifier: MIT */
/*
 * jansson says whether the text is JSON and what is wrong with it; the tape
 * is then written from the text itself, because jansson would turn numbers
 * into doubles. Where a key comes twice, jansson's answer (the last one
 * wins) is written out and read instead.
 */
#include "doc/json.h"

#include "base/str.h"
#include "base/text.h"
#include "doc/build.h"

#include <jansson.h>
#include <stdlib.h>

#define LOAD_FLAGS ((size_t)(JSON_DECODE_ANY | JSON_ALLOW_NUL))
#define DUMP_FLAGS ((size_t)(JSON_ENCODE_ANY | JSON_COMPACT | \
	JSON_REAL_PRECISION(17)))

/* Over text that is known to be JSON: nothing in it is checked again. */
struct json_text {
	struct doc_build *build;
	const char *start, *p, *end;
	struct str key, value;
};

struct span {
	const char *p;
	size_t len;
};

static unsigned read_hex4(const char *p)
{
	unsigned value = 0;

	for (int i = 0; i < 4; i++) {
		unsigned c = (unsigned char)p[i];

		value = value << 4 | ((c & 15) + (c > '9' ? 9 : 0));
	}
	return value;
}

/* p is behind the backslash; returns what follows the escape. */
static const char *read_escape(const char *p, struct str *out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *simple = strchr(from, *p);
	uint32_t cp;
	char utf8[4];

	if (*p != 'u') {
		str_addc(out, simple ? to[simple - from] : *p);
		return p + 1;
	}
	cp = read_hex4(p + 1);
	p += 5;
	if (cp >= 0xd800 && cp < 0xdc00) {
		cp = 0x10000 + ((cp - 0xd800) << 10) +
			(read_hex4(p + 2) - 0xdc00);
		p += 6;
	}
	str_addn(out, utf8, text_encode(cp, utf8));
	return p;
}

/* The string at p, in place or unescaped into scratch. */
static struct span read_string(struct json_text *j, struct str *scratch)
{
	const char *from = ++j->p;

	str_reset(scratch);
	for (;;) {
		const char *run = j->p;

		j->p += strcspn(run, "\"\\");
		if (*j->p == '"')
			break;
		str_addn(scratch, from, (size_t)(j->p - from));
		from = j->p = read_escape(j->p + 1, scratch);
	}

	struct span s = { from, (size_t)(j->p - from) };

	if (scratch->len) {
		str_addn(scratch, s.p, s.len);
		s = (struct span){ scratch->p, scratch->len };
	}
	j->p++;
	return s;
}

static void read_skip(struct json_text *j, const char *set)
{
	while (j->p < j->end && *j->p && strchr(set, *j->p))
		j->p++;
}

/* One value that holds no others. */
static bool read_leaf(struct json_text *j, const struct span *name)
{
	enum doc_kind kind;
	struct span s;

	if (*j->p == '"') {
		kind = DOC_STRING;
		s = read_string(j, &j->value);
	} else {
		s.p = j->p;
		while (j->p < j->end && *j->p &&
			!strchr(" \t\r\n,]}", *j->p))
			j->p++;
		s.len = (size_t)(j->p - s.p);
		kind = *s.p == 'n' ? DOC_NULL :
			*s.p == 't' || *s.p == 'f' ? DOC_BOOL : DOC_NUMBER;
	}
	return doc_build_leaf(j->build, name->p, name->len, kind, s.p, s.len);
}

static bool read_in_object(const struct json_text *j)
{
	const struct doc_build *b = j->build;

	return b->current != DOC_NONE &&
		node_kind(&b->nodes[b->current]) == DOC_OBJECT;
}

/* One token: a bracket, or a value with its name before it. */
static bool read_step(struct json_text *j)
{
	struct span name = { NULL, 0 };

	if (*j->p == '}' || *j->p == ']') {
		j->p++;
		return doc_build_close(j->build);
	}
	if (read_in_object(j)) {
		name = read_string(j, &j->key);
		read_skip(j, " \t\r\n:");
	}
	if (*j->p != '{' && *j->p != '[')
		return read_leaf(j, &name);
	return doc_build_open(j->build, name.p, name.len,
		*j->p++ == '{' ? DOC_OBJECT : DOC_ARRAY);
}

static bool fail_at(const char *start, const char *at, enum error_kind kind,
	const char *why, struct error *err)
{
	int line = 1, column = 1;

	for (const char *p = start; p < at; p++) {
		column = *p == '\n' ? 1 : column + 1;
		line += *p == '\n';
	}
	return error_set(err, kind, "bad JSON at %d:%d: %s", line, column,
		why);
}

static bool read_limit(const struct json_text *j, struct error *err)
{
	return fail_at(j->start, j->p, ERR_LIMIT,
		j->build->fault == BUILD_TOO_DEEP ?
		"nested deeper than 128 levels" :
		"more than one document can hold", err);
}

static struct doc *read_text(const struct doc_names *names,
	const char *bytes, size_t len, struct error *err)
{
	struct json_text j = {
		.build = doc_build_new(names), .start = bytes, .p = bytes,
		.end = bytes + len, .key = STR_INIT, .value = STR_INIT,
	};
	bool ok = true;

	read_skip(&j, " \t\r\n");
	while (ok && j.p < j.end) {
		ok = read_step(&j);
		read_skip(&j, " \t\r\n,");
	}
	if (!ok) {
		read_limit(&j, err);
		doc_build_free(j.build);
		j.build = NULL;
	}
	str_clear(&j.key);
	str_wipe(&j.value);
	return j.build ? doc_build_seal(j.build) : NULL;
}

/* What jansson found, without the piece of text that it quotes. */
static bool read_fail(const json_error_t *e, struct error *err)
{
	const char *quote = strstr(e->text, " near '");
	int len = quote ? (int)(quote - e->text) : (int)strlen(e->text);

	if (json_error_code(e) == json_error_stack_overflow)
		return error_set(err, ERR_LIMIT, "bad JSON at %d:%d: nested "
			"deeper than 128 levels", e->line, e->column);
	return error_set(err, ERR_PARSE, "bad JSON at %d:%d: %.*s", e->line,
		e->column, len, e->text);
}

static struct doc *read_last_wins(const struct doc_names *names,
	const char *bytes, size_t len, struct error *err)
{
	json_error_t e;
	json_t *root = json_loadb(bytes, len, LOAD_FLAGS, &e);
	char *text = root ? json_dumps(root, DUMP_FLAGS) : NULL;
	struct doc *d = NULL;

	if (text)
		d = read_text(names, text, strlen(text), err);
	else if (root)
		error_set(err, ERR_LIMIT, "JSON nested too deep");
	else
		read_fail(&e, err);
	free(text);
	json_decref(root);
	return d;
}

struct doc *doc_read_json(const struct doc_names *names, const char *bytes,
	size_t len, struct error *err)
{
	const char *nul;
	json_error_t e;
	json_t *root;

	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		bytes += 3, len -= 3;
	/* jansson takes a NUL behind a number for its end, and goes on. */
	nul = memchr(bytes, 0, len);
	if (nul) {
		fail_at(bytes, nul, ERR_PARSE, "a NUL byte", err);
		return NULL;
	}
	root = json_loadb(bytes, len, LOAD_FLAGS | JSON_REJECT_DUPLICATES |
		JSON_DECODE_INT_AS_REAL, &e);
	if (root) {
		json_decref(root);
		return read_text(names, bytes, len, err);
	}
	if (json_error_code(&e) == json_error_duplicate_key)
		return read_last_wins(names, bytes, len, err);
	read_fail(&e, err);
	return NULL;
}
