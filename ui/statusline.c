/* SPDX-License-Identifier: MIT */
#include "ui/statusline.h"

#include "base/clock.h"
#include "base/mem.h"
#include "ui/app_own.h"
#include "ui/command.h"
#include "ui/fit.h"
#include "ui/keymap.h"
#include "ui/save.h"

#include <stdlib.h>
#include <string.h>

#define PIECES_MOST 32
#define SAVE_MS 250          /* between two looks at how far it is */
#define MINUTE_MS 60000
#define BAR_KEYS 10
#define BAR_LEAST 6

/* The pieces of one line: what they say, how, and where they fit. */
struct line {
	const struct area *area;
	size_t count;
	struct fit_piece fit[PIECES_MOST];
	struct {
		struct str text;
		enum look look;
		size_t key_len;          /* of its first bytes, in LOOK_KEY */
		int key;                 /* that a click presses; 0: none */
	} piece[PIECES_MOST];
};

/* The new piece's text, to be written into; then line_measure(). */
static struct str *line_add(struct line *l, enum look look, int priority,
	bool right)
{
	size_t i = l->count < PIECES_MOST ? l->count++ : PIECES_MOST - 1;

	str_init(&l->piece[i].text, 0);
	l->piece[i].look = look;
	l->piece[i].key_len = 0;
	l->piece[i].key = 0;
	l->fit[i] = (struct fit_piece){ .priority = priority,
		.right = right };
	return &l->piece[i].text;
}

static void line_draw(struct line *l, int y, int gap, enum look ground)
{
	for (size_t i = 0; i < l->count; i++)
		l->fit[i].width = draw_width(l->area, l->piece[i].text.p,
			l->piece[i].text.len);
	fit_line(l->fit, l->count, l->area->columns, gap);
	draw_fill(l->area, y, 0, l->area->columns, ground, false);
	for (size_t i = 0; i < l->count; i++) {
		const struct fit_piece *f = &l->fit[i];
		const char *text = l->piece[i].text.p;
		int key = draw_width(l->area, text, l->piece[i].key_len);

		if (f->shown)
			draw_text(l->area, y, f->x, l->piece[i].look, text);
		if (f->shown && key)
			draw_mark(l->area, y, f->x, key, LOOK_KEY, false);
		str_clear(&l->piece[i].text);
	}
}

/* 1234-5678-9012 */
static void add_account(struct line *l, const struct app *app)
{
	char account[16];

	if (app->session_count != 1)
		return;
	session_account(app->sessions[0], account);
	if (strlen(account) == 12)
		str_addf(line_add(l, LOOK_TITLE, 60, false),
			"%.4s-%.4s-%.4s", account, account + 4, account + 8);
	else if (*account)
		str_add(line_add(l, LOOK_TITLE, 60, false), account);
}

static void add_profile(struct line *l, const struct app *app)
{
	struct str *text = line_add(l, LOOK_TITLE, 70, false);

	if (app->session_count == 1)
		str_add(text, session_name(app->sessions[0]));
	else
		str_addf(text, "%zu profiles", app->session_count);
}

static void add_regions(struct line *l, const struct app *app)
{
	struct str *text = line_add(l, LOOK_TITLE, FIT_ALWAYS, false);

	if (app->region_count == 0)
		str_add(text, "no region");
	else if (app->region_count == 1)
		str_add(text, app->regions[0]);
	else
		str_addf(text, "%zu regions", app->region_count);
}

static void add_chips(struct line *l, const struct app *app)
{
	const struct runtime *rt = app->runtime;

	if (app_is_read_only(app, NULL))
		str_add(line_add(l, LOOK_CHIP, FIT_ALWAYS, false),
			" READ-ONLY ");
	if (app_profile_flags(app, NULL) & PROFILE_PRODUCTION)
		str_add(line_add(l, LOOK_DANGER, 85, false), " PRODUCTION ");
	if (rt->demo)
		str_add(line_add(l, LOOK_CHIP, 80, false), " DEMO ");
	if (app->own->kept.text) {
		struct str *text = line_add(l, LOOK_CHIP, 75, false);

		str_add(text, " & ");
		kept_add(app, text);
		str_addc(text, ' ');
	}
	if (save_percent(app) >= 0)
		str_addf(line_add(l, LOOK_CHIP, 85, false), " saving %d%% ",
			save_percent(app));
	if (app->own->expired)
		str_add(line_add(l, LOOK_DANGER, 82, false),
			" EXPIRED: R renews ");
	if (app->paused)
		str_add(line_add(l, LOOK_CHIP, 55, false), " PAUSED ");
}

