/* SPDX-License-Identifier: MIT */
#include "fetch/listing.h"

#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* A listing on its way: what is sent with each page, and where it is. */
struct walk {
	const struct listing *listing;
	struct listing_result *result;
	const struct operation *operation;
	const struct compiled_paging *paging;
	struct compiled_paging own;      /* of an operation of no table */
	struct {
		struct argument *items;
		size_t count, room;
	} arguments;
	char *paths[DRILL_ARGUMENTS];    /* of the location's arguments */
	char now[32];                    /* when it began */
	char *tokens[2];
	struct map *seen;                /* tokens that were followed */
	bool more, stopped;
};

static struct argument *find_argument(struct walk *w, const char *path,
	const unsigned index[2])
{
	for (size_t i = 0; i < w->arguments.count; i++) {
		struct argument *a = &w->arguments.items[i];

		if (str_eq(a->path, path) && a->index[0] == index[0] &&
		    a->index[1] == index[1])
			return a;
	}
	return NULL;
}

/* The later of two values for one place wins. */
static void set_argument(struct walk *w, const struct argument *argument)
{
	struct argument *at = find_argument(w, argument->path,
		argument->index);

	if (!at)
		at = VEC_PUSH(&w->arguments);
	*at = *argument;
}

static void set_text(struct walk *w, const char *path, const char *value)
{
	const struct argument argument = { .path = path, .value = value };

	set_argument(w, &argument);
}

static void add_constants(struct walk *w, const struct argument *constants)
{
	for (; constants && constants->path; constants++) {
		const struct parameter *p = operation_parameter(w->operation,
			constants->path);
		struct argument a = *constants;

		if (p && p->type == VALUE_TIMESTAMP &&
		    str_eq(a.value, ARGUMENT_NOW))
			a.value = w->now;
		set_argument(w, &a);
	}
}

/* What the location says itself stands. */
static void add_whole(struct walk *w, const struct argument *whole)
{
	for (; whole && whole->path; whole++)
		if (!find_argument(w, whole->path, whole->index))
			set_argument(w, whole);
}

static void add_location(struct walk *w, const struct location *location)
{
	for (size_t i = 0; location && i < location->argument_count; i++) {
		struct argument a = { .value = location->arguments[i].value };

		w->paths[i] = location_parameter(
			location->arguments[i].parameter, a.index);
		a.path = w->paths[i];
		set_argument(w, &a);
	}
}

/* Named things need no page size, which AWS refuses beside ids (aws.md 4),
 * nor what narrows the whole list. */
static bool asks_for_ids(struct walk *w)
{
	const char *get = w->listing->compiled->resource->get;
	const unsigned first[2] = { 0, 0 };
	char *path;
	unsigned index[2];
	bool found;

	if (w->listing->extra_count)
		return true;
	if (!get || w->listing->join)
		return false;
	path = location_parameter(get, index);
	found = find_argument(w, path, first);
	free(path);
	return found;
}

static void add_unless_ids(struct walk *w)
{
	const struct resource *r = w->listing->compiled->resource;
	const struct paging *paging = &w->operation->paging;

	if (asks_for_ids(w))
		return;
	if (w->operation == r->list)
		add_whole(w, r->whole);
	if (paging->size)
		set_text(w, paging->size, paging->size_value);
}

static bool own_paging(struct walk *w, struct error *err)
{
	const struct paging *p = &w->operation->paging;

	w->paging = &w->own;
	if (p->token_out &&
	    !(w->own.token_out = path_compile(NULL, p->token_out, err)))
		return false;
	if (p->token_out2 &&
	    !(w->own.token_out2 = path_compile(NULL, p->token_out2, err)))
		return false;
	return !p->more || (w->own.more = path_compile(NULL, p->more, err));
}

static bool walk_init(struct walk *w, const struct listing *listing,
	struct listing_result *result)
{
	const struct resource *r = listing->compiled->resource;
	const struct compiled_join *join = listing->join;

