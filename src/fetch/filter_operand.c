/* SPDX-License-Identifier: MIT */
/*
 * Values as people write them: 1,000 1k 5GiB 500MB 30d 2026-11 10.0.0.0/8.
 * By hand where the C library reads numbers as the locale has them.
 */
#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "fetch/filter_subject.h"

#include <arpa/inet.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000)
#define DAY (86400 * SECOND)
#define AGE_MOST (INT64_C(10000) * 365 * DAY)
#define PARTS 10000          /* of a number: four decimals */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits, commas among them, and a point; where it ends, NULL: no number. */
static const char *read_decimal(const char *p, double *number)
{
	double scale = 1;
	bool any = false;

	for (*number = 0; is_digit(*p) || (any && *p == ',' &&
	    is_digit(p[1])); p++) {
		if (*p == ',')
			continue;
		*number = *number * 10 + (*p - '0');
		any = true;
	}
	if (*p == '.')
		for (p++; is_digit(*p); p++, any = true)
			*number += (*p - '0') * (scale /= 10);
	return any ? p : NULL;
}

/* What one of this unit is; 0: unknown. A bare letter is a thousand of what
 * is counted, but of bytes as many as the table shows: 5G is 5 GiB. */
static double read_unit(const char *unit, bool bytes)
{
	static const char letters[] = "kmgtpe";
	const char *letter = *unit ? strchr(letters, *unit | 0x20) : NULL;
	double step = bytes ? 1024 : 1000;
	const char *rest = letter ? unit + 1 : unit;

	if (bytes && letter && str_ieq(rest, "b"))
		step = 1000;
	else if (*rest && !(bytes && (letter ? str_ieq(rest, "i") ||
	    str_ieq(rest, "ib") : str_ieq(rest, "b"))))
		return 0;
	return letter ? pow(step, (double)(letter - letters) + 1) : 1;
}

/* As programs write it, then as the format counts it. */
static bool read_number(enum format format, const char *text,
	struct operand *o)
{
	bool bytes = format == FORMAT_SIZE, negative = *text == '-';
	const char *p = text + negative;
	char plain[48];
	double number, unit;
	int64_t parts;
	int len;

	p = read_decimal(p + (format == FORMAT_MONEY && *p == '$'), &number);
	unit = p ? read_unit(p, bytes) : 0;
	number *= unit;
	if (unit <= 0 || number >= (bytes ? 9e18 : 9e14))
		return false;
	if (bytes) {
		snprintf(plain, sizeof(plain), "%s%lld", negative ? "-" : "",
			(long long)llround(number));
	} else {
		parts = llround(number * PARTS);
		len = snprintf(plain, sizeof(plain), "%s%lld.%04lld",
			negative ? "-" : "", (long long)(parts / PARTS),
			(long long)(parts % PARTS));
		if (parts % PARTS == 0)
			plain[len - 5] = '\0';
	}
	o->type = OPERAND_NUMBER;
	o->format = format;
	if (!format_sort_number(format, plain, strlen(plain), &o->low))
		return false;
	o->high = o->low;
	return true;
}

static int64_t age_unit(const char **p)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = {
		{ "mo", 30 * DAY }, { "s", SECOND }, { "m", 60 * SECOND },
		{ "h", 3600 * SECOND }, { "d", DAY }, { "w", 7 * DAY },
		{ "y", 365 * DAY }
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t len = strlen(units[i].name);

		if (strncmp(*p, units[i].name, len) == 0) {
			*p += len;
			return units[i].ms;
		}
	}
	return 0;
}

/* 30d, 1d12h, -2h (ahead). Equal is what the table shows as that: 30d is 30
 * days and some hours. */
static bool read_age(const char *text, struct operand *o)
{
	bool negative = *text == '-';
	const char *p = text + negative;
	int64_t unit = 0;

	o->low = 0;
	if (!*p)
		return false;
	while (*p) {
		int64_t n = 0;

		if (!is_digit(*p))
			return false;
		for (; is_digit(*p); p++)
			if (n < AGE_MOST)
				n = n * 10 + (*p - '0');
		unit = age_unit(&p);
		if (!unit || n > AGE_MOST / unit ||
		    (o->low += n * unit) > AGE_MOST)
			return false;
	}
	if (negative)
		o->low = -o->low;
	o->high = o->low;
	if (o->operator == OPERATOR_EQUAL && negative)
		o->low -= unit - 1;
	else if (o->operator == OPERATOR_EQUAL)
		o->high += unit - 1;
	o->type = OPERAND_AGE;
	return true;
}

