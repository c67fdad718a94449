/* SPDX-License-Identifier: MIT */
/* What the question says. */
#include "ui/confirm.h"

#include "base/text.h"
#include "ui/app_own.h"
#include "ui/overlay.h"

#include <string.h>

#define WIDTH 72
#define NAMES_MOST 200       /* of the list; it scrolls */
#define DEPENDENTS_MOST 4    /* ids named of a list */

/* What buys has had its dry run before anybody is asked. */
bool confirm_has(const struct pane_confirm *p, int button)
{
	return button != CONFIRM_DRY_RUN ||
		(form_has_dry_run(&p->proposal.form) && !p->spend);
}

int confirm_buttons(const struct pane_confirm *p, int which[CONFIRM_BUTTONS],
	const char *labels[CONFIRM_BUTTONS])
{
	const char *const all[] = { [CONFIRM_CANCEL] = "Cancel",
		[CONFIRM_DRY_RUN] = "Dry run",
		[CONFIRM_DO] = p->proposal.form.action->title };
	int count = 0;

	for (int i = 0; i < CONFIRM_BUTTONS; i++) {
		if (!confirm_has(p, i))
			continue;
		which[count] = i;
		labels[count++] = all[i];
	}
	return count;
}

static void add_account(const struct pane_confirm *p,
	const struct target *t, struct str *out)
{
	const struct app *app = p->pane.app;
	const char *a = t->account;

	if (app->session_count > 1 || !*a)
		str_addf(out, "%s%s", session_name(t->session), *a ? " " :
			"");
	if (strlen(a) == 12)
		str_addf(out, "%.4s-%.4s-%.4s", a, a + 4, a + 8);
	else
		str_add(out, a);
}

/* Account and region, once for all targets that are there. */
static void add_places(const struct pane_confirm *p, struct str *out)
{
	const struct targets *t = &p->proposal.targets;
	struct target_groups g;

	groups_init(&g, t);
	for (size_t i = 0; i < g.count; i++) {
		const struct target *first =
			&t->items[g.order[g.items[i].from]];
		size_t n = g.items[i].to - g.items[i].from;

		str_add(out, g.count > 1 ? "" : "in ");
		str_add(out, *first->region ? first->region : "all regions");
		str_add(out, ", account ");
		add_account(p, first, out);
		if (g.count > 1 && *first->id)
			str_addf(out, ": %zu", n);
		str_addc(out, '\n');
	}
	groups_clear(&g);
}

static void add_names(const struct pane_confirm *p, struct str *out)
{
	const struct targets *t = &p->proposal.targets;

	if (t->count < 2 || p->proposal.form.action->on == ON_PLACES)
		return;
	for (size_t i = 0; i < t->count && i < NAMES_MOST; i++) {
		str_add(out, "  ");
		target_words(&t->items[i], out);
		if (*t->items[i].state)
			str_addf(out, "  %s", t->items[i].state);
		str_addc(out, '\n');
	}
	if (t->count > NAMES_MOST)
		str_addf(out, "  and %zu more\n", t->count - NAMES_MOST);
}

static void add_ids(const struct table *t, struct str *out)
{
	for (size_t i = 0; i < table_rows(t) && i < DEPENDENTS_MOST; i++) {
		struct row row = table_row(t, i);
		struct str label = STR_INIT;

		str_add(out, i ? ", " : ": ");
		row_label(row, &label);
		if (label.len)
			str_add(out, label.p);
		else
			row_id(row, out);
		str_clear(&label);
	}
	if (table_rows(t) > DEPENDENTS_MOST)
		str_add(out, ", …");
}

static void add_dependents(const struct pane_confirm *p, struct str *out)
{
	for (size_t i = 0; i < p->dependents.count; i++) {
		const struct dependent *d = &p->dependents.items[i];
		struct table_status status;
		struct shard shard;

		table_status(d->table, &status);
		if (status.done && !status.rows)
			continue;
		str_addf(out, "%s", d->drill->title);
		if (status.rows)
			str_addf(out, ": %zu%s", status.rows,
				status.complete ? "" : "+");
		if (status.rows)
			add_ids(d->table, out);
		else if (status.loading)
			str_add(out, " …");
		else if (table_shard(d->table, 0, &shard))
			str_addf(out, " ? (%s)", shard.err.text);
		str_addc(out, '\n');
	}
}

