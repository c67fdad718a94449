/* SPDX-License-Identifier: MIT */
/* `tucuxi get RESOURCE ID`: one whole document. */
#include "base/mem.h"
#include "cli/batch.h"
#include "cli/verb.h"
#include "doc/out.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct get {
	struct runtime *runtime;
	const char *id;
	struct str out;
	bool found;
	struct error failure;
};

static bool take_segment(void *data, struct segment *segment)
{
	static const enum out_format formats[] = {
		[OUTPUT_YAML] = OUT_YAML, [OUTPUT_JSON] = OUT_JSON,
		[OUTPUT_XML] = OUT_XML,
	};
	struct get *g = data;
	const struct options *o = g->runtime->options;
	struct str id = STR_INIT;

	for (uint32_t i = 0; !g->found && i < segment->count; i++) {
		struct row row = { segment, i };

		str_reset(&id);
		row_id(row, &id);
		if (strcmp(id.p, g->id))
			continue;
		g->found = true;
		out_doc(&g->out, o->output_given ? formats[o->output] :
			OUT_YAML, segment->doc, segment->nodes[i],
			segment->compiled->resource->lists);
		if (!str_ends(g->out.p, "\n"))
			str_addc(&g->out, '\n');
	}
	str_clear(&id);
	segment_unref(segment);
	return !g->found;
}

static void take_done(void *data, struct session *session,
	const char *region, const struct listing_result *result)
{
	struct get *g = data;

	(void)session;
	if (g->found || result->err.kind == ERR_NONE ||
	    result->err.kind == ERR_CANCELLED)
		return;
	g->failure = result->err;
	if (*region)
		error_prefix(&g->failure, "%s", region);
}

static bool write_all(const struct str *s, struct error *err)
{
	for (size_t done = 0; done < s->len; ) {
		ssize_t n = write(STDOUT_FILENO, s->p + done, s->len - done);

		if (n < 0 && errno != EINTR)
			return error_set(err, ERR_IO,
				"standard output: %s", strerror(errno));
		done += n > 0 ? (size_t)n : 0;
	}
	return true;
}

static bool find(struct get *g, struct location *location,
	struct error *err)
{
	const struct resource *r = location->resource;
	struct argument id = { .path = r->get, .value = g->id };
	struct batch_request request = { .location = location,
		.extra = r->get ? &id : NULL, .extra_count = r->get ? 1 : 0 };
	struct batch_hooks hooks = { .data = g, .segment = take_segment,
		.done = take_done };

	if (!batch_run(g->runtime, &request, &hooks, err))
		return false;
	if (g->found)
		return write_all(&g->out, err);
	if (g->failure.kind != ERR_NONE) {
		*err = g->failure;
		return false;
	}
	return error_set(err, ERR_NOT_FOUND, "no %s '%s' there — is it in "
		"another region? (-r all looks everywhere)", r->one, g->id);
}

int verb_get(struct runtime *rt)
{
	const struct options *o = rt->options;
	struct get g = { .runtime = rt, .out = STR_INIT };
	struct error err = ERROR_INIT;
	struct location *location = NULL;
	bool ok = false;

	if (o->argument_count != 2) {
		error_set(&err, ERR_USAGE, "get: say what and which, as in "
			"`tucuxi get instances i-0f3a9c2b7d1e4a5b6`");
		return verb_fail(&err);
	}
	g.id = o->arguments[1];
	location = runtime_locate(rt, o->arguments[0], &err);
	if (location)
		ok = find(&g, location, &err);
	location_unref(location);
	str_clear(&g.out);
	return ok ? 0 : verb_fail(&err);
}
