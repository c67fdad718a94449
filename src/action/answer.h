/* SPDX-License-Identifier: MIT */
/*
 * What the reply to an action says (struct action_answer), and the file that
 * keeps what nobody may see. Straight-line code on workers.
 */
#ifndef ACTION_ANSWER_H
#define ACTION_ANSWER_H

#include "action/action.h"

/* The paths of an action's answer; NULL where it has none. */
struct answer {
	const struct action_answer *table;
	struct path *rows, *id, *state, *made, *text;
};

bool answer_open(struct answer *a, const struct action *action,
	struct error *err);
void answer_close(struct answer *a);

/* Each row's id and state. */
void answer_rows(const struct answer *a, const struct doc *doc,
	void (*row)(void *data, const char *id, const char *state),
	void *data);

/* Ids of what was made, a blank between; appends. */
void answer_made(const struct answer *a, const struct doc *doc,
	struct str *out);

/* Appends; false: it cannot be read, or there is none. */
bool answer_text(const struct answer *a, const struct doc *doc,
	const struct form *form, struct str *out, struct error *err);

/* The field that names the file (FIELD_SAVE) and has a value; NULL: none. */
const struct action_field *answer_file_field(const struct form *form);

/* The file for what is secret: made new with mode 0600 before anything is
 * sent (-1 with err: it is there already, or cannot be made), then filled
 * and closed, or closed and removed. */
int answer_file_open(const char *path, struct error *err);
bool answer_file_fill(int fd, const char *path, const char *text, size_t len,
	struct error *err);
void answer_file_drop(int fd, const char *path);

#endif
