/* SPDX-License-Identifier: MIT */
/*
 * The growable string. p is always NUL-terminated (also when empty) and may
 * hold NULs inside. A cap stops runaway growth: past it the string stays as
 * it was, `full` is set, and the adders return false; without a cap it is
 * 1 GiB. A full string takes nothing more until it is reset or cleared, so
 * it never has holes. One owner, no locking.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
	char *p;
	size_t len;
	size_t room;   /* bytes allocated; 0: p is a constant */
	size_t cap;    /* most bytes ever, 0: the default */
	bool full;
};

#define STR_INIT { .p = (char *)"" }
#define STR_INIT_CAP(most) { .p = (char *)"", .cap = (most) }

void str_init(struct str *s, size_t cap);
void str_clear(struct str *s);            /* frees; usable again */
void str_reset(struct str *s);            /* len 0, keeps the room */
void str_wipe(struct str *s);             /* overwrites, then frees */
void str_truncate(struct str *s, size_t len);
bool str_add(struct str *s, const char *text);
bool str_addn(struct str *s, const char *bytes, size_t len);
bool str_addc(struct str *s, char c);
bool str_addf(struct str *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool str_addvf(struct str *s, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* The heap string, now the caller's to free; s is empty afterwards. */
char *str_take(struct str *s);

/* Percent-encodes all but A-Za-z0-9-_.~ and the bytes of `keep`. */
bool str_add_uri(struct str *s, const char *bytes, size_t len,
	const char *keep);
bool str_add_hex(struct str *s, const unsigned char *bytes, size_t len);
bool str_add_base64(struct str *s, const unsigned char *bytes, size_t len);

/* Decodes %XX, and + as a space if plus; bad escapes stay as they are. */
bool str_add_unuri(struct str *s, const char *text, size_t len, bool plus);

/* False: not base64; s is then unchanged. */
bool str_add_unbase64(struct str *s, const char *text, size_t len);

bool str_eq(const char *a, const char *b);        /* NULL equals NULL only */
bool str_ieq(const char *a, const char *b);       /* ASCII case ignored */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* Whole text as a number within [low, high]; no sign games, no spaces. */
bool str_int(const char *text, long low, long high, long *out);

#endif
