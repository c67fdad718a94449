/* SPDX-License-Identifier: MIT */
/*
 * The client as it is, the simulator behind it, one process, virtual time:
 * tests ask what reached the simulator. Time passes only while somebody
 * waits for it, so what a call takes is what it has waited.
 */
#ifndef TESTS_DOOR_SIM_H
#define TESTS_DOOR_SIM_H

#include "aws/session.h"
#include "sim/sim.h"

#define DOOR_SIM_NOW 1795392840000       /* 2026-11-23T00:14:00Z */

struct door_sim {
	struct sim *sim;
	struct doc_names *names;
	struct door *door;
	struct session *session;
	const char *region;        /* of the calls; NULL: the session's */
	struct reply reply;        /* of the last call */
	struct error err;
	int64_t waited;            /* ms that the last call took */
	size_t from, sent;         /* its lines in the simulator's log */
	char *log;
	bool is_still;             /* time stands still all the same */
	size_t cancel_at;          /* cancelled when that many have come */
};

/* Of the whole group. */
int door_sim_begin(void **state);
int door_sim_end(void **state);

/* config NULL: the simulator's own key, us-east-1, path style. */
void door_sim_open(struct door_sim *d, struct aws_config *config);
void door_sim_close(struct door_sim *d);
void door_sim_fault(struct door_sim *d, const char *spec);

/* A call from beginning to end, with up to one argument (value NULL: none). */
bool door_sim_run(struct door_sim *d, const struct service *service,
	const struct operation *operation, const char *path,
	const char *value);

/* A member of line i of the last call's, quotes taken off: "attempt". Valid
 * until asked again. */
const char *door_sim_line(struct door_sim *d, size_t i, const char *name);
void door_sim_expect(struct door_sim *d, size_t i, const char *name,
	const char *value);
void door_sim_expect_error(struct door_sim *d, enum error_kind kind);

/* Rows of EC2. */
const struct service *door_sim_ec2(void);
const struct operation *door_sim_read(void);      /* DescribeRegions */
const struct operation *door_sim_never(void);     /* RebootInstances */
#define DOOR_SIM_TARGET "InstanceIds[]"
/* An instance that runs. */
const char *door_sim_instance(struct door_sim *d);

#endif
