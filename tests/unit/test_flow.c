/* SPDX-License-Identifier: MIT */
/*
 * Work in several steps against the simulator, in virtual time: its file,
 * its lock, what is found half done, and that every table holds.
 */
#include "tests/unit/action_rig.h"

#include "action/flow_task.h"
#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"
#include "doc/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define OPEN "AuthorizeSecurityGroupIngress"
#define CLOSE "RevokeSecurityGroupIngress"

struct scene {
	struct action_rig rig;
	char folder[64];
	struct targets one;
};

static int begin(void **state)
{
	struct scene *s = xcalloc(1, sizeof(*s));

	action_rig_open(&s->rig);
	snprintf(s->folder, sizeof(s->folder), "/tmp/tucuxi-flow-XXXXXX");
	assert_non_null(mkdtemp(s->folder));
	assert_int_equal(action_rig_add(&s->rig, &s->one, "us-east-1",
		"running", false, 1), 1);
	action_rig_mark(&s->rig);
	*state = s;
	return 0;
}

static int end(void **state)
{
	struct scene *s = *state;
	DIR *dir = opendir(s->folder);
	const struct dirent *e;

	while (dir && (e = readdir(dir)))
		unlinkat(dirfd(dir), e->d_name, 0);
	closedir(dir);
	rmdir(s->folder);
	targets_clear(&s->one);
	action_rig_close(&s->rig);
	free(s);
	return 0;
}

static struct flow *new_flow(struct scene *s)
{
	struct error err = ERROR_INIT;
	struct flow *f = flow_new(s->folder, workflow_find("firewall"), &err);

	assert_non_null(f);
	flow_set(f, "region", "us-east-1");
	flow_set(f, "instance", s->one.items[0].id);
	flow_set(f, "cidr", "198.51.100.7/32");
	flow_set(f, "who", "me@here");
	flow_set(f, "hours", "1");
	assert_true(flow_begin(f, &err));
	return f;
}

/* How it ended; the flow is the caller's again. */
static enum error_kind go(struct scene *s, struct flow **f)
{
	struct error err = ERROR_INIT;
	struct flow_task *t = flow_task_start(s->rig.pool, s->rig.box,
		s->rig.catalogue, s->rig.session, *f);

	action_rig_finish(&s->rig, t);
	*f = flow_task_take(t, &err);
	flow_task_free(t);
	return err.kind;
}

static struct flow *again(struct scene *s, struct flow *f)
{
	struct error err = ERROR_INIT;
	char id[37];

	memcpy(id, flow_id(f), sizeof(id));
	flow_close(f);
	f = flow_open(s->folder, id, false, &err);
	if (!f)
		fail_msg("%s", err.text);
	return f;
}

static void put(const struct scene *s, const char *name, const char *text)
{
	struct str path = STR_INIT;
	FILE *file;

	str_addf(&path, "%s/%s", s->folder, name);
	file = fopen(path.p, "a");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	str_clear(&path);
}

static void test_wrong_files(void **state)
{
	static const char *const texts[] = { "", "x\n", "{}\n",
		"{\"event\":\"done\",\"step\":\"open\"}\n",
		"{\"event\":\"new\",\"step\":\"9\",\"text\":\"firewall\"}\n",
		"{\"event\":\"new\",\"step\":\"1\",\"text\":\"nothing\"}\n" };
	struct scene *s = *state;
	size_t count, wrong;
	struct flow **all;

	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct error err = ERROR_INIT;
		char name[37];

		snprintf(name, sizeof(name),
			"%08x-0000-4000-8000-000000000000", i);
		put(s, name, texts[i]);
		assert_null(flow_open(s->folder, name, false, &err));
		assert_int_not_equal(err.kind, ERR_NONE);
	}
	put(s, "no-work", "x");
	all = flow_list(s->folder, &count, &wrong, &(struct error){ 0 });
	assert_int_equal(count, 0);
	assert_int_equal(wrong, sizeof(texts) / sizeof(texts[0]));
	free(all);
	assert_null(flow_open(s->folder, "", false, &(struct error){ 0 }));
	assert_null(flow_open(s->folder, "../x", false,
		&(struct error){ 0 }));
}

