/* SPDX-License-Identifier: MIT */
#include "sim/rds/rds.h"

#include "base/vec.h"
#include "sim/call.h"
#include "sim/page.h"
#include "sim/service.h"
#include "sim/world.h"
#include "sim/xml.h"

#include <string.h>

#define RECORDS_LEAST 20
#define RECORDS_MOST 100
#define MOVE_MS 60000
#define REBOOT_MS 30000

/* One list operation: which databases it shows, and how. */
struct db_list {
	const char *set;
	const char *id_param;        /* NULL: none */
	const char *filters;         /* blank-separated names */
	bool (*shows)(const struct db *db);
	bool (*is)(const struct db *db, const char *id);
	void (*write)(struct call *c, const struct db *db);
	const char *not_found, *noun;
};

/* The name behind an ARN's last colon. */
static const char *bare(const char *id)
{
	const char *colon = strrchr(id, ':');

	return colon ? colon + 1 : id;
}

static bool any_db(const struct db *db)
{
	return db->id[0] != '\0';
}

static bool has_maintenance(const struct db *db)
{
	return db->bits % 5 == 2;
}

static bool is_db(const struct db *db, const char *id)
{
	return str_ieq(db->id, bare(id));
}

static bool is_cluster(const struct db *db, const char *id)
{
	return str_ieq(db->cluster, bare(id));
}

static bool is_known(const char *names, const char *name)
{
	size_t len = strlen(name);
	const char *at = names;

	while ((at = strstr(at, name))) {
		if ((at == names || at[-1] == ' ') &&
			(!at[len] || at[len] == ' '))
			return len > 0;
		at += len ? len : 1;
		if (!*at)
			break;
	}
	return false;
}

static bool is_resource(const struct db *db, const char *prefix,
	const char *value)
{
	char id[32];

	world_id_text(prefix, db->bits, id);
	return !strcmp(id, value);
}

/* No database here has a domain or is a clone, so none of them passes. */
static bool filter_is(const struct db *db, const char *name,
	const char *value)
{
	if (!strcmp(name, "db-instance-id"))
		return is_db(db, value);
	if (!strcmp(name, "db-cluster-id"))
		return is_cluster(db, value);
	if (!strcmp(name, "dbi-resource-id"))
		return is_resource(db, "db-", value);
	if (!strcmp(name, "db-cluster-resource-id"))
		return is_resource(db, "cluster-", value);
	if (!strcmp(name, "engine"))
		return str_ieq(db->engine->name, value);
	return false;
}

static bool check_filters(struct call *c, const struct db_list *l)
{
	for (unsigned n = 1;; n++) {
		const char *name = call_param(c,
			call_textf(c, "Filters.Filter.%u.Name", n));

		if (!name)
			return true;
		if (!is_known(l->filters, name))
			return call_error(c, 400, "InvalidParameterValue",
				"Unrecognized filter name: %s", name);
		if (!call_param(c, call_textf(c,
			"Filters.Filter.%u.Values.Value.1", n)))
			return call_error(c, 400, "InvalidParameterValue",
				"Filter %s has no values", name);
	}
}

static bool pass(struct call *c, const struct db *db)
{
	for (unsigned n = 1;; n++) {
		const char *name = call_param(c,
			call_textf(c, "Filters.Filter.%u.Name", n));
		struct call_pairs values = { 0 };
		bool ok = false;

		if (!name)
			return true;
		call_list(c, call_textf(c, "Filters.Filter.%u.Values.Value",
			n), &values);
		for (size_t i = 0; i < values.count; i++)
			ok = ok || filter_is(db, name, values.items[i].value);
		VEC_FREE(&values);
		if (!ok)
			return false;
	}
}

static bool read_page(struct call *c, uint64_t *at, long *size)
{
	const char *records = call_param(c, "MaxRecords");
	const char *marker = call_param(c, "Marker");

	*at = 0;
	*size = RECORDS_MOST;
	if (records && !str_int(records, RECORDS_LEAST, RECORDS_MOST, size))
		return call_error(c, 400, "InvalidParameterValue", "Invalid "
			"value %s for MaxRecords. Must be between %d and %d",
			records, RECORDS_LEAST, RECORDS_MOST);
	if (marker && *marker && !page_token_read(c, marker, at))
		return call_error(c, 400, "InvalidParameterValue",
			"The specified marker is not valid: %s", marker);
	return true;
}

