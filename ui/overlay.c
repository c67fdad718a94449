/* SPDX-License-Identifier: MIT */
#include "ui/overlay.h"

#include "base/clock.h"
#include "base/str.h"

#include <string.h>

#define DEAF_MS 300
#define EDGES 2
#define MARGIN 4             /* edges and a blank each side */

int64_t overlay_hears(void)
{
	return clock_now() + DEAF_MS;
}

void overlay_box(const struct area *area, int rows, int columns,
	const char *title, const char *foot, struct area *out)
{
	struct area box;

	columns += MARGIN;
	rows += EDGES;
	if (columns > area->columns)
		columns = area->columns;
	if (rows > area->rows)
		rows = area->rows;
	box = area_cut(area, area->rows - rows, (area->columns - columns) / 2,
		rows, columns);
	draw_box(&box, title, foot);
	*out = area_cut(&box, 1, 2, rows - EDGES, columns - MARGIN);
}

void overlay_buttons(const struct area *area, int y,
	const char *const *labels, int count, int focus)
{
	int x = 0;

	for (int i = 0; i < count; i++) {
		struct str label = STR_INIT;
		int width;

		str_addf(&label, "[ %s ]", labels[i]);
		width = draw_width(area, label.p, label.len);
		draw_cell(area, y, x, width, false, LOOK_TEXT, i == focus,
			label.p, label.len);
		x += width + 2;
		str_clear(&label);
	}
}

int overlay_button_at(const struct area *area, const char *const *labels,
	int count, int x)
{
	for (int i = 0; i < count; i++) {
		int width = draw_width(area, labels[i], strlen(labels[i])) +
			4;

		if (x >= 0 && x < width)
			return i;
		x -= width + 2;
	}
	return -1;
}

bool overlay_click(const struct area *area, const struct area *inside,
	int *y, int *x)
{
	*y -= inside->y - area->y;
	*x -= inside->x - area->x;
	return *y >= 0 && *y < inside->rows && *x >= 0 &&
		*x < inside->columns;
}

/* How many bytes of a line go on one of so many columns. */
static size_t line_fit(const struct area *area, const char *text, size_t len,
	int columns)
{
	size_t fit = 0, blank = 0;

	while (fit < len) {
		size_t next = fit + 1;

		while (next < len &&
		    ((unsigned char)text[next] & 0xc0) == 0x80)
			next++;
		if (draw_width(area, text, next) > columns)
			break;
		if (text[fit] == ' ')
			blank = fit;
		fit = next;
	}
	if (fit < len && text[fit] == ' ')
		return fit;
	return fit < len && blank ? blank : fit ? fit : len;
}

int overlay_text(const struct area *area, int y, int x, int columns,
	int skip, int rows, enum look look, const char *text)
{
	int lines = 0;

	while (*text) {
		size_t len = strcspn(text, "\n");
		size_t fit = line_fit(area, text, len, columns);

		if (lines >= skip && lines < skip + rows)
			draw_cell(area, y + lines - skip, x, columns, false,
				look, false, text, fit);
		lines++;
		text += fit;
		if (fit < len)
			text += strspn(text, " ");
		else if (*text == '\n')
			text++;
	}
	return lines;
}
