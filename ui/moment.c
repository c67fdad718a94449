/* SPDX-License-Identifier: MIT */
#include "ui/moment.h"

#include "base/clock.h"

bool moment_add(enum times times, const char *iso, size_t len,
	struct str *out)
{
	const size_t minute = sizeof("2026-11-23 01:14") - 1;
	char text[32];
	int64_t wall;

	if (times == TIMES_RELATIVE || !clock_parse(iso, len, &wall))
		return false;
	if (times == TIMES_LOCAL)
		clock_format_local(wall, text);
	else
		clock_format_iso(wall, text);
	text[10] = ' ';
	str_addn(out, text, minute);
	if (times == TIMES_UTC)
		str_addc(out, 'Z');
	return true;
}
