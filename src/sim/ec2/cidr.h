/* SPDX-License-Identifier: MIT */
/* IPv4 networks as AWS writes them. */
#ifndef SIM_EC2_CIDR_H
#define SIM_EC2_CIDR_H

#include <stdbool.h>

struct cidr {
	unsigned address;        /* host bits cut off */
	unsigned bits;
};

/* "10.0.0.0/16"; false: not one. */
bool cidr_parse(const char *text, struct cidr *out);
bool cidr_overlap(const struct cidr *a, const struct cidr *b);
bool cidr_within(const struct cidr *inner, const struct cidr *outer);

/* In canonical form, into at least 24 bytes. */
void cidr_text(const struct cidr *c, char out[24]);

/* "10.0.0.4"; false: not one. */
bool address_parse(const char *text, unsigned *out);
void address_text(unsigned address, char out[24]);

#endif
