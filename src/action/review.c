/* SPDX-License-Identifier: MIT */
#include "action/review.h"

#include "action/read.h"
#include "action/verify.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define BESIDE 4
#define RECENT_MS (15 * 60 * 1000)
#define WARNING "\342\226\262 "

/* One listing beside the row. */
struct beside {
	struct { struct segment **items; size_t count, room; } pages;
	struct { struct cell *items; size_t count, room; } cells;
	struct error error;
	bool failed;
};

struct review {
	struct pool_job job;     /* first: a review is its job */
	struct task task;
	struct form form;
	struct targets targets;  /* the one */
	struct row row;          /* as it is now; segment NULL: it is gone */
	struct error error;      /* why it may not be sent */
	struct beside beside[BESIDE];
	struct review_lines lines;
	struct cost cost;
	bool priced, dry_passed, repeat;
	char account[16];
	char *caller;            /* its ARN; NULL: not known */
};

static void take_row(void *data, size_t index, struct row row)
{
	struct review *r = data;

	(void)index;
	r->row = row;
	segment_ref(row.segment);
}

static void take_failed(void *data, size_t index, const struct error *err)
{
	struct review *r = data;

	(void)index;
	r->error = *err;
}

static void read_row(struct review *r)
{
	const struct target *t = &r->targets.items[0];
	struct location *scope = target_scope(t->location);
	const char *id = t->id;
	const struct read read = { .compiled = r->form.compiled,
		.session = t->session, .location = scope,
		.region = target_region(t), .ids = &id, .count = 1,
		.cancel = r->task.cancel, .data = r, .row = take_row,
		.failed = take_failed };

	read_rows(&read);
	location_unref(scope);
}

static bool take_page(void *data, struct segment *segment)
{
	struct beside *b = data;

	*VEC_PUSH(&b->pages) = segment;
	for (uint32_t i = 0; i < segment->count; i++)
		row_as_cell((struct row){ segment, i }, VEC_PUSH(&b->cells));
	return true;
}

static void list_one(struct review *r, const struct field_list *list,
	struct beside *b)
{
	const struct target *t = &r->targets.items[0];
	const struct catalogue *c = r->form.compiled->catalogue;
	const struct resource *resource = c ? catalogue_find(c,
		list->resource, &b->error) : NULL;
	struct listing listing = { .session = t->session,
		.region = target_region(t), .cancel = r->task.cancel,
		.data = b, .segment = take_page };
	struct listing_result result;

	b->failed = !resource;
	if (!resource)
		return;
	listing.compiled = catalogue_compiled(c, resource);
	listing.location = form_list(&r->form, list, r->row, resource);
	b->failed = !listing_run(&listing, &result);
	if (b->failed)
		b->error = result.err;
	location_unref(listing.location);
}

static void list_beside(struct review *r)
{
	const struct field_list *list = r->form.action->beside;

	for (size_t i = 0; list && list->resource && i < BESIDE; i++, list++)
		list_one(r, list, &r->beside[i]);
}

/* What AWS says when it is only asked. */
static void try_dry(struct review *r)
{
	const struct target *t = &r->targets.items[0];
	const char *id = t->id;
	struct arguments arguments = { 0 };
	struct reply reply = { 0 };
	struct session_call call = {
		.service = r->form.compiled->resource->service,
		.operation = r->form.action->operation,
		.region = target_region(t), .cancel = r->task.cancel };
	bool was = r->form.dry_run;

	if (!form_has_dry_run(&r->form))
		return;
	r->form.dry_run = true;
	form_arguments(&r->form, t, &id, 1, &arguments);
	r->form.dry_run = was;
	call.arguments = arguments.items;
	call.argument_count = arguments.count;
	r->dry_passed = session_run(t->session, &call, &reply, &r->error);
	reply_clear(&reply);
	arguments_clear(&arguments);
}

static const char *form_field_text(const void *data, const char *name)
{
	return form_text(data, name);
}

/* Who pays (ux.md 1.3); a policy may hide it. */
static void ask_caller(struct review *r)
{
	const struct target *t = &r->targets.items[0];
	struct error ignored = ERROR_INIT;

	session_identify(t->session, target_region(t), &r->caller,
		r->task.cancel, &ignored);
	session_account(t->session, r->account);
}

static void add_where(struct review *r)
{
	const struct target *t = &r->targets.items[0];
	const char *a = *r->account ? r->account : t->account;
	const char *region = *t->region ? t->region : "all regions";

	if (strlen(a) == 12)
		review_line(&r->lines, "Account", ROLE_TEXT, "%.4s-%.4s-%.4s "
			"by profile %s, in %s", a, a + 4, a + 8,
			session_name(t->session), region);
	else
		review_line(&r->lines, "Account", ROLE_WARN, "not known, by "
			"profile %s, in %s", session_name(t->session),
			region);
	if (r->caller)
		review_line(&r->lines, "", ROLE_DIM, "%s", r->caller);
}

