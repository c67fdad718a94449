/* SPDX-License-Identifier: MIT */
#include "cli/row_cli.h"

#include "aws/protocol_cli.h"
#include "base/clock.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct cli_call {
	struct {
		struct argument *items;
		size_t count, room;
	} arguments;
	char *paths[DRILL_ARGUMENTS + 1];
	size_t path_count;
	char now[32];            /* when the row was fetched */
};

static void add(struct cli_call *c, const char *parameter, const char *value)
{
	struct argument a = { .value = value };

	a.path = c->paths[c->path_count++] =
		location_parameter(parameter, a.index);
	*VEC_PUSH(&c->arguments) = a;
}

static void add_constants(struct cli_call *c, const struct argument *a)
{
	for (; a && a->path; a++) {
		struct argument own = *a;

		if (str_eq(a->value, ARGUMENT_NOW))
			own.value = c->now;
		*VEC_PUSH(&c->arguments) = own;
	}
}

static bool is_scope(const struct resource *r, const char *parameter)
{
	for (size_t i = 0; i < SCOPES && r->scope[i]; i++)
		if (str_eq(r->scope[i], parameter))
			return true;
	return false;
}

/* The row by its id where the operation takes one, else the list that it is
 * in. */
static void make(struct cli_call *c, struct row row, const char *id)
{
	const struct resource *r = row.segment->compiled->resource;
	const struct location *l = row.segment->location;

	add_constants(c, r->arguments);
	if (!r->get)
		add_constants(c, r->whole);
	for (size_t i = 0; i < l->argument_count; i++)
		if (*l->arguments[i].value &&
		    (!r->get || is_scope(r, l->arguments[i].parameter)))
			add(c, l->arguments[i].parameter,
				l->arguments[i].value);
	if (r->get && *id)
		add(c, r->get, id);
}

void row_cli(struct row row, const char *profile, struct str *out)
{
	const struct resource *r = row.segment->compiled->resource;
	const struct session *session = row.segment->session;
	char region[64];
	struct cli_where where = { .profile = profile,
		.region = row.segment->region };
	struct error ignored = ERROR_INIT;
	struct cli_call call = { .path_count = 0 };
	struct str id = STR_INIT;
	size_t before = out->len;

	if (!r->global)
		where.region = row_region(row, region);
	if (session)
		where.endpoint = session_config(session)->endpoint_url;
	row_id(row, &id);
	clock_format_iso(row.segment->fetched, call.now);
	make(&call, row, id.p);
	if (!protocol_cli(out, r->service, r->list, call.arguments.items,
	    call.arguments.count, &where, &ignored))
		str_truncate(out, before);
	for (size_t i = 0; i < call.path_count; i++)
		free(call.paths[i]);
	VEC_FREE(&call.arguments);
	str_clear(&id);
}
