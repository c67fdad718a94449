/* SPDX-License-Identifier: MIT */
#include "sim/ec2/things.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sim/ec2/store.h"
#include "sim/xml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MADE_MOST ((uint64_t)1 << 24)     /* slots of .make */
#define ID_HASHED 64                      /* id kinds by the prefix */

struct thing_list {
	struct thing **items;    /* by slot, the gone ones too */
	size_t count, room;
};

struct things {
	struct thing_list *lists;
	size_t kinds;
	struct map *ids;
	struct map *tokens;      /* see token.c */
};

static size_t kind_index(const struct thing_kind *kind)
{
	size_t n = 0;

	while (thing_kind_at(n) != kind)
		n++;
	return n;
}

static struct thing_list *list_of(const struct world *w,
	const struct thing_kind *kind)
{
	return &w->things->lists[kind_index(kind)];
}

static const struct thing_kind *kind_of(const struct ec2_list *l)
{
	return (const struct thing_kind *)(const void *)l;
}

struct things *things_new(void)
{
	struct things *s = xcalloc(1, sizeof(*s));

	while (thing_kind_at(s->kinds))
		s->kinds++;
	s->lists = xcalloc(s->kinds, sizeof(*s->lists));
	s->ids = map_new();
	s->tokens = map_new();
	return s;
}

void things_seed(struct world *w)
{
	for (size_t n = 0; thing_kind_at(n); n++)
		if (thing_kind_at(n)->seed)
			thing_kind_at(n)->seed(w);
}

void things_free(struct things *s)
{
	for (size_t n = 0; n < s->kinds; n++) {
		for (size_t i = 0; i < s->lists[n].count; i++)
			thing_free(s->lists[n].items[i]);
		VEC_FREE(&s->lists[n]);
	}
	free(s->lists);
	map_free(s->ids, NULL);
	map_free(s->tokens, free);
	free(s);
}

struct map *things_tokens(const struct world *w)
{
	return w->things->tokens;
}

const struct sim_action *things_action(const char *name)
{
	for (size_t n = 0; thing_kind_at(n); n++) {
		const struct sim_action *a = thing_kind_at(n)->actions;

		for (; a && a->name; a++)
			if (!strcmp(a->name, name))
				return a;
	}
	return NULL;
}

struct thing *things_next(const struct world *w,
	const struct thing_kind *kind, int64_t now, size_t *cursor)
{
	const struct thing_list *list = list_of(w, kind);

	while (*cursor < list->count) {
		struct thing *t = list->items[(*cursor)++];

		if (now < t->gone)
			return t;
	}
	return NULL;
}

struct thing *things_find(const struct world *w,
	const struct thing_kind *kind, const char *id, int64_t now)
{
	struct thing *t = map_get(w->things->ids, id);

	return t && t->kind == kind && now < t->gone ? t : NULL;
}

const char *ec2_need(struct call *c, const char *param)
{
	const char *value = call_param(c, param);

	if (!value || !*value) {
		call_error(c, 400, "MissingParameter", "The request must "
			"contain the parameter %s", param);
		return NULL;
	}
	return value;
}

bool ec2_is_true(const struct call *c, const char *param)
{
	const char *value = call_param(c, param);

	return value && !strcmp(value, "true");
}

struct thing *things_need(struct call *c, const struct thing_kind *kind,
	const char *param)
{
	const char *id = ec2_need(c, param);
	struct thing *t = id ? things_find(c->world, kind, id, c->now) : NULL;
	struct thing_row row;

	/* Not there, or one of .make: either way not to be changed. */
	if (id && !t && ec2_list_find(c, &kind->list, id, &row))
		call_error(c, 400, "UnsupportedOperation", "The %s '%s' "
			"cannot be changed", kind->list.id_name, id);
	return t;
}