static void add_own(struct review *r)
{
	struct review_rows rows[BESIDE];
	struct cell cell;
	struct review_in in = { .row = &cell, .field = form_field_text,
		.data = &r->form, .cost = r->priced ? &r->cost : NULL,
		.beside = rows };

	row_as_cell(r->row, &cell);
	for (size_t i = 0; i < BESIDE; i++)
		rows[i] = (struct review_rows){
			.items = r->beside[i].cells.items,
			.count = r->beside[i].cells.count,
			.why = r->beside[i].failed ? r->beside[i].error.text :
				NULL };
	if (r->form.action->review)
		r->form.action->review(&in, &r->lines);
}

/* A purchase that went through unseen would be there. */
static void add_recent(struct review *r)
{
	const struct action_verify *v = r->form.action->verify;
	const struct field_list *list = r->form.action->beside;
	int64_t since = clock_wall() - RECENT_MS;
	struct str found = STR_INIT;

	for (size_t i = 0; v && list && list->resource && i < BESIDE;
	     i++, list++) {
		struct beside *b = &r->beside[i];

		if (strcmp(list->resource, v->resource))
			continue;
		for (size_t p = 0; p < b->pages.count; p++)
			for (uint32_t k = 0; k < b->pages.items[p]->count; k++)
				verify_add_recent(&r->form,
					&r->targets.items[0],
					(struct row){ b->pages.items[p], k },
					since, &found);
	}
	r->repeat = found.len > 0;
	if (found.len)
		review_line(&r->lines, "Just now", ROLE_BAD, WARNING "made "
			"already: %s", found.p);
	str_clear(&found);
}

static void add_dry_run(struct review *r)
{
	if (!form_has_dry_run(&r->form))
		return;
	if (r->dry_passed)
		review_line(&r->lines, "", ROLE_GOOD, "Dry run: passed");
	else
		review_line(&r->lines, "", ROLE_BAD, "Dry run: %s",
			r->error.text);
}

static void add_lines(struct review *r)
{
	add_where(r);
	if (!r->row.segment)
		return;
	add_own(r);
	if (!r->priced)
		review_line(&r->lines, "Now", ROLE_BAD, "what it costs is "
			"not known");
	add_recent(r);
	add_dry_run(r);
	review_line(&r->lines, "", ROLE_WARN, WARNING "This buys. It cannot "
		"be undone, and it is sent once.");
}

static void run_review(struct pool_job *job)
{
	struct review *r = (struct review *)job;

	read_row(r);
	if (r->row.segment) {
		r->priced = form_cost(&r->form, r->row, &r->cost);
		ask_caller(r);
		list_beside(r);
		try_dry(r);
	}
	add_lines(r);
	task_leave(&r->task);
}

struct review *review_start(struct pool *pool, struct mailbox *box,
	const struct form *form, const struct target *target)
{
	struct review *r = xcalloc(1, sizeof(*r));
	struct pool_job *job = &r->job;

	task_init(&r->task, r, pool, box);
	form_copy(&r->form, form);
	targets_copy(&r->targets, target);
	job->run = run_review;
	job->lane = POOL_ACTION;
	task_send(&r->task, &job, 1);
	return r;
}

void review_cancel(struct review *review)
{
	cancel_set(review->task.cancel);
}

void review_free(struct review *r)
{
	for (size_t i = 0; i < BESIDE; i++) {
		for (size_t p = 0; p < r->beside[i].pages.count; p++)
			segment_unref(r->beside[i].pages.items[p]);
		VEC_FREE(&r->beside[i].pages);
		VEC_FREE(&r->beside[i].cells);
	}
	free(r->caller);
	segment_unref(r->row.segment);
	review_lines_clear(&r->lines);
	form_clear(&r->form);
	targets_clear(&r->targets);
	task_clear(&r->task);
	free(r);
}

const struct review_lines *review_lines(const struct review *review)
{
	return &review->lines;
}

bool review_allows(const struct review *r, struct error *err)
{
	if (r->error.kind != ERR_NONE) {
		*err = r->error;
		return error_prefix(err, "nothing is bought");
	}
	return r->priced || error_set(err, ERR_NEED_CONFIRM, "what it costs "
		"is not known: nothing is bought");
}

struct row review_row(const struct review *review)
{
	return review->row;
}

bool review_cost(const struct review *review, struct cost *out)
{
	*out = review->cost;
	return review->priced;
}

const char *review_challenge(const struct review *review)
{
	return review->repeat ? "YES again" : "YES";
}

void review_prompt(const struct review *r, bool figures, struct str *out)
{
	str_add(out, r->repeat ? "Type \"YES again\" to spend another " :
		"Type YES to spend ");
	if (figures)
		cost_money(r->cost.total, r->cost.currency, out);
	else
		cost_words(r->cost.total, r->cost.currency, out);
}
