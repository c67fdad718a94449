/* SPDX-License-Identifier: MIT */
/*
 * DescribeInstanceAttribute and ModifyInstanceAttribute: one attribute a
 * call, by its own parameter or by Attribute and Value as in old clients.
 */
#include "sim/ec2/calls.h"
#include "sim/ec2/disk.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* set: checks; with t it then changes. t NULL: only checks. */
struct attribute {
	const char *name;
	const char *param;       /* that asks for a change; NULL: cannot be */
	void (*write)(struct call *c, const struct instance *i);
	bool (*set)(struct call *c, const struct instance *i,
		struct instance_traits *t, const char *value);
	bool stopped;            /* only then */
	bool raw;                /* write() writes more than <value> */
};

static bool invalid(struct call *c, const char *name, const char *value)
{
	return call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
		"parameter %s is invalid.", value, name);
}

static bool read_bool(struct call *c, const char *name, const char *value,
	bool *out)
{
	*out = !strcmp(value, "true");
	return *out || !strcmp(value, "false") || invalid(c, name, value);
}

static void write_type(struct call *c, const struct instance *i)
{
	str_add(c->out, i->type_name);
}

static bool set_type(struct call *c, const struct instance *i,
	struct instance_traits *t, const char *value)
{
	const struct market_type *type = market_type_find(value);

	if (!type)
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value '%s' for InstanceType.", value);
	if (type->arm != i->type->arm)
		return call_error(c, 400, "InvalidParameterValue", "The "
			"architecture '%s' of the specified instance type "
			"does not match the architecture '%s' of the "
			"instance.", type->arm ? "arm64" : "x86_64",
			i->architecture);
	if (t)
		t->type = type;
	return true;
}

static void write_data(struct call *c, const struct instance *i)
{
	if (i->traits.user_data)
		xml_add(c->out, "<value>%s</value>", i->traits.user_data);
}

static bool set_data(struct call *c, const struct instance *i,
	struct instance_traits *t, const char *value)
{
	(void)i;
	if (!user_data_check(c, value))
		return false;
	if (t) {
		free(t->user_data);
		t->user_data = *value ? xstrdup(value) : NULL;
	}
	return true;
}

/* Those that are true or false. */
#define SWITCH(name, member, off) \
static void write_##member(struct call *c, const struct instance *i) \
{ \
	str_add(c->out, i->traits.member != (off) ? "true" : "false"); \
} \
static bool set_##member(struct call *c, const struct instance *i, \
	struct instance_traits *t, const char *value) \
{ \
	bool on; \
	(void)i; \
	if (!read_bool(c, name, value, &on)) \
		return false; \
	if (t) \
		t->member = on != (off); \
	return true; \
}

SWITCH("sourceDestCheck", any_address, true)
SWITCH("ebsOptimized", ebs_optimized, false)
SWITCH("disableApiTermination", no_terminate, false)
SWITCH("disableApiStop", no_stop, false)

static bool set_terminate(struct call *c, const struct instance *i,
	struct instance_traits *t, const char *value)
{
	if (i->lifecycle)
		return call_error(c, 400, "UnsupportedOperation", "Modifying "
			"'disableApiTermination' is not supported for spot "
			"instances.");
	return set_no_terminate(c, i, t, value);
}

static void write_shutdown(struct call *c, const struct instance *i)
{
	str_add(c->out, i->traits.ends_on_shutdown || i->lifecycle ?
		"terminate" : "stop");
}

static bool set_shutdown(struct call *c, const struct instance *i,
	struct instance_traits *t, const char *value)
{
	bool ends = !strcmp(value, "terminate");

	(void)i;
	if (!ends && strcmp(value, "stop") != 0)
		return invalid(c, "instanceInitiatedShutdownBehavior", value);
	if (t)
		t->ends_on_shutdown = ends;
	return true;
}

static void write_root(struct call *c, const struct instance *i)
{
	str_add(c->out, instance_root(i));
}

static bool set_groups(struct call *c, const struct instance *i,
	struct instance_traits *t, const char *value)
{
	struct instance_traits groups = { .group_count = 0 };
	struct call_pairs ids = { 0 };
	char vpc[32];
	bool ok = true;

	(void)value;
	world_id_text("vpc-", i->vpc, vpc);
	call_list(c, "GroupId", &ids);
	for (size_t n = 0; ok && n < ids.count; n++)
		ok = instance_add_group(c, &groups, ids.items[n].value, vpc);
	VEC_FREE(&ids);
	if (ok && t) {
		memcpy(t->groups, groups.groups, sizeof(t->groups));
		t->group_count = groups.group_count;
	}
	return ok;
}

static void write_volume(void *data, const struct volume *v)
{
	xml_add(data, "<item><deviceName>%s</deviceName><ebs><volumeId>%r"
		"</volumeId><status>%r</status><deleteOnTermination>%b"
		"</deleteOnTermination></ebs></item>", v->device, v->row.id,
		v->instance_status, (int)v->on_termination);
}

static void write_volumes(struct call *c, const struct instance *i)
{
	instance_volumes(c, i, write_volume, c->out);
}

struct device_search {
	const char *device;
	char volume[EC2_ID_MOST];    /* "": there is none */
};

static void match_device(void *data, const struct volume *v)
{
	struct device_search *s = data;

	if (str_eq(v->device, s->device))
		memcpy(s->volume, v->row.id, sizeof(s->volume));
}

