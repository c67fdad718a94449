/* SPDX-License-Identifier: MIT */
/* A URL that a call carries: a second call, signed for another region. */
#ifndef SIM_EC2_PRESIGNED_H
#define SIM_EC2_PRESIGNED_H

#include "sim/call.h"

#include <stdbool.h>

/* Is it signed by the same account for that region, and does it ask for
 * what the call asks for, by the parameter of that name? */
bool presigned_is_good(const struct call *c, const char *url,
	const char *region, const char *parameter);

#endif
