/* SPDX-License-Identifier: MIT */
/* <item> of instancesSet, with all that AWS writes about an instance. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/launch.h"
#include "sim/ec2/storage.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include <stdio.h>
#include <string.h>

/* us-east-1 has names of its own, from before there were regions. */
static bool is_first_region(const struct instance *i)
{
	return !strcmp(i->world->region->name, "us-east-1");
}

static void add_private_dns(struct str *o, const struct instance *i)
{
	xml_add(o, "<privateDnsName>");
	if (!instance_is_gone(i) && is_first_region(i))
		xml_add(o, "ip-%d.ec2.internal", i->address);
	else if (!instance_is_gone(i))
		xml_add(o, "ip-%d.%r.compute.internal", i->address,
			i->world->region->name);
	xml_add(o, "</privateDnsName>");
}

static void add_public_dns(struct str *o, const struct instance *i)
{
	if (!i->public_address)
		return;
	if (is_first_region(i))
		xml_add(o, "ec2-%d.compute-1.amazonaws.com",
			i->public_address);
	else
		xml_add(o, "ec2-%d.%r.compute.amazonaws.com",
			i->public_address, i->world->region->name);
}

static void add_association(struct str *o, const struct instance *i)
{
	if (!i->public_address)
		return;
	xml_add(o, "<association><ipOwnerId>%r</ipOwnerId>"
		"<publicDnsName>", i->elastic ? i->world->account : "amazon");
	add_public_dns(o, i);
	xml_add(o, "</publicDnsName><publicIp>%q</publicIp></association>",
		i->public_address);
}

void instance_write_groups(struct call *c, const struct instance *i)
{
	str_add(c->out, "<groupSet>");
	for (unsigned n = 0; n < i->traits.group_count; n++) {
		const struct thing *group;
		char id[32];

		world_id_text("sg-", i->traits.groups[n], id);
		group = things_find(c->world, group_kind(), id, c->now);
		xml_add(c->out, "<item><groupId>%r</groupId><groupName>%s"
			"</groupName></item>", id, group ?
			thing_get(group, "groupName", c->now) : "");
	}
	str_add(c->out, "</groupSet>");
}

static void add_interfaces(struct call *c, const struct instance *i)
{
	struct str *o = c->out;
	char mac[32];

	if (instance_is_gone(i)) {
		str_add(o, "<networkInterfaceSet/>");
		return;
	}
	snprintf(mac, sizeof(mac), "0a:%02x:%02x:%02x:%02x:%02x",
		(unsigned)(i->world->key & 255), i->address >> 24 & 255,
		i->address >> 16 & 255, i->address >> 8 & 255,
		i->address & 255);
	xml_add(o, "<networkInterfaceSet><item><networkInterfaceId>eni-%i"
		"</networkInterfaceId><subnetId>subnet-%i</subnetId>"
		"<vpcId>vpc-%i</vpcId>"
		"<description>Primary network interface</description>"
		"<ownerId>%r</ownerId><status>in-use</status>"
		"<macAddress>%r</macAddress>"
		"<privateIpAddress>%q</privateIpAddress>",
		i->interface, i->subnet, i->vpc, i->world->account,
		mac, i->address);
	add_private_dns(o, i);
	xml_add(o, "<sourceDestCheck>%b</sourceDestCheck>",
		(int)!i->traits.any_address);
	instance_write_groups(c, i);
	xml_add(o, "<attachment><attachmentId>eni-attach-%i</attachmentId>"
		"<deviceIndex>0</deviceIndex><status>attached</status>"
		"<attachTime>%t</attachTime>"
		"<deleteOnTermination>true</deleteOnTermination>"
		"<networkCardIndex>0</networkCardIndex></attachment>",
		world_id(i->world, ID_ATTACHMENT, i->index), i->launched);
	add_association(o, i);
	xml_add(o, "<privateIpAddressesSet><item><privateIpAddress>%q"
		"</privateIpAddress>", i->address);
	add_private_dns(o, i);
	str_add(o, "<primary>true</primary>");
	add_association(o, i);
	str_add(o, "</item></privateIpAddressesSet><ipv6AddressesSet/>"
		"<interfaceType>interface</interfaceType></item>"
		"</networkInterfaceSet>");
}

const char *instance_root(const struct instance *i)
{
	return i->launch ? i->launch->root : "/dev/xvda";
}

static void add_volume(void *data, const struct volume *v)
{
	struct str *o = data;

	xml_add(o, "<item><deviceName>%s</deviceName><ebs><volumeId>%r"
		"</volumeId><status>%r</status><attachTime>%t</attachTime>"
		"<deleteOnTermination>%b</deleteOnTermination></ebs></item>",
		v->device, v->row.id, v->instance_status, v->attached,
		(int)v->on_termination);
}

static void add_volumes(struct call *c, const struct instance *i)
{
	str_add(c->out, "<blockDeviceMapping>");
	if (!instance_is_gone(i))
		instance_volumes(c, i, add_volume, c->out);
	str_add(c->out, "</blockDeviceMapping>");
}

