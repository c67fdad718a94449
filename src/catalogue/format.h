/* SPDX-License-Identifier: MIT */
/*
 * From a value in a document to what stands in a cell, and to what it is
 * sorted by. Cell formats are rows of one table in format.c; computed cells
 * are pure functions in derive.c. Any thread.
 */
#ifndef CATALOGUE_FORMAT_H
#define CATALOGUE_FORMAT_H

#include "base/str.h"
#include "doc/doc.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Colour roles of a cell; the theme gives them colours, signs go with
 * them so that colour is never alone. */
enum role {
	ROLE_TEXT,
	ROLE_DIM,
	ROLE_GOOD,
	ROLE_WARN,
	ROLE_BAD,
	ROLE_MONEY,
	ROLE_LINK,
	ROLE_COUNT
};

enum format {
	FORMAT_TEXT = 0,
	FORMAT_NATURAL,  /* names: web-2 before web-10 */
	FORMAT_STATE,    /* sign and colour by AWS's state words */
	FORMAT_NUMBER,   /* right, grouped */
	FORMAT_SIZE,     /* bytes in binary units */
	FORMAT_AGE,      /* a time, shown as how long ago */
	FORMAT_TIME,     /* a time, absolute */
	FORMAT_DATE,
	FORMAT_BOOL,     /* yes, or nothing */
	FORMAT_ADDRESS,  /* IP, sorted by octet */
	FORMAT_MONEY,
	FORMAT_URL_TEXT, /* percent-encoded if the reply says so (S3's
			    encoding-type=url) */
	FORMAT_COUNT_
};

/* The signs in front of states; measured by the terminal, ASCII else. */
struct signs {
	const char *running, *stopped, *moving, *failed, *warn;
};
const struct signs *signs_unicode(void);
const struct signs *signs_ascii(void);

/* A state's word behind its sign, by the one table of AWS's words. */
enum role state_show(const char *text, size_t len, const struct signs *signs,
	struct str *out);

/* What a computed cell may look at. */
struct cell {
	const struct doc *doc;       /* the row */
	uint32_t node;
	const char *text;            /* at the column's path; NULL: nothing */
	size_t len;
	const struct doc *joined;    /* its joined row; NULL: not there */
	uint32_t joined_node;
	bool join_pending;           /* asked, not answered yet: "…" */
	bool join_refused;           /* "?" */
	const char *region;          /* of the row */
	const char *account;         /* who asks; NULL or "": not known. For
					resource.hidden alone */
	const char *parent;          /* last scope value: S3's prefix */
	const char *row_kind;
	int64_t now;                 /* wall ms */
	const struct signs *signs;   /* NULL: no signs (batch output) */
	bool plain;                  /* for programs: as AWS writes it */
};

/* Appends raw text, not sanitised; returns the role. */
typedef enum role derive_function(const struct cell *cell, struct str *out);

/* Formats a leaf's text. Missing values: nothing appended (callers show
 * "-"). */
enum role format_value(enum format format, const char *text, size_t len,
	const struct cell *cell, struct str *out);

bool format_is_right(enum format format);   /* numbers and sizes */
bool format_is_volatile(enum format format);/* ages: never "changed" */

/* Sorting: numbers compare as numbers, times as times (the oldest first),
 * names naturally. A key is a number where the format has one; false: it
 * has none, or the text is not one (missing: lowest). */
bool format_sort_number(enum format format, const char *text, size_t len,
	int64_t *number);

/* For JSON and CSV: the plain value (no signs, ages as ISO times). */
void format_plain(enum format format, const char *text, size_t len,
	struct str *out);
bool format_is_json_number(enum format format);
bool format_is_json_bool(enum format format);

#endif
