/* SPDX-License-Identifier: MIT */
/* The store: when it asks again, and who waits for whom. */
#include "aws/credential.h"

#include "aws_files.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "fake_door.h"

#define NOW INT64_C(1800000000000)   /* 2027-01-15T08:00:00Z */
#define MINUTE INT64_C(60000)
#define THREADS 8

#define ROLE_REPLY(key, expires) "<R><AssumeRoleResult><Credentials>" \
	"<AccessKeyId>" key "</AccessKeyId>" \
	"<SecretAccessKey>s</SecretAccessKey>" \
	"<SessionToken>t</SessionToken><Expiration>" expires \
	"</Expiration></Credentials></AssumeRoleResult></R>"

static const char config[] = "[default]\nrole_arn = arn:r\n"
	"source_profile = base\n[profile mfa]\nrole_arn = arn:r\n"
	"source_profile = base\nmfa_serial = arn:mfa/jane\n"
	"[profile base]\naws_access_key_id = AKIABASE00000000BASE\n"
	"aws_secret_access_key = very/secret\n";

static const struct fake_answer hourly[] = {
	{ .body = ROLE_REPLY("ONE", "2027-01-15T09:00:00Z") },
	{ .body = ROLE_REPLY("TWO", "2027-01-15T10:00:00Z") },
};

struct scene {
	struct aws_files f;
	struct door door;
	struct credential_store *store;
	struct error err;
};

static void open_scene(struct scene *s, const char *profile,
	const struct fake_answer *answers, size_t count)
{
	clock_set_virtual(NOW);
	*s = (struct scene){ .err = ERROR_INIT };
	aws_files_open(&s->f, config, NULL);
	aws_files_resolve(&s->f, profile);
	fake_door_init(&s->door, answers, count);
	s->store = credential_store_new(&s->f.config, &s->door);
}

static void close_scene(struct scene *s)
{
	credential_store_free(s->store);
	fake_door_clear(&s->door);
	aws_files_close(&s->f);
}

static void holds(struct scene *s, const char *key, unsigned calls)
{
	struct credentials c = { 0 };

	if (!credential_get(s->store, &c, NULL, &s->err))
		fail_msg("%s", s->err.text);
	assert_string_equal(c.access_key, key);
	assert_int_equal(s->door.calls, calls);
	credentials_clear(&c);
}

static void fails(struct scene *s, enum error_kind kind, unsigned calls)
{
	struct credentials c = { 0 };

	error_reset(&s->err);
	assert_false(credential_get(s->store, &c, NULL, &s->err));
	assert_int_equal(s->err.kind, kind);
	assert_int_equal(s->door.calls, calls);
	assert_null(c.access_key);
}

static void what_comes_expired_is_refused(void **state)
{
	static const struct fake_answer old[] = {
		{ .body = ROLE_REPLY("OLD", "2027-01-15T08:00:00Z") }
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, old, 1);
	fails(&s, ERR_EXPIRED, 1);
	assert_non_null(strstr(s.err.text, "expired at 2027-01-15T08:00:00Z"));
	close_scene(&s);
}

static void failures_are_not_kept(void **state)
{
	static const struct fake_answer answers[] = {
		{ .kind = ERR_DENIED },
		{ .body = ROLE_REPLY("ONE", "2027-01-15T09:00:00Z") },
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, answers, 2);
	fails(&s, ERR_DENIED, 1);
	holds(&s, "ONE", 2);
	holds(&s, "ONE", 2);
	close_scene(&s);
}

static void refreshed_in_time(void **state)
{
	struct scene s;

	(void)state;
	open_scene(&s, NULL, hourly, 2);
	holds(&s, "ONE", 1);
	clock_advance(44 * MINUTE);
	holds(&s, "ONE", 1);
	clock_advance(MINUTE);
	holds(&s, "TWO", 2);
	holds(&s, "TWO", 2);
	close_scene(&s);
}

static void a_failed_early_refresh_does_no_harm(void **state)
{
	static const struct fake_answer answers[] = {
		{ .body = ROLE_REPLY("ONE", "2027-01-15T09:00:00Z") },
		{ .kind = ERR_NETWORK }, { .kind = ERR_NETWORK },
		{ .kind = ERR_NETWORK },
		{ .body = ROLE_REPLY("TWO", "2027-01-15T10:00:00Z") },
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, answers, 5);
	holds(&s, "ONE", 1);
	clock_advance(46 * MINUTE);
	holds(&s, "ONE", 2);
	holds(&s, "ONE", 2);      /* tried less than a minute ago */
	clock_advance(MINUTE);
	holds(&s, "ONE", 3);
	clock_advance(3 * MINUTE);
	fails(&s, ERR_NETWORK, 4);
	holds(&s, "TWO", 5);
	close_scene(&s);
}

