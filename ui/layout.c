/* SPDX-License-Identifier: MIT */
#include "ui/layout.h"

#include "base/text.h"

#include <string.h>

#define WIDE_FROM 100        /* columns from which the 132 set is used */
#define CELL_MAX 60          /* wide: no cell is given more at first */
#define GROW_MIN 8

struct candidate {
	int index;
	int nominal;         /* what the table gives it; 0: by content */
	int widest;
	int width;
	bool keep, grow, right;
	bool fixed;          /* somebody chose the width */
};

struct plan {
	struct candidate items[LAYOUT_MAX];
	size_t count;
};

static int title_width(const char *title)
{
	return (int)text_width(title, strlen(title), 1);
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static struct candidate *plan_add(struct plan *p, int index)
{
	struct candidate *c;

	if (p->count == LAYOUT_MAX)
		return NULL;
	c = &p->items[p->count++];
	*c = (struct candidate){ .index = index };
	return c;
}

static int nominal_width(const struct layout_want *w,
	const struct column *column)
{
	if (w->wide || w->chosen_count)
		return larger(larger(column->w132, column->w80), 1);
	if (w->width >= WIDE_FROM)
		return column->w132;
	if (w->many_regions && column->wmany)
		return column->wmany == 255 ? 0 : column->wmany;
	return column->w80;
}

static void plan_column(struct plan *p, const struct layout_want *w,
	size_t i)
{
	const struct column *column = w->compiled->columns[i].column;
	int nominal = nominal_width(w, column);
	struct candidate *c = nominal ? plan_add(p, (int)i) : NULL;
	int title = title_width(column->title);

	if (!c)
		return;
	c->nominal = nominal;
	c->widest = larger(w->widest[i], title);
	c->keep = column->keep || (w->many_regions && column->zone);
	c->grow = column->grow;
	c->right = format_is_right(column->format);
	c->width = c->widest;
	if (c->grow || column->join)     /* the answer comes later */
		c->width = larger(c->width, nominal);
	else if (!c->keep)
		c->width = smaller(c->width, larger(nominal, title));
	if (w->wide)
		c->width = smaller(c->widest, CELL_MAX);
	if (w->widths && w->widths[i]) {
		c->width = w->widths[i];
		c->grow = false;
		c->fixed = true;
	}
}

/* The i-th of those that are wanted: all, or the chosen ones. */
static size_t wanted(const struct layout_want *w, size_t i)
{
	return w->chosen_count && !w->wide ? (size_t)w->chosen[i] : i;
}

static void plan_extra(struct plan *p, const struct layout_want *w,
	int index, const char *title)
{
	size_t at = layout_slot(index);
	struct candidate *c = plan_add(p, index);

	if (!c)
		return;
	c->widest = c->width = larger(w->widest[at], title_width(title));
	c->nominal = c->width;
	c->keep = true;
}

/* Account first; the region where no shown column implies it. */
static void plan_make(struct plan *p, const struct layout_want *w)
{
	const struct compiled *compiled = w->compiled;
	size_t count = w->chosen_count && !w->wide ? w->chosen_count :
		compiled->column_count;
	bool zone = false;

	p->count = 0;
	if (w->many_accounts)
		plan_extra(p, w, LAYOUT_ACCOUNT, "ACCOUNT");
	for (size_t i = 0; i < count; i++) {
		const struct column *c =
			compiled->columns[wanted(w, i)].column;

		zone |= c->zone && nominal_width(w, c);
	}
	for (size_t i = 0; i < count; i++) {
		plan_column(p, w, wanted(w, i));
		if (!i && w->many_regions && !zone &&
		    !compiled->resource->global)
			plan_extra(p, w, LAYOUT_REGION, "REGION");
	}
}

static int plan_total(const struct plan *p)
{
	int total = LAYOUT_GUTTER + (p->count ? (int)p->count - 1 : 0);

	for (size_t i = 0; i < p->count; i++)
		total += p->items[i].width;
	return total;
}

static void plan_remove(struct plan *p, size_t i)
{
	memmove(&p->items[i], &p->items[i + 1],
		(p->count - i - 1) * sizeof(p->items[0]));
	p->count--;
}

/* The rightmost column that may go; false: all are to be kept. */
static bool plan_drop(struct plan *p)
{
	for (size_t i = p->count; i-- > 1; ) {
		if (p->items[i].keep)
			continue;
		plan_remove(p, i);
		return true;
	}
	return false;
}

/* Before a column goes, those that grow give what they have too much. */
static void plan_squeeze(struct plan *p, int width, bool hard)
{
	for (size_t i = 0; i < p->count; i++) {
		struct candidate *c = &p->items[i];
		int least = hard ? GROW_MIN : larger(GROW_MIN,
			smaller(c->nominal, c->widest));
		int over = plan_total(p) - width;

		if (c->grow && over > 0 && c->width > least)
			c->width = larger(least, c->width - over);
	}
}

static void plan_fit(struct plan *p, int width)
{
	plan_squeeze(p, width, false);
	while (plan_total(p) > width && plan_drop(p))
		;
	plan_squeeze(p, width, true);
	while (plan_total(p) > width && p->count > 1)
		p->count--;
	for (size_t i = 0; i < p->count; i++) {
		struct candidate *c = &p->items[i];
		int left = width - plan_total(p);

		if (left > 0 && c->widest > c->width && !c->fixed)
			c->width += smaller(left, c->widest - c->width);
	}
}

void layout_title(const char *title, struct str *out)
{
	while (*title) {
		size_t len = strcspn(title, " ");
		bool unit = false;

		for (size_t i = 1; i < len && !unit; i++)
			unit = title[i] == '/' || (title[i] >= 'A' &&
				title[i] <= 'Z' && title[i - 1] >= 'a' &&
				title[i - 1] <= 'z');
		for (size_t i = 0; i < len; i++)
			str_addc(out, (char)(!unit && title[i] >= 'a' &&
				title[i] <= 'z' ? title[i] - 'a' + 'A' :
				title[i]));
		title += len;
		if (*title)
			str_addc(out, *title++);
	}
}

/* Wide: the first column stays, `first` of the others are scrolled away. */
static void plan_scroll(struct plan *p, const struct layout_want *w,
	struct layout *layout)
{
	while (layout->first < w->first && p->count > 2 &&
	    plan_total(p) > w->width) {
		plan_remove(p, 1);
		layout->first++;
		layout->more_left = true;
	}
	while (p->count > 1 && plan_total(p) > w->width) {
		p->count--;
		layout->more_right = true;
	}
}

void layout_columns(struct layout *layout, const struct layout_want *want)
{
	struct plan plan;
	int x = LAYOUT_GUTTER;

	*layout = (struct layout){ .count = 0 };
	plan_make(&plan, want);
	if (want->wide)
		plan_scroll(&plan, want, layout);
	else
		plan_fit(&plan, want->width);
	for (size_t i = 0; i < plan.count; i++) {
		const struct candidate *c = &plan.items[i];

		layout->columns[layout->count++] = (struct layout_column){
			.index = c->index, .x = x, .width = c->width,
			.right = c->right,
		};
		x += c->width + 1;
	}
}
