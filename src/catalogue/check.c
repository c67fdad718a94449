/* SPDX-License-Identifier: MIT */
#include "catalogue/check.h"

#include "base/clock.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ACCOUNT_DIGITS 12
#define DESCRIPTION_MOST 255
#define IMAGE_NAME_LEAST 3
#define IMAGE_NAME_MOST 128
#define TAG_KEY_MOST 128
#define TAG_VALUE_MOST 256
#define USER_DATA_MOST 16384
#define PROFILE_MOST 128
#define PROFILE_CHARACTERS "abcdefghijklmnopqrstuvwxyz" \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@_-"

static size_t characters(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

bool check_account(const char *text, struct str *normal, struct error *err)
{
	char digits[ACCOUNT_DIGITS + 1];
	size_t n = 0;

	for (const char *p = text; *p; p++) {
		if (*p == '-' && p > text && p[1] && p[-1] != '-')
			continue;
		if (*p < '0' || *p > '9')
			return error_set(err, ERR_USAGE, "is an account "
				"number: 12 digits, '%.1s' is none", p);
		if (n < ACCOUNT_DIGITS)
			digits[n] = *p;
		n++;
	}
	if (n != ACCOUNT_DIGITS)
		return error_set(err, ERR_USAGE, "is an account number: 12 "
			"digits, these are %zu", n);
	return str_addn(normal, digits, n);
}

/* Bits of the address behind the mask go; were there some? */
static bool mask_off(unsigned char *bytes, int size, long bits)
{
	bool some = false;

	for (int i = 0; i < size; i++) {
		long left = bits - 8 * i;
		unsigned char keep = left >= 8 ? 0xff : left <= 0 ? 0 :
			(unsigned char)(0xff << (8 - left));

		some = some || (bytes[i] & ~keep);
		bytes[i] = (unsigned char)(bytes[i] & keep);
	}
	return some;
}

static bool check_block(const char *text, struct str *normal,
	bool only4, struct error *err)
{
	const char *slash = strchr(text, '/');
	size_t len = slash ? (size_t)(slash - text) : strlen(text);
	char address[INET6_ADDRSTRLEN];
	unsigned char bytes[16];
	int family = memchr(text, ':', len) ? AF_INET6 : AF_INET;
	long most = family == AF_INET6 ? 128 : 32, bits = most;

	if (family == AF_INET6 && only4)
		return error_set(err, ERR_USAGE, "is an IPv4 block such as "
			"10.0.0.0/16");
	if (len && len < sizeof(address)) {
		memcpy(address, text, len);
		address[len] = '\0';
	}
	if (!len || len >= sizeof(address) ||
	    inet_pton(family, address, bytes) != 1)
		return error_set(err, ERR_USAGE, "is an address or a block "
			"such as 10.0.0.0/8%s", only4 ? "" :
			" or 2001:db8::/32");
	if (slash && !str_int(slash + 1, 0, most, &bits))
		return error_set(err, ERR_USAGE, "has a mask from /0 to "
			"/%ld", most);
	if (mask_off(bytes, family == AF_INET6 ? 16 : 4, bits)) {
		inet_ntop(family, bytes, address, sizeof(address));
		return error_set(err, ERR_USAGE, "has bits behind its mask: "
			"%s/%ld was meant?", address, bits);
	}
	inet_ntop(family, bytes, address, sizeof(address));
	return str_addf(normal, "%s/%ld", address, bits);
}

bool check_cidr(const char *text, struct str *normal, struct error *err)
{
	return check_block(text, normal, false, err);
}

bool check_cidr4(const char *text, struct str *normal, struct error *err)
{
	return check_block(text, normal, true, err);
}

bool check_address(const char *text, struct str *normal, struct error *err)
{
	unsigned char bytes[16];

	if (inet_pton(strchr(text, ':') ? AF_INET6 : AF_INET, text, bytes)
	    != 1)
		return error_set(err, ERR_USAGE, "is an address such as "
			"203.0.113.7");
	return str_add(normal, text);
}

/* /dev/sda1, /dev/sdf, /dev/xvdba, xvdf, /dev/hdb */
bool check_device(const char *text, struct str *normal, struct error *err)
{
	const char *p = str_starts(text, "/dev/") ? text + 5 : text;
	size_t disk = str_starts(p, "xvd") ? 3 : str_starts(p, "sd") ||
		str_starts(p, "hd") ? 2 : 0;
	size_t letters = strspn(p + disk, "abcdefghijklmnopqrstuvwxyz");
	size_t digits = strspn(p + disk + letters, "0123456789");

	if (!disk || letters < 1 || letters > 2 || digits > 2 ||
	    p[disk + letters + digits])
		return error_set(err, ERR_USAGE, "is a device such as "
			"/dev/sdf or /dev/xvdba");
	return str_add(normal, text);
}

bool check_tag_value(const char *text, struct str *normal, struct error *err)
{
	if (characters(text, strlen(text)) > TAG_VALUE_MOST)
		return error_set(err, ERR_USAGE, "has at most %d characters",
			TAG_VALUE_MOST);
	return str_add(normal, text);
}

bool check_tag(const char *text, struct str *normal, struct error *err)
{
	const char *equals = strchr(text, '=');
	size_t key = equals ? (size_t)(equals - text) : 0;

	if (!equals || !key)
		return error_set(err, ERR_USAGE, "is KEY=VALUE, such as "
			"env=prod");
	if (characters(text, key) > TAG_KEY_MOST)
		return error_set(err, ERR_USAGE, "has a key of at most %d "
			"characters", TAG_KEY_MOST);
	if (strncasecmp(text, "aws:", 4) == 0)
		return error_set(err, ERR_USAGE, "has a key that begins with "
			"aws:, which AWS keeps for itself");
	if (characters(equals + 1, strlen(equals + 1)) > TAG_VALUE_MOST)
		return error_set(err, ERR_USAGE, "has a value of at most %d "
			"characters", TAG_VALUE_MOST);
	return str_add(normal, text);
}

bool check_image_name(const char *text, struct str *normal, struct error *err)
{
	size_t len = strlen(text);
	size_t good = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM"
		"NOPQRSTUVWXYZ0123456789()[] ./-'@_");

	if (text[good])
		return error_set(err, ERR_USAGE, "has letters, digits and "
			"()[] ./-'@_ alone");
	if (len < IMAGE_NAME_LEAST || len > IMAGE_NAME_MOST)
		return error_set(err, ERR_USAGE, "has %d to %d characters, "
			"these are %zu", IMAGE_NAME_LEAST, IMAGE_NAME_MOST,
			len);
	return str_addn(normal, text, len);
}

