/* SPDX-License-Identifier: MIT */
#include "sim/rds/rds.h"

#include "base/mem.h"
#include "sim/service.h"

#include <stdlib.h>

struct rds {
	const struct world *world;
};

struct rds *rds_new(const struct world *w)
{
	struct rds *rds = xcalloc(1, sizeof(*rds));

	rds->world = w;
	return rds;
}

void rds_free(struct rds *rds)
{
	free(rds);
}

static const struct sim_action actions[] = {
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