static void add_cost(const struct pane_confirm *p, struct str *out)
{
	const struct proposal *q = &p->proposal;
	struct row row = q->row;
	struct cost cost;

	if (q->targets.count == 1 && q->targets.items[0].row.segment)
		row = q->targets.items[0].row;
	if (!form_cost(&q->form, row, &cost))
		return;
	str_add(out, "Costs ");
	if (cost.now) {
		cost_money(cost.now, cost.currency, out);
		str_add(out, " now, then ");
	}
	cost_money(cost.hourly, cost.currency, out);
	str_add(out, " an hour");
	if (cost.hourly && !cost.hours) {
		str_add(out, ", ");
		cost_money(cost.hourly * 730 / 10000 * 10000, cost.currency,
			out);
		str_add(out, " a month");
	}
	if (q->targets.count > 1)
		str_add(out, " each");
	if (cost.source)
		str_addf(out, " (%s)", cost.source);
	str_addc(out, '\n');
}

/* What they all have to know once, however many there are. */
static void add_notes(const struct pane_confirm *p, struct str *out)
{
	const struct targets *t = &p->proposal.targets;
	struct row row = { 0 };
	struct str notes = STR_INIT;

	if (t->count == 1)
		row = t->items[0].row;
	form_notes(&p->proposal.form, row, &notes);
	if (notes.len)
		str_addf(out, "%s\n", notes.p);
	str_clear(&notes);
}

static void add_text(const struct pane_confirm *p, struct str *out)
{
	const struct action *a = p->proposal.form.action;

	add_places(p, out);
	if (a->help)
		str_addf(out, "%s\n", a->help);
	add_names(p, out);
	add_notes(p, out);
	add_dependents(p, out);
	add_cost(p, out);
	if (p->lookup)
		str_add(out, "Reading it again …\n");
	else if (p->review.len)
		str_addf(out, "%s\n", p->review.p);
	str_add(out, "Sends ");
	form_describe(&p->proposal.form, out);
	if (p->dry)
		str_add(out, "\nDry run …");
	else if (p->dry_result.len)
		str_addf(out, "\nDry run: %s", p->dry_result.p);
}

static void draw_input(const struct pane_confirm *p, const struct area *in,
	int y)
{
	struct str label = STR_INIT;
	int x;

	str_addf(&label, "Type %s to %s: ", p->challenge.p,
		p->proposal.form.action->name);
	x = draw_text(in, y, 0, LOOK_DANGER, label.p);
	draw_text(in, y, x, LOOK_TEXT, p->answer.text.p);
	if (p->focus == CONFIRM_INPUT)
		draw_cursor(in, y, x + draw_width(in, p->answer.text.p,
			p->answer.cursor));
	str_clear(&label);
}

void confirm_draw_buttons(const struct pane_confirm *p,
	const struct area *in, int y)
{
	const char *labels[CONFIRM_BUTTONS];
	int which[CONFIRM_BUTTONS], focus = -1;
	int count = confirm_buttons(p, which, labels);

	for (int i = 0; i < count; i++)
		if (which[i] == p->focus)
			focus = i;
	overlay_buttons(in, y, labels, count, focus);
}

static void title_of(const struct pane_confirm *p, struct str *out)
{
	str_addf(out, "%s: ", p->proposal.form.action->title);
	proposal_subject(&p->proposal, out);
	if (p->kind != EFFECT_CHANGE)
		str_addf(out, " · %s", effect_name(p->kind));
}

void confirm_draw(struct pane *pane, const struct area *area)
{
	struct pane_confirm *p = (struct pane_confirm *)pane;
	int columns = area->columns - 4 < WIDTH ? area->columns - 4 : WIDTH;
	int below = p->typed ? 3 : 2, rows;
	struct str text = STR_INIT, title = STR_INIT;
	struct area in;

	title_of(p, &title);
	if (p->spend) {
		confirm_spend_draw(p, area, title.p);
		str_clear(&title);
		return;
	}
	add_text(p, &text);
	p->lines = overlay_text(area, 0, 0, columns, 0, 0, LOOK_TEXT, text.p);
	rows = p->lines + below;
	overlay_box(area, rows, columns, title.p, p->typed ?
		"Tab buttons · Esc back" : "y yes · n, Esc no", &in);
	p->area = *area;
	p->in = in;
	p->page = in.rows - below;
	if (p->skip > p->lines - p->page)
		p->skip = p->lines > p->page ? p->lines - p->page : 0;
	overlay_text(&in, 0, 0, columns, p->skip, p->page, LOOK_TEXT,
		text.p);
	if (p->lines - p->skip > p->page)
		draw_text(&in, p->page, 0, LOOK_DIM, "▾ more: ↓");
	if (p->typed)
		draw_input(p, &in, in.rows - 2);
	confirm_draw_buttons(p, &in, in.rows - 1);
	str_clear(&text);
	str_clear(&title);
}
