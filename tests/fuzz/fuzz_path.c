/* SPDX-License-Identifier: MIT */
/* Any text as a path, over a document of each kind. */
#include "doc/path.h"
#include "doc/reader.h"

#include <stdlib.h>
#include <string.h>

static const char xml[] = "<r><a t=\"1\">x</a><a><b>1</b><b>2</b></a><item>"
	"<key>Name</key><value>v</value></item><c/></r>";
static const char json[] = "{\"a\": [{\"b\": 1}, [{\"b\": [2, 3]}]],"
	" \"key\": \"Name\", \"\": {\"a\": null}}";

struct seen {
	const struct doc *doc;
	uint32_t first, last;
	size_t count;
};

static void check(bool right)
{
	if (!right)
		abort();
}

static bool visit(void *data, uint32_t node)
{
	struct seen *seen = data;

	check(seen->count == 0 || node > seen->last);
	if (seen->count++ == 0)
		seen->first = node;
	seen->last = node;
	doc_name(seen->doc, node, NULL);
	return true;
}

static void follow(const struct path *p, const struct doc *d, uint32_t from)
{
	struct seen seen = { .doc = d, .first = DOC_NONE };
	size_t len;
	const char *text = path_text(p, d, from, &len);

	check(path_each(p, d, from, visit, &seen) == seen.count);
	check(path_first(p, d, from) == seen.first);
	check(!text || text[len] == '\0');
	for (uint32_t i = doc_child(d, from); i != DOC_NONE;
		i = doc_next(d, i))
		follow(p, d, i);
}

/* With and without names, that must make no difference. */
static void run(const char *text, enum reader_form form, const char *bytes,
	size_t len)
{
	struct doc_names *names = doc_names_new();
	struct error err = ERROR_INIT;
	struct path *with = path_compile(names, text, &err);
	struct path *without = path_compile(NULL, text, &err);
	struct doc *d;

	check(!with == !without);
	check(with || err.kind == ERR_USAGE);
	doc_names_freeze(names);
	error_reset(&err);
	d = reader_read(form, names, bytes, len, &err);
	check(d);
	if (with) {
		follow(with, d, 0);
		follow(without, d, 0);
		check(path_first(with, d, 0) == path_first(without, d, 0));
		check(strcmp(path_source(with), text) == 0);
	}
	path_free(with);
	path_free(without);
	doc_unref(d);
	doc_names_free(names);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
	char *text = malloc(len + 1);

	if (!text)
		return 0;
	memcpy(text, data, len);
	text[len] = '\0';
	run(text, READER_XML, xml, sizeof(xml) - 1);
	run(text, READER_JSON, json, sizeof(json) - 1);
	free(text);
	return 0;
}
