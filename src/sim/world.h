/* SPDX-License-Identifier: MIT */
/*
 * What there is: for each account and region a world whose rows are pure
 * functions of (seed, account, region, index). Nothing is stored but what
 * requests have changed since; so 100,000 instances cost nothing until they
 * are asked for. Ids are indexes, enciphered: an id finds its row at once,
 * and a made-up one finds none.
 *
 * Reading under the shared lock, changes under the exclusive one.
 */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include "base/map.h"
#include "sim/sim.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ACCOUNT_HOME "210987654321"

enum optin { OPTIN_DEFAULT, OPTIN_YES, OPTIN_NO };

struct region_row {
	const char *name;
	const char *zones;       /* letters */
	const char *zone_id;     /* use1 of use1-az1 */
	enum optin optin;
};

const struct region_row *region_row_find(const char *name);
const struct region_row *region_at(size_t index);   /* NULL: no more */

enum id_kind {
	ID_INSTANCE, ID_VOLUME, ID_INTERFACE, ID_ATTACHMENT, ID_RESERVATION,
	ID_VPC, ID_SUBNET, ID_GROUP, ID_IMAGE, ID_SNAPSHOT, ID_EVENT,
	ID_DHCP, ID_CIDR, ID_PROFILE, ID_KEY_PAIR, ID_KMS, ID_OTHER,
	ID_PRICE, ID_OFFERING, ID_RESERVED, ID_SPOT,
	ID_KINDS
};

struct amis;
struct commons;
struct disks;
struct launches;
struct rds;
struct shots;
struct things;

struct world {
	const struct region_row *region;
	char account[13];
	uint64_t key;
	size_t instances;
	int64_t born;            /* wall; the start of the simulator */
	uint64_t seed;
	struct map *states;      /* instance id → struct instance_change */
	struct disks *disks;     /* what is known of volumes, … */
	struct shots *shots;     /* … snapshots … */
	struct amis *amis;       /* … and images besides their birth */
	struct commons *commons; /* what accounts of a region share; all
				    worlds of it have this one */
	struct map *traits;      /* instance id → struct instance_traits */
	struct launches *launches;
	struct map *tags;        /* any id → struct tag_changes */
	struct things *things;
	struct map *elastic;     /* instance id → the address it has */
	uint64_t made;           /* ids of parts that requests have made */
	struct rds *rds;
};

struct atlas;

struct atlas *atlas_new(const struct sim_options *options, int64_t born);
void atlas_free(struct atlas *a);

/* NULL: there is no such region. Any thread, no lock needed. */
struct world *atlas_world(struct atlas *a, const char *account,
	const char *region);

uint64_t world_id(const struct world *w, enum id_kind kind, uint64_t index);

/* The index of an id such as "i-0…"; false: not of this world. prefix is
 * "i-". */
bool world_index(const struct world *w, enum id_kind kind,
	const char *prefix, const char *id, uint64_t *index);

/* Well-formed: the prefix, then 8 or 17 hex digits. */
bool world_id_valid(const char *prefix, const char *id);

/* "i-0…" into at least 32 bytes. */
void world_id_text(const char *prefix, uint64_t id, char out[32]);

/* Random bits that always are the same. */
uint64_t world_bits(const struct world *w, enum id_kind kind,
	uint64_t index);

#endif
