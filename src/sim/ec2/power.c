/* SPDX-License-Identifier: MIT */
/*
 * Start, stop, reboot and terminate. All or nothing: one id that is wrong,
 * or one instance in a wrong state, and nothing is changed. (EC2 API
 * Reference, "Instance lifecycle")
 */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define STOPPING_MS 30000
#define FORCED_MS 5000
#define SHUTDOWN_MS 30000

/* What one verb does to an instance in one state. */
struct move {
	unsigned from;
	unsigned state, next;      /* from == state: nothing happens */
	unsigned ms;
};

static const struct move starts[] = {
	{ STATE_PENDING, STATE_PENDING, STATE_RUNNING, 0 },
	{ STATE_RUNNING, STATE_RUNNING, STATE_RUNNING, 0 },
	{ STATE_STOPPED, STATE_PENDING, STATE_RUNNING, INSTANCE_PENDING_MS },
};

static const struct move stops[] = {
	{ STATE_RUNNING, STATE_STOPPING, STATE_STOPPED, STOPPING_MS },
	{ STATE_STOPPING, STATE_STOPPING, STATE_STOPPED, 0 },
	{ STATE_STOPPED, STATE_STOPPED, STATE_STOPPED, 0 },
};

static const struct move reboots[] = {
	{ STATE_RUNNING, STATE_RUNNING, STATE_RUNNING, 0 },
};

static const struct move ends[] = {
	{ STATE_PENDING, STATE_SHUTTING_DOWN, STATE_TERMINATED, SHUTDOWN_MS },
	{ STATE_RUNNING, STATE_SHUTTING_DOWN, STATE_TERMINATED, SHUTDOWN_MS },
	{ STATE_STOPPING, STATE_SHUTTING_DOWN, STATE_TERMINATED, SHUTDOWN_MS },
	{ STATE_STOPPED, STATE_SHUTTING_DOWN, STATE_TERMINATED, 1000 },
	{ STATE_SHUTTING_DOWN, STATE_SHUTTING_DOWN, STATE_TERMINATED, 0 },
	{ STATE_TERMINATED, STATE_TERMINATED, STATE_TERMINATED, 0 },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct move *find_move(const struct move *moves, size_t count,
	unsigned from)
{
	for (size_t i = 0; i < count; i++)
		if (moves[i].from == from)
			return &moves[i];
	return NULL;
}

static bool is_twice(const struct instance_targets *t, const char *id)
{
	for (size_t i = 0; i < t->count; i++)
		if (!strcmp(t->items[i].row.id, id))
			return true;
	return false;
}

/* Reads and checks all ids. Named twice is the same as named once. */
bool instance_targets(struct call *c, struct instance_targets *t)
{
	struct call_pairs ids = { 0 };
	bool ok = true;

	call_list(c, "InstanceId", &ids);
	if (ids.count == 0)
		ok = call_error(c, 400, "MissingParameter", "The request must "
			"contain the parameter InstanceId");
	for (size_t i = 0; ok && i < ids.count; i++) {
		const char *id = ids.items[i].value;

		if (is_twice(t, id))
			continue;
		ok = ec2_list_find(c, instance_list(), id, VEC_PUSH(t));
	}
	VEC_FREE(&ids);
	return ok;
}

static bool check_moves(struct call *c, const struct instance_targets *t,
	const struct move *moves, size_t count, const char *verb)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct instance *target = &t->items[i];

		if (!find_move(moves, count, target->state))
			return call_error(c, 400, "IncorrectInstanceState",
				"The instance '%s' is not in a state from "
				"which it can be %s.", target->row.id, verb);
	}
	return true;
}

/* Stop protection holds off termination too. (EC2 User Guide, "Enable stop
 * protection") */
static bool check_protection(struct call *c, const struct instance_targets *t,
	const struct move *moves)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct instance_traits *of = &t->items[i].traits;
		const char *by = moves == ends && of->no_terminate ?
			"disableApiTermination" : of->no_stop ?
			"disableApiStop" : NULL;

		if (by && !instance_is_gone(&t->items[i]))
			return call_error(c, 400, "OperationNotPermitted",
				"The instance '%s' may not be %s. Modify its "
				"'%s' instance attribute and try again.",
				t->items[i].row.id, moves == ends ?
				"terminated" : "stopped", by);
	}
	return true;
}

