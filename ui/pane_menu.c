/* SPDX-License-Identifier: MIT */
#include "ui/pane_menu.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"
#include "ui/list.h"
#include "ui/overlay.h"
#include "ui/proposal.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 60

struct item {
	const struct action *action;
	enum effect kind;
	struct str why;              /* not for this row: what it has to be */
};

struct pane_menu {
	struct pane pane;            /* first: a pane_menu is its pane */
	struct { struct item *items; size_t count, room; } items;
	size_t safe;                 /* items before the danger group */
	struct list list;
	struct proposal bound;       /* when the menu opened */
	char *title;
	int64_t hears;
	struct area area, in;        /* as last drawn */
	int skip;
};

static struct pane_menu *self(struct pane *pane)
{
	return (struct pane_menu *)pane;
}

/* x stands last, under the rule, whatever it is called (ux.md 2). */
static bool is_dangerous(const struct action *action, enum effect kind)
{
	return action->key == 'x' ||
		effect_strength(kind) >= effect_strength(EFFECT_DESTROY);
}

static void add_item(struct pane_menu *m, const struct action *action,
	enum effect kind)
{
	struct item *item = VEC_PUSH(&m->items);
	const struct targets *t = &m->bound.targets;

	*item = (struct item){ .action = action, .kind = kind,
		.why = STR_INIT };
	if (t->count == 1 && action->on != ON_PLACES)
		action_is_for(action, t->items[0].row, &item->why);
}

/* Is there something that it could be done to, and may it? */
static bool is_possible(const struct pane_menu *m, const struct form *form)
{
	struct error err = ERROR_INIT;

	return proposal_permits(&m->bound, form, m->pane.app, &err) &&
		(form->action->on == ON_PLACES || m->bound.targets.count);
}

/* Safe ones first, in the order of the table; then those that destroy. */
static void add_items(struct pane_menu *m, const struct compiled *c)
{
	const struct action *first = c->resource->actions;

	for (int danger = 0; danger <= 1; danger++) {
		for (const struct action *a = first; a && a->name; a++) {
			struct form form;

			form_init(&form, c, a);
			if (is_dangerous(a, form_kind(&form)) == danger &&
			    is_possible(m, &form))
				add_item(m, a, form_kind(&form));
		}
		if (!danger)
			m->safe = m->items.count;
	}
	m->list.count = m->items.count;
}

static void take_title(struct pane_menu *m)
{
	struct str title = STR_INIT;

	if (m->bound.targets.count)
		proposal_subject(&m->bound, &title);
	else
		str_add(&title, m->bound.form.compiled->resource->title);
	m->title = str_take(&title);
}

/* The pane goes first, so that what comes next stands in its place. */
static void choose(struct pane_menu *m, size_t i)
{
	struct app *app = m->pane.app;
	const struct action *action = m->items.items[i].action;
	struct proposal p;

	proposal_move(&p, &m->bound);
	app_pop(app);
	proposal_use(&p, action);
	proposal_begin(app, &p);
}

/* Letters are the actions'; what is none moves, or leaves. */
static bool key(struct pane *pane, int code, const char *paste)
{
	struct pane_menu *m = self(pane);

	if (clock_now() < m->hears || paste)
		return true;
	for (size_t i = 0; i < m->items.count; i++)
		if (m->items.items[i].action->key == code) {
			choose(m, i);
			return true;
		}
	return false;
}

/* Down never leads from the safe group into the dangerous one by being held:
 * it stops before it, and goes on when pressed anew there. */
static void move(struct pane_menu *m, const char *name)
{
	size_t before = m->list.cursor;

	list_command(&m->list, name);
	if (before + 1 < m->safe && m->list.cursor >= m->safe)
		list_move(&m->list, m->safe - 1);
	m->pane.dirty = true;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct pane_menu *m = self(pane);
	const char *name = words->items[0];
	struct list probe = m->list;

	(void)err;
	if (clock_now() < m->hears)
		return true;
	if (!strcmp(name, "enter")) {
		choose(m, m->list.cursor);
		return true;
	}
	if (!list_command(&probe, name))
		return false;
	move(m, name);
	return true;
}

