/* SPDX-License-Identifier: MIT */
/* Whose snapshots and images there are. */
#ifndef SIM_EC2_OWNER_H
#define SIM_EC2_OWNER_H

#include "sim/call.h"

#include <stdbool.h>

#define AMAZON "137112412989"
#define PARTNER "963068290131"

/* Owner.N of the call: "self", an alias such as amazon, or an account. */
bool owner_asked(struct call *c, const char *owner, const char *alias);

#endif
