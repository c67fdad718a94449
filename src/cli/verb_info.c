/* SPDX-License-Identifier: MIT */
/* Verbs that say what the console knows: creds, regions, endpoints,
 * resources. */
#include "base/clock.h"
#include "cli/batch.h"
#include "cli/sheet.h"
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOTES_MAX 16

static void explain(struct credential_store *store)
{
	struct credential_note notes[NOTES_MAX];
	size_t n = credential_explain(store, notes, NOTES_MAX);

	for (size_t i = 0; i < n && i < NOTES_MAX; i++)
		fprintf(stderr, "%c %-26s %s\n", notes[i].winner ? '*' : ' ',
			notes[i].source, notes[i].text);
}

static void creds_row(struct sheet *s, struct session *session,
	const struct credentials *c)
{
	const struct aws_config *config = session_config(session);
	char account[16], expires[32] = "";

	session_account(session, account);
	if (c->expires)
		clock_format_iso(c->expires, expires);
	str_add(&s->cells[0], session_name(session));
	str_add(&s->cells[1], config->region ? config->region : "");
	str_add(&s->cells[2],
		config->region_source ? config->region_source : "");
	str_add(&s->cells[3], c->source);
	str_add(&s->cells[4], c->detail);
	str_add(&s->cells[5], credentials_last4(c));
	str_add(&s->cells[6], c->account ? c->account : account);
	str_add(&s->cells[7], expires);
	sheet_row(s);
}

int verb_creds(struct runtime *rt)
{
	struct output_column columns[] = {
		{ .name = "profile", .title = "PROFILE" },
		{ .name = "region", .title = "REGION" },
		{ .name = "region_source", .title = "FROM" },
		{ .name = "source", .title = "SOURCE" },
		{ .name = "detail", .title = "DETAIL" },
		{ .name = "access_key", .title = "KEY" },
		{ .name = "account", .title = "ACCOUNT" },
		{ .name = "expires", .title = "EXPIRES" },
	};
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };
	int status = 0;

	if (!verb_no_arguments(rt, &err) ||
	    !sheet_open(&s, rt, columns, 8, &err))
		return verb_fail(&err);
	for (size_t i = 0; i < rt->session_count; i++) {
		struct session *session = rt->sessions[i];
		struct credentials c = { 0 };

		if (isatty(STDERR_FILENO))
			explain(session_store(session));
		if (credential_get(session_store(session), &c, NULL, &err)) {
			creds_row(&s, session, &c);
		} else {
			status = verb_fail(&err);
			error_reset(&err);
		}
		credentials_clear(&c);
	}
	return sheet_close(&s, status);
}

int verb_regions(struct runtime *rt)
{
	struct output_column columns[] = {
		{ .name = "region", .title = "REGION" },
		{ .name = "name", .title = "NAME" },
		{ .name = "partition", .title = "PARTITION" },
		{ .name = "opt_in", .title = "OPT-IN", .type = OUTPUT_BOOL },
	};
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };
	size_t count;
	const struct region *list = region_list(&count);

	if (!verb_no_arguments(rt, &err) ||
	    !sheet_open(&s, rt, columns, 4, &err))
		return verb_fail(&err);
	for (size_t i = 0; i < count; i++) {
		str_add(&s.cells[0], list[i].name);
		str_add(&s.cells[1], list[i].title);
		str_add(&s.cells[2], list[i].partition->name);
		str_add(&s.cells[3], list[i].opt_in ? "true" : "false");
		sheet_row(&s);
	}
	return sheet_close(&s, 0);
}

static void endpoint_row(struct sheet *s, struct runtime *rt,
	const struct service *service, const char *region)
{
	struct endpoint e;
	struct error err = ERROR_INIT;

	if (!endpoint_resolve(&e, session_config(rt->sessions[0]), service,
	    region, &err)) {
		runtime_complain(&err);
		return;
	}
	str_add(&s->cells[0], service->name);
	str_add(&s->cells[1], e.signing_region);
	str_addf(&s->cells[2], "%s://%s", e.tls ? "https" : "http", e.host);
	if (e.port)
		str_addf(&s->cells[2], ":%u", e.port);
	str_add(&s->cells[2], e.path);
	str_add(&s->cells[3], e.signing_name);
	sheet_row(s);
}

static void service_rows(struct sheet *s, struct runtime *rt,
	const struct service *service)
{
	size_t count;
	const struct region *list = region_list(&count);

	if (rt->options->region && !rt->all_regions) {
		for (size_t i = 0; i < rt->region_count; i++)
			endpoint_row(s, rt, service, rt->regions[i]);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		bool first = !i || list[i].partition != list[i - 1].partition;

		if (first || !(service->flags & SERVICE_GLOBAL))
			endpoint_row(s, rt, service, list[i].name);
	}
}

int verb_endpoints(struct runtime *rt)
{
	struct output_column columns[] = {
		{ .name = "service", .title = "SERVICE" },
		{ .name = "region", .title = "REGION" },
		{ .name = "url", .title = "URL" },
		{ .name = "signing_name", .title = "SIGNED AS" },
	};
	const struct options *o = rt->options;
	const char *only = o->argument_count ? o->arguments[0] : NULL;
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };

	if (!sheet_open(&s, rt, columns, 4, &err))
		return verb_fail(&err);
	for (size_t i = 0; i < catalogue_service_count(); i++)
		if (!only || !strcmp(only, catalogue_service(i)->name))
			service_rows(&s, rt, catalogue_service(i));
	if (!s.writer.rows && only) {
		error_set(&err, ERR_USAGE, "unknown service '%s' — "
			"`tucuxi endpoints` names them", only);
		return sheet_close(&s, verb_fail(&err));
	}
	return sheet_close(&s, 0);
}

int verb_resources(struct runtime *rt)
{
	struct output_column columns[] = {
		{ .name = "resource", .title = "RESOURCE" },
		{ .name = "aliases", .title = "ALSO" },
		{ .name = "service", .title = "SERVICE" },
		{ .name = "title", .title = "TITLE" },
	};
	struct error err = ERROR_INIT;
	struct sheet s = { 0 };

	if (!verb_no_arguments(rt, &err) ||
	    !sheet_open(&s, rt, columns, 4, &err))
		return verb_fail(&err);
	for (size_t i = 0; i < catalogue_count(rt->catalogue); i++) {
		const struct resource *r = catalogue_at(rt->catalogue, i);

		str_add(&s.cells[0], r->name);
		str_add(&s.cells[1], r->aliases ? r->aliases : "");
		str_add(&s.cells[2], r->service->name);
		str_add(&s.cells[3], r->title);
		sheet_row(&s);
	}
	return sheet_close(&s, 0);
}