static const char *kind_word(enum effect kind)
{
	return effect_is_read(kind) || kind == EFFECT_CHANGE ? "" :
		effect_name(kind);
}

/* The states that it is for, where they are words. */
static void add_why(const char *why, struct str *out)
{
	if (!strcmp(why, "true") || !strcmp(why, "false"))
		str_add(out, "not for this one");
	else
		str_addf(out, "only when %s", why);
}

static void draw_item(const struct pane_menu *m, const struct area *in,
	int y, size_t i)
{
	const struct item *item = &m->items.items[i];
	const struct action *a = item->action;
	bool selected = i == m->list.cursor;
	enum look look = item->why.len ? LOOK_DIM :
		is_dangerous(a, item->kind) ? LOOK_DANGER : LOOK_TEXT;
	struct str text = STR_INIT;
	char letter[2] = { a->key, '\0' };

	draw_fill(in, y, 0, in->columns, LOOK_TEXT, selected);
	draw_cell(in, y, 1, 1, false, LOOK_KEY, selected, letter, 1);
	str_addf(&text, "%s%s", a->title, a->fields || a->opens ||
		a->on == ON_PLACES ? "…" : "");
	draw_cell(in, y, 4, in->columns - 4, false, look, selected, text.p,
		text.len);
	str_reset(&text);
	if (item->why.len)
		add_why(item->why.p, &text);
	else
		str_add(&text, kind_word(item->kind));
	if (text.len)
		draw_cell(in, y, in->columns - 24, 23, true, LOOK_DIM,
			selected, text.p, text.len);
	str_clear(&text);
}

static bool has_rule(const struct pane_menu *m)
{
	return m->safe && m->safe < m->items.count;
}

/* Lines of the dangerous ones and their rule: they are always seen. */
static int pinned_lines(const struct pane_menu *m)
{
	return (int)(m->items.count - m->safe) + has_rule(m);
}

/* Where an item stands inside, the safe ones scrolled; -1: not seen. */
static int line_of(const struct pane_menu *m, size_t i)
{
	int seen = m->in.rows - pinned_lines(m);

	if (i >= m->safe)
		return seen + has_rule(m) + (int)(i - m->safe);
	return (int)i >= m->skip && (int)i - m->skip < seen ?
		(int)i - m->skip : -1;
}

static void scroll(struct pane_menu *m)
{
	int seen = m->in.rows - pinned_lines(m), at = (int)m->list.cursor;

	if (m->list.cursor >= m->safe)
		return;
	if (at < m->skip)
		m->skip = at;
	if (at >= m->skip + seen)
		m->skip = at - seen + 1;
	if (m->skip > (int)m->safe - seen)
		m->skip = (int)m->safe - seen;
	if (m->skip < 0)
		m->skip = 0;
}

static void draw_rule(const struct area *in, int y)
{
	struct str rule = STR_INIT;

	for (int x = 0; x < in->columns; x++)
		str_add(&rule, "─");
	draw_text(in, y, 0, LOOK_BORDER, rule.p);
	str_clear(&rule);
}

static void draw(struct pane *pane, const struct area *area)
{
	struct pane_menu *m = self(pane);
	int lines = (int)m->safe + pinned_lines(m), seen;

	overlay_box(area, lines, WIDTH, m->title, "letter, or Enter · Esc back",
		&m->in);
	m->area = *area;
	m->list.page = (size_t)m->in.rows;
	scroll(m);
	for (size_t i = 0; i < m->items.count; i++)
		if (line_of(m, i) >= 0)
			draw_item(m, &m->in, line_of(m, i), i);
	seen = m->in.rows - pinned_lines(m);
	if (has_rule(m))
		draw_rule(&m->in, seen);
	if (m->skip > 0)
		draw_text(&m->in, 0, m->in.columns - 1, LOOK_DIM, "▴");
	if ((int)m->safe - m->skip > seen && seen > 0)
		draw_text(&m->in, seen - 1, m->in.columns - 1, LOOK_DIM, "▾");
}

