/* SPDX-License-Identifier: MIT */
/* Computed cells of EC2's network. */
#include "catalogue/derive.h"

#include "base/str.h"
#include "catalogue/derive_node.h"

#include <stdlib.h>
#include <string.h>

/* Ports by the name that people know them by. Whoever may reach an admin
 * port from everywhere is let at the machine itself. */
static const struct port {
	long number;
	const char *name;
	bool admin;
} ports[] = {
	{ 20, "ftp", false }, { 21, "ftp", false }, { 22, "ssh", true },
	{ 23, "telnet", true }, { 25, "smtp", false }, { 53, "dns", false },
	{ 80, "http", false }, { 123, "ntp", false }, { 389, "ldap", false },
	{ 443, "https", false }, { 445, "smb", true },
	{ 465, "smtps", false }, { 587, "smtp", false },
	{ 636, "ldaps", false }, { 993, "imaps", false },
	{ 1433, "mssql", true }, { 1521, "oracle", true },
	{ 2049, "nfs", false }, { 2375, "docker", true },
	{ 2379, "etcd", true }, { 3306, "mysql", true },
	{ 3389, "rdp", true }, { 5432, "pgsql", true },
	{ 5439, "redshft", true }, { 5900, "vnc", true },
	{ 5985, "winrm", true }, { 5986, "winrm", true },
	{ 6379, "redis", true }, { 6443, "k8s", true },
	{ 9200, "elastic", true }, { 11211, "memcach", true },
	{ 27017, "mongo", true },
};

#define PORTS (sizeof(ports) / sizeof(ports[0]))

static bool is_everybody(const char *cidr)
{
	return str_eq(cidr, "0.0.0.0/0") || str_eq(cidr, "::/0");
}

/* What stands at a path of a rule, as DescribeSecurityGroupRules or a
 * network ACL tells it; -1: all. */
static long port_of(const struct cell *cell, const char *a, const char *b)
{
	const char *text = derive_leaf(cell->doc, cell->node, a);

	if (!*text)
		text = derive_leaf(cell->doc, cell->node, b);
	return *text ? strtol(text, NULL, 10) : -1;
}

static const struct port *admin_port(const char *protocol, long from, long to)
{
	bool all = str_eq(protocol, "-1");

	if (!all && !str_eq(protocol, "tcp") && !str_eq(protocol, "6"))
		return NULL;
	for (size_t i = 0; i < PORTS; i++)
		if (ports[i].admin && (all || from < 0 ||
		    (ports[i].number >= from && ports[i].number <= to)))
			return &ports[i];
	return NULL;
}

static void add_sign(const struct cell *cell, const char *sign,
	struct str *out)
{
	if (!cell->signs)
		return;
	str_add(out, sign);
	str_addc(out, ' ');
}

static enum role add_bad(const struct cell *cell, struct str *out)
{
	add_sign(cell, cell->signs ? cell->signs->failed : "", out);
	return ROLE_BAD;
}

enum role derive_rule_direction(const struct cell *cell, struct str *out)
{
	str_add(out, str_eq(cell->text, "true") ? "out" : "in");
	return ROLE_TEXT;
}

enum role derive_rule_protocol(const struct cell *cell, struct str *out)
{
	static const char *const names[][2] = {
		{ "-1", "all" }, { "1", "icmp" }, { "6", "tcp" },
		{ "17", "udp" }, { "47", "gre" }, { "50", "esp" },
		{ "51", "ah" }, { "58", "icmp6" }, { "icmpv6", "icmp6" },
	};
	const char *text = cell->text ? cell->text : "";

	for (size_t i = 0; !cell->plain && i < sizeof(names) /
	     sizeof(names[0]); i++)
		if (str_eq(text, names[i][0]))
			text = names[i][1];
	str_add(out, text);
	return ROLE_TEXT;
}

static bool has_ports(const char *protocol)
{
	return str_eq(protocol, "tcp") || str_eq(protocol, "udp") ||
		str_eq(protocol, "6") || str_eq(protocol, "17");
}

static void add_ports(const char *protocol, long from, long to, bool plain,
	struct str *out)
{
	if (!has_ports(protocol) || from < 0 || (from == 0 && to == 65535)) {
		if (has_ports(protocol) || str_eq(protocol, "-1") || from < 0)
			str_add(out, "all");
		else
			str_addf(out, "%ld", from);
		return;
	}
	if (from != to) {
		str_addf(out, "%ld-%ld", from, to);
		return;
	}
	str_addf(out, "%ld", from);
	for (size_t i = 0; !plain && i < PORTS; i++)
		if (ports[i].number == from)
			str_addf(out, " %s", ports[i].name);
}

