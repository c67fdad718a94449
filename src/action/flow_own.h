/* SPDX-License-Identifier: MIT */
/* What the files of flow.h share. */
#ifndef ACTION_FLOW_OWN_H
#define ACTION_FLOW_OWN_H

#include "action/flow.h"
#include "base/map.h"

enum mark_state { MARK_NEW, MARK_BEGUN, MARK_DONE };

struct mark {
	enum mark_state state;
	int64_t at;              /* wall ms of the beginning */
};

struct flow {
	char id[37];
	char *path;              /* NULL: it lives as long as the program */
	int fd;                  /* -1: only looked at */
	const struct workflow *workflow;
	struct map *values;      /* char * */
	struct map *marks;       /* by step's name */
	struct map *unwritten;   /* values that no line has yet; borrowed */
	bool cleaning, cancelled, waiting, ended;
	bool held;               /* somebody has it open */
	char *error;             /* NULL: none */
	int64_t begun;
};

struct flow *flow_alloc(void);

/* A line; text may be NULL. Values not yet written go with it. */
bool flow_write(struct flow *f, const char *event, const char *step,
	const char *text, struct error *err);

/* The lines so far: what they say is what holds. */
bool flow_read(struct flow *f, struct error *err);

struct mark *flow_mark(const struct flow *f, const char *step);

/* One line's meaning, read or just written. */
void flow_apply(struct flow *f, const char *event, const char *step,
	const char *text, int64_t at);

/* What follows from what is known by now (workflow.values). */
void flow_set_values(struct flow *f);

/* What is to be done now; NULL: nothing is left. */
const struct work_step *flow_next(const struct flow *f);

/* flow_call.c */
bool flow_call(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err);
bool flow_wait(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err);

bool flow_find_address(struct flow *f, const struct work_step *step,
	const struct flow_hands *hands, struct error *err);

/* What was sent and never answered: looked for, before it is cleaned. */
bool flow_settle(struct flow *f, const struct flow_hands *hands,
	struct error *err);

#endif
