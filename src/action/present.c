/* SPDX-License-Identifier: MIT */
#include "action/present.h"

#include "base/mem.h"
#include "fetch/location.h"

#include <stdlib.h>
#include <string.h>

struct present {
	struct task task;
	struct pool_job job;
	struct form form;
	struct targets target;   /* the one */
	struct error error;
};

bool present_is_needed(const struct action *action)
{
	const struct action_field *f = action->fields;

	while (f && f->name && !f->kept)
		f++;
	return f && f->name;
}

static void fill_field(struct form *form, const struct action_field *f,
	const struct doc *doc)
{
	struct error err = ERROR_INIT;
	struct path *path = path_compile(NULL, f->read, &err);
	struct str value = STR_INIT;
	const char *text = NULL;
	size_t len;

	if (path)
		text = path_text(path, doc, 0, &len);
	/* What no field can hold (zero bytes) is as if it were not there. */
	if (text && len && (f->decode ? f->decode(text, len, NULL, &value,
		&err) : str_addn(&value, text, len)) &&
		strlen(value.p) == value.len)
		form_set(form, f, value.p, &err);
	str_wipe(&value);
	path_free(path);
}

static void fill(struct form *form, bool all, const struct doc *doc)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++)
		if (f->read && (f->kept || all) && !form_value(form, f, 0))
			fill_field(form, f, doc);
}

/* What it is asked of: the row, or what a field names. */
static const char *subject(const struct form *form,
	const struct action_read *read, const struct target *target)
{
	const char *text = read->field ? form_text(form, read->field) :
		target->id;

	return text && *text && (!read->when || form_holds(form, read->when))
		? text : NULL;
}

static bool ask(struct form *form, const struct action_read *read,
	const struct target *target, bool all, struct cancel *cancel,
	struct error *err)
{
	const char *id = subject(form, read, target);
	struct argument arguments[8] = { { 0 } };
	const struct argument *a = read->arguments;
	struct session_call c = {
		.service = form->compiled->resource->service,
		.operation = read->operation, .arguments = arguments,
		.region = target_region(target), .cancel = cancel };
	struct reply reply = { 0 };
	char *path;
	bool ok;

	if (!id)
		return true;
	for (; a && a->path && c.argument_count < 7; a++)
		arguments[c.argument_count++] = *a;
	path = location_parameter(read->target,
		arguments[c.argument_count].index);
	arguments[c.argument_count].path = path;
	arguments[c.argument_count++].value = id;
	ok = session_run(target->session, &c, &reply, err);
	if (ok && reply.doc)
		fill(form, all, reply.doc);
	reply_clear(&reply);
	free(path);
	return ok;
}

bool present_read(struct form *form, const struct target *target, bool all,
	struct cancel *cancel, struct error *err)
{
	const struct action_read *read = form->action->reads;
	const struct action_field *f = form->action->fields;
	bool ok = true;

	for (; f && f->name; f++)
		if (f->kept)
			form_unset(form, f);
	for (; read && read->operation; read++) {
		struct error one = ERROR_INIT;

		if (ask(form, read, target, all, cancel, &one))
			continue;
		if (ok)
			*err = one;
		ok = false;
	}
	return ok;
}

static void run_present(struct pool_job *job)
{
	struct present *p = (struct present *)((char *)job -
		offsetof(struct present, job));

	present_read(&p->form, &p->target.items[0], true, p->task.cancel,
		&p->error);
	task_leave(&p->task);
}

struct present *present_start(struct pool *pool, struct mailbox *box,
	const struct form *form, const struct target *target)
{
	struct present *p = xcalloc(1, sizeof(*p));
	struct pool_job *job = &p->job;

	task_init(&p->task, p, pool, box);
	form_copy(&p->form, form);
	targets_copy(&p->target, target);
	p->job.run = run_present;
	p->job.lane = POOL_ACTION;
	task_send(&p->task, &job, 1);
	return p;
}

void present_cancel(struct present *p)
{
	cancel_set(p->task.cancel);
}

bool present_take(struct present *p, struct form *form, struct error *err)
{
	const struct action_field *f = form->action->fields;
	struct error unused = ERROR_INIT;

	for (; f && f->name; f++) {
		const char *text = form_value(&p->form, f, 0);

		if (f->read && text && !form_value(form, f, 0))
			form_set(form, f, text, &unused);
	}
	if (p->error.kind != ERR_NONE)
		*err = p->error;
	return p->error.kind == ERR_NONE;
}

void present_free(struct present *p)
{
	form_clear(&p->form);
	targets_clear(&p->target);
	task_clear(&p->task);
	free(p);
}
