/* SPDX-License-Identifier: MIT */
#include "action/verify.h"

#include "action/lookup.h"
#include "action/read.h"
#include "base/clock.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define LOOKS 3
#define LOOK_MS 3000

/* The value that a thing made by this call has. */
static bool match_value(const struct form *form, const struct target *target,
	const struct action_match *m, struct str *out)
{
	const struct action_field *f = form->action->fields;
	struct error err = ERROR_INIT;
	struct path *path;

	if (m->row) {
		path = path_compile(NULL, m->row, &err);
		if (path && target->row.segment)
			str_add(out, row_text(target->row, path, NULL));
		path_free(path);
		return path != NULL;
	}
	while (f && f->name && strcmp(f->name, m->field))
		f++;
	return f && f->name && str_add(out, field_sends(f,
		form_text(form, m->field) ? form_text(form, m->field) : ""));
}

/* What is missing in both is the same. */
static bool is_like(const struct form *form, const struct target *target,
	struct row row)
{
	const struct action_match *m = form->action->verify->equal;
	struct str want = STR_INIT;
	bool same = true;

	for (; same && m && m->path; m++) {
		struct error err = ERROR_INIT;
		struct path *path = path_compile(NULL, m->path, &err);

		str_reset(&want);
		same = path && match_value(form, target, m, &want) &&
			str_eq(row_text(row, path, NULL), want.p);
		path_free(path);
	}
	str_clear(&want);
	return same;
}

/* "0ab7…: State active, Type m7i.large, Count 4"; in brief its state. */
static void add_words(struct row row, bool brief, struct str *out)
{
	const struct compiled *c = row.segment->compiled;
	const char *between = brief ? ", " : ": ";
	struct str cell = STR_INIT;

	if (out->len)
		str_addc(out, '\n');
	row_id(row, out);
	for (size_t i = 0; i < c->column_count; i++) {
		const struct column *column = c->columns[i].column;

		str_reset(&cell);
		if (!column->w80 || column->join ||
		    (brief && column->format != FORMAT_STATE))
			continue;
		row_plain(row, &c->columns[i], (struct row){ 0 }, &cell);
		if (!cell.len)
			continue;
		str_addf(out, "%s%s%s%s", between, brief ? "" :
			column->title, brief ? "" : " ", cell.p);
		between = ", ";
	}
	str_clear(&cell);
}

struct look {
	struct verify *verify;
	struct str *out;         /* NULL: notes what is there */
};

static bool take_page(void *data, struct segment *segment)
{
	struct look *look = data;
	struct verify *v = look->verify;
	struct str id = STR_INIT;

	for (uint32_t i = 0; i < segment->count; i++) {
		struct row row = { segment, i };

		str_reset(&id);
		row_id(row, &id);
		if (!look->out)
			map_set(v->known, id.p, v);
		else if (!map_has(v->known, id.p) &&
		    is_like(v->form, v->target, row))
			add_words(row, false, look->out);
	}
	str_clear(&id);
	segment_unref(segment);
	return true;
}

static bool list(struct verify *v, struct str *out, struct cancel *cancel,
	struct error *err)
{
	struct look look = { .verify = v, .out = out };
	struct listing_result result;
	struct listing listing = { .compiled = v->compiled,
		.session = v->target->session, .region = v->region,
		.cancel = cancel, .data = &look, .segment = take_page,
		.location = location_new(v->compiled->resource) };
	bool ok = listing_run(&listing, &result);

	location_unref(listing.location);
	if (!ok)
		*err = result.err;
	return ok;
}

struct again {
	struct row row;
	struct error error;
};

static void take_row(void *data, size_t index, struct row row)
{
	struct again *again = data;

	(void)index;
	again->row = row;
	segment_ref(row.segment);
}

static void take_failed(void *data, size_t index, const struct error *err)
{
	struct again *again = data;

	(void)index;
	again->error = *err;
}

static bool same_cost(const struct form *form, struct row old, struct row new,
	struct error *err)
{
	struct str was = STR_INIT, is = STR_INIT;
	struct cost before, now;
	bool ok;

	if (!form_cost(form, old, &before) || !form_cost(form, new, &now))
		return error_set(err, ERR_NEED_CONFIRM, "what it costs is "
			"not known any more; nothing was sent");
	ok = before.now == now.now && before.hourly == now.hourly &&
		before.total == now.total &&
		!strcmp(before.currency, now.currency);
	if (!ok) {
		cost_money(before.total, before.currency, &was);
		cost_money(now.total, now.currency, &is);
		error_set(err, ERR_NEED_CONFIRM, "the price changed, %s → %s "
			"in all; nothing was sent", was.p, is.p);
	}
	str_clear(&was);
	str_clear(&is);
	return ok;
}

