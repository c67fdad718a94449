/* SPDX-License-Identifier: MIT */
#include "cli/verb.h"

#include <string.h>

static const struct verb verbs[] = {
	{ .name = "ls", .arguments = "RESOURCE [options]", .run = verb_ls,
	  .help = "the same table on standard output; `ls s3://BUCKET/PREFIX` lists objects" },
	{ .name = "get", .arguments = "RESOURCE ID [-o yaml|json|xml]", .run = verb_get,
	  .help = "one whole document" },
	{ .name = "creds", .arguments = "", .run = verb_creds,
	  .help = "which credentials and region are used, and why" },
	{ .name = "regions", .arguments = "", .run = verb_regions, .offline = true,
	  .help = "the regions tucuxi knows" },
	{ .name = "endpoints", .arguments = "[SERVICE]", .run = verb_endpoints, .offline = true,
	  .help = "where each service answers, by region" },
	{ .name = "resources", .arguments = "", .run = verb_resources, .offline = true,
	  .help = "what can be listed, with the short names" },
	{ .name = "sim", .arguments = "[--port N] [--instances N] [--seed N] [--latency MS] [--fault SPEC]",
	  .offline = true,
	  .help = "the simulator alone, as a server on 127.0.0.1" },
	{ .name = NULL },
};

const struct verb *verb_table(void)
{
	return verbs;
}

const struct verb *verb_find(const char *name)
{
	for (const struct verb *v = verbs; v->name; v++)
		if (!strcmp(v->name, name))
			return v;
	return NULL;
}
