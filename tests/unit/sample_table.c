/* SPDX-License-Identifier: MIT */
#include "sample_table.h"

#include "base/str.h"
#include "doc/reader.h"
#include "fetch/location.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum role derive_double(const struct cell *cell, struct str *out)
{
	str_addn(out, cell->text ? cell->text : "", cell->len);
	str_addn(out, cell->text ? cell->text : "", cell->len);
	return ROLE_LINK;
}

static bool hidden_shadow(const struct cell *cell)
{
	return str_eq(cell->row_kind, "shadow");
}

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "Name|Folder", .format = FORMAT_NATURAL, .w80 = 12, .w132 = 20,
	  .wmany = 8, .grow = 1, .keep = true },
	{ .name = "text", .title = "Text", .path = "Text", .w80 = 8, .w132 = 8 },
	{ .name = "state", .title = "State", .path = "State", .format = FORMAT_STATE, .w80 = 10, .w132 = 10,
	  .keep = true },
	{ .name = "number", .title = "Number", .path = "Number", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "size", .title = "Size", .path = "Size", .format = FORMAT_SIZE, .w80 = 9, .w132 = 9 },
	{ .name = "age", .title = "Age", .path = "Born", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "time", .title = "Time", .path = "Born", .format = FORMAT_TIME, .w132 = 19 },
	{ .name = "date", .title = "Date", .path = "Born", .format = FORMAT_DATE },
	{ .name = "bool", .title = "Bool", .path = "Bool", .format = FORMAT_BOOL, .w132 = 4 },
	{ .name = "address", .title = "Address", .path = "Address", .format = FORMAT_ADDRESS, .w132 = 15 },
	{ .name = "money", .title = "Money", .path = "Money", .format = FORMAT_MONEY, .w132 = 9, .billed = true },
	{ .name = "key", .title = "Key", .path = "Key", .format = FORMAT_URL_TEXT },
	{ .name = "double", .title = "Double", .path = "Text", .derive = derive_double },
	{ .name = "colour", .title = "Colour", .path = "Colour", .join = "colours", .w132 = 8 },
	{ 0 }
};

static const struct parameter parameters[] = {
	{ .path = "Box" },
	{ .path = "Names[]" },
	{ .path = "Filters[].Name" },
	{ .path = "Filters[].Values[]" },
	{ .path = "Size", .type = VALUE_INTEGER },
	{ .path = "Token" },
	{ .path = "Constant" },
	{ .path = "Mine" },
	{ 0 }
};

static const struct operation list = {
	.name = "ListThings", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters,
	.paging = { .token_in = "Token", .token_out = "Next", .size = "Size", .size_value = "3" }
};

static const struct operation paint = {
	.name = "DescribeColours", .effect = EFFECT_READ, .repeat = REPEAT_SAFE, .parameters = parameters
};

static const struct argument arguments[] = {
	{ .path = "Constant", .value = "always" },
	{ 0 }
};

static const struct argument whole[] = {
	{ .path = "Mine", .value = "self" },
	{ 0 }
};

static const struct join joins[] = {
	{ .name = "colours", .operation = &paint, .rows = "Colours/Item", .key = "Name", .here = "Name",
	  .ids = "Names[]", .batch = 2, .scope = JOIN_VISIBLE },
	{ 0 }
};

static const struct drill folder_drills[] = {
	{ .title = "Inside", .resource = "things", .enter = true, .arguments = {
		{ .parameter = "Box" },
		{ .parameter = "Filters[0].Name", .value = "folder" },
		{ .parameter = "Filters[0].Values[0]", .path = "Folder" } } },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Twins", .resource = "things", .arguments = {
		{ .parameter = "Box", .path = "Twin" } } },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .name = "folder", .path = "Folders", .drills = folder_drills },
	{ .name = "thing", .path = "Things/Item" },
	{ .name = "shadow", .path = "Shadows/Item" },
	{ 0 }
};

static const struct action actions[] = {
	{ .name = "poke", .title = "Poke", .key = 'p', .kind = EFFECT_CHANGE, .operation = &paint,
	  .target = "Names[]", .batch = 2 },
	{ 0 }
};

static const struct service service = {
	.name = "sample", .title = "Sample", .env = "SAMPLE", .prefix = "sample", .version = "2026-11-23",
	.protocol = PROTOCOL_REST_XML
};

static const struct resource things = {
	.name = "things", .aliases = "th", .title = "Things", .one = "thing", .service = &service,
	.list = &list, .arguments = arguments, .whole = whole, .rows = rows, .identity = { "Name|Folder", "Version" },
	.label = "Label", .columns = columns, .sort = "name,-size", .joins = joins, .drills = drills,
	.actions = actions, .tags = { "Tags/Tag", "Key", "Value" }, .region_path = "Region",
	.account_path = "../../Owner", .scope = { "Box" }, .get = "Names[]", .id_prefix = "th-",
	.arn = "arn:{partition}:sample:{region}:{account}:{Box}/{id}",
	.console = "https://{console}/sample?region={region}#{id}", .lists = "Folders", .hidden = hidden_shadow,
	.refresh = 20
};

const struct resource *sample_resource(void)
{
	return &things;
}

void sample_open(struct sample *s)
{
	struct error err = ERROR_INIT;

	s->names = doc_names_new();
	s->compiled = compiled_new(&things, s->names, &err);
	if (!s->compiled) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	doc_names_freeze(s->names);
}

void sample_close(struct sample *s)
{
	compiled_free(s->compiled);
	doc_names_free(s->names);
}

struct doc *sample_read(const struct sample *s, const char *xml)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(READER_XML, s->names, xml, strlen(xml),
		&err);

	if (!d) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	return d;
}

static void add_items(struct str *xml, unsigned first, unsigned count,
	const char *what)
{
	for (unsigned i = first; i < first + count; i++)
		str_addf(xml, "<Item><Name>%s-%u</Name><Text>text %u</Text>"
			"<State>%s</State><Number>%u</Number><Size>%u</Size>"
			"<Born>2026-11-%02uT12:00:00Z</Born><Bool>%s</Bool>"
			"<Address>10.0.%u.%u</Address><Money>%u.5</Money>"
			"</Item>", what, i, i, i % 3 ? "running" : "error", i,
			i * 1024, 1 + i % 22, i % 2 ? "true" : "false",
			i / 250, i % 250, i);
}

struct doc *sample_page(const struct sample *s, unsigned first,
	unsigned count)
{
	struct str xml = STR_INIT;
	struct doc *d;

	str_add(&xml, "<Reply><Owner>123456789012</Owner><Things>");
	add_items(&xml, first, count, "thing");
	str_add(&xml, "</Things><Shadows>");
	add_items(&xml, first, count, "shadow");
	str_add(&xml, "</Shadows></Reply>");
	d = sample_read(s, xml.p);
	str_clear(&xml);
	return d;
}

struct location *sample_location(void)
{
	struct location *p = location_new(&things);

	location_set(p, "Box", "box-1");
	return p;
}
