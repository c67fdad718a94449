/* SPDX-License-Identifier: MIT */
#include "ui/app_own.h"

#include "base/clock.h"
#include "base/embedded.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "fetch/change.h"
#include "ui/control.h"
#include "ui/dialog.h"
#include "ui/keymap.h"
#include "ui/pane_form.h"
#include "ui/prompt.h"
#include "ui/runs.h"
#include "ui/works.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REGIONS_MOST 128

void app_prepare(void)
{
	signals_block();
}

static bool load_keys(struct app *app, const char *keymap, struct error *err)
{
	struct str name = STR_INIT;
	const char *text;
	bool ok;

	str_addf(&name, "%s.keys", keymap);
	text = embedded_file(name.p);
	ok = text ? keymap_load(app->keymap, name.p, text, err) :
		error_set(err, ERR_USAGE, "no keymap %.40s", keymap);
	str_clear(&name);
	return ok;
}

/* The chosen one on top of the default one, under what people have bound
 * themselves. */
static bool apply_keymap(struct app *app, struct error *err)
{
	const char *keymap = app->settings->keymap;

	if (str_eq(keymap, app->own->keymap))
		return true;
	free(app->own->keymap);
	app->own->keymap = xstrdup(keymap);
	keymap_unload(app->keymap);
	return load_keys(app, "default", err) &&
		(str_eq(keymap, "default") || load_keys(app, keymap, err));
}

/* What a setting changes beyond its value. */
void app_apply_settings(struct app *app, struct error *err)
{
	const struct settings *s = app->settings;
	struct palette palette = app->own->palette;
	struct theme *theme;

	app->refresh = s->refresh < 0 ? -1 : (int64_t)s->refresh * 1000;
	if (!apply_keymap(app, err) || !app->screen)
		return;
	if (app->fetch)
		fetch_set_marks(app->fetch, s->changes_seconds * 1000, true);
	state_history_limit(app->own->state, (size_t)s->history_lines);
	screen_set_signs(app->screen, s->ascii, (int)s->ambiguous_width);
	screen_set_mouse(app->screen, s->mouse);
	key_expect_mouse(app->own->keys, s->mouse);
	app_colour_title(app, &palette);
	theme = theme_new(s->theme, &palette, app->own->light, err);
	if (theme) {
		theme_free(app->screen->theme);
		app->screen->theme = theme;
	}
	app->redraw = true;
}

/* The user's files; a demo reads none. What is wrong with them is told on
 * the screen and stops nothing. */
static void load_files(struct app *app)
{
	struct error err = ERROR_INIT;
	char *path;

	path = xdg_state("state");
	app->own->state = state_new(path);
	if (app->runtime->demo) {
		free(path);
		return;
	}
	app->own->newcomer = access(path, F_OK) != 0;
	if (!state_load(app->own->state, &err))
		app_error(app, &err);
	saved_take_state(&app->runtime->saved, app->runtime->catalogue,
		app->own->state);
	free(path);
	path = xdg_config("tucuxirc");
	error_reset(&err);
	if (!app_source(app, path, &err) && err.kind != ERR_NOT_FOUND)
		app_error(app, &err);
	free(path);
	works_tell(app);
}

/* The command line stands above the files. */
static bool set_options(struct app *app, struct error *err)
{
	const struct options *o = app->runtime->options;
	const struct {
		const char *name, *value;
	} pairs[] = { { "refresh", o->refresh }, { "theme", o->theme },
		{ "keymap", o->keymap } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i].value && !setting_set(app->settings,
		    setting_find(pairs[i].name, err), pairs[i].value, err))
			return false;
	return true;
}

static void open_fetch(struct app *app)
{
	struct fetch_options options = {
		.catalogue = app->runtime->catalogue,
		.pool = app->runtime->pool,
		.rows_max = (size_t)app->settings->rows_max,
		.cache_bytes = (size_t)app->settings->cache_bytes,
	};

	app->fetch = fetch_new(&options);
	fetch_set_marks(app->fetch, app->settings->changes_seconds * 1000,
		true);
}

