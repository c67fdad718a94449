/* SPDX-License-Identifier: MIT */
/*
 * All things of a world, and what is done alike for every kind of them:
 * Describe with ids, names, filters and pages; ids of new ones, parameters
 * and tags on create, DryRun, limits; client tokens. A kind is a row of
 * struct thing_kind in a file of its own and a line in kinds.c.
 */
#ifndef SIM_EC2_THINGS_H
#define SIM_EC2_THINGS_H

#include "sim/ec2/thing.h"
#include "sim/service.h"

#define EC2_PAGE "MaxResults NextToken "
#define EC2_FILTERS "Filter.N.Name Filter.N.Value.N "
#define EC2_TAGS "TagSpecification.N.ResourceType " \
	"TagSpecification.N.Tag.N.Key TagSpecification.N.Tag.N.Value "

/* What a new thing has at a path. */
enum thing_from {
	FROM_NOTHING,            /* the row is there for its filters */
	FROM_TEXT,               /* text */
	FROM_ID,
	FROM_OWNER,
	FROM_TIME,               /* now */
	FROM_ARN,                /* text is "subnet/" */
	FROM_PARAM,              /* the parameter `text`, else `otherwise` */
	FROM_NEEDED              /* the same; refused without it */
};

struct thing_member {
	const char *path;        /* N stands for the number of an item */
	const char *filters;     /* names, blank-separated; NULL: none */
	enum thing_from from;
	const char *text, *otherwise;
};

/* Another parameter than ids that picks things: KeyName.N. */
struct thing_name {
	const char *param, *path, *not_found;
	const char *message;     /* %s: the name */
};

struct thing_kind {
	struct ec2_list list;    /* .stored, of the members below */
	const char *type;        /* for tags; NULL: none on create */
	const char *describe;    /* its operation */
	const struct thing_member *members;
	const struct thing_name *names;
	const struct sim_action *actions;

	/* What is there from the start. */
	void (*seed)(struct world *w);

	/* Elements that are not its own. */
	void (*more)(struct call *c, const struct thing *t);

	/* An id that is not prefix and digits. */
	void (*make_id)(const struct world *w, uint64_t index,
		char out[EC2_ID_MOST]);

	/* Slots before those of the store whose things are made when they are
	 * asked for; ids are those of list.kind. False: an empty slot. */
	uint64_t (*made)(const struct world *w);
	bool (*make)(struct call *c, uint64_t slot, struct thing *t);

	unsigned most;           /* 0: no limit */
	const char *most_code, *most_text;
};

/* kinds.c; NULL after the last. Seeded in that order. */
const struct thing_kind *thing_kind_at(size_t n);

/* Of a slot of .make, the call's or on the heap; NULL: it is empty. */
struct thing *things_make(struct call *c, const struct thing_kind *kind,
	uint64_t slot, bool of_call);

/* The action of every kind's .describe. */
void things_describe(struct call *c);

/* In order, NULL after the last; *cursor starts at 0. Not those of .make. */
struct thing *things_next(const struct world *w,
	const struct thing_kind *kind, int64_t now, size_t *cursor);
struct thing *things_find(const struct world *w,
	const struct thing_kind *kind, const char *id, int64_t now);

/* The thing that a parameter names; NULL: answered. */
struct thing *things_need(struct call *c, const struct thing_kind *kind,
	const char *param);

/* A value that has to be there; NULL: answered. */
const char *ec2_need(struct call *c, const char *param);
bool ec2_is_true(const struct call *c, const char *param);

/* The request's new thing, with its id, members and tags, not yet in the
 * store. NULL: answered. */
struct thing *things_draft(struct call *c, const struct thing_kind *kind);

/* Key and value as AWS takes them; false: answered. */
bool ec2_check_tag(struct call *c, const char *key, const char *value);

/* Answers DryRun and limits with false, then the draft is freed. */
bool things_add(struct call *c, struct thing *t);

/* A thing that was always there, in the store. at: FROM_TIME. */
struct thing *things_born(struct world *w, const struct thing_kind *kind,
	int64_t at);

/* Into the store as it is, with the id that it has. */
void things_keep(struct world *w, struct thing *t);

/* Not listed any more from now, or from a later time on. */
void things_remove(struct thing *t, int64_t at);

/* <element>…</element> of a thing as the whole answer, or <return>. */
void things_reply(struct call *c, const struct thing *t,
	const char *element);
void ec2_reply_true(struct call *c);

#endif
