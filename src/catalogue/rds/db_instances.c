/* SPDX-License-Identifier: MIT */
#include "catalogue/rds/rds.h"

static const struct column columns[] = {
	{ .name = "name", .title = "Name", .path = "DBInstanceIdentifier", .format = FORMAT_NATURAL,
	  .w80 = 20, .w132 = 22, .grow = 1, .keep = true },
	{ .name = "role", .title = "Role", .path = "ReadReplicaSourceDBInstanceIdentifier", .derive = derive_db_role,
	  .join = "cluster", .w132 = 7 },
	{ .name = "status", .title = "Status", .path = "DBInstanceStatus", .format = FORMAT_STATE,
	  .w80 = 14, .w132 = 16, .keep = true },
	{ .name = "engine", .title = "Engine", .derive = derive_db_engine, .format = FORMAT_NATURAL,
	  .w80 = 14, .w132 = 16 },
	{ .name = "class", .title = "Class", .path = "DBInstanceClass", .format = FORMAT_NATURAL,
	  .w80 = 15, .w132 = 16 },
	{ .name = "gib", .title = "GiB", .path = "AllocatedStorage", .format = FORMAT_NUMBER, .w80 = 6, .w132 = 6 },
	{ .name = "az", .title = "AZ", .derive = derive_db_zone, .w80 = 3, .w132 = 3 },
	{ .name = "zone", .title = "Zone", .path = "AvailabilityZone", .w132 = 15, .wmany = 15, .zone = true },
	{ .name = "pending", .title = "Pending", .derive = derive_db_pending, .join = "maintenance", .w132 = 8 },
	{ .name = "backup", .title = "Backup", .path = "BackupRetentionPeriod", .derive = derive_db_backup,
	  .format = FORMAT_NUMBER, .w132 = 6 },
	{ .name = "age", .title = "Age", .path = "InstanceCreateTime", .format = FORMAT_AGE, .w132 = 5 },
	{ .name = "cluster", .title = "Cluster", .path = "DBClusterIdentifier", .format = FORMAT_NATURAL },
	{ .name = "endpoint", .title = "Endpoint", .path = "Endpoint/Address", .derive = derive_db_endpoint },
	{ .name = "public", .title = "Public", .path = "PubliclyAccessible", .format = FORMAT_BOOL },
	{ .name = "protected", .title = "Protected", .path = "DeletionProtection", .format = FORMAT_BOOL },
	{ .name = "encrypted", .title = "Enc", .path = "StorageEncrypted", .format = FORMAT_BOOL },
	{ .name = "ca", .title = "CA", .path = "CACertificateIdentifier" },
	{ .name = "parameter_group", .title = "Parameter group",
	  .path = "DBParameterGroups/DBParameterGroup/DBParameterGroupName" },
	{ .name = "storage", .title = "Storage", .path = "StorageType" },
	{ .name = "iops", .title = "IOPS", .path = "Iops", .format = FORMAT_NUMBER },
	{ .name = "vpc", .title = "VPC", .path = "DBSubnetGroup/VpcId" },
	{ .name = "created", .title = "Created", .path = "InstanceCreateTime", .format = FORMAT_TIME },
	{ .name = "tags", .title = "Tags", .derive = derive_tags },
	{ 0 }
};

static const struct parameter parameters[] = {
	RDS_FILTERS,
	{ .path = "DBInstanceIdentifier" },
	{ 0 }
};

static const struct operation describe_db_instances = {
	.name = "DescribeDBInstances",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = parameters,
	.paging = RDS_PAGING("DescribeDBInstancesResult")
};

static const struct argument cluster_arguments[] = {
	{ .path = "Filters[].Name", .value = "db-cluster-id" },
	{ 0 }
};

static const struct parameter maintenance_parameters[] = {
	RDS_FILTERS,
	{ .path = "ResourceIdentifier" },
	{ 0 }
};