static bool open_terminal(struct app *app, struct error *err)
{
	struct app_own *own = app->own;

	own->signals = signals_open(err);
	if (own->signals < 0)
		return false;
	app->screen = screen_open(err);
	if (!app->screen)
		return false;
	own->keys = key_decoder_new(screen_sequences(app->screen));
	app_apply_settings(app, err);
	if (!app->screen->theme)
		return false;
	if (!app->settings->ambiguous_width && screen_measure(app->screen))
		key_expect_cursor(own->keys);
	if (screen_ask_ground(app->screen))
		key_expect_ground(own->keys);
	return true;
}

static void take_runtime(struct app *app)
{
	struct runtime *rt = app->runtime;
	char *regions[REGIONS_MOST];
	size_t count = 0;

	app->sessions = xcalloc(rt->session_count, sizeof(*app->sessions));
	memcpy(app->sessions, rt->sessions,
		rt->session_count * sizeof(*app->sessions));
	app->session_count = rt->session_count;
	if (rt->all_regions) {
		app_use_all_regions(app);
		return;
	}
	for (; count < rt->region_count && count < REGIONS_MOST; count++)
		regions[count] = xstrdup(rt->regions[count]);
	app_use_regions(app, regions, count, false);
}

/* A target that does not exist is told before the screen is taken. */
static bool check_target(struct app *app, struct error *err)
{
	const struct options *o = app->runtime->options;
	struct location *target;

	if (!o->argument_count)
		return true;
	target = runtime_locate(app->runtime, o->arguments[0], err);
	if (target)
		location_unref(target);
	return target != NULL;
}

static bool app_open_all(struct app *app, struct error *err)
{
	struct app_own *own = app->own;

	own->mail = mailbox_new();
	own->tasks.box = mailbox_new();
	own->cancel = cancel_new();
	own->write_until = CLOCK_NEVER;
	own->troubled = INT64_MIN / 2;
	app->last_key = own->focused = clock_now();
	own->light = theme_is_light();
	settings_init(&own->settings);
	app->settings = &own->settings;
	app->keymap = keymap_new();
	app_apply_settings(app, err);
	if (err->kind != ERR_NONE || !check_target(app, err))
		return false;
	load_files(app);
	if (!set_options(app, err) || !open_terminal(app, err))
		return false;
	open_fetch(app);
	take_runtime(app);
	own->control = control_open();
	app_land(app);
	return true;
}

/* The place to begin with next time, and the regions if nobody says some. */
static void save_state(struct app *app)
{
	struct state *state = app->own->state;
	const char *profile = session_name(app->sessions[0]);
	struct error err = ERROR_INIT;
	struct str place = STR_INIT, regions = STR_INIT;

	if (app->runtime->demo)
		return;
	app_place(app, &place);
	state_set(state, "place", profile, place.len ? place.p : NULL);
	for (size_t i = 0; i < app->region_count && !app->all_regions; i++)
		str_addf(&regions, "%s%s", i ? " " : "", app->regions[i]);
	if (app->all_regions)
		str_add(&regions, "all");
	state_set(state, "hint", "first", "told");
	state_set(state, "regions", profile, regions.len ? regions.p : NULL);
	if (!state_save(state, &err))
		LOG("%s", err.text);
	str_clear(&place);
	str_clear(&regions);
}

static void app_close_all(struct app *app)
{
	struct app_own *own = app->own;

	if (app->top)
		save_state(app);
	prompt_close(app);
	dialog_close(app);
	app_close_panes(app);
	screen_close(app->screen);   /* what follows may wait for replies */
	app_tasks_end(app);
	runs_free(own->runs);
	works_free(own->works);
	drafts_free(own->drafts);
	app_jobs_end(app);
	if (app->fetch)
		fetch_free(app->fetch);
	mailbox_free(own->mail);
	cancel_unref(own->cancel);
	control_close(own->control);
	key_decoder_free(own->keys);
	if (own->signals >= 0)
		close(own->signals);
	state_free(own->state);
	connect_rules_clear(&own->rules);
	aliases_clear(&own->language.aliases);
	settings_clear(&own->settings);
	keymap_free(app->keymap);
	free(own->keymap);
	history_clear(app);
	for (size_t i = 0; i < app->messages.count; i++) {
		free(app->messages.items[i].text);
		free(app->messages.items[i].detail);
	}
	VEC_FREE(&app->messages);
	app_use_regions(app, NULL, 0, false);
	for (size_t i = 0; i < FAVOURITES; i++)
		free(own->recent[i]);
	free(own->kept.text);
	free(app->regions);
	free(app->sessions);
}

