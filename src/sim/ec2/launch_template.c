/* SPDX-License-Identifier: MIT */
/* Launch templates and their versions, which are things of their own. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400000)
#define PAGE_MOST 200
#define DATA "launchTemplateData/"

static void seed_version(struct world *w, const struct thing *of,
	unsigned number, const char *type, unsigned image)
{
	struct thing *t = things_born(w, version_kind(), w->born -
		(40 - number) * DAY);

	thing_set(t, "launchTemplateId", "%s", of->id);
	thing_set(t, "launchTemplateName", "%s", thing_get(of,
		"launchTemplateName", w->born));
	thing_set(t, "versionNumber", "%u", number);
	if (number > 1)
		thing_set(t, "versionDescription", "image of %u days ago",
			40 - number);
	thing_set(t, DATA "imageId", "ami-0%016llx", (unsigned long long)
		world_id(w, ID_IMAGE, image));
	thing_set(t, DATA "instanceType", "%s", type);
	thing_set(t, DATA "keyName", "ops-2025");
	thing_set(t, DATA "metadataOptions/httpTokens", number > 1 ?
		"required" : "optional");
}

static void seed(struct world *w)
{
	static const struct {
		const char *name, *type;
		unsigned image, latest, normal;
	} rows[] = {
		{ "web-prod", "m6i.large", 0, 12, 11 },
		{ "api-prod", "m7g.large", 1, 4, 4 },
		{ "batch", "c6i.4xlarge", 2, 2, 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct thing *t = things_born(w, template_kind(),
			w->born - 39 * DAY);

		thing_set(t, "launchTemplateName", "%s", rows[i].name);
		thing_set(t, "createdBy", "arn:aws:iam::%s:user/anna",
			w->account);
		thing_set(t, "defaultVersionNumber", "%u", rows[i].normal);
		thing_set(t, "latestVersionNumber", "%u", rows[i].latest);
		for (unsigned n = 1; n <= rows[i].latest; n++)
			seed_version(w, t, n, rows[i].type, rows[i].image);
	}
}

static struct thing *by_name(struct call *c, const char *name)
{
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(c->world, template_kind(), c->now, &cursor)))
		if (thing_is(t, "launchTemplateName", name, c->now))
			return t;
	call_error(c, 400, "InvalidLaunchTemplateName.NotFoundException",
		"The specified launch template, with template name %s, does "
		"not exist.", name);
	return NULL;
}

static struct thing *by_id(struct call *c, const char *id)
{
	struct thing *t = things_find(c->world, template_kind(), id, c->now);

	if (!t && !world_id_valid("lt-", id))
		call_error(c, 400, "InvalidLaunchTemplateId.Malformed",
			"Invalid id: \"%s\" (expecting \"lt-...\")", id);
	else if (!t)
		call_error(c, 400, "InvalidLaunchTemplateId.NotFound", "The "
			"specified launch template, with template ID %s, does "
			"not exist.", id);
	return t;
}

/* Named by id or by name, not by both; NULL: answered. */
static struct thing *need(struct call *c)
{
	const char *id = call_param(c, "LaunchTemplateId");
	const char *name = call_param(c, "LaunchTemplateName");

	if (id && name) {
		call_error(c, 400, "InvalidParameterCombination", "Either "
			"LaunchTemplateId or LaunchTemplateName may be given, "
			"not both.");
		return NULL;
	}
	if (!id && !name) {
		call_error(c, 400, "MissingParameter", "Either "
			"LaunchTemplateId or LaunchTemplateName must be "
			"given.");
		return NULL;
	}
	return id ? by_id(c, id) : by_name(c, name);
}

/* "$Latest", "$Default" or a number, as a number. */
static const char *version_number(const struct call *c,
	const struct thing *t, const char *asked)
{
	if (str_eq(asked, "$Latest"))
		return thing_get(t, "latestVersionNumber", c->now);
	if (str_eq(asked, "$Default"))
		return thing_get(t, "defaultVersionNumber", c->now);
	return asked;
}

