/* SPDX-License-Identifier: MIT */
#include "sim/server.h"

#include "base/clock.h"
#include "base/mem.h"
#include "sim/auth.h"
#include "sim/fault.h"
#include "sim/keyring.h"
#include "sim/requests.h"
#include "sim/s3/s3.h"
#include "sim/service.h"
#include "sim/world.h"
#include "sim/xml.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void server_lock(struct sim *sim, bool write)
{
	if (write)
		pthread_rwlock_wrlock(&sim->lock);
	else
		pthread_rwlock_rdlock(&sim->lock);
}

void server_unlock(struct sim *sim)
{
	pthread_rwlock_unlock(&sim->lock);
}

/* The same requests in the same order get the same ids. */
static void make_request_id(struct call *c)
{
	uint64_t n = atomic_fetch_add(&c->sim->request_count, 1);
	uint64_t a = map_hash((const char *)&n, sizeof(n));
	uint64_t b = map_hash((const char *)&a, sizeof(a));

	if (c->service->style == STYLE_S3) {
		snprintf(c->request_id, sizeof(c->request_id), "%016llX",
			(unsigned long long)a);
		return;
	}
	snprintf(c->request_id, sizeof(c->request_id),
		"%08x-%04x-4%03x-9%03x-%012llx", (unsigned)(a >> 32),
		(unsigned)(a >> 16) & 0xffff, (unsigned)a & 0xfff,
		(unsigned)(b >> 52), (unsigned long long)b & 0xffffffffffff);
}

static void add_id_headers(struct call *c)
{
	if (c->service->style == STYLE_S3) {
		call_reply_header(c, "x-amz-request-id", "%s", c->request_id);
		call_reply_header(c, "x-amz-id-2", "tucuxi-sim/"
			"000000000000000000000000000000000000=");
		call_reply_header(c, "Server", "AmazonS3");
	} else {
		call_reply_header(c, "x-amzn-requestid", "%s", c->request_id);
	}
}

