/* SPDX-License-Identifier: MIT */
/* <item> of instancesSet, with all that AWS writes about an instance. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/storage.h"
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

static void add_groups(struct str *o, const struct instance *i)
{
	xml_add(o, "<groupSet><item><groupId>sg-%i</groupId>"
		"<groupName>%s</groupName></item></groupSet>", i->group,
		i->group_name);
}

static void add_interfaces(struct str *o, const struct instance *i)
{
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
	str_add(o, "<sourceDestCheck>true</sourceDestCheck>");
	add_groups(o, i);
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
		i->monitored ? "enabled" : "disabled");
}

static void add_addresses(struct str *o, const struct instance *i)
{
	if (instance_is_gone(i)) {
		str_add(o, "<groupSet/>");
		return;
	}
	xml_add(o, "<subnetId>subnet-%i</subnetId><vpcId>vpc-%i</vpcId>"
		"<privateIpAddress>%q</privateIpAddress>", i->subnet, i->vpc,
		i->address);
	if (i->public_address)
		xml_add(o, "<ipAddress>%q</ipAddress>", i->public_address);
	str_add(o, "<sourceDestCheck>true</sourceDestCheck>");
	add_groups(o, i);
}

static void add_tail(struct str *o, const struct instance *i)
{
	xml_add(o, "<cpuOptions><coreCount>%u</coreCount><threadsPerCore>%u"
		"</threadsPerCore></cpuOptions>"
		"<capacityReservationSpecification>"
		"<capacityReservationPreference>open"
		"</capacityReservationPreference>"
		"</capacityReservationSpecification>"
		"<hibernationOptions><configured>false</configured>"
		"</hibernationOptions><enclaveOptions><enabled>false</enabled>"
		"</enclaveOptions><metadataOptions><state>applied</state>"
		"<httpTokens>%r</httpTokens>"
		"<httpPutResponseHopLimit>%u</httpPutResponseHopLimit>"
		"<httpEndpoint>enabled</httpEndpoint>"
		"<httpProtocolIpv6>disabled</httpProtocolIpv6>"
		"<instanceMetadataTags>disabled</instanceMetadataTags>"
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
		i->type->cores, i->type->threads,
		i->tokens_required ? "required" : "optional",
		i->tokens_required ? 2u : 1u,
		i->platform ? "Windows" : "Linux/UNIX",
		i->platform ? "RunInstances:0002" : "RunInstances",
		i->launched);
}

void instance_write(struct call *c, const struct instance *i)
{
	struct str *o = c->out;

	add_head(o, i);
	add_addresses(o, i);
	if (i->reason)
		xml_add(o, "<stateReason><code>%s</code><message>%s</message>"
			"</stateReason>", i->reason_code, i->reason);
	xml_add(o, "<architecture>%r</architecture><rootDeviceType>ebs"
		"</rootDeviceType><rootDeviceName>/dev/xvda</rootDeviceName>",
		i->architecture);
	add_volumes(c, i);
	xml_add(o, "<virtualizationType>hvm</virtualizationType>"
		"<clientToken>%i</clientToken>", i->bits);
	tags_write(o, &i->row.tags);
	str_add(o, "<hypervisor>xen</hypervisor>");
	add_interfaces(o, i);
	if (i->lifecycle)
		xml_add(o, "<instanceLifecycle>%r</instanceLifecycle>"
			"<spotInstanceRequestId>sir-%r</spotInstanceRequestId>",
			i->lifecycle, i->row.id + 11);
	if (i->role->group)
		xml_add(o, "<iamInstanceProfile><arn>arn:aws:iam::%r:"
			"instance-profile/%r</arn><id>AIPATUCUXI%u</id>"
			"</iamInstanceProfile>", i->world->account,
			i->role->group, 1000000000 + (unsigned)map_hash(
			i->role->group, strlen(i->role->group)) % 999999999);
	xml_add(o, "<ebsOptimized>%b</ebsOptimized><enaSupport>%b"
		"</enaSupport>%r", (int)i->type->nitro, (int)i->type->nitro,
		i->platform ? "<platform>windows</platform>" : "");
	add_tail(o, i);
}