/* The first moment of the next year or month. */
static bool next_month(const char *text, size_t len, int64_t *wall)
{
	int year = 0, month = 12;
	char next[32];

	for (size_t i = 0; i < 4; i++)
		year = year * 10 + (text[i] - '0');
	if (len == 7)
		month = (text[5] - '0') * 10 + text[6] - '0';
	year += month == 12;
	month = month == 12 ? 1 : month + 1;
	snprintf(next, sizeof(next), "%04d-%02d-01", year, month);
	return clock_parse(next, strlen(next), wall);
}

/* How long a moment of so many characters is; 0: it stops in the middle. */
static int64_t moment_length(size_t len)
{
	switch (len) {
	case 4: case 7: return DAY;
	case 10: return DAY;
	case 13: return 3600 * SECOND;
	case 16: return 60 * SECOND;
	case 19: return SECOND;
	default: return 0;
	}
}

/* A moment in full, or the beginning of one, in UTC: 2026, 2026-11,
 * 2026-11-23, 2026-11-23T10. */
static bool read_time(const char *text, struct operand *o)
{
	static const char pattern[] = "0000-01-01T00:00:00";
	char full[sizeof(pattern)];
	size_t len = strlen(text);
	int64_t length = moment_length(len);

	o->type = OPERAND_TIME;
	for (size_t i = 0; length && i < len; i++) {
		bool wants_digit = is_digit(pattern[i]);

		if (wants_digit ? !is_digit(text[i]) :
		    (text[i] | 0x20) != (pattern[i] | 0x20))
			length = 0;
	}
	if (!length) {
		if (strspn(text, "-.0123456789") == len ||
		    !clock_parse(text, len, &o->low))
			return false;
		o->high = o->low + (o->low % SECOND ? 0 : SECOND - 1);
		return true;
	}
	memcpy(full, pattern, sizeof(pattern));
	memcpy(full, text, len);
	if (!clock_parse(full, sizeof(pattern) - 1, &o->low))
		return false;
	o->high = o->low + length;
	if (len <= 7 && !next_month(text, len, &o->high))
		return false;
	o->high--;
	return true;
}

/* 10, 10.1, 10.1.2: the beginning of an address. */
static bool read_beginning(const char *text, unsigned char out[16],
	unsigned *bits)
{
	unsigned octets = 0;

	for (; is_digit(*text) && octets < 4; octets++) {
		unsigned value = 0;

		for (; is_digit(*text) && value < 256; text++)
			value = value * 10 + (unsigned)(*text - '0');
		if (value > 255)
			return false;
		out[12 + octets] = (unsigned char)value;
		if (*text == '.')
			text++;
	}
	*bits = 96 + 8 * octets;
	return octets && !*text;
}

static bool read_bits(const char *text, unsigned first, unsigned *bits)
{
	unsigned value = 0;

	if (!is_digit(*text))
		return false;
	for (; is_digit(*text) && value < 1000; text++)
		value = value * 10 + (unsigned)(*text - '0');
	*bits = first + value;
	return !*text && *bits <= 128;
}

/* An address is a range of one. */
static bool read_address(const char *text, size_t len, bool beginnings,
	struct address_range *out)
{
	unsigned char *low = out->low;
	unsigned bits = 128, first = 96;
	char buffer[64], *slash;

	if (!len || len >= sizeof(buffer))
		return false;
	memcpy(buffer, text, len);
	buffer[len] = '\0';
	slash = strchr(buffer, '/');
	if (slash)
		*slash = '\0';
	memset(low, 0, 16);
	if (strchr(buffer, ':')) {
		if (inet_pton(AF_INET6, buffer, low) != 1)
			return false;
		first = 0;
	} else {
		memset(low + 10, 0xff, 2);
		if (inet_pton(AF_INET, buffer, low + 12) != 1) {
			memset(low + 12, 0, 4);
			if (!beginnings ||
			    !read_beginning(buffer, low, &bits))
				return false;
		}
	}
	if (slash && !read_bits(slash + 1, first, &bits))
		return false;
	for (unsigned i = 0; i < 16; i++) {
		unsigned kept = bits > 8 * i ? bits - 8 * i : 0;
		unsigned mask = kept >= 8 ? 0 : 0xffu >> kept;

		low[i] = (unsigned char)(low[i] & ~mask);
		out->high[i] = (unsigned char)(low[i] | mask);
	}
	return true;
}

static bool read_yes(struct operand *o)
{
	static const char *const words[] = { "yes", "true", "no", "false" };

	for (size_t i = 0; o->len && i < 4; i++) {
		const char *plain = i < 2 ? "true" : "false";

		if (!str_starts(words[i], o->text))
			continue;
		free(o->text);
		o->text = xstrdup(plain);
		o->len = strlen(plain);
		return true;
	}
	return false;
}

