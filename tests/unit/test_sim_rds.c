/* SPDX-License-Identifier: MIT */
/* RDS: lists, pages, and databases that start and stop with the clock. */
#include "base/clock.h"
#include "sim/sim.h"
#include "sim_client.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define NOW 1795392840000
#define V "&Version=2014-10-31"
#define LIST "Action=DescribeDBInstances" V
#define FILTER(name, value) "&Filters.Filter.1.Name=" name \
	"&Filters.Filter.1.Values.Value.1=" value

static struct sim *sim;
static struct sim_client c;

static int start(void **state)
{
	struct sim_options options = { .instances = 3000 };
	struct error err = ERROR_INIT;

	(void)state;
	sim = sim_start(&options, &err);
	sim_client_init(&c, sim, "rds");
	return sim ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	sim_client_clear(&c);
	sim_stop(sim);
	return 0;
}

static void test_refusals(void **state)
{
	static const struct { const char *form, *code; } rows[] = {
		{ LIST "&MaxRecords=19", "InvalidParameterValue" },
		{ LIST "&MaxRecords=101", "InvalidParameterValue" },
		{ LIST "&Marker=x", "InvalidParameterValue" },
		{ LIST FILTER("no", "x"), "InvalidParameterValue" },
		{ LIST FILTER("", "x"), "InvalidParameterValue" },
		{ LIST "&Filters.Filter.1.Name=engine", "InvalidParameterValue" },
		{ LIST "&DBInstanceIdentifier=nobody", "DBInstanceNotFound" },
		{ "Action=DescribeDBClusters" V "&DBClusterIdentifier=x", "DBClusterNotFoundFault" },
		{ "Action=StopDBInstance" V, "ValidationError" },
		{ "Action=StopDBInstance" V "&DBInstanceIdentifier=no", "DBInstanceNotFound" },
		{ "Action=StopDBInstance" V "&DBInstanceIdentifier=orders-db", "InvalidDBInstanceState" },
		{ "Action=StopDBInstance" V "&DBInstanceIdentifier=events-1", "InvalidParameterCombination" },
		{ "Action=StartDBInstance" V "&DBInstanceIdentifier=erp", "InvalidDBInstanceState" },
		{ "Action=RebootDBInstance" V "&DBInstanceIdentifier=office-crm&ForceFailover=true",
		  "InvalidParameterCombination" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *body = sim_client_form(&c, rows[i].form, NULL);
		char *code = sim_element(body, "Code");

		assert_non_null(code);
		assert_string_equal(code, rows[i].code);
		free(code);
		free(body);
	}
}

static void test_pages(void **state)
{
	struct str form = STR_INIT;
	char *token = NULL;
	size_t count = 0, pages = 0;

	(void)state;
	do {
		char *body;

		str_reset(&form);
		str_add(&form, LIST "&MaxRecords=100");
		if (token) {
			str_add(&form, "&Marker=");
			str_add_uri(&form, token, strlen(token), "");
		}
		free(token);
		body = sim_client_form(&c, form.p, NULL);
		count += sim_count(body, "<DBInstance>");
		token = sim_element(body, "Marker");
		pages++;
		free(body);
	} while (token);
	assert_int_equal(count, 152);
	assert_int_equal(pages, 2);
	str_clear(&form);
}

static void expect_status(const char *id, const char *wanted)
{
	struct str form = STR_INIT;
	char *body, *status;

	str_addf(&form, LIST "&DBInstanceIdentifier=%s", id);
	body = sim_client_form(&c, form.p, NULL);
	status = sim_element(body, "DBInstanceStatus");
	assert_non_null(status);
	assert_string_equal(status, wanted);
	free(status);
	free(body);
	str_clear(&form);
}

static void test_states(void **state)
{
	static const char arn[] = "arn:aws:rds:us-east-1:210987654321:db:"
		"reporting-old";

	(void)state;
	expect_status(arn, "stopped");
	free(sim_client_form(&c, "Action=StartDBInstance" V
		"&DBInstanceIdentifier=Reporting-Old", NULL));
	expect_status("reporting-old", "starting");
	clock_advance(60000);
	expect_status("reporting-old", "available");
	free(sim_client_form(&c, "Action=RebootDBInstance" V
		"&DBInstanceIdentifier=reporting-old", NULL));
	expect_status("reporting-old", "rebooting");
	clock_advance(30000);
	free(sim_client_form(&c, "Action=StopDBInstance" V
		"&DBInstanceIdentifier=reporting-old", NULL));
	expect_status("reporting-old", "stopping");
	clock_advance(60000);
	expect_status("reporting-old", "stopped");
}

static void test_cluster(void **state)
{
	char *body = sim_client_form(&c, "Action=DescribeDBClusters" V
		"&DBClusterIdentifier=shop-aurora", NULL);

	(void)state;
	assert_int_equal(sim_count(body, "<DBClusterMember>"), 3);
	assert_int_equal(sim_count(body,
		"<IsClusterWriter>true</IsClusterWriter>"), 1);
	free(body);
	body = sim_client_form(&c, LIST FILTER("db-cluster-id",
		"shop-aurora"), NULL);
	assert_int_equal(sim_count(body, "<DBInstance>"), 3);
	free(body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_cluster),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, start, stop);
}
