/* SPDX-License-Identifier: MIT */
/*
 * Moments as text: ISO 8601 (RFC 3339), RFC 822 and 1123 dates, seconds
 * since 1970 as AWS's JSON has them (1.76385684E9). By hand, because the C
 * library's parsers read numbers and names as the locale has them.
 */
#include "base/clock.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

struct reader {
	const char *p, *end;
};

struct moment {
	int year, month, day, hour, minute, second, ms, offset;
};

static bool skip(struct reader *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static bool is_digit(const struct reader *r)
{
	return r->p < r->end && *r->p >= '0' && *r->p <= '9';
}

/* At least `least` and at most `most` digits. */
static bool number(struct reader *r, int least, int most, int *out)
{
	int value = 0, n = 0;

	for (; n < most && is_digit(r); n++)
		value = value * 10 + (*r->p++ - '0');
	*out = value;
	return n >= least;
}

/* Digits after a point as milliseconds; what is finer is cut off. */
static void fraction(struct reader *r, int *ms)
{
	int scale = 100;

	for (*ms = 0; is_digit(r); r->p++, scale /= 10)
		*ms += (*r->p - '0') * scale;
}

/* Z, GMT, UTC, UT, +hh:mm, -hhmm, or nothing for UTC. */
static bool zone(struct reader *r, int *minutes)
{
	static const char *const names[] = { "Z", "GMT", "UTC", "UT" };
	int hours, rest = 0, sign;

	*minutes = 0;
	if (r->p == r->end)
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t len = strlen(names[i]);

		if ((size_t)(r->end - r->p) == len &&
		    !strncasecmp(r->p, names[i], len)) {
			r->p += len;
			return true;
		}
	}
	sign = *r->p == '-' ? -1 : 1;
	if (!skip(r, '+') && !skip(r, '-'))
		return false;
	if (!number(r, 2, 2, &hours) || hours > 14)
		return false;
	skip(r, ':');
	if (is_digit(r) && (!number(r, 2, 2, &rest) || rest > 59))
		return false;
	*minutes = sign * (hours * 60 + rest);
	return true;
}

/* Days since 1970 (Howard Hinnant, "chrono-compatible low-level date
 * algorithms"); years count from March, so that a leap day comes last. */
static int64_t days_since_epoch(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 +
		day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
		of_year - 719468;
}

static bool finish(const struct moment *m, int64_t *wall)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = (m->year % 4 == 0 && m->year % 100 != 0) ||
		m->year % 400 == 0;
	int64_t minutes;

	if (m->month < 1 || m->month > 12 || m->day < 1 ||
	    m->day > lengths[m->month - 1] + (leap && m->month == 2) ||
	    m->hour > 23 || m->minute > 59 || m->second > 60)
		return false;
	minutes = days_since_epoch(m->year, m->month, m->day) * 1440 +
		m->hour * 60 + m->minute - m->offset;
	*wall = minutes * 60000 + m->second * 1000 + m->ms;
	return true;
}

static bool time_of_day(struct reader *r, struct moment *m)
{
	if (!number(r, 2, 2, &m->hour) || !skip(r, ':') ||
	    !number(r, 2, 2, &m->minute))
		return false;
	if (skip(r, ':') && !number(r, 2, 2, &m->second))
		return false;
	if (skip(r, '.') || skip(r, ','))
		fraction(r, &m->ms);
	return true;
}

/* 2026-11-23, 2026-11-23T00:14:00.123Z, 20261123T001400Z */
static bool parse_iso(struct reader r, int64_t *wall)
{
	struct moment m = { 0 };

	if (!number(&r, 4, 4, &m.year))
		return false;
	if (!skip(&r, '-')) {
		if (!number(&r, 2, 2, &m.month) || !number(&r, 2, 2, &m.day) ||
		    !skip(&r, 'T') || !number(&r, 2, 2, &m.hour) ||
		    !number(&r, 2, 2, &m.minute) ||
		    !number(&r, 2, 2, &m.second))
			return false;
	} else {
		if (!number(&r, 2, 2, &m.month) || !skip(&r, '-') ||
		    !number(&r, 2, 2, &m.day))
			return false;
		if (r.p == r.end)
			return finish(&m, wall);
		if (!skip(&r, 'T') && !skip(&r, 't') && !skip(&r, ' '))
			return false;
		if (!time_of_day(&r, &m))
			return false;
		skip(&r, ' ');
	}
	return zone(&r, &m.offset) && r.p == r.end && finish(&m, wall);
}

