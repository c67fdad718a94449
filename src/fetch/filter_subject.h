/* SPDX-License-Identifier: MIT */
/*
 * The parts of a filter's terms: where a term looks (a column, a tag, any
 * path in the document) and what it compares with, read as the column's
 * format has it.
 */
#ifndef FETCH_FILTER_SUBJECT_H
#define FETCH_FILTER_SUBJECT_H

#include "catalogue/catalogue.h"

#include <stdint.h>

enum subject_type {
	SUBJECT_ROW,               /* everything that people see */
	SUBJECT_COLUMN,
	SUBJECT_ID, SUBJECT_REGION, SUBJECT_ACCOUNT,
	SUBJECT_TAG,
	SUBJECT_PATH
};

struct subject {
	enum subject_type type;
	int column;
	int cell;                /* its place in the row's line; -1: what
				    stands there may differ */
	char *tag;
	struct path *path;
};

enum operator {
	OPERATOR_NONE, OPERATOR_HAS, OPERATOR_EQUAL, OPERATOR_NOT_EQUAL,
	OPERATOR_LESS, OPERATOR_LESS_EQUAL, OPERATOR_MORE,
	OPERATOR_MORE_EQUAL
};

/* The subject and the operator that the text begins with, of *len bytes; 0:
 * it begins with none. False with err: with one that is not there. `ends`
 * are the bytes that end a word. */
bool subject_parse(const struct compiled *compiled, const char *text,
	const char *ends, struct subject *subject, enum operator *operator,
	size_t *len, struct error *err);
void subject_clear(struct subject *subject);
bool subject_equal(const struct subject *a, const struct subject *b);
void subject_of_column(const struct compiled *compiled, int column,
	struct subject *subject);

/* What a cell is compared with: a range, for "2026-11" is a month and
 * 10.0.0.0/8 many addresses. */
struct operand {
	enum operand_type {
		OPERAND_TEXT,
		OPERAND_NUMBER,  /* low, high as format_sort_number has it */
		OPERAND_TIME,    /* wall ms */
		OPERAND_AGE,     /* ms */
		OPERAND_ADDRESS
	} type;
	enum operator operator;  /* but NOT_EQUAL */
	char *text;              /* lower case */
	size_t len;
	enum format format;
	int64_t low, high;
	struct address_range {
		unsigned char low[16], high[16];   /* IPv4: ::ffff:0:0/96 */
	} address;
};

/* False with err: the subject cannot be compared with that. */
bool operand_parse(const struct compiled *compiled,
	const struct subject *subject, enum operator operator,
	const char *text, size_t len, struct operand *out, struct error *err);
void operand_clear(struct operand *operand);
bool operand_equal(const struct operand *a, const struct operand *b);

/* An empty text compares with nothing. now: what ages count from. */
bool operand_holds(const struct operand *operand, const char *text,
	size_t len, int64_t now);

#endif
