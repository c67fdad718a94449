/* SPDX-License-Identifier: MIT */
/*
 * Generations. What arrives stands beside the rows of before and replaces
 * those of equal identity one by one; what was not replaced when its shard
 * is complete is gone. Rows without identity cannot be matched: they wait
 * out of sight and take the place of all the old ones at the end.
 */
#include "fetch/table_parts.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>

/* More rows than this that went at once are not shown going. */
#define LEAVING_MOST 1000

static uint64_t identity_at(const void *owner, struct place place)
{
	const struct table *t = owner;

	return t->slots[place.segment].segment->identities[place.row];
}

void rows_init(struct table *t)
{
	t->ids.identity = identity_at;
	t->ids.owner = t;
}

struct row rows_at(const struct table *t, struct place place)
{
	return (struct row){ t->slots[place.segment].segment, place.row };
}

bool rows_held_back(const struct table *t, const struct part *p)
{
	return !t->compiled->identities && p->old.count &&
		p->shown.state == SHARD_LOADING;
}

static uint32_t take_slot(struct table *t)
{
	if (t->free_slots.count)
		return t->free_slots.items[--t->free_slots.count];
	if (t->slot_count == t->slot_room)
		t->slots = vec_grow(t->slots, &t->slot_room,
			t->slot_count + 1, sizeof(*t->slots));
	return (uint32_t)t->slot_count++;
}

static uint32_t open_slot(struct table *t, uint32_t part,
	struct segment *segment)
{
	uint32_t n = take_slot(t);

	t->slots[n] = (struct slot){ .segment = segment, .part = part,
		.live = segment->count, .serial = ++t->serial,
		.bytes = segment_bytes(segment) };
	t->segment_bytes += t->slots[n].bytes;
	t->rows += segment->count;
	t->parts[part].shown.rows += segment->count;
	return n;
}

static void close_slot(struct table *t, uint32_t n)
{
	struct slot *slot = &t->slots[n];

	t->segment_bytes -= slot->bytes;
	if (!slot->leaving) {
		t->rows -= slot->live;
		t->parts[slot->part].shown.rows -= slot->live;
	}
	segment_unref(slot->segment);
	free(slot->dead);
	*slot = (struct slot){ 0 };
	slots_push(&t->free_slots, n);
}

static bool is_dead(const struct slot *slot, uint32_t row)
{
	return slot->dead && bit_get(slot->dead, row);
}

static void kill_row(struct table *t, struct place place)
{
	struct slot *slot = &t->slots[place.segment];

	if (!slot->dead)
		slot->dead = xcalloc(bit_words(slot->segment->count),
			sizeof(*slot->dead));
	bit_set(slot->dead, place.row);
	slot->live--;
	t->rows--;
	t->parts[slot->part].shown.rows--;
}

static void forget_identities(struct table *t, const struct slot *slot)
{
	const struct segment *s = slot->segment;

	for (uint32_t row = 0; s->identities && row < s->count; row++)
		if (!is_dead(slot, row))
			ids_remove(&t->ids, s->identities[row]);
}

/* Frees the slots of the list; their rows' identities are gone. */
static void drop_all(struct table *t, struct slot_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		forget_identities(t, &t->slots[list->items[i]]);
		close_slot(t, list->items[i]);
	}
	list->count = 0;
}

static void let_go(struct table *t, struct part *p)
{
	for (size_t i = 0; i < p->leaving.count; i++) {
		close_slot(t, p->leaving.items[i]);
		t->stamp++;
		t->changed = true;
	}
	p->leaving.count = 0;
}

void rows_let_go(struct table *t)
{
	for (size_t i = 0; i < t->part_count; i++)
		let_go(t, &t->parts[i]);
	t->leave_due = CLOCK_NEVER;
}

/* The table has them no more; the view does for a while. */
static void leave(struct table *t, struct part *p, uint32_t n)
{
	struct slot *slot = &t->slots[n];

	forget_identities(t, slot);
	t->rows -= slot->live;
	p->shown.rows -= slot->live;
	slot->leaving = true;
	slots_push(&p->leaving, n);
	t->leave_due = clock_now() + t->fetch->mark_ms;
}

