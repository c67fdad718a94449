/* SPDX-License-Identifier: MIT */
/*
 * Partitions, regions and where a service answers (AWS General Reference,
 * "Service endpoints"). Pure functions over static tables; any thread.
 */
#ifndef AWS_REGION_H
#define AWS_REGION_H

#include "aws/profile.h"
#include "aws/service.h"
#include "base/error.h"

#include <stddef.h>

struct partition {
	const char *name;          /* "aws", "aws-cn", … */
	const char *suffix;        /* "amazonaws.com" */
	const char *dualstack;     /* "api.aws" */
	const char *global_region; /* "us-east-1" */
	const char *console;       /* "console.aws.amazon.com" */
};

struct region {
	const char *name;
	const char *title;         /* "Europe (Ireland)" */
	const struct partition *partition;
	bool opt_in;               /* disabled until the account enables it */
};

/* The built-in list, in AWS's order: it needs no call. */
const struct region *region_list(size_t *count);
const struct region *region_find(const char *name);     /* NULL: unknown */

/* By the pattern of the name; unknown ones belong to "aws". */
const struct partition *region_partition(const char *region);

/* By the name that stands in ARNs; NULL: unknown. */
const struct partition *partition_find(const char *name, size_t len);

/* Letters, digits, hyphens, one host label. */
bool region_valid(const char *name);

struct endpoint {
	bool tls;
	char host[256];            /* no port, IPv6 in [] */
	unsigned port;             /* 0: the scheme's */
	char path[256];            /* prefix without trailing slash, or "" */
	char signing_region[64];
	char signing_name[64];
	bool custom;               /* a URL somebody gave */
};

bool endpoint_parse(struct endpoint *e, const char *url, struct error *err);

/* Where `service` in `region` is for this configuration. */
bool endpoint_resolve(struct endpoint *e, const struct aws_config *config,
	const struct service *service, const char *region,
	struct error *err);

/* Would the bucket's name go into the host? (S3 User Guide, "Virtual
 * hosting of buckets") */
bool endpoint_bucket_in_host(const struct endpoint *e,
	const struct aws_config *config, const char *bucket);

#endif
