/* SPDX-License-Identifier: MIT */
#include "ui/command.h"

#include "base/mem.h"
#include "base/vec.h"
#include "ui/app_own.h"
#include "ui/command_rows.h"
#include "ui/pane_changes.h"

#include <stdlib.h>
#include <string.h>

static const struct command table[] = {
	{ .name = "enter", .help = "Opens what is under the cursor", .hint = "open" },
	{ .name = "describe", .help = "Shows the row in sections, with what belongs to it", .hint = "describe" },
	{ .name = "document", .help = "Shows the whole document as AWS sent it", .hint = "document" },
	{ .name = "related", .help = "Chooses among what the row leads to", .hint = "related" },
	{ .name = "used-by", .help = "Shows who uses the row" },
	{ .name = "fold", .help = "Folds or unfolds the branch under the cursor", .hint = "fold" },
	{ .name = "fold-level", .arguments = "N", .help = "Folds all below level N" },
	{ .name = "format", .arguments = "[tree|yaml|json|xml]", .help = "Changes the document's form",
	  .hint = "format" },
	{ .name = "wrap", .help = "Breaks long lines, or cuts them", .hint = "wrap" },
	{ .name = "search-next", .help = "Goes to the next match", .hint = "next" },
	{ .name = "search-previous", .help = "Goes to the match before" },
	{ .name = "mark", .help = "Marks the row, or takes its mark off", .hint = "mark" },
	{ .name = "mark-range", .help = "Marks from here to where it is pressed again" },
	{ .name = "mark-all", .help = "Marks all rows shown" },
	{ .name = "mark-invert", .help = "Marks what is not, and unmarks what is" },
	{ .name = "mark-none", .help = "Takes all marks off", .hint = "unmark",
	  .when = HINT_MARKED },
	{ .name = "marks-back", .help = "Brings the last marks back" },
	{ .name = "filter", .arguments = "[TEXT]", .hint = "filter",
	  .help = "Shows only what matches: text, /regex/, column:text, !not", .run = do_filter },
	{ .name = "keep-filter", .arguments = "[TEXT|off]", .run = do_keep_filter,
	  .help = "Keeps the filter in every view, or takes the kept one off" },
	{ .name = "problems", .help = "Shows only rows that something is wrong with" },
	{ .name = "wide", .help = "Shows every column" },
	{ .name = "columns", .arguments = "[A,B=20…|+A|-A|all|default]", .complete = complete_columns,
	  .help = "Which columns stand here, in which order, how wide; tag.KEY and .a.path too" },
	{ .name = "arrange", .help = "Shows, moves, resizes and sorts by columns in a list" },
	{ .name = "column-up", .help = "Moves the column before the one above" },
	{ .name = "column-down", .help = "Moves the column behind the one below", .hint = "move" },
	{ .name = "wider", .help = "Makes the column wider", .hint = "wider" },
	{ .name = "narrower", .help = "Makes the column narrower", .hint = "narrower" },
	{ .name = "width-auto", .help = "Makes the column as wide as what stands in it" },
	{ .name = "sort-key", .arguments = "N", .help = "Sorts by it first, second …; again: the other way; 0: not",
	  .hint = "sort" },
	{ .name = "sort", .arguments = "[-]COLUMN[,COLUMN…]", .complete = complete_columns,
	  .help = "Sorts; again: the other way round" },
	{ .name = "sort-left", .help = "Sorts by the column before" },
	{ .name = "sort-right", .help = "Sorts by the next column" },
	{ .name = "sort-reverse", .help = "Sorts the other way round" },
	{ .name = "actions", .help = "Shows what can be done to the row or the marked ones", .hint = "actions",
	  .when = HINT_WRITABLE, .run = do_actions },
	{ .name = "do", .arguments = "[ACTION [FIELD=VALUE…]]", .run = do_action, .changes = true,
	  .complete = complete_actions,
	  .help = "Does something to the row or the marked ones, after asking" },
	{ .name = "next-field", .help = "To the next field or button" },
	{ .name = "previous-field", .help = "To the field or button before" },
	{ .name = "review", .help = "Looks at what a form would send" },
	{ .name = "field-help", .help = "What is this field?" },
	{ .name = "yes", .help = "Yes to a question that is not typed" },
	{ .name = "dry-run", .help = "Asks AWS whether it would be allowed" },
	{ .name = "complete", .help = "Completes the word before the cursor" },
	{ .name = "complete-back", .help = "The completion before" },
	{ .name = "older", .help = "The line typed before" },
	{ .name = "newer", .help = "The line typed after" },
	{ .name = "retry", .help = "Tries again what failed", .hint = "retry the failed" },
	{ .name = "go-on", .help = "Goes on with work in steps; what waited for a person is done", .hint = "go on",
	  .changes = true },
	{ .name = "take-back", .help = "Takes back what work in steps has made, or what is left of it",
	  .hint = "take back", .changes = true },
	{ .name = "connect", .arguments = "[SETTING=VALUE…]", .run = do_connect,
	  .help = "Logs in to the row by ssh or Session Manager; forward=LOCAL:REMOTE reaches a port of it" },
	{ .name = "forward", .help = "Asks which port of the row is to be reached", .run = do_forward },
	{ .name = "ssh", .arguments = "PATTERN… SETTING=VALUE…", .early = true, .run = do_ssh,
	  .help = "How to log in to what fits: user, key, host, address, port, via, jump" },
	{ .name = "journal", .help = "Lists what was ever sent that changes anything", .run = do_journal },
	{ .name = "jobs", .help = "Lists what was done in this session, and work in several steps", .run = do_jobs },
	{ .name = "copy", .arguments = "[WHAT]",
	  .help = "To the clipboard: id, name, arn, console, row, cli, yaml, json, a column; value, path" },
	{ .name = "save", .arguments = "[FILE]", .run = do_save,
	  .help = "Into a file: .csv .tsv .json .ndjson .yaml .txt by its ending; documents .yaml .json .xml" },
	{ .name = "down", .help = "One down", .quiet = true },
	{ .name = "up", .help = "One up", .quiet = true },
	{ .name = "top", .help = "To the first", .quiet = true },
	{ .name = "bottom", .help = "To the last", .quiet = true },
	{ .name = "page-down", .help = "A page down", .quiet = true },
	{ .name = "page-up", .help = "A page up", .quiet = true },
	{ .name = "half-down", .help = "Half a page down", .quiet = true },
	{ .name = "half-up", .help = "Half a page up", .quiet = true },
	{ .name = "left", .help = "To the left", .quiet = true },
	{ .name = "right", .help = "To the right", .quiet = true },
	{ .name = "regions", .arguments = "[all|REGION…]", .help = "Chooses the regions that are shown",
	  .hint = "regions", .run = go_regions, .complete = complete_regions },
	{ .name = "favourite", .arguments = "N", .help = "Shows favourite region N, else the Nth lately shown",
	  .run = go_favourite },
	{ .name = "profiles", .arguments = "[PROFILE[,PROFILE…]]", .help = "Chooses whose account is shown",
	  .hint = "profiles", .run = go_profiles, .complete = complete_profiles },
	{ .name = "refresh", .help = "Asks AWS again", .run = do_refresh },
	{ .name = "prompt", .arguments = "[TEXT]", .help = "Asks for a command", .hint = "command", .run = do_prompt },
	{ .name = "help", .arguments = "[CONTEXT]", .help = "Shows the keys and commands that work here",
	  .hint = "help", .run = do_help },
	{ .name = "open", .arguments = "WHAT [/FILTER] [@PROFILE] [REGION…]",
	  .help = "Opens a resource by name, an id, an s3:// address", .run = go_open, .complete = complete_place },
	{ .name = "back", .help = "One step back: popup, filter, view", .hint = "all rows",
	  .when = HINT_FILTERED, .run = go_back },
	{ .name = "previous", .help = "The place before this", .run = go_previous },
	{ .name = "next", .help = "The place after this", .run = go_next },
	{ .name = "last-view", .help = "The last view, and back again", .run = go_last_view },
	{ .name = "view", .arguments = "[NAME|save NAME|delete NAME|NAME RESOURCE …]", .early = true, .run = do_view,
	  .help = "Opens a saved view, saves this table as one, deletes one", .complete = complete_view },
	{ .name = "bookmark", .arguments = "[NAME]", .help = "Keeps this place under a name", .run = do_bookmark },
	{ .name = "bookmarks", .arguments = "[NAME]", .help = "Goes to a place that was kept",
	  .run = do_bookmarks, .complete = complete_bookmarks },
	{ .name = "delete", .help = "Takes what is under the cursor off the list", .hint = "delete" },
	{ .name = "regionset", .arguments = "[NAME REGION…]", .early = true, .run = do_set_of,
	  .help = "Gives several regions a name; shows those that have one", .complete = complete_regions },
	{ .name = "profileset", .arguments = "[NAME PROFILE…]", .early = true, .run = do_set_of,
	  .help = "Gives several profiles a name; shows those that have one", .complete = complete_profiles },
	{ .name = "home", .help = "The index of resources", .run = go_home },
	{ .name = "cancel", .help = "Stops what runs in front; when nothing does, asked twice, quits",
	  .run = do_cancel },
	{ .name = "pause", .help = "Stops refreshing, or goes on", .run = do_pause },
	{ .name = "renew", .help = "Fetches credentials anew, asks for a code where one is needed", .run = do_renew },
	{ .name = "times", .arguments = "[relative|local|utc]", .help = "How times are shown", .run = do_times },
	{ .name = "changes", .help = "Lists what came, went and changed since the program began", .run = do_changes },
	{ .name = "messages", .help = "Lists the messages of this run", .run = do_messages },
	{ .name = "read-only", .help = "Lets nothing change AWS", .early = true, .run = do_read_only },
	{ .name = "write", .help = "Lets actions change AWS for 30 minutes", .run = do_write, .changes = true },
	{ .name = "profile", .arguments = "[GLOB [read-only] [production] [color COLOUR] [regions REGION…]]",
	  .early = true, .run = do_profile, .complete = complete_profile,
	  .help = "Locks profiles or account numbers, marks them in the title, gives them regions" },
	{ .name = "set", .arguments = "[NAME [VALUE]]", .help = "Shows or changes settings",
	  .early = true, .run = do_set,
	  .complete = complete_set },
	{ .name = "color", .arguments = "[ROLE [bold] [underline] [COLOUR] [on COLOUR]]",
	  .early = true, .run = do_color,
	  .help = "Shows or changes the colours of roles; ROLE reset: as in the theme", .complete = complete_color },
	{ .name = "bind", .arguments = "CONTEXT KEY COMMAND…", .help = "Binds a key", .early = true, .run = do_bind,
	  .complete = complete_bind },
	{ .name = "unbind", .arguments = "CONTEXT KEY", .help = "Frees a key, its parents' binding too",
	  .early = true, .run = do_bind },
	{ .name = "alias", .arguments = "[NAME COMMAND…]", .help = "Shows aliases, or gives a line a name",
	  .early = true, .run = do_alias, .complete = complete_alias },
	{ .name = "unalias", .arguments = "NAME", .help = "Forgets an alias", .early = true, .run = do_alias,
	  .complete = complete_alias },
	{ .name = "source", .arguments = "FILE", .help = "Runs the lines of a file", .early = true, .run = do_source },
	{ .name = "log", .arguments = "FILE|none", .help = "Writes a debug log, or stops it",
	  .early = true, .run = do_log },
	{ .name = "exec", .arguments = "[--confirm] [--wait] COMMAND [%{COLUMN}…]", .run = do_exec, .changes = true,
	  .help = "Runs a program with values of the row: id, region, profile, a column" },
	{ .name = "redraw", .help = "Draws the screen anew", .run = do_redraw },
	{ .name = "suspend", .help = "Back to the shell; fg returns", .run = do_suspend },
	{ .name = "quit", .help = "Ends the program", .run = do_quit },
	{ .name = "q", .help = "The same as quit", .run = do_quit },
	{ 0 }
};

