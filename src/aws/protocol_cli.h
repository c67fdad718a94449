/* SPDX-License-Identifier: MIT */
/*
 * A call as a line for the AWS CLI, to be pasted into a shell: `aws ec2
 * describe-volumes --volume-ids vol-1 --region eu-west-1`. Names by
 * botocore's xform_name, lists and structures in the CLI's own short form
 * where that is safe, else as JSON. Secrets are not in it: a word in angle
 * brackets stands in their place. Pure; any thread.
 */
#ifndef AWS_PROTOCOL_CLI_H
#define AWS_PROTOCOL_CLI_H

#include "aws/service.h"
#include "base/error.h"
#include "base/str.h"

/* Options that every command has; NULL or "": left out. */
struct cli_where {
	const char *region, *profile, *endpoint;
};

/* ERR_USAGE: an argument that the operation has no parameter for, or one
 * whose value it cannot be. */
bool protocol_cli(struct str *out, const struct service *service,
	const struct operation *operation, const struct argument *arguments,
	size_t count, const struct cli_where *where, struct error *err);

/* "DescribeDBInstances" as "describe-db-instances"; appends. */
void protocol_cli_name(struct str *out, const char *name, size_t len);

/* One word as a shell reads it back; appends. */
void protocol_cli_quote(struct str *out, const char *text, size_t len);

#endif
