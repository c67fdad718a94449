/* SPDX-License-Identifier: MIT */
/* How it looks on a terminal of some kind: columns and colours, cell by
 * cell. */
#include "tests/screens/script.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#define HEADER 2             /* the titles' line */
#define FOOT 2               /* lines that are no rows, at the end */

static VTermScreenCell cell_at(const struct script *s, int y, int x)
{
	const VTermPos at = { .row = y, .col = x };
	VTermScreenCell cell = { .width = 1 };

	if (x >= 0)
		vterm_screen_get_cell(s->test.vts, at, &cell);
	return cell;
}

static bool is_blank(const struct script *s, int y, int x)
{
	uint32_t c = cell_at(s, y, x).chars[0];

	return !c || c == ' ';
}

static bool stands_at(const struct script *s, const char *title, int x)
{
	for (int i = 0; title[i]; i++)
		if (cell_at(s, HEADER, x + i).chars[0] != (uint32_t)title[i])
			return false;
	return is_blank(s, HEADER, x - 1);
}

/* Where a cell would have to begin earlier, it is a wide one's other half
 * that stands there. */
static bool check_title(struct script *s, const char *title)
{
	int x = 0, rows = 0, y = HEADER + 1;

	while (x < s->columns && !stands_at(s, title, x))
		x++;
	if (x == s->columns)
		return script_fail(s, "no column %s", title);
	for (; y < s->rows - FOOT; y++) {
		if (is_blank(s, y, x) && is_blank(s, y, 2))
			continue;        /* below the last row */
		if (!is_blank(s, y, x - 1) || is_blank(s, y, x))
			return script_fail(s, "line %d: %s is not straight",
				y + 1, title);
		rows++;
	}
	return rows > 5 || script_fail(s, "only %d rows", rows);
}

bool script_straight(struct script *s, const struct words *w)
{
	bool ok = true;

	for (size_t i = 1; ok && i < w->count; i++)
		ok = check_title(s, w->items[i]);
	return ok;
}

/* 0: the terminal's own; else one more than the index; -1: exact. */
static int colour_of(const VTermColor *c)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(c) || VTERM_COLOR_IS_DEFAULT_BG(c))
		return 0;
	return VTERM_COLOR_IS_RGB(c) ? -1 : c->indexed.idx + 1;
}

struct colours {
	int most;                /* index + 1 */
	bool any, exact;
};

static void note(struct colours *c, const VTermColor *colour)
{
	int n = colour_of(colour);

	c->any |= n != 0;
	c->exact |= n < 0;
	c->most = n > c->most ? n : c->most;
}

bool script_colours(struct script *s, const struct words *w)
{
	bool rgb = !strcmp(w->items[1], "rgb");
	struct colours c = { 0 };
	long least = 0;

	if (!rgb && !str_int(w->items[1], 0, 256, &least))
		return script_fail(s, "colours N, or rgb");
	for (int y = 0; y < s->rows; y++)
		for (int x = 0; x < s->columns; x++) {
			VTermScreenCell cell = cell_at(s, y, x);

			note(&c, &cell.fg);
			note(&c, &cell.bg);
		}
	if (rgb || c.exact)
		return rgb == c.exact || script_fail(s, rgb ?
			"none is exact" : "some are exact");
	if (c.most > least)
		return script_fail(s, "there is number %d", c.most - 1);
	return c.any == (least > 0) || script_fail(s, "there is none");
}

static int compile(const char *name, const char *folder, const char *source)
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		execlp("tic", "tic", "-x", "-o", folder, "-e", name, source,
			(char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return status;
}

bool script_terminal(struct script *s, const struct words *w)
{
	char *source = script_beside(s, "terminals", ".src");
	struct str folder = STR_INIT;
	bool ok;

	str_addf(&folder, "%s/.terminfo", s->home);
	ok = compile(w->items[1], folder.p, source) == 0 ||
		script_fail(s, "tic does not compile %s", w->items[1]);
	script_env(s, "TERM", w->items[1]);
	script_env(s, "TERMINFO", folder.p);
	str_clear(&folder);
	free(source);
	return ok;
}