#define ALIASES_DEEP 8
#define COMMANDS (sizeof(table) / sizeof(table[0]) - 1)

void vocabulary_add(struct vocabulary *v, const char *word)
{
	*VEC_PUSH(v) = xstrdup(word);
}

void vocabulary_clear(struct vocabulary *v)
{
	for (size_t i = 0; i < v->count; i++)
		free(v->items[i]);
	VEC_FREE(v);
}

const struct command *command_table(void)
{
	return table;
}

const struct command *command_find(const char *name)
{
	for (const struct command *c = table; c->name; c++)
		if (str_eq(c->name, name))
			return c;
	return NULL;
}

/* Names, and those aliases that say something which the name does not: who
 * types "vol" means volumes. typed NULL: all of them. */
static void add_resources(const struct app *app, const char *typed,
	struct vocabulary *v)
{
	const struct catalogue *c = app->runtime->catalogue;

	for (size_t i = 0; i < catalogue_count(c); i++) {
		const char *alias = catalogue_at(c, i)->aliases;
		const char *name = catalogue_at(c, i)->name;

		vocabulary_add(v, name);
		if (typed && str_starts(name, typed))
			continue;
		while (alias && *alias) {
			size_t len = strcspn(alias, " ");
			char *word = xstrndup(alias, len);

			vocabulary_add(v, word);
			free(word);
			alias += len + (alias[len] == ' ');
		}
	}
}

