/* SPDX-License-Identifier: MIT */
#include "ui/fit.h"

static int total(const struct fit_piece *pieces, size_t count, int gap)
{
	int sum = 2 - gap;

	for (size_t i = 0; i < count; i++)
		if (pieces[i].shown)
			sum += pieces[i].width + gap;
	return sum;
}

/* Of equals the last goes. */
static struct fit_piece *least(struct fit_piece *pieces, size_t count)
{
	struct fit_piece *found = NULL;

	for (size_t i = 0; i < count; i++)
		if (pieces[i].shown && pieces[i].priority < FIT_ALWAYS &&
		    (!found || pieces[i].priority <= found->priority))
			found = &pieces[i];
	return found;
}

static void place(struct fit_piece *pieces, size_t count, int columns,
	int gap, bool fits)
{
	int x = 1, right = columns - 1;

	for (size_t i = 0; i < count; i++) {
		if (!pieces[i].shown || (pieces[i].right && fits))
			continue;
		pieces[i].x = x;
		x += pieces[i].width + gap;
	}
	for (size_t i = count; fits && i > 0; i--) {
		struct fit_piece *p = &pieces[i - 1];

		if (!p->shown || !p->right)
			continue;
		p->x = right - p->width;
		right = p->x - gap;
	}
}

bool fit_line(struct fit_piece *pieces, size_t count, int columns, int gap)
{
	struct fit_piece *next;
	bool fits;

	for (size_t i = 0; i < count; i++)
		pieces[i].shown = pieces[i].width > 0;
	while (total(pieces, count, gap) > columns &&
	    (next = least(pieces, count)))
		next->shown = false;
	fits = total(pieces, count, gap) <= columns;
	place(pieces, count, columns, gap, fits);
	return fits;
}
