/* SPDX-License-Identifier: MIT */
#include "sim/service.h"

#include "sim/call.h"
#include "sim/server.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A request for something that is not simulated gets a service's usual
 * refusal, in the form that most of them share. */
static const struct sim_action none[] = { { 0 } };

static const struct sim_service unknown = {
	.name = "", .style = STYLE_QUERY, .version = "2010-05-08",
	.namespace = "http://aws.amazon.com/doc/%s/", .actions = none,
	.find = service_find_query,
};

static const struct sim_service *(*const services[])(void) = {
	service_ec2, service_s3, service_rds, service_sts,
};

#define SERVICE_COUNT (sizeof(services) / sizeof(*services))

/* Unsigned requests tell their service by the version they ask for; what
 * names none is for S3. */
static const struct sim_service *guess(const struct call *c)
{
	const char *version = call_param(c, "Version");

	if (!call_param(c, "Action"))
		return service_s3();
	for (size_t i = 0; version && i < SERVICE_COUNT; i++)
		if (!strcmp(services[i]()->version, version))
			return services[i]();
	return &unknown;
}

void service_find(struct call *c, const char *scope_service)
{
	c->service = scope_service ? &unknown : guess(c);
	for (size_t i = 0; scope_service && i < SERVICE_COUNT; i++)
		if (!strcmp(services[i]()->name, scope_service))
			c->service = services[i]();
}

const struct sim_action *service_find_query(struct call *c)
{
	const char *action = call_param(c, "Action");
	const char *version = call_param(c, "Version");

	c->operation = action ? action : "";
	if (!action) {
		call_error(c, 400, "MissingAction", "No action was supplied "
			"with this request.");
		return NULL;
	}
	for (const struct sim_action *a = c->service->actions; a->name; a++)
		if (!strcmp(a->name, action))
			return a;
	if (c->service->more && c->service->more(action))
		return c->service->more(action);
	if (c->service->style == STYLE_EC2)
		call_error(c, 400, "InvalidAction", "The action %s is not "
			"valid for this web service.", action);
	else
		call_error(c, 400, "InvalidAction", "Could not find operation "
			"%s for version %s", action,
			version ? version : "NO_VERSION_SPECIFIED");
	return NULL;
}

bool service_find_action(struct call *c)
{
	c->action = c->service->find(c);
	return c->action != NULL;
}

/* Does a parameter's name fit one of the patterns? N stands for digits. */
static bool name_fits(const char *pattern, size_t len, const char *name)
{
	size_t i = 0;

	while (i < len) {
		bool digits = pattern[i] == 'N' &&
			(i + 1 == len || pattern[i + 1] == '.') &&
			i > 0 && pattern[i - 1] == '.';

		if (digits && isdigit((unsigned char)*name)) {
			name += strspn(name, "0123456789");
			i++;
		} else if (pattern[i++] != *name++) {
			return false;
		}
	}
	return !*name;
}

static bool is_known(const char *patterns, const char *name)
{
	while (*patterns) {
		size_t len = strcspn(patterns, " ");

		if (name_fits(patterns, len, name))
			return true;
		patterns += len + (patterns[len] == ' ');
	}
	return false;
}

static bool check_parameters(struct call *c)
{
	static const char always[] = "Action Version DryRun AWSAccessKeyId "
		"X-Amz-Algorithm X-Amz-Credential X-Amz-Date X-Amz-Expires "
		"X-Amz-SignedHeaders X-Amz-Signature X-Amz-Security-Token";

	for (size_t i = 0; i < c->params.count; i++) {
		const char *name = c->params.items[i].name;

		if (!is_known(always, name) &&
			!is_known(c->action->parameters, name))
			return call_error(c, 400, "UnknownParameter",
				"The parameter %s is not recognized", name);
	}
	return true;
}

void service_run(struct call *c)
{
	if (c->action->parameters && !check_parameters(c))
		return;
	server_lock(c->sim, c->action->write);
	if (c->service->run)
		c->service->run(c);
	else
		c->action->run(c);
	server_unlock(c->sim);
}
