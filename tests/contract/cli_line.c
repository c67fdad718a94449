/* SPDX-License-Identifier: MIT */
/*
 * Prints calls as lines for the AWS CLI and as tucuxi itself sends them, one
 * JSON object a line, for cli_line.py to hold one against the other. The
 * argument is the endpoint that the lines name.
 */
#include "aws/protocol.h"
#include "aws/protocol_cli.h"
#include "catalogue/catalogue.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARGUMENTS_MOST 32

static const char *endpoint;

static void print(const struct service *service,
	const struct operation *operation, const struct argument *arguments,
	size_t count)
{
	const struct cli_where where = { .region = "eu-west-1",
		.endpoint = endpoint };
	struct error err = ERROR_INIT;
	struct str line = STR_INIT;
	struct message m;
	json_t *out = json_object();

	message_init(&m);
	if (!protocol_cli(&line, service, operation, arguments, count, &where,
	    &err) || !protocol_encode(&m, service, operation, arguments,
	    count, &err)) {
		fprintf(stderr, "%s: %s\n", operation->name, err.text);
		exit(1);
	}
	json_object_set_new(out, "name", json_string(operation->name));
	json_object_set_new(out, "line", json_string(line.p));
	json_object_set_new(out, "method", json_string(m.method));
	json_object_set_new(out, "path", json_string(m.path.p));
	json_object_set_new(out, "query", json_string(m.query.p));
	json_object_set_new(out, "body", json_string(m.body.p));
	if (m.bucket)
		json_object_set_new(out, "bucket", json_string(m.bucket));
	json_dumpf(out, stdout, JSON_SORT_KEYS);
	putchar('\n');
	json_decref(out);
	message_clear(&m);
	str_clear(&line);
}

static void add(struct argument *to, size_t *count, const char *parameter,
	const char *value, unsigned first)
{
	if (*count < ARGUMENTS_MOST)
		to[(*count)++] = (struct argument){ .path = parameter,
			.value = value, .index = { first } };
}

static void add_constants(struct argument *to, size_t *count,
	const struct argument *constants)
{
	for (; constants && constants->path && *count < ARGUMENTS_MOST;
	     constants++) {
		to[*count] = *constants;
		if (str_eq(constants->value, ARGUMENT_NOW))
			to[*count].value = "2026-11-23T00:14:00Z";
		(*count)++;
	}
}

static void print_list(const struct resource *r)
{
	struct argument a[ARGUMENTS_MOST];
	size_t count = 0;

	add_constants(a, &count, r->arguments);
	if (!r->get)
		add_constants(a, &count, r->whole);
	for (size_t i = 0; i < SCOPES && r->scope[i]; i++)
		add(a, &count, r->scope[i], i ? "a b/it's+é" : "bucket", 0);
	if (r->get)
		add(a, &count, r->get, "an-id-0123", 0);
	print(r->service, r->list, a, count);
}

static const char *sample(const struct action_field *f,
	const struct parameter *p)
{
	static char choice[64];

	switch (p->type) {
	case VALUE_BOOLEAN:
		return "true";
	case VALUE_INTEGER:
	case VALUE_DOUBLE:
		return "5";
	case VALUE_TIMESTAMP:
		return "2026-11-23T00:14:00Z";
	case VALUE_STRING:
	case VALUE_BLOB:
		break;
	}
	if (!f->choices)
		return "a 'text', \"quoted\"; $HOME `x` \\ é";
	snprintf(choice, sizeof(choice), "%.*s",
		(int)strcspn(f->choices, " "), f->choices);
	return choice;
}

/* Not what is put together of parts, goes elsewhere, or holds bytes. */
static bool is_plain(const struct action *act)
{
	if (!act->operation || !act->target || act->to_regions ||
	    !operation_parameter(act->operation, act->target))
		return false;
	for (const struct action_field *f = act->fields; f && f->name; f++) {
		const struct parameter *p = f->parameter ?
			operation_parameter(act->operation, f->parameter) :
			NULL;

		if (f->parameter && (!p || p->type == VALUE_BLOB))
			return false;
	}
	return true;
}

static void print_action(const struct resource *r, const struct action *act)
{
	struct argument a[ARGUMENTS_MOST];
	size_t count = 0;

	if (!is_plain(act))
		return;
	add_constants(a, &count, act->arguments);
	for (const struct action_field *f = act->fields; f && f->name; f++)
		if (!f->secret && f->parameter && operation_parameter(
		    act->operation, f->parameter))
			add(a, &count, f->parameter, sample(f,
				operation_parameter(act->operation,
				f->parameter)), 0);
	for (unsigned i = 0; i < (act->batch > 1 ? 2 : 1); i++)
		add(a, &count, act->target, i ? "i-2" : "i-1", i);
	if (operation_parameter(act->operation, "DryRun"))
		add(a, &count, "DryRun", "true", 0);
	print(r->service, act->operation, a, count);
}

