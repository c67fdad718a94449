/* SPDX-License-Identifier: MIT */
/*
 * Text as people see it: UTF-8, display columns, natural order. And the one
 * door between bytes from outside and a screen, a log or a shell:
 * text_sanitise(). Any thread.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Appends text fit for a terminal: C0 and C1 controls, DEL, bidi controls
 * (U+061C, 200E/F, 202A-E, 2066-9), line and paragraph separators, BOM and
 * bytes that are not UTF-8 become a visible one-column sign (U+FFFD, or '?'
 * where ascii); at most four combining marks stay on one base character.
 * Newline and tab become a space.
 */
void text_sanitise(struct str *out, const char *bytes, size_t len,
	bool ascii);

/* Decodes one character; returns its bytes (1 for a bad byte, *cp then
 * U+FFFD), 0 at the end. */
size_t text_decode(const char *s, size_t len, uint32_t *cp);
size_t text_encode(uint32_t cp, char out[4]);

/* Columns of one character: 0, 1 or 2. ambiguous: what East Asian
 * Ambiguous characters take on this terminal (1 or 2). */
int text_cp_width(uint32_t cp, int ambiguous);
size_t text_width(const char *s, size_t len, int ambiguous);

/* How many bytes of s fit into columns; *used says how many they take. */
size_t text_fit(const char *s, size_t len, size_t columns, int ambiguous,
	size_t *used);

/* web-2 before web-10; ASCII case ignored, ties by byte order. */
int text_natural_compare(const char *a, size_t alen, const char *b,
	size_t blen);

/* First place of needle in hay, ASCII case ignored; needle is lower case.
 * NULL: none. */
const char *text_find(const char *hay, size_t len, const char *needle,
	size_t needle_len);

/* ASCII letters small, as text_find() wants its needle; appends. */
void text_add_lower(struct str *out, const char *text);

/* 1,234,567 — 12.3 GiB — 41d: each appends. */
void text_add_grouped(struct str *out, int64_t number);
void text_add_size(struct str *out, uint64_t bytes);
void text_add_age(struct str *out, int64_t ms);

#endif