static void run_list(struct call *c, const struct db_list *l)
{
	const struct rds *rds = c->world->rds;
	const char *id = l->id_param ? call_param(c, l->id_param) : NULL;
	size_t found = 0;
	uint64_t at;
	long room;

	if (!read_page(c, &at, &room) || !check_filters(c, l))
		return;
	call_open(c);
	xml_add(c->out, "<%r>", l->set);
	for (; at < rds->count && room > 0; at++) {
		const struct db *db = &rds->items[at];

		if (!l->shows(db) || (id && !l->is(db, id)) || !pass(c, db))
			continue;
		l->write(c, db);
		found++;
		room--;
	}
	if (id && l->not_found && found == 0) {
		call_error(c, 404, l->not_found, "%s %s not found.", l->noun,
			id);
		return;
	}
	xml_add(c->out, "</%r>", l->set);
	if (at < rds->count) {
		str_add(c->out, "<Marker>");
		page_token_add(c, c->out, at);
		str_add(c->out, "</Marker>");
	}
	call_close(c);
}

static void describe_instances(struct call *c)
{
	static const struct db_list list = {
		"DBInstances", "DBInstanceIdentifier",
		"db-cluster-id db-instance-id dbi-resource-id domain engine",
		any_db, is_db, db_write, "DBInstanceNotFound", "DBInstance"
	};

	run_list(c, &list);
}

static void describe_clusters(struct call *c)
{
	static const struct db_list list = {
		"DBClusters", "DBClusterIdentifier",
		"clone-group-id db-cluster-id db-cluster-resource-id domain "
		"engine", db_is_writer, is_cluster, db_cluster_write,
		"DBClusterNotFoundFault", "DBCluster"
	};

	run_list(c, &list);
}

static void describe_maintenance(struct call *c)
{
	static const struct db_list list = {
		"PendingMaintenanceActions", "ResourceIdentifier",
		"db-cluster-id db-instance-id", has_maintenance, is_db,
		db_maintenance_write, NULL, NULL
	};

	run_list(c, &list);
}

static struct db *find_target(struct call *c)
{
	const char *id = call_param(c, "DBInstanceIdentifier");
	struct db *db;

	if (!id || !*id) {
		call_error(c, 400, "ValidationError", "The parameter "
			"DBInstanceIdentifier must be provided and must not "
			"be blank.");
		return NULL;
	}
	db = rds_find(c->world->rds, id);
	if (!db)
		call_error(c, 404, "DBInstanceNotFound", "DBInstance %s not "
			"found.", id);
	return db;
}

static void move(struct call *c, struct db *db, const char *from,
	const char *during, const char *then, int64_t ms)
{
	if (strcmp(db_status(db, c->now), from) != 0) {
		call_error(c, 400, "InvalidDBInstanceState", "Instance %s is "
			"not in %s state.", db->id, from);
		return;
	}
	db->status = during;
	db->next = then;
	db->at = c->now + ms;
	call_open(c);
	db_write(c, db);
	call_close(c);
}

static bool may_stop(struct call *c, const struct db *db, const char *verb)
{
	if (db->engine->aurora)
		return call_error(c, 400, "InvalidParameterCombination",
			"%s DB instances are not eligible for %s.",
			db->engine->name, verb);
	if (db->source[0] || db->replica[0])
		return call_error(c, 400, "InvalidDBInstanceState",
			"Cannot stop or start a DB instance that is, or has, "
			"a read replica.");
	return true;
}

static void start_instance(struct call *c)
{
	struct db *db = find_target(c);

	if (db && may_stop(c, db, "starting"))
		move(c, db, "stopped", "starting", "available", MOVE_MS);
}

static void stop_instance(struct call *c)
{
	struct db *db = find_target(c);

	if (db && may_stop(c, db, "stopping"))
		move(c, db, "available", "stopping", "stopped", MOVE_MS);
}

static void reboot_instance(struct call *c)
{
	const char *failover = call_param(c, "ForceFailover");
	struct db *db = find_target(c);

	if (!db)
		return;
	if (failover && !strcmp(failover, "true") && !db->plan->multi_az) {
		call_error(c, 400, "InvalidParameterCombination", "Cannot "
			"specify ForceFailover when the instance is not "
			"configured for MultiAZ.");
		return;
	}
	move(c, db, "available", "rebooting", "available", REBOOT_MS);
}

static const struct sim_action actions[] = {
	{ .name = "DescribeDBClusters", .run = describe_clusters },
	{ .name = "DescribeDBInstances", .run = describe_instances },
	{ .name = "DescribePendingMaintenanceActions", .run = describe_maintenance },
	{ .name = "RebootDBInstance", .run = reboot_instance, .write = true },
	{ .name = "StartDBInstance", .run = start_instance, .write = true },
	{ .name = "StopDBInstance", .run = stop_instance, .write = true },
	{ .name = NULL }
};

static const struct sim_service service = {
	.name = "rds", .style = STYLE_QUERY, .version = "2014-10-31",
	.namespace = "http://rds.amazonaws.com/doc/%s/", .actions = actions,
	.find = service_find_query,
};

const struct sim_service *service_rds(void)
{
	return &service;
}
