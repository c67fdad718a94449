/* SPDX-License-Identifier: MIT */
/* EC2: pages, ids, filters, states that move with the clock, tags. */
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
#define V "&Version=2016-11-15"
#define INSTANCES "Action=DescribeInstances" V

static struct sim *sim;
static struct sim_client c;

static int start(void **state)
{
	struct sim_options options = { .instances = 240 };
	struct error err = ERROR_INIT;

	(void)state;
	sim = sim_start(&options, &err);
	sim_client_init(&c, sim, "ec2");
	return sim ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	sim_client_clear(&c);
	sim_stop(sim);
	return 0;
}

static void expect(const char *form, const char *wanted)
{
	char *body = sim_client_form(&c, form, NULL);
	char *code = sim_element(body, "Code");

	assert_non_null(code);
	assert_string_equal(code, wanted);
	free(code);
	free(body);
}

static char *formf(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Sends the form and gives the body of a good answer. */
static char *formf(const char *format, ...)
{
	char form[4096];
	unsigned status;
	va_list ap;
	char *body;

	va_start(ap, format);
	vsnprintf(form, sizeof(form), format, ap);
	va_end(ap);
	body = sim_client_form(&c, form, &status);
	if (status != 200)
		print_message("%s\n%s\n", form, body);
	assert_int_equal(status, 200);
	return body;
}

static void test_refusals(void **state)
{
	static const struct { const char *form, *code; } rows[] = {
		{ INSTANCES "&MaxResults=4", "InvalidParameterValue" },
		{ INSTANCES "&MaxResults=1001", "InvalidParameterValue" },
		{ INSTANCES "&MaxResults=x", "InvalidParameterValue" },
		{ INSTANCES "&NextToken=x", "InvalidParameterValue" },
		{ INSTANCES "&InstanceId.1=i-0&MaxResults=5", "InvalidParameterCombination" },
		{ INSTANCES "&InstanceId.1=i-0", "InvalidInstanceID.Malformed" },
		{ INSTANCES "&InstanceId.1=vol-0123456789abcdef0", "InvalidInstanceID.Malformed" },
		{ INSTANCES "&InstanceId.1=i-0123456789abcdef0", "InvalidInstanceID.NotFound" },
		{ INSTANCES "&Filter.1.Name=no&Filter.1.Value.1=x", "InvalidParameterValue" },
		{ INSTANCES "&DryRun=true", "DryRunOperation" },
		{ "Action=StartInstances" V, "MissingParameter" },
		{ "Action=DescribeVolumes" V "&VolumeId.1=vol-0123456789abcdef0", "InvalidVolume.NotFound" },
		{ "Action=CreateTags" V "&ResourceId.1=i-0&Tag.1.Key=a", "InvalidInstanceID.Malformed" },
		{ "Action=CreateTags" V "&ResourceId.1=x&Tag.1.Key=a", "InvalidID" },
		{ "Action=CreateTags" V "&ResourceId.1=x&Tag.1.Key=aws:a", "InvalidParameterValue" },
		{ "Action=CreateTags" V "&ResourceId.1=x", "MissingParameter" },
		{ "Action=DescribeRegions" V "&RegionName.1=mars-1", "InvalidParameterValue" },
		{ "Action=Describe" V, "InvalidAction" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		expect(rows[i].form, rows[i].code);
}

/* Goes through all pages; returns how many instances there were. */
static size_t page_through(const char *form, unsigned size, size_t *pages)
{
	struct str next = STR_INIT;
	size_t count = 0;

	*pages = 0;
	do {
		char *body = formf("%s&MaxResults=%u%s%s", form, size,
			next.len ? "&NextToken=" : "", next.p);
		char *token = sim_element(body, "nextToken");

		assert_true(sim_count(body, "<amiLaunchIndex>") <= size);
		count += sim_count(body, "<amiLaunchIndex>");
		++*pages;
		str_reset(&next);
		if (token)
			str_add_uri(&next, token, strlen(token), "");
		free(token);
		free(body);
	} while (next.len > 0);
	str_clear(&next);
	return count;
}

static void test_pages(void **state)
{
	size_t pages;

	(void)state;
	assert_int_equal(page_through(INSTANCES, 7, &pages), 240);
	assert_int_equal(pages, 35);
	assert_int_equal(page_through(INSTANCES, 240, &pages), 240);
	assert_int_equal(pages, 1);
	assert_true(page_through(INSTANCES "&Filter.1.Name=tag:env&"
		"Filter.1.Value.1=prod", 5, &pages) > 100);
}

/* A token is good for its own question only. */
static void test_foreign_token(void **state)
{
	char *body = formf("%s", INSTANCES "&MaxResults=5");
	char *token = sim_element(body, "nextToken");
	struct str uri = STR_INIT;
	char form[512];

	(void)state;
	str_add_uri(&uri, token, strlen(token), "");
	snprintf(form, sizeof(form), INSTANCES "&NextToken=%s&Filter.1.Name="
		"tag:env&Filter.1.Value.1=prod", uri.p);
	expect(form, "InvalidParameterValue");
	snprintf(form, sizeof(form), "Action=DescribeVolumes" V
		"&NextToken=%s", uri.p);
	expect(form, "InvalidParameterValue");
	snprintf(form, sizeof(form), INSTANCES "&NextToken=%s", uri.p);
	c.region = "eu-west-1";
	expect(form, "InvalidParameterValue");
	c.region = "us-east-1";
	free(formf("%s", form));
	str_clear(&uri);
	free(token);
	free(body);
}

static char *first_in_state(const char *name)
{
	char *body = formf(INSTANCES "&Filter.1.Name=instance-state-name&"
		"Filter.1.Value.1=%s&Filter.2.Name=tag:team&"
		"Filter.2.Value.1=storefront", name);
	char *id = sim_element(body, "instanceId");

	assert_non_null(id);
	free(body);
	return id;
}

static void expect_state(const char *id, const char *wanted)
{
	char *body = formf(INSTANCES "&InstanceId.1=%s", id);
	const char *at = strstr(body, "<instanceState>");
	char *name = sim_element(at, "name");

	assert_string_equal(name, wanted);
	free(name);
	free(body);
}

static void test_states_follow_the_clock(void **state)
{
	char *id = first_in_state("running");
	char form[256];

	(void)state;
	free(formf("Action=StopInstances" V "&InstanceId.1=%s", id));
	expect_state(id, "stopping");
	snprintf(form, sizeof(form), "Action=StartInstances" V
		"&InstanceId.1=%s", id);
	expect(form, "IncorrectInstanceState");
	clock_advance(29999);
	expect_state(id, "stopping");
	clock_advance(1);
	expect_state(id, "stopped");
	free(formf("%s", form));
	expect_state(id, "pending");
	clock_advance(20000);
	expect_state(id, "running");
	free(formf("Action=StopInstances" V "&Force=true&InstanceId.1=%s",
		id));
	clock_advance(5000);
	expect_state(id, "stopped");
	free(formf("Action=TerminateInstances" V "&InstanceId.1=%s", id));
	expect_state(id, "shutting-down");
	clock_advance(1000);
	expect_state(id, "terminated");
	clock_advance(3600000);
	snprintf(form, sizeof(form), INSTANCES "&InstanceId.1=%s", id);
	expect(form, "InvalidInstanceID.NotFound");
	free(id);
}

/* One wrong id, or one wrong state, and nothing is done. */
static void test_all_or_nothing(void **state)
{
	char *running = first_in_state("running");
	char *gone = first_in_state("terminated");
	char form[256];

	(void)state;
	snprintf(form, sizeof(form), "Action=StopInstances" V
		"&InstanceId.1=%s&InstanceId.2=i-0123456789abcdef0", running);
	expect(form, "InvalidInstanceID.NotFound");
	snprintf(form, sizeof(form), "Action=StopInstances" V
		"&InstanceId.1=%s&InstanceId.2=%s", running, gone);
	expect(form, "IncorrectInstanceState");
	snprintf(form, sizeof(form), "Action=StopInstances" V
		"&InstanceId.1=%s&DryRun=true", running);
	expect(form, "DryRunOperation");
	expect_state(running, "running");
	free(running);
	free(gone);
}

static void test_terminated_takes_its_root_volume(void **state)
{
	char *id = first_in_state("running");
	char *body = formf(INSTANCES "&InstanceId.1=%s", id);
	char *volume = sim_element(body, "volumeId");
	char form[256];

	(void)state;
	free(body);
	snprintf(form, sizeof(form), "Action=DescribeVolumes" V
		"&VolumeId.1=%s", volume);
	body = formf("%s", form);
	assert_non_null(strstr(body, id));
	free(body);
	free(formf("Action=TerminateInstances" V "&InstanceId.1=%s", id));
	clock_advance(30000);
	expect(form, "InvalidVolume.NotFound");
	body = formf(INSTANCES "&InstanceId.1=%s", id);
	assert_null(strstr(body, "<vpcId>"));
	assert_non_null(strstr(body, "<networkInterfaceSet/>"));
	free(body);
	free(volume);
	free(id);
}

static void test_tags(void **state)
{
	char *id = first_in_state("running");
	char *body;

	(void)state;
	free(formf("Action=CreateTags" V "&ResourceId.1=%s&Tag.1.Key=Name&"
		"Tag.1.Value=%%3Cnew%%26%%3E&Tag.2.Key=x&Tag.2.Value=y", id));
	body = formf(INSTANCES "&Filter.1.Name=tag:Name&Filter.1.Value.1="
		"%%3Cnew*");
	assert_non_null(strstr(body, id));
	assert_non_null(strstr(body, "<value>&lt;new&amp;&gt;</value>"));
	free(body);
	free(formf("Action=DeleteTags" V "&ResourceId.1=%s&Tag.1.Key=x&"
		"Tag.1.Value=other&Tag.2.Key=Name", id));
	body = formf("Action=DescribeTags" V "&Filter.1.Name=resource-id&"
		"Filter.1.Value.1=%s", id);
	assert_null(strstr(body, "<key>Name</key>"));
	assert_non_null(strstr(body, "<key>x</key><value>y</value>"));
	free(body);
	free(id);
}

static void test_filters(void **state)
{
	static const struct { const char *name, *value; } rows[] = {
		{ "tag:Name", "web-?" }, { "tag:Name", "*-东*" },
		{ "tag:Name", "" }, { "tag:Name", "***" },
		{ "instance-type", "m*.?arge" }, { "tag-key", "Na*e" },
		{ "tag:Name", "\\*" },
	};
	static const int wanted[] = { 1, 0, 0, 1, 1, 1, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct str value = STR_INIT;
		char *body;

		str_add_uri(&value, rows[i].value, strlen(rows[i].value), "");
		body = formf(INSTANCES "&Filter.1.Name=%s&Filter.1.Value.1=%s",
			rows[i].name, value.p);
		assert_int_equal(strstr(body, "<instanceId>") != NULL,
			wanted[i]);
		free(body);
		str_clear(&value);
	}
}

/* A hundred thousand rows are there at once, and end where they should. */
static void test_many(void **state)
{
	struct sim_options options = { .instances = 100000 };
	struct error err = ERROR_INIT;
	struct sim *own = sim, *many = sim_start(&options, &err);
	struct sim_client before = c;
	size_t pages;

	(void)state;
	assert_non_null(many);
	sim = many;
	sim_client_init(&c, many, "ec2");
	assert_int_equal(page_through(INSTANCES "&Filter.1.Name=tag:Name&"
		"Filter.1.Value.1=web-27499", 1000, &pages), 1);
	assert_int_equal(pages, 4);
	sim_client_clear(&c);
	sim_stop(many);
	sim = own;
	c = before;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_foreign_token),
		cmocka_unit_test(test_states_follow_the_clock),
		cmocka_unit_test(test_all_or_nothing),
		cmocka_unit_test(test_terminated_takes_its_root_volume),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_many),
	};

	clock_set_virtual(NOW);
	return cmocka_run_group_tests(tests, start, stop);
}
