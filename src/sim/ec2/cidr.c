/* SPDX-License-Identifier: MIT */
#include "sim/ec2/cidr.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool address_parse(const char *text, unsigned *out)
{
	unsigned address = 0;

	for (int part = 0; part < 4; part++) {
		unsigned long n;
		char *end;

		if (*text < '0' || *text > '9')
			return false;
		n = strtoul(text, &end, 10);
		if (n > 255 || end - text > 3 || *end != (part < 3 ? '.' : 0))
			return false;
		address = address << 8 | (unsigned)n;
		text = end + 1;
	}
	*out = address;
	return true;
}

static unsigned mask(unsigned bits)
{
	return bits ? ~0u << (32 - bits) : 0;
}

bool cidr_parse(const char *text, struct cidr *out)
{
	const char *slash = strchr(text, '/');
	char address[16];
	long bits;

	if (!slash || slash - text >= (long)sizeof(address) ||
		!str_int(slash + 1, 0, 32, &bits))
		return false;
	snprintf(address, sizeof(address), "%.*s", (int)(slash - text), text);
	if (!address_parse(address, &out->address))
		return false;
	out->bits = (unsigned)bits;
	out->address &= mask(out->bits);
	return true;
}

bool cidr_overlap(const struct cidr *a, const struct cidr *b)
{
	unsigned bits = a->bits < b->bits ? a->bits : b->bits;

	return ((a->address ^ b->address) & mask(bits)) == 0;
}

bool cidr_within(const struct cidr *inner, const struct cidr *outer)
{
	return inner->bits >= outer->bits && cidr_overlap(inner, outer);
}

void address_text(unsigned address, char out[24])
{
	snprintf(out, 24, "%u.%u.%u.%u", address >> 24, address >> 16 & 255,
		address >> 8 & 255, address & 255);
}

void cidr_text(const struct cidr *c, char out[24])
{
	size_t len;

	address_text(c->address, out);
	len = strlen(out);
	snprintf(out + len, 24 - len, "/%u", c->bits);
}
