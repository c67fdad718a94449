/* SPDX-License-Identifier: MIT */
/* Checks of what EC2's network takes. */
#include "catalogue/check.h"

#include <string.h>

#define GROUP_TEXT_MOST 255
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define GROUP_BYTES LETTERS "0123456789 ._-:/()#,@[]+=&;{}!$*"

bool check_group_text(const char *text, struct str *normal,
	struct error *err)
{
	size_t good = strspn(text, GROUP_BYTES);

	if (text[good])
		return error_set(err, ERR_USAGE, "has letters, digits, blanks "
			"and ._-:/()#,@[]+=&;{}!$* only: '%.1s' is none",
			text + good);
	if (strlen(text) > GROUP_TEXT_MOST)
		return error_set(err, ERR_USAGE, "has at most %d characters",
			GROUP_TEXT_MOST);
	return str_add(normal, text);
}

bool check_group_name(const char *text, struct str *normal,
	struct error *err)
{
	if (str_starts(text, "sg-"))
		return error_set(err, ERR_USAGE, "does not begin with sg-");
	if (str_eq(text, "default"))
		return error_set(err, ERR_USAGE, "is another than default, "
			"which every VPC has");
	return check_group_text(text, normal, err);
}

bool check_vpc_cidr(const char *text, struct str *normal, struct error *err)
{
	struct str block = STR_INIT;
	bool ok = check_cidr4(text, &block, err);
	long bits = 0;

	if (ok && (!str_int(strchr(block.p, '/') + 1, 0, 32, &bits) ||
	    bits < 16 || bits > 28))
		ok = error_set(err, ERR_USAGE, "has a mask from /16 to /28");
	if (ok)
		str_addn(normal, block.p, block.len);
	str_clear(&block);
	return ok;
}
