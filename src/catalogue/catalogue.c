/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/mem.h"
#include "base/str.h"
#include "catalogue/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	struct resource resource;    /* the table's row with its service */
	struct compiled *compiled;
};

struct catalogue {
	struct entry *entries;
	size_t count;
};

typedef const struct service *service_door(void);
typedef const struct resource *resource_door(void);

static const struct {
	const char *name;
	service_door *service;
} services[] = {
#define SERVICE(s) { #s, s##_service },
#define RESOURCE(s, r)
#include "catalogue/services.def"
#undef SERVICE
#undef RESOURCE
};

static const struct {
	service_door *service;
	resource_door *resource;
} tables[] = {
#define SERVICE(s)
#define RESOURCE(s, r) { s##_service, s##_##r },
#include "catalogue/services.def"
#undef SERVICE
#undef RESOURCE
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void entry_open(struct entry *entry, const struct resource *row,
	const struct service *service, struct doc_names *names)
{
	struct error err = ERROR_INIT;

	entry->resource = *row;
	entry->resource.service = service;
	entry->compiled = compiled_new(&entry->resource, names, &err);
	if (entry->compiled)
		return;
	fprintf(stderr, "tucuxi: catalogue: %s\n", err.text);
	abort();
}

struct catalogue *catalogue_open(struct doc_names *names)
{
	struct catalogue *c = xcalloc(1, sizeof(*c));

	c->entries = xcalloc(COUNT(tables), sizeof(*c->entries));
	for (; c->count < COUNT(tables); c->count++) {
		entry_open(&c->entries[c->count], tables[c->count].resource(),
			tables[c->count].service(), names);
		c->entries[c->count].compiled->catalogue = c;
	}
	doc_names_freeze(names);
	return c;
}

void catalogue_close(struct catalogue *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->count; i++)
		compiled_free(c->entries[i].compiled);
	free(c->entries);
	free(c);
}

size_t catalogue_count(const struct catalogue *c)
{
	return c->count;
}

const struct resource *catalogue_at(const struct catalogue *c, size_t i)
{
	return i < c->count ? &c->entries[i].resource : NULL;
}

const struct compiled *catalogue_compiled(const struct catalogue *c,
	const struct resource *resource)
{
	for (size_t i = 0; i < c->count; i++)
		if (&c->entries[i].resource == resource)
			return c->entries[i].compiled;
	return NULL;
}

size_t catalogue_service_count(void)
{
	return COUNT(services);
}

const struct service *catalogue_service(size_t i)
{
	return i < COUNT(services) ? services[i].service() : NULL;
}

const struct service *catalogue_service_find(const char *name)
{
	for (size_t i = 0; i < COUNT(services); i++)
		if (str_eq(services[i].name, name))
			return services[i].service();
	return NULL;
}

/* "i-0123…": prefix and hexadecimal digits, nothing else. */
static bool is_id(const char *prefix, const char *id)
{
	const char *rest;

	if (!prefix || !str_starts(id, prefix))
		return false;
	rest = id + strlen(prefix);
	return *rest && !rest[strspn(rest, "0123456789abcdef")];
}

const struct resource *catalogue_of_id(const struct catalogue *c,
	const char *id)
{
	struct arn arn;

	if (str_starts(id, "arn:"))
		return catalogue_of_arn(c, id, &arn);
	for (size_t i = 0; i < c->count; i++)
		if (is_id(c->entries[i].resource.id_prefix, id))
			return &c->entries[i].resource;
	return NULL;
}
