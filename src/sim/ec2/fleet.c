/* SPDX-License-Identifier: MIT */
/* What the servers of the simulated company are, and where they stand. */
#include "sim/ec2/ec2.h"
#include "sim/ec2/launch.h"
#include "sim/ec2/parts.h"

#include <stdio.h>
#include <string.h>

/* Instances to a prod VPC: as many as its subnets have addresses for. */
#define VPC_CHUNK 20000

static const struct fleet_role roles[] = {
	{ .name = "web-%u", .env = "prod", .team = "storefront", .count = 11, .group = "web-prod", .is_public = true,
	  .types = { "m6i.large", "m6i.large", "m5.large" }, .image = 0 },
	{ .name = "api-%s-%02u", .env = "prod", .team = "platform", .count = 6, .group = "api-prod",
	  .types = { "m7g.large", "m7g.large", "c7g.2xlarge" }, .image = 1 },
	{ .name = "worker-%u", .env = "prod", .team = "platform", .count = 6, .group = "worker-prod",
	  .types = { "c6i.xlarge", "c6i.xlarge", "m6i.xlarge" }, .image = 0 },
	{ .name = "batch-%u", .env = "prod", .team = "data", .count = 4, .is_spot = true,
	  .types = { "c6i.4xlarge", "c6i.4xlarge", "c6i.4xlarge" }, .image = 2 },
	{ .name = "db-%u", .env = "prod", .team = "data", .count = 2, .data_volumes = 2,
	  .types = { "r6i.2xlarge", "r6i.2xlarge", "i4i.xlarge" }, .image = 2 },
	{ .name = "cache-%u", .env = "prod", .team = "platform", .count = 2,
	  .types = { "r6g.2xlarge", "r6g.2xlarge", "r6g.2xlarge" }, .image = 1 },
	{ .name = "search-%u", .env = "prod", .team = "R&D <search>", .count = 2, .data_volumes = 1,
	  .types = { "r6i.2xlarge", "i4i.xlarge", "i4i.xlarge" }, .image = 2 },
	{ .name = "stage-web-%u", .env = "stage", .team = "storefront", .count = 2, .group = "web-stage",
	  .types = { "t3.medium", "t3.medium", "m5.large" }, .image = 0 },
	{ .name = "build-%u", .env = "dev", .team = "tools", .count = 1, .data_volumes = 1,
	  .types = { "c6i.4xlarge", "c7g.2xlarge", "c6i.4xlarge" }, .image = 2 },
	{ .name = "bastion-%u", .env = "prod", .team = "security", .count = 1, .is_public = true,
	  .types = { "t3.micro", "t3.micro", "t2.small" }, .image = 0 },
	{ .name = "train-gpu-%u", .env = "dev", .team = "R&D", .count = 1, .data_volumes = 1,
	  .types = { "g5.xlarge", "p4d.24xlarge", "g5.xlarge" }, .image = 4 },
	{ .name = "ad-win-%02u", .env = "prod", .team = "office", .count = 1, .is_windows = true,
	  .types = { "t3.medium", "m5.large", "m5.large" }, .image = 3 },
	{ .name = NULL, .env = "dev", .team = NULL, .count = 1,
	  .types = { "t3.micro", "t2.small", "t3.micro" }, .image = 5 },
};

#define BLOCK 40    /* the sum of their counts */

const struct fleet_role *fleet_role_at(uint64_t index, uint64_t *number,
	uint64_t *first)
{
	uint64_t block = index / BLOCK, place = index % BLOCK;
	const struct fleet_role *r = roles;

	while (place >= r->count)
		place -= r++->count;
	*number = block * r->count + place + 1;
	*first = index - place;
	return r;
}

unsigned zone_count(const struct world *w)
{
	return (unsigned)strlen(w->region->zones);
}

void zone_name(const struct world *w, unsigned zone, char out[24])
{
	snprintf(out, 24, "%s%c", w->region->name, w->region->zones[zone]);
}

unsigned vpc_count(const struct world *w)
{
	return 3 + (unsigned)(w->instances / VPC_CHUNK);
}

/* The network part; the default VPC has the one that AWS gives it. */
unsigned vpc_address(unsigned vpc)
{
	return vpc == 0 ? 172u << 24 | 31u << 16 :
		10u << 24 | (19 + vpc) << 16;
}

