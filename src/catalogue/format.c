/* SPDX-License-Identifier: MIT */
#include "catalogue/format.h"

#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"

#include <arpa/inet.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_TEXT 40
#define DECIMAL "0123456789+-.eE"
#define SCALE 10000          /* of sort numbers: four decimals count */

/* A leaf as a C string; false: too long to be a number or a time. */
static bool copy(char to[NUMBER_TEXT], const char *text, size_t len)
{
	if (!len || len >= NUMBER_TEXT)
		return false;
	memcpy(to, text, len);
	to[len] = '\0';
	return true;
}

static bool read_number(const char *text, size_t len, double *number)
{
	char buffer[NUMBER_TEXT], *end;

	if (!copy(buffer, text, len) || buffer[strspn(buffer, DECIMAL)])
		return false;
	*number = strtod(buffer, &end);
	return !*end && isfinite(*number);
}

static bool read_integer(const char *text, size_t len, int64_t *number)
{
	char buffer[NUMBER_TEXT], *end;

	if (!copy(buffer, text, len))
		return false;
	*number = strtoll(buffer, &end, 10);
	return end != buffer && !*end;
}

static enum role show_text(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	(void)cell;
	str_addn(out, text, len);
	return ROLE_TEXT;
}

static enum role show_state(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	return state_show(text, len, cell->signs, out);
}

/* What is not a number is shown as it came. */
static enum role show_number(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	int64_t number;

	if (!read_integer(text, len, &number))
		return show_text(text, len, cell, out);
	text_add_grouped(out, number);
	return ROLE_TEXT;
}

static enum role show_size(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	int64_t number;

	if (!read_integer(text, len, &number) || number < 0)
		return show_text(text, len, cell, out);
	text_add_size(out, (uint64_t)number);
	return ROLE_TEXT;
}

static enum role show_age(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	int64_t wall;

	if (!clock_parse(text, len, &wall))
		return show_text(text, len, cell, out);
	if (wall > cell->now)
		str_add(out, "in ");
	text_add_age(out, llabs(cell->now - wall));
	return ROLE_TEXT;
}

static enum role show_time(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	char local[32];
	int64_t wall;

	if (!clock_parse(text, len, &wall))
		return show_text(text, len, cell, out);
	clock_format_local(wall, local);
	str_add(out, local);
	return ROLE_TEXT;
}

static enum role show_date(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	char iso[32];
	int64_t wall;

	if (!clock_parse(text, len, &wall))
		return show_text(text, len, cell, out);
	clock_format_iso(wall, iso);
	str_addn(out, iso, 10);
	return ROLE_TEXT;
}

static bool is_true(const char *text, size_t len)
{
	return len == 4 && memcmp(text, "true", 4) == 0;
}

static bool is_false(const char *text, size_t len)
{
	return len == 5 && memcmp(text, "false", 5) == 0;
}

static enum role show_bool(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	if (is_false(text, len))
		return ROLE_TEXT;
	if (!is_true(text, len))
		return show_text(text, len, cell, out);
	str_add(out, "yes");
	return ROLE_TEXT;
}

/* Two decimals, four where fewer would hide something. */
static enum role show_money(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	double number;
	int64_t parts;
	int64_t below;

	if (!read_number(text, len, &number) || fabs(number) > 1e14)
		return show_text(text, len, cell, out);
	parts = llround(fabs(number) * SCALE);
	below = parts % SCALE;
	str_add(out, number < 0 && parts ? "-$" : "$");
	text_add_grouped(out, parts / SCALE);
	if (below % 100)
		str_addf(out, ".%04d", (int)below);
	else
		str_addf(out, ".%02d", (int)(below / 100));
	return ROLE_MONEY;
}

/* Did the reply say that its keys are encoded? Not every server that
 * speaks S3 does what encoding-type asks for. */
static bool is_encoded(const struct doc *doc)
{
	uint32_t node;

	if (!doc)
		return true;
	node = doc_get(doc, 0, doc_find_name(doc, "EncodingType",
		strlen("EncodingType")));
	return node != DOC_NONE && str_eq(doc_text(doc, node, NULL), "url");
}

static enum role show_url_text(const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	if (is_encoded(cell->doc))
		str_add_unuri(out, text, len, true);
	else
		str_addn(out, text, len);
	return ROLE_TEXT;
}

static bool sort_number(const char *text, size_t len, int64_t *number)
{
	double value;

	if (!read_number(text, len, &value) || fabs(value) > 9e14)
		return false;
	*number = (int64_t)llround(value * SCALE);
	return true;
}

static bool sort_bool(const char *text, size_t len, int64_t *number)
{
	*number = is_true(text, len);
	return is_true(text, len) || is_false(text, len);
}

