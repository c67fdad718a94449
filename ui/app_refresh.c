/* SPDX-License-Identifier: MIT */
/*
 * Refreshing by itself (ux.md 1.6): each table in its own period, four times
 * slower when nobody has looked for five minutes, not at all after thirty;
 * --monitor is what nobody needs to look at. Rows that are moving come sooner.
 */
#include "ui/app_own.h"

#include "base/clock.h"

#include <string.h>

#define SLOW_AFTER (5 * 60 * 1000)
#define STOP_AFTER (30 * 60 * 1000)
#define SLOWER 4
#define MOVING_EVERY 5000

struct table *app_table(const struct app *app)
{
	const struct pane *ground = app_ground(app);

	return ground->ops->table ? ground->ops->table(ground) : NULL;
}

/* What is on its way somewhere is followed, where one call tells it. */
static bool follows(const struct app *app, struct table *table,
	const struct table_status *status)
{
	struct shard shard;

	return app->refresh < 0 && status->shards == 1 &&
		table_shard(table, 0, &shard) && shard.pages <= 1 &&
		shard.state == SHARD_DONE && table_moves(table);
}

/* 0: only when asked. */
static int64_t period(const struct app *app, const struct table *table,
	const struct table_status *status)
{
	const struct resource *r = table_compiled(table)->resource;
	int64_t seconds = r->refresh;

	if (status->shards > 1)
		seconds = r->refresh_many ? r->refresh_many : 3 * r->refresh;
	return app->refresh >= 0 && seconds ? app->refresh : seconds * 1000;
}

static int64_t looked_at(const struct app *app)
{
	return app->last_key > app->own->focused ? app->last_key :
		app->own->focused;
}

static bool is_stopped(const struct app *app, int64_t idle)
{
	return idle >= STOP_AFTER && !app->runtime->options->monitor;
}

int64_t app_refresh_due(const struct app *app)
{
	const struct app_own *own = app->own;
	struct table *table = app_table(app);
	int64_t idle = clock_now() - looked_at(app), every, due;
	struct table_status status;

	if (!table || app->paused || own->expired || is_stopped(app, idle) ||
	    table != own->refreshed)
		return CLOCK_NEVER;
	table_status(table, &status);
	every = period(app, table, &status);
	if (!every || status.loading)
		return CLOCK_NEVER;
	if (every > MOVING_EVERY && follows(app, table, &status))
		every = MOVING_EVERY;
	due = own->refresh_started + every;
	if (due - looked_at(app) >= SLOW_AFTER &&
	    !app->runtime->options->monitor)
		due = own->refresh_started + every * SLOWER;
	return is_stopped(app, due - looked_at(app)) ? CLOCK_NEVER : due;
}

/* The first shard that waits for somebody to renew its credentials. */
static bool find_expired(const struct table *table, struct shard *shard)
{
	for (size_t i = 0; table_shard(table, i, shard); i++)
		if (shard->state == SHARD_FAILED &&
		    (shard->err.kind == ERR_EXPIRED ||
		     shard->err.kind == ERR_NEED_INPUT))
			return true;
	return false;
}

/* Asking again cannot help before somebody has renewed them. */
static void check_expired(struct app *app, const struct table *table)
{
	struct shard shard;
	bool expired = find_expired(table, &shard);

	if (expired && !app->own->expired) {
		size_t len = strlen(shard.err.text);

		app_message(app, MESSAGE_ERROR, "%s%s%.*s — press R to renew",
			shard.region ? shard.region : "",
			shard.region && *shard.region ? ": " : "",
			(int)(str_ends(shard.err.text, ".") ? len - 1 : len),
			shard.err.text);
	}
	app->own->expired = expired;
}

/* A table that has just come to the front counts from what it holds. */
static void begin(struct app *app, const struct table *table,
	const struct table_status *status)
{
	struct app_own *own = app->own;
	int64_t age = status->oldest && !status->loading ?
		clock_wall() - status->oldest : 0;

	own->refreshed = table;
	own->refresh_started = clock_now() - (age > 0 ? age : 0);
	own->expired = false;
}

void app_refresh(struct app *app)
{
	struct table *table = app_table(app);
	struct table_status status;

	if (!table) {
		app->own->refreshed = NULL;
		return;
	}
	table_status(table, &status);
	if (table != app->own->refreshed)
		begin(app, table, &status);
	if (!status.loading)
		check_expired(app, table);
	if (app_refresh_due(app) > clock_now())
		return;
	app->own->refresh_started = clock_now();
	table_refresh(table);
	app->own->head_dirty = true;
}

void app_refreshed(struct app *app)
{
	app->own->refresh_started = clock_now();
	app->own->expired = false;
}
