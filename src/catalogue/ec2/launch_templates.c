/* SPDX-License-Identifier: MIT */
/* Launch templates, and what each of their versions launches. */
#include "catalogue/ec2/ec2.h"
#include "catalogue/ec2/tag_actions.h"

#define TEMPLATE_PAGING { .token_in = "NextToken", .token_out = "nextToken", \
	.size = "MaxResults", .size_value = "200" }

static const struct column template_columns[] = {
	{ .name = "name", .title = "Name", .path = "launchTemplateName", .format = FORMAT_NATURAL,
	  .w80 = 30, .w132 = 40, .grow = 1, .keep = true },
	{ .name = "template", .title = "Template", .path = "launchTemplateId", .w80 = 20, .w132 = 20 },
	{ .name = "default", .title = "Default", .path = "defaultVersionNumber", .format = FORMAT_NUMBER,
	  .w80 = 7, .w132 = 7 },
	{ .name = "latest", .title = "Latest", .path = "latestVersionNumber", .format = FORMAT_NUMBER,
	  .w80 = 6, .w132 = 6 },
	{ .name = "age", .title = "Age", .path = "createTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "by", .title = "Created by", .path = "createdBy", .derive = derive_arn_name, .w132 = 24 },
	{ .name = "created", .title = "Created", .path = "createTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter template_parameters[] = {
	EC2_FILTERS,
	{ .path = "LaunchTemplateIds[]", .wire = "LaunchTemplateId.N" },
	{ .path = "LaunchTemplateNames[]", .wire = "LaunchTemplateName.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_templates = {
	.name = "DescribeLaunchTemplates",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = template_parameters,
	.paging = TEMPLATE_PAGING
};

static const struct drill template_drills[] = {
	{ .title = "Versions", .resource = "launch-template-versions", .enter = true, .arguments = {
		{ .parameter = "LaunchTemplateId", .path = "launchTemplateId" } } },
	{ .title = "Instances launched from it", .resource = "instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "tag:aws:ec2launchtemplate:id" },
		{ .parameter = "Filters[0].Values[0]", .path = "launchTemplateId" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct parameter modify_parameters[] = {
	{ .path = "LaunchTemplateId" },
	{ .path = "DefaultVersion", .wire = "SetDefaultVersion" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation modify_template = {
	.name = "ModifyLaunchTemplate",
	.effect = EFFECT_CHANGE, .repeat = REPEAT_SAFE,
	.parameters = modify_parameters
};

static const struct parameter delete_parameters[] = {
	{ .path = "LaunchTemplateId" },
	{ .path = "DryRun", .type = VALUE_BOOLEAN },
	{ 0 }
};

static const struct operation delete_template = {
	.name = "DeleteLaunchTemplate",
	.effect = EFFECT_DESTROY, .repeat = REPEAT_SAFE,
	.parameters = delete_parameters
};

static const struct field_list its_versions = {
	.resource = "launch-template-versions", .column = "version", .arguments = {
		{ .parameter = "LaunchTemplateId", .path = "launchTemplateId" } }
};

static const struct action_field default_fields[] = {
	{ .name = "version", .title = "Default version", .type = FIELD_LIVE, .parameter = "DefaultVersion",
	  .live = &its_versions, .path = "defaultVersionNumber", .required = true },
	{ 0 }
};

static const struct action_note default_notes[] = {
	{ .path = "defaultVersionNumber", .text = "Now it is version {}" },
	{ .text = "What launches by the default version, scaling groups too, launches the other one from now on" },
	{ 0 }
};

static const struct action_note delete_notes[] = {
	{ .path = "latestVersionNumber", .text = "All its versions go with it, up to version {}" },
	{ .text = "Scaling groups that launch by it cannot launch any more" },
	{ 0 }
};

static const struct drill template_dependents[] = {
	{ .title = "Instances launched from it", .resource = "instances", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "tag:aws:ec2launchtemplate:id" },
		{ .parameter = "Filters[0].Values[0]", .path = "launchTemplateId" } } },
	{ 0 }
};

static const struct action template_actions[] = {
	{ .name = "set-default", .title = "Set the default version", .key = 'm', .kind = EFFECT_CHANGE, .on = ON_ROW,
	  .operation = &modify_template, .target = "LaunchTemplateId", .fields = default_fields,
	  .notes = default_notes, .undo = "set-default" },
	EC2_TAG_ACTIONS('t', 'y'),
	{ .name = "delete", .title = "Delete", .key = 'x', .kind = EFFECT_DESTROY, .operation = &delete_template,
	  .target = "LaunchTemplateId", .notes = delete_notes, .dependents = template_dependents },
	{ 0 }
};

static const struct row_kind template_rows[] = {
	{ .path = "launchTemplates/item" },
	{ 0 }
};

static const struct resource launch_templates = {
	.name = "launch-templates", .aliases = "lt", .title = "Launch templates", .one = "launch template",
	.list = &describe_templates, .rows = template_rows,
	.identity = { "launchTemplateId" }, .label = "launchTemplateName",
	.columns = template_columns, .sort = "name,template", .drills = template_drills,
	.actions = template_actions,
	.tags = { "tagSet/item", "key", "value" },
	.get = "LaunchTemplateIds[]", .id_prefix = "lt-",
	.arn = "arn:{partition}:ec2:{region}:{account}:launch-template/{id}",
	.console = EC2_CONSOLE "LaunchTemplateDetails:launchTemplateId={id}"
};

#define DATA "launchTemplateData/"

static const struct column version_columns[] = {
	{ .name = "name", .title = "Template", .path = "launchTemplateName", .format = FORMAT_NATURAL,
	  .w80 = 18, .w132 = 24, .grow = 1, .keep = true },
	{ .name = "version", .title = "Version", .path = "versionNumber", .format = FORMAT_NUMBER,
	  .w80 = 7, .w132 = 7, .keep = true },
	{ .name = "default", .title = "Default", .path = "defaultVersion", .format = FORMAT_BOOL,
	  .w80 = 7, .w132 = 7 },
	{ .name = "type", .title = "Type", .path = DATA "instanceType", .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 14 },
	{ .name = "image", .title = "Image", .path = DATA "imageId", .w80 = 21, .w132 = 21 },
	{ .name = "age", .title = "Age", .path = "createTime", .format = FORMAT_AGE, .w80 = 5, .w132 = 5 },
	{ .name = "key", .title = "Key", .path = DATA "keyName", .w132 = 14 },
	{ .name = "description", .title = "Description", .path = "versionDescription", .w132 = 28 },
	{ .name = "role", .title = "Role", .path = DATA "iamInstanceProfile/arn|" DATA "iamInstanceProfile/name",
	  .derive = derive_arn_name },
	{ .name = "groups", .title = "Group", .path = DATA "securityGroupIdSet/item|" DATA "securityGroupSet/item|"
	  DATA "networkInterfaceSet/item/groupSet/groupId" },
	{ .name = "subnet", .title = "Subnet", .path = DATA "networkInterfaceSet/item/subnetId" },
	{ .name = "market", .title = "Market", .path = DATA "instanceMarketOptions/marketType" },
	{ .name = "imds", .title = "IMDS", .path = DATA "metadataOptions/httpTokens", .derive = derive_instance_imds },
	{ .name = "template", .title = "Template id", .path = "launchTemplateId" },
	{ .name = "by", .title = "Created by", .path = "createdBy", .derive = derive_arn_name },
	{ .name = "created", .title = "Created", .path = "createTime", .format = FORMAT_TIME },
	{ 0 }
};

static const struct parameter version_parameters[] = {
	EC2_FILTERS,
	{ .path = "LaunchTemplateId" },
	{ .path = "Versions[]", .wire = "LaunchTemplateVersion.N" },
	{ .path = "MaxResults", .type = VALUE_INTEGER },
	{ .path = "NextToken" },
	{ 0 }
};

static const struct operation describe_versions = {
	.name = "DescribeLaunchTemplateVersions",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = version_parameters,
	.paging = TEMPLATE_PAGING
};

/* Of all templates AWS lists these two versions, not each one. */
static const struct argument of_all[] = {
	{ .path = "Versions[]", .value = "$Default" },
	{ .path = "Versions[]", .value = "$Latest", .index = { 1 } },
	{ 0 }
};

static const struct drill version_drills[] = {
	{ .title = "Document", .enter = true },
	{ .title = "Image", .resource = "images", .arguments = {
		{ .parameter = "ImageIds[0]", .path = DATA "imageId" } } },
	{ .title = "Key pair", .resource = "key-pairs", .arguments = {
		{ .parameter = "KeyNames[0]", .path = DATA "keyName" } } },
	{ .title = "Template", .resource = "launch-templates", .arguments = {
		{ .parameter = "LaunchTemplateIds[0]", .path = "launchTemplateId" } } },
	{ .title = "Instances launched from its template", .resource = "instances", .up = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "tag:aws:ec2launchtemplate:id" },
		{ .parameter = "Filters[0].Values[0]", .path = "launchTemplateId" } } },
	{ 0 }
};

static const struct row_kind version_rows[] = {
	{ .path = "launchTemplateVersionSet/item" },
	{ 0 }
};

static const struct resource versions = {
	.name = "launch-template-versions", .aliases = "ltv", .title = "Launch template versions",
	.one = "launch template version",
	.list = &describe_versions, .whole = of_all, .rows = version_rows,
	.identity = { "launchTemplateId", "versionNumber" }, .label = "launchTemplateName",
	.columns = version_columns, .sort = "name,-version", .drills = version_drills,
	.get = "LaunchTemplateId",
	.console = EC2_CONSOLE "LaunchTemplateDetails:launchTemplateId={id}"
};

const struct resource *ec2_launch_templates(void)
{
	return &launch_templates;
}

const struct resource *ec2_launch_template_versions(void)
{
	return &versions;
}
