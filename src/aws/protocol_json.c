/* SPDX-License-Identifier: MIT */
/* JSON 1.0 and 1.1: one object, the operation in X-Amz-Target. */
#include "aws/protocol_form.h"

bool protocol_encode_json(struct message *m, const struct fields *fields,
	struct error *err)
{
	const struct service *service = fields->service;
	struct tree *tree = tree_new();
	bool ok;

	m->method = "POST";
	m->content_type = service->protocol == PROTOCOL_JSON_1_0 ?
		"application/x-amz-json-1.0" : "application/x-amz-json-1.1";
	str_add(&m->path, "/");
	str_addf(&m->headers, "x-amz-target: %s.%s\n", service->target,
		fields->operation->name);
	if (service->flags & SERVICE_QUERY_CODES)
		str_add(&m->headers, "x-amzn-query-mode: true\n");
	for (size_t i = 0; i < fields->count; i++) {
		const struct parameter *p = fields->items[i].parameter;

		tree_add(tree, p->wire ? p->wire : p->path,
			&fields->items[i]);
	}
	ok = tree_add_json(&m->body, tree, err);
	tree_free(tree);
	return ok;
}
