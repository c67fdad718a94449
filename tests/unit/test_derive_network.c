/* SPDX-License-Identifier: MIT */
/* Cells of EC2's network: what is red, and what is not. */
#include "catalogue/derive.h"

#include "doc/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct doc *read_xml(const char *xml)
{
	struct error err = ERROR_INIT;
	struct doc *d = reader_read(READER_XML, NULL, xml, strlen(xml), &err);

	if (!d)
		fail_msg("%s", err.text);
	return d;
}

/* The cell of a row; path: the leaf whose text it gets. */
static void gives(derive_function *derive, const char *row, const char *text,
	const char *want, enum role role)
{
	struct doc *d = read_xml(row);
	struct cell cell = { .doc = d, .joined_node = DOC_NONE,
		.signs = signs_ascii(), .text = text,
		.len = text ? strlen(text) : 0 };
	struct str out = STR_INIT;

	assert_int_equal(derive(&cell, &out), role);
	assert_string_equal(out.p, want);
	str_clear(&out);
	doc_unref(d);
}

static void empty_rows(void **state)
{
	static derive_function *const functions[] = {
		derive_group_open, derive_rule_protocol, derive_rule_peer,
		derive_tagged_name, derive_interface_groups,
		derive_table_default, derive_acl_number,
		derive_endpoint_service, derive_vpn_tunnels
	};
	(void)state;

	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)
		gives(functions[i], "<a/>", NULL, "", ROLE_TEXT);
	gives(derive_group_in, "<a/>", NULL, "0", ROLE_TEXT);
	gives(derive_table_subnets, "<a/>", NULL, "0", ROLE_TEXT);
	gives(derive_rule_ports, "<a/>", NULL, "all", ROLE_TEXT);
	gives(derive_address_state, "<a/>", NULL, "! idle", ROLE_WARN);
	gives(derive_gateway_state, "<a/>", NULL, "o detached", ROLE_DIM);
}

#define RULE(egress, protocol, from, to) "<a><isEgress>" egress \
	"</isEgress><ipProtocol>" protocol "</ipProtocol><fromPort>" from \
	"</fromPort><toPort>" to "</toPort></a>"

