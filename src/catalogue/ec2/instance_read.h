/* SPDX-License-Identifier: MIT */
/* Instances: metadata options; the console and the password. Part of
 * instance_more.h. */
#ifndef CATALOGUE_EC2_INSTANCE_READ_H
#define CATALOGUE_EC2_INSTANCE_READ_H

static const struct parameter metadata_parameters[] = {
	{ .path = "InstanceId" },
	{ .path = "HttpTokens" },
	{ .path = "HttpPutResponseHopLimit", .type = VALUE_INTEGER },
	{ .path = "HttpEndpoint" },
	{ .path = "InstanceMetadataTags" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation modify_metadata = {
	.name = "ModifyInstanceMetadataOptions",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = metadata_parameters
};

static const struct action_field metadata_fields[] = {
	{ .name = "tokens", .title = "Tokens", .type = FIELD_CHOICE, .parameter = "HttpTokens",
	  .choices = "required optional", .path = "metadataOptions/httpTokens", .raises = EFFECT_DISRUPT,
	  .raises_at = "required", .help = "Required: only IMDSv2 answers, old programs get no credentials any more." },
	{ .name = "hops", .title = "Hops", .type = FIELD_NUMBER, .parameter = "HttpPutResponseHopLimit", .low = 1,
	  .high = 64, .path = "metadataOptions/httpPutResponseHopLimit",
	  .help = "How far an answer goes: 1 is the instance itself, 2 its containers too." },
	{ .name = "endpoint", .title = "Endpoint", .type = FIELD_CHOICE, .parameter = "HttpEndpoint",
	  .choices = "enabled disabled", .path = "metadataOptions/httpEndpoint", .raises = EFFECT_DISRUPT,
	  .raises_at = "disabled" },
	{ .name = "tags", .title = "Tags in it", .type = FIELD_CHOICE, .parameter = "InstanceMetadataTags",
	  .choices = "enabled disabled", .path = "metadataOptions/instanceMetadataTags" },
	{ 0 }
};

static const struct action_note metadata_notes[] = {
	{ .field = "tokens=required", .text = "Programs that do not know IMDSv2 get no credentials any more" },
	{ .field = "endpoint=disabled", .text = "No program on it gets credentials of its role any more" },
	{ 0 }
};

static const struct parameter attach_parameters[] = {
	{ .path = "InstanceId" }, { .path = "VolumeId" }, { .path = "Device" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

/* A second one is told that the volume is in use. */
static const struct operation attach_volume = {
	.name = "AttachVolume",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_NEVER,
	.parameters = attach_parameters
};

static const struct field_list free_volumes = { .resource = "volumes", .arguments = {
	{ .parameter = "Filters[0].Name", .value = "status" },
	{ .parameter = "Filters[0].Values[0]", .value = "available" },
	{ .parameter = "Filters[1].Name", .value = "availability-zone" },
	{ .parameter = "Filters[1].Values[0]", .path = "placement/availabilityZone" } } };

static const struct action_field attach_fields[] = {
	{ .name = "volume", .title = "Volume", .type = FIELD_LIVE, .live = &free_volumes, .parameter = "VolumeId",
	  .required = true, .help = "One that is attached to nothing and in the zone of the instance." },
	{ .name = "device", .title = "Device", .parameter = "Device", .value = "/dev/sdf", .check = check_device,
	  .help = "A name that the instance has no volume at yet; it may call it otherwise itself." },
	{ 0 }
};

static const struct action_field volume_fields[] = {
	{ .name = "device", .title = "Device", .parameter = "BlockDeviceMappings[0].DeviceName", .check = check_device,
	  .path = "rootDeviceName", .required = true, .help = "Where the volume is attached, as in /dev/sdf." },
	{ .name = "goes", .title = "Goes when the instance goes", .type = FIELD_SWITCH, .required = true,
	  .parameter = "BlockDeviceMappings[0].Ebs.DeleteOnTermination" },
	{ 0 }
};

static const struct parameter console_parameters[] = {
	{ .path = "InstanceId" },
	{ .path = "Latest", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation get_console_output = {
	.name = "GetConsoleOutput",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = console_parameters
};

static const struct action_field console_fields[] = {
	{ .name = "latest", .title = "As it is now", .type = FIELD_SWITCH, .parameter = "Latest",
	  .help = "Types of the Nitro system only. Otherwise what it was shortly after the last start." },
	{ 0 }
};

static const struct parameter password_parameters[] = {
	{ .path = "InstanceId" }, { 0 }
};

static const struct operation get_password_data = {
	.name = "GetPasswordData",
	.effect = EFFECT_READ_SECRET, .repeat = REPEAT_SAFE,
	.parameters = password_parameters
};

static const struct action_field password_fields[] = {
	{ .name = "key", .title = "Private key", .type = FIELD_FILE, .required = true, .secret = true,
	  .help = "The file (PEM) of the key pair that it was launched with. It is not sent and not kept." },
	{ 0 }
};

#endif
