/* SPDX-License-Identifier: MIT */
/*
 * The databases of one world: few, so they are all made when the world is.
 * Under the world's lock.
 */
#ifndef SIM_RDS_RDS_H
#define SIM_RDS_RDS_H

struct rds;
struct world;

struct rds *rds_new(const struct world *w);
void rds_free(struct rds *rds);

#endif
