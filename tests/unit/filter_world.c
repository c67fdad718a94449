/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "filter_world.h"

#include "doc/reader.h"

#include <string.h>

#define NOW INT64_C(1795435200000)       /* 2026-11-23T12:00:00Z */

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "tags/[key=Name]/value",
	  .format = FORMAT_NATURAL, .w132 = 10 },
	{ .name = "state", .title = "State", .path = "state",
	  .format = FORMAT_STATE, .w132 = 10 },
	{ .name = "count", .title = "Count", .path = "count",
	  .format = FORMAT_NUMBER, .w132 = 5 },
	{ .name = "size", .title = "Size", .path = "size",
	  .format = FORMAT_SIZE, .w132 = 5 },
	{ .name = "price", .title = "Price", .path = "price",
	  .format = FORMAT_MONEY, .w132 = 5 },
	{ .name = "age", .title = "Age", .path = "made",
	  .format = FORMAT_AGE, .w132 = 5 },
	{ .name = "launched", .title = "Launched", .path = "made",
	  .format = FORMAT_TIME },
	{ .name = "private_ip", .title = "IP", .path = "ip",
	  .format = FORMAT_ADDRESS, .w132 = 15 },
	{ .name = "encrypted", .title = "Enc", .path = "safe",
	  .format = FORMAT_BOOL, .w132 = 3 },
	{ .name = "check", .title = "Check", .path = "ok", .join = "checks",
	  .w132 = 3 },
	{ 0 }
};

static const struct operation list = { .name = "List",
	.effect = EFFECT_READ };
static const struct join joins[] = {
	{ .name = "checks", .operation = &list, .rows = "x", .key = "id",
	  .here = "id" },
	{ 0 }
};
static const struct row_kind kinds[] = { { .path = "item" }, { 0 } };
static const struct resource boxes = {
	.name = "boxes", .title = "Boxes", .one = "box", .list = &list,
	.rows = kinds, .identity = { "id" }, .columns = columns,
	.joins = joins, .tags = { "tags/t", "key", "value" },
	.account_path = "owner"
};
static const struct resource bare = {
	.name = "bare", .title = "Bare", .one = "bare", .list = &list,
	.rows = kinds, .identity = { "id" }, .columns = columns + 1,
	.joins = joins
};

static const char page[] = "<r>"
	"<item><id>b-1</id><owner>111122223333</owner><state>running</state>"
	"<count>1500</count><size>5368709120</size><price>0.5</price>"
	"<made>2026-11-23T11:30:00Z</made><ip>10.1.2.3</ip><safe>true</safe>"
	"<place><tenancy>dedicated</tenancy></place><tags>"
	"<t><key>Name</key><value>web-server-1</value></t>"
	"<t><key>env</key><value>prod</value></t>"
	"<t><key>aws:autoscaling:groupName</key><value>fleet</value></t>"
	"</tags><nets><n><sub>subnet-0a</sub></n><n><sub>subnet-0b</sub></n>"
	"</nets></item>"
	"<item><id>b-2</id><owner>444455556666</owner><state>stopped</state>"
	"<count>20</count><size>500000000</size><price>12</price>"
	"<made>2026-11-13T12:00:00Z</made><ip>10.200.0.7</ip>"
	"<safe>false</safe><place><tenancy>default</tenancy></place><tags>"
	"<t><key>Name</key><value>db-10</value></t>"
	"<t><key>Env</key><value>Pre-prod</value></t>"
	"<t><key>marked</key><value/></t></tags></item>"
	"<item><id>b-3</id><state>running</state><count>none</count>"
	"<size>0</size><price>1234.56</price><made>2025-01-02T00:00:00Z</made>"
	"<ip>2001:db8::5</ip><tags>"
	"<t><key>Name</key><value>db-9</value></t></tags>"
	"<disk>/dev/xvda</disk></item>"
	"<item><id>b-4</id><made>2026-12-24T00:00:00Z</made></item>"
	"</r>";

static struct {
	struct doc_names *names;
	struct compiled *boxes, *bare;
	struct segment *segment;
} world;

struct filter *boxes_filter(const char *text)
{
	struct error err = ERROR_INIT;
	struct filter *f = filter_compile(world.boxes, text, &err);

	if (!f)
		fail_msg("%s: %s", text, err.text);
	return f;
}

static void expect_in(struct segment *segment, const char *text,
	const char *ids)
{
	struct filter *f = boxes_filter(text);
	char found[8] = "";
	size_t n = 0;

	for (uint32_t i = 0; i < segment->count; i++)
		if (filter_match(f, (struct row){ segment, i }, NULL))
			found[n++] = (char)('1' + i);
	filter_unref(f);
	if (strcmp(found, ids) != 0)
		fail_msg("%s: \"%s\" instead of \"%s\"", text, found, ids);
}

void expect(const char *text, const char *ids)
{
	struct segment plain = *world.segment;

	plain.text = NULL;
	plain.text_at = NULL;
	expect_in(world.segment, text, ids);
	expect_in(&plain, text, ids);
}

void expect_error(const char *text, const char *part)
{
	struct error err = ERROR_INIT;
	struct filter *f = filter_compile(world.boxes, text, &err);

	if (f)
		fail_msg("%s is taken", text);
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, part))
		fail_msg("%s: %s", text, err.text);
}

const struct compiled *boxes_compiled(void)
{
	return world.boxes;
}

const struct compiled *boxes_bare(void)
{
	return world.bare;
}

struct segment *boxes_segment(void)
{
	return world.segment;
}

int boxes_open(void **state)
{
	struct error err = ERROR_INIT;
	struct location *location = location_new(&boxes);

	(void)state;
	world.names = doc_names_new();
	world.boxes = compiled_new(&boxes, world.names, &err);
	world.bare = compiled_new(&bare, world.names, &err);
	doc_names_freeze(world.names);
	if (!world.boxes || !world.bare)
		return -1;
	world.segment = segment_new(world.boxes, NULL, location, "eu-west-1",
		reader_read(READER_XML, world.names, page, sizeof(page) - 1,
		&err), NOW);
	segment_index(world.segment);
	location_unref(location);
	return 0;
}

int boxes_close(void **state)
{
	(void)state;
	segment_unref(world.segment);
	compiled_free(world.boxes);
	compiled_free(world.bare);
	doc_names_free(world.names);
	return 0;
}
