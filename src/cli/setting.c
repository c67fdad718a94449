/* SPDX-License-Identifier: MIT */
#include "cli/setting.h"

#include "base/mem.h"
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#define ROW(field) offsetof(struct settings, field)

static const struct setting table[] = {
	{ "times", SETTING_CHOICE, ROW(times), "relative", 0, 0, "relative local utc",
	  "How tables show times" },
	{ "refresh", SETTING_NUMBER, ROW(refresh), "-1", -1, 86400, NULL,
	  "Seconds between refreshes; 0: never, -1: as each table has it" },
	{ "theme", SETTING_TEXT, ROW(theme), "default", 0, 0,
	  "default dark light mono colour-blind high-contrast", "Colours; default fits the terminal's own" },
	{ "keymap", SETTING_TEXT, ROW(keymap), "default", 0, 0, "default emacs fkeys vi",
	  "Whose fingers the keys are for; bind changes single ones" },
	{ "favourites", SETTING_TEXT, ROW(favourites), "", 0, 0, NULL,
	  "Regions of the keys 1 to 9, separated by blanks" },
	{ "ascii", SETTING_BOOL, ROW(ascii), "off", 0, 0, NULL,
	  "Only ASCII signs and lines" },
	{ "mouse", SETTING_BOOL, ROW(mouse), "off", 0, 0, NULL,
	  "Clicks and the wheel; Shift-drag selects then, as without" },
	{ "ambiguous-width", SETTING_NUMBER, ROW(ambiguous_width), "0", 0, 2, NULL,
	  "Columns of characters that may be wide; 0: ask the terminal" },
	{ "bell", SETTING_BOOL, ROW(bell), "off", 0, 0, NULL,
	  "Rings where a row becomes a problem and where an action fails" },
	{ "changes-seconds", SETTING_NUMBER, ROW(changes_seconds), "5", 0, 3600, NULL,
	  "How long rows that came, changed or went are marked; 0: not at all" },
	{ "message-seconds", SETTING_NUMBER, ROW(message_seconds), "10", 1, 3600, NULL,
	  "How long a message stays that is no error" },
	{ "history-lines", SETTING_NUMBER, ROW(history_lines), "500", 0, 10000, NULL,
	  "Lines of the : prompt that are kept" },
	{ "address-url", SETTING_TEXT, ROW(address_url), ADDRESS_URL, 0, 0, NULL,
	  "A page that says which address asks for it" },
	{ "rows-max", SETTING_NUMBER, ROW(rows_max), "1000000", 1000, 100000000, NULL,
	  "Rows a table holds at most; read at start" },
	{ "cache-bytes", SETTING_NUMBER, ROW(cache_bytes), "536870912", 1048576,
	  1099511627776, NULL, "Memory for tables that are not shown; read at start" },
	{ 0 }
};

const struct setting *setting_table(void)
{
	return table;
}

const struct setting *setting_find(const char *name, struct error *err)
{
	const char *names[sizeof(table) / sizeof(table[0])];
	const char *nearest;
	size_t n = 0;

	for (const struct setting *s = table; s->name; s++) {
		if (str_eq(s->name, name))
			return s;
		names[n++] = s->name;
	}
	nearest = words_nearest(name, names, n);
	error_set(err, ERR_USAGE, "no setting %.60s%s%s%s", name,
		nearest ? ": did you mean " : "", nearest ? nearest : "",
		nearest ? "?" : "");
	return NULL;
}

static bool parse_bool(const char *value, bool *on)
{
	static const char *const words[] = { "off", "on", "no", "yes", "false",
		"true", "0", "1" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!str_ieq(value, words[i]))
			continue;
		*on = i % 2;
		return true;
	}
	return false;
}

/* The index of value among words separated by blanks; -1: not there. */
static long choice_index(const char *choices, const char *value)
{
	size_t len = strlen(value);

	for (long i = 0;; i++) {
		size_t n = strcspn(choices, " ");

		if (n == len && !strncmp(choices, value, n))
			return i;
		if (!choices[n])
			return -1;
		choices += n + 1;
	}
}

bool setting_set(struct settings *s, const struct setting *setting,
	const char *value, struct error *err)
{
	void *field = (char *)s + setting->offset;
	long number;

	if (!value && setting->type != SETTING_BOOL)
		return error_set(err, ERR_USAGE, "%s needs a value",
			setting->name);
	switch (setting->type) {
	case SETTING_BOOL:
		if (!parse_bool(value ? value : "on", field))
			return error_set(err, ERR_USAGE,
				"%s is on or off, not %.60s", setting->name,
				value);
		return true;
	case SETTING_NUMBER:
		if (!str_int(value, setting->low, setting->high, &number))
			return error_set(err, ERR_USAGE, "%s is a number from "
				"%ld to %ld, not %.60s", setting->name,
				setting->low, setting->high, value);
		*(long *)field = number;
		return true;
	case SETTING_CHOICE:
		number = choice_index(setting->choices, value);
		if (number < 0)
			return error_set(err, ERR_USAGE,
				"%s is one of %s, not %.60s", setting->name,
				setting->choices, value);
		*(long *)field = number;
		return true;
	case SETTING_TEXT:
		if (!setting->choices ||
		    choice_index(setting->choices, value) >= 0)
			break;
		return error_set(err, ERR_USAGE, "no %s %.60s: there are %s",
			setting->name, value, setting->choices);
	}
	free(*(char **)field);
	*(char **)field = xstrdup(value);
	return true;
}

void setting_get(const struct settings *s, const struct setting *setting,
	struct str *out)
{
	const void *field = (const char *)s + setting->offset;
	const char *choice = setting->choices;

	switch (setting->type) {
	case SETTING_BOOL:
		str_add(out, *(const bool *)field ? "on" : "off");
		break;
	case SETTING_NUMBER:
		str_addf(out, "%ld", *(const long *)field);
		break;
	case SETTING_CHOICE:
		for (long i = *(const long *)field; i > 0; i--)
			choice += strcspn(choice, " ") + 1;
		str_addn(out, choice, strcspn(choice, " "));
		break;
	case SETTING_TEXT:
		str_add(out, *(char *const *)field);
		break;
	}
}

void settings_init(struct settings *s)
{
	struct error err = ERROR_INIT;

	memset(s, 0, sizeof(*s));
	for (const struct setting *row = table; row->name; row++)
		setting_set(s, row, row->value, &err);
}

void settings_clear(struct settings *s)
{
	for (const struct setting *row = table; row->name; row++)
		if (row->type == SETTING_TEXT)
			free(*(char **)((char *)s + row->offset));
	memset(s, 0, sizeof(*s));
}
