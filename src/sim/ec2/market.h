/* SPDX-License-Identifier: MIT */
/*
 * What the simulated AWS sells: instance types and what they cost. The
 * prices are those of AWS's price list for us-east-1 (January 2025), other
 * regions dearer by a tenth to a half. Pure; any thread.
 */
#ifndef SIM_EC2_MARKET_H
#define SIM_EC2_MARKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;
struct world;

struct market_type {
	const char *name;
	bool arm, nitro, burstable;
	unsigned vcpus, cores, mib;
	const char *network;
	unsigned ebs_mbps, ebs_iops;     /* 0: not optimized */
	int64_t price;           /* millionths of a dollar an hour, Linux */
	unsigned disk_gb;        /* of its own; 0: none */
	const char *gpu;
	unsigned gpus, gpu_mib;
};

/* NULL after the last. */
const struct market_type *market_type_at(size_t n);
const struct market_type *market_type_find(const char *name);
size_t market_types(void);

/* On demand, an hour, in that world's region. */
int64_t market_price(const struct world *w, const struct market_type *t,
	bool windows);

/* On the spot market of a zone, as it stands at a time; *since: when it
 * came to that. */
int64_t market_spot(const struct world *w, const struct market_type *t,
	bool windows, unsigned zone, int64_t at, int64_t *since);

/* ModifyReservedInstances: in reserved_modify.c. */
void reserved_modify(struct call *c);

/* Ids that are UUIDs, of the things of one kind. */
#define UUID_MOST 37
void market_uuid(const struct world *w, int kind, uint64_t index,
	char out[UUID_MOST]);

/* False: not of this world. */
bool market_uuid_index(const struct world *w, int kind, const char *uuid,
	uint64_t *index);

#endif