static const struct {
	unsigned code;
	const char *name;
} states[] = {
	{ STATE_PENDING, "pending" }, { STATE_RUNNING, "running" },
	{ STATE_SHUTTING_DOWN, "shutting-down" },
	{ STATE_TERMINATED, "terminated" }, { STATE_STOPPING, "stopping" },
	{ STATE_STOPPED, "stopped" },
};

const char *instance_state_name(unsigned state)
{
	return states[state / 16].name;
}

bool instance_is_gone(const struct instance *i)
{
	return i->state == STATE_TERMINATED;
}

static void place(struct instance *i)
{
	const struct world *w = i->world;
	unsigned zones = zone_count(w), host;

	i->vpc_index = !strcmp(i->role->env, "prod") ?
		2 + (unsigned)(i->index / VPC_CHUNK) :
		!strcmp(i->role->env, "stage") ? 1 : 0;
	i->zone_index = (unsigned)(i->index % zones);
	zone_name(w, i->zone_index, i->zone);
	/* /20 subnets; the first four addresses of each are AWS's own. */
	host = (unsigned)(i->index % VPC_CHUNK) / zones + 4;
	i->address = vpc_address(i->vpc_index) + i->zone_index * 4096 + host;
	if (i->role->is_public)
		i->public_address = (54u << 24) +
			(unsigned)(w->key & 0x7f) * 0x20000 +
			(unsigned)(i->index * 7919 + 1283) % 0x20000;
	i->vpc = world_id(w, ID_VPC, i->vpc_index);
	i->subnet = world_id(w, ID_SUBNET,
		i->vpc_index * zones + i->zone_index);
	i->traits.groups[0] = world_id(w, ID_GROUP, i->vpc_index *
		GROUPS_PER_VPC + (i->role->is_public ? 2 : 1));
	i->traits.group_count = 1;
	i->image = world_id(w, ID_IMAGE, i->role->image);
}

/* Names that are hard on columns, in their places of every fleet. */
static const char *special_name(uint64_t index)
{
	switch (index) {
	case 5: return "データ収集-東京-1";
	case 18: return "café-zürich-réserve-1";
	case 26: return "migration-of-the-old-reporting-database-to-the-new-"
		"cluster-do-not-stop-before-the-end-of-the-quarter-ask-the-"
		"data-team-first-or-page-the-on-call-engineer-of-the-week-"
		"see-runbook-0042-section-7-for-how-to-roll-back-1";
	default: return NULL;
	}
}

static void name_it(struct instance *i, uint64_t number)
{
	static const char *const places[] = { "eu", "us", "ap" };
	const char *special = special_name(i->index);
	const char *format = i->role->name;
	char *hole;
	char text[64];

	i->name[0] = '\0';
	if (!format)
		return;
	if (special) {
		snprintf(i->name, sizeof(i->name), "%s", special);
		return;
	}
	snprintf(text, sizeof(text), "%s", format);
	hole = strchr(text, '%');
	*hole = '\0';
	if (hole[1] == 's')
		snprintf(i->name, sizeof(i->name), "%s%s-%02u", text,
			places[i->index / BLOCK % 3], (unsigned)number);
	else
		snprintf(i->name, sizeof(i->name), hole[1] == '0' ? "%s%02u" :
			"%s%u", text, (unsigned)number);
}

static void tag_it(struct instance *i)
{
	struct tags *t = &i->row.tags;

	t->count = 0;
	tags_add(t, "Name", i->name[0] ? i->name : NULL);
	tags_add(t, "env", i->role->env);
	tags_add(t, "team", i->role->team);
	tags_add(t, "aws:autoscaling:groupName", i->role->group);
	if (i->role->is_spot)
		tags_add(t, "aws:ec2spot:fleet-request-id",
			"sfr-73fbd2ce-aa30-494c-8788-1cee4EXAMPLE");
	tags_apply(i->world, i->row.id, t);
}

/* One in a hundred is starting, three are gone, seven are stopped. */
static void born_state(struct instance *i, int64_t now)
{
	unsigned roll = (unsigned)(i->bits % 100);
	int64_t day = 86400000;

	i->launched = i->world->born - (int64_t)(i->bits >> 20 & 0xffffff) *
		2000 - day / 8;
	i->state = STATE_RUNNING;
	i->changed = i->launched;
	if (roll < 1) {
		i->launched = i->world->born - 20000;
		if (now < i->world->born + 60000)
			i->state = STATE_PENDING;
	} else if (roll < 4) {
		i->state = STATE_TERMINATED;
		i->changed = i->world->born - 600000;
	} else if (roll < 11) {
		i->state = STATE_STOPPED;
		i->changed = i->launched +
			(i->world->born - i->launched) / 2;
	}
}

