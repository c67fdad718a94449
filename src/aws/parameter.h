/* SPDX-License-Identifier: MIT */
/*
 * What an operation may be told: rows of parameters in `static const`
 * tables, and the arguments that fill them for one call. Names are those of
 * AWS's service models; protocol_*.c alone turns them into wire names.
 */
#ifndef AWS_PARAMETER_H
#define AWS_PARAMETER_H

#include <stdbool.h>
#include <stddef.h>

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
	const char *cli;      /* the AWS CLI's option, where it is none of its
				 rule; two of one name are LOW:HIGH */
	bool secret;          /* never in journal, log, preview */
	bool token;           /* the idempotency token: filled when missing */

	/* Filled when missing: the region that the call goes to; a URL of
	 * the same call, signed for the region that this parameter names. */
	bool region;
	const char *presigned;
};

/* A value for a parameter; index[] fills its [] from left to right, from 0.
 * value NULL: not sent, though the table has a constant. */
struct argument {
	const char *path;     /* as in struct parameter, map keys filled in */
	const char *value;
	size_t len;           /* of value; 0: strlen */
	unsigned index[2];
};

#endif
