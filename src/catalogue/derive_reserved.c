/* SPDX-License-Identifier: MIT */
/* Computed cells of reserved instances and of what is offered of them. */
#include "catalogue/derive.h"

#include "base/str.h"
#include "catalogue/derive_node.h"

#include <stdlib.h>
#include <string.h>

#define HOUR 3600
#define YEAR (365L * 24 * HOUR)
#define DAY (24L * HOUR)
#define ELLIPSIS "\342\200\246"

/* A zone, or the whole region. */
enum role derive_reserved_where(const struct cell *cell, struct str *out)
{
	if (cell->text && cell->len)
		str_addn(out, cell->text, cell->len);
	else
		str_add(out, cell->region ? cell->region : "");
	return ROLE_TEXT;
}

/* "All Upfront" → all; the names of before 2014 as they are. */
enum role derive_reserved_paid(const struct cell *cell, struct str *out)
{
	static const char *const words[][2] = {
		{ "All Upfront", "all" },
		{ "Partial Upfront", "part" },
		{ "No Upfront", "none" }
	};
	const char *text = cell->text ? cell->text : "";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!cell->plain && str_eq(text, words[i][0]))
			text = words[i][1];
	str_add(out, text);
	return ROLE_TEXT;
}

enum role derive_reserved_class(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";

	if (!cell->plain && str_eq(text, "standard"))
		text = "std";
	else if (!cell->plain && str_eq(text, "convertible"))
		text = "conv";
	str_add(out, text);
	return ROLE_TEXT;
}

/* Seconds as years where they are whole ones, else as days. */
enum role derive_reserved_term(const struct cell *cell, struct str *out)
{
	long seconds;

	if (cell->plain || !cell->text ||
	    !str_int(cell->text, 0, 100 * YEAR, &seconds))
		str_add(out, cell->text ? cell->text : "");
	else if (seconds % YEAR == 0)
		str_addf(out, "%ldy", seconds / YEAR);
	else
		str_addf(out, "%ldd", seconds / DAY);
	return ROLE_TEXT;
}

/* The first group is enough for people to tell them apart. */
enum role derive_reserved_id(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";

	str_addn(out, text, cell->plain ? strlen(text) : strcspn(text, "-"));
	return ROLE_TEXT;
}

static double leaf_number(const struct cell *cell, const char *path)
{
	return strtod(derive_leaf(cell->doc, cell->node, path), NULL);
}

/* No price is not a price of nothing. */
static bool has_price(const struct cell *cell)
{
	return *derive_leaf(cell->doc, cell->node, "fixedPrice") &&
		*derive_leaf(cell->doc, cell->node, "usagePrice");
}

/* What is due for each hour: the charge of today's offers and the price for
 * use of the old ones. */
static double hourly(const struct cell *cell)
{
	const struct doc *d = cell->doc;
	uint32_t set = derive_child(d, cell->node, "recurringCharges");
	double sum = leaf_number(cell, "usagePrice");

	for (uint32_t n = set == DOC_NONE ? DOC_NONE : doc_child(d, set);
	     n != DOC_NONE; n = doc_next(d, n))
		if (str_eq(derive_leaf(d, n, "frequency"), "Hourly"))
			sum += strtod(derive_leaf(d, n, "amount"), NULL);
	return sum;
}

static enum role add_money(const struct cell *cell, double amount,
	int decimals, struct str *out)
{
	struct str text = STR_INIT;
	enum role role = ROLE_MONEY;

	if (!has_price(cell))
		return ROLE_TEXT;
	str_addf(&text, "%.*f", decimals, amount);
	if (cell->plain)
		str_add(out, text.p);
	else
		role = format_value(FORMAT_MONEY, text.p, text.len, cell, out);
	str_clear(&text);
	return role;
}

enum role derive_reserved_hourly(const struct cell *cell, struct str *out)
{
	return add_money(cell, hourly(cell), 4, out);
}

/* Hours of the whole term; 0: it is not said. */
static double hours(const struct cell *cell)
{
	return leaf_number(cell, "duration") / HOUR;
}

/* All that it costs, by the hour: what offers are compared by. */
enum role derive_offering_effective(const struct cell *cell, struct str *out)
{
	double term = hours(cell);

	if (term <= 0)
		return ROLE_TEXT;
	return add_money(cell, leaf_number(cell, "fixedPrice") / term +
		hourly(cell), 4, out);
}

/* Of one instance, over the term, used or not. */
enum role derive_offering_total(const struct cell *cell, struct str *out)
{
	return add_money(cell, leaf_number(cell, "fixedPrice") +
		hourly(cell) * hours(cell), 2, out);
}

enum role derive_offering_seller(const struct cell *cell, struct str *out)
{
	bool other = str_eq(cell->text, "true");