static void ports_have_names(void **state)
{
	static const struct { const char *row, *want; } rows[] = {
		{ RULE("false", "tcp", "22", "22"), "22 ssh" },
		{ RULE("false", "tcp", "23456", "23456"), "23456" },
		{ RULE("false", "udp", "53", "53"), "53 dns" },
		{ RULE("false", "tcp", "0", "65535"), "all" },
		{ RULE("false", "tcp", "8000", "8010"), "8000-8010" },
		{ RULE("false", "-1", "-1", "-1"), "all" },
		{ RULE("false", "icmp", "-1", "-1"), "all" },
		{ RULE("false", "icmp", "8", "-1"), "8" },
		{ RULE("false", "tcp", "x", "y"), "0" },
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		gives(derive_rule_ports, rows[i].row, NULL, rows[i].want,
			ROLE_TEXT);
}

static void everybody_at_an_admin_port_is_red(void **state)
{
	static const struct {
		const char *row, *peer;
		enum role role;
	} rows[] = {
		{ RULE("false", "tcp", "22", "22"), "0.0.0.0/0", ROLE_BAD },
		{ RULE("false", "tcp", "22", "22"), "::/0", ROLE_BAD },
		{ RULE("false", "6", "22", "22"), "::/0", ROLE_BAD },
		{ RULE("false", "tcp", "1", "1024"), "0.0.0.0/0", ROLE_BAD },
		{ RULE("false", "-1", "-1", "-1"), "0.0.0.0/0", ROLE_BAD },
		{ RULE("false", "tcp", "3389", "3389"), "::/0", ROLE_BAD },
		{ RULE("false", "tcp", "443", "443"), "::/0", ROLE_TEXT },
		{ RULE("false", "udp", "22", "22"), "::/0", ROLE_TEXT },
		{ RULE("false", "tcp", "22", "22"), "10.0.0.0/8", ROLE_TEXT },
		{ RULE("true", "-1", "-1", "-1"), "0.0.0.0/0", ROLE_TEXT },
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char want[64];

		snprintf(want, sizeof(want), "%s%s", rows[i].role == ROLE_BAD
			? "x " : "", rows[i].peer);
		gives(derive_rule_peer, rows[i].row, rows[i].peer, want,
			rows[i].role);
	}
}

#define GROUP(protocol, port, list) "<a><ipPermissions><item><ipProtocol>" \
	protocol "</ipProtocol><fromPort>" port "</fromPort><toPort>" port \
	"</toPort>" list "</item></ipPermissions></a>"
#define ALL4 "<ipRanges><item><cidrIp>10.0.0.0/8</cidrIp></item><item>" \
	"<cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>"
#define ALL6 "<ipv6Ranges><item><cidrIpv6>::/0</cidrIpv6></item></ipv6Ranges>"

static void groups_say_what_is_open(void **state)
{
	(void)state;
	gives(derive_group_open, GROUP("tcp", "22", ALL4), NULL, "x 22 ssh",
		ROLE_BAD);
	gives(derive_group_open, GROUP("tcp", "3389", ALL6), NULL,
		"x 3389 rdp", ROLE_BAD);
	gives(derive_group_open, GROUP("-1", "", ALL4), NULL, "x all",
		ROLE_BAD);
	gives(derive_group_open, GROUP("tcp", "443", ALL4), NULL, "public",
		ROLE_TEXT);
	gives(derive_group_open, GROUP("tcp", "22", "<ipRanges><item><cidrIp>"
		"10.0.0.0/8</cidrIp></item></ipRanges>"), NULL, "", ROLE_TEXT);
	gives(derive_group_in, GROUP("tcp", "22", ALL4 ALL6), NULL, "3",
		ROLE_TEXT);
}

#define TUNNEL(status) "<item><status>" status "</status></item>"
#define VPN(tunnels) "<a><vgwTelemetry>" tunnels "</vgwTelemetry></a>"
#define ROUTE(to, target, state) "<item><destinationCidrBlock>" to \
	"</destinationCidrBlock><natGatewayId>" target "</natGatewayId>" \
	"<state>" state "</state></item>"
#define TABLE(routes) "<a><routeSet>" routes "</routeSet></a>"

static void ways_that_lead_nowhere(void **state)
{
	(void)state;
	gives(derive_vpn_tunnels, VPN(TUNNEL("UP") TUNNEL("UP")), NULL,
		"* 2/2 up", ROLE_GOOD);
	gives(derive_vpn_tunnels, VPN(TUNNEL("UP") TUNNEL("DOWN")), NULL,
		"! 1/2 up", ROLE_WARN);
	gives(derive_vpn_tunnels, VPN(TUNNEL("DOWN") TUNNEL("DOWN")), NULL,
		"x 0/2 up", ROLE_BAD);
	gives(derive_table_default, TABLE(ROUTE("10.0.0.0/8", "nat-1",
		"active")), NULL, "", ROLE_TEXT);
	gives(derive_table_default, TABLE(ROUTE("0.0.0.0/0", "nat-1",
		"active")), NULL, "nat-1", ROLE_TEXT);
	gives(derive_table_default, TABLE(ROUTE("0.0.0.0/0", "nat-1",
		"active") ROUTE("10.0.0.0/8", "nat-2", "blackhole")), NULL,
		"x nat-1", ROLE_BAD);
}

static void words_for_people(void **state)
{
	(void)state;
	gives(derive_rule_direction, "<a/>", "true", "out", ROLE_TEXT);
	gives(derive_rule_direction, "<a/>", "false", "in", ROLE_TEXT);
	gives(derive_rule_protocol, "<a/>", "-1", "all", ROLE_TEXT);
	gives(derive_rule_protocol, "<a/>", "17", "udp", ROLE_TEXT);
	gives(derive_rule_protocol, "<a/>", "132", "132", ROLE_TEXT);
	gives(derive_acl_number, "<a/>", "32767", "*", ROLE_TEXT);
	gives(derive_acl_number, "<a/>", "100", "100", ROLE_TEXT);
	gives(derive_address_state, "<a/>", "eipassoc-1", "* in-use",
		ROLE_GOOD);
	gives(derive_gateway_state, "<a/>", "available", "* attached",
		ROLE_GOOD);
	gives(derive_endpoint_service, "<a/>", "com.amazonaws.eu-west-1.s3",
		"s3", ROLE_TEXT);
	gives(derive_endpoint_service, "<a/>", "com.amazonaws.s3-global.x",
		"x", ROLE_TEXT);
	gives(derive_endpoint_service, "<a/>", "com.amazonaws", "com.amazonaws",
		ROLE_TEXT);
	gives(derive_interface_groups, "<a><groupSet><item><groupName>b"
		"</groupName></item><item><groupName>a</groupName></item>"
		"</groupSet></a>", NULL, "b, a", ROLE_TEXT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_rows),
		cmocka_unit_test(ports_have_names),
		cmocka_unit_test(everybody_at_an_admin_port_is_red),
		cmocka_unit_test(groups_say_what_is_open),
		cmocka_unit_test(ways_that_lead_nowhere),
		cmocka_unit_test(words_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
