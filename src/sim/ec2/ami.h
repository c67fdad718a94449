/* SPDX-License-Identifier: MIT */
/*
 * Images: the few that are there from the start, those that requests make,
 * and those that other accounts of the region share. Under the world's
 * lock.
 */
#ifndef SIM_EC2_AMI_H
#define SIM_EC2_AMI_H

#include "sim/ec2/disk.h"
#include "sim/ec2/share.h"

#define AMI_MS 12000         /* from pending to available */
#define AMI_TEXT_MOST 1024
#define AMI_NAME_MOST 129

struct ami_disk {
	char device[DISK_DEVICE_MOST];
	char snapshot[EC2_ID_MOST];
	char type[12];
	unsigned gib;
	bool encrypted, default_key, on_termination;
};

struct ami_disks {
	struct ami_disk *items;
	size_t count, room;
};

struct image {
	struct ec2_row row;
	const struct world *world;       /* of its owner */
	const char *owner, *alias, *state, *platform, *type, *root;
	const char *root_device, *architecture, *virtualization, *hypervisor;
	const char *boot, *imds, *instance;      /* "": none */
	uint64_t slot;
	int64_t created, deprecates;     /* deprecates 0: never */
	bool is_public, ena;
	struct share share;      /* not to be changed or cleared, … */
	struct ami_disks disks;  /* … as this */
	struct ami_disk born;
	char name[AMI_NAME_MOST];
	char description[AMI_TEXT_MOST];
};

/* What requests have made of it. Of one that was there from the start it
 * holds for description, share, deprecation and the end alone. */
struct ami {
	uint64_t slot;           /* its id's index */
	bool made, ena;
	char name[AMI_NAME_MOST];
	char description[AMI_TEXT_MOST];
	char architecture[16], virtualization[16], boot[16], imds[8];
	char root_device[DISK_DEVICE_MOST];
	char instance[EC2_ID_MOST];
	const char *platform;    /* NULL: Linux */
	struct ami_disks disks;
	int64_t created, gone;   /* gone 0: it is there */
	int64_t deprecates;
	struct share share;
};

struct amis;

struct amis *amis_new(void);
void amis_free(struct amis *a);
uint64_t amis_made(const struct world *w);

/* Takes the contents of like over. */
struct ami *ami_make(struct world *w, const struct ami *like, int64_t now);
struct ami *ami_edit(struct world *w, const struct image *i);
const struct ami *ami_find(const struct world *w, uint64_t slot);
uint64_t image_born(const struct world *w);

/* Whatever the call may use, by its id; false: answered. */
bool image_find_id(struct call *c, const char *id, struct image *out);

/* The same of another region of the account; false: not there. */
bool image_of_region(struct call *c, struct world *w, const char *id,
	struct image *out);

/* Is a snapshot in use by an image of the account? Its id. */
bool image_of_snapshot(struct call *c, const char *snapshot,
	char id[EC2_ID_MOST]);

/* Is a name taken by an image of the account? Its id. */
bool image_of_name(struct call *c, const char *name, char id[EC2_ID_MOST]);

/* <item>… of its devices. */
void image_write_disks(struct str *out, const struct ami_disks *disks);

void ec2_copy_image(struct call *c);
void ec2_create_image(struct call *c);
void ec2_deregister_image(struct call *c);
void ec2_describe_image_attribute(struct call *c);
void ec2_disable_image_deprecation(struct call *c);
void ec2_enable_image_deprecation(struct call *c);
void ec2_modify_image_attribute(struct call *c);
void ec2_register_image(struct call *c);
void ec2_reset_image_attribute(struct call *c);

/* What only the owner may do: ImageId; false: answered. */
bool image_own(struct call *c, struct image *out);

#endif
