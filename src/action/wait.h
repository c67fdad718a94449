/* SPDX-License-Identifier: MIT */
/*
 * After an action: its targets followed by their ids until each is what it
 * was to become (action.wait_path = wait_value), has failed (wait_bad), or
 * the time is up. One poll a group every 3 to 5 s, through base/clock. Same
 * ownership as a run (bulk.h).
 */
#ifndef ACTION_WAIT_H
#define ACTION_WAIT_H

#include "action/action.h"
#include "action/target.h"
#include "action/task.h"

enum wait_end {
	WAIT_PENDING,
	WAIT_REACHED,
	WAIT_FAILED,             /* error says why */
	WAIT_TIMED_OUT,
	WAIT_CANCELLED
};

struct wait_result {
	struct task_mail mail;
	enum wait_end end;
	struct error error;
	char state[64];          /* when last seen; "" */
};

/* Is it what was made that is followed, not what it was done to? */
bool action_follows_made(const struct action *action);

struct wait;

#define WAIT_MS 600000           /* what AWS's own waiters give it */

/* Is there anything to wait for? */
bool action_is_followed(const struct action *action);

/* Takes the contents of targets, whose states are those of before the
 * action. timeout in ms, 0: WAIT_MS. */
struct wait *wait_start(struct pool *pool, struct mailbox *box,
	const struct compiled *compiled, const struct action *action,
	struct targets *targets, int64_t timeout);
void wait_cancel(struct wait *wait);
const struct targets *wait_targets(const struct wait *wait);
const struct wait_result *wait_result(const struct wait *wait, size_t target);
void wait_free(struct wait *wait);

#endif
