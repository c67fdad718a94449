/* SPDX-License-Identifier: MIT */
/* What the row does not say and AWS is asked for when the form opens: it is
 * filled in where people have said nothing yet. */
#include "ui/form.h"

#include "action/present.h"
#include "ui/app_task.h"

static void take(void *data, const struct task_mail *mail)
{
	struct pane_form *p = data;
	struct error err = ERROR_INIT;

	if (mail->index != TASK_END)
		return;
	if (!present_take(p->present, &p->proposal.form, &err))
		app_error(p->pane.app, &err);
	present_free(p->present);
	p->present = NULL;
	form_show_values(p);
	form_sync(p);
}

static void cancel_present(void *task)
{
	present_cancel(task);
}

static void free_present(void *task)
{
	present_free(task);
}

void form_present_start(struct pane_form *p)
{
	const struct task_listener listener = { .data = p, .mail = take,
		.cancel = cancel_present };
	const struct targets *t = &p->proposal.targets;
	struct app *app = p->pane.app;

	if (!p->proposal.form.action->reads || t->count != 1)
		return;
	p->present = present_start(app->runtime->pool, app_task_box(app),
		&p->proposal.form, &t->items[0]);
	app_task_listen(app, p->present, &listener);
}

void form_present_stop(struct pane_form *p)
{
	if (p->present)
		app_task_abandon(p->pane.app, p->present, free_present);
	p->present = NULL;
}