static void add_aliases(const struct app *app, struct vocabulary *v)
{
	const struct aliases *a = &app->own->language.aliases;

	for (size_t i = 0; i < a->count; i++)
		vocabulary_add(v, a->items[i].name);
}

/* Those of the tables come once their dot is typed: "vol" is volumes. */
static void add_views(const struct app *app, const char *typed,
	struct vocabulary *v)
{
	const struct saved_all *all = &app->runtime->saved;

	for (size_t i = 0; i < all->views.count; i++)
		if (!typed || all->views.items[i].from != SAVED_TABLE ||
		    strchr(typed, '.'))
			vocabulary_add(v, all->views.items[i].name);
}

static bool unknown(struct app *app, const char *name, struct error *err)
{
	struct vocabulary v = { 0 };
	const char *nearest;

	for (size_t i = 0; i < COMMANDS; i++)
		vocabulary_add(&v, table[i].name);
	add_resources(app, NULL, &v);
	add_aliases(app, &v);
	add_views(app, NULL, &v);
	nearest = words_nearest(name, (const char *const *)v.items, v.count);
	error_set(err, ERR_USAGE, "no command or resource %.60s%s%s%s", name,
		nearest ? ": did you mean " : "", nearest ? nearest : "",
		nearest ? "?" : "");
	vocabulary_clear(&v);
	return false;
}