/* How much is asked of AWS, whether it is too much or goes wrong, and how
 * often it has cost money. */
static void add_meter(struct line *l, struct app *app)
{
	struct app_own *own = app->own;
	struct door_meter meter;

	door_read_meter(app->runtime->door, &meter);
	if (meter.errors > own->errors) {
		own->errors = meter.errors;
		own->troubled = clock_now();
	}
	if (meter.throttles_last_minute)
		str_addf(line_add(l, LOOK_CHIP, 40, true), " %u throttled ",
			meter.throttles_last_minute);
	if (meter.failed_last_minute)
		str_addf(line_add(l, LOOK_TITLE, 19, true), "%u %s",
			meter.failed_last_minute,
			meter.failed_last_minute == 1 ? "error" : "errors");
	if (meter.billed)
		str_addf(line_add(l, LOOK_TITLE, 18, true), "%llu $",
			(unsigned long long)meter.billed);
	str_addf(line_add(l, LOOK_TITLE, 20, true), "%u %s/min",
		meter.calls_last_minute,
		meter.calls_last_minute == 1 ? "call" : "calls");
}

static void draw_title(struct app *app, const struct area *area)
{
	struct line l = { .area = area };

	str_add(line_add(&l, LOOK_TITLE, 30, false), "tucuxi");
	add_profile(&l, app);
	add_account(&l, app);
	add_regions(&l, app);
	add_chips(&l, app);
	add_meter(&l, app);
	line_draw(&l, 0, 2, LOOK_TITLE);
}

/* The pane's facts stand three blanks apart; what went wrong stays the
 * longest, then the first, which counts. */
static void add_facts(struct line *l, const char *facts)
{
	bool first = true;

	while (*facts) {
		const char *end = strstr(facts, "   ");
		size_t len = end ? (size_t)(end - facts) : strlen(facts);
		bool bad = str_starts(facts, "▲") || str_starts(facts, "✖");

		if (len)
			str_addn(line_add(l, bad ? LOOK_WARN : LOOK_TEXT,
				bad ? 70 : first ? 60 : 30, true), facts, len);
		facts += len;
		facts += strspn(facts, " ");
		first = false;
	}
}

/* Where we are: cut from the left when it is too long, for its end says
 * most; it has `least` tenths of the line. */
static void add_crumb(struct line *l, const struct app *app, int facts,
	int least)
{
	const struct pane *ground = app_ground(app);
	const struct pane_ops *ops = ground->ops;
	struct str crumb = STR_INIT;
	const char *filter = ops->filter_text ? ops->filter_text(ground) :
		NULL;
	struct str *text = line_add(l, LOOK_HEADER, FIT_ALWAYS, false);
	size_t skip = 0;
	int most = l->area->columns - facts - 6;

	if (most < l->area->columns * least / 10)
		most = l->area->columns * least / 10;
	if (ops->crumb)
		ops->crumb(ground, &crumb);
	if (filter && *filter)
		str_add(&crumb, " › /");
	filter_words(filter ? filter : "", &crumb);
	while (draw_width(l->area, crumb.p + skip, crumb.len - skip) > most)
		do
			skip++;
		while (((unsigned char)crumb.p[skip] & 0xc0) == 0x80);
	str_addf(text, "%s%s", skip ? "…" : "", crumb.p + skip);
	str_clear(&crumb);
}

