/* SPDX-License-Identifier: MIT */
/*
 * What `set NAME VALUE` can change: one row a setting, its type, range,
 * default and help, and one field of struct settings. One owner.
 */
#ifndef CLI_SETTING_H
#define CLI_SETTING_H

#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

#define ADDRESS_URL "https://checkip.amazonaws.com/"

enum times { TIMES_RELATIVE, TIMES_LOCAL, TIMES_UTC };

struct settings {
	long times;              /* enum times */
	long refresh;            /* seconds; 0: never; -1: by table */
	long ambiguous_width;    /* 0: measured */
	bool ascii, mouse, bell;
	long changes_seconds;    /* rows that changed are marked so long */
	char *theme;             /* NULL: never, "default" is a name */
	char *keymap;            /* NULL: never */
	char *address_url;       /* never NULL */
	char *favourites;        /* regions of the keys 1 to 9; may be "" */
	long message_seconds;
	long history_lines;
	long rows_max;           /* a table */
	long cache_bytes;
};

enum setting_type {
	SETTING_BOOL,            /* on, off */
	SETTING_NUMBER,          /* low to high */
	SETTING_CHOICE,          /* one of choices; the field is its index */
	SETTING_TEXT             /* one of choices, where there are some */
};

struct setting {
	const char *name;
	enum setting_type type;
	size_t offset;           /* of its field in struct settings */
	const char *value;       /* the default */
	long low, high;
	const char *choices;     /* "relative local utc" */
	const char *help;
};

void settings_init(struct settings *s);
void settings_clear(struct settings *s);

/* Ends with a zero row. */
const struct setting *setting_table(void);

/* By name; NULL with err naming the nearest. */
const struct setting *setting_find(const char *name, struct error *err);

/* value NULL: on, for a setting that is on or off. What is refused leaves
 * the old value. */
bool setting_set(struct settings *s, const struct setting *setting,
	const char *value, struct error *err);

/* Appends the value as setting_set reads it. */
void setting_get(const struct settings *s, const struct setting *setting,
	struct str *out);

#endif
