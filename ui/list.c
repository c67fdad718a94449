/* SPDX-License-Identifier: MIT */
#include "ui/list.h"

#include <string.h>

/* Movements: lines, plus halves of a page. */
static const struct {
	const char *name;
	int lines, halves;
} movements[] = {
	{ "down", 1, 0 }, { "up", -1, 0 },
	{ "half-down", 0, 1 }, { "half-up", 0, -1 },
	{ "page-down", 0, 2 }, { "page-up", 0, -2 },
};

void list_settle(struct list *l)
{
	size_t last = l->count > l->page ? l->count - l->page : 0;

	if (l->cursor >= l->count)
		l->cursor = l->count ? l->count - 1 : 0;
	if (!l->free && l->cursor < l->top)
		l->top = l->cursor;
	if (!l->free && l->page && l->cursor >= l->top + l->page)
		l->top = l->cursor - l->page + 1;
	if (l->top > last)
		l->top = last;
	if (l->free)
		l->cursor = l->top;
}

void list_move(struct list *l, size_t cursor)
{
	l->cursor = cursor;
	if (l->free)
		l->top = cursor;
	list_settle(l);
}

static void list_by(struct list *l, long by)
{
	size_t at = l->free ? l->top : l->cursor;
	size_t back = by < 0 ? (size_t)-by : 0;
	bool far = by > 1 || by < -1;

	if (far && !l->free)
		l->top = by < 0 ? l->top - (back < l->top ? back : l->top) :
			l->top + (size_t)by;
	if (by < 0)
		at -= back < at ? back : at;
	else
		at += (size_t)by;
	if (at >= l->count)
		at = l->count ? l->count - 1 : 0;
	list_move(l, at);
}

bool list_command(struct list *l, const char *name)
{
	long page = l->page > 1 ? (long)l->page - 1 : 1;

	for (size_t i = 0; i < sizeof(movements) / sizeof(*movements); i++)
		if (!strcmp(movements[i].name, name)) {
			list_by(l, movements[i].lines +
				page * movements[i].halves / 2);
			return true;
		}
	if (!strcmp(name, "top"))
		list_move(l, 0);
	else if (!strcmp(name, "bottom"))
		list_move(l, l->count ? l->count - 1 : 0);
	else
		return false;
	return true;
}
