/* SPDX-License-Identifier: MIT */
/*
 * A table of no AWS service: a row of every kind and a column of every
 * format, for tests of whatever lives on tables. sample_page() is a reply
 * of it.
 */
#ifndef TESTS_SAMPLE_TABLE_H
#define TESTS_SAMPLE_TABLE_H

#include "catalogue/catalogue.h"

struct sample {
	struct doc_names *names;
	struct compiled *compiled;
};

/* Resource "things": folders, things and shadows (which are hidden). */
const struct resource *sample_resource(void);
void sample_open(struct sample *s);
void sample_close(struct sample *s);

/* From a reply in XML; the caller's reference. */
struct doc *sample_read(const struct sample *s, const char *xml);

/* count things thing-<first>…, then the same number of shadows. */
struct doc *sample_page(const struct sample *s, unsigned first,
	unsigned count);

/* A location "Box=box-1". */
struct location *sample_location(void);

#endif
