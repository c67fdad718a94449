/* SPDX-License-Identifier: MIT */
/* What people read before they buy a reservation. */
#include "catalogue/coverage.h"
#include "catalogue/price.h"

#include <stdlib.h>

enum { INSTANCES, RESERVED };    /* of action.beside */

#define TIMES "\303\227"
#define DOT " \302\267 "

static void add_offering(const struct offering *o, struct review_lines *out)
{
	struct str term = STR_INIT;

	offering_term(o->seconds, &term);
	review_line(out, "Offering", ROLE_TEXT, "%s" DOT "%s" DOT "%s" DOT
		"%s" DOT "%s", o->type, *o->zone ? o->zone : "any zone",
		o->platform, o->class, term.p);
	review_line(out, "", ROLE_TEXT, "%s" DOT "%s" DOT "%s", o->payment,
		str_eq(o->tenancy, "default") ? "shared" : o->tenancy, o->id);
	str_clear(&term);
}

static void add_flexible(const struct offering *o, const struct coverage *c,
	struct review_lines *out)
{
	if (c->flexible && c->units)
		review_line(out, "", ROLE_DIM, "any size of %.*s: %g more of "
			"%g units, %g reserved already",
			(int)price_family(o->type), o->type,
			(double)c->units_more / 4, (double)c->units / 4,
			(double)c->units_reserved / 4);
}

static void add_coverage(const struct offering *o, size_t count,
	const struct review_rows *rows, struct review_lines *out)
{
	const char *why = rows[INSTANCES].why ? rows[INSTANCES].why :
		rows[RESERVED].why;
	struct coverage c;

	if (why) {
		review_line(out, "Covers", ROLE_WARN, "not known: %s", why);
		return;
	}
	coverage_compute(o, count, &rows[INSTANCES], &rows[RESERVED], &c);
	review_line(out, "Covers", c.more < count ? ROLE_WARN : ROLE_TEXT,
		"%zu more of your %zu running %s, %zu reserved already",
		c.more, c.running, o->type, c.reserved);
	add_flexible(o, &c, out);
	if (c.flexible ? c.units_more / price_size(o->type) < count :
	    c.more < count)
		review_line(out, "", ROLE_WARN, "so not all %zu would be in "
			"use today", count);
}

static void add_now(const struct cost *cost, size_t count,
	struct review_lines *out)
{
	struct str each = STR_INIT, now = STR_INIT, hourly = STR_INIT;

	cost_money(cost->now / (int64_t)count, cost->currency, &each);
	cost_money(cost->now, cost->currency, &now);
	cost_money(cost->hourly, cost->currency, &hourly);
	if (cost->now % (int64_t)count)
		review_line(out, "Now", ROLE_MONEY, "%s" DOT
			"each hour after %s", now.p, hourly.p);
	else
		review_line(out, "Now", ROLE_MONEY, "%zu " TIMES " %s = %s"
			DOT "each hour after %s", count, each.p, now.p,
			hourly.p);
	str_clear(&each);
	str_clear(&now);
	str_clear(&hourly);
}

static void add_gain(const struct offering_worth *worth, const char *currency,
	struct review_lines *out)
{
	struct str saves = STR_INIT;
	long long tenths = worth->tenths;

	cost_money(worth->saves < 0 ? -worth->saves : worth->saves, currency,
		&saves);
	if (tenths < 0)
		review_line(out, "", ROLE_BAD, "never breaks even" DOT
			"costs %s more than on demand", saves.p);
	else
		review_line(out, "", ROLE_GOOD, "breaks even after "
			"%lld.%lld months of 24" TIMES "7" DOT "saves %s",
			tenths / 10, tenths % 10, saves.p);
	review_line(out, "", ROLE_DIM, "on demand by " PRICE_SOURCE);
	str_clear(&saves);
}

static void add_term(const struct offering *o, const struct cost *cost,
	size_t count, const char *region, struct review_lines *out)
{
	struct str total = STR_INIT, each = STR_INIT, demand = STR_INIT;
	struct offering_worth worth;

	offering_worth(o, cost, (int64_t)count, region, &worth);
	cost_money(cost->total, cost->currency, &total);
	cost_money(worth.effective, cost->currency, &each);
	if (worth.known)
		cost_money(worth.on_demand, cost->currency, &demand);
	review_line(out, "Whole term", ROLE_MONEY, "%s" DOT "effective %s/h"
		DOT "on demand %s%s", total.p, each.p, worth.known ?
		demand.p : "not known", worth.known ? "/h" : "");
	if (worth.known)
		add_gain(&worth, cost->currency, out);
	str_clear(&total);
	str_clear(&each);
	str_clear(&demand);
}

void review_offering(const struct review_in *in, struct review_lines *out)
{
	const char *text = in->field(in->data, "count");
	struct offering o;
	long count = 1;

	if (text)
		str_int(text, 1, 1000000, &count);
	offering_read(in->row, &o);
	add_offering(&o, out);
	add_coverage(&o, (size_t)count, in->beside, out);
	if (!in->cost)
		return;
	add_now(in->cost, (size_t)count, out);
	add_term(&o, in->cost, (size_t)count, in->row->region, out);
}
