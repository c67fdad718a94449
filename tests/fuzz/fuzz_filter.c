/* SPDX-License-Identifier: MIT */
/* Any text as a filter over rows of every format: with and without index it
 * says the same, and what narrows does. Two lines: a filter and one that it
 * is held against. */
#include "fetch/filter.h"

#include "base/mem.h"
#include "doc/reader.h"

#include <stdlib.h>
#include <string.h>

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "tags/[key=Name]/value", .format = FORMAT_NATURAL, .w132 = 1 },
	{ .name = "state", .title = "State", .path = "state", .format = FORMAT_STATE, .w132 = 1 },
	{ .name = "n", .title = "Count", .path = "n", .format = FORMAT_NUMBER, .w132 = 1 },
	{ .name = "size", .title = "Size", .path = "n", .format = FORMAT_SIZE },
	{ .name = "cost", .title = "Cost", .path = "n", .format = FORMAT_MONEY },
	{ .name = "age", .title = "Age", .path = "made", .format = FORMAT_AGE, .w132 = 1 },
	{ .name = "made", .title = "Made", .path = "made", .format = FORMAT_TIME },
	{ .name = "ip", .title = "IP", .path = "ip", .format = FORMAT_ADDRESS, .w132 = 1 },
	{ .name = "safe", .title = "Safe", .path = "safe", .format = FORMAT_BOOL, .w132 = 1 },
	{ 0 }
};
static const struct operation list = { .name = "List", .effect = EFFECT_READ };
static const struct row_kind kinds[] = { { .path = "item" }, { 0 } };
static const struct resource boxes = {
	.name = "boxes", .title = "Boxes", .one = "box", .list = &list,
	.rows = kinds, .identity = { "id" }, .columns = columns,
	.tags = { "tags/t", "key", "value" }
};

static const char page[] = "<r><item><id>b-1</id><state>running</state>"
	"<n>1500</n><made>2026-11-23T11:30:00Z</made><ip>10.1.2.3</ip>"
	"<safe>true</safe><tags><t><key>Name</key><value>web-1</value></t>"
	"<t><key>env</key><value>prod</value></t></tags></item>"
	"<item><id>b-2</id><state>stopped</state><n>0.5</n><ip>::1</ip>"
	"<made>1763856840</made><tags><t><key>Name</key><value>db "
	"\303\251</value></t><t><key>x</key><value/></t></tags></item>"
	"<item><id>b-3</id></item></r>";

static struct {
	struct doc_names *names;
	struct compiled *compiled;
	struct segment *segment, bare;
} world;

static void check(bool right)
{
	if (!right)
		abort();
}

static void begin(void)
{
	struct error err = ERROR_INIT;
	struct location *location = location_new(&boxes);

	world.names = doc_names_new();
	world.compiled = compiled_new(&boxes, world.names, &err);
	doc_names_freeze(world.names);
	check(world.compiled);
	world.segment = segment_new(world.compiled, NULL, location, "r",
		reader_read(READER_XML, world.names, page, sizeof(page) - 1,
		&err), INT64_C(1795435200000));
	segment_index(world.segment);
	location_unref(location);
	world.bare = *world.segment;
	world.bare.text = NULL;
	world.bare.text_at = NULL;
}

static struct filter *compile(const char *text)
{
	struct error err = ERROR_INIT;
	struct filter *f = filter_compile(world.compiled, text, &err);

	check(f ? err.kind == ERR_NONE : err.kind == ERR_USAGE && *err.text);
	return f;
}

static bool ask(const struct filter *f, uint32_t row)
{
	bool found = filter_match(f, (struct row){ world.segment, row }, NULL);

	check(found == filter_match(f, (struct row){ &world.bare, row },
		NULL));
	return found;
}

static void mark(const struct filter *f)
{
	static const char cell[] = "web-1 db \303\251";
	size_t from = 0, start, end;

	for (int column = -1; column < 2; column++)
		for (from = 0; filter_highlight_cell(f, column, cell,
		     sizeof(cell) - 1, from, &start, &end); from = end)
			check(start >= from && end > start &&
				end < sizeof(cell));
}

static void compare(const struct filter *a, const struct filter *b)
{
	bool narrows = filter_narrows(a, b);

	for (uint32_t row = 0; row < world.segment->count; row++)
		check(!narrows || !ask(a, row) || ask(b, row));
}

/* What no row without the word can match. */
static void drive(const struct filter *f)
{
	size_t len;
	bool enough;
	const char *word = filter_driver(f, &len, &enough);

	check(!word || len == strlen(word));
	filter_joins(f, 0);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t len)
{
	char *text = xstrndup((const char *)data, len), *next;
	struct filter *a, *b;

	if (!world.names)
		begin();
	next = strchr(text, '\n');
	if (next)
		*next++ = '\0';
	a = compile(text);
	b = compile(next ? next : "");
	if (a && b) {
		check(strcmp(filter_source(a), text) == 0);
		check(filter_narrows(a, NULL));
		compare(a, b);
		compare(b, a);
		mark(a);
		drive(a);
	}
	filter_unref(a);
	filter_unref(b);
	free(text);
	return 0;
}
