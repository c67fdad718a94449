/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include "base/mem.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_CAP ((size_t)1 << 30)

static char nothing[1];

void str_init(struct str *s, size_t cap)
{
	*s = (struct str)STR_INIT_CAP(cap);
}

void str_clear(struct str *s)
{
	if (s->room)
		free(s->p);
	s->p = nothing;
	s->len = s->room = 0;
	s->full = false;
}

void str_reset(struct str *s)
{
	if (s->room)
		s->p[0] = '\0';
	s->len = 0;
	s->full = false;
}

void str_wipe(struct str *s)
{
	if (s->room)
		mem_wipe(s->p, s->room);
	str_clear(s);
}

void str_truncate(struct str *s, size_t len)
{
	if (len >= s->len)
		return;
	s->len = len;
	s->p[len] = '\0';
}

/* Makes place for `more` bytes and the NUL. */
static bool reserve(struct str *s, size_t more)
{
	size_t cap = s->cap ? s->cap : DEFAULT_CAP;
	size_t room;

	if (s->full || s->len > cap || more > cap - s->len) {
		s->full = true;
		return false;
	}
	if (s->len + more < s->room)
		return true;
	room = s->room < 32 ? 32 : s->room * 2;
	if (room <= s->len + more)
		room = s->len + more + 1;
	if (room > cap)
		room = cap + 1;
	s->p = xreallocarray(s->room ? s->p : NULL, room, 1);
	s->room = room;
	return true;
}

bool str_add(struct str *s, const char *text)
{
	return str_addn(s, text, strlen(text));
}

bool str_addn(struct str *s, const char *bytes, size_t len)
{
	if (!len)
		return !s->full;
	if (!reserve(s, len))
		return false;
	memcpy(s->p + s->len, bytes, len);
	s->len += len;
	s->p[s->len] = '\0';
	return true;
}

bool str_addc(struct str *s, char c)
{
	if (!reserve(s, 1))
		return false;
	s->p[s->len++] = c;
	s->p[s->len] = '\0';
	return true;
}

bool str_addf(struct str *s, const char *format, ...)
{
	va_list args;
	bool ok;

	va_start(args, format);
	ok = str_addvf(s, format, args);
	va_end(args);
	return ok;
}

bool str_addvf(struct str *s, const char *format, va_list args)
{
	size_t left = s->room ? s->room - s->len : 0;
	int saved = errno;   /* both passes must print the same for %m */
	va_list again;
	bool ok = false;
	int len;

	va_copy(again, args);
	len = vsnprintf(left ? s->p + s->len : NULL, left, format, args);
	if (len >= 0 && (size_t)len < left && !s->full) {
		s->len += (size_t)len;
		ok = true;
	} else if (len >= 0 && reserve(s, (size_t)len)) {
		errno = saved;
		vsnprintf(s->p + s->len, (size_t)len + 1, format, again);
		s->len += (size_t)len;
		ok = true;
	} else if (left) {
		s->p[s->len] = '\0';
	}
	va_end(again);
	return ok;
}

char *str_take(struct str *s)
{
	char *p = s->room ? s->p : xcalloc(1, 1);

	s->room = 0;
	str_clear(s);
	return p;
}

bool str_eq(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static int lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

bool str_ieq(const char *a, const char *b)
{
	if (!a || !b)
		return a == b;
	while (*a && lower(*a) == lower(*b))
		a++, b++;
	return *a == *b;
}

bool str_starts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

bool str_ends(const char *s, const char *suffix)
{
	size_t len = strlen(s), end = strlen(suffix);

	return len >= end && !memcmp(s + len - end, suffix, end);
}

bool str_int(const char *text, long low, long high, long *out)
{
	const char *digits = text && *text == '-' ? text + 1 : text;
	char *end;
	long value;

	if (!digits || *digits < '0' || *digits > '9')
		return false;
	errno = 0;
	value = strtol(text, &end, 10);
	if (errno || *end || value < low || value > high)
		return false;
	*out = value;
	return true;
}