static void set_id(struct thing *t, const struct world *w)
{
	const struct thing_kind *k = t->kind;
	uint64_t index = list_of(w, k)->count + (k->made ? MADE_MOST : 0);
	enum id_kind kind = k->list.kind;

	if (k->make_id) {
		k->make_id(w, index, t->id);
		return;
	}
	if (kind == ID_INSTANCE)     /* left out */
		kind = (enum id_kind)(ID_HASHED + map_hash(k->list.prefix,
			strlen(k->list.prefix)) % 128);
	world_id_text(k->list.prefix, world_id(w, kind, index), t->id);
}

/* c NULL: there is no request; what parameters would say is `otherwise`. */
static bool set_members(struct thing *t, const struct world *w,
	struct call *c, int64_t now)
{
	for (const struct thing_member *m = t->kind->members; m->path; m++) {
		const char *given = NULL;
		struct str text = STR_INIT;

		switch (m->from) {
		case FROM_NOTHING: break;
		case FROM_TEXT: str_add(&text, m->text); break;
		case FROM_ID: str_add(&text, t->id); break;
		case FROM_OWNER: str_add(&text, w->account); break;
		case FROM_TIME: xml_time(&text, now); break;
		case FROM_ARN:
			str_addf(&text, "arn:aws:ec2:%s:%s:%s%s",
				w->region->name, w->account, m->text, t->id);
			break;
		case FROM_NEEDED:
			if (c && !ec2_need(c, m->text))
				return false;
			/* fallthrough */
		case FROM_PARAM:
			given = c ? call_param(c, m->text) : NULL;
			str_add(&text, given ? given : m->otherwise ?
				m->otherwise : "");
		}
		if (m->from == FROM_TEXT || text.len > 0 || given)
			thing_set(t, m->path, "%s", text.p);
		str_clear(&text);
	}
	return true;
}

/* TagSpecification.N of the kind's own type. */
static bool set_tags(struct thing *t, struct call *c)
{
	const char *type = t->kind->type ? t->kind->type : "";
	struct call_pairs tags = { 0 };
	bool ok = ec2_tags_on_create(c, type, type, &tags);

	for (size_t i = 0; ok && i < tags.count; i++)
		thing_tag(t, tags.items[i].name, tags.items[i].value);
	VEC_FREE(&tags);
	return ok;
}

struct thing *things_draft(struct call *c, const struct thing_kind *kind)
{
	struct thing *t = thing_new(kind, NULL);

	set_id(t, c->world);
	if (set_members(t, c->world, c, c->now) && set_tags(t, c))
		return t;
	thing_free(t);
	return NULL;
}

void things_keep(struct world *w, struct thing *t)
{
	*VEC_PUSH(list_of(w, t->kind)) = t;
	map_set(w->things->ids, t->id, t);
}

static bool is_full(const struct call *c, const struct thing_kind *kind)
{
	size_t cursor = 0, count = 0;

	while (kind->most && things_next(c->world, kind, c->now, &cursor))
		count++;
	return kind->most && count >= kind->most;
}

bool things_add(struct call *c, struct thing *t)
{
	if (ec2_dry_run(c) || (is_full(c, t->kind) && !call_error(c, 400,
		t->kind->most_code, "%s", t->kind->most_text))) {
		thing_free(t);
		return false;
	}
	things_keep(c->world, t);
	return true;
}

struct thing *things_born(struct world *w, const struct thing_kind *kind,
	int64_t at)
{
	struct thing *t = thing_new(kind, NULL);

	set_id(t, w);
	set_members(t, w, NULL, at);
	things_keep(w, t);
	return t;
}

void things_remove(struct thing *t, int64_t at)
{
	t->gone = at;
}

void ec2_reply_true(struct call *c)
{
	call_open(c);
	str_add(c->out, "<return>true</return>");
	call_close(c);
}

static void write_thing(struct call *c, const struct thing_row *row)
{
	thing_write(c->out, row);
	if (row->thing->kind->more)
		row->thing->kind->more(c, row->thing);
}

