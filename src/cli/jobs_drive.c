/* SPDX-License-Identifier: MIT */
/* A piece of work run by a verb. */
#include "cli/jobs.h"

#include "action/flow_task.h"
#include "base/text.h"
#include "base/xdg.h"
#include "cli/child.h"
#include "cli/do.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void cancel(void *task)
{
	flow_task_cancel(task);
}

static void say(const char *text)
{
	struct str clean = STR_INIT;

	text_sanitise(&clean, text, strlen(text), true);
	fprintf(stderr, "tucuxi: %s\n", clean.p);
	str_clear(&clean);
}

static void say_step(const struct task_mail *mail)
{
	const struct flow_news *n = (const struct flow_news *)mail;
	struct str text = STR_INIT;

	str_addf(&text, "%zu/%zu %s", mail->index, n->count, n->title);
	say(text.p);
	str_clear(&text);
}

static struct flow *run(struct runtime *rt, struct mailbox *box,
	struct session *session, struct flow *f, struct error *err)
{
	struct flow_task *task = flow_task_start(rt->pool, box, rt->catalogue,
		session, f);
	const struct task_mail *mail;

	while ((mail = take_mail(box, cancel, task))->index != TASK_END)
		say_step(mail);
	f = flow_task_take(task, err);
	flow_task_free(task);
	return f;
}

/* ssh's own end is its own affair: what it says stands on the terminal. */
static bool run_program(struct runtime *rt, const struct flow *f,
	struct error *err)
{
	struct connect_rules rules = { 0 };
	char *path = xdg_config("tucuxirc");
	struct environment env = { 0 };
	struct words argv = { 0 };
	int status = 0;
	bool ok;

	environment_make(&env, rt, flow_get(f, "region"),
		flow_get(f, "profile"));
	ok = (rt->demo || connect_rules_load(&rules, path, err)) &&
		jobs_program(rt, f, &rules, &argv, err) &&
		child_run(argv.items, env.items, &status, err);
	words_clear(&argv);
	environment_clear(&env);
	connect_rules_clear(&rules);
	free(path);
	return ok;
}

static bool wants_program(const struct flow *f, const struct error *err)
{
	size_t number, count;
	const struct work_step *step = flow_at(f, &number, &count);

	return err->kind == ERR_NEED_INPUT && step &&
		step->kind == STEP_PROGRAM;
}

static void say_text(const struct flow *f)
{
	struct str text = STR_INIT;

	if (jobs_text(f, &text))
		fprintf(stderr, "\n%s", text.p);
	str_clear(&text);
}

struct flow *jobs_drive(struct runtime *rt, struct mailbox *box,
	struct flow *f, struct error *err)
{
	struct session *session = jobs_session(rt, f, err);
	struct error first = ERROR_INIT;

	if (!session)
		return f;
	for (;;) {
		error_reset(err);
		f = run(rt, box, session, f, err);
		if (!wants_program(f, err))
			break;
		error_reset(err);
		if (!run_program(rt, f, err))
			first = *err;
		if (!flow_answer(f, err))
			break;
	}
	if (first.kind != ERR_NONE)
		*err = first;
	else if (err->kind == ERR_NEED_INPUT)
		say_text(f);
	return f;
}