static void draw_place(struct app *app, const struct area *area)
{
	const struct pane *ground = app_ground(app);
	struct line l = { .area = area };
	struct str facts = STR_INIT;
	bool trouble;

	if (ground->ops->facts)
		ground->ops->facts(ground, &facts);
	trouble = strstr(facts.p, draw_signs(area)->warn) != NULL;
	add_crumb(&l, app, draw_width(area, facts.p, facts.len), trouble ?
		4 : 5);
	add_facts(&l, facts.p);
	line_draw(&l, 1, 3, LOOK_TEXT);
	str_clear(&facts);
}

void statusline_head(struct app *app, const struct area *area)
{
	draw_title(app, area);
	draw_place(app, area);
}

/* The first start: as bound now, as many as fit, and how to be rid of it. */
static void draw_first_hint(const struct app *app, const struct area *area)
{
	static const struct {
		const char *command, *what;
	} hints[] = { { "help", "keys" }, { "prompt", "commands" },
		{ "filter", "filters" }, { "enter", "opens" },
		{ "quit", "leaves" } };
	struct str context = STR_INIT, text = STR_INIT;
	char name[32];

	app_context(app, &context);
	str_add(&text, "New here?");
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		int key = keymap_command_key(app->keymap,
			context.p, hints[i].command);

		if (!key)
			continue;
		key_to_text(key, name);
		str_addf(&text, "  %s %s", name, hints[i].what);
	}
	str_add(&text, "  Esc hides it");
	draw_cell(area, 0, 0, area->columns, false, LOOK_KEY, false, text.p,
		text.len);
	str_clear(&context);
	str_clear(&text);
}

static void draw_message(const struct app *app, const struct area *area)
{
	static const enum look looks[] = { [MESSAGE_INFO] = LOOK_TEXT,
		[MESSAGE_WARN] = LOOK_WARN, [MESSAGE_ERROR] = LOOK_BAD };
	const struct message *m = app_shown_message(app);
	struct area inside = area_cut(area, 0, 1, 1, area->columns - 2);

	draw_fill(area, 0, 0, area->columns, LOOK_TEXT, false);
	if (m)
		draw_cell(&inside, 0, 0, inside.columns, false,
			looks[m->level], false, m->text, strlen(m->text));
	else if (app->own->newcomer)
		draw_first_hint(app, &inside);
}

static bool needs_writing(const struct command *c)
{
	return c->changes || c->when == HINT_WRITABLE;
}

/* What cannot be done is not offered. */
static bool is_offered(const struct app *app, const struct command *c)
{
	const struct pane_ops *ops = app->top->ops;
	const char *filter = ops->filter_text ? ops->filter_text(app->top) :
		NULL;

	if ((needs_writing(c) && app_is_read_only(app, NULL)) ||
	    (str_eq(c->name, "filter") && !ops->filter))
		return false;
	if (c->when == HINT_MARKED)
		return ops->marked && ops->marked(app->top);
	return c->when != HINT_FILTERED || (filter && *filter);
}

/* Those that go last when there is no room. */
static int hint_priority(const struct app *app, const struct command *c)
{
	const struct pane_ops *ops = app->top->ops;

	if (c->when == HINT_WRITABLE)
		return ops->marked && ops->marked(app->top) ? 12 : 10;
	return str_eq(c->name, "help") ? 30 : str_eq(c->name, "prompt") ? 20 :
		c->when != HINT_ALWAYS ? 15 : 10;
}

static void add_hint(struct line *l, const struct app *app,
	const char *context, const struct command *c)
{
	int key = is_offered(app, c) ? keymap_command_key(app->keymap,
		context, c->name) : 0;
	struct str *text;
	char name[32];

	if (!key)
		return;
	key_to_text(key, name);
	if (key == KEYCODE_ENTER && draw_is_unicode(l->area))
		memcpy(name, "⏎", sizeof("⏎"));
	if (l->count >= PIECES_MOST - 1)
		return;
	text = line_add(l, LOOK_TEXT, hint_priority(app, c), false);
	str_addf(text, "%s %s", name, c->hint);
	l->piece[l->count - 1].key_len = strlen(name);
	l->piece[l->count - 1].key = key;
}