static void short_lives_do_not_hammer(void **state)
{
	static const struct fake_answer answers[] = {
		{ .body = ROLE_REPLY("ONE", "2027-01-15T08:05:00Z") },
		{ .body = ROLE_REPLY("TWO", "2027-01-15T08:09:00Z") },
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, answers, 2);
	holds(&s, "ONE", 1);
	holds(&s, "ONE", 1);
	clock_advance(MINUTE);
	holds(&s, "TWO", 2);
	close_scene(&s);
}

static void an_instance_role_outlives_its_service(void **state)
{
	static const struct fake_answer answers[] = {
		{ .body = "T" }, { .body = "r" },
		{ .body = "{\"AccessKeyId\":\"I\",\"SecretAccessKey\":\"s\","
			"\"Token\":\"t\",\"Expiration\":"
			"\"2027-01-15T09:00:00Z\"}" },
		{ .kind = ERR_NETWORK },
	};
	struct scene s;

	(void)state;
	open_scene(&s, NULL, answers, 4);
	aws_files_close(&s.f);
	aws_files_open(&s.f, NULL, NULL);
	aws_files_resolve(&s.f, NULL);
	holds(&s, "I", 3);
	clock_advance(90 * MINUTE);
	holds(&s, "I", 4);
	holds(&s, "I", 4);
	credential_forget(s.store, NULL);
	fails(&s, ERR_CREDENTIALS, 5);
	close_scene(&s);
}

static void forgetting_is_by_key(void **state)
{
	struct scene s;

	(void)state;
	open_scene(&s, NULL, hourly, 2);
	credential_forget(s.store, "ONE");
	holds(&s, "ONE", 1);
	credential_forget(s.store, "TWO");
	holds(&s, "ONE", 1);
	credential_forget(s.store, "ONE");
	holds(&s, "TWO", 2);
	close_scene(&s);
}

static void a_code_is_asked_for(void **state)
{
	static const char *const bad[] = { "", "12345", "1234567", "12345x" };
	struct error err = ERROR_INIT;
	struct scene s;
	size_t i;

	(void)state;
	open_scene(&s, "mfa", hourly, 2);
	fails(&s, ERR_NEED_INPUT, 0);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(credential_answer(s.store, bad[i], &err));
		assert_int_equal(err.kind, ERR_USAGE);
	}
	fails(&s, ERR_NEED_INPUT, 0);
	assert_true(credential_answer(s.store, "000001", &err));
	holds(&s, "ONE", 1);
	assert_non_null(strstr(s.door.asked, "TokenCode=000001 "));
	clock_advance(55 * MINUTE);
	fails(&s, ERR_NEED_INPUT, 1);
	close_scene(&s);
}

struct getter {
	struct scene *scene;
	struct cancel *cancel;
	atomic_int *entered;
	pthread_t thread;
	bool ok;
	struct error err;
};

static void *get_one(void *data)
{
	struct getter *g = data;
	struct credentials c = { 0 };

	atomic_fetch_add(g->entered, 1);
	g->ok = credential_get(g->scene->store, &c, g->cancel, &g->err);
	credentials_clear(&c);
	return NULL;
}

static void start(struct getter *g, struct scene *s, struct cancel *cancel,
	atomic_int *entered)
{
	*g = (struct getter){ .scene = s, .cancel = cancel,
		.entered = entered, .err = ERROR_INIT };
	assert_int_equal(pthread_create(&g->thread, NULL, get_one, g), 0);
}

static void one_fetches_for_all(void **state)
{
	struct getter getters[THREADS];
	atomic_int entered = 0;
	struct scene s;
	size_t i;

	(void)state;
	open_scene(&s, NULL, hourly, 2);
	fake_door_shut(&s.door, true);
	for (i = 0; i < THREADS; i++)
		start(&getters[i], &s, NULL, &entered);
	while (atomic_load(&entered) < THREADS)
		sched_yield();
	fake_door_shut(&s.door, false);
	for (i = 0; i < THREADS; i++) {
		pthread_join(getters[i].thread, NULL);
		assert_true(getters[i].ok);
	}
	assert_int_equal(s.door.calls, 1);
	close_scene(&s);
}