bool command_known(struct app *app, const char *name, struct error *err)
{
	return command_find(name) || go_is_place(app, name) ||
		go_is_view(app, name) ||
		aliases_find(&app->own->language.aliases, name) ||
		unknown(app, name, err);
}

/* An alias may use another, but not without an end. */
static bool run_alias(struct app *app, const char *line, struct error *err)
{
	bool ok;

	if (app->own->language.alias_depth == ALIASES_DEEP)
		return error_set(err, ERR_USAGE,
			"aliases name each other without an end");
	app->own->language.alias_depth++;
	ok = app_command(app, line, err);
	app->own->language.alias_depth--;
	return ok;
}

/* In the start-up file: no pane is there yet that others could work on. */
static bool run_early(struct app *app, const struct command *c,
	const struct words *words, struct error *err)
{
	if (c && c->early)
		return c->run(app, words, err);
	return command_known(app, words->items[0], err) &&
		error_set(err, ERR_USAGE, "%.40s needs the running console, "
			"it cannot stand in the start-up file",
			words->items[0]);
}

bool command_run(struct app *app, const struct words *words,
	struct error *err)
{
	const struct pane_ops *ops = app->top ? app->top->ops : NULL;
	const struct command *c = command_find(words->items[0]);
	struct str line = STR_INIT;