/* IPv4 first, by octet; then IPv6 by its first half. */
static bool sort_address(const char *text, size_t len, int64_t *number)
{
	unsigned char b[16];
	char buffer[NUMBER_TEXT + 8];
	uint64_t value = 0;

	if (!len || len >= sizeof(buffer))
		return false;
	memcpy(buffer, text, len);
	buffer[len] = '\0';
	if (inet_pton(AF_INET, buffer, b) == 1) {
		*number = (int64_t)b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
		return true;
	}
	if (inet_pton(AF_INET6, buffer, b) != 1)
		return false;
	for (size_t i = 0; i < 8; i++)
		value = value << 8 | b[i];
	*number = (int64_t)(value >> 2 | (uint64_t)1 << 62);
	return true;
}

/* JSON's numbers have no leading zeros, plus signs or bare dots. */
static void plain_number(const char *text, size_t len, struct str *out)
{
	double number;
	int64_t integer;

	if (read_integer(text, len, &integer))
		str_addf(out, "%lld", (long long)integer);
	else if (read_number(text, len, &number))
		str_addf(out, "%.15g", number);
}

static void plain_time(const char *text, size_t len, struct str *out)
{
	char iso[32];
	int64_t wall;

	if (!clock_parse(text, len, &wall)) {
		str_addn(out, text, len);
		return;
	}
	clock_format_iso(wall, iso);
	str_add(out, iso);
}

static void plain_bool(const char *text, size_t len, struct str *out)
{
	if (is_true(text, len) || is_false(text, len))
		str_addn(out, text, len);
}

static void plain_url_text(const char *text, size_t len, struct str *out)
{
	str_add_unuri(out, text, len, true);
}

typedef enum role show_function(const char *text, size_t len,
	const struct cell *cell, struct str *out);
typedef bool sort_function(const char *text, size_t len, int64_t *number);
typedef void plain_function(const char *text, size_t len, struct str *out);

static const struct format_row {
	show_function *show;
	sort_function *sort;       /* NULL: by its text */
	plain_function *plain;     /* NULL: as it came */
	bool right, is_volatile, number, boolean;
} formats[FORMAT_COUNT_] = {
	[FORMAT_TEXT] = { .show = show_text },
	[FORMAT_NATURAL] = { .show = show_text },
	[FORMAT_STATE] = { .show = show_state },
	[FORMAT_NUMBER] = { .show = show_number, .sort = sort_number, .plain = plain_number,
		.right = true, .number = true },
	[FORMAT_SIZE] = { .show = show_size, .sort = read_integer, .plain = plain_number,
		.right = true, .number = true },
	[FORMAT_AGE] = { .show = show_age, .sort = clock_parse, .plain = plain_time,
		.right = true, .is_volatile = true },
	[FORMAT_TIME] = { .show = show_time, .sort = clock_parse, .plain = plain_time },
	[FORMAT_DATE] = { .show = show_date, .sort = clock_parse, .plain = plain_time },
	[FORMAT_BOOL] = { .show = show_bool, .sort = sort_bool, .plain = plain_bool, .boolean = true },
	[FORMAT_ADDRESS] = { .show = show_text, .sort = sort_address },
	[FORMAT_MONEY] = { .show = show_money, .sort = sort_number, .plain = plain_number,
		.right = true, .number = true },
	[FORMAT_URL_TEXT] = { .show = show_url_text, .plain = plain_url_text }
};

static const struct format_row *row_of(enum format format)
{
	return &formats[(unsigned)format < FORMAT_COUNT_ ? format :
		FORMAT_TEXT];
}

enum role format_value(enum format format, const char *text, size_t len,
	const struct cell *cell, struct str *out)
{
	static const struct cell nothing = { 0 };

	if (!text || !len)
		return ROLE_TEXT;
	return row_of(format)->show(text, len, cell ? cell : &nothing, out);
}

bool format_is_right(enum format format)
{
	return row_of(format)->right;
}

bool format_is_volatile(enum format format)
{
	return row_of(format)->is_volatile;
}

bool format_sort_number(enum format format, const char *text, size_t len,
	int64_t *number)
{
	const struct format_row *row = row_of(format);

	return row->sort && text && len && row->sort(text, len, number);
}

void format_plain(enum format format, const char *text, size_t len,
	struct str *out)
{
	const struct format_row *row = row_of(format);

	if (!text || !len)
		return;
	if (row->plain)
		row->plain(text, len, out);
	else
		str_addn(out, text, len);
}

bool format_is_json_number(enum format format)
{
	return row_of(format)->number;
}

bool format_is_json_bool(enum format format)
{
	return row_of(format)->boolean;
}
