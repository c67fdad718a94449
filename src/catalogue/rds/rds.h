/* SPDX-License-Identifier: MIT */
/*
 * What several tables of RDS use (API 2014-10-31; each table that includes
 * this has its own copy).
 */
#ifndef CATALOGUE_RDS_RDS_H
#define CATALOGUE_RDS_RDS_H

#include "catalogue/tables.h"

#define RDS_CONSOLE "https://{region}.{console}/rds/home?region={region}#"

#define RDS_PAGING(result) { .token_in = "Marker", \
	.token_out = result "/Marker", \
	.size = "MaxRecords", .size_value = "100" }

#define RDS_FILTERS \
	{ .path = "Filters[].Name", .wire = "Filters.Filter.N.Name" }, \
	{ .path = "Filters[].Values[]", \
	  .wire = "Filters.Filter.N.Values.Value.N" }, \
	{ .path = "MaxRecords", .type = VALUE_INTEGER }, \
	{ .path = "Marker" }

static const struct parameter describe_clusters_parameters[] = {
	RDS_FILTERS,
	{ .path = "DBClusterIdentifier" },
	{ 0 }
};

static const struct operation describe_clusters = {
	.name = "DescribeDBClusters",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = describe_clusters_parameters,
	.paging = RDS_PAGING("DescribeDBClustersResult")
};

#define DESCRIBE_CLUSTERS_ROWS \
	"DescribeDBClustersResult/DBClusters/DBCluster"

#endif
