/* SPDX-License-Identifier: MIT */
/* Instance profiles (roles) of instances and their associations. The
 * profiles themselves are IAM's; a few names are taken as known. */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include "base/vec.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define ARN "arn:aws:iam::%s:instance-profile/"

bool profile_is_known(const char *name)
{
	static const char *const names[] = {
		"web-prod", "api-prod", "worker-prod", "web-stage",
		"ssm-managed", "backup",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

unsigned profile_number(const char *name)
{
	return 1000000000 + (unsigned)map_hash(name, strlen(name)) %
		999999999;
}

static bool wrong(struct call *c, const char *value, const char *what)
{
	return call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
		"parameter iamInstanceProfile.%s is invalid. Invalid IAM "
		"Instance Profile %s", value, what,
		strcmp(what, "name") ? "ARN" : "name");
}

bool profile_read(struct call *c, char out[PROFILE_MOST + 1])
{
	const char *name = call_param(c, "IamInstanceProfile.Name");
	const char *arn = call_param(c, "IamInstanceProfile.Arn");
	const char *prefix = call_textf(c, ARN, c->world->account);

	*out = '\0';
	if (name && arn)
		return call_error(c, 400, "InvalidParameterCombination",
			"The parameter 'iamInstanceProfile.name' may not be "
			"used in combination with 'iamInstanceProfile.arn'");
	if (!name && !arn)
		return true;
	if (name && !profile_is_known(name))
		return wrong(c, name, "name");
	if (arn && (!str_starts(arn, prefix) ||
		!profile_is_known(arn + strlen(prefix))))
		return wrong(c, arn, "arn");
	snprintf(out, PROFILE_MOST + 1, "%s",
		name ? name : arn + strlen(prefix));
	return true;
}

static void write(struct call *c, const struct instance *i, const char *name,
	const char *state)
{
	xml_add(c->out, "<associationId>iip-assoc-%i</associationId>"
		"<instanceId>%r</instanceId><iamInstanceProfile><arn>"
		"arn:aws:iam::%r:instance-profile/%s</arn><id>AIPATUCUXI%u"
		"</id></iamInstanceProfile><state>%r</state>",
		i->traits.association, i->row.id, c->world->account, name,
		profile_number(name), state);
	if (i->traits.associated)
		xml_add(c->out, "<timestamp>%t</timestamp>",
			i->traits.associated);
}

static void reply(struct call *c, const struct instance *i, const char *name,
	const char *state)
{
	call_open(c);
	str_add(c->out, "<iamInstanceProfileAssociation>");
	write(c, i, name, state);
	str_add(c->out, "</iamInstanceProfileAssociation>");
	call_close(c);
}

/* Another association than before, with an id of its own. */
static void associate(struct call *c, struct instance *i, const char *name)
{
	struct instance_traits *t = traits_edit(c->world, i);

	snprintf(t->profile, sizeof(t->profile), "%s", name);
	t->association = world_id(c->world, ID_OTHER, ++c->world->made);
	t->associated = c->now;
	i->traits = *t;
	reply(c, i, name, "associating");
}

static bool need_profile(struct call *c, char name[PROFILE_MOST + 1])
{
	if (!profile_read(c, name))
		return false;
	return *name || call_error(c, 400, "MissingParameter", "The request "
		"must contain the parameter IamInstanceProfile");
}

void ec2_associate_profile(struct call *c)
{
	char name[PROFILE_MOST + 1];
	struct instance i;

	if (!instance_need(c, &i) || !need_profile(c, name))
		return;
	if (instance_is_gone(&i) || i.state == STATE_SHUTTING_DOWN)
		call_error(c, 400, "IncorrectInstanceState", "The instance "
			"'%s' is not in a valid state for this operation.",
			i.row.id);
	else if (*i.traits.profile)
		call_error(c, 400, "IncorrectState", "There is an existing "
			"association for instance %s", i.row.id);
	else
		associate(c, &i, name);
}

/* The instance that AssociationId is of; false: answered. */
static bool find(struct call *c, struct instance *i)
{
	const char *id = ec2_need(c, "AssociationId");
	char own[32];

	if (!id)
		return false;
	for (uint64_t slot = 0; slot < instance_slots(c->world); slot++) {
		if (!instance_fill(c->world, slot, c->now, i) ||
			instance_is_gone(i) || !*i->traits.profile)
			continue;
		world_id_text("iip-assoc-", i->traits.association, own);
		if (!strcmp(own, id))
			return true;
	}
	return call_error(c, 400, "InvalidAssociationID.NotFound", "An "
		"invalid association-id of '%s' was given", id);
}

void ec2_replace_profile(struct call *c)
{
	char name[PROFILE_MOST + 1];
	struct instance i;

	if (find(c, &i) && need_profile(c, name))
		associate(c, &i, name);
}

void ec2_disassociate_profile(struct call *c)
{
	struct instance i;

	if (!find(c, &i))
		return;
	traits_edit(c->world, &i)->profile[0] = '\0';
	reply(c, &i, i.traits.profile, "disassociating");
}

static const char *association(const void *row, size_t n, char *text)
{
	const struct instance *i = row;

	if (n > 0)
		return NULL;
	world_id_text("iip-assoc-", i->traits.association, text);
	return text;
}

static const char *state(const void *row, size_t n, char *text)
{
	(void)row;
	(void)text;
	return n ? NULL : "associated";
}

static const struct ec2_field filters[] = {
	{ "instance-id", FIELD_CHARS, offsetof(struct instance, row.id), NULL, NULL },
	{ "state", FIELD_CALL, 0, NULL, state },
	{ .name = NULL }
};

static bool is_asked(const struct call_pairs *ids, const struct instance *i)
{
	char id[64];

	for (size_t n = 0; n < ids->count; n++)
		if (!strcmp(ids->items[n].value, association(i, 0, id)))
			return true;
	return ids->count == 0;
}

/* Where the page ends; 0: nothing is left. */
static uint64_t write_page(struct call *c, const struct call_pairs *ids,
	const struct ec2_filters *pass, uint64_t slot, size_t room)
{
	struct instance i;

	for (; slot < instance_slots(c->world); slot++) {
		if (!instance_fill(c->world, slot, c->now, &i) ||
			instance_is_gone(&i) || !*i.traits.profile ||
			!is_asked(ids, &i) || !ec2_filters_pass(pass, &i))
			continue;
		if (room-- == 0)
			return slot;
		str_add(c->out, "<item>");
		write(c, &i, i.traits.profile, "associated");
		str_add(c->out, "</item>");
	}
	return 0;
}

void ec2_describe_profiles(struct call *c)
{
	struct call_pairs ids = { 0 };
	struct ec2_filters *pass;
	uint64_t slot, next;
	size_t size;

	if (!ec2_page_read(c, 1000, &slot, &size))
		return;
	pass = ec2_filters_new(c, filters, NULL);
	if (!pass)
		return;
	call_list(c, "AssociationId", &ids);
	call_open(c);
	str_add(c->out, "<iamInstanceProfileAssociationSet>");
	next = write_page(c, &ids, pass, slot, size);
	str_add(c->out, "</iamInstanceProfileAssociationSet>");
	if (next)
		ec2_page_write(c, next);
	call_close(c);
	ec2_filters_free(pass);
	VEC_FREE(&ids);
}