	if (c && !c->arguments && words->count > 1)
		return error_set(err, ERR_USAGE, "%s takes no argument",
			c->name);
	if (!app->top)
		return run_early(app, c, words, err);
	if (!c && aliases_expand(&app->own->language.aliases, words, &line)) {
		bool ok = run_alias(app, line.p, err);

		str_clear(&line);
		return ok;
	}
	if (c && ops && ops->command) {
		if (ops->command(app->top, words, err))
			return true;
		if (err->kind != ERR_NONE)
			return false;
	}
	if (c && c->run)
		return c->run(app, words, err);
	if (c)
		return error_set(err, ERR_USAGE, "%s does nothing here",
			c->name);
	if (go_is_view(app, words->items[0]) &&
	    !go_is_place(app, words->items[0]))
		return go_view(app, words, 0, err);
	if (go_place(app, words, 0, err))
		return true;
	return err->kind == ERR_NONE &&
		unknown(app, words->items[0], err);
}

bool app_command(struct app *app, const char *line, struct error *err)
{
	bool ok = true;

	while (ok && line && !app->quit) {
		struct words words = { 0 };

		ok = words_split(&words, &line, err) && (!words.count ||
			command_run(app, &words, err));
		words_clear(&words);
	}
	if (app->own)
		app->own->head_dirty = true;
	return ok;
}

/* Where the last word begins: behind the last blank that is not quoted. */
static size_t last_word(const char *line)
{
	size_t start = 0;
	char quote = 0;

	for (size_t i = 0; line[i]; i++) {
		if (quote ? line[i] == quote : line[i] == '\'' ||
		    line[i] == '"')
			quote = quote ? 0 : line[i];
		else if (!quote && line[i] == '\\' && line[i + 1])
			i++;
		else if (!quote && (line[i] == ' ' || line[i] == ';'))
			start = i + 1;
	}
	return start;
}

/* Only those that begin as it does. */
static void keep_matching(struct vocabulary *v, const char *typed)
{
	size_t kept = 0;

	for (size_t i = 0; i < v->count; i++) {
		if (str_starts(v->items[i], typed))
			v->items[kept++] = v->items[i];
		else
			free(v->items[i]);
	}
	v->count = kept;
}

void command_complete(struct app *app, const char *line, size_t *start,
	struct vocabulary *out)
{
	struct words words = { 0 };
	struct error err = ERROR_INIT;
	const struct command *c;
	char *head;
	const char *rest;

	*start = last_word(line);
	rest = head = xstrndup(line, *start);
	if (words_split(&words, &rest, &err)) {
		c = words.count ? command_find(words.items[0]) : NULL;
		*VEC_PUSH(&words) = xstrdup(line + *start);
		if (words.count == 1) {
			for (size_t i = 0; i < COMMANDS; i++)
				if (!table[i].quiet)
					vocabulary_add(out, table[i].name);
			add_resources(app, line + *start, out);
			add_aliases(app, out);
			add_views(app, line + *start, out);
		} else if (!c)
			complete_place(app, &words, out);
		else if (c->complete)
			c->complete(app, &words, out);
	}
	keep_matching(out, line + *start);
	words_clear(&words);
	free(head);
}
