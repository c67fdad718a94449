/* SPDX-License-Identifier: MIT */
/* Bytes from outside through every door of base/ that reads them. */
#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void check(int holds)
{
	if (!holds)
		abort();
}

/* Clean text has no control, stays as it is when cleaned again, and takes
 * no more columns than it has bytes. */
static void sanitise(const char *bytes, size_t len, bool ascii)
{
	struct str once = STR_INIT, twice = STR_INIT;

	text_sanitise(&once, bytes, len, ascii);
	text_sanitise(&twice, once.p, once.len, ascii);
	check(once.len == twice.len && !memcmp(once.p, twice.p, once.len));
	for (size_t i = 0; i < once.len; i++) {
		unsigned char c = (unsigned char)once.p[i];

		check(c >= 0x20 && c != 0x7f && (!ascii || c < 0x80));
	}
	check(text_width(once.p, once.len, 1) <= once.len);
	str_clear(&once);
	str_clear(&twice);
}

static void fit(const char *bytes, size_t len)
{
	for (size_t columns = 0; columns < 20; columns++) {
		size_t used, n = text_fit(bytes, len, columns, 2, &used);

		check(n <= len && used <= columns);
		check(text_width(bytes, n, 2) == used);
	}
}

static void encodings(const char *bytes, size_t len)
{
	struct str code = STR_INIT, back = STR_INIT;

	str_add_uri(&code, bytes, len, "/");
	str_add_unuri(&back, code.p, code.len, true);
	check(back.len == len && !memcmp(back.p, bytes, len));
	str_reset(&code);
	str_reset(&back);
	str_add_base64(&code, (const unsigned char *)bytes, len);
	check(str_add_unbase64(&back, code.p, code.len));
	check(back.len == len && !memcmp(back.p, bytes, len));
	str_reset(&back);
	if (!str_add_unbase64(&back, bytes, len))
		check(back.len == 0);
	str_clear(&code);
	str_clear(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	size_t half = size / 2;
	const char *found;
	int64_t wall;

	sanitise(bytes, size, false);
	sanitise(bytes, size, true);
	fit(bytes, size);
	encodings(bytes, size);
	clock_parse(bytes, size, &wall);
	check(text_natural_compare(bytes, half, bytes, half) == 0);
	check((text_natural_compare(bytes, half, bytes + half, size - half) <
		0) == (text_natural_compare(bytes + half, size - half, bytes,
		half) > 0));
	found = text_find(bytes, size, bytes + half, size - half);
	check(!found || found <= bytes + half);
	return 0;
}
