/* SPDX-License-Identifier: MIT */
#include "ui/save.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/newfile.h"
#include "base/text.h"
#include "base/xdg.h"
#include "ui/app_job.h"
#include "ui/app_own.h"
#include "ui/command_rows.h"
#include "ui/dialog.h"
#include "ui/prompt.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MOST 500

struct saving {
	struct export *e;
	atomic_int percent;          /* the worker's word to the UI */
};

static char *full_path(const char *typed)
{
	char *home = str_starts(typed, "~/") ? xdg_home() : NULL;
	struct str path = STR_INIT;

	str_addf(&path, "%s%s", home ? home : "", typed + (home ? 1 : 0));
	free(home);
	return str_take(&path);
}

int save_percent(const struct app *app)
{
	return app->own->saving ? atomic_load(&app->own->saving->percent) : -1;
}

bool save_cancel(struct app *app)
{
	if (!app->own->saving)
		return false;
	cancel_set(app->own->saving->e->cancel);
	return true;
}

static void progress(void *data, size_t done, size_t total)
{
	struct saving *s = data;

	atomic_store(&s->percent, total ? (int)(done * 100 / total) : 0);
}

static void run(struct pool_job *job)
{
	struct app_job *j = (struct app_job *)job;
	struct saving *s = j->data;

	j->ok = export_run(s->e, &j->err);
	app_job_answer(j);
}

static void saving_free(void *data)
{
	struct saving *s = data;

	export_free(s->e);
	free(s);
}

static void tell(struct app *app, const struct saving *s)
{
	struct str text = STR_INIT;

	str_add(&text, "saved ");
	if (s->e->snapshot) {
		text_add_grouped(&text, (int64_t)s->e->written);
		str_addf(&text, " %s to ", s->e->written == 1 ? "row" :
			"rows");
	} else
		str_add(&text, "as ");
	str_add(&text, s->e->path);
	if (s->e->only && s->e->written < s->e->only_count)
		str_addf(&text, "; %zu marked ones are hidden by the filter",
			s->e->only_count - s->e->written);
	if (s->e->partial)
		str_add(&text, "; the list was not complete");
	if (s->e->missing) {
		str_add(&text, "; of ");
		text_add_grouped(&text, (int64_t)s->e->missing);
		str_add(&text, " some columns are fetched only when they are "
			"on the screen or sorted by");
	}
	app_message(app, MESSAGE_INFO, "%s", text.p);
	str_clear(&text);
}

static void done(struct app *app, struct app_job *job)
{
	struct saving *s = job->data;

	app->own->saving = NULL;
	app->own->head_dirty = true;
	if (job->ok)
		tell(app, s);
	else if (job->err.kind == ERR_CANCELLED)
		app_message(app, MESSAGE_INFO, "%s", job->err.text);
	else
		app_error(app, &job->err);
	saving_free(s);
}

/* Takes the export. */
static void start(struct app *app, struct export *e)
{
	struct saving *s = xcalloc(1, sizeof(*s));

	s->e = e;
	e->cancel = cancel_new();
	e->progress = progress;
	e->data = s;
	e->now = clock_wall();
	app->own->saving = s;
	app->own->head_dirty = true;
	app_job_start(app, app->sessions[0], run, done, saving_free, s);
}

static void confirmed(struct app *app, bool yes, void *data)
{
	struct export *e = data;

	e->replace = yes;
	if (yes && !app->own->saving)
		start(app, e);
	else
		export_free(e);
}

static void ask(struct app *app, struct export *e)
{
	struct str text = STR_INIT;
	const struct dialog_options options = {
		.title = "Save", .yes = "Replace it", .no = "Keep it",
		.look = LOOK_WARN, .answered = confirmed, .data = e,
	};
	struct dialog_options own = options;

	str_addf(&text, "%s is there already.\nReplace it?", e->path);
	own.text = text.p;
	dialog_open(app, &own);
	str_clear(&text);
}

static bool save_to(struct app *app, const char *typed, struct error *err)
{
	const struct pane_ops *ops = app->top->ops;
	struct export *e;
	enum output format;
	bool exists;
	char *path;

	if (app->own->saving)
		return error_set(err, ERR_USAGE, "%s is still being written",
			app->own->saving->e->path);
	if (!ops->save)
		return error_set(err, ERR_USAGE, "there is nothing to save");
	path = full_path(typed);
	if (!export_format(path, !ops->table, &format, err) ||
	    !newfile_check(path, &exists, err)) {
		free(path);
		return false;
	}
	e = ops->save(app->top);
	e->path = path;
	e->format = format;
	if (exists)
		ask(app, e);
	else
		start(app, e);
	return true;
}

static void named(struct app *app, const char *answer, void *data)
{
	struct error err = ERROR_INIT;

	(void)data;
	if (answer && *answer && !save_to(app, answer, &err))
		app_error(app, &err);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_names(DIR *d, const char *folder, size_t folder_len,
	const char *begin, struct vocabulary *out)
{
	struct dirent *e;

	while ((e = readdir(d)) && out->count < NAMES_MOST) {
		struct str name = STR_INIT;

		if (!str_starts(e->d_name, begin) ||
		    (*e->d_name == '.' && *begin != '.'))
			continue;
		str_addf(&name, "%.*s%s%s", (int)folder_len, folder,
			e->d_name, e->d_type == DT_DIR ? "/" : "");
		vocabulary_add(out, name.p);
		str_clear(&name);
	}
}

/* Files and folders that begin as what was typed. */
static void complete_path(struct app *app, const char *typed, size_t *from,
	struct vocabulary *out)
{
	const char *slash = strrchr(typed, '/');
	size_t len = slash ? (size_t)(slash + 1 - typed) : 0;
	char *folder = xstrndup(typed, len);
	char *path = full_path(len ? folder : "./");
	DIR *d = opendir(path);

	(void)app;
	*from = 0;
	if (d) {
		add_names(d, typed, len, typed + len, out);
		closedir(d);
	}
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_name);
	free(path);
	free(folder);
}

/* A table is called by its resource, a document by its row. */
static void first_name(const struct app *app, struct str *out)
{
	const struct pane_ops *ops = app->top->ops;
	struct row row;

	if (ops->table)
		str_addf(out, "%s.csv", ops->subject(app->top));
	else if (ops->row && ops->row(app->top, &row))
		row_id(row, out);
	for (size_t i = 0; i < out->len; i++)
		if (out->p[i] == '/' || (unsigned char)out->p[i] < ' ')
			out->p[i] = '-';
	if (!ops->table)
		str_add(out, ".yaml");
}

bool do_save(struct app *app, const struct words *words, struct error *err)
{
	const struct pane_ops *ops = app->top->ops;
	struct str name = STR_INIT;

	if (words->count > 2)
		return error_set(err, ERR_USAGE, "save [FILE]; one with "
			"blanks is quoted");
	if (words->count == 2)
		return save_to(app, words->items[1], err);
	if (!ops->save)
		return error_set(err, ERR_USAGE, "there is nothing to save");
	first_name(app, &name);
	prompt_ask_path(app, "save as: ", name.p, complete_path, named,
		NULL);
	str_clear(&name);
	return true;
}
