/* SPDX-License-Identifier: MIT */
#include "sim/xml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char hex_digits[] = "0123456789abcdef";

/* Controls too, as S3 does for keys; text with them is not XML 1.0, but a
 * client must live with it. */
static const char *entity(unsigned char c, char control[8])
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	}
	if (c >= 0x20)
		return NULL;
	snprintf(control, 8, "&#x%X;", c);
	return control;
}

void xml_text(struct str *out, const char *text, size_t len)
{
	size_t from = 0;
	char control[8];

	for (size_t i = 0; i < len; i++) {
		const char *escape = entity((unsigned char)text[i], control);

		if (!escape)
			continue;
		str_addn(out, text + from, i - from);
		str_add(out, escape);
		from = i + 1;
	}
	str_addn(out, text + from, len - from);
}

void xml_number(struct str *out, uint64_t number)
{
	char digits[24];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	str_addn(out, digits + at, sizeof(digits) - at);
}

static void put_two(char *out, unsigned value)
{
	out[0] = (char)('0' + value / 10 % 10);
	out[1] = (char)('0' + value % 10);
}

/* Days since 1970 to a date of the Gregorian calendar (H. Hinnant's
 * civil_from_days); gmtime_r takes a lock and costs more than a row. */
void xml_time(struct str *out, int64_t wall)
{
	char text[] = "0000-00-00T00:00:00.000Z";
	int64_t second = wall / 1000;
	int64_t day = second / 86400 + 719468;
	unsigned rest = (unsigned)(second % 86400);
	int64_t era = day / 146097;
	unsigned doe = (unsigned)(day - era * 146097);
	unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	unsigned mp = (5 * doy + 2) / 153;
	unsigned month = mp < 10 ? mp + 3 : mp - 9;
	unsigned year = (unsigned)(era * 400) + yoe + (month <= 2);

	put_two(text, year / 100);
	put_two(text + 2, year);
	put_two(text + 5, month);
	put_two(text + 8, doy - (153 * mp + 2) / 5 + 1);
	put_two(text + 11, rest / 3600);
	put_two(text + 14, rest / 60 % 60);
	put_two(text + 17, rest % 60);
	str_addn(out, text, sizeof(text) - 1);
}

static void add_id(struct str *out, uint64_t id)
{
	char text[17];

	text[0] = '0';
	for (int i = 16; i >= 1; i--, id >>= 4)
		text[i] = hex_digits[id & 15];
	str_addn(out, text, sizeof(text));
}

static void add_address(struct str *out, unsigned address, char dot)
{
	for (unsigned shift = 24;; shift -= 8) {
		xml_number(out, address >> shift & 255);
		if (!shift)
			return;
		str_addc(out, dot);
	}
}

static void add_string(struct str *out, const char *text, bool escaped)
{
	if (!text)
		return;
	if (escaped)
		xml_text(out, text, strlen(text));
	else
		str_add(out, text);
}

void xml_add(struct str *out, const char *template, ...)
{
	va_list ap;

	va_start(ap, template);
	for (;;) {
		const char *verb = strchrnul(template, '%');

		str_addn(out, template, (size_t)(verb - template));
		if (!*verb)
			break;
		switch (verb[1]) {
		case 's':
			add_string(out, va_arg(ap, const char *), true);
			break;
		case 'r':
			add_string(out, va_arg(ap, const char *), false);
			break;
		case 'u':
			xml_number(out, va_arg(ap, unsigned));
			break;
		case 'z':
			xml_number(out, va_arg(ap, uint64_t));
			break;
		case 'b':
			str_add(out, va_arg(ap, int) ? "true" : "false");
			break;
		case 't':
			xml_time(out, va_arg(ap, int64_t));
			break;
		case 'i':
			add_id(out, va_arg(ap, uint64_t));
			break;
		case 'q':
			add_address(out, va_arg(ap, unsigned), '.');
			break;
		case 'd':
			add_address(out, va_arg(ap, unsigned), '-');
			break;
		default:
			str_addc(out, '%');
			break;
		}
		template = verb + 2;
	}
	va_end(ap);
}

void http_date(char out[32], int64_t wall)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t second = (time_t)(wall / 1000);
	struct tm tm;

	gmtime_r(&second, &tm);
	memcpy(out, "Day, 00 Mon 0000 00:00:00 GMT", 30);
	memcpy(out, days + 3 * tm.tm_wday, 3);
	put_two(out + 5, (unsigned)tm.tm_mday);
	memcpy(out + 8, months + 3 * tm.tm_mon, 3);
	put_two(out + 12, (unsigned)(tm.tm_year + 1900) / 100);
	put_two(out + 14, (unsigned)(tm.tm_year + 1900));
	put_two(out + 17, (unsigned)tm.tm_hour);
	put_two(out + 20, (unsigned)tm.tm_min);
	put_two(out + 23, (unsigned)tm.tm_sec);
}