static bool same_row(const struct form *form, const struct target *t,
	const struct again *again, struct error *err)
{
	struct str text = STR_INIT;
	bool ok = again->row.segment != NULL;

	if (!ok) {
		*err = again->error;
		return error_prefix(err, "%s: nothing was sent", t->id);
	}
	ok = same_cost(form, t->row, again->row, err);
	if (ok && row_differences(t->row, again->row, &text))
		ok = error_set(err, ERR_NEED_CONFIRM, "%s is not what it was: "
			"%s; nothing was sent", t->id, text.p);
	str_clear(&text);
	return ok;
}

/* Right before it is sent, whatever was read before (ux.md 1.3). */
static bool read_again(const struct form *form, const struct target *t,
	struct cancel *cancel, struct error *err)
{
	struct again again = { 0 };
	struct location *scope = target_scope(t->location);
	const char *id = t->id;
	const struct read read = { .compiled = form->compiled,
		.session = t->session, .location = scope,
		.region = target_region(t), .ids = &id, .count = 1,
		.cancel = cancel, .data = &again, .row = take_row,
		.failed = take_failed };
	bool ok = t->row.segment || error_set(err, ERR_NOT_FOUND,
		"%s was not read before: nothing was sent", t->id);

	if (ok) {
		read_rows(&read);
		ok = same_row(form, t, &again, err);
	}
	segment_unref(again.row.segment);
	location_unref(scope);
	return ok;
}

/* Where the things are that it makes. */
static bool find_compiled(struct verify *v, struct error *err)
{
	const char *name = v->form->action->verify->resource;
	const struct catalogue *c = v->form->compiled->catalogue;
	const struct resource *r = c ? catalogue_find(c, name, err) : NULL;

	v->compiled = r ? catalogue_compiled(c, r) : v->form->compiled;
	v->region = v->compiled->resource->global ? NULL :
		target_region(v->target);
	return r || !c;
}

bool verify_open(struct verify *v, const struct form *form,
	const struct target *target, struct cancel *cancel,
	struct error *err)
{
	*v = (struct verify){ .form = form, .target = target,
		.cancel = cancel };
	if (form->dry_run)
		return true;
	if (form_kind(form) == EFFECT_SPEND &&
	    !read_again(form, target, cancel, err))
		return false;
	if (!form->action->verify)
		return true;
	v->known = map_new();
	if (find_compiled(v, err) && list(v, NULL, cancel, err))
		return true;
	return error_prefix(err, "nothing was sent, since what comes of it "
		"could not be looked up (%s)", form->action->verify->resource);
}

static void add_nothing(const struct verify *v, struct str *out)
{
	const struct resource *r = v->compiled->resource;

	str_addf(out, "no new one is among the %s so far: it may still come, "
		"so look there again before you send it again", r->name);
}

void verify_look(struct verify *v, struct pool *pool, struct str *out)
{
	struct error err = ERROR_INIT;
	struct str found = STR_INIT;
	bool stopped = false;
	int looks = 0;

	if (!v->known)
		return;
	do {
		error_reset(&err);
		if (looks && !pool_sleep(pool, clock_now() + LOOK_MS,
				v->cancel))
			stopped = true;
		list(v, &found, NULL, &err);
	} while (!found.len && ++looks < LOOKS && !stopped &&
		!cancel_is_set(v->cancel));
	if (found.len)
		str_addf(out, "there is a new one now: %s", found.p);
	else if (err.kind != ERR_NONE)
		str_addf(out, "the %s could not be listed (%s): look there "
			"before you send it again",
			v->compiled->resource->name, err.text);
	else
		add_nothing(v, out);
	str_clear(&found);
}

void verify_close(struct verify *v)
{
	if (v->known)
		map_free(v->known, NULL);
	v->known = NULL;
}

void verify_add_recent(const struct form *form, const struct target *target,
	struct row row, int64_t since, struct str *out)
{
	const struct action_verify *v = form->action->verify;
	struct error err = ERROR_INIT;
	struct path *path;
	const char *text;
	int64_t began;
	size_t len;

	if (!v || !v->began)
		return;
	path = path_compile(NULL, v->began, &err);
	text = path ? row_text(row, path, &len) : "";
	if (*text && clock_parse(text, len, &began) && began >= since &&
	    is_like(form, target, row))
		add_words(row, true, out);
	path_free(path);
}
