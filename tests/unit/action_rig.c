/* SPDX-License-Identifier: MIT */
#include "tests/unit/action_rig.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "doc/reader.h"
#include "fetch/listing.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define INSTANCES 3000

int action_rig_begin(void **state)
{
	(void)state;
	clock_set_virtual(ACTION_RIG_NOW);
	http_global_init();
	reader_global_init();
	return 0;
}

int action_rig_end(void **state)
{
	(void)state;
	reader_global_clear();
	http_global_clear();
	return 0;
}

static struct session *open_session(struct action_rig *rig)
{
	struct aws_config config = { .env = aws_env_empty() };
	char url[64];

	snprintf(url, sizeof(url), "http://127.0.0.1:%u", sim_port(rig->sim));
	config.profile = xstrdup("test");
	config.region = xstrdup("us-east-1");
	config.endpoint_url = xstrdup(url);
	config.static_credentials = true;
	config.access_key = xstrdup(SIM_ACCESS_KEY);
	config.secret_key = xstrdup(SIM_SECRET_KEY);
	return session_new(rig->door, &config);
}

void action_rig_open(struct action_rig *rig)
{
	const struct sim_options options = { .instances = INSTANCES };
	struct door_options door = { .ignore_environment = true };
	struct error err = ERROR_INIT;

	random_seed(1);
	*rig = (struct action_rig){ .sim = sim_start(&options, &err) };
	assert_non_null(rig->sim);
	rig->names = doc_names_new();
	rig->catalogue = catalogue_open(rig->names);
	rig->pool = pool_new(16, 4);
	door.names = rig->names;
	door.pool = rig->pool;
	rig->door = door_new(&door, &err);
	assert_non_null(rig->door);
	rig->session = open_session(rig);
	rig->box = mailbox_new();
	rig->state = path_compile(NULL, "instanceState/name", &err);
	rig->lifecycle = path_compile(NULL, "instanceLifecycle", &err);
}

void action_rig_close(struct action_rig *rig)
{
	pool_free(rig->pool);
	path_free(rig->state);
	path_free(rig->lifecycle);
	mailbox_free(rig->box);
	session_unref(rig->session);
	door_free(rig->door);
	catalogue_close(rig->catalogue);
	doc_names_free(rig->names);
	sim_stop(rig->sim);
}

void action_rig_fault(struct action_rig *rig, const char *spec)
{
	struct error err = ERROR_INIT;

	if (!sim_fault(rig->sim, spec, &err))
		fail_msg("%s: %s", spec, err.text);
}

const struct compiled *action_rig_compiled(struct action_rig *rig,
	const char *resource)
{
	struct error err = ERROR_INIT;
	const struct resource *r = catalogue_find(rig->catalogue, resource,
		&err);

	assert_non_null(r);
	return catalogue_compiled(rig->catalogue, r);
}

void action_rig_form(struct action_rig *rig, struct form *form,
	const char *name)
{
	struct error err = ERROR_INIT;

	if (!form_find(form, rig->catalogue, name, &err))
		fail_msg("%s", err.text);
}

struct choice {
	struct action_rig *rig;
	struct targets *targets;
	const char *state;
	bool spot;
	size_t most, found;
};

static bool choose(void *data, struct segment *segment)
{
	struct choice *c = data;

	for (uint32_t i = 0; i < segment->count && c->found < c->most; i++) {
		struct row row = { segment, i };
		bool spot = *row_text(row, c->rig->lifecycle, NULL);

		if (spot != c->spot || strcmp(row_text(row, c->rig->state,
				NULL), c->state))
			continue;
		c->found += targets_add(c->targets, row, c->rig->state);
	}
	segment_unref(segment);
	return true;
}

size_t action_rig_add(struct action_rig *rig, struct targets *targets,
	const char *region, const char *state, bool spot, size_t most)
{
	struct choice c = { .rig = rig, .targets = targets, .state = state,
		.spot = spot, .most = most };
	struct listing listing = { .session = rig->session,
		.region = region, .data = &c, .segment = choose,
		.compiled = action_rig_compiled(rig, "instances") };
	struct listing_result result;

	listing.location = location_new(listing.compiled->resource);
	if (!listing_run(&listing, &result))
		fail_msg("%s", result.err.text);
	location_unref(listing.location);
	return c.found;
}

void action_rig_mix(struct targets *to, struct targets *a, size_t n,
	struct targets *b)
{
	size_t k = 0;

	for (size_t i = 0; i < a->count; i++) {
		targets_copy(to, &a->items[i]);
		if ((i + 1) % n == 0 && k < b->count)
			targets_copy(to, &b->items[k++]);
	}
	assert_int_equal(k, b->count);
	targets_clear(a);
	targets_clear(b);
}

const struct task_mail *action_rig_take(struct action_rig *rig)
{
	struct mail *mail;

	while (!(mail = mailbox_take(rig->box))) {
		int64_t next = clock_next();

		if (next != CLOCK_NEVER)
			clock_advance(next - clock_now());
		sched_yield();
	}
	return (const struct task_mail *)mail;
}

size_t action_rig_finish(struct action_rig *rig, void *task)
{
	const struct task_mail *mail;
	size_t posted = 0;

	while ((mail = action_rig_take(rig))->index != TASK_END) {
		assert_ptr_equal(mail->task, task);
		posted++;
	}
	assert_ptr_equal(mail->task, task);
	return posted;
}

struct run *action_rig_run(struct action_rig *rig, struct form *form,
	struct targets *targets)
{
	struct error err = ERROR_INIT;
	size_t count = targets->count;
	struct run *run = run_start(rig->pool, rig->box, form, targets,
		&err);

	if (!run)
		fail_msg("%s", err.text);
	assert_int_equal(targets->count, 0);
	assert_int_equal(action_rig_finish(rig, run), count);
	return run;
}

void action_rig_mark(struct action_rig *rig)
{
	rig->from = sim_log_count(rig->sim);
}

size_t action_rig_lines(struct action_rig *rig, const char *operation,
	const char *text)
{
	char *log = sim_log(rig->sim), *line = log, *end, quoted[64];
	size_t n = 0, found = 0;

	snprintf(quoted, sizeof(quoted), "\"operation\":\"%s\"", operation);
	for (; *line; line = end + 1, n++) {
		end = strchr(line, '\n');
		*end = '\0';
		found += n >= rig->from && strstr(line, quoted) &&
			strstr(line, text);
	}
	free(log);
	return found;
}

size_t action_rig_sent(struct action_rig *rig, const char *operation)
{
	return action_rig_lines(rig, operation, "");
}
