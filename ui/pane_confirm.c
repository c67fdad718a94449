/* SPDX-License-Identifier: MIT */
#include "ui/confirm.h"

#include "base/clock.h"
#include "base/mem.h"
#include "ui/app_own.h"
#include "ui/keymap.h"
#include "ui/overlay.h"
#include "ui/pane_form.h"

#include <stdlib.h>
#include <string.h>

#define MANY 20              /* more than these are typed, not only nodded */

static struct pane_confirm *self(struct pane *pane)
{
	return (struct pane_confirm *)pane;
}

/* A name that several rows here have says too little: then the id does. */
static bool is_unique(const struct pane_confirm *p, const char *label)
{
	const struct table *table = app_table(p->pane.app);
	struct str other = STR_INIT;
	size_t same = 0;

	for (size_t i = 0; table && i < table_rows(table) && same < 2; i++) {
		str_reset(&other);
		row_label(table_row(table, i), &other);
		same += str_eq(other.p, label);
	}
	str_clear(&other);
	return same < 2;
}

void confirm_challenge(struct pane_confirm *p)
{
	const struct targets *t = &p->proposal.targets;
	const char *label = "";

	if (!p->typed || !t->count)
		return;
	if (t->count == 1 && *t->items[0].label &&
	    is_unique(p, t->items[0].label))
		label = t->items[0].label;
	form_challenge(&p->proposal.form, t->count, label, t->items[0].id,
		&p->challenge);
}

/* In production also what only disrupts. */
static bool must_type(const struct pane_confirm *p)
{
	int from = effect_strength(proposal_is_production(&p->proposal,
		p->pane.app) ? EFFECT_DISRUPT : EFFECT_DESTROY);

	return effect_strength(p->kind) >= from ||
		(p->proposal.targets.count > MANY &&
		 p->proposal.form.action->on != ON_PLACES);
}

/* The form under it has done its work. */
static void leave(struct pane_confirm *p, bool done)
{
	struct app *app = p->pane.app;

	app_pop(app);
	if (done)
		pane_form_done(app);
}

static void go(struct pane_confirm *p)
{
	struct app *app = p->pane.app;
	struct error err = ERROR_INIT;
	struct proposal proposal;

	if (p->spend && !confirm_spend_ready(p))
		return;
	if (p->lookup) {
		app_message(app, MESSAGE_WARN,
			"one moment: the rows are being read again");
		return;
	}
	if (!p->proposal.targets.count) {
		app_message(app, MESSAGE_WARN, "there is nothing left that "
			"it could be done to; Esc goes back");
		return;
	}
	if (p->typed && strcmp(p->answer.text.p, p->challenge.p)) {
		app_message(app, MESSAGE_WARN, "that is not %s: nothing was "
			"sent", p->challenge.p);
		return;
	}
	proposal_move(&proposal, &p->proposal);
	leave(p, true);
	if (!proposal_run(app, &proposal, &err)) {
		app_error(app, &err);
		proposal_clear(&proposal);
	}
}

static void move_focus(struct pane_confirm *p, int by)
{
	int least = p->typed ? CONFIRM_INPUT : CONFIRM_CANCEL;

	do {
		p->focus += by;
		if (p->focus >= CONFIRM_BUTTONS)
			p->focus = least;
		if (p->focus < least)
			p->focus = CONFIRM_BUTTONS - 1;
	} while (p->focus >= 0 && !confirm_has(p, p->focus));
}

static void press(struct pane_confirm *p)
{
	if (p->focus == CONFIRM_CANCEL)
		leave(p, false);
	else if (p->focus == CONFIRM_DRY_RUN)
		confirm_dry_run(p);
	else
		go(p);
}

static void scroll(struct pane_confirm *p, int by)
{
	int most = p->lines > p->page ? p->lines - p->page : 0;

	p->skip += by;
	if (p->skip > most)
		p->skip = most;
	if (p->skip < 0)
		p->skip = 0;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_confirm *p = self(pane);
	const char *name = words->items[0];

	(void)err;
	pane->dirty = true;
	if (!strcmp(name, "back"))
		leave(p, false);
	else if (!strcmp(name, "enter"))
		press(p);
	else if (!strcmp(name, "yes") && !p->typed)
		go(p);
	else if (!strcmp(name, "dry-run") && confirm_has(p, CONFIRM_DRY_RUN))
		confirm_dry_run(p);
	else if (!strcmp(name, "next-field"))
		move_focus(p, 1);
	else if (!strcmp(name, "previous-field"))
		move_focus(p, -1);
	else if (!strcmp(name, "down") || !strcmp(name, "up"))
		scroll(p, *name == 'd' ? 1 : -1);
	else if (!strcmp(name, "page-down") || !strcmp(name, "page-up"))
		scroll(p, !strcmp(name, "page-down") ? p->page : -p->page);
	else
		return false;
	return true;
}

/* What is typed goes into the line, but for keys that are no text; there
 * only what is bound is heard. */
static bool key(struct pane *pane, int code, const char *paste)
{
	struct pane_confirm *p = self(pane);
	bool bound = keymap_find(pane->app->keymap, "input/confirm", code);
	bool text = code >= KEYCODE_SPACE && code < KEYCODE_UP, changed;

	pane->dirty = true;
	if (clock_now() < p->hears)
		return true;
	if (paste) {
		app_message(pane->app, MESSAGE_WARN,
			"nothing can be pasted here: it is to be typed");
		return true;
	}
	if (p->typed && p->focus == CONFIRM_INPUT && (text || !bound)) {
		edit_key(&p->answer, code, &changed);
		return true;
	}
	return !bound || (p->typed && text);
}

/* One click presses a button; the one that does it needs a second. */
static uint64_t click(struct pane *pane, int y, int x)
{
	struct pane_confirm *p = self(pane);
	const char *labels[CONFIRM_BUTTONS];
	int which[CONFIRM_BUTTONS];
	int count = confirm_buttons(p, which, labels), at;

	if (clock_now() < p->hears ||
	    !overlay_click(&p->area, &p->in, &y, &x) || y != p->in.rows - 1)
		return 0;
	at = overlay_button_at(&p->in, labels, count, x);
	pane->dirty = true;
	if (at < 0)
		return 0;
	p->focus = which[at];
	if (p->focus != CONFIRM_DO)
		press(p);
	return at == count - 1 ? 1 : 0;
}

static void update(struct pane *pane)
{
	if (confirm_dependents_changed(self(pane)))
		pane->dirty = true;
}

static void close_confirm(struct pane *pane)
{
	struct pane_confirm *p = self(pane);

	confirm_clear_review(p);
	proposal_clear(&p->proposal);
	str_clear(&p->challenge);
	edit_clear(&p->answer);
	free(p);
}

static const struct pane_ops ops = {
	.context = "input/confirm",
	.overlay = true,
	.close = close_confirm,
	.draw = confirm_draw,
	.command = command,
	.click = click,
	.key = key,
	.update = update,
};

void pane_confirm_open(struct app *app, struct proposal *p)
{
	struct pane_confirm *c = xcalloc(1, sizeof(*c));

	c->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	proposal_move(&c->proposal, p);
	c->kind = form_kind(&c->proposal.form);
	c->typed = must_type(c);
	str_init(&c->challenge, 0);
	str_init(&c->review, 0);
	str_init(&c->dry_result, 0);
	edit_init(&c->answer, "");
	c->focus = c->typed ? CONFIRM_INPUT : CONFIRM_CANCEL;
	c->hears = overlay_hears();
	confirm_challenge(c);
	confirm_review(c);
	confirm_find_dependents(c);
	app_push(app, &c->pane);
}