	str_add(out, other ? cell->plain ? "third-party" : "other" : "AWS");
	return other ? ROLE_WARN : ROLE_TEXT;
}

#define ZONES_MOST 16

/* Instances of one type that a reservation could pay for, by zone. */
struct running {
	struct {
		const char *zone;
		long count;
	} zones[ZONES_MOST];
	size_t zone_count;
};

/* "Linux/UNIX (Amazon VPC)" is what instances call "Linux/UNIX". */
static bool same_platform(const char *reserved, const char *running)
{
	size_t len = strcspn(reserved, "(");

	while (len && reserved[len - 1] == ' ')
		len--;
	return strlen(running) == len && !memcmp(reserved, running, len);
}

static bool covers(const struct cell *cell, const struct doc *d, uint32_t n)
{
	const char *platform = derive_leaf(d, n, "platformDetails");
	const char *tenancy = derive_leaf(cell->doc, cell->node,
		"instanceTenancy");

	return !str_eq(derive_leaf(d, n, "instanceLifecycle"), "spot") &&
		(!*platform || same_platform(derive_leaf(cell->doc,
			cell->node, "productDescription"), platform)) &&
		str_eq(derive_leaf(d, n, "placement/tenancy"),
			*tenancy ? tenancy : "default");
}

static void count_one(struct running *r, const char *zone)
{
	size_t i = 0;

	while (i < r->zone_count && !str_eq(r->zones[i].zone, zone))
		i++;
	if (i == ZONES_MOST)
		return;
	if (i == r->zone_count)
		r->zones[r->zone_count++].zone = zone;
	r->zones[i].count++;
}

/* The joined row is a reservationSet: all that run of the type. */
static void count_running(const struct cell *cell, struct running *r)
{
	const struct doc *d = cell->joined;
	uint32_t n = d ? doc_child(d, cell->joined_node) : DOC_NONE;

	*r = (struct running){ .zone_count = 0 };
	for (; n != DOC_NONE; n = doc_next(d, n)) {
		uint32_t i = derive_child(d, n, "instancesSet");

		for (i = i == DOC_NONE ? i : doc_child(d, i); i != DOC_NONE;
		     i = doc_next(d, i))
			if (covers(cell, d, i))
				count_one(r, derive_leaf(d, i,
					"placement/availabilityZone"));
	}
}

/* Takes so many from those that run there; "" is anywhere. */
static long take(struct running *r, const char *zone, long count)
{
	long taken = 0;

	for (size_t i = 0; i < r->zone_count && taken < count; i++) {
		long here = r->zones[i].count;

		if (*zone && !str_eq(r->zones[i].zone, zone))
			continue;
		if (here > count - taken)
			here = count - taken;
		r->zones[i].count -= here;
		taken += here;
	}
	return taken;
}

/* Pays for the same instances, and now. */
static bool is_rival(const struct cell *cell, uint32_t n)
{
	static const char *const same[] = {
		"instanceType", "productDescription", "instanceTenancy"
	};

	if (!str_eq(derive_leaf(cell->doc, n, "state"), "active"))
		return false;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (!str_eq(derive_leaf(cell->doc, n, same[i]),
		    derive_leaf(cell->doc, cell->node, same[i])))
			return false;
	return true;
}

/* As AWS bills: reservations of a zone first, then those of the region. */
static long used_by(const struct cell *cell, struct running *r)
{
	const struct doc *d = cell->doc;

	for (int regional = 0; regional < 2; regional++)
		for (uint32_t n = doc_child(d, doc_parent(d, cell->node));
		     n != DOC_NONE; n = doc_next(d, n)) {
			const char *zone = derive_leaf(d, n,
				"availabilityZone");
			long count, taken;

			if ((*zone == '\0') != (regional == 1) ||
			    !is_rival(cell, n) ||
			    !str_int(derive_leaf(d, n, "instanceCount"), 0,
				1000000, &count))
				continue;
			taken = take(r, zone, count);
			if (n == cell->node)
				return taken;
		}
	return 0;
}

/* Of this very type; what a larger or smaller one of the family uses of a
 * reservation for a region is not counted. */
enum role derive_reserved_used(const struct cell *cell, struct str *out)
{
	const char *count = derive_leaf(cell->doc, cell->node,
		"instanceCount");
	struct running r;
	long used, all;

	if (!str_eq(derive_leaf(cell->doc, cell->node, "state"), "active"))
		return ROLE_TEXT;
	if (cell->join_pending || cell->join_refused) {
		str_add(out, cell->join_pending ? ELLIPSIS : "?");
		return ROLE_DIM;
	}
	count_running(cell, &r);
	used = used_by(cell, &r);
	str_addf(out, "%ld/%s", used, count);
	return str_int(count, 0, 1000000, &all) && used < all ? ROLE_WARN :
		ROLE_TEXT;
}
