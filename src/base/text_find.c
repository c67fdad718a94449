/* SPDX-License-Identifier: MIT */
/* Order and search. Both run over every row of a table at every key. */
#include "base/text.h"

#include <string.h>

/* The vector size that every machine of today has; compilers without make
 * plain code of it. */
#define BLOCK 16

typedef unsigned char block __attribute__((vector_size(BLOCK)));

static unsigned char fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && is_digit(s[n]))
		n++;
	return n;
}

static size_t zeros(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == '0')
		n++;
	return n;
}

/* Two runs of digits by their value: without leading zeros the longer one is
 * greater. */
static int compare_numbers(const char *a, size_t alen, const char *b,
	size_t blen)
{
	size_t az = zeros(a, alen), bz = zeros(b, blen);

	if (alen - az != blen - bz)
		return alen - az < blen - bz ? -1 : 1;
	return memcmp(a + az, b + bz, alen - az);
}

static int compare_bytes(const char *a, size_t alen, const char *b,
	size_t blen)
{
	int order = memcmp(a, b, alen < blen ? alen : blen);

	if (order)
		return order;
	return alen < blen ? -1 : alen > blen;
}

int text_natural_compare(const char *a, size_t alen, const char *b,
	size_t blen)
{
	size_t i = 0, j = 0;

	while (i < alen && j < blen) {
		int order;

		if (is_digit(a[i]) && is_digit(b[j])) {
			size_t an = digits(a + i, alen - i);
			size_t bn = digits(b + j, blen - j);

			order = compare_numbers(a + i, an, b + j, bn);
			i += an;
			j += bn;
		} else {
			order = fold(a[i++]) - fold(b[j++]);
		}
		if (order)
			return order;
	}
	if (i < alen || j < blen)
		return i < alen ? 1 : -1;
	return compare_bytes(a, alen, b, blen);
}

static bool matches(const char *hay, const char *needle, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (fold(hay[i]) != (unsigned char)needle[i])
			return false;
	return true;
}

/* Upper case differs from lower by this bit, in letters alone. */
static unsigned char case_bit(char c)
{
	return c >= 'a' && c <= 'z' ? 0x20 : 0;
}

static block spread(unsigned char c)
{
	return (block){ 0 } + c;
}

static block load(const char *p)
{
	block b;

	memcpy(&b, p, sizeof(b));
	return b;
}

/*
 * Wherever the needle stands, its first byte stands, and its last byte so
 * many bytes on: both are looked for at sixteen places at once, and only
 * where both are is the rest compared. A byte with the case bit set may be
 * no letter (0x40 for '`'), so all of it is.
 */
const char *text_find(const char *hay, size_t len, const char *needle,
	size_t needle_len)
{
	const char *p = hay, *last;
	block first_bit, last_bit, first_byte, last_byte;

	if (!needle_len)
		return hay;
	if (needle_len > len)
		return NULL;
	last = hay + (len - needle_len);      /* the last place to look at */
	first_bit = spread(case_bit(needle[0]));
	last_bit = spread(case_bit(needle[needle_len - 1]));
	first_byte = spread((unsigned char)needle[0]);
	last_byte = spread((unsigned char)needle[needle_len - 1]);
	for (; last - p >= BLOCK - 1; p += BLOCK) {
		block hits = (block)((load(p) | first_bit) == first_byte) &
			(block)((load(p + needle_len - 1) | last_bit) ==
				last_byte);
		uint64_t halves[2];

		memcpy(halves, &hits, sizeof(halves));
		if (!(halves[0] | halves[1]))
			continue;
		for (int i = 0; i < BLOCK; i++)
			if (hits[i] && matches(p + i, needle, needle_len))
				return p + i;
	}
	for (; p <= last; p++)
		if (fold(*p) == (unsigned char)needle[0] &&
		    matches(p, needle, needle_len))
			return p;
	return NULL;
}