static uint64_t click(struct pane *pane, int y, int x)
{
	struct pane_menu *m = self(pane);

	if (clock_now() < m->hears)
		return 0;
	if (!overlay_click(&m->area, &m->in, &y, &x)) {
		app_pop(pane->app);
		return 0;
	}
	for (size_t i = 0; i < m->items.count; i++)
		if (line_of(m, i) == y) {
			list_move(&m->list, i);
			pane->dirty = true;
			return i + 1;
		}
	return 0;
}

static void close_menu(struct pane *pane)
{
	struct pane_menu *m = self(pane);

	for (size_t i = 0; i < m->items.count; i++)
		str_clear(&m->items.items[i].why);
	proposal_clear(&m->bound);
	VEC_FREE(&m->items);
	free(m->title);
	free(m);
}

static const struct pane_ops ops = {
	.context = "menu",
	.overlay = true,
	.close = close_menu,
	.draw = draw,
	.command = command,
	.click = click,
	.key = key,
};

/* ux.md 1.1: not on a row that slid under the finger. */
static bool is_steady(const struct app *app, struct error *err)
{
	const struct pane *ground = app_ground(app);

	return !ground->ops->steady || ground->ops->steady(ground) ||
		error_set(err, ERR_USAGE, "another row has just come under "
			"the cursor: look, and press it again");
}

bool pane_menu_open(struct app *app, struct error *err)
{
	const struct compiled *c = proposal_compiled(app);
	struct pane_menu *m;

	if (!is_steady(app, err))
		return false;
	if (!c)
		return error_set(err, ERR_USAGE, "there is nothing here that "
			"an action could be for");
	if (!c->resource->actions)
		return error_set(err, ERR_USAGE, "nothing can be done to %s "
			"yet", c->resource->name);
	m = xcalloc(1, sizeof(*m));
	m->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	m->hears = overlay_hears();
	proposal_bind(&m->bound, app, c);
	add_items(m, c);
	if (!m->items.count) {
		close_menu(&m->pane);
		return app_is_read_only(app, NULL) ?
			error_set(err, ERR_READ_ONLY, "read-only: nothing is "
				"done to %s", c->resource->name) :
			error_set(err, ERR_USAGE, "there is no %s under the "
				"cursor", c->resource->one);
	}
	take_title(m);
	app_push(app, &m->pane);
	return true;
}

bool menu_find(struct app *app, const char *name, struct form *form,
	struct error *err)
{
	const struct compiled *c = proposal_compiled(app);
	struct str whole = STR_INIT;
	bool ok;

	if (!strchr(name, '.') && c)
		str_addf(&whole, "%s.%s", c->resource->name, name);
	else
		str_add(&whole, name);
	ok = form_find(form, app->runtime->catalogue, whole.p, err);
	str_clear(&whole);
	return ok;
}

static bool set_field(struct proposal *p, const char *word,
	struct error *err)
{
	const char *equals = strchr(word, '=');
	const struct action_field *f;
	char *name;

	if (!equals)
		return error_set(err, ERR_USAGE, "'%.40s' is not "
			"FIELD=VALUE: what it is done to are the marked rows, "
			"else the one under the cursor", word);
	name = xstrndup(word, (size_t)(equals - word));
	f = form_field(&p->form, name, err);
	free(name);
	if (f && f->secret)
		return error_set(err, ERR_USAGE, "%s is secret: the form "
			"asks for it", f->name);
	return f && form_set(&p->form, f, equals + 1, err);
}

bool menu_do(struct app *app, const struct words *words, struct error *err)
{
	struct proposal p = { 0 };
	struct form form;
	bool ok = true;

	if (words->count < 2)
		return pane_menu_open(app, err);
	if (!menu_find(app, words->items[1], &form, err) ||
	    !is_steady(app, err))
		return false;
	proposal_bind(&p, app, form.compiled);
	proposal_use(&p, form.action);
	for (size_t i = 2; ok && i < words->count; i++)
		ok = set_field(&p, words->items[i], err);
	if (ok)
		proposal_begin(app, &p);
	else
		proposal_clear(&p);
	return ok;
}
