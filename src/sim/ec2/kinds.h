/* SPDX-License-Identifier: MIT */
/* The kinds of things, each in the file of its name. */
#ifndef SIM_EC2_KINDS_H
#define SIM_EC2_KINDS_H

struct thing_kind;

const struct thing_kind *group_kind(void);
const struct thing_kind *subnet_kind(void);
const struct thing_kind *vpc_kind(void);

#endif
