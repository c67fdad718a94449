/* SPDX-License-Identifier: MIT */
#include "catalogue/rds/rds.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "DBClusterIdentifier", .format = FORMAT_NATURAL,
	  .w80 = 26, .w132 = 32, .grow = 1, .keep = true },
	{ .name = "status", .title = "Status", .path = "Status", .format = FORMAT_STATE,
	  .w80 = 14, .w132 = 16, .keep = true },
	{ .name = "engine", .title = "Engine", .derive = derive_db_engine, .format = FORMAT_NATURAL,
	  .w80 = 24, .w132 = 28 },
	{ .name = "members", .title = "Members", .derive = derive_db_members, .format = FORMAT_NUMBER,
	  .w80 = 7, .w132 = 7 },
	{ .name = "multi_az", .title = "Multi", .path = "MultiAZ", .format = FORMAT_BOOL, .w132 = 5 },
	{ .name = "backup", .title = "Backup", .path = "BackupRetentionPeriod", .derive = derive_db_backup,
	  .format = FORMAT_NUMBER, .w132 = 6 },
	{ .name = "protected", .title = "Protected", .path = "DeletionProtection", .format = FORMAT_BOOL, .w132 = 9 },
	{ .name = "age", .title = "Age", .path = "ClusterCreateTime", .format = FORMAT_AGE, .w132 = 5 },
	{ .name = "endpoint", .title = "Endpoint", .path = "Endpoint" },
	{ .name = "reader", .title = "Reader endpoint", .path = "ReaderEndpoint" },
	{ .name = "port", .title = "Port", .path = "Port" },
	{ .name = "mode", .title = "Mode", .path = "EngineMode" },
	{ .name = "encrypted", .title = "Enc", .path = "StorageEncrypted", .format = FORMAT_BOOL },
	{ .name = "parameter_group", .title = "Parameter group", .path = "DBClusterParameterGroup" },
	{ .name = "created", .title = "Created", .path = "ClusterCreateTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = DESCRIBE_CLUSTERS_ROWS },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "DB instances", .resource = "db-instances", .enter = true, .arguments = {
		{ .parameter = "Filters[0].Name", .value = "db-cluster-id" },
		{ .parameter = "Filters[0].Values[0]", .path = "DBClusterIdentifier" } } },
	{ .title = "Document" },
	{ 0 }
};

static const struct resource db_clusters = {
	.name = "db-clusters", .aliases = "aurora dbc", .title = "DB clusters", .one = "DB cluster",
	.list = &describe_clusters, .rows = rows,
	.identity = { "DBClusterIdentifier" }, .columns = columns, .sort = "name", .drills = drills,
	.tags = { "TagList/Tag", "Key", "Value" }, .get = "DBClusterIdentifier",
	.arn = "arn:{partition}:rds:{region}:{account}:cluster:{id}",
	.console = RDS_CONSOLE "database:id={id};is-cluster=true",
	.lists = "DBClusters/DBCluster TagList/Tag VpcSecurityGroups/VpcSecurityGroupMembership "
		"DBClusterMembers/DBClusterMember AvailabilityZones/AvailabilityZone "
		"AssociatedRoles/DBClusterRole DomainMemberships/DomainMembership "
		"DBClusterOptionGroupMemberships/DBClusterOptionGroup "
		"ReadReplicaIdentifiers/ReadReplicaIdentifier",
	.refresh = 60, .refresh_many = 60
};

const struct resource *rds_db_clusters(void)
{
	return &db_clusters;
}
