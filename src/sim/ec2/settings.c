/* SPDX-License-Identifier: MIT */
/* Monitoring, metadata options, the console and the Windows password. */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define PASSWORD_AFTER 240000    /* ms of a Windows instance's first boot */

static void monitor(struct call *c, bool on)
{
	struct instance_targets t = { 0 };

	if (!instance_targets(c, &t) || ec2_dry_run(c))
		goto out;
	call_open(c);
	str_add(c->out, "<instancesSet>");
	for (size_t n = 0; n < t.count; n++) {
		bool was = t.items[n].traits.monitored;

		traits_edit(c->world, &t.items[n])->monitored = on;
		xml_add(c->out, "<item><instanceId>%r</instanceId>"
			"<monitoring><state>%r</state></monitoring></item>",
			t.items[n].row.id, on ? was ? "enabled" : "pending" :
			was ? "disabling" : "disabled");
	}
	str_add(c->out, "</instancesSet>");
	call_close(c);
out:
	VEC_FREE(&t);
}

void ec2_monitor_instances(struct call *c)
{
	monitor(c, true);
}

void ec2_unmonitor_instances(struct call *c)
{
	monitor(c, false);
}

/* One of two words, which may be left out. */
static bool read_word(struct call *c, const char *param, const char *off,
	const char *on, bool *out)
{
	const char *text = call_param(c, param);

	if (text)
		*out = !strcmp(text, on);
	return !text || *out || !strcmp(text, off) || call_error(c, 400,
		"InvalidParameterValue", "Value (%s) for parameter %s is "
		"invalid.", text, param);
}

static bool read_options(struct call *c, struct instance_traits *t)
{
	const char *hops = call_param(c, "HttpPutResponseHopLimit");
	long n = t->hops;

	if (hops && !str_int(hops, 1, 64, &n))
		return call_error(c, 400, "InvalidParameterValue", "Value (%s)"
			" for parameter HttpPutResponseHopLimit is invalid.",
			hops);
	t->hops = (unsigned)n;
	return read_word(c, "HttpTokens", "optional", "required",
		&t->tokens_required) &&
		read_word(c, "HttpEndpoint", "enabled", "disabled",
		&t->endpoint_off) &&
		read_word(c, "InstanceMetadataTags", "disabled", "enabled",
		&t->metadata_tags);
}

void ec2_modify_metadata(struct call *c)
{
	struct instance_traits t, *kept;
	struct instance i;

	if (!instance_need(c, &i))
		return;
	if (instance_is_gone(&i) || i.state == STATE_SHUTTING_DOWN) {
		call_error(c, 400, "IncorrectInstanceState", "The instance "
			"'%s' is not in a state from which its metadata "
			"options can be changed.", i.row.id);
		return;
	}
	t = i.traits;
	if (!read_options(c, &t) || ec2_dry_run(c))
		return;
	kept = traits_edit(c->world, &i);
	kept->hops = t.hops;
	kept->tokens_required = t.tokens_required;
	kept->endpoint_off = t.endpoint_off;
	kept->metadata_tags = t.metadata_tags;
	call_open(c);
	xml_add(c->out, "<instanceId>%r</instanceId><instanceMetadataOptions>"
		"<state>pending</state><httpTokens>%r</httpTokens>"
		"<httpPutResponseHopLimit>%u</httpPutResponseHopLimit>"
		"<httpEndpoint>%r</httpEndpoint><httpProtocolIpv6>disabled"
		"</httpProtocolIpv6><instanceMetadataTags>%r"
		"</instanceMetadataTags></instanceMetadataOptions>", i.row.id,
		t.tokens_required ? "required" : "optional", t.hops,
		t.endpoint_off ? "disabled" : "enabled",
		t.metadata_tags ? "enabled" : "disabled");
	call_close(c);
}

/* What a kernel writes, with its colours and carriage returns. */
static void add_console(struct str *out, const struct instance *i,
	bool latest)
{
	struct str text = STR_INIT;

	str_addf(&text, "[    0.000000] Linux version 6.1.112-122.189.amzn2023"
		".%s\r\n[    0.000000] Command line: BOOT_IMAGE=/boot/vmlinuz "
		"console=tty0 console=ttyS0,115200n8\r\n[    1.204511] "
		"nvme nvme0: pci function 0000:00:04.0\r\n"
		"[\x1b[0;32m  OK  \x1b[0m] Started cloud-init.\r\n"
		"cloud-init: instance-id: %s\r\n",
		i->type->arm ? "aarch64" : "x86_64", i->row.id);
	str_addf(&text, "ci-info: private address %u.%u.%u.%u\r\n",
		i->address >> 24, i->address >> 16 & 255,
		i->address >> 8 & 255, i->address & 255);
	if (latest)
		str_add(&text, "[ 8641.771203] audit: backlog limit "
			"exceeded\r\n");
	str_addf(&text, "\r\nAmazon Linux 2023\r\n%s login: ", i->row.id);
	str_add_base64(out, (const unsigned char *)text.p, text.len);
	str_clear(&text);
}

void ec2_get_console_output(struct call *c)
{
	bool latest = ec2_is_true(c, "Latest");
	struct instance i;

	if (!instance_need(c, &i) || ec2_dry_run(c))
		return;
	if (latest && !i.type->nitro) {
		call_error(c, 400, "UnsupportedOperation", "This instance "
			"type does not support retrieving the latest console "
			"logs. Please specify a supported instance type.");
		return;
	}
	call_open(c);
	xml_add(c->out, "<instanceId>%r</instanceId><timestamp>%t</timestamp>",
		i.row.id, latest ? c->now : i.launched + 20000);
	if (i.state == STATE_PENDING) {
		str_add(c->out, "<output/>");
	} else {
		str_add(c->out, "<output>");
		add_console(c->out, &i, latest);
		str_add(c->out, "</output>");
	}
	call_close(c);
}

/* "Tr0ub4dor&3-tucuxi" for the public key of windows-2024. */
static const char password[] =
	"cwOx1ohQDittLXX3ZcO+sFQMDMghCPK6ccoully5S6URHPnqd3aA8XFFMmpzciRN1aBr"
	"3B1QT0OU/TqTIVABm9QNBBFobrmLZ0Xi5ahr+pjH5Q46wEWQcorRnrAhmWsuDKNhNsSC"
	"2RW//xrR0FkybBOvQWU5S6wQSYydGiJUKiV0kGmnta0BJMrk1JfYCqC8OUhGPBwA63IJ"
	"WISH2cvSyw1Tk4m3tMcZlvwprGptLWRFodfW0iOhhvMIUlX3K2YneUAaDR1+6A4DqDjw"
	"NwE1hKh2hHpzll4I8y6qd/6pcKsfkQw5rxaony+A32ILa0DXtCmouYZCOkOSe/lcn8Tl"
	"vw==";

void ec2_get_password_data(struct call *c)
{
	struct instance i;

	if (!instance_need(c, &i) || ec2_dry_run(c))
		return;
	call_open(c);
	xml_add(c->out, "<instanceId>%r</instanceId><timestamp>%t</timestamp>",
		i.row.id, i.launched + PASSWORD_AFTER);
	if (i.platform && str_eq(i.key_name, "windows-2024") &&
		c->now >= i.launched + PASSWORD_AFTER)
		xml_add(c->out, "<passwordData>\r\n%r\r\n</passwordData>",
			password);
	else
		str_add(c->out, "<passwordData/>");
	call_close(c);
}
