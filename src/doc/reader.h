/* SPDX-License-Identifier: MIT */
/*
 * Bytes in, document out. XML goes through libxml2's SAX2 push parser while
 * it arrives: no DTD, no entities but the five, no network, namespaces
 * dropped. JSON is collected and checked by jansson at the end; numbers keep
 * their text, those beyond a double's range (1E400) are refused; where a key
 * comes twice the last one wins. Limits: depth 128, reader_new's max_bytes.
 * One thread at a time.
 */
#ifndef DOC_READER_H
#define DOC_READER_H

#include "base/error.h"
#include "doc/doc.h"

enum reader_form { READER_XML, READER_JSON };

struct reader;

struct reader *reader_new(enum reader_form form,
	const struct doc_names *names, size_t max_bytes);
void reader_free(struct reader *r);      /* NULL is fine */

/* False: ERR_PARSE (with line and column) or ERR_LIMIT; feeding more is
 * then harmless and does nothing. */
bool reader_feed(struct reader *r, const char *bytes, size_t len,
	struct error *err);

/* The caller's reference; NULL on error, a cut document included. */
struct doc *reader_finish(struct reader *r, struct error *err);

/* Whole buffer at once. */
struct doc *reader_read(enum reader_form form, const struct doc_names *names,
	const char *bytes, size_t len, struct error *err);

/* Once at program start, before threads; and at the end. */
void reader_global_init(void);
void reader_global_clear(void);

#endif