/* Only what was launched with a place for its memory can hibernate. */
static bool check_hibernation(struct call *c, const struct instance_targets *t)
{
	for (size_t i = 0; ec2_is_true(c, "Hibernate") && i < t->count; i++)
		if (!t->items[i].traits.hibernates)
			return call_error(c, 400,
				"UnsupportedHibernationConfiguration", "The "
				"instance '%s' is not configured for "
				"hibernation.", t->items[i].row.id);
	return true;
}

static bool check_capacity(struct call *c, const struct instance_targets *t)
{
	return !t->count || instance_capacity(c, t->items[0].type->name,
		t->items[0].zone);
}

static bool check_spot(struct call *c, const struct instance_targets *t)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].lifecycle)
			return call_error(c, 400, "UnsupportedOperation",
				"You can't stop the Spot Instance '%s' because "
				"it is associated with a one-time Spot "
				"Instance request.", t->items[i].row.id);
	return true;
}

/* What is refused of one verb only. */
static bool check_verb(struct call *c, const struct instance_targets *t,
	const struct move *moves)
{
	if (moves == starts)
		return check_capacity(c, t);
	return check_protection(c, t, moves) && (moves == ends ||
		(check_spot(c, t) && check_hibernation(c, t)));
}

void instance_move(struct call *c, const char *id, unsigned state,
	unsigned next, unsigned ms)
{
	struct instance_change *change = map_get(c->world->states, id);

	if (!change) {
		change = xcalloc(1, sizeof(*change));
		map_set(c->world->states, id, change);
	}
	change->state = state;
	change->next = next;
	change->since = c->now;
	change->at = c->now + ms;
	if (state == STATE_PENDING)
		change->launched = c->now;
}

static void write_states(struct call *c, const struct instance_targets *t,
	const struct move *moves, size_t count)
{
	call_open(c);
	str_add(c->out, "<instancesSet>");
	for (size_t i = 0; i < t->count; i++) {
		const struct instance *target = &t->items[i];
		const struct move *m = find_move(moves, count, target->state);

		xml_add(c->out, "<item><instanceId>%r</instanceId>"
			"<currentState><code>%u</code><name>%r</name>"
			"</currentState><previousState><code>%u</code>"
			"<name>%r</name></previousState></item>",
			target->row.id, m->state,
			instance_state_name(m->state), target->state,
			target->state_name);
	}
	str_add(c->out, "</instancesSet>");
	call_close(c);
}

static void run(struct call *c, const struct move *moves, size_t count,
	const char *verb)
{
	struct instance_targets t = { 0 };

	if (!instance_targets(c, &t) ||
		!check_moves(c, &t, moves, count, verb) ||
		!check_verb(c, &t, moves) || ec2_dry_run(c))
		goto out;
	for (size_t i = 0; i < t.count; i++) {
		const struct move *m = find_move(moves, count,
			t.items[i].state);
		unsigned ms = m->ms;

		if (ec2_is_true(c, "Force") && ms > FORCED_MS)
			ms = FORCED_MS;
		if (m->from != m->state)
			instance_move(c, t.items[i].row.id, m->state,
				m->next, ms);
	}
	write_states(c, &t, moves, count);
out:
	VEC_FREE(&t);
}

void ec2_start_instances(struct call *c)
{
	run(c, starts, COUNT(starts), "started");
}

void ec2_stop_instances(struct call *c)
{
	run(c, stops, COUNT(stops), "stopped");
}

void ec2_terminate_instances(struct call *c)
{
	run(c, ends, COUNT(ends), "terminated");
}

void ec2_reboot_instances(struct call *c)
{
	struct instance_targets t = { 0 };

	if (instance_targets(c, &t) && check_moves(c, &t, reboots,
		COUNT(reboots), "rebooted") && !ec2_dry_run(c))
		ec2_reply_true(c);
	VEC_FREE(&t);
}