/* A listing that was cut may just not have come to them. */
static void note_gone(struct table *t, struct part *p)
{
	for (size_t i = 0; !p->shown.capped && i < p->old.count; i++) {
		const struct slot *slot = &t->slots[p->old.items[i]];

		for (uint32_t row = 0; slot->segment->identities &&
		     row < slot->segment->count; row++)
			if (!is_dead(slot, row))
				news_add(p, (struct row){ slot->segment, row },
					ROW_GONE, false, NULL, NULL, NULL);
	}
}

/* What was not seen again. */
static void end_old(struct table *t, struct part *p)
{
	size_t rows = 0;

	note_gone(t, p);
	for (size_t i = 0; i < p->old.count; i++)
		rows += t->slots[p->old.items[i]].live;
	if (!t->fetch->keep_gone || !t->fetch->mark_ms || !t->open ||
	    !t->compiled->identities || rows > LEAVING_MOST ||
	    p->shown.capped) {
		drop_all(t, &p->old);
		return;
	}
	for (size_t i = 0; i < p->old.count; i++)
		leave(t, p, p->old.items[i]);
	p->old.count = 0;
}

/* Slots without a live row. */
static void drop_empty(struct table *t, struct slot_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		uint32_t n = list->items[i];

		if (t->slots[n].live)
			list->items[kept++] = n;
		else
			close_slot(t, n);
	}
	list->count = kept;
}

void rows_begin(struct table *t, struct part *p)
{
	let_go(t, p);
	for (size_t i = 0; i < p->now.count; i++) {
		t->slots[p->now.items[i]].is_old = true;
		slots_push(&p->old, p->now.items[i]);
	}
	p->now.count = 0;
	t->seen -= p->seen;
	p->seen = 0;
	p->generation++;
	p->begun = 0;
}

/* False: there is no room for it. */
static bool add_row(struct table *t, struct part *p, struct place place)
{
	const struct segment *s = t->slots[place.segment].segment;
	struct place *there;

	if (t->seen >= t->fetch->options.rows_max) {
		kill_row(t, place);
		return false;
	}
	if (s->identities) {
		uint64_t identity = s->identities[place.row];

		there = ids_find(&t->ids, identity);
		if (!there) {
			ids_add(&t->ids, identity, place);
			if (p->complete)
				marks_new(t, p, place);
		} else if (t->slots[there->segment].is_old &&
		    &t->parts[t->slots[there->segment].part] == p) {
			marks_replaced(t, p, *there, place);
			kill_row(t, *there);
			*there = place;
		} else {
			kill_row(t, place);
			return true;
		}
	}
	t->seen++;
	p->seen++;
	return true;
}

bool rows_add(struct table *t, uint32_t part, struct segment *segment)
{
	struct part *p = &t->parts[part];
	uint32_t n = open_slot(t, part, segment);
	bool room = true;

	slots_push(&p->now, n);
	for (uint32_t row = 0; row < segment->count; row++)
		room &= add_row(t, p, (struct place){ n, row });
	if (t->compiled->identities)
		drop_empty(t, &p->old);
	t->stamp++;
	t->changed = true;
	return room;
}

static void append_old(struct table *t, struct part *p)
{
	for (size_t i = 0; i < p->old.count; i++) {
		t->slots[p->old.items[i]].is_old = false;
		slots_push(&p->now, p->old.items[i]);
	}
	p->old.count = 0;
}

void rows_end(struct table *t, struct part *p, bool ok)
{
	if (ok) {
		end_old(t, p);
		news_publish(t, p);
	} else {
		if (!t->compiled->identities && p->old.count)
			drop_all(t, &p->now);
		append_old(t, p);
	}
	t->stamp++;
	t->changed = true;
}

void rows_clear(struct table *t)
{
	for (size_t i = 0; i < t->slot_count; i++) {
		segment_unref(t->slots[i].segment);
		free(t->slots[i].dead);
	}
	for (size_t i = 0; i < t->part_count; i++) {
		VEC_FREE(&t->parts[i].now);
		VEC_FREE(&t->parts[i].old);
		VEC_FREE(&t->parts[i].leaving);
		changes_clear(&t->parts[i].news);
	}
	free(t->slots);
	VEC_FREE(&t->free_slots);
	ids_clear(&t->ids);
}