/* Shapes that the tables may not have yet. */
static const struct parameter run_parameters[] = {
	{ .path = "ImageId" },
	{ .path = "MinCount", .type = VALUE_INTEGER, .cli = "count" },
	{ .path = "MaxCount", .type = VALUE_INTEGER, .cli = "count" },
	{ .path = "DisableApiTermination", .type = VALUE_BOOLEAN },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ .path = "BlockDeviceMappings[].DeviceName",
	  .wire = "BlockDeviceMapping.N.DeviceName" },
	{ .path = "BlockDeviceMappings[].Ebs.VolumeSize", .type = VALUE_INTEGER,
	  .wire = "BlockDeviceMapping.N.Ebs.VolumeSize" },
	{ .path = "BlockDeviceMappings[].Ebs.Encrypted", .type = VALUE_BOOLEAN,
	  .wire = "BlockDeviceMapping.N.Ebs.Encrypted" },
	{ .path = "TagSpecifications[].ResourceType", .wire = "TagSpecification.N.ResourceType" },
	{ .path = "TagSpecifications[].Tags[].Key", .wire = "TagSpecification.N.Tag.N.Key" },
	{ .path = "TagSpecifications[].Tags[].Value", .wire = "TagSpecification.N.Tag.N.Value" },
	{ .path = "IamInstanceProfile.Name" },
	{ 0 }
};

static const struct operation run_instances = { .name = "RunInstances",
	.parameters = run_parameters };

static const struct argument run_arguments[] = {
	{ .path = "ImageId", .value = "ami-1" },
	{ .path = "MinCount", .value = "1" },
	{ .path = "MaxCount", .value = "2" },
	{ .path = "DisableApiTermination", .value = "true" },
	{ .path = "DryRun", .value = "false" },
	{ .path = "BlockDeviceMappings[].DeviceName", .value = "/dev/xvda" },
	{ .path = "BlockDeviceMappings[].Ebs.VolumeSize", .value = "20" },
	{ .path = "BlockDeviceMappings[].Ebs.Encrypted", .value = "true" },
	{ .path = "BlockDeviceMappings[].DeviceName", .value = "/dev/xvdb",
	  .index = { 1 } },
	{ .path = "BlockDeviceMappings[].Ebs.Encrypted", .value = "false",
	  .index = { 1 } },
	{ .path = "TagSpecifications[].ResourceType", .value = "instance" },
	{ .path = "TagSpecifications[].Tags[].Key", .value = "Name" },
	{ .path = "TagSpecifications[].Tags[].Value",
	  .value = "it's \"web\", [1] {2} = $(id) é" },
	{ .path = "TagSpecifications[].Tags[].Key", .value = "env",
	  .index = { 0, 1 } },
	{ .path = "TagSpecifications[].Tags[].Value", .value = "prod",
	  .index = { 0, 1 } },
	{ .path = "IamInstanceProfile.Name", .value = "web role" },
};

static const struct parameter filter_parameters[] = {
	{ .path = "Filters[].Name", .wire = "Filter.N.Name" },
	{ .path = "Filters[].Values[]", .wire = "Filter.N.Value.N" },
	{ .path = "InstanceIds[]", .wire = "InstanceId.N" },
	{ 0 }
};

static const struct operation filtered = { .name = "DescribeInstances",
	.parameters = filter_parameters };

static const struct argument short_filters[] = {
	{ .path = "Filters[].Name", .value = "tag:aws:autoscaling:groupName" },
	{ .path = "Filters[].Values[]", .value = "web-1" },
	{ .path = "Filters[].Values[]", .value = "a/b_c.d:e", .index = { 0, 1 } },
	{ .path = "Filters[].Name", .value = "vpc-id", .index = { 1 } },
	{ .path = "Filters[].Values[]", .value = "vpc-1", .index = { 1 } },
};

static const struct argument odd_filters[] = {
	{ .path = "Filters[].Name", .value = "tag:Name" },
	{ .path = "Filters[].Values[]", .value = "a, b=c; it's \"*\" \\ é" },
	{ .path = "Filters[].Values[]", .value = "", .index = { 0, 1 } },
	{ .path = "InstanceIds[]", .value = "[odd]" },
	{ .path = "InstanceIds[]", .value = "-x", .index = { 1 } },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

int main(int argc, char **argv)
{
	struct doc_names *names = doc_names_new();
	struct catalogue *c = catalogue_open(names);
	const struct service *ec2 = catalogue_service_find("ec2");

	endpoint = argc > 1 ? argv[1] : NULL;
	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct resource *r = catalogue_at(c, i);

		print_list(r);
		for (const struct action *a = r->actions; a && a->name; a++)
			print_action(r, a);
	}
	print(ec2, &run_instances, run_arguments, COUNT(run_arguments));
	print(ec2, &filtered, short_filters, COUNT(short_filters));
	print(ec2, &filtered, odd_filters, COUNT(odd_filters));
	catalogue_close(c);
	doc_names_free(names);
	return 0;
}