/* Where they stand, for the mouse. */
static void note_hints(struct app *app, const struct line *l)
{
	struct app_mouse *m = &app->own->mouse;

	m->hint_count = 0;
	for (size_t i = 0; i < l->count && m->hint_count < HINTS_MOST; i++)
		if (l->fit[i].shown && l->piece[i].key)
			m->hints[m->hint_count++] = (struct hint){
				l->fit[i].x, l->fit[i].width,
				l->piece[i].key };
}

/* Its number, then a word for the line that it runs. */
static void draw_bar_key(const struct area *cell, int number,
	const char *line, bool read_only)
{
	char *name = line ? xstrndup(line, strcspn(line, " ;")) : NULL;
	const struct command *c = name ? command_find(name) : NULL;
	int x = draw_textf(cell, 0, number == 10 ? 0 : 1, LOOK_TEXT, "%d",
		number) + (number == 10 ? 0 : 1);
	struct area label = area_cut(cell, 0, x, 1, cell->columns - x);

	draw_fill(&label, 0, 0, label.columns, LOOK_CHIP, false);
	if (name && !(c && read_only && needs_writing(c)))
		draw_text(&label, 0, 0, LOOK_CHIP, c && c->hint &&
			(c->when == HINT_ALWAYS || c->when == HINT_WRITABLE) ?
			c->hint : name);
	free(name);
}

/* What F1 to F10 do here, as Midnight Commander shows it. False: too few
 * are bound for that. */
static bool draw_bar(struct app *app, const struct area *area,
	const char *context)
{
	struct app_mouse *m = &app->own->mouse;
	const char *lines[BAR_KEYS];
	bool read_only = app_is_read_only(app, NULL);
	int bound = 0;

	for (int i = 0; i < BAR_KEYS; i++) {
		lines[i] = keymap_find(app->keymap, context,
			KEYCODE_F0 + 1 + i);
		bound += lines[i] != NULL;
	}
	if (bound < BAR_LEAST)
		return false;
	m->hint_count = 0;
	draw_fill(area, 1, 0, area->columns, LOOK_TEXT, false);
	for (int i = 0; i < BAR_KEYS; i++) {
		int x = area->columns * i / BAR_KEYS;
		int width = area->columns * (i + 1) / BAR_KEYS - x;
		struct area cell = area_cut(area, 1, x, 1, width);

		draw_bar_key(&cell, i + 1, lines[i], read_only);
		if (lines[i])
			m->hints[m->hint_count++] = (struct hint){ x, width,
				KEYCODE_F0 + 1 + i };
	}
	return true;
}

static void draw_keys(struct app *app, const struct area *area)
{
	struct line l = { .area = area };
	struct str context = STR_INIT;

	app_context(app, &context);
	if (draw_bar(app, area, context.p)) {
		str_clear(&context);
		return;
	}
	for (const struct command *c = command_table(); c->name; c++)
		if (c->hint && !app->top->ops->overlay)
			add_hint(&l, app, context.p, c);
	line_draw(&l, 1, 2, LOOK_TEXT);
	note_hints(app, &l);
	str_clear(&context);
}

void statusline_foot(struct app *app, const struct area *area)
{
	draw_message(app, area);
	draw_keys(app, area);
}

/* Ages step at 10 s, at 30 s, then by the minute. */
static int64_t next_step(int64_t age)
{
	return age < 10000 ? 10000 : age < 30000 ? 30000 :
		(age / 60000 + 1) * 60000;
}

int64_t statusline_due(struct app *app)
{
	const struct table *table = app_table(app);
	int64_t now = clock_now(), due = CLOCK_NEVER;
	struct table_status status;

	if (now - app->own->troubled < MINUTE_MS)
		due = app->own->troubled + MINUTE_MS;
	if (save_percent(app) >= 0)
		due = (now / SAVE_MS + 1) * SAVE_MS;
	if (!table)
		return due;
	table_status(table, &status);
	if (status.oldest && !status.loading) {
		int64_t age = clock_wall() - status.oldest;
		int64_t step = now + next_step(age) - age;

		due = step < due ? step : due;
	}
	return due;
}
