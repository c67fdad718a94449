/* SPDX-License-Identifier: MIT */
/* XML to a document, piece by piece. Inside doc/ only; see reader.h. */
#ifndef DOC_XML_H
#define DOC_XML_H

#include "base/error.h"
#include "doc/doc.h"

struct xml;

struct xml *xml_new(const struct doc_names *names);
void xml_free(struct xml *x);    /* NULL is fine */
bool xml_feed(struct xml *x, const char *bytes, size_t len,
	struct error *err);
struct doc *xml_finish(struct xml *x, struct error *err);

#endif
