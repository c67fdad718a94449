/* SPDX-License-Identifier: MIT */
/*
 * What a table says about AWS: services, operations, their parameters and
 * paging. Only `static const` tables in src/catalogue/ (and aws/'s own STS
 * and SSO rows) are made of these; every field that is left out is the safe
 * or the usual choice. Names are those of AWS's service models.
 */
#ifndef AWS_SERVICE_H
#define AWS_SERVICE_H

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
	enum protocol protocol;
	unsigned flags;
};

enum parameter_place {
	PLACE_BODY = 0,
	PLACE_URI,            /* {Name} or {Name+} in operation.uri */
	PLACE_QUERY,
	PLACE_HEADER,
	PLACE_PAYLOAD         /* the whole body, as it is */
};

enum value_type {
	VALUE_STRING = 0,
	VALUE_INTEGER,
	VALUE_DOUBLE,
	VALUE_BOOLEAN,        /* "true" or "false" */
	VALUE_TIMESTAMP,      /* ISO 8601 in, wire form by protocol */
	VALUE_BLOB            /* raw in, base64 by protocol */
};

/*
 * One parameter that an operation may be sent. `path` is AWS's member path,
 * "Filters[].Values[]"; `wire` its name on the wire where that is not the
 * protocol's rule: for query and ec2 with N for each index
 * ("Filter.N.Value.N"), else the query or header name ("max-keys").
 * A path may end in a map, "Tags{}", whose key the argument names,
 * "Tags{env}" (header maps: wire is the prefix, "x-amz-meta-"). In bodies of
 * rest-xml and JSON, wire is a path of elements: "Object[].Key" repeats
 * <Object>, "TagSet.Tag[].Key" repeats <Tag> within <TagSet>, "@xsi:type" is
 * an attribute.
 */
struct parameter {
	const char *path;
	const char *wire;
	enum parameter_place place;
	enum value_type type;
	const char *value;    /* sent always, unless an argument says else */
	bool secret;          /* never in journal, log, preview */
	bool token;           /* the idempotency token: filled when missing */
};

/* A value for a parameter; index[] fills its [] from left to right, from 0.
 * value NULL: not sent, though the table has a constant. */
struct argument {
	const char *path;     /* as in struct parameter, map keys filled in */
	const char *value;
	size_t len;           /* of value; 0: strlen */
	unsigned index[2];
};

/* How an operation is asked for its next page; token_in NULL: it is not.
 * Paths in are parameters, out are document paths from the root. */
struct paging {
	const char *token_in;
	const char *token_out;
	const char *token_in2;   /* a second pair (KeyMarker, VersionIdMarker) */
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
