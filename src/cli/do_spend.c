/* SPDX-License-Identifier: MIT */
/* `do` of what spends: what people read, and the two answers it takes. */
#include "action/review.h"
#include "base/text.h"
#include "cli/do.h"

#include <stdio.h>
#include <string.h>

#define LABEL 12

static void write_lines(const struct review *review)
{
	const struct review_lines *lines = review_lines(review);
	struct str text = STR_INIT;

	for (size_t i = 0; i < lines->count; i++) {
		const struct review_line *l = &lines->items[i];

		str_reset(&text);
		text_sanitise(&text, l->text, strlen(l->text), false);
		fprintf(stderr, "%-*s%s\n", LABEL, l->label, text.p);
	}
	str_clear(&text);
}

/* The figure to the cent, with or without cents. */
static bool is_total(const char *text, const struct cost *cost)
{
	const char *point = strchr(text, '.');
	const int64_t cent = COST_UNIT / 100;
	int64_t amount;

	if ((point && strlen(point + 1) != 2) || !cost_read(text, &amount))
		return false;
	return amount / 1000 == (cost->total + cent / 2) / cent * cent;
}

/* The same line a second time, perhaps since nobody answered the first one,
 * has to say so. */
static bool is_agreed(const struct doing *d, const struct review *review,
	struct error *err)
{
	const struct options *o = d->runtime->options;
	struct str money = STR_INIT, words = STR_INIT, plain = STR_INIT;
	const char *challenge = review_challenge(review);
	bool again = strcmp(challenge, "YES"), ok;
	struct cost cost;

	review_cost(review, &cost);
	ok = o->confirm && !strcmp(o->confirm, challenge) && o->total &&
		is_total(o->total, &cost);
	if (!ok) {
		cost_money(cost.total, cost.currency, &money);
		cost_words(cost.total, cost.currency, &words);
		cost_plain(cost.total, &plain);
		error_set(err, ERR_NEED_CONFIRM, "%sthis would spend %s (%s): "
			"buy it with --confirm=%s --total=%s", again ?
			"one like it was bought just now; " : "", money.p,
			words.p, again ? "'YES again'" : "YES", plain.p);
	}
	str_clear(&money);
	str_clear(&words);
	str_clear(&plain);
	return ok;
}

static void cancel(void *task)
{
	review_cancel(task);
}

/* What people agree to is the row as it was read for them. */
static void take_row(struct doing *d, const struct review *review)
{
	struct target *t = &d->targets.items[0];
	struct segment *old = t->row.segment;

	t->row = review_row(review);
	segment_ref(t->row.segment);
	segment_unref(old);
}

bool do_spend(struct doing *d, struct error *err)
{
	struct review *review;
	bool ok;

	if (d->targets.count > 1)
		return error_set(err, ERR_USAGE, "%s.%s buys one at a time, "
			"not %zu", d->form.compiled->resource->name,
			d->form.action->name, d->targets.count);
	review = review_start(d->runtime->pool, d->box, &d->form,
		&d->targets.items[0]);
	while (do_take(d, cancel, review)->index != TASK_END)
		continue;
	write_lines(review);
	ok = review_allows(review, err) && (d->form.dry_run ||
		is_agreed(d, review, err));
	if (ok)
		take_row(d, review);
	review_free(review);
	return ok;
}
