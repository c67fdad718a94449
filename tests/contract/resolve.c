/* SPDX-License-Identifier: MIT */
/*
 * Says what src/aws/ resolves, for credentials.py and endpoints.py:
 *	contract_resolve creds [PROFILE]     as `tucuxi creds -o json`
 *	contract_resolve services            the catalogue's, one a line
 *	contract_resolve regions             name, partition, title
 *	contract_resolve hosts               for each line of standard input:
 *	    name prefix signing flags region variant, by tabs, "-" is none
 */
#include "aws/request.h"
#include "aws/session.h"
#include "base/clock.h"
#include "catalogue/catalogue.h"
#include "doc/reader.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set(json_t *to, const char *name, const char *text)
{
	json_object_set_new(to, name, text ? json_string(text) :
		json_null());
}

static void print_creds(const struct aws_config *config,
	const struct credentials *c)
{
	json_t *row = json_object();
	char expires[32] = "";

	if (c->expires)
		clock_format_iso(c->expires, expires);
	set(row, "profile", config->profile);
	set(row, "region", config->region);
	set(row, "region_source", config->region_source);
	set(row, "source", c->source);
	set(row, "access_key", credentials_last4(c));
	set(row, "account", c->account);
	set(row, "expires", *expires ? expires : NULL);
	json_dumpf(row, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(row);
}

static bool creds(const char *profile, struct error *err)
{
	struct door_options options = { .read_only = true };
	struct profiles *profiles = profiles_load(aws_env_process(), err);
	struct aws_config config = { 0 };
	struct credential_store *store = NULL;
	struct credentials c = { 0 };
	struct door *door = NULL;
	bool ok;

	ok = profiles && config_resolve(&config, aws_env_process(), profiles,
			profile, NULL, NULL, err) &&
		(door = door_new(&options, err));
	if (ok) {
		store = credential_store_new(&config, door);
		ok = credential_get(store, &c, NULL, err);
	}
	if (ok)
		print_creds(&config, &c);
	credentials_clear(&c);
	credential_store_free(store);
	if (door)
		door_free(door);
	config_clear(&config);
	profiles_free(profiles);
	return ok;
}

static void print_services(void)
{
	size_t i;

	for (i = 0; i < catalogue_service_count(); i++) {
		const struct service *s = catalogue_service(i);

		printf("%s\t%s\t%s\t%s\n", s->name, s->prefix,
			s->signing ? s->signing : "-",
			s->flags & SERVICE_GLOBAL ? "global" :
			s->flags & SERVICE_S3 ? "s3" : "-");
	}
}

static void print_regions(void)
{
	size_t count, i;
	const struct region *list = region_list(&count);

	for (i = 0; i < count; i++)
		printf("%s\t%s\t%s\n", list[i].name,
			list[i].partition->name, list[i].title);
}

static bool print_host(char *line, struct error *err)
{
	struct profiles *profiles = profiles_empty();
	struct aws_config config = { 0 };
	struct service service = { 0 };
	struct endpoint e;
	char *part[6];
	size_t i;
	bool ok;

	for (i = 0; i < 6; i++) {
		part[i] = strsep(&line, "\t\n");
		if (!part[i])
			return error_set(err, ERR_USAGE, "six parts, please");
	}
	service.name = part[0];
	service.prefix = part[1];
	service.signing = strcmp(part[2], "-") == 0 ? NULL : part[2];
	service.flags = strcmp(part[3], "global") == 0 ? SERVICE_GLOBAL :
		strcmp(part[3], "s3") == 0 ? SERVICE_S3 : 0;
	ok = config_resolve(&config, aws_env_empty(), profiles, NULL, NULL,
		NULL, err);
	config.use_fips = strstr(part[5], "fips") != NULL;
	config.use_dualstack = strstr(part[5], "dual") != NULL;
	ok = ok && endpoint_resolve(&e, &config, &service, part[4], err);
	if (ok)
		printf("%s\t%s\t%s\n", e.host, e.signing_region,
			e.signing_name);
	config_clear(&config);
	profiles_free(profiles);
	return ok;
}

static bool hosts(struct error *err)
{
	char *line = NULL;
	size_t room = 0;
	bool ok = true;

	while (ok && getline(&line, &room, stdin) > 0)
		ok = print_host(line, err);
	free(line);
	return ok;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";
	struct error err = ERROR_INIT;
	bool ok = true;

	http_global_init();
	reader_global_init();
	if (strcmp(verb, "creds") == 0)
		ok = creds(argc > 2 ? argv[2] : NULL, &err);
	else if (strcmp(verb, "services") == 0)
		print_services();
	else if (strcmp(verb, "regions") == 0)
		print_regions();
	else if (strcmp(verb, "hosts") == 0)
		ok = hosts(&err);
	else
		ok = error_set(&err, ERR_USAGE, "creds, services, "
			"regions or hosts");
	if (!ok)
		fprintf(stderr, "%s: %s\n", error_kind_name(err.kind),
			err.text);
	reader_global_clear();
	http_global_clear();
	return ok ? 0 : 1;
}
