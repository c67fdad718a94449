/* SPDX-License-Identifier: MIT */
/*
 * What the wire forms share: arguments matched to the rows of the table,
 * values as text, and the tree of a body's elements. Private to protocol*.c.
 */
#ifndef AWS_PROTOCOL_FORM_H
#define AWS_PROTOCOL_FORM_H

#include "aws/protocol.h"

/* One value that is sent; all pointers are the caller's or the table's. */
struct field {
	const struct parameter *parameter;
	const char *value;
	size_t len;
	unsigned index[2];
	const char *key;        /* of a map, else NULL */
	size_t key_len;
};

struct fields {
	const struct service *service;
	const struct operation *operation;
	struct field *items;
	size_t count, room;
};

/* Constants of the table and the arguments over them, as fields in the order
 * of the table; items are the caller's to free. */
bool protocol_fields(struct fields *fields, const struct argument *arguments,
	size_t count, struct error *err);

enum stamp { STAMP_ISO, STAMP_RFC822, STAMP_EPOCH };

bool protocol_encode_query(struct message *m, const struct fields *fields,
	struct error *err);
bool protocol_encode_json(struct message *m, const struct fields *fields,
	struct error *err);
bool protocol_encode_rest(struct message *m, const struct fields *fields,
	struct error *err);

/* The value as text, checked; blobs in base64. ERR_USAGE names it. */
bool protocol_add_value(struct str *out, const struct field *f,
	enum stamp stamp, struct error *err);

/* The name by which a parameter is sent in a query or a header. */
const char *protocol_wire_name(const struct parameter *p);

/* A body being put together out of fields, in the order they came. */
struct tree;

struct tree *tree_new(void);
void tree_free(struct tree *t);

/* path as in struct parameter's wire; indices from the field. */
void tree_add(struct tree *t, const char *path, const struct field *f);

bool tree_add_json(struct str *out, const struct tree *t,
	struct error *err);

/* With root as the outermost element, in the namespace xmlns (or NULL). */
bool tree_add_xml(struct str *out, const struct tree *t, const char *root,
	const char *xmlns, struct error *err);

#endif
