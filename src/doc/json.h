/* SPDX-License-Identifier: MIT */
/* A whole JSON text to a document. Inside doc/ only; see reader.h. */
#ifndef DOC_JSON_H
#define DOC_JSON_H

#include "base/error.h"
#include "doc/doc.h"

struct doc *doc_read_json(const struct doc_names *names, const char *bytes,
	size_t len, struct error *err);

#endif
