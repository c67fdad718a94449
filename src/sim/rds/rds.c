/* SPDX-License-Identifier: MIT */
#include "sim/rds/rds.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "sim/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY ((int64_t)86400000)

enum {
	POSTGRES, MYSQL, MARIADB, ORACLE, SQLSERVER, AURORA_PG, AURORA_MYSQL
};

static const struct db_engine engines[] = {
	[POSTGRES] = { "postgres", "16.4", "postgresql-license", "postgres16", 5432, false },
	[MYSQL] = { "mysql", "8.0.39", "general-public-license", "mysql8.0", 3306, false },
	[MARIADB] = { "mariadb", "10.11.9", "general-public-license", "mariadb10.11", 3306, false },
	[ORACLE] = { "oracle-ee", "19.0.0.0.ru-2026-07.rur-2026-07.r1",
		"bring-your-own-license", "oracle-ee-19", 1521, false },
	[SQLSERVER] = { "sqlserver-se", "15.00.4395.2.v1", "license-included", "sqlserver-se-15.0", 1433, false },
	[AURORA_PG] = { "aurora-postgresql", "15.8", "postgresql-license", "aurora-postgresql15", 5432, true },
	[AURORA_MYSQL] = { "aurora-mysql", "8.0.mysql_aurora.3.08.0",
		"general-public-license", "aurora-mysql8.0", 3306, true },
};

static const struct db_plan plans[] = {
	{ .name = "orders-db", .engine = POSTGRES, .class = "db.r6g.xlarge", .storage = "gp3", .env = "prod",
	  .gib = 500, .iops = 12000, .multi_az = true, .protected = true },
	{ .name = "orders-db-replica", .engine = POSTGRES, .class = "db.r6g.large", .storage = "gp3", .env = "prod",
	  .gib = 500, .iops = 12000, .replica_of = "orders-db" },
	{ .name = "shop-aurora-writer", .cluster = "shop-aurora", .engine = AURORA_PG, .class = "db.r6g.2xlarge",
	  .storage = "aurora", .env = "prod", .gib = 1, .protected = true, .writer = true },
	{ .name = "shop-aurora-reader-a", .cluster = "shop-aurora", .engine = AURORA_PG, .class = "db.r6g.2xlarge",
	  .storage = "aurora", .env = "prod", .gib = 1 },
	{ .name = "shop-aurora-reader-b", .cluster = "shop-aurora", .engine = AURORA_PG, .class = "db.r6g.xlarge",
	  .storage = "aurora", .env = "prod", .gib = 1 },
	{ .name = "sessions", .engine = MYSQL, .class = "db.m6g.large", .storage = "gp3", .env = "prod",
	  .gib = 100, .iops = 3000, .pending = true, .multi_az = true },
	{ .name = "reporting-old", .engine = MARIADB, .class = "db.t3.medium", .storage = "gp2", .env = "stage",
	  .gib = 50, .stopped = true },
	{ .name = "erp", .engine = ORACLE, .class = "db.r5.2xlarge", .storage = "io1", .env = "prod",
	  .gib = 2000, .iops = 20000, .multi_az = true, .protected = true },
	{ .name = "office-crm", .engine = SQLSERVER, .class = "db.m5.xlarge", .storage = "gp2", .env = "prod",
	  .gib = 300, .is_public = true },
	{ .name = "events-1", .cluster = "events", .engine = AURORA_MYSQL, .class = "db.serverless",
	  .storage = "aurora", .env = "dev", .gib = 1, .writer = true },
};

#define PLANS (sizeof(plans) / sizeof(*plans))

/* The first set has no number, the others -02, -03… */
static void number_name(char out[64], const char *name, size_t set)
{
	out[0] = '\0';
	if (name)
		snprintf(out, 64, set ? "%s-%02zu" : "%s", name, set + 1);
}

static const char *born_status(const struct db *db)
{
	if (db->plan->stopped)
		return "stopped";
	switch (db->bits % 23) {
	case 3: return "backing-up";
	case 7: return "modifying";
	case 11: return "storage-optimization";
	default: return "available";
	}
}

static void add(struct rds *rds, size_t n)
{
	const struct world *w = rds->world;
	const struct db_plan *plan = &plans[n % PLANS];
	struct db *db = VEC_PUSH(rds);
	size_t set = n / PLANS;

	*db = (struct db){ .plan = plan, .engine = &engines[plan->engine] };
	number_name(db->id, plan->name, set);
	number_name(db->cluster, plan->cluster, set);
	number_name(db->source, plan->replica_of, set);
	db->bits = world_bits(w, ID_OTHER, 1000 + n);
	db->status = db->next = born_status(db);
	db->created = w->born - (30 + (int64_t)(db->bits >> 8 & 1023)) * DAY;
	db->zone = (unsigned)(db->bits >> 20) %
		(unsigned)strlen(w->region->zones);
}

static int by_id(const void *a, const void *b)
{
	const struct db *x = a, *y = b;

	return strcmp(x->id, y->id);
}

struct rds *rds_new(const struct world *w)
{
	struct rds *rds = xcalloc(1, sizeof(*rds));
	size_t count = 2 + w->instances / 20;

	rds->world = w;
	if (w->instances >= 100 && count < PLANS + 4)
		count = PLANS + 4;
	for (size_t n = 0; n < count; n++)
		add(rds, n);
	qsort(rds->items, rds->count, sizeof(*rds->items), by_id);
	for (size_t n = 0; n < rds->count; n++) {
		struct db *source = rds->items[n].source[0] ?
			rds_find(rds, rds->items[n].source) : NULL;

		if (source)
			memcpy(source->replica, rds->items[n].id,
				sizeof(source->replica));
	}
	return rds;
}

void rds_free(struct rds *rds)
{
	VEC_FREE(rds);
	free(rds);
}

struct db *rds_find(const struct rds *rds, const char *id)
{
	const char *colon = strrchr(id, ':');

	if (colon)
		id = colon + 1;
	for (size_t i = 0; i < rds->count; i++)
		if (str_ieq(rds->items[i].id, id))
			return &rds->items[i];
	return NULL;
}

const char *db_status(const struct db *db, int64_t now)
{
	return now >= db->at ? db->next : db->status;
}

bool db_is_writer(const struct db *db)
{
	return db->cluster[0] && db->plan->writer;
}
