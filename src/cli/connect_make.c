/* SPDX-License-Identifier: MIT */
/* The line of the program that logs in. */
#include "cli/connect_own.h"

#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* What is known of the way there. */
struct making {
	const struct connect_request *request;
	char *values[CONNECT_SETTINGS];      /* filled in; NULL: not said */
	char *local, *remote, *far;          /* of a port; NULL: none */
};

static const char *fact(const struct making *m, const char *name)
{
	const struct {
		const char *name, *value;
	} own[] = {
		{ "user", m->values[CONNECT_USER] }, { "host", m->far },
		{ "local", m->local }, { "remote", m->remote },
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (!strcmp(own[i].name, name))
			return own[i].value ? own[i].value : "";
	return m->request->fact(m->request->data, name);
}

/* False: a {name} has no value. */
static bool fill(const struct making *m, const char *text, struct str *out)
{
	while (*text) {
		const char *end = *text == '{' ? strchr(text, '}') : NULL;
		const char *value;
		char *name;

		if (!end) {
			str_addc(out, *text++);
			continue;
		}
		name = xstrndup(text + 1, (size_t)(end - text - 1));
		value = fact(m, name);
		free(name);
		if (!*value)
			return false;
		str_add(out, value);
		text = end + 1;
	}
	return true;
}

/* Does "web-*" or "image:ami-*" fit? */
static bool fits(const struct connect_request *r, const char *pattern)
{
	const char *colon = strchr(pattern, ':');
	char *name = colon ? xstrndup(pattern, (size_t)(colon - pattern)) :
		xstrdup("name");
	const char *value = r->fact(r->data, name);
	bool ok = fnmatch(colon ? colon + 1 : pattern, value, 0) == 0;

	free(name);
	return ok;
}

static const char *choose(const struct connect_request *r,
	enum connect_setting setting)
{
	const char *value = NULL;

	if (r->choice && r->choice->values[setting])
		return r->choice->values[setting];
	for (size_t i = 0; r->rules && i < r->rules->count; i++) {
		const struct connect_rule *rule = &r->rules->items[i];
		bool ok = rule->choice.values[setting] != NULL;

		for (size_t k = 0; ok && k < rule->patterns.count; k++)
			ok = fits(r, rule->patterns.items[k]);
		if (ok)
			value = rule->choice.values[setting];
	}
	return value;
}

/* What names something that this one has not is not said. */
static bool fill_settings(struct making *m, struct error *err)
{
	for (int i = 0; i < CONNECT_SETTINGS; i++) {
		const char *text = choose(m->request,
			(enum connect_setting)i);
		const char *name = connect_setting_name((enum
			connect_setting)i);
		struct str out = STR_INIT;
		bool known = text && fill(m, text, &out);
		bool ok = !known || connect_check(name, out.p, err);

		m->values[i] = known && ok ? str_take(&out) : NULL;
		str_clear(&out);
		if (!ok)
			return false;
	}
	return true;
}

/* "8080", "8080:80", "8080:db.internal:5432" */
static bool read_forward(struct making *m, struct error *err)
{
	const char *text = m->values[CONNECT_FORWARD];
	const char *first = text ? strchr(text, ':') : NULL;
	const char *last = text ? strrchr(text, ':') : NULL;
	long port;

	if (!text)
		return true;
	m->local = xstrndup(text, first ? (size_t)(first - text) :
		strlen(text));
	m->remote = xstrdup(last ? last + 1 : text);
	if (first && first != last)
		m->far = xstrndup(first + 1, (size_t)(last - first - 1));
	return (str_int(m->local, 1, 65535, &port) &&
		str_int(m->remote, 1, 65535, &port) &&
		(!m->far || (*m->far && *m->far != '-'))) ||
		error_set(err, ERR_USAGE, "forward=%.60s is not LOCAL:REMOTE "
		"or LOCAL:HOST:REMOTE", text);
}

static const char *address(const struct making *m)
{
	const struct connect *c = m->request->connect;
	const char *which = m->values[CONNECT_ADDRESS];
	const char *outside = fact(m, c->public_address);
	const char *inside = fact(m, c->private_address);

	if (m->values[CONNECT_HOST])
		return m->values[CONNECT_HOST];
	if (which)
		return *which == 'p' && which[1] == 'u' ? outside : inside;
	return *outside ? outside : inside;
}

static void add(struct words *argv, const char *word)
{
	*VEC_PUSH(argv) = xstrdup(word);
}

static void add_option(struct words *argv, const char *option,
	const char *value)
{
	if (!value)
		return;
	add(argv, option);
	add(argv, value);
}

static void add_key(struct words *argv, const char *key)
{
	char *home = key && str_starts(key, "~/") ? xdg_home() : NULL;
	struct str path = STR_INIT;

	str_addf(&path, "%s%s", home ? home : "", home ? key + 1 : key ? key :
		"");
	add_option(argv, "-i", key ? path.p : NULL);
	str_clear(&path);
	free(home);
}

static bool make_ssh(const struct making *m, struct words *argv,
	struct error *err)
{
	const struct connect_request *r = m->request;
	const char *host = address(m), *which = m->values[CONNECT_ADDRESS];
	struct str forward = STR_INIT;

	if (!*host)
		return error_set(err, ERR_USAGE, "%s has no %saddress: via=%s "
			"goes without one", fact(m, "id"), !which ? "" :
			*which == 'p' && which[1] == 'u' ? "public " :
			"private ", r->connect->ways->name);
	if (!connect_check("host", host, err))
		return false;
	add(argv, "ssh");
	add_option(argv, "-l", m->values[CONNECT_USER]);
	add_option(argv, "-p", m->values[CONNECT_PORT]);
	add_key(argv, m->values[CONNECT_KEY]);
	add_option(argv, "-J", m->values[CONNECT_JUMP]);
	if (m->local) {
		str_addf(&forward, "127.0.0.1:%s:%s:%s", m->local, m->far ?
			m->far : "localhost", m->remote);
		add(argv, "-N");
		add_option(argv, "-L", forward.p);
		str_clear(&forward);
	}
	add(argv, "--");
	add(argv, host);
	for (size_t i = 0; i < r->command_count; i++)
		add(argv, r->command[i]);
	return true;
}

static bool check_programs(const struct connect_way *way, struct error *err)
{
	for (const char *p = way->programs; p && *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		char *name = xstrndup(p, len);
		bool there = program_exists(name);

		if (!there)
			error_set(err, ERR_IO, "%s takes %s, which is not on "
				"PATH: %s", way->title, name, way->advice);
		free(name);
		if (!there)
			return false;
		p += len;
	}
	return true;
}

static bool make_way(const struct making *m, const struct connect_way *way,
	struct words *argv, struct error *err)
{
	const char *const *word = m->far ? way->far : m->local ?
		way->forward : way->words;

	if (!word)
		return error_set(err, ERR_USAGE, "%s forwards no port that "
			"way", way->title);
	if (m->request->command_count)
		return error_set(err, ERR_USAGE, "%s opens a shell and runs "
			"no command: via=ssh does", way->title);
	if (!check_programs(way, err))
		return false;
	for (; *word; word++) {
		struct str out = STR_INIT;

		if (fill(m, *word, &out))
			add(argv, out.p);
		str_clear(&out);
	}
	return true;
}

static bool make(struct making *m, struct words *argv, struct error *err)
{
	const struct connect_way *way = m->request->connect->ways;
	const char *via = m->values[CONNECT_VIA];
	struct str names = STR_INIT;

	if (!via ? *address(m) != '\0' : str_eq(via, "ssh"))
		return make_ssh(m, argv, err);
	if (!via)
		return make_way(m, way, argv, err);
	for (; way->name; way++) {
		if (str_eq(way->name, via))
			break;
		str_addf(&names, ", %s", way->name);
	}
	if (!way->name)
		error_set(err, ERR_USAGE, "via=%.40s is no way: ssh%s", via,
			names.p);
	str_clear(&names);
	return way->name && make_way(m, way, argv, err);
}

bool connect_make(const struct connect_request *request, struct words *argv,
	struct error *err)
{
	struct making m = { .request = request };
	bool ok = fill_settings(&m, err) && read_forward(&m, err) &&
		make(&m, argv, err);

	VEC_RESERVE(argv, argv->count + 1);
	argv->items[argv->count] = NULL;
	for (int i = 0; i < CONNECT_SETTINGS; i++)
		free(m.values[i]);
	free(m.local);
	free(m.remote);
	free(m.far);
	if (!ok)
		words_clear(argv);
	return ok;
}
