/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/pool.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct counter {
	struct pool_job job;
	struct mail mail;
	struct mailbox *box;
	atomic_int *count;
	int number;
};

#define OWNER(p, type, member) \
	((type *)(void *)((char *)(p) - offsetof(type, member)))

static void count(struct pool_job *job)
{
	struct counter *c = OWNER(job, struct counter, job);

	atomic_fetch_add(c->count, 1);
	if (c->box)
		mailbox_post(c->box, &c->mail);
	else
		free(c);
}

static void send(struct pool *pool, enum pool_lane lane, atomic_int *total,
	struct mailbox *box, int number)
{
	struct counter *c = xcalloc(1, sizeof(*c));

	c->job.run = count;
	c->job.lane = lane;
	c->count = total;
	c->box = box;
	c->number = number;
	pool_send(pool, &c->job);
}

static void test_free_without_work(void **state)
{
	(void)state;
	pool_free(pool_new(0, 0));
	pool_free(pool_new(4, 2));
	pool_free(NULL);
	mailbox_free(NULL);
	cancel_unref(NULL);
	assert_false(cancel_is_set(NULL));
}

static void test_free_runs_what_was_sent(void **state)
{
	struct pool *pool = pool_new(2, 1);
	atomic_int total = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		send(pool, (enum pool_lane)(i % POOL_LANES), &total, NULL, i);
	pool_free(pool);
	assert_int_equal(total, 1000);
}

struct chain {
	struct pool_job job;
	struct pool *pool;
	atomic_int *left;
};

static void run_chain(struct pool_job *job)
{
	struct chain *c = OWNER(job, struct chain, job);

	if (atomic_fetch_sub(c->left, 1) > 1)
		pool_send(c->pool, job);
	else
		free(c);
}

static void test_jobs_send_jobs_while_it_ends(void **state)
{
	struct pool *pool = pool_new(1, 0);
	struct chain *c = xcalloc(1, sizeof(*c));
	atomic_int left = 100;

	(void)state;
	*c = (struct chain){ { run_chain, POOL_LIST, NULL }, pool, &left };
	pool_send(pool, &c->job);
	pool_free(pool);
	assert_int_equal(left, 0);
}

/* A job that holds its worker until it is let go. */
struct gate {
	struct pool_job job;
	struct pool *pool;
	atomic_bool open, entered;
	bool pauses;
};

static void hold(struct pool_job *job)
{
	struct gate *g = OWNER(job, struct gate, job);

	atomic_store(&g->entered, true);
	if (g->pauses)
		pool_pause_begin(g->pool);
	while (!atomic_load(&g->open))
		sched_yield();
	if (g->pauses)
		pool_pause_end(g->pool);
}

static void shut(struct gate *g, struct pool *pool, enum pool_lane lane)
{
	g->job.run = hold;
	g->job.lane = lane;
	g->pool = pool;
	pool_send(pool, &g->job);
}

static void await(atomic_bool *flag)
{
	while (!atomic_load(flag))
		sched_yield();
}

static void test_actions_have_workers_of_their_own(void **state)
{
	struct pool *pool = pool_new(2, 1);
	struct mailbox *box = mailbox_new();
	struct gate lists[3] = { 0 };
	atomic_int total = 0;
	struct mail *mail;

	(void)state;
	for (int i = 0; i < 3; i++)
		shut(&lists[i], pool, POOL_LIST);
	await(&lists[0].entered);
	await(&lists[1].entered);
	send(pool, POOL_ACTION, &total, box, 1);
	mail = mailbox_wait(box);
	free(OWNER(mail, struct counter, mail));
	assert_false(atomic_load(&lists[2].entered));
	assert_true(pool_busy(pool) >= 3);
	for (int i = 0; i < 3; i++)
		atomic_store(&lists[i].open, true);
	pool_free(pool);
	assert_true(lists[2].entered);
	mailbox_free(box);
}

static void test_lanes_are_served_in_order(void **state)
{
	static const int want[] = { 4, 2, 5, 3, 6, 1 };
	struct pool *pool = pool_new(1, 0);
	struct mailbox *box = mailbox_new();
	struct gate gate = { 0 };
	atomic_int total = 0;

	(void)state;
	shut(&gate, pool, POOL_ACTION);
	await(&gate.entered);
	send(pool, POOL_BACKGROUND, &total, box, 1);
	send(pool, POOL_LIST, &total, box, 2);
	send(pool, POOL_JOIN, &total, box, 3);
	send(pool, POOL_ACTION, &total, box, 4);
	send(pool, POOL_LIST, &total, box, 5);
	send(pool, POOL_JOIN, &total, box, 6);
	atomic_store(&gate.open, true);
	for (int i = 0; i < 6; i++) {
		struct mail *mail = mailbox_wait(box);
		struct counter *c = OWNER(mail, struct counter, mail);

		assert_int_equal(c->number, want[i]);
		free(c);
	}
	pool_free(pool);
	mailbox_free(box);
}

static void test_pause_gives_the_place_away(void **state)
{
	struct pool *pool = pool_new(1, 0);
	struct gate sleeper = { .pauses = true };
	struct mailbox *box = mailbox_new();
	atomic_int total = 0;
	struct mail *mail;

	(void)state;
	shut(&sleeper, pool, POOL_LIST);
	await(&sleeper.entered);
	send(pool, POOL_LIST, &total, box, 1);
	mail = mailbox_wait(box);
	free(OWNER(mail, struct counter, mail));
	atomic_store(&sleeper.open, true);
	pool_free(pool);
	mailbox_free(box);
}

