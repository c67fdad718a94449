/* SPDX-License-Identifier: MIT */
/*
 * Snapshots: those that are there from the start, pure functions of an
 * index, those that requests make, and those that other accounts of the
 * region share. Under the world's lock.
 */
#ifndef SIM_EC2_SHOT_H
#define SIM_EC2_SHOT_H

#include "sim/ec2/disk.h"
#include "sim/ec2/share.h"

#define SHOT_MS 12000        /* from pending to completed */
#define SHOT_TEXT_MOST 1024

struct snapshot {
	struct ec2_row row;
	const struct world *world;       /* of its owner */
	const char *owner, *alias, *status, *tier;
	char progress[8];
	uint64_t slot;
	char volume[EC2_ID_MOST];
	int64_t started;
	unsigned gib;
	bool encrypted;
	const char *key;         /* KMS; "": the default one */
	struct share share;      /* not to be changed or cleared */
	char shared_with[1][13];
	char description[SHOT_TEXT_MOST];
	char name[300];
};

/* What requests have made of it. Of one that was there from the start it
 * holds for the share and the end alone. */
struct shot {
	uint64_t slot;           /* its id's index */
	bool made;
	char volume[EC2_ID_MOST];
	unsigned gib;
	bool encrypted;
	char key[DISK_KEY_MOST];
	char description[SHOT_TEXT_MOST];
	int64_t started, gone;   /* gone 0: it is there */
	struct share share;
};

struct shots;

struct shots *shots_new(void);
void shots_free(struct shots *s);
uint64_t shots_made(const struct world *w);
struct shot *shot_make(struct world *w, const struct shot *like, int64_t now);
struct shot *shot_edit(struct world *w, const struct snapshot *s);
const struct shot *shot_find(const struct world *w, uint64_t slot);

/* Snapshots that a world has from the start. */
uint64_t snapshot_born(const struct world *w);

/* Whatever the call may use, by its id; false: answered. */
bool snapshot_need(struct call *c, const char *id, struct snapshot *out);

/* The same of another region of the account; false: not there. */
bool snapshot_of_region(struct call *c, struct world *w, const char *id,
	struct snapshot *out);

/* Of a volume, without asking. */
struct shot *snapshot_take(struct call *c, const struct volume *v,
	const char *description);

/* All elements, without one around them. */
void snapshot_write(struct call *c, const struct snapshot *s);

void ec2_copy_snapshot(struct call *c);
void ec2_create_snapshot(struct call *c);
void ec2_delete_snapshot(struct call *c);
void ec2_describe_snapshot_attribute(struct call *c);
void ec2_modify_snapshot_attribute(struct call *c);
void ec2_reset_snapshot_attribute(struct call *c);

#endif