/* False: terminated for so long that it is not listed any more. */
static bool current_state(struct instance *i, int64_t now)
{
	const struct instance_change *change;

	if (!i->launch)
		born_state(i, now);
	change = map_count(i->world->states) ?
		map_get(i->world->states, i->row.id) : NULL;
	if (!change)
		return true;
	i->state = now >= change->at ? change->next : change->state;
	i->changed = change->since;
	if (change->launched)
		i->launched = change->launched;
	return i->state != STATE_TERMINATED || now < change->at + 3600000;
}

static void explain_state(struct instance *i)
{
	bool user = i->state == STATE_STOPPED || i->state == STATE_STOPPING ||
		i->state == STATE_TERMINATED ||
		i->state == STATE_SHUTTING_DOWN;

	i->state_name = instance_state_name(i->state);
	i->reason_code = user ? "Client.UserInitiatedShutdown" :
		i->state == STATE_PENDING ? "pending" : NULL;
	i->reason = user ? "Client.UserInitiatedShutdown: User initiated "
		"shutdown" : i->state == STATE_PENDING ? "pending" : NULL;
}

/* What the fleet was launched with. */
static void born(struct instance *i, uint64_t number, uint64_t first)
{
	const struct world *w = i->world;
	struct instance_traits *t = &i->traits;

	*t = (struct instance_traits){ 0 };
	t->type = market_type_find(i->role->types[i->bits >> 8 & 1 ? 0 :
		i->bits >> 9 & 1 ? 1 : 2]);
	t->monitored = i->bits >> 12 & 1;
	t->tokens_required = (i->bits >> 13 & 3) != 0;
	t->hops = t->tokens_required ? 2 : 1;
	t->ebs_optimized = t->type->nitro;
	snprintf(t->profile, sizeof(t->profile), "%s",
		i->role->group ? i->role->group : "");
	t->association = world_id(w, ID_PROFILE, i->index);
	i->platform = i->role->is_windows ? "windows" : NULL;
	i->lifecycle = i->role->is_spot ? "spot" : NULL;
	i->key_name = i->role->is_windows ? "windows-2024" :
		i->bits >> 10 & 3 ? "ops-2025" : NULL;
	/* Batch servers were launched together. */
	i->launch_index = i->role->is_spot ? (unsigned)(i->index - first) : 0;
	i->reservation = world_id(w, ID_RESERVATION,
		i->index - i->launch_index);
	i->data_volumes = i->role->data_volumes;
	i->public_address = 0;
	place(i);
	name_it(i, number);
}

static void set_traits(struct instance *i, int64_t now)
{
	const struct instance_traits *t = traits_find(i->world, i->row.id);
	unsigned elastic = address_of_instance(i->world, i->row.id, now);

	if (t)
		i->traits = *t;
	i->type = i->traits.type;
	i->type_name = i->type->name;
	i->architecture = i->type->arm ? "arm64" : "x86_64";
	if (i->state != STATE_RUNNING && i->state != STATE_PENDING)
		i->public_address = 0;
	i->elastic = elastic != 0;
	if (elastic)
		i->public_address = elastic;
}

uint64_t instance_slots(const struct world *w)
{
	return w->instances + launch_count(w);
}

bool instance_fill(const struct world *w, uint64_t index, int64_t now,
	struct instance *i)
{
	uint64_t number = 0, first = 0;

	i->world = w;
	i->index = index;
	i->bits = world_bits(w, ID_INSTANCE, index);
	i->launch = index < w->instances ? NULL :
		launch_at(w, index - w->instances);
	i->interface = world_id(w, ID_INTERFACE, index);
	world_id_text("i-", world_id(w, ID_INSTANCE, index), i->row.id);
	if (i->launch)
		launch_fill(i);
	else
		i->role = fleet_role_at(index, &number, &first);
	if (!current_state(i, now))
		return false;
	explain_state(i);
	if (!i->launch)
		born(i, number, first);
	set_traits(i, now);
	tag_it(i);
	if (i->launch)
		launch_name(i);
	return true;
}
