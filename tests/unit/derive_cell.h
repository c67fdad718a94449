/* SPDX-License-Identifier: MIT */
/* Rows and cells out of little XML texts, for tests of computed cells. */
#ifndef TESTS_DERIVE_CELL_H
#define TESTS_DERIVE_CELL_H

#include "catalogue/derive.h"
#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795392000000)       /* 2026-11-23T00:00:00Z */

static enum role role;

static struct doc *read_xml(const char *xml)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(READER_XML, NULL, xml, strlen(xml), &err);

	if (!d)
		fail_msg("%s", err.text);
	return d;
}

/* A cell of a row and of what is joined to it; the roots are the rows. */
static void cell_open(struct cell *cell, const char *row, const char *joined)
{
	*cell = (struct cell){ .now = NOW, .signs = signs_ascii() };
	cell->doc = read_xml(row);
	cell->joined = joined ? read_xml(joined) : NULL;
	cell->joined_node = joined ? 0 : DOC_NONE;
}

static void cell_close(struct cell *cell)
{
	doc_unref((struct doc *)(uintptr_t)cell->doc);
	doc_unref((struct doc *)(uintptr_t)cell->joined);
}

static void gives(derive_function *derive, const struct cell *cell,
	const char *want)
{
	struct str out = STR_INIT;

	role = derive(cell, &out);
	assert_string_equal(out.p, want);
	str_clear(&out);
}

static inline void with_text(struct cell *cell, const char *text)
{
	cell->text = text;
	cell->len = text ? strlen(text) : 0;
}

#endif
