/* SPDX-License-Identifier: MIT */
/* Replies read whole and in pieces, held against what they should give. */
#ifndef UNIT_READER_CHECK_H
#define UNIT_READER_CHECK_H

#include "base/str.h"
#include "doc/reader.h"

/* A document in a form that is easy to compare: name, colon, the kind's
 * letter, "=text" or the children in brackets. */
void show_doc(struct str *out, const struct doc *d, uint32_t node);

/* Reads in pieces of that many bytes. */
struct doc *read_by(enum reader_form form, const char *bytes, size_t len,
	size_t step, struct error *err);

/* In pieces of all sizes it gives that document, or that refusal. */
void expect_doc(enum reader_form form, const char *bytes, size_t len,
	const char *wanted);
void refuse_doc(enum reader_form form, const char *bytes, size_t len,
	enum error_kind kind, const char *wanted);

#endif
