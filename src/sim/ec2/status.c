/* SPDX-License-Identifier: MIT */
/* Status checks and scheduled events; some of a fleet are always ill. */
#include "sim/ec2/calls.h"
#include "sim/ec2/ec2.h"
#include "sim/xml.h"

#include <stddef.h>
#include <string.h>

#define DAY ((int64_t)86400000)

struct event_kind {
	const char *code, *description;
};

static const struct event_kind events[] = {
	{ "instance-retirement", "The instance is running on degraded hardware" },
	{ "system-reboot", "The instance is scheduled for a reboot" },
	{ "instance-stop", "The instance is running on degraded hardware" },
	{ "system-maintenance", "The instance is scheduled for maintenance" },
};

struct status {
	struct instance instance;     /* first: the row */
	const char *system, *check;   /* ok, impaired, initializing… */
	const struct event_kind *event;
	int64_t event_from;
	uint64_t event_id;
};

/* A started instance is "initializing" for two minutes. */
static void judge(struct status *s, int64_t now)
{
	const struct instance *i = &s->instance;
	uint64_t bits = world_bits(i->world, ID_EVENT, i->index);

	s->event = NULL;
	s->system = s->check = "not-applicable";
	if (i->state != STATE_RUNNING && i->state != STATE_STOPPED)
		return;
	if (bits % 41 == 7) {
		s->event = &events[bits / 41 % 4];
		s->event_from = i->world->born +
			(1 + (int64_t)(bits >> 32 & 15)) * DAY;
		s->event_id = world_id(i->world, ID_EVENT, i->index);
	}
	if (i->state != STATE_RUNNING)
		return;
	s->system = s->check = "ok";
	if (now < i->launched + 120000)
		s->system = s->check = "initializing";
	else if (bits % 53 == 11)
		s->system = s->check = "impaired";
	else if (bits % 37 == 5)
		s->check = "impaired";
}

/* Without IncludeAllInstances only running ones have a status, also when
 * asked for by id. */
static bool fill(struct call *c, uint64_t slot, void *row)
{
	struct status *s = row;

	if (!instance_list()->fill(c, slot, &s->instance))
		return false;
	judge(s, c->now);
	return true;
}

static bool is_listed(struct call *c, const struct status *s)
{
	const char *all = call_param(c, "IncludeAllInstances");

	return s->instance.state == STATE_RUNNING ||
		(all && !strcmp(all, "true"));
}

static bool fill_listed(struct call *c, uint64_t slot, void *row)
{
	return fill(c, slot, row) && is_listed(c, row);
}


static const char *reachability(const char *status)
{
	return !strcmp(status, "ok") ? "passed" :
		!strcmp(status, "impaired") ? "failed" : status;
}

static void add_check(struct call *c, const char *element,
	const char *status, int64_t since)
{
	xml_add(c->out, "<%r><status>%r</status>", element, status);
	if (strcmp(status, "not-applicable") != 0)
		xml_add(c->out, "<details><item><name>reachability</name>"
			"<status>%r</status>", reachability(status));
	if (!strcmp(status, "impaired"))
		xml_add(c->out, "<impairedSince>%t</impairedSince>", since);
	if (strcmp(status, "not-applicable") != 0)
		str_add(c->out, "</item></details>");
	xml_add(c->out, "</%r>", element);
}

static void write(struct call *c, const void *row, const void *previous)
{
	const struct status *s = row;
	const struct instance *i = &s->instance;
	int64_t since = i->world->born - (int64_t)(i->bits >> 40 & 127) *
		60000;

	(void)previous;
	if (!is_listed(c, s))
		return;
	xml_add(c->out, "<item><instanceId>%r</instanceId>"
		"<availabilityZone>%r</availabilityZone>", i->row.id,
		i->zone);
	if (s->event)
		xml_add(c->out, "<eventsSet><item><instanceEventId>"
			"instance-event-%i</instanceEventId><code>%r</code>"
			"<description>%r</description><notBefore>%t"
			"</notBefore><notAfter>%t</notAfter></item>"
			"</eventsSet>", s->event_id, s->event->code,
			s->event->description, s->event_from,
			s->event_from + DAY / 12);
	xml_add(c->out, "<instanceState><code>%u</code><name>%r</name>"
		"</instanceState>", i->state, i->state_name);
	add_check(c, "systemStatus", s->system, since);
	add_check(c, "instanceStatus", s->check, since);
	str_add(c->out, "</item>");
}

static const char *check_reach(const void *row, size_t n, char *text)
{
	(void)text;
	return n ? NULL : reachability(((const struct status *)row)->check);
}

static const char *system_reach(const void *row, size_t n, char *text)
{
	(void)text;
	return n ? NULL : reachability(((const struct status *)row)->system);
}

static const char *event_code(const void *row, size_t n, char *text)
{
	const struct status *s = row;

	(void)text;
	return n || !s->event ? NULL : s->event->code;
}

#define AT(member) offsetof(struct status, member)

static const struct ec2_field filters[] = {
	{ "availability-zone", FIELD_CHARS, AT(instance.zone), NULL, NULL },
	{ "event.code", FIELD_CALL, 0, NULL, event_code },
	{ "instance-state-code", FIELD_UNSIGNED, AT(instance.state), NULL, NULL },
	{ "instance-state-name", FIELD_TEXT, AT(instance.state_name), NULL, NULL },
	{ "instance-status.reachability", FIELD_CALL, 0, NULL, check_reach },
	{ "instance-status.status", FIELD_TEXT, AT(check), NULL, NULL },
	{ "system-status.reachability", FIELD_CALL, 0, NULL, system_reach },
	{ "system-status.status", FIELD_TEXT, AT(system), NULL, NULL },
	{ .name = NULL }
};

#define LIST(fill_row) { \
	.set = "instanceStatusSet", .id_param = "InstanceId", \
	.id_name = "instance ID", .prefix = "i-", \
	.malformed = "InvalidInstanceID.Malformed", \
	.not_found = "InvalidInstanceID.NotFound", \
	.kind = ID_INSTANCE, .filters = filters, .page_most = 1000, \
	.slots = instance_slots, .fill = (fill_row), .write = write, \
}

static const struct ec2_list by_page = LIST(fill_listed);
static const struct ec2_list by_id = LIST(fill);

_Static_assert(sizeof(struct status) <= EC2_ROW_MOST, "row room");

void ec2_describe_instance_status(struct call *c)
{
	ec2_list_run(c, call_param(c, "InstanceId.1") ? &by_id : &by_page);
}