/* More sleepers than the pool gives places away for. */
static void test_many_pauses(void **state)
{
	enum { SLEEPERS = 300 };
	struct pool *pool = pool_new(4, 2);
	struct gate *gates = xcalloc(SLEEPERS, sizeof(*gates));
	atomic_int total = 0;

	(void)state;
	for (int i = 0; i < SLEEPERS; i++) {
		gates[i].pauses = true;
		shut(&gates[i], pool, i % 3 ? POOL_LIST : POOL_ACTION);
	}
	for (int i = 0; i < SLEEPERS; i++)
		atomic_store(&gates[i].open, true);
	for (int i = 0; i < 100; i++)
		send(pool, POOL_LIST, &total, NULL, i);
	pool_free(pool);
	assert_int_equal(total, 100);
	free(gates);
}

static void test_mailbox_descriptor(void **state)
{
	struct mailbox *box = mailbox_new();
	struct pollfd fd = { mailbox_fd(box), POLLIN, 0 };
	struct mail items[3];

	(void)state;
	assert_null(mailbox_take(box));
	assert_int_equal(poll(&fd, 1, 0), 0);
	for (int i = 0; i < 3; i++)
		mailbox_post(box, &items[i]);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(poll(&fd, 1, 0), 1);
		assert_ptr_equal(mailbox_take(box), &items[i]);
	}
	assert_int_equal(poll(&fd, 1, 0), 0);
	assert_null(mailbox_take(box));
	mailbox_post(box, &items[0]);
	assert_int_equal(poll(&fd, 1, 0), 1);
	assert_ptr_equal(mailbox_wait(box), &items[0]);
	mailbox_free(box);
}

static void test_many_jobs_post_to_one_box(void **state)
{
	struct pool *pool = pool_new(4, 0);
	struct mailbox *box = mailbox_new();
	atomic_int total = 0;

	(void)state;
	for (int i = 0; i < 2000; i++)
		send(pool, POOL_LIST, &total, box, i);
	for (int i = 0; i < 2000; i++) {
		struct mail *mail = mailbox_wait(box);

		free(OWNER(mail, struct counter, mail));
	}
	pool_free(pool);
	assert_int_equal(total, 2000);
	mailbox_free(box);
}

static void add_one(void *data)
{
	atomic_fetch_add((atomic_int *)data, 1);
}

static void test_hooks_run_once(void **state)
{
	struct cancel *c = cancel_new();
	atomic_int early = 0, gone = 0, late = 0;

	(void)state;
	cancel_hook(c, add_one, &early);
	cancel_hook(c, add_one, &gone);
	cancel_unhook(c, add_one, &gone);
	cancel_unhook(c, add_one, &gone);
	assert_false(cancel_is_set(c));
	cancel_set(c);
	cancel_set(c);
	assert_true(cancel_is_set(c));
	cancel_hook(c, add_one, &late);
	assert_int_equal(early, 1);
	assert_int_equal(gone, 0);
	assert_int_equal(late, 1);
	cancel_unref(c);
}

struct suicide {
	struct cancel *cancel;
	int calls;
};

static void drop(void *data)
{
	struct suicide *s = data;

	s->calls++;
	cancel_unhook(s->cancel, drop, s);
	cancel_unref(s->cancel);
}

static void test_hook_may_unhook_and_drop_it(void **state)
{
	struct suicide s = { cancel_new(), 0 };

	(void)state;
	cancel_hook(s.cancel, drop, &s);
	cancel_set(s.cancel);
	assert_int_equal(s.calls, 1);
}

struct slow {
	struct cancel *cancel;
	atomic_bool entered, leave;
	int done;               /* plain: unhook must order it */
};

static void slow_hook(void *data)
{
	struct slow *s = data;

	atomic_store(&s->entered, true);
	await(&s->leave);
	s->done = 1;
}

static void *set_it(void *data)
{
	struct slow *s = data;

	cancel_set(s->cancel);
	return NULL;
}

static void test_unhook_waits_for_a_running_hook(void **state)
{
	struct slow s = { .cancel = cancel_new() };
	pthread_t setter;

	(void)state;
	cancel_hook(s.cancel, slow_hook, &s);
	pthread_create(&setter, NULL, set_it, &s);
	await(&s.entered);
	atomic_store(&s.leave, true);
	cancel_unhook(s.cancel, slow_hook, &s);
	assert_int_equal(s.done, 1);
	pthread_join(setter, NULL);
	cancel_unref(s.cancel);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_free_without_work),
		cmocka_unit_test(test_free_runs_what_was_sent),
		cmocka_unit_test(test_jobs_send_jobs_while_it_ends),
		cmocka_unit_test(test_actions_have_workers_of_their_own),
		cmocka_unit_test(test_lanes_are_served_in_order),
		cmocka_unit_test(test_pause_gives_the_place_away),
		cmocka_unit_test(test_many_pauses),
		cmocka_unit_test(test_mailbox_descriptor),
		cmocka_unit_test(test_many_jobs_post_to_one_box),
		cmocka_unit_test(test_hooks_run_once),
		cmocka_unit_test(test_hook_may_unhook_and_drop_it),
		cmocka_unit_test(test_unhook_waits_for_a_running_hook),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
