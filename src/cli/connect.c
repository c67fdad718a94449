/* SPDX-License-Identifier: MIT */
#include "cli/connect_own.h"

#include "base/mem.h"
#include "base/vec.h"
#include "cli/startup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What may stand in a value, besides letters and digits; "": anything that
 * is no control character. ssh's own %h and the like reach shells that
 * people write into its configuration, so names are kept plain. */
static const struct {
	const char *name, *signs, *what;
} settings[CONNECT_SETTINGS] = {
	[CONNECT_USER] = { "user", "._@+\\-", "a user's name" },
	[CONNECT_KEY] = { "key", "", "a file" },
	[CONNECT_HOST] = { "host", "._:-", "a host's name or address" },
	[CONNECT_ADDRESS] = { "address", "", "public or private" },
	[CONNECT_PORT] = { "port", "", "a port" },
	[CONNECT_VIA] = { "via", "-", "ssh or another way" },
	[CONNECT_JUMP] = { "jump", "._:@,[]-", "hosts to go through" },
	[CONNECT_FORWARD] = { "forward", "._:-", "LOCAL:REMOTE" },
};

const char *connect_setting_name(enum connect_setting setting)
{
	return settings[setting].name;
}

static int find_setting(const char *word, size_t len)
{
	for (int i = 0; i < CONNECT_SETTINGS; i++)
		if (strlen(settings[i].name) == len &&
		    !strncmp(settings[i].name, word, len))
			return i;
	return -1;
}

static bool unknown_setting(const char *word, size_t len, struct error *err)
{
	struct str names = STR_INIT;

	for (int i = 0; i < CONNECT_SETTINGS; i++)
		str_addf(&names, "%s%s", i ? ", " : "", settings[i].name);
	error_set(err, ERR_USAGE, "'%.*s' is no setting of ssh: %s",
		(int)(len < 40 ? len : 40), word, names.p);
	str_clear(&names);
	return false;
}

static bool is_plain(unsigned char c, const char *signs)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9');

	return *signs ? letter || (c && strchr(signs, c)) :
		c >= ' ' && c != 0x7f;
}

/* The value as it reaches a program. */
static bool check(enum connect_setting i, const char *value,
	struct error *err)
{
	const char *p = value;
	long port;
	bool ok = *p && *p != '-';

	while (ok && is_plain((unsigned char)*p, settings[i].signs))
		p++;
	ok = ok && !*p;
	if (i == CONNECT_PORT)
		ok = str_int(value, 1, 65535, &port);
	if (i == CONNECT_ADDRESS)
		ok = str_eq(value, "public") || str_eq(value, "private");
	return ok || error_set(err, ERR_USAGE, "%s=%.60s is not %s",
		settings[i].name, value, settings[i].what);
}

void connect_choice_clear(struct connect_choice *choice)
{
	for (int i = 0; i < CONNECT_SETTINGS; i++) {
		free(choice->values[i]);
		choice->values[i] = NULL;
	}
}

static bool read_setting(struct connect_choice *choice, const char *word,
	size_t len, struct error *err)
{
	const char *value = word + len + 1;
	int i = find_setting(word, len);

	if (i < 0)
		return unknown_setting(word, len, err);
	/* What names the row's values is looked at when it has them. */
	if (!strchr(value, '{') && !check((enum connect_setting)i, value,
	    err))
		return false;
	free(choice->values[i]);
	choice->values[i] = xstrdup(value);
	return true;
}

bool connect_read(struct connect_choice *choice, struct words *patterns,
	const struct words *line, size_t first, struct error *err)
{
	size_t i = first;

	for (; patterns && i < line->count && !strchr(line->items[i], '=');
	     i++)
		*VEC_PUSH(patterns) = xstrdup(line->items[i]);
	for (; i < line->count; i++) {
		const char *word = line->items[i];
		const char *equals = strchr(word, '=');

		if (!equals)
			return error_set(err, ERR_USAGE,
				"'%.60s' is no SETTING=VALUE", word);
		if (!read_setting(choice, word, (size_t)(equals - word),
		    err))
			return false;
	}
	return true;
}

static void rule_clear(struct connect_rule *rule)
{
	words_clear(&rule->patterns);
	connect_choice_clear(&rule->choice);
}

bool connect_rules_add(struct connect_rules *rules, const struct words *line,
	struct error *err)
{
	struct connect_rule rule = { 0 };
	bool ok = connect_read(&rule.choice, &rule.patterns, line, 1, err);

	if (ok && (!rule.patterns.count ||
	    rule.patterns.count + 1 == line->count))
		ok = error_set(err, ERR_USAGE, "ssh PATTERN… SETTING=VALUE…, "
			"as in ssh web-* user=ec2-user");
	if (ok)
		*VEC_PUSH(rules) = rule;
	else
		rule_clear(&rule);
	return ok;
}

void connect_rules_clear(struct connect_rules *rules)
{
	for (size_t i = 0; i < rules->count; i++)
		rule_clear(&rules->items[i]);
	VEC_FREE(rules);
}

static bool take_line(void *data, const struct words *words,
	struct error *err)
{
	return connect_rules_add(data, words, err);
}

bool connect_rules_load(struct connect_rules *rules, const char *path,
	struct error *err)
{
	return startup_each(path, "ssh", take_line, rules, err);
}

bool program_exists(const char *name)
{
	const char *path = getenv("PATH");
	bool found = false;

	if (!path)
		path = "/usr/bin:/bin";
	while (!found && *path) {
		size_t len = strcspn(path, ":");
		struct str file = STR_INIT;

		str_addf(&file, "%.*s/%s", (int)len, path, name);
		found = len && access(file.p, X_OK) == 0;
		str_clear(&file);
		path += len + (path[len] == ':');
	}
	return found;
}

bool connect_check(const char *setting, const char *value, struct error *err)
{
	int i = find_setting(setting, strlen(setting));

	return i < 0 || check((enum connect_setting)i, value, err);
}
