/* SPDX-License-Identifier: MIT */
/* Checks that look at more than one screen. */
#include "tests/screens/script.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static bool check_width(struct script *s, const regex_t *re, int columns)
{
	struct str text = STR_INIT;
	bool found;

	screen_resize(&s->test, s->rows, columns);
	if (!screen_await_idle(&s->test))
		return script_fail(s, "did not become idle at %d columns",
			columns);
	screen_text(&s->test, &text);
	found = !regexec(re, text.p, 0, NULL, 0);
	str_clear(&text);
	return found || script_fail(s, "is not there at %d columns", columns);
}

bool script_widths(struct script *s, const struct words *w)
{
	long from, to;
	regex_t re;
	bool ok = true;

	if (!str_int(w->items[1], 1, 999, &from) ||
	    !str_int(w->items[2], from, 999, &to))
		return script_fail(s, "widths FROM TO REGEX");
	if (regcomp(&re, w->items[3], SCREEN_REGEX))
		return script_fail(s, "bad expression '%s'", w->items[3]);
	for (int columns = (int)from; ok && columns <= to; columns++)
		ok = check_width(s, &re, columns);
	regfree(&re);
	screen_resize(&s->test, s->rows, s->columns);
	return ok;
}

bool script_bell(struct script *s, const struct words *w)
{
	bool want = !strcmp(w->items[1], "yes"), rang = s->test.bell;

	s->test.bell = false;
	return rang == want || script_fail(s, "the bell %s", rang ? "rang" :
		"did not ring");
}

/* By AWS's own verbs, not by what our tables say of an operation. */
static bool is_read(const char *name, size_t len)
{
	static const char *const verbs[] = { "Describe", "List", "Get",
		"Head" };

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (len > strlen(verbs[i]) &&
		    !strncmp(name, verbs[i], strlen(verbs[i])))
			return true;
	return false;
}

bool script_changes(struct script *s, const struct words *w)
{
	const char *name;

	if (strcmp(w->items[1], "none"))
		return script_fail(s, "changes none");
	if (!screen_control(&s->test, "operations"))
		return script_fail(s, "operations: %s", s->test.answer.p);
	name = s->test.answer.p + strlen("ok");
	if (!strstr(name, " Describe"))
		return script_fail(s, "not even a list was asked for:%s",
			name);
	while (*(name += strspn(name, " \n"))) {
		size_t len = strcspn(name, " \n");

		if (!is_read(name, len))
			return script_fail(s, "%.*s was sent: %s", (int)len,
				name, s->test.answer.p);
		name += len;
	}
	return true;
}