/* "22 ssh", "8080-8090", "all". */
enum role derive_rule_ports(const struct cell *cell, struct str *out)
{
	const char *protocol = derive_leaf(cell->doc, cell->node,
		"ipProtocol");

	if (!*protocol)
		protocol = derive_leaf(cell->doc, cell->node, "protocol");
	add_ports(protocol, port_of(cell, "fromPort", "portRange/from"),
		port_of(cell, "toPort", "portRange/to"), cell->plain, out);
	return ROLE_TEXT;
}

/* The group's name where it is known. Red: everybody may come in to an
 * admin port. */
enum role derive_rule_peer(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";
	const char *name = derive_leaf(cell->joined, cell->joined_node,
		"groupName");
	const char *protocol = derive_leaf(cell->doc, cell->node,
		"ipProtocol");
	enum role role = ROLE_TEXT;

	if (is_everybody(text) && str_eq(derive_leaf(cell->doc, cell->node,
		"isEgress"), "false") && admin_port(protocol,
		port_of(cell, "fromPort", "fromPort"),
		port_of(cell, "toPort", "toPort")))
		role = cell->plain ? ROLE_BAD : add_bad(cell, out);
	str_add(out, *name && !cell->plain ? name : text);
	return role;
}

/* Calls for each peer of a group's rules of one direction; stops at true. */
static bool each_peer(const struct cell *cell, const char *direction,
	bool (*visit)(void *data, const struct doc *d, uint32_t rule,
		uint32_t peer), void *data)
{
	static const char *const lists[] = {
		"ipRanges", "ipv6Ranges", "groups", "prefixListIds"
	};
	const struct doc *d = cell->doc;
	uint32_t set = derive_child(d, cell->node, direction);
	uint32_t rule = set == DOC_NONE ? set : doc_child(d, set);

	for (; rule != DOC_NONE; rule = doc_next(d, rule)) {
		for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]);
		     i++) {
			uint32_t list = derive_child(d, rule, lists[i]);
			uint32_t peer = list == DOC_NONE ? list :
				doc_child(d, list);

			for (; peer != DOC_NONE; peer = doc_next(d, peer))
				if (visit(data, d, rule, peer))
					return true;
		}
	}
	return false;
}

static bool count_one(void *data, const struct doc *d, uint32_t rule,
	uint32_t peer)
{
	unsigned *count = data;

	(void)d;
	(void)rule;
	(void)peer;
	++*count;
	return false;
}

static enum role add_count(const struct cell *cell, const char *direction,
	struct str *out)
{
	unsigned count = 0;

	each_peer(cell, direction, count_one, &count);
	str_addf(out, "%u", count);
	return ROLE_TEXT;
}

enum role derive_group_in(const struct cell *cell, struct str *out)
{
	return add_count(cell, "ipPermissions", out);
}

enum role derive_group_out(const struct cell *cell, struct str *out)
{
	return add_count(cell, "ipPermissionsEgress", out);
}

struct opening {
	const struct port *port;
	bool all, some;
};

static bool see_opening(void *data, const struct doc *d, uint32_t rule,
	uint32_t peer)
{
	struct opening *o = data;
	const char *protocol = derive_leaf(d, rule, "ipProtocol");
	const char *from = derive_leaf(d, rule, "fromPort");
	const char *to = derive_leaf(d, rule, "toPort");

	if (!is_everybody(derive_leaf(d, peer, "cidrIp")) &&
	    !is_everybody(derive_leaf(d, peer, "cidrIpv6")))
		return false;
	o->some = true;
	o->all = str_eq(protocol, "-1");
	o->port = admin_port(protocol, *from ? strtol(from, NULL, 10) : -1,
		*to ? strtol(to, NULL, 10) : -1);
	return o->port != NULL;
}

/* What everybody may reach: an admin port by name, else "web" or so is not
 * told: just that it is public. */
enum role derive_group_open(const struct cell *cell, struct str *out)
{
	struct opening o = { 0 };

	each_peer(cell, "ipPermissions", see_opening, &o);
	if (!o.some)
		return ROLE_TEXT;
	if (!o.port) {
		str_add(out, "public");
		return ROLE_TEXT;
	}
	add_bad(cell, out);
	if (o.all)
		str_add(out, "all");
	else
		str_addf(out, "%ld %s", o.port->number, o.port->name);
	return ROLE_BAD;
}

/* The joined row's Name, else the text: an instance by its name. */
enum role derive_tagged_name(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->joined;
	uint32_t set = d ? derive_child(d, cell->joined_node, "tagSet") :
		DOC_NONE;
	uint32_t n = set == DOC_NONE ? set : doc_child(d, set);
	const char *name = "";

	for (; n != DOC_NONE; n = doc_next(d, n))
		if (str_eq(derive_leaf(d, n, "key"), "Name"))
			name = derive_leaf(d, n, "value");
	if (*name && !cell->plain)
		str_add(out, name);
	else if (cell->text)
		str_addn(out, cell->text, cell->len);
	return ROLE_TEXT;
}