static bool month_name(struct reader *r, int *month)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (*month = 1; *month <= 12; ++*month)
		if (r->end - r->p >= 3 &&
		    !strncasecmp(r->p, names + (*month - 1) * 3, 3)) {
			r->p += 3;
			return true;
		}
	return false;
}

/* Mon, 23 Nov 2026 00:14:00 GMT; the day of the week may be missing. */
static bool parse_rfc822(struct reader r, int64_t *wall)
{
	const char *comma = memchr(r.p, ',', (size_t)(r.end - r.p));
	struct moment m = { 0 };
	const char *year;

	if (comma)
		r.p = comma + 1;
	while (skip(&r, ' '))
		;
	if (!number(&r, 1, 2, &m.day) || (!skip(&r, ' ') && !skip(&r, '-')))
		return false;
	if (!month_name(&r, &m.month) || (!skip(&r, ' ') && !skip(&r, '-')))
		return false;
	year = r.p;
	if (!number(&r, 2, 4, &m.year) || r.p - year == 3 || !skip(&r, ' '))
		return false;
	if (r.p - year == 3)   /* two digits and the space */
		m.year += m.year < 70 ? 2000 : 1900;
	if (!time_of_day(&r, &m))
		return false;
	skip(&r, ' ');
	return zone(&r, &m.offset) && r.p == r.end && finish(&m, wall);
}

/* Digits, read as if the point stood `scale` places further right. */
static bool scaled(struct reader r, int scale, int64_t *out)
{
	const int64_t most = INT64_MAX / 1000;
	bool seen_point = false, seen_digit = false;
	int64_t value = 0;
	int after = scale;

	for (; r.p < r.end; r.p++) {
		if (*r.p == '.' && !seen_point) {
			seen_point = true;
			continue;
		}
		if (!is_digit(&r))
			return false;
		seen_digit = true;
		if (seen_point && after-- <= 0)
			continue;
		if (value > most)
			return false;
		value = value * 10 + (*r.p - '0');
	}
	for (; after > 0; after--) {
		if (value > most)
			return false;
		value *= 10;
	}
	*out = value;
	return seen_digit;
}

/* 1763856840, 1763856840.123, 1.763856840123E9, also negative. */
static bool parse_epoch(struct reader r, int64_t *wall)
{
	bool negative = skip(&r, '-');
	struct reader mantissa = r;
	int exponent = 0;

	while (r.p < r.end && (*r.p | 0x20) != 'e')
		r.p++;
	mantissa.end = r.p;
	if (r.p < r.end) {
		r.p++;
		skip(&r, '+');
		if (!number(&r, 1, 2, &exponent) || r.p != r.end)
			return false;
	}
	if (!scaled(mantissa, exponent + 3, wall))
		return false;
	if (negative)
		*wall = -*wall;
	return true;
}

bool clock_parse(const char *text, size_t len, int64_t *wall)
{
	struct reader r = { text, text + len };
	int64_t found;

	if (!text || !len)
		return false;
	if (!parse_iso(r, &found) && !parse_epoch(r, &found) &&
	    !parse_rfc822(r, &found))
		return false;
	*wall = found;
	return true;
}

static void format(int64_t wall, const char *pattern, bool local, char *out)
{
	time_t seconds = (time_t)(wall / 1000 - (wall % 1000 < 0));
	struct tm tm;

	if (!(local ? localtime_r(&seconds, &tm) : gmtime_r(&seconds, &tm)) ||
	    !strftime(out, 32, pattern, &tm))
		snprintf(out, 32, "-");
}

void clock_format_iso(int64_t wall, char *out)
{
	format(wall, "%Y-%m-%dT%H:%M:%SZ", false, out);
}

void clock_format_basic(int64_t wall, char *out)
{
	format(wall, "%Y%m%dT%H%M%SZ", false, out);
}

void clock_format_local(int64_t wall, char *out)
{
	format(wall, "%Y-%m-%d %H:%M:%S", true, out);
}