static void whoever_waits_may_leave(void **state)
{
	struct cancel *cancel = cancel_new();
	struct getter first, second;
	atomic_int entered = 0;
	struct scene s;

	(void)state;
	open_scene(&s, NULL, hourly, 2);
	fake_door_shut(&s.door, true);
	start(&first, &s, NULL, &entered);
	while (!fake_door_waits(&s.door))
		sched_yield();
	start(&second, &s, cancel, &entered);
	cancel_set(cancel);
	pthread_join(second.thread, NULL);
	assert_false(second.ok);
	assert_int_equal(second.err.kind, ERR_CANCELLED);
	fake_door_shut(&s.door, false);
	pthread_join(first.thread, NULL);
	assert_true(first.ok);
	cancel_unref(cancel);
	close_scene(&s);
}

static void given_keys_need_no_chain(void **state)
{
	struct credential_note notes[16];
	struct credentials c = { 0 };
	struct scene s;

	(void)state;
	open_scene(&s, NULL, NULL, 0);
	s.f.config.static_credentials = true;
	fails(&s, ERR_CREDENTIALS, 0);
	s.f.config.access_key = xstrdup("AKIAGIVEN00000001234");
	s.f.config.secret_key = xstrdup("s");
	assert_true(credential_get(s.store, &c, NULL, &s.err));
	assert_string_equal(c.source, "static");
	assert_string_equal(credentials_last4(&c), "1234");
	assert_int_equal(c.expires, 0);
	assert_int_equal(credential_explain(s.store, notes, 16), 1);
	assert_true(notes[0].winner);
	credentials_clear(&c);
	assert_string_equal(credentials_last4(&c), "");
	close_scene(&s);
}

static void the_chain_explains_itself(void **state)
{
	struct credential_note n[16];
	struct scene s;
	size_t i, count;

	(void)state;
	open_scene(&s, "default", hourly, 2);
	aws_files_set(&s.f, "AWS_ACCESS_KEY_ID", "AKIA");
	count = credential_explain(s.store, n, 16);
	assert_int_equal(count, 12);
	assert_string_equal(n[0].source, "env");
	assert_non_null(strstr(n[0].text, "--profile"));
	assert_string_equal(n[1].source, "assume-role");
	assert_string_equal(n[1].text, "is asked first");
	assert_string_equal(n[3].text, "not set");
	assert_string_equal(n[11].text, "not asked, assume-role comes first");
	holds(&s, "ONE", 1);
	credential_explain(s.store, n, 16);
	assert_non_null(strstr(n[1].text, "wins: arn:r by profile base in"));
	for (i = 0; i < count; i++) {
		assert_int_equal(n[i].winner, i == 1);
		assert_null(strstr(n[i].text, "very/secret"));
	}
	clock_advance(120 * MINUTE);
	fails(&s, ERR_EXPIRED, 2);
	credential_explain(s.store, n, 16);
	assert_non_null(strstr(n[1].text, "broken: the credentials of"));
	assert_int_equal(credential_explain(s.store, n, 1), 1);
	close_scene(&s);
}

static void copies_stand_alone(void **state)
{
	struct credentials a = { .expires = 7 }, b;

	(void)state;
	a.access_key = xstrdup("A");
	a.token = xstrdup("T");
	credentials_copy(&b, &a);
	credentials_clear(&a);
	credentials_clear(&a);
	assert_null(a.token);
	assert_string_equal(b.token, "T");
	assert_null(b.secret_key);
	assert_int_equal(b.expires, 7);
	credentials_clear(&b);
	credential_store_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_expired_is_refused),
		cmocka_unit_test(failures_are_not_kept),
		cmocka_unit_test(refreshed_in_time),
		cmocka_unit_test(a_failed_early_refresh_does_no_harm),
		cmocka_unit_test(short_lives_do_not_hammer),
		cmocka_unit_test(an_instance_role_outlives_its_service),
		cmocka_unit_test(forgetting_is_by_key),
		cmocka_unit_test(a_code_is_asked_for),
		cmocka_unit_test(one_fetches_for_all),
		cmocka_unit_test(whoever_waits_may_leave),
		cmocka_unit_test(given_keys_need_no_chain),
		cmocka_unit_test(the_chain_explains_itself),
		cmocka_unit_test(copies_stand_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