/* An address that nothing uses costs money for nothing. */
enum role derive_address_state(const struct cell *cell, struct str *out)
{
	if (cell->text && cell->len)
		return state_show("in-use", 6, cell->signs, out);
	add_sign(cell, cell->signs ? cell->signs->warn : "", out);
	str_add(out, "idle");
	return ROLE_WARN;
}

/* A gateway that is not attached is for nobody. AWS says "available" of an
 * attachment that works. */
enum role derive_gateway_state(const struct cell *cell, struct str *out)
{
	if (cell->plain && cell->text)
		str_addn(out, cell->text, cell->len);
	else if (str_eq(cell->text, "available"))
		return state_show("attached", 8, cell->signs, out);
	else if (cell->text && cell->len)
		return state_show(cell->text, cell->len, cell->signs, out);
	else
		return state_show("detached", 8, cell->signs, out);
	return ROLE_TEXT;
}

enum role derive_interface_groups(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->doc;
	uint32_t set = derive_child(d, cell->node, "groupSet");
	uint32_t n = set == DOC_NONE ? set : doc_child(d, set);
	size_t from = out->len;

	for (; n != DOC_NONE; n = doc_next(d, n)) {
		if (out->len > from)
			str_add(out, ", ");
		str_add(out, derive_leaf(d, n, "groupName"));
	}
	return ROLE_TEXT;
}

/* The VPC's main table or default ACL is for the other subnets too. */
enum role derive_table_subnets(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->doc;
	uint32_t set = derive_child(d, cell->node, "associationSet");
	uint32_t n = set == DOC_NONE ? set : doc_child(d, set);
	unsigned count = 0;

	for (; n != DOC_NONE; n = doc_next(d, n))
		count += *derive_leaf(d, n, "subnetId") != '\0';
	str_addf(out, "%u", count);
	return ROLE_TEXT;
}

static const char *route_target(const struct doc *d, uint32_t route)
{
	static const char *const paths[] = {
		"gatewayId", "natGatewayId", "transitGatewayId",
		"vpcPeeringConnectionId", "networkInterfaceId", "instanceId"
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *target = derive_leaf(d, route, paths[i]);

		if (*target)
			return target;
	}
	return "";
}

/* Where all goes that has no route of its own; red: any of its routes leads
 * into a black hole. */
enum role derive_table_default(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->doc;
	uint32_t set = derive_child(d, cell->node, "routeSet");
	uint32_t n = set == DOC_NONE ? set : doc_child(d, set);
	const char *target = "";
	bool hole = false;

	for (; n != DOC_NONE; n = doc_next(d, n)) {
		hole |= str_eq(derive_leaf(d, n, "state"), "blackhole");
		if (is_everybody(derive_leaf(d, n, "destinationCidrBlock")))
			target = route_target(d, n);
	}
	if (hole && !cell->plain)
		add_bad(cell, out);
	str_add(out, target);
	return hole ? ROLE_BAD : ROLE_TEXT;
}

/* The last entry, which is always there, has the number 32767. */
enum role derive_acl_number(const struct cell *cell, struct str *out)
{
	if (!cell->plain && str_eq(cell->text, "32767"))
		str_addc(out, '*');
	else if (cell->text)
		str_addn(out, cell->text, cell->len);
	return ROLE_TEXT;
}

/* com.amazonaws.eu-west-1.s3 → s3; others as they are. */
enum role derive_endpoint_service(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";
	const char *dot = str_starts(text, "com.amazonaws.") ?
		strchr(text + strlen("com.amazonaws."), '.') : NULL;

	if (!cell->plain && dot && !str_starts(dot, ".vpce"))
		text = dot + 1;
	str_add(out, text);
	return ROLE_TEXT;
}

/* "2/2": a VPN of which one tunnel is down hangs on the other. */
enum role derive_vpn_tunnels(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->doc;
	uint32_t set = derive_child(d, cell->node, "vgwTelemetry");
	uint32_t n = set == DOC_NONE ? set : doc_child(d, set);
	unsigned up = 0, all = 0;

	for (; n != DOC_NONE; n = doc_next(d, n), all++)
		up += str_eq(derive_leaf(d, n, "status"), "UP");
	if (!all)
		return ROLE_TEXT;
	if (!cell->plain && cell->signs)
		add_sign(cell, up == all ? cell->signs->running : up ?
			cell->signs->warn : cell->signs->failed, out);
	str_addf(out, "%u/%u up", up, all);
	return up == all ? ROLE_GOOD : up ? ROLE_WARN : ROLE_BAD;
}