static bool set_volume(struct call *c, const struct instance *i,
	struct instance_traits *t, unsigned n)
{
	const char *value = call_param(c, call_textf(c,
		"BlockDeviceMapping.%u.Ebs.DeleteOnTermination", n));
	struct device_search s = { .device = call_param(c, call_textf(c,
		"BlockDeviceMapping.%u.DeviceName", n)) };
	struct volume v;
	bool on;

	if (!value)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter ebs.deleteOnTermination");
	instance_volumes(c, i, match_device, &s);
	if (!*s.volume)
		return call_error(c, 400, "InvalidInstanceAttributeValue",
			"No device is currently mapped at %s", s.device);
	if (!read_bool(c, "deleteOnTermination", value, &on))
		return false;
	if (t && ec2_list_find(c, volume_list(), s.volume, &v))
		disk_edit(c->world, &v)->on_termination = on;
	return true;
}

static bool set_volumes(struct call *c, const struct instance *i,
	struct instance_traits *t, const char *value)
{
	bool ok = true;

	(void)value;
	for (unsigned n = 1; ok && call_param(c, call_textf(c,
		"BlockDeviceMapping.%u.DeviceName", n)); n++)
		ok = set_volume(c, i, t, n);
	return ok;
}

static const struct attribute attributes[] = {
	{ "instanceType", "InstanceType.Value", write_type, set_type, true, false },
	{ "userData", "UserData.Value", write_data, set_data, true, true },
	{ "disableApiTermination", "DisableApiTermination.Value", write_no_terminate, set_terminate, false, false },
	{ "disableApiStop", "DisableApiStop.Value", write_no_stop, set_no_stop, false, false },
	{ "instanceInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior.Value", write_shutdown,
	  set_shutdown, false, false },
	{ "sourceDestCheck", "SourceDestCheck.Value", write_any_address, set_any_address, false, false },
	{ "ebsOptimized", "EbsOptimized.Value", write_ebs_optimized, set_ebs_optimized, true, false },
	{ "groupSet", "GroupId.1", NULL, set_groups, false, true },
	{ "blockDeviceMapping", "BlockDeviceMapping.1.DeviceName", write_volumes, set_volumes, false, true },
	{ "rootDeviceName", NULL, write_root, NULL, false, false },
};

#define ATTRIBUTES (sizeof(attributes) / sizeof(*attributes))

static const struct attribute *find(struct call *c, const char *name)
{
	for (size_t n = 0; n < ATTRIBUTES; n++)
		if (!strcmp(attributes[n].name, name))
			return &attributes[n];
	call_error(c, 400, "InvalidParameterValue", "Value (%s) for parameter "
		"attribute is invalid. Unknown attribute.", name);
	return NULL;
}

/* Which one is to be changed, and to what. NULL: answered. */
static const struct attribute *asked(struct call *c, const char **value)
{
	const char *name = call_param(c, "Attribute");
	const struct attribute *a = NULL;

	*value = call_param(c, "Value");
	if (name && *value) {
		a = find(c, name);
		if (!a || a->set)
			return a;
		call_error(c, 400, "InvalidParameterValue", "The attribute "
			"'%s' cannot be changed", name);
		return NULL;
	}
	for (size_t n = 0; n < ATTRIBUTES; n++) {
		const struct attribute *one = &attributes[n];

		if (!one->param || !call_param(c, one->param))
			continue;
		if (a) {
			call_error(c, 400, "InvalidParameterCombination",
				"Fields for multiple attribute types "
				"specified: %s, %s", a->name, one->name);
			return NULL;
		}
		a = one;
		*value = call_param(c, one->param);
	}
	if (!a)
		call_error(c, 400, "InvalidParameterCombination",
			"No attributes specified.");
	return a;
}

void ec2_modify_attribute(struct call *c)
{
	const struct attribute *a;
	struct instance i;
	const char *value;

	if (!instance_need(c, &i))
		return;
	a = asked(c, &value);
	if (!a)
		return;
	if (instance_is_gone(&i) || i.state == STATE_SHUTTING_DOWN) {
		call_error(c, 400, "IncorrectInstanceState", "This instance "
			"'%s' is not in a valid state: it is '%s'.",
			i.row.id, i.state_name);
		return;
	}
	if (a->stopped && i.state != STATE_STOPPED) {
		call_error(c, 400, "IncorrectInstanceState", "The instance "
			"'%s' is not in the 'stopped' state.", i.row.id);
		return;
	}
	if (!a->set(c, &i, NULL, value) || ec2_dry_run(c))
		return;
	a->set(c, &i, traits_edit(c->world, &i), value);
	ec2_reply_true(c);
}

void ec2_describe_attribute(struct call *c)
{
	const char *name = ec2_need(c, "Attribute");
	const struct attribute *a = name ? find(c, name) : NULL;
	struct instance i;

	if (!a || !instance_need(c, &i) || ec2_dry_run(c))
		return;
	call_open(c);
	xml_add(c->out, "<instanceId>%r</instanceId>", i.row.id);
	if (!a->write) {
		instance_write_groups(c, &i);
	} else {
		xml_add(c->out, a->raw ? "<%r>" : "<%r><value>", a->name);
		a->write(c, &i);
		xml_add(c->out, a->raw ? "</%r>" : "</value></%r>", a->name);
	}
	call_close(c);
}
