/* SPDX-License-Identifier: MIT */
/* The question before something is bought: what it is, what it costs, and
 * the total in words to say YES to. */
#include "ui/confirm.h"

#include "ui/app_own.h"
#include "ui/app_task.h"
#include "ui/overlay.h"

#include <string.h>

#define WIDTH 76
#define LABEL 11
#define BELOW 2              /* what is typed, and the buttons */

/* What people say yes to is the row as it was read for them. */
static void take_row(struct pane_confirm *p)
{
	struct target *t = &p->proposal.targets.items[0];
	struct row row = review_row(p->spend);

	if (!row.segment)
		return;
	segment_ref(row.segment);
	segment_unref(t->row.segment);
	t->row = row;
}

static void review_mail(void *data, const struct task_mail *mail)
{
	struct pane_confirm *p = data;

	if (mail->index != TASK_END)
		return;
	p->reviewed = true;
	take_row(p);
	str_reset(&p->challenge);
	str_add(&p->challenge, review_challenge(p->spend));
	p->pane.dirty = true;
}

static void cancel_review(void *task)
{
	review_cancel(task);
}

static void free_review(void *task)
{
	review_free(task);
}

void confirm_spend_begin(struct pane_confirm *p)
{
	const struct task_listener listener = { .data = p,
		.mail = review_mail, .cancel = cancel_review };
	struct app *app = p->pane.app;

	p->spend = review_start(app->runtime->pool, app_task_box(app),
		&p->proposal.form, &p->proposal.targets.items[0]);
	app_task_listen(app, p->spend, &listener);
}

void confirm_spend_end(struct pane_confirm *p)
{
	if (p->spend && p->reviewed)
		review_free(p->spend);
	else if (p->spend)
		app_task_abandon(p->pane.app, p->spend, free_review);
}

bool confirm_spend_ready(struct pane_confirm *p)
{
	struct error err = ERROR_INIT;

	if (!p->reviewed) {
		app_message(p->pane.app, MESSAGE_WARN, "one moment: the price "
			"is being read again");
		return false;
	}
	if (!review_allows(p->spend, &err))
		app_error(p->pane.app, &err);
	return err.kind == ERR_NONE;
}

/* A window on lines: from..page of them, those before `skip` left out. */
struct window {
	const struct area *area;
	int skip, page, at;
};

static void put(struct window *w, int x, enum look look, const char *text)
{
	int columns = w->area->columns - x, hidden = w->skip - w->at;
	int lines = overlay_text(w->area, 0, 0, columns, 0, 0, look, text);
	int y = hidden > 0 ? 0 : -hidden;

	hidden = hidden > 0 ? hidden : 0;
	if (hidden < lines && y < w->page)
		overlay_text(w->area, y, x, columns, hidden, w->page - y,
			look, text);
	w->at += lines;
}

/* Returns how many lines there are; page 0: only counts. */
static int put_lines(const struct pane_confirm *p, const struct area *area,
	int skip, int page)
{
	const struct review_lines *lines = review_lines(p->spend);
	struct window w = { .area = area, .skip = skip, .page = page };

	if (!p->reviewed) {
		put(&w, 0, LOOK_TEXT, "The offer, what you have and what AWS "
			"says to a dry run are being read …");
		return w.at;
	}
	for (size_t i = 0; i < lines->count; i++) {
		const struct review_line *l = &lines->items[i];

		if (*l->label && w.at >= skip && w.at - skip < page)
			draw_text(area, w.at - skip, 0, LOOK_DIM, l->label);
		put(&w, LABEL, (enum look)l->role, l->text);
	}
	return w.at;
}

/* Returns how many lines it takes; empty while nothing can be said. */
static int set_prompt(const struct pane_confirm *p, const struct area *area,
	bool figures, struct str *out)
{
	struct error err = ERROR_INIT;

	str_reset(out);
	if (!p->reviewed)
		return 0;
	if (review_allows(p->spend, &err))
		review_prompt(p->spend, figures, out);
	else
		str_add(out, err.text);
	str_add(out, ":");
	return overlay_text(area, 0, 0, area->columns, 0, 0, LOOK_TEXT,
		out->p);
}

static void draw_answer(const struct pane_confirm *p, const struct area *in,
	int y)
{
	draw_text(in, y, 0, LOOK_DIM, "[          ]");
	draw_text(in, y, 1, LOOK_TEXT, p->answer.text.p);
	if (p->focus == CONFIRM_INPUT)
		draw_cursor(in, y, 1 + draw_width(in, p->answer.text.p,
			p->answer.cursor));
}

void confirm_spend_draw(struct pane_confirm *p, const struct area *area,
	const char *title)
{
	int columns = area->columns - 4 < WIDTH ? area->columns - 4 : WIDTH;
	struct area probe = area_cut(area, 0, 0, area->rows, columns), in;
	struct str prompt = STR_INIT;
	int asked;

	asked = set_prompt(p, &probe, false, &prompt);
	p->lines = put_lines(p, &probe, 0, 0);
	overlay_box(area, p->lines + asked + BELOW, columns, title,
		"Enter sends it once · Esc back", &in);
	p->area = *area;
	p->in = in;
	if (asked > in.rows - BELOW - 1)
		asked = set_prompt(p, &in, true, &prompt);
	if (asked > in.rows - BELOW - 1)
		asked = in.rows - BELOW - 1;
	p->page = in.rows - BELOW - asked;
	if (p->skip > p->lines - p->page)
		p->skip = p->lines > p->page ? p->lines - p->page : 0;
	put_lines(p, &in, p->skip, p->page);
	if (p->lines - p->skip > p->page)
		draw_text(&in, p->page - 1, columns - 8, LOOK_KEY,
			"▾ more ↓");
	overlay_text(&in, p->page, 0, columns, 0, asked, LOOK_DANGER,
		prompt.p);
	draw_answer(p, &in, in.rows - BELOW);
	confirm_draw_buttons(p, &in, in.rows - 1);
	str_clear(&prompt);
}
