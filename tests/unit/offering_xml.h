/* SPDX-License-Identifier: MIT */
/* Offerings of reserved instances as AWS writes them, for tests of what they
 * cost and would serve. */
#ifndef TESTS_OFFERING_XML_H
#define TESTS_OFFERING_XML_H

#include "catalogue/coverage.h"
#include "tests/unit/derive_cell.h"

#include <stdlib.h>

#define YEAR "31536000"

/* An offering: fixed price, recurring charge, and what else is said. */
static char *offering(const char *fixed, const char *hourly,
	const char *more)
{
	struct str xml = STR_INIT;

	str_addf(&xml, "<item><reservedInstancesOfferingId>438e012c"
		"</reservedInstancesOfferingId><duration>" YEAR "</duration>"
		"<fixedPrice>%s</fixedPrice><usagePrice>0.0</usagePrice>"
		"<currencyCode>USD</currencyCode><recurringCharges><item>"
		"<frequency>Hourly</frequency><amount>%s</amount></item>"
		"</recurringCharges>%s</item>", fixed, hourly, more);
	return str_take(&xml);
}

#define M7I "<instanceType>m7i.large</instanceType>" \
	"<productDescription>Linux/UNIX (Amazon VPC)</productDescription>" \
	"<instanceTenancy>default</instanceTenancy>"

static const char *count_field(const void *data, const char *name)
{
	assert_string_equal(name, "count");
	return data;
}

#endif
