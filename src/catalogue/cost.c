/* SPDX-License-Identifier: MIT */
#include "catalogue/cost.h"

#include "base/text.h"

#include <string.h>

#define CENT (COST_UNIT / 100)

#define DECIMALS 9

bool cost_read(const char *text, int64_t *billionths)
{
	int64_t number = 0;
	int decimals = -1;       /* -1: no point yet */
	bool any = false;

	for (; *text; text++) {
		if (*text == '.' && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (*text < '0' || *text > '9')
			return false;
		any = true;
		if (decimals == DECIMALS)
			continue;
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, *text - '0', &number))
			return false;
		decimals += decimals >= 0;
	}
	for (; any && decimals < DECIMALS; decimals++) {
		if (decimals < 0)
			decimals = 0;
		if (__builtin_mul_overflow(number, 10, &number))
			return false;
	}
	*billionths = number;
	return any;
}

static void add_symbol(const char *currency, struct str *out)
{
	if (!*currency || str_eq(currency, "USD"))
		str_addc(out, '$');
	else
		str_addf(out, "%s ", currency);
}

void cost_money(int64_t amount, const char *currency, struct str *out)
{
	if (amount < 0)
		str_addc(out, '-');
	amount = amount < 0 ? -amount : amount;
	add_symbol(currency, out);
	if (amount % CENT) {     /* parts of a cent, for an hour's price */
		amount = (amount + 50) / 100;
		text_add_grouped(out, amount / (COST_UNIT / 100));
		str_addf(out, ".%04d", (int)(amount % (COST_UNIT / 100)));
		return;
	}
	text_add_grouped(out, amount / COST_UNIT);
	str_addf(out, ".%02d", (int)(amount % COST_UNIT / CENT));
}

void cost_plain(int64_t amount, struct str *out)
{
	int64_t cents = (amount + CENT / 2) / CENT;

	str_addf(out, "%lld.%02d", (long long)(cents / 100),
		(int)(cents % 100));
}

static void add_below_thousand(int n, struct str *out)
{
	static const char *const small[] = { "", "one", "two", "three",
		"four", "five", "six", "seven", "eight", "nine", "ten",
		"eleven", "twelve", "thirteen", "fourteen", "fifteen",
		"sixteen", "seventeen", "eighteen", "nineteen" };
	static const char *const tens[] = { "", "", "twenty", "thirty",
		"forty", "fifty", "sixty", "seventy", "eighty", "ninety" };

	if (n >= 100)
		str_addf(out, "%s hundred%s", small[n / 100], n % 100 ?
			" and " : "");
	n %= 100;
	if (n >= 20)
		str_addf(out, "%s%s%s", tens[n / 10], n % 10 ? "-" : "",
			small[n % 10]);
	else
		str_add(out, small[n]);
}

static void add_number(int64_t n, struct str *out)
{
	static const struct {
		int64_t size;
		const char *name;
	} groups[] = { { 1000000000000, "trillion" },
		{ 1000000000, "billion" }, { 1000000, "million" },
		{ 1000, "thousand" } };
	size_t from = out->len;

	if (!n)
		str_add(out, "no");
	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
		int part = (int)(n / groups[i].size % 1000);

		if (!part)
			continue;
		str_add(out, out->len > from ? " " : "");
		add_below_thousand(part, out);
		str_addf(out, " %s", groups[i].name);
	}
	if (!(n % 1000))
		return;
	if (out->len > from)
		str_add(out, n % 1000 < 100 ? " and " : " ");
	add_below_thousand((int)(n % 1000), out);
}

void cost_words(int64_t amount, const char *currency, struct str *out)
{
	int64_t cents = (amount + CENT / 2) / CENT;
	bool dollars = !*currency || str_eq(currency, "USD");

	add_number(cents / 100, out);
	if (dollars)
		str_add(out, cents / 100 == 1 ? " dollar" : " dollars");
	else
		str_addf(out, " %s", currency);
	if (!(cents % 100))
		return;
	str_add(out, " and ");
	add_number(cents % 100, out);
	str_add(out, cents % 100 == 1 ? " cent" : " cents");
}