static struct thing *find_version(struct call *c, const struct thing *of,
	const char *asked)
{
	const char *number = version_number(c, of, asked);
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(c->world, version_kind(), c->now, &cursor)))
		if (thing_is(t, "launchTemplateId", of->id, c->now) &&
			thing_is(t, "versionNumber", number, c->now))
			return t;
	call_error(c, 400, "InvalidLaunchTemplateId.VersionNotFound", "Could "
		"not find the specified version %s for the launch template "
		"with ID %s.", asked, of->id);
	return NULL;
}

static const struct thing *template_of(const struct call *c,
	const struct thing *version)
{
	return things_find(c->world, template_kind(), thing_get(version,
		"launchTemplateId", c->now), c->now);
}

static bool is_default(const struct call *c, const struct thing *version)
{
	const struct thing *of = template_of(c, version);

	return of && thing_is(version, "versionNumber", thing_get(of,
		"defaultVersionNumber", c->now), c->now);
}

/* Of those asked for; all if none is. */
static bool is_asked(struct call *c, const struct thing *version,
	const struct thing *of)
{
	const char *number = thing_get(version, "versionNumber", c->now);
	struct call_pairs asked = { 0 };
	bool ok;

	call_list(c, "LaunchTemplateVersion", &asked);
	ok = asked.count == 0;
	for (size_t i = 0; i < asked.count; i++)
		ok |= str_eq(version_number(c, of, asked.items[i].value),
			number);
	VEC_FREE(&asked);
	return ok;
}

/* Every version that is named has to be there. */
static bool check_versions(struct call *c, const struct thing *of)
{
	struct call_pairs asked = { 0 };
	bool ok = true;

	call_list(c, "LaunchTemplateVersion", &asked);
	if (!of && asked.count == 0)
		ok = call_error(c, 400, "MissingParameter", "Either a launch "
			"template or the versions $Latest and $Default must "
			"be given.");
	for (size_t i = 0; ok && i < asked.count; i++) {
		const char *value = asked.items[i].value;

		if (of)
			ok = find_version(c, of, value) != NULL;
		else if (*value != '$')
			ok = call_error(c, 400, "InvalidParameterCombination",
				"A version number needs a launch template.");
	}
	VEC_FREE(&asked);
	return ok;
}

static void write_version(struct call *c, const struct thing_row *row)
{
	xml_add(c->out, "<item><defaultVersion>%b</defaultVersion>",
		(int)is_default(c, row->thing));
	thing_write(c->out, row);
	str_add(c->out, "</item>");
}

/* Where to go on; 0: nowhere. */
static uint64_t write_page(struct call *c, const struct thing *of,
	const struct ec2_filters *filters, size_t at, size_t size)
{
	size_t cursor = at;
	const struct thing *t;

	while (size > 0 && (t = things_next(c->world, version_kind(), c->now,
		&cursor))) {
		const struct thing *its = template_of(c, t);
		struct thing_row row;

		thing_row_fill(c->world, t, c->now, &row);
		if (!its || (of && its != of) || !is_asked(c, t, its) ||
			!ec2_filters_pass(filters, &row))
			continue;
		write_version(c, &row);
		size--;
	}
	return size == 0 && things_next(c->world, version_kind(), c->now,
		&(size_t){ cursor }) ? cursor : 0;
}

static void describe_versions(struct call *c)
{
	bool named = call_param(c, "LaunchTemplateId") ||
		call_param(c, "LaunchTemplateName");
	const struct thing *of = NULL;
	struct ec2_filters *filters;
	uint64_t at, next;
	size_t size;

	if (!ec2_page_read(c, PAGE_MOST, &at, &size) || ec2_dry_run(c) ||
		(named && !(of = need(c))) || !check_versions(c, of))
		return;
	filters = ec2_filters_new(c, NULL, version_kind()->members);
	if (!filters)
		return;
	call_open(c);
	str_add(c->out, "<launchTemplateVersionSet>");
	next = write_page(c, of, filters, (size_t)at, size < PAGE_MOST ?
		size : PAGE_MOST);
	str_add(c->out, "</launchTemplateVersionSet>");
	if (next)
		ec2_page_write(c, next);
	call_close(c);
	ec2_filters_free(filters);
}

