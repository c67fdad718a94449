/* SPDX-License-Identifier: MIT */
/*
 * The databases of one world: few, so they are all made when the world is.
 * Under the world's lock.
 */
#ifndef SIM_RDS_RDS_H
#define SIM_RDS_RDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call;
struct world;

struct db_engine {
	const char *name, *version, *license, *family;
	unsigned port;
	bool aurora;
};

struct db_plan;

struct db {
	char id[64];
	char cluster[64];        /* "": none */
	char source[64];         /* of a replica */
	char replica[64];        /* that it feeds */
	const struct db_engine *engine;
	const struct db_plan *plan;
	const char *status;      /* until `at`, then next */
	const char *next;
	int64_t at, created;
	uint64_t bits;
	unsigned zone;
};

struct rds {
	const struct world *world;
	struct db *items;        /* by id */
	size_t count, room;
};

struct rds *rds_new(const struct world *w);
void rds_free(struct rds *rds);

/* Identifier or ARN, letters' case ignored; NULL: no such. */
struct db *rds_find(const struct rds *rds, const char *id);
const char *db_status(const struct db *db, int64_t now);
bool db_is_writer(const struct db *db);

/* <DBInstance>…</DBInstance>; the cluster of that writer. */
void db_write(struct call *c, const struct db *db);
void db_cluster_write(struct call *c, const struct db *writer);
void db_maintenance_write(struct call *c, const struct db *db);

/* What differs between the databases of the simulated company. */
struct db_plan {
	const char *name;        /* of the instance, without number */
	const char *cluster;
	const char *replica_of;
	unsigned engine;
	const char *class, *storage, *env;
	unsigned gib, iops;
	bool multi_az, is_public, protected, pending, stopped, writer;
};

#endif