	*w = (struct walk){ .listing = listing, .result = result };
	w->operation = listing->operation ? listing->operation :
		join ? join->join->operation : r->list;
	w->seen = map_new();
	clock_format_iso(clock_wall(), w->now);
	if (join)
		add_constants(w, join->join->arguments);
	else if (w->operation == r->list)
		add_constants(w, r->arguments);
	if (!join)
		add_location(w, listing->location);
	for (size_t i = 0; i < listing->extra_count; i++)
		set_argument(w, &listing->extra[i]);
	add_unless_ids(w);
	if (join && w->operation == join->join->operation)
		w->paging = &join->paging;
	else if (w->operation == r->list)
		w->paging = &listing->compiled->paging;
	else
		return own_paging(w, &result->err);
	return true;
}

static void walk_clear(struct walk *w)
{
	for (size_t i = 0; i < DRILL_ARGUMENTS; i++)
		free(w->paths[i]);
	free(w->tokens[0]);
	free(w->tokens[1]);
	path_free(w->own.token_out);
	path_free(w->own.token_out2);
	path_free(w->own.more);
	VEC_FREE(&w->arguments);
	map_free(w->seen, NULL);
}

/* A token of the reply, to be sent with the next page; NULL: it has none. */
static char *reply_token(const struct path *path, const struct doc *doc)
{
	size_t len;
	const char *text = path ? path_text(path, doc, 0, &len) : NULL;

	return text && len ? xstrndup(text, len) : NULL;
}

/* Has this pair of tokens been followed already? */
static bool token_repeats(struct walk *w)
{
	struct str key = STR_INIT;
	bool repeats;

	str_addf(&key, "%s %s", w->tokens[0],
		w->tokens[1] ? w->tokens[1] : "");
	repeats = map_has(w->seen, key.p);
	map_set(w->seen, key.p, w);
	str_clear(&key);
	return repeats;
}

/* What the page says of the next one. */
static bool read_paging(struct walk *w, const struct doc *doc)
{
	const struct paging *p = &w->operation->paging;
	const char *more = NULL;
	size_t len;

	free(w->tokens[0]);
	free(w->tokens[1]);
	w->tokens[0] = reply_token(w->paging->token_out, doc);
	w->tokens[1] = reply_token(w->paging->token_out2, doc);
	w->more = w->tokens[0] != NULL;
	if (w->paging->more) {
		more = path_text(w->paging->more, doc, 0, &len);
		w->more = str_eq(more, "true");
	}
	if (!w->more)
		return true;
	if (!w->tokens[0])
		return error_set(&w->result->err, ERR_PARSE,
			"%s: AWS says there is more but not where",
			w->operation->name);
	if (token_repeats(w))
		return error_set(&w->result->err, ERR_PARSE,
			"%s: AWS sent the same page token twice",
			w->operation->name);
	set_text(w, p->token_in, w->tokens[0]);
	if (p->token_in2)
		set_text(w, p->token_in2, w->tokens[1] ? w->tokens[1] : "");
	return true;
}

/* Rows tell the account's number and where buckets are. */
static void learn(struct segment *s)
{
	const struct resource *r = s->compiled->resource;
	struct row row = { s, 0 };
	struct str id = STR_INIT;
	char text[64];

	if (!s->session || s->join)
		return;
	if (s->count && s->compiled->account && !*s->account &&
	    *row_account(row, text))
		session_learn_account(s->session, text);
	for (; s->compiled->region && r->service &&
	     (r->service->flags & SERVICE_S3) && row.index < s->count;
	     row.index++) {
		str_reset(&id);
		row_id(row, &id);
		if (*row_region(row, text))
			session_learn_bucket(s->session, id.p, text);
	}
	str_clear(&id);
}