static void handle_signals(struct app *app)
{
	int sig;

	while ((sig = signals_read(app->own->signals))) {
		switch (sig) {
		case SIGWINCH:
			screen_resize(app->screen);
			app->redraw = true;
			break;
		case SIGTSTP:
			screen_suspend(app->screen);
			app->redraw = true;
			break;
		case SIGCONT:
			screen_resume(app->screen);
			app->redraw = true;
			break;
		default:
			app->quit = true;
		}
	}
}

static int64_t soonest(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Of all panes that are seen. */
static int64_t panes_due(const struct app *app)
{
	const struct pane *ground = app_ground(app);
	int64_t due = CLOCK_NEVER;

	for (const struct pane *p = app->top; p; p = p->below) {
		if (p->ops->due)
			due = soonest(due, p->ops->due(p));
		if (p == ground)
			break;
	}
	return due;
}

static int64_t app_due(struct app *app)
{
	struct app_own *own = app->own;
	int64_t due = fetch_due(app->fetch);

	own->pane_due = panes_due(app);
	own->frame_due = app_frame_due(app);
	due = soonest(due, own->pane_due);
	due = soonest(due, own->frame_due);
	due = soonest(due, own->write_until);
	due = soonest(due, key_due(own->keys));
	return soonest(due, app_refresh_due(app));
}

/* What has come due, and what the workers have sent. */
static void app_turn(struct app *app, bool fetched)
{
	struct app_own *own = app->own;
	int64_t now = clock_now();

	app_take_keys(app);
	if (fetched || fetch_due(app->fetch) <= now) {
		fetch_dispatch(app->fetch);
		app_update(app);
		app_bell_rows(app);
	}
	if (own->pane_due <= now)
		app_update(app);
	if (own->write_until <= now) {
		own->write_until = CLOCK_NEVER;
		door_set_read_only(app->runtime->door, true);
		app_message(app, MESSAGE_INFO, "read-only again");
	}
	app_mail(app);
	app_task_mail(app);
	app_refresh(app);
	if (own->frame_due <= now || own->pane_due <= now)
		own->head_dirty = true;
	app_free_closed(app);
}

static void app_loop(struct app *app)
{
	enum { TERMINAL, SIGNALS, FETCH, MAIL, TASKS, CONTROL, FDS };
	struct pollfd fds[FDS] = {
		[TERMINAL] = { .fd = screen_fd(app->screen) },
		[SIGNALS] = { .fd = app->own->signals },
		[FETCH] = { .fd = fetch_fd(app->fetch) },
		[MAIL] = { .fd = mailbox_fd(app->own->mail) },
		[TASKS] = { .fd = mailbox_fd(app_task_box(app)) },
	};

	for (int i = 0; i < FDS; i++)
		fds[i].events = POLLIN;
	while (!app->quit) {
		app_draw(app);
		control_frame(app);
		fds[CONTROL].fd = control_fd(app->own->control);
		if (poll(fds, FDS, clock_poll_timeout(app_due(app))) < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		if (fds[SIGNALS].revents)
			handle_signals(app);
		if (fds[TERMINAL].revents && !app_read_keys(app))
			app->quit = true;
		if (fds[CONTROL].revents)
			control_read(app);
		app_turn(app, fds[FETCH].revents);
	}
}

int app_run(struct runtime *runtime, const struct app_sim *sim)
{
	struct app_own own = { .signals = -1, .sim = sim };
	struct app app = { .runtime = runtime, .own = &own, .refresh = -1 };
	struct error err = ERROR_INIT;

	app_prepare();
	if (app_open_all(&app, &err))
		app_loop(&app);
	app_close_all(&app);
	if (err.kind != ERR_NONE) {
		runtime_complain(&err);
		return err.kind == ERR_USAGE ? 2 : 1;
	}
	return app.exit_status;
}