/* What has no format is compared as what it is compared with. */
static void guess(struct operand *o)
{
	bool block = strchr(o->text, '/');

	if (block || o->operator != OPERATOR_EQUAL) {
		if (read_address(o->text, o->len, false, &o->address)) {
			o->type = OPERAND_ADDRESS;
			return;
		}
	}
	if (o->operator == OPERATOR_EQUAL)
		return;
	if (!read_number(FORMAT_NUMBER, o->text, o) &&
	    !read_number(FORMAT_SIZE, o->text, o) && !read_age(o->text, o) &&
	    !read_time(o->text, o))
		o->type = OPERAND_TEXT;
}

static bool read_as(enum format format, struct operand *o, const char **want)
{
	switch (format) {
	case FORMAT_NUMBER:
	case FORMAT_MONEY:
		*want = "no number, as in 1,000 or 1.5k";
		return read_number(format, o->text, o);
	case FORMAT_SIZE:
		*want = "no size, as in 500MB or 5GiB";
		return read_number(format, o->text, o);
	case FORMAT_AGE:
	case FORMAT_TIME:
	case FORMAT_DATE:
		*want = "neither an age, as in 30d, 12h or 5m, nor a time, "
			"as in 2026-11-23 or 2026-11-23T10:15";
		return read_age(o->text, o) || read_time(o->text, o);
	case FORMAT_ADDRESS:
		*want = "no address, as in 10.1.2.3 or 10.0.0.0/8";
		o->type = OPERAND_ADDRESS;
		return read_address(o->text, o->len, true, &o->address);
	case FORMAT_BOOL:
		*want = "neither yes nor no, or compared otherwise than by "
			"= and !=";
		return o->operator == OPERATOR_EQUAL && read_yes(o);
	default:
		return true;
	}
}

bool operand_parse(const struct compiled *compiled,
	const struct subject *subject, enum operator operator,
	const char *text, size_t len, struct operand *out, struct error *err)
{
	const char *want = NULL;

	*out = (struct operand){ .operator = operator,
		.text = xstrndup(text, len), .len = len };
	for (char *p = out->text; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	if (!len)
		return true;
	if (subject->type == SUBJECT_TAG || subject->type == SUBJECT_PATH) {
		guess(out);
	} else if (subject->type == SUBJECT_COLUMN && !read_as(
	    compiled->columns[subject->column].column->format, out, &want)) {
		error_set(err, ERR_USAGE, "\"%.*s\" is %s",
			len > 64 ? 64 : (int)len, text, want);
		operand_clear(out);
		return false;
	}
	return true;
}

void operand_clear(struct operand *o)
{
	free(o->text);
	memset(o, 0, sizeof(*o));
}

bool operand_equal(const struct operand *a, const struct operand *b)
{
	return a->type == b->type && a->operator == b->operator &&
		str_eq(a->text, b->text);
}

/* The cell beside the low and the high end: -1, 0 or 1. */
static bool holds(enum operator operator, int low, int high)
{
	switch (operator) {
	case OPERATOR_LESS: return low < 0;
	case OPERATOR_LESS_EQUAL: return high <= 0;
	case OPERATOR_MORE: return high > 0;
	case OPERATOR_MORE_EQUAL: return low >= 0;
	default: return low >= 0 && high <= 0;
	}
}

static bool number_holds(const struct operand *o, int64_t number)
{
	return holds(o->operator, number < o->low ? -1 : number > o->low,
		number < o->high ? -1 : number > o->high);
}

static bool address_holds(const struct operand *o, const char *text,
	size_t len)
{
	struct address_range cell;

	return read_address(text, len, false, &cell) && holds(o->operator,
		memcmp(cell.low, o->address.low, sizeof(cell.low)),
		memcmp(cell.high, o->address.high, sizeof(cell.high)));
}

/* Case does not count, and numbers in texts are numbers. */
static bool text_holds(const struct operand *o, const char *text, size_t len)
{
	int order;

	if (len == o->len && text_find(text, len, o->text, o->len))
		return holds(o->operator, 0, 0);
	if (o->operator == OPERATOR_EQUAL)
		return false;
	order = text_natural_compare(text, len, o->text, o->len);
	return holds(o->operator, order, order);
}

bool operand_holds(const struct operand *o, const char *text, size_t len,
	int64_t now)
{
	int64_t number;

	if (!len)
		return false;
	switch (o->type) {
	case OPERAND_NUMBER:
		return format_sort_number(o->format, text, len, &number) &&
			number_holds(o, number);
	case OPERAND_TIME:
		return clock_parse(text, len, &number) &&
			number_holds(o, number);
	case OPERAND_AGE:
		return clock_parse(text, len, &number) &&
			number_holds(o, now - number);
	case OPERAND_ADDRESS:
		return address_holds(o, text, len);
	case OPERAND_TEXT:
		break;
	}
	return text_holds(o, text, len);
}