static bool has_page_token(const struct call *c)
{
	static const char *const names[] = {
		"NextToken", "Marker", "continuation-token", "marker"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (call_param(c, names[i]))
			return true;
	return false;
}

/* Faults that answer by themselves; false: answered. */
static bool refuse_by_fault(struct call *c, const struct fault_set *f)
{
	static const struct {
		enum fault_kind fault;
		enum refusal refusal;
	} rows[] = {
		{ FAULT_THROTTLE, REFUSE_THROTTLE }, { FAULT_500, REFUSE_500 },
		{ FAULT_503, REFUSE_503 }, { FAULT_OPTIN, REFUSE_OPTIN },
		{ FAULT_EXPIRED, REFUSE_EXPIRED },
		{ FAULT_DENIED, REFUSE_DENIED },
		{ FAULT_BADTOKEN, REFUSE_PAGE_TOKEN },
		{ FAULT_RETRY_AFTER, REFUSE_THROTTLE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!f->on[rows[i].fault])
			continue;
		if (rows[i].fault == FAULT_RETRY_AFTER)
			call_reply_header(c, "x-amz-retry-after", "%ld",
				f->argument[FAULT_RETRY_AFTER]);
		return call_refuse(c, rows[i].refusal, NULL);
	}
	return true;
}

static void spoil_reply(struct call *c, const struct fault_set *f)
{
	static const char html[] = "<html>\r\n<head><title>502 Bad Gateway"
		"</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1>"
		"</center>\r\n</body>\r\n</html>\r\n";
	static const char garbage[] = "\x1f\x8b\x08\xff<\x80&\x01>\xfe]]>"
		"\"\xc3"
		"\x28\xf0\x9f\x1b[2J<a><b attr=>&nothing;";

	if (!f->on[FAULT_HTML] && !f->on[FAULT_GARBAGE])
		return;
	blob_unref(c->blob);
	c->blob = NULL;
	c->out_headers.count = 0;
	str_reset(c->out);
	if (f->on[FAULT_HTML]) {
		c->status = 502;
		str_addn(c->out, html, sizeof(html) - 1);
		call_reply_header(c, "Content-Type", "text/html");
	} else {
		c->status = 200;
		str_addn(c->out, garbage, sizeof(garbage) - 1);
	}
}

static void set_type(struct call *c)
{
	for (size_t i = 0; i < c->out_headers.count; i++)
		if (str_ieq(c->out_headers.items[i].name, "content-type"))
			return;
	if (c->out->len == 0 || c->blob)
		return;
	call_reply_header(c, "Content-Type", "%s",
		c->service->style == STYLE_S3 ? "application/xml" :
		c->service->style == STYLE_EC2 ? "text/xml;charset=UTF-8" :
		"text/xml");
}

static void run(struct call *c, const struct auth *auth, bool found,
	const struct fault_set *f)
{
	if (!refuse_by_fault(c, f))
		return;
	/* AWS looks at the signature before it looks at the operation: the
	 * error of one that was not found stands only behind a good one. */
	if (!found || auth->present || !c->action->open)
		if (!auth_verify(c, auth) || !found)
			return;
	if (c->service->style != STYLE_S3 || s3_prepare(c, auth))
		service_run(c);
}

void serve(struct call *c, struct serve_result *result)
{
	struct fault_set faults;
	struct auth auth;
	bool found;

	c->is_head = !strcmp(c->method, "HEAD");
	sigv4_sha256_hex(c->body_hash, c->body.p, c->body.len);
	call_parse(c);
	auth_parse(c, &auth);
	c->access_key = auth.access;
	c->region = auth.region ? auth.region : "";
	c->status = 200;
	service_find(c, auth.service);
	make_request_id(c);
	found = service_find_action(c);
	faults_take(c->sim->faults, c->region, c->operation,
		has_page_token(c), &faults);
	c->faults = &faults;
	c->now = clock_wall() + faults.argument[FAULT_SKEW] * 1000;
	add_id_headers(c);
	if (faults.on[FAULT_DOWN] || faults.on[FAULT_DROP]) {
		c->status = 0;
		result->end = faults.on[FAULT_DOWN] ? SERVE_SILENT :
			SERVE_CLOSE;
		requests_add(c->sim->requests, c);
		return;
	}
	run(c, &auth, found, &faults);
	if (c->is_head && c->status >= 300)
		str_reset(c->out);
	spoil_reply(c, &faults);
	set_type(c);
	requests_add(c->sim->requests, c);
	result->cut = faults.on[FAULT_CUT];
	result->slow = (unsigned)faults.argument[FAULT_SLOW];
	if (faults.on[FAULT_DROP_AFTER] ||
		!wire_sleep(c->sim->wire, c->sim->options.latency))
		result->end = SERVE_CLOSE;
}

struct sim *sim_start(const struct sim_options *options, struct error *err)
{
	struct sim *sim = xcalloc(1, sizeof(*sim));

	sim->options = *options;
	if (!sim->options.seed)
		sim->options.seed = 1;
	sim->born = clock_wall() / 1000 * 1000;
	pthread_rwlock_init(&sim->lock, NULL);
	sim->atlas = atlas_new(&sim->options, sim->born);
	sim->keyring = keyring_new(sim->options.seed);
	sim->faults = faults_new();
	sim->requests = requests_new();
	sim->s3 = s3_store_new(sim);
	sim->wire = wire_new(sim);
	if (wire_listen(sim->wire, sim->options.port, err))
		return sim;
	sim_stop(sim);
	return NULL;
}

void sim_stop(struct sim *sim)
{
	if (!sim)
		return;
	wire_free(sim->wire);
	s3_store_free(sim->s3);
	requests_free(sim->requests);
	faults_free(sim->faults);
	keyring_free(sim->keyring);
	atlas_free(sim->atlas);
	pthread_rwlock_destroy(&sim->lock);
	free(sim);
}

unsigned sim_port(const struct sim *sim)
{
	return wire_port(sim->wire);
}
