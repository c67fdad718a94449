/* SPDX-License-Identifier: MIT */
#include "sim/ec2/disk.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct disks {
	struct map *slots;       /* slot as text → struct disk */
	uint64_t made;
	struct { struct disk **items; size_t count, room; } all;
};

struct disks *disks_new(void)
{
	struct disks *d = xcalloc(1, sizeof(*d));

	d->slots = map_new();
	return d;
}

void disks_free(struct disks *d)
{
	map_free(d->slots, free);
	VEC_FREE(&d->all);
	free(d);
}

static void add(struct disks *d, struct disk *disk)
{
	map_setn(d->slots, (const char *)&disk->slot, sizeof(disk->slot),
		disk);
	*VEC_PUSH(&d->all) = disk;
}

struct disk *disk_make(struct world *w, const struct disk *like, int64_t now)
{
	struct disk *disk = xmalloc(sizeof(*disk));

	*disk = *like;
	disk->slot = volume_born(w) + w->disks->made++;
	disk->made = true;
	disk->io_enabled = true;
	disk->created = now;
	add(w->disks, disk);
	return disk;
}

const struct disk *disk_find(const struct world *w, uint64_t slot)
{
	if (!w->disks->all.count)
		return NULL;
	return map_getn(w->disks->slots, (const char *)&slot, sizeof(slot));
}

const struct disk *disk_next(const struct world *w, size_t *cursor)
{
	return *cursor < w->disks->all.count ?
		w->disks->all.items[(*cursor)++] : NULL;
}

uint64_t disk_made(const struct world *w)
{
	return w->disks->made;
}

struct disk *disk_edit(struct world *w, const struct volume *v)
{
	struct disk *d = map_getn(w->disks->slots, (const char *)&v->index,
		sizeof(v->index));

	if (d)
		return d;
	d = xcalloc(1, sizeof(*d));
	d->slot = v->index;
	d->shape = (struct disk_shape){ v->type, v->gib, v->iops,
		v->throughput };
	d->encrypted = v->encrypted;
	d->io_enabled = !v->impaired;
	d->on_termination = v->on_termination;
	d->snapshot = v->snapshot;
	d->instance = v->instance;
	snprintf(d->device, sizeof(d->device), "%s",
		v->device ? v->device : "");
	memcpy(d->zone, v->zone, sizeof(d->zone));
	d->created = v->created;
	d->attached = v->attached;
	add(w->disks, d);
	return d;
}

const char *disk_change_state(const struct disk *d, int64_t now,
	unsigned *percent)
{
	int64_t past = now - d->changed - DISK_MODIFYING_MS;

	*percent = 0;
	if (past < 0)
		return "modifying";
	*percent = past >= DISK_OPTIMIZING_MS ? 100 :
		(unsigned)(past * 100 / DISK_OPTIMIZING_MS);
	return *percent < 100 ? "optimizing" : "completed";
}

/* Its instance may have ended since; then it is free, or gone as well. */
static bool instance_ended(struct call *c, uint64_t id)
{
	struct instance i;
	char text[EC2_ID_MOST];
	uint64_t index;

	world_id_text("i-", id, text);
	return !world_index(c->world, ID_INSTANCE, "i-", text, &index) ||
		!instance_fill(c->world, index, c->now, &i) ||
		instance_is_gone(&i);
}

static bool apply_attachment(struct call *c, const struct disk *d,
	struct volume *v)
{
	bool attached = d->instance &&
		(!d->detached || c->now < d->detached);

	if (attached && instance_ended(c, d->instance)) {
		if (d->on_termination)
			return false;
		attached = false;
	}
	v->instance = attached ? d->instance : 0;
	v->device = attached ? d->device : NULL;
	v->attached = attached ? d->attached : 0;
	v->on_termination = attached && d->on_termination;
	v->instance_status = !attached ? NULL : d->detached ? "detaching" :
		c->now < d->attached + DISK_ATTACHING_MS ? "attaching" :
		"attached";
	return true;
}

bool disk_apply(struct call *c, const struct disk *d, struct volume *v)
{
	const struct disk_shape *shape = d->changed &&
		c->now < d->changed + DISK_MODIFYING_MS ? &d->before :
		&d->shape;

	if ((d->gone && c->now >= d->gone) || !apply_attachment(c, d, v))
		return false;
	v->type = shape->type;
	v->gib = shape->gib;
	v->iops = shape->iops;
	v->throughput = shape->throughput;
	v->encrypted = d->encrypted;
	v->multi = d->multi;
	v->auto_io = d->auto_io;
	v->impaired = !d->io_enabled;
	v->snapshot = d->snapshot;
	v->key = d->key;
	v->created = d->created;
	memcpy(v->zone, d->zone, sizeof(v->zone));
	v->status = d->gone ? "deleting" : v->instance ? "in-use" :
		d->made && c->now < d->created + DISK_CREATING_MS ?
		"creating" : "available";
	return true;
}