static void modify(struct call *c)
{
	const char *version = call_param(c, "SetDefaultVersion");
	struct thing *t = need(c), *found;

	if (!t)
		return;
	if (!version) {
		call_error(c, 400, "MissingParameter", "The request must "
			"contain the parameter SetDefaultVersion");
		return;
	}
	found = find_version(c, t, version);
	if (!found || ec2_dry_run(c))
		return;
	thing_set(t, "defaultVersionNumber", "%s", thing_get(found,
		"versionNumber", c->now));
	things_reply(c, t, "launchTemplate");
}

static void delete(struct call *c)
{
	struct thing *t = need(c), *version;
	size_t cursor = 0;

	if (!t || ec2_dry_run(c))
		return;
	while ((version = things_next(c->world, version_kind(), c->now,
		&cursor)))
		if (thing_is(version, "launchTemplateId", t->id, c->now))
			things_remove(version, c->now);
	things_reply(c, t, "launchTemplate");
	things_remove(t, c->now);
}

static const struct thing_member members[] = {
	{ "launchTemplateId", NULL, FROM_ID, NULL, NULL },
	{ "launchTemplateName", "launch-template-name", FROM_NOTHING, NULL, NULL },
	{ "createTime", "create-time", FROM_TIME, NULL, NULL },
	{ "createdBy", NULL, FROM_NOTHING, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "DeleteLaunchTemplate", .run = delete, .write = true,
	  .parameters = "LaunchTemplateId LaunchTemplateName" },
	{ .name = "DescribeLaunchTemplates", .run = things_describe,
	  .parameters = EC2_FILTERS EC2_PAGE "LaunchTemplateId.N LaunchTemplateName.N" },
	{ .name = "ModifyLaunchTemplate", .run = modify, .write = true,
	  .parameters = "ClientToken LaunchTemplateId LaunchTemplateName SetDefaultVersion" },
	{ .name = NULL }
};

static const struct thing_name names[] = {
	{ "LaunchTemplateName", "launchTemplateName", "InvalidLaunchTemplateName.NotFoundException", NULL },
	{ .param = NULL }
};

static const struct thing_kind templates = {
	.list = { .set = "launchTemplates", .id_param = "LaunchTemplateId", .id_name = "launch template",
		.prefix = "lt-", .malformed = "InvalidLaunchTemplateId.Malformed",
		.not_found = "InvalidLaunchTemplateId.NotFound", .page_most = PAGE_MOST, .stored = true },
	.type = "launch-template", .describe = "DescribeLaunchTemplates", .members = members,
	.names = names, .actions = actions, .seed = seed,
};

#define DATA_FILTER(member, filter) \
	{ DATA member, filter, FROM_NOTHING, NULL, NULL }

static const struct thing_member version_members[] = {
	{ "launchTemplateId", NULL, FROM_NOTHING, NULL, NULL },
	{ "createTime", "create-time", FROM_TIME, NULL, NULL },
	DATA_FILTER("imageId", "image-id"),
	DATA_FILTER("instanceType", "instance-type"),
	DATA_FILTER("ebsOptimized", "ebs-optimized"),
	DATA_FILTER("keyName", "key-name"),
	DATA_FILTER("metadataOptions/httpTokens", "http-tokens"),
	{ .path = NULL }
};

static const struct sim_action version_actions[] = {
	{ .name = "DescribeLaunchTemplateVersions", .run = describe_versions,
	  .parameters = EC2_FILTERS EC2_PAGE "LaunchTemplateId LaunchTemplateName LaunchTemplateVersion.N" },
	{ .name = NULL }
};

static const struct thing_kind versions = {
	.list = { .set = "launchTemplateVersionSet", .id_param = "LaunchTemplateVersion",
		.id_name = "launch template version", .prefix = "ltv-", .page_most = PAGE_MOST, .stored = true },
	.members = version_members, .actions = version_actions,
};

const struct thing_kind *template_kind(void)
{
	return &templates;
}

const struct thing_kind *version_kind(void)
{
	return &versions;
}
