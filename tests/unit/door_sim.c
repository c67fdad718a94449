/* SPDX-License-Identifier: MIT */
#include "tests/unit/door_sim.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "doc/path.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct service ec2 = { .name = "ec2", .title = "EC2",
	.env = "EC2", .prefix = "ec2", .version = "2016-11-15",
	.protocol = PROTOCOL_EC2 };
static const struct parameter no_parameters[] = { { 0 } };
static const struct operation describe_regions = {
	.name = "DescribeRegions", .effect = EFFECT_READ,
	.parameters = no_parameters };
static const struct parameter id_parameters[] = {
	{ .path = DOOR_SIM_TARGET, .wire = "InstanceId.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ 0 }
};
static const struct operation reboot = { .name = "RebootInstances",
	.effect = EFFECT_DISRUPT, .repeat = REPEAT_NEVER,
	.parameters = id_parameters };
static const struct operation describe_instances = {
	.name = "DescribeInstances", .effect = EFFECT_READ,
	.parameters = id_parameters };

const struct service *door_sim_ec2(void)
{
	return &ec2;
}

const struct operation *door_sim_read(void)
{
	return &describe_regions;
}

const struct operation *door_sim_never(void)
{
	return &reboot;
}

int door_sim_begin(void **state)
{
	(void)state;
	clock_set_virtual(DOOR_SIM_NOW);
	http_global_init();
	reader_global_init();
	return 0;
}

int door_sim_end(void **state)
{
	(void)state;
	reader_global_clear();
	http_global_clear();
	return 0;
}

void door_sim_open(struct door_sim *d, struct aws_config *config)
{
	const struct sim_options options = { .instances = 20 };
	struct aws_config own = { .env = aws_env_empty() };
	struct door_options door = { .ignore_environment = true };
	char url[64];

	*d = (struct door_sim){ .err = ERROR_INIT };
	random_seed(1);
	d->sim = sim_start(&options, &d->err);
	assert_non_null(d->sim);
	d->names = doc_names_new();
	door.names = d->names;
	d->door = door_new(&door, &d->err);
	assert_non_null(d->door);
	snprintf(url, sizeof(url), "http://127.0.0.1:%u", sim_port(d->sim));
	if (!config) {
		config = &own;
		own.profile = xstrdup("test");
		own.region = xstrdup("us-east-1");
		own.static_credentials = true;
		own.access_key = xstrdup(SIM_ACCESS_KEY);
		own.secret_key = xstrdup(SIM_SECRET_KEY);
	}
	config->s3_path_style = true;
	free(config->endpoint_url);
	config->endpoint_url = xstrdup(url);
	d->session = session_new(d->door, config);
}

void door_sim_close(struct door_sim *d)
{
	reply_clear(&d->reply);
	session_unref(d->session);
	door_free(d->door);
	doc_names_free(d->names);
	sim_stop(d->sim);
	free(d->log);
}

void door_sim_fault(struct door_sim *d, const char *spec)
{
	if (!sim_fault(d->sim, spec, &d->err))
		fail_msg("%s: %s", spec, d->err.text);
}

struct running {
	struct door_sim *d;
	struct session_call call;
	bool ok;
	atomic_bool returned;
};

static void *run(void *data)
{
	struct running *r = data;

	r->ok = session_run(r->d->session, &r->call, &r->d->reply,
		&r->d->err);
	atomic_store(&r->returned, true);
	return NULL;
}

static void pass_time(struct door_sim *d, struct running *r)
{
	while (!atomic_load(&r->returned)) {
		int64_t next = d->is_still ? CLOCK_NEVER : clock_next();

		if (next != CLOCK_NEVER)
			clock_advance(next - clock_now());
		if (d->cancel_at && sim_log_count(d->sim) - d->from >=
				d->cancel_at)
			cancel_set(r->call.cancel);
		sched_yield();
	}
}

bool door_sim_run(struct door_sim *d, const struct service *service,
	const struct operation *operation, const char *path,
	const char *value)
{
	const struct argument argument = { .path = path, .value = value };
	struct running r = { .d = d, .call = { .service = service,
		.operation = operation, .arguments = &argument,
		.argument_count = value ? 1 : 0, .region = d->region } };
	int64_t began = clock_now();
	pthread_t thread;

	atomic_init(&r.returned, false);
	r.call.cancel = cancel_new();
	reply_clear(&d->reply);
	d->from = sim_log_count(d->sim);
	pthread_create(&thread, NULL, run, &r);
	pass_time(d, &r);
	pthread_join(thread, NULL);
	cancel_unref(r.call.cancel);
	d->waited = clock_now() - began;
	d->sent = sim_log_count(d->sim) - d->from;
	free(d->log);
	d->log = sim_log(d->sim);
	return r.ok;
}

const char *door_sim_line(struct door_sim *d, size_t i, const char *name)
{
	static char value[512];
	const char *line = d->log, *at;
	char quoted[64];
	size_t len;

	assert_true(i < d->sent);
	for (i += d->from; i; i--)
		line = strchr(line, '\n') + 1;
	snprintf(quoted, sizeof(quoted), "\"%s\":", name);
	at = strstr(line, quoted);
	assert_non_null(at);
	at += strlen(quoted);
	if (*at == '"')
		len = strcspn(++at, "\"");
	else
		len = strcspn(at, ",}\n");
	snprintf(value, sizeof(value), "%.*s", (int)len, at);
	return value;
}

void door_sim_expect(struct door_sim *d, size_t i, const char *name,
	const char *value)
{
	const char *is = door_sim_line(d, i, name);

	if (strcmp(is, value) != 0)
		fail_msg("request %zu: %s is %s, not %s\n%s", i, name, is,
			value, d->log);
}

void door_sim_expect_error(struct door_sim *d, enum error_kind kind)
{
	if (d->err.kind != kind)
		fail_msg("%s, not %s: %s\n%s", error_kind_name(d->err.kind),
			error_kind_name(kind), d->err.text, d->log);
}

const char *door_sim_instance(struct door_sim *d)
{
	static char id[32];
	struct error err;
	struct path *path = path_compile(NULL, "reservationSet/item/"
		"instancesSet/item[instanceState/name=running]/instanceId",
		&err);
	const char *text;

	if (!path)
		fail_msg("%s", err.text);
	assert_true(door_sim_run(d, &ec2, &describe_instances, NULL, NULL));
	text = path_text(path, d->reply.doc, 0, NULL);
	assert_non_null(text);
	snprintf(id, sizeof(id), "%s", text);
	path_free(path);
	return id;
}
