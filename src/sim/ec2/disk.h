/* SPDX-License-Identifier: MIT */
/*
 * What requests change about volumes, and the volumes they make. A record
 * has the times at which its states begin and end, so they move with the
 * clock and nothing wakes. Under the world's lock.
 */
#ifndef SIM_EC2_DISK_H
#define SIM_EC2_DISK_H

#include "sim/ec2/storage.h"

#include <stdbool.h>
#include <stdint.h>

#define DISK_CREATING_MS 4000
#define DISK_ATTACHING_MS 2000
#define DISK_DETACHING_MS 3000
#define DISK_DELETING_MS 2000
#define DISK_MODIFYING_MS 5000       /* then it is as asked for … */
#define DISK_OPTIMIZING_MS 60000     /* … and this long not at its best */
#define DISK_AGAIN_MS 21600000       /* until the next change of it */
#define DISK_DEVICE_MOST 24
#define DISK_KEY_MOST 160

struct disk_shape {
	const char *type;        /* of disk_type_find() */
	unsigned gib, iops, throughput;
};

struct disk {
	uint64_t slot;           /* of the volume; its id's index */
	bool made;               /* by a request, not born with the world */
	struct disk_shape shape, before;
	int64_t changed;         /* when it was to become shape; 0: never */
	bool encrypted, multi, auto_io, io_enabled, on_termination;
	uint64_t snapshot;       /* 0: none */
	uint64_t instance;       /* 0: not attached */
	char device[DISK_DEVICE_MOST];
	char zone[24];
	char key[DISK_KEY_MOST]; /* KMS; "": the account's default one */
	int64_t created, attached;
	int64_t detached;        /* from then on; 0: not on its way */
	int64_t gone;            /* 0: not on its way */
};

struct disks;

struct disks *disks_new(void);
void disks_free(struct disks *d);

/* Slots of volumes that are there from the start, and the number of those
 * that requests have made: they come after. */
uint64_t volume_born(const struct world *w);
uint64_t disk_made(const struct world *w);

/* A new one like that: slot, made and created are filled in. It is of the
 * world. */
struct disk *disk_make(struct world *w, const struct disk *like, int64_t now);

/* The record of a volume, made of what it is if it has none. */
struct disk *disk_edit(struct world *w, const struct volume *v);

/* NULL: as it was born. */
const struct disk *disk_find(const struct world *w, uint64_t slot);

/* What has a record, in order of its first change; NULL after the last.
 * *cursor starts at 0. */
const struct disk *disk_next(const struct world *w, size_t *cursor);

/* Lays the record over a volume; false: it is gone. */
bool disk_apply(struct call *c, const struct disk *d, struct volume *v);

/* The last change: "modifying", "optimizing" or "completed". */
const char *disk_change_state(const struct disk *d, int64_t now,
	unsigned *percent);

/* What a type of volume can be (EBS User Guide, "Amazon EBS volume
 * types"). */
struct disk_type {
	const char *name;
	unsigned gib_least, gib_most;
	unsigned iops_least, iops_most;      /* 0: not to be asked for */
	unsigned iops_each;                  /* a GiB, at most */
	unsigned through_least, through_most;
	bool iops_needed;
};

const struct disk_type *disk_type_find(const char *name);

/* Fills in what was not asked for (0), and answers with AWS's refusal and
 * false what the type cannot be. */
bool disk_shape_check(struct call *c, struct disk_shape *shape);

#endif
