/* SPDX-License-Identifier: MIT */
/*
 * The commands: one row each. Keys, the `:` prompt, rc files and tests run
 * them; help and completion are made from the rows. The pane on top is asked
 * first, then the row's run(). The name of a resource is a command too, and
 * so is an id or an s3:// address. UI thread.
 */
#ifndef UI_COMMAND_H
#define UI_COMMAND_H

#include "ui/app.h"

/* Words that may stand somewhere; they are copied. */
struct vocabulary {
	char **items;
	size_t count, room;
};
void vocabulary_add(struct vocabulary *v, const char *word);
void vocabulary_clear(struct vocabulary *v);

/* Where rows are marked, a filter is on, AWS may be changed. */
enum hint_when { HINT_ALWAYS, HINT_MARKED, HINT_FILTERED, HINT_WRITABLE };

struct command {
	const char *name;
	const char *arguments;   /* "[NAME [VALUE]]"; NULL: none */
	const char *help;        /* a sentence without a full stop */
	const char *hint;        /* its word in the key line; NULL: none */
	enum hint_when when;     /* it stands there */
	/* NULL: only panes know it. words[0] is the name. */
	bool (*run)(struct app *app, const struct words *words,
		struct error *err);
	/* Adds what may stand at the last word of words. */
	void (*complete)(struct app *app, const struct words *words,
		struct vocabulary *out);
	bool quiet;              /* moving: everybody knows the keys */
	bool early;              /* may stand in the start-up file */
	bool changes;            /* what it runs may change AWS */
};

/* Ends with a zero row; the order is that of the key line. */
const struct command *command_table(void);
const struct command *command_find(const char *name);

/* A command, an alias, a resource, id or address: else err says what is
 * nearest. */
bool command_known(struct app *app, const char *name, struct error *err);

/* One command, split already. */
bool command_run(struct app *app, const struct words *words,
	struct error *err);

/* What may stand in place of the last word of line. start: where it is. */
void command_complete(struct app *app, const char *line, size_t *start,
	struct vocabulary *out);

#endif