bool check_region(const char *text, struct str *normal, struct error *err)
{
	size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyz");
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz-");
	size_t digits = strspn(text + n, "0123456789");

	if (letters < 2 || text[letters] != '-' || n < 5 ||
	    text[n - 1] != '-' || !digits || text[n + digits])
		return error_set(err, ERR_USAGE, "is a region such as "
			"eu-west-1");
	return str_add(normal, text);
}

bool check_description(const char *text, struct str *normal,
	struct error *err)
{
	if (characters(text, strlen(text)) > DESCRIPTION_MOST)
		return error_set(err, ERR_USAGE, "has at most %d characters",
			DESCRIPTION_MOST);
	return str_add(normal, text);
}

/* "in 3h": from now; NULL: not of that form. */
static bool check_span(const char *text, int64_t *at)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = { { "min", 60000 }, { "m", 60000 }, { "h", 3600000 },
		{ "d", 86400000 } };
	char *end;
	long n;

	if (!str_starts(text, "in "))
		return false;
	n = strtol(text + 3, &end, 10);
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (n > 0 && n < 100000 && !strcmp(end, units[i].unit)) {
			*at = clock_wall() + n * units[i].ms;
			return true;
		}
	return false;
}

bool check_time(const char *text, struct str *normal, struct error *err)
{
	char iso[32];
	int64_t at;

	if (!check_span(text, &at) &&
	    !clock_parse(text, strlen(text), &at))
		return error_set(err, ERR_USAGE, "is a time such as "
			"2026-12-01T18:00:00Z, or \"in 3h\", \"in 2d\"");
	clock_format_iso(at, iso);
	return str_add(normal, iso);
}

bool check_user_data(const char *text, struct str *normal, struct error *err)
{
	size_t len = strlen(text);

	if (len > USER_DATA_MOST)
		return error_set(err, ERR_USAGE, "has %zu bytes; user data "
			"may have %d: keep the rest in a bucket and fetch it "
			"from there", len, USER_DATA_MOST);
	return str_add(normal, text);
}

bool check_profile(const char *text, struct str *normal, struct error *err)
{
	const char *name = text;

	if (!strncmp(text, "arn:", 4)) {
		if (!strstr(text, ":instance-profile/"))
			return error_set(err, ERR_USAGE, "is not the ARN of "
				"an instance profile");
		name = strrchr(text, '/') + 1;
	}
	if (!*name || strlen(name) > PROFILE_MOST ||
	    name[strspn(name, PROFILE_CHARACTERS)])
		return error_set(err, ERR_USAGE, "is the name of an instance "
			"profile: letters, digits and +=,.@_-");
	return str_add(normal, name);
}