static void test_file_and_lock(void **state)
{
	struct scene *s = *state;
	struct error err = ERROR_INIT;
	struct flow *f = new_flow(s), *seen;
	struct str path = STR_INIT;
	struct stat st;

	str_addf(&path, "%s/%s", s->folder, flow_id(f));
	assert_int_equal(stat(path.p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_null(flow_open(s->folder, flow_id(f), false, &err));
	assert_int_equal(err.kind, ERR_LIMIT);
	seen = flow_peek(s->folder, flow_id(f), &err);
	assert_int_equal(flow_state(seen), FLOW_RUNNING);
	assert_string_equal(flow_get(seen, "cidr4"), "198.51.100.7/32");
	assert_string_equal(flow_get(seen, "cidr6"), "");
	flow_close(seen);
	/* what was cut while it was written never happened */
	put(s, flow_id(f), "{\"event\":\"end\"");
	f = again(s, f);
	assert_int_equal(stat(path.p, &st), 0);
	assert_int_equal(flow_state(f), FLOW_RUNNING);
	flow_close(f);
	seen = flow_peek(s->folder, strrchr(path.p, '/') + 1, &err);
	assert_int_equal(flow_state(seen), FLOW_PARKED);
	flow_close(seen);
	str_clear(&path);
}

static void test_open_and_close(void **state)
{
	struct scene *s = *state;
	struct error err = ERROR_INIT;
	struct flow *f = new_flow(s);

	assert_int_equal(go(s, &f), ERR_NEED_INPUT);
	assert_int_equal(flow_state(f), FLOW_WAITING);
	assert_int_equal(action_rig_sent(&s->rig, OPEN), 1);
	assert_int_equal(flow_left(f, false, NULL), 1);
	assert_true(flow_answer(f, &err));
	assert_int_equal(go(s, &f), ERR_NONE);
	assert_int_equal(flow_state(f), FLOW_DONE);
	assert_int_equal(action_rig_sent(&s->rig, CLOSE), 1);
	assert_true(flow_forget(f, &err));
	flow_close(f);
}

/* The answer was lost: by its tag the rule is found, and is not sent again. */
static void test_answer_lost(void **state)
{
	struct scene *s = *state;
	struct error err = ERROR_INIT;
	struct flow *f = new_flow(s);

	action_rig_fault(&s->rig, "drop-after/" OPEN "*1");
	assert_int_equal(go(s, &f), ERR_NEED_INPUT);
	assert_int_equal(action_rig_sent(&s->rig, OPEN), 1);
	assert_true(*flow_get(f, "rule"));
	assert_true(flow_answer(f, &err));
	assert_int_equal(go(s, &f), ERR_NONE);
	assert_int_equal(action_rig_sent(&s->rig, CLOSE), 1);
	flow_close(f);
}

/* It was sent, and then everybody died: found again, it is taken back. */
static void test_found_half_done(void **state)
{
	struct scene *s = *state;
	struct flow *f = new_flow(s);

	assert_int_equal(go(s, &f), ERR_NEED_INPUT);
	f = again(s, f);
	assert_true(flow_is_cleaning(f));
	assert_int_equal(go(s, &f), ERR_NONE);
	assert_int_equal(action_rig_sent(&s->rig, OPEN), 1);
	assert_int_equal(action_rig_sent(&s->rig, CLOSE), 1);
	flow_close(f);
}

/* Killed between the send and its answer: the last line is the beginning. */
static void test_killed_behind_the_send(void **state)
{
	struct scene *s = *state;
	struct flow *f = new_flow(s);
	struct str path = STR_INIT;
	char *data, *cut;
	size_t len;
	FILE *file;

	str_addf(&path, "%s/%s", s->folder, flow_id(f));
	assert_int_equal(go(s, &f), ERR_NEED_INPUT);
	file = fopen(path.p, "r");
	data = xcalloc(1, 65536);
	len = fread(data, 1, 65535, file);
	fclose(file);
	cut = strstr(data, "\"event\":\"begin\",\"step\":\"open\"");
	assert_non_null(cut);
	cut = strchr(cut, '\n') + 1;
	assert_true((size_t)(cut - data) < len);
	assert_int_equal(truncate(path.p, cut - data), 0);
	free(data);
	f = again(s, f);
	assert_string_equal(flow_get(f, "rule"), "");
	assert_int_equal(go(s, &f), ERR_NONE);
	assert_int_equal(action_rig_sent(&s->rig, OPEN), 1);
	assert_int_equal(action_rig_sent(&s->rig, CLOSE), 1);
	flow_close(f);
	str_clear(&path);
}

static void test_equal_rule(void **state)
{
	struct scene *s = *state;
	struct error err = ERROR_INIT;
	struct flow *first = new_flow(s), *f = new_flow(s);

	assert_int_equal(go(s, &first), ERR_NEED_INPUT);
	assert_int_equal(go(s, &f), ERR_NEED_INPUT);
	assert_int_equal(action_rig_sent(&s->rig, OPEN), 1);
	assert_true(*flow_get(f, "kept"));
	assert_true(flow_answer(f, &err));
	assert_int_equal(go(s, &f), ERR_NONE);
	assert_int_equal(action_rig_sent(&s->rig, CLOSE), 0);
	flow_close(f);
	flow_close(first);
}

static void test_failure(void **state)
{
	struct scene *s = *state;
	struct flow *f = new_flow(s);

	flow_set(f, "account", "111111111111");
	assert_int_equal(go(s, &f), ERR_CREDENTIALS);
	flow_set(f, "account", "");
	action_rig_fault(&s->rig, "denied/" OPEN "*1");
	assert_int_equal(go(s, &f), ERR_DENIED);
	assert_int_equal(flow_state(f), FLOW_DONE);
	assert_int_equal(action_rig_sent(&s->rig, CLOSE), 0);
	flow_close(f);
}

static void check_path(const char *source)
{
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;
	struct path *path;

	for (const char *p = source; *p; p++) {
		if (*p == '{') {
			str_addc(&out, 'x');
			p = strchr(p, '}');
		} else {
			str_addc(&out, *p);
		}
	}
	path = path_compile(NULL, out.p, &err);
	if (!path)
		fail_msg("%s: %s", source, err.text);
	path_free(path);
	str_clear(&out);
}

static void check_step(const struct catalogue *c, const struct workflow *w,
	const struct work_step *step, struct map *names)
{
	const struct operation *op = step->operation ?
		workflow_operation(c, w, step->operation) : NULL;
	const struct step_argument *a = step->arguments;

	if (names && map_set(names, step->name, names))
		fail_msg("%s: two steps %s", w->name, step->name);
	if (step->operation && !op)
		fail_msg("%s: no operation %s", w->name, step->operation);
	for (; a && a->parameter; a++) {
		struct str path = STR_INIT;

		for (const char *p = a->parameter; *p; p++)
			if (*p < '0' || *p > '9' || p[-1] != '[')
				str_addc(&path, *p);
		if (!operation_parameter(op, path.p))
			fail_msg("%s has no %s", op->name, path.p);
		str_clear(&path);
	}
	for (const struct step_result *r = step->results; r && r->name; r++)
		if (step->kind != STEP_ADDRESS)
			check_path(r->path);
	if (step->kind == STEP_WAIT)
		assert_non_null(step->until);
	if (step->look) {
		assert_non_null(step->need);
		check_step(c, w, step->look, NULL);
	}
}

/* Both ways: each is named by an action, and each that is named is there. */
static void test_tables(void **state)
{
	struct scene *s = *state;
	const struct catalogue *c = s->rig.catalogue;
	struct map *named = map_new();
	const struct workflow *w;

	for (size_t i = 0; i < catalogue_count(c); i++) {
		const struct action *a = catalogue_at(c, i)->actions;

		for (; a && a->name; a++) {
			if (!a->workflow)
				continue;
			assert_non_null(workflow_find(a->workflow));
			map_set(named, a->workflow, named);
		}
	}
	for (size_t i = 0; (w = workflow_at(i)); i++) {
		struct map *names = map_new();

		if (!map_has(named, w->name))
			fail_msg("no action is %s", w->name);
		for (const struct work_step *p = w->steps; p->name; p++)
			check_step(c, w, p, names);
		for (const struct work_step *p = w->clean; p->name; p++)
			check_step(c, w, p, names);
		map_free(names, NULL);
	}
	map_free(named, NULL);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_wrong_files), CASE(test_file_and_lock),
		CASE(test_open_and_close), CASE(test_answer_lost),
		CASE(test_found_half_done),
		CASE(test_killed_behind_the_send), CASE(test_equal_rule),
		CASE(test_failure), CASE(test_tables),
	};

	return cmocka_run_group_tests(tests, action_rig_begin,
		action_rig_end);
}