static const struct operation describe_maintenance = {
	.name = "DescribePendingMaintenanceActions",
	.effect = EFFECT_READ, .repeat = REPEAT_SAFE,
	.parameters = maintenance_parameters,
	.paging = RDS_PAGING("DescribePendingMaintenanceActionsResult")
};

static const struct argument maintenance_arguments[] = {
	{ .path = "Filters[].Name", .value = "db-instance-id" },
	{ 0 }
};

static const struct join joins[] = {
	{ .name = "cluster", .operation = &describe_clusters, .arguments = cluster_arguments,
	  .rows = DESCRIBE_CLUSTERS_ROWS, .key = "DBClusterIdentifier", .here = "DBClusterIdentifier",
	  .ids = "Filters[].Values[]", .batch = 50, .scope = JOIN_VISIBLE, .refresh = 60 },
	{ .name = "maintenance", .operation = &describe_maintenance, .arguments = maintenance_arguments,
	  .rows = "DescribePendingMaintenanceActionsResult/PendingMaintenanceActions/ResourcePendingMaintenanceActions",
	  .key = "ResourceIdentifier", .here = "DBInstanceArn",
	  .ids = "Filters[].Values[]", .batch = 50, .scope = JOIN_VISIBLE, .refresh = 300 },
	{ 0 }
};

static const struct row_kind rows[] = {
	{ .path = "DescribeDBInstancesResult/DBInstances/DBInstance" },
	{ 0 }
};

static const struct drill drills[] = {
	{ .title = "Document", .enter = true },
	{ .title = "Cluster", .resource = "db-clusters", .up = true, .arguments = {
		{ .parameter = "DBClusterIdentifier", .path = "DBClusterIdentifier" } } },
	{ .title = "Source of this replica", .resource = "db-instances", .arguments = {
		{ .parameter = "DBInstanceIdentifier", .path = "ReadReplicaSourceDBInstanceIdentifier" } } },
	{ .title = "Who may connect: rules of its first group", .resource = "security-group-rules", .arguments = {
		{ .parameter = "Filters[0].Name", .value = "group-id" },
		{ .parameter = "Filters[0].Values[0]",
		  .path = "VpcSecurityGroups/VpcSecurityGroupMembership/VpcSecurityGroupId" } } },
	{ .title = "VPC", .resource = "vpcs", .arguments = {
		{ .parameter = "VpcIds[0]", .path = "DBSubnetGroup/VpcId" } } },
	{ 0 }
};

static const struct resource db_instances = {
	.name = "db-instances", .aliases = "rds db", .title = "DB instances", .one = "DB instance",
	.list = &describe_db_instances, .rows = rows,
	.identity = { "DBInstanceIdentifier" },
	.columns = columns, .sort = "cluster,name", .joins = joins, .drills = drills,
	.tags = { "TagList/Tag", "Key", "Value" }, .get = "DBInstanceIdentifier",
	.arn = "arn:{partition}:rds:{region}:{account}:db:{id}",
	.console = RDS_CONSOLE "database:id={id};is-cluster=false",
	.lists = "DBInstances/DBInstance TagList/Tag VpcSecurityGroups/VpcSecurityGroupMembership "
		"DBSecurityGroups/DBSecurityGroup DBParameterGroups/DBParameterGroup "
		"OptionGroupMemberships/OptionGroupMembership Subnets/Subnet StatusInfos/DBInstanceStatusInfo "
		"ReadReplicaDBInstanceIdentifiers/ReadReplicaDBInstanceIdentifier "
		"ReadReplicaDBClusterIdentifiers/ReadReplicaDBClusterIdentifier "
		"DomainMemberships/DomainMembership ProcessorFeatures/ProcessorFeature "
		"AssociatedRoles/DBInstanceRole "
		"DBInstanceAutomatedBackupsReplications/DBInstanceAutomatedBackupsReplication",
	.refresh = 60, .refresh_many = 60
};

const struct resource *rds_db_instances(void)
{
	return &db_instances;
}
