/* SPDX-License-Identifier: MIT */
#include "catalogue/price.h"

#include "base/str.h"

#include <string.h>

#define LARGE 16

/* us-east-1, us-east-2 and us-west-2; within these families a price grows
 * with the size. Families where it does not (t2, g5) are left out. */
static const struct {
	const char *family;
	int64_t large;           /* millionths an hour of the size large */
	bool small;              /* also below it */
} families[] = {
	{ "c5", 85000, false },
	{ "c5a", 77000, false },
	{ "c6a", 76500, false },
	{ "c6g", 68000, true },
	{ "c6i", 85000, false },
	{ "c7a", 102640, false },
	{ "c7g", 72500, false },
	{ "c7i", 89250, false },
	{ "c8g", 79760, false },
	{ "m5", 96000, false },
	{ "m5a", 86000, false },
	{ "m6a", 86400, false },
	{ "m6g", 77000, true },
	{ "m6i", 96000, false },
	{ "m7a", 115920, false },
	{ "m7g", 81600, true },
	{ "m7i", 100800, false },
	{ "m7i-flex", 95760, false },
	{ "m8g", 89760, false },
	{ "r5", 126000, false },
	{ "r5a", 113000, false },
	{ "r6a", 113400, false },
	{ "r6g", 100800, true },
	{ "r6i", 126000, false },
	{ "r7a", 152150, false },
	{ "r7g", 107100, false },
	{ "r7i", 132300, false },
	{ "r8g", 117820, false },
	{ "t3", 83200, true },
	{ "t3a", 75200, true },
	{ "t4g", 67200, true },
};

static const char *const regions[] = { "us-east-1", "us-east-2",
	"us-west-2" };

/* Each size is a product of its own there. */
static const char *const stiff[] = { "g4ad", "g4dn", "g5", "g5g", "g6",
	"g6e", "gr6", "inf1", "inf2", "hpc6a", "hpc6id", "hpc7a", "hpc7g",
	"p4d", "p5", "p5e", "p5en", "trn1", "trn2" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

unsigned price_family(const char *type)
{
	return (unsigned)strcspn(type, ".");
}

unsigned price_size(const char *type)
{
	static const struct {
		const char *name;
		unsigned size;
	} sizes[] = { { "nano", 1 }, { "micro", 2 }, { "small", 4 },
		{ "medium", 8 }, { "large", LARGE }, { "xlarge", 32 } };
	const char *size = strchr(type, '.');
	size_t digits;
	char number[8];
	long n;

	if (!size++)
		return 0;
	for (size_t i = 0; i < COUNT(sizes); i++)
		if (str_eq(sizes[i].name, size))
			return sizes[i].size;
	digits = strspn(size, "0123456789");
	if (!digits || digits >= sizeof(number) ||
	    !str_eq(size + digits, "xlarge"))
		return 0;
	memcpy(number, size, digits);
	number[digits] = '\0';
	return str_int(number, 1, 1000, &n) ? (unsigned)n * 32 : 0;
}

static bool is_family(const char *family, const char *type)
{
	return strlen(family) == price_family(type) &&
		!strncmp(family, type, price_family(type));
}

bool price_is_flexible(const char *type)
{
	for (size_t i = 0; i < COUNT(stiff); i++)
		if (is_family(stiff[i], type))
			return false;
	return price_size(type) > 0;
}

static bool is_priced(const char *region)
{
	for (size_t i = 0; i < COUNT(regions); i++)
		if (str_eq(regions[i], region))
			return true;
	return false;
}

bool price_on_demand(const char *type, const char *platform,
	const char *tenancy, const char *region, int64_t *hourly)
{
	unsigned size = price_size(type);

	if (!size || !is_priced(region) || !str_eq(platform, "Linux/UNIX") ||
	    !str_eq(tenancy, "default"))
		return false;
	for (size_t i = 0; i < COUNT(families); i++) {
		if (!is_family(families[i].family, type))
			continue;
		*hourly = families[i].large * size / LARGE;
		return size >= LARGE || families[i].small;
	}
	return false;
}