void things_reply(struct call *c, const struct thing *t, const char *element)
{
	struct thing_row row;

	thing_row_fill(c->world, t, c->now, &row);
	call_open(c);
	xml_add(c->out, "<%r>", element);
	write_thing(c, &row);
	xml_add(c->out, "</%r>", element);
	call_close(c);
}

void things_describe(struct call *c)
{
	for (size_t n = 0; thing_kind_at(n); n++) {
		const struct thing_kind *kind = thing_kind_at(n);

		if (kind->describe && !strcmp(kind->describe, c->operation))
			ec2_list_run(c, &kind->list);
	}
}

const struct thing_member *things_members(const struct ec2_list *l)
{
	return kind_of(l)->members;
}

static uint64_t made_slots(const struct world *w, const struct thing_kind *k)
{
	return k->made ? k->made(w) : 0;
}

uint64_t things_slots(const struct world *w, const struct ec2_list *l)
{
	return made_slots(w, kind_of(l)) + list_of(w, kind_of(l))->count;
}

struct thing *things_make(struct call *c, const struct thing_kind *k,
	uint64_t slot, bool of_call)
{
	struct thing *t = thing_new(k, of_call ? c : NULL);

	world_id_text(k->list.prefix, world_id(c->world, k->list.kind, slot),
		t->id);
	if (k->make(c, slot, t))
		return t;
	thing_free(t);
	return NULL;
}

static bool fill_made(struct call *c, const struct thing_kind *k,
	uint64_t slot, struct thing_row *row)
{
	const struct thing *t = things_make(c, k, slot, true);

	if (t)
		thing_row_fill(c->world, t, c->now, row);
	return t != NULL;
}

bool things_fill(struct call *c, const struct ec2_list *l, uint64_t slot,
	void *row)
{
	const struct thing_kind *k = kind_of(l);
	uint64_t made = made_slots(c->world, k);
	const struct thing *t;

	if (slot < made)
		return fill_made(c, k, slot, row);
	t = list_of(c->world, k)->items[slot - made];
	if (c->now >= t->gone)
		return false;
	thing_row_fill(c->world, t, c->now, row);
	return true;
}

bool things_row(struct call *c, const struct ec2_list *l, const char *id,
	void *row)
{
	const struct thing_kind *k = kind_of(l);
	const struct thing *t = things_find(c->world, k, id, c->now);
	uint64_t slot;

	if (t)
		thing_row_fill(c->world, t, c->now, row);
	return t || (world_index(c->world, l->kind, l->prefix, id, &slot) &&
		slot < made_slots(c->world, k) && fill_made(c, k, slot, row));
}

void things_write(struct call *c, const struct ec2_list *l, const void *row)
{
	(void)l;
	str_add(c->out, "<item>");
	write_thing(c, row);
	str_add(c->out, "</item>");
}

/* NULL: answered. */
static const char *id_of_name(struct call *c, const struct thing_kind *k,
	const struct thing_name *by, const char *name)
{
	size_t cursor = 0;
	const struct thing *t;

	while ((t = things_next(c->world, k, c->now, &cursor)))
		if (thing_is(t, by->path, name, c->now))
			return t->id;
	call_error(c, 400, by->not_found, by->message ? by->message :
		"The %s '%s' does not exist", k->list.id_name, name);
	return NULL;
}

bool things_named(struct call *c, const struct ec2_list *l,
	struct call_pairs *ids)
{
	const struct thing_kind *k = kind_of(l);
	struct call_pairs names = { 0 };
	bool ok = true;

	for (const struct thing_name *by = k->names; ok && by && by->param;
		by++) {
		call_list(c, by->param, &names);
		for (size_t i = 0; ok && i < names.count; i++) {
			const char *id = id_of_name(c, k, by,
				names.items[i].value);

			ok = id != NULL;
			*VEC_PUSH(ids) = (struct call_pair){ "", id };
		}
		names.count = 0;
	}
	VEC_FREE(&names);
	return ok;
}
