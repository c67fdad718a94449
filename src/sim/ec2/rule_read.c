/* SPDX-License-Identifier: MIT */
/* What requests say of rules, and how AWS refuses it. */
#include "sim/ec2/cidr.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/rule.h"

#include "base/vec.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

/* By number or name; false: there is none. */
static bool read_protocol(const char *text, char out[16])
{
	static const char *const names[][2] = {
		{ "-1", "-1" }, { "all", "-1" }, { "1", "icmp" },
		{ "6", "tcp" }, { "17", "udp" }, { "58", "icmpv6" },
		{ "icmp", "icmp" }, { "tcp", "tcp" }, { "udp", "udp" },
		{ "icmpv6", "icmpv6" },
	};
	long number;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (!strcmp(text, names[i][0])) {
			snprintf(out, 16, "%s", names[i][1]);
			return true;
		}
	}
	snprintf(out, 16, "%s", text);
	return str_int(text, 0, 255, &number);
}

static bool read_port(struct call *c, const char *name, long *out)
{
	const char *text = call_param(c, name);

	*out = -1;
	if (!text || !strcmp(text, "-1") || str_int(text, 0, 65535, out))
		return true;
	return call_error(c, 400, "InvalidParameterValue", "Invalid value "
		"'%s' for port. Must be between -1 and 65535.", text);
}

static bool read_head(struct call *c, const char *base, bool egress,
	struct rule *out)
{
	const char *protocol = call_param(c, call_textf(c, "%sIpProtocol",
		base));
	bool ports;

	*out = (struct rule){ .egress = egress };
	if (!protocol)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter ipProtocol");
	if (!read_protocol(protocol, out->protocol))
		return call_error(c, 400, "InvalidPermission.Malformed",
			"Invalid IP protocol '%s'", protocol);
	if (!read_port(c, call_textf(c, "%sFromPort", base), &out->from) ||
		!read_port(c, call_textf(c, "%sToPort", base), &out->to))
		return false;
	ports = !strcmp(out->protocol, "tcp") || !strcmp(out->protocol, "udp");
	if (ports && (out->from < 0 || out->to < out->from))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"TCP/UDP port range (%ld:%ld)", out->from, out->to);
	if (!ports && !str_starts(out->protocol, "icmp"))
		out->from = out->to = -1;
	return true;
}

static bool check_peer(struct call *c, struct rule *r)
{
	unsigned char bytes[16];
	char text[64];
	const char *slash;
	struct cidr cidr;
	long bits;

	if (r->cidr4) {
		if (!cidr_parse(r->cidr4, &cidr))
			return call_error(c, 400, "InvalidParameterValue",
				"CIDR block %s is malformed", r->cidr4);
		cidr_text(&cidr, text);
		r->cidr4 = call_text(c, text, strlen(text));
	} else if (r->cidr6) {
		slash = strchr(r->cidr6, '/');
		snprintf(text, sizeof(text), "%.*s", (int)(slash ?
			slash - r->cidr6 : 0), r->cidr6);
		if (!slash || !str_int(slash + 1, 0, 128, &bits) ||
			inet_pton(AF_INET6, text, bytes) != 1)
			return call_error(c, 400, "InvalidParameterValue",
				"CIDR block %s is malformed", r->cidr6);
	} else if (r->group && !things_find(c->world, group_kind(), r->group,
		c->now)) {
		return call_error(c, 400, "InvalidGroup.NotFound", "You have "
			"specified two resources that belong to different "
			"networks, or the security group '%s' does not exist",
			r->group);
	} else if (!r->group && !r->list) {
		return call_error(c, 400, "InvalidRequest", "The request "
			"received was invalid: no peer is named");
	}
	return true;
}

/* Those of one kind of peer; the text goes where the offset says. */
static bool read_peers(struct call *c, const char *base, const char *list,
	const char *member, size_t offset, const struct rule *head,
	struct rules *out)
{
	const char *peer;

	for (unsigned n = 1; (peer = call_param(c, call_textf(c, "%s%s.%u.%s",
		base, list, n, member))); n++) {
		struct rule *r = VEC_PUSH(out);

		*r = *head;
		memcpy((char *)r + offset, &peer, sizeof(peer));
		r->note = call_param(c, call_textf(c, "%s%s.%u.Description",
			base, list, n));
		if (!check_peer(c, r))
			return false;
	}
	return true;
}

static bool read_permission(struct call *c, const char *base, bool egress,
	struct rules *out)
{
	static const struct {
		const char *list, *member;
		size_t offset;
	} peers[] = {
		{ "IpRanges", "CidrIp", offsetof(struct rule, cidr4) },
		{ "Ipv6Ranges", "CidrIpv6", offsetof(struct rule, cidr6) },
		{ "Groups", "GroupId", offsetof(struct rule, group) },
		{ "PrefixListIds", "PrefixListId",
			offsetof(struct rule, list) },
	};
	size_t before = out->count;
	struct rule head;

	if (!read_head(c, base, egress, &head))
		return false;
	for (size_t i = 0; i < sizeof(peers) / sizeof(*peers); i++)
		if (!read_peers(c, base, peers[i].list, peers[i].member,
			peers[i].offset, &head, out))
			return false;
	return out->count > before || check_peer(c, &head);
}

bool rules_read(struct call *c, bool egress, struct rules *out)
{
	struct rule r;

	if (call_param(c, "IpProtocol")) {
		if (!read_head(c, "", egress, &r))
			return false;
		r.cidr4 = call_param(c, "CidrIp");
		if (!check_peer(c, &r))
			return false;
		*VEC_PUSH(out) = r;
	}
	for (unsigned n = 1; call_param(c, call_textf(c,
		"IpPermissions.%u.IpProtocol", n)); n++)
		if (!read_permission(c, call_textf(c, "IpPermissions.%u.", n),
			egress, out))
			return false;
	return out->count > 0 || call_error(c, 400, "MissingParameter",
		"Either 'ipPermissions' or 'ipProtocol' should be provided.");
}

bool rule_read_change(struct call *c, unsigned n, struct rule *out)
{
	const char *base = call_textf(c,
		"SecurityGroupRule.%u.SecurityGroupRule.", n);

	if (!read_head(c, base, false, out))
		return false;
	out->cidr4 = call_param(c, call_textf(c, "%sCidrIpv4", base));
	out->cidr6 = call_param(c, call_textf(c, "%sCidrIpv6", base));
	out->list = call_param(c, call_textf(c, "%sPrefixListId", base));
	out->group = call_param(c, call_textf(c, "%sReferencedGroupId",
		base));
	out->note = call_param(c, call_textf(c, "%sDescription", base));
	if (!!out->cidr4 + !!out->cidr6 + !!out->list + !!out->group != 1)
		return call_error(c, 400, "InvalidParameterCombination",
			"Only one of cidrIpv4, cidrIpv6, prefixListId, or "
			"referencedGroupId can be specified");
	return check_peer(c, out);
}
