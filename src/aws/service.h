/* SPDX-License-Identifier: MIT */
/*
 * What a table says about AWS: services, operations, their parameters and
 * paging. Only `static const` tables in src/catalogue/ (and aws/'s own STS
 * and SSO rows) are made of these; every field that is left out is the safe
 * or the usual choice. Names are those of AWS's service models.
 */
#ifndef AWS_SERVICE_H
#define AWS_SERVICE_H

#include "aws/parameter.h"

#include <stdbool.h>
#include <stddef.h>

enum protocol {
	PROTOCOL_QUERY,
	PROTOCOL_EC2,
	PROTOCOL_REST_XML,
	PROTOCOL_REST_JSON,
	PROTOCOL_JSON_1_0,
	PROTOCOL_JSON_1_1
};

/* What a request does to the world; unset is CHANGE (design.md rule 7). */
enum effect {
	EFFECT_CHANGE = 0,
	EFFECT_READ,
	EFFECT_READ_SECRET,
	EFFECT_READ_BILLED,
	EFFECT_HIDES,
	EFFECT_CREDENTIAL,
	EFFECT_DISRUPT,
	EFFECT_DESTROY,
	EFFECT_SPEND,
	EFFECT_COUNT
};

/* May a request that perhaps arrived be sent again? */
enum repeat {
	REPEAT_NEVER = 0,   /* one attempt on a fresh connection */
	REPEAT_SAFE,
	REPEAT_TOKEN        /* yes, its idempotency token goes with it */
};

enum service_flags {
	SERVICE_S3 = 1,        /* bucket in the host, S3's signing rules */
	SERVICE_GLOBAL = 2,    /* one endpoint a partition */
	SERVICE_UNSIGNED = 4,
	SERVICE_QUERY_CODES = 8   /* JSON that still knows its query error
				     codes: SQS, CloudWatch */
};

struct service {
	const char *name;         /* "ec2": ours, and botocore's folder */
	const char *title;        /* "EC2" */
	const char *env;          /* AWS_ENDPOINT_URL_<env>: "EC2" */
	const char *prefix;       /* host: <prefix>.<region>.amazonaws.com */
	const char *signing;      /* NULL: same as prefix */
	const char *version;      /* "2016-11-15" */
	const char *target;       /* X-Amz-Target prefix, JSON protocols */
	const char *cli;          /* the AWS CLI's command; NULL: name */
	enum protocol protocol;
	unsigned flags;
};

/* How an operation is asked for its next page; token_in NULL: it is not.
 * Paths in are parameters, out are document paths from the root. */
struct paging {
	const char *token_in;
	const char *token_out;
	const char *token_in2;   /* a second pair (VersionIdMarker) */
	const char *token_out2;
	const char *more;        /* goes on only while this is "true" */
	const char *size;        /* parameter for the page size */
	const char *size_value;
};

struct operation {
	const char *name;         /* "DescribeInstances" */
	enum effect effect;
	enum repeat repeat;
	const char *method;       /* rest protocols; NULL: POST */
	const char *uri;          /* "/{Bucket}/{Key+}?acl"; NULL: "/" */
	const struct parameter *parameters;  /* ends with a zero row */
	const char *root;         /* rest-xml: element name of the body */
	struct paging paging;
};

const char *effect_name(enum effect effect);     /* "read-secret" */

/* Does read-only mode let it pass? (ux.md 1.4) */
bool effect_is_read(enum effect effect);

/* May it be sent again when nobody knows whether it arrived? Reading may,
 * whatever its row says of repeats. */
bool operation_is_repeatable(const struct operation *op);

/* NULL: it has no such parameter. "Tags{env}" finds "Tags{}". */
const struct parameter *operation_parameter(const struct operation *op,
	const char *path);

#endif
