/* SPDX-License-Identifier: MIT */
/* N instances made in memory, for one program's benchmarks of tables. */
#ifndef BENCH_WORLD_H
#define BENCH_WORLD_H

#include "base/clock.h"
#include "base/mem.h"
#include "fetch/listing.h"
#include "fetch/table.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PAGE 1000

static struct {
	struct doc_names *names;
	size_t rows;
	unsigned generation;         /* changed between listings only */
} world;

static void leaf(struct doc_build *b, const char *name, const char *text)
{
	doc_build_leaf(b, name, strlen(name), DOC_STRING, text, strlen(text));
}

static void open_item(struct doc_build *b, const char *name)
{
	doc_build_open(b, name, strlen(name), DOC_OBJECT);
}

static void add_tag(struct doc_build *b, const char *key, const char *value)
{
	open_item(b, "item");
	leaf(b, "key", key);
	leaf(b, "value", value);
	doc_build_close(b);
}

/* Spread over the page in an order of its own, as ids and names are. */
static void add_instance(struct doc_build *b, size_t i)
{
	static const char *const roles[] = { "api", "web", "batch", "cache",
		"queue", "search", "mail" };
	uint64_t mixed = (uint64_t)i * 0x9e3779b97f4a7c15u;
	char text[64];

	open_item(b, "item");
	snprintf(text, sizeof(text), "i-%017llx",
		(unsigned long long)(mixed >> 4));
	leaf(b, "instanceId", text);
	leaf(b, "imageId", "ami-0123456789abcdef0");
	open_item(b, "instanceState");
	leaf(b, "code", "16");
	leaf(b, "name", i % 9 == world.generation % 9 ? "stopped" : "running");
	doc_build_close(b);
	leaf(b, "instanceType", i % 3 ? "m7i.large" : "c7g.2xlarge");
	leaf(b, "launchTime", i % 2 ? "2026-11-22T22:06:49.000Z" :
		"2026-10-02T12:00:00.000Z");
	open_item(b, "placement");
	leaf(b, "availabilityZone", i % 2 ? "us-east-1a" : "us-east-1b");
	doc_build_close(b);
	snprintf(text, sizeof(text), "10.%u.%u.%u", (unsigned)(i >> 16 & 255),
		(unsigned)(i >> 8 & 255), (unsigned)(i & 255));
	leaf(b, "privateIpAddress", text);
	leaf(b, "vpcId", "vpc-0123456789abcdef0");
	leaf(b, "subnetId", "subnet-0123456789abcdef0");
	open_item(b, "tagSet");
	add_tag(b, "env", "production");
	snprintf(text, sizeof(text), "prod-%s-%u", roles[mixed >> 32 & 7 ?
		(mixed >> 32 & 7) - 1 : 0], (unsigned)(mixed >> 40 & 0xffff));
	add_tag(b, "Name", text);
	doc_build_close(b);
	doc_build_close(b);
}

static struct doc *make_page(size_t first, size_t count)
{
	struct doc_build *b = doc_build_new(world.names);

	open_item(b, "DescribeInstancesResponse");
	open_item(b, "reservationSet");
	open_item(b, "item");
	leaf(b, "ownerId", "123456789012");
	open_item(b, "instancesSet");
	for (size_t i = 0; i < count; i++)
		add_instance(b, first + i);
	for (int i = 0; i < 4; i++)
		doc_build_close(b);
	return doc_build_seal(b);
}

/* On a worker. */
static bool list(const struct listing *l, struct listing_result *result)
{
	*result = (struct listing_result){ .err = ERROR_INIT };
	for (size_t i = 0; i < world.rows && !cancel_is_set(l->cancel);
	    i += PAGE) {
		size_t count = world.rows - i < PAGE ? world.rows - i : PAGE;
		struct segment *s = segment_new(l->compiled, NULL, l->location,
			l->region, make_page(i, count), clock_wall());

		segment_index(s);
		result->rows += count;
		l->segment(l->data, s);
	}
	return true;
}

#endif
