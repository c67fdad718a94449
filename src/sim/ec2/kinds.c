/* SPDX-License-Identifier: MIT */
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"

static const struct thing_kind *(*const kinds[])(void) = {
	vpc_kind, subnet_kind, group_kind,
};

const struct thing_kind *thing_kind_at(size_t n)
{
	return n < sizeof(kinds) / sizeof(*kinds) ? kinds[n]() : NULL;
}