/* A join that asks for one thing at a time gets rows that do not name it. */
static void name_rows(const struct listing *l, struct segment *s)
{
	const struct argument *id = l->extra;

	if (!l->join || l->join->key || !l->extra_count || !s->count)
		return;
	s->count = 1;
	s->identities = xmalloc(sizeof(*s->identities));
	s->identities[0] = segment_join_key(id->value,
		id->len ? id->len : strlen(id->value));
}

/* Hands the page over; the cap cuts the last one. */
static void give(struct walk *w, struct doc *doc)
{
	const struct listing *l = w->listing;
	size_t room = l->rows_max ? l->rows_max - w->result->rows : SIZE_MAX;
	struct segment *s = segment_new_join(l->compiled, l->join, l->session,
		l->location, l->region, doc, clock_wall());

	if (s->count > room) {
		s->count = (uint32_t)room;
		w->result->capped = true;
	}
	if (l->rows_max && s->count == room && w->more)
		w->result->capped = true;
	name_rows(l, s);
	learn(s);
	if (l->index)
		segment_index(s);
	w->result->rows += s->count;
	w->result->pages++;
	w->stopped = !l->segment(l->data, s) || w->result->capped;
}

/* A page that is XML by accident, a portal's, would look like no rows. */
static bool check_root(struct walk *w, const struct doc *doc)
{
	const struct service *service =
		w->listing->compiled->resource->service;
	const char *name = w->operation->name;
	size_t len, want = strlen(name);
	const char *root = doc_name(doc, 0, &len);

	if (service->protocol != PROTOCOL_EC2 &&
	    service->protocol != PROTOCOL_QUERY)
		return true;
	if (len == want + strlen("Response") &&
	    memcmp(root, name, want) == 0 && str_ends(root, "Response"))
		return true;
	return error_set(&w->result->err, ERR_PARSE,
		"%s: the reply is not AWS's", name);
}

/* "There is no such thing" as an empty reply; NULL: it failed for real. */
static struct doc *absent_reply(const struct listing *l,
	const struct error *err)
{
	const char *code = l->join ? l->join->join->absent : NULL;
	struct doc_build *b;

	if (!code || !str_eq(code, err->code))
		return NULL;
	b = doc_build_new(NULL);
	doc_build_open(b, code, strlen(code), DOC_OBJECT);
	doc_build_close(b);
	return doc_build_seal(b);
}

static bool fetch_page(struct walk *w)
{
	const struct listing *l = w->listing;
	struct error *err = &w->result->err;
	struct session_call call = {
		.service = l->compiled->resource->service,
		.operation = w->operation,
		.arguments = w->arguments.items,
		.argument_count = w->arguments.count,
		.region = l->compiled->resource->global ? NULL : l->region,
		.cancel = l->cancel
	};
	struct reply reply = { 0 };
	bool ok = false;

	if (cancel_is_set(l->cancel))
		return error_set(err, ERR_CANCELLED, "cancelled");
	if (!session_run(l->session, &call, &reply, err)) {
		reply.doc = absent_reply(l, err);
		if (!reply.doc)
			goto out;
		error_reset(err);
		w->more = false;
		give(w, doc_ref(reply.doc));
		ok = true;
		goto out;
	}
	if (!reply.doc) {
		error_set(err, ERR_PARSE, "%s: AWS sent an empty reply",
			w->operation->name);
		goto out;
	}
	if (!check_root(w, reply.doc))
		goto out;
	if (!read_paging(w, reply.doc))
		w->stopped = true;
	give(w, doc_ref(reply.doc));
	ok = err->kind == ERR_NONE;
out:
	reply_clear(&reply);
	return ok;
}

bool listing_run(const struct listing *listing,
	struct listing_result *result)
{
	struct walk w;
	bool ok;

	*result = (struct listing_result){ .err = ERROR_INIT };
	ok = walk_init(&w, listing, result);
	while (ok) {
		ok = fetch_page(&w);
		if (!w.more || w.stopped)
			break;
	}
	walk_clear(&w);
	return ok;
}