static void add_head(struct str *o, const struct instance *i)
{
	xml_add(o, "<item><instanceId>%r</instanceId>"
		"<imageId>ami-%i</imageId><instanceState><code>%u</code>"
		"<name>%r</name></instanceState>", i->row.id, i->image,
		i->state, i->state_name);
	add_private_dns(o, i);
	str_add(o, "<dnsName>");
	add_public_dns(o, i);
	str_add(o, "</dnsName>");
	if (i->reason && i->state != STATE_PENDING)
		xml_add(o, "<reason>User initiated (%t)</reason>",
			i->changed);
	else
		str_add(o, "<reason/>");
	if (i->key_name)
		xml_add(o, "<keyName>%s</keyName>", i->key_name);
	xml_add(o, "<amiLaunchIndex>%u</amiLaunchIndex><productCodes/>"
		"<instanceType>%r</instanceType><launchTime>%t</launchTime>"
		"<placement><availabilityZone>%r</availabilityZone>"
		"<groupName>%s</groupName><tenancy>default</tenancy>"
		"</placement><monitoring><state>%r</state></monitoring>",
		i->launch_index, i->type_name, i->launched, i->zone,
		instance_placement(i),
		i->traits.monitored ? "enabled" : "disabled");
}

static void add_addresses(struct call *c, const struct instance *i)
{
	struct str *o = c->out;

	if (instance_is_gone(i)) {
		str_add(o, "<groupSet/>");
		return;
	}
	xml_add(o, "<subnetId>subnet-%i</subnetId><vpcId>vpc-%i</vpcId>"
		"<privateIpAddress>%q</privateIpAddress>", i->subnet, i->vpc,
		i->address);
	if (i->public_address)
		xml_add(o, "<ipAddress>%q</ipAddress>", i->public_address);
	xml_add(o, "<sourceDestCheck>%b</sourceDestCheck>",
		(int)!i->traits.any_address);
	instance_write_groups(c, i);
}

static void add_tail(struct str *o, const struct instance *i)
{
	const struct instance_traits *t = &i->traits;

	xml_add(o, "<cpuOptions><coreCount>%u</coreCount><threadsPerCore>%u"
		"</threadsPerCore></cpuOptions>"
		"<capacityReservationSpecification>"
		"<capacityReservationPreference>open"
		"</capacityReservationPreference>"
		"</capacityReservationSpecification>"
		"<hibernationOptions><configured>%b</configured>"
		"</hibernationOptions><enclaveOptions><enabled>false</enabled>"
		"</enclaveOptions><metadataOptions><state>applied</state>"
		"<httpTokens>%r</httpTokens>"
		"<httpPutResponseHopLimit>%u</httpPutResponseHopLimit>"
		"<httpEndpoint>%r</httpEndpoint>"
		"<httpProtocolIpv6>disabled</httpProtocolIpv6>"
		"<instanceMetadataTags>%r</instanceMetadataTags>"
		"</metadataOptions><platformDetails>%r</platformDetails>"
		"<usageOperation>%r</usageOperation>"
		"<usageOperationUpdateTime>%t</usageOperationUpdateTime>"
		"<privateDnsNameOptions><hostnameType>ip-name</hostnameType>"
		"<enableResourceNameDnsARecord>false"
		"</enableResourceNameDnsARecord>"
		"<enableResourceNameDnsAAAARecord>false"
		"</enableResourceNameDnsAAAARecord></privateDnsNameOptions>"
		"<maintenanceOptions><autoRecovery>default</autoRecovery>"
		"</maintenanceOptions></item>",
		i->type->cores, i->type->vcpus / i->type->cores,
		(int)t->hibernates,
		t->tokens_required ? "required" : "optional", t->hops,
		t->endpoint_off ? "disabled" : "enabled",
		t->metadata_tags ? "enabled" : "disabled",
		i->platform ? "Windows" : "Linux/UNIX",
		i->platform ? "RunInstances:0002" : "RunInstances",
		i->launched);
}

static void add_token(struct str *o, const struct instance *i)
{
	str_add(o, "<virtualizationType>hvm</virtualizationType>");
	if (i->launch)
		xml_add(o, "<clientToken>%s</clientToken>", i->launch->token);
	else
		xml_add(o, "<clientToken>%i</clientToken>", i->bits);
}

static void add_profile(struct str *o, const struct instance *i)
{
	const char *name = i->traits.profile;

	if (*name)
		xml_add(o, "<iamInstanceProfile><arn>arn:aws:iam::%r:"
			"instance-profile/%s</arn><id>AIPATUCUXI%u</id>"
			"</iamInstanceProfile>", i->world->account, name,
			profile_number(name));
}

void instance_write(struct call *c, const struct instance *i)
{
	struct str *o = c->out;

	add_head(o, i);
	add_addresses(c, i);
	if (i->reason)
		xml_add(o, "<stateReason><code>%s</code><message>%s</message>"
			"</stateReason>", i->reason_code, i->reason);
	xml_add(o, "<architecture>%r</architecture><rootDeviceType>ebs"
		"</rootDeviceType><rootDeviceName>%s</rootDeviceName>",
		i->architecture, instance_root(i));
	add_volumes(c, i);
	add_token(o, i);
	tags_write(o, &i->row.tags);
	str_add(o, "<hypervisor>xen</hypervisor>");
	add_interfaces(c, i);
	if (i->lifecycle)
		xml_add(o, "<instanceLifecycle>%r</instanceLifecycle>"
			"<spotInstanceRequestId>sir-%r</spotInstanceRequestId>",
			i->lifecycle, i->row.id + 11);
	add_profile(o, i);
	xml_add(o, "<ebsOptimized>%b</ebsOptimized><enaSupport>%b"
		"</enaSupport>%r", (int)i->traits.ebs_optimized,
		(int)i->type->nitro,
		i->platform ? "<platform>windows</platform>" : "");
	add_tail(o, i);
}
