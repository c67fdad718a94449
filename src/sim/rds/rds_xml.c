/* SPDX-License-Identifier: MIT */
/* <DBInstance> and <DBCluster>, with all that AWS writes about them. */
#include "sim/rds/rds.h"

#include "sim/call.h"
#include "sim/ec2/ec2.h"
#include "sim/world.h"
#include "sim/xml.h"

#include <string.h>

static uint64_t endpoint_key(const struct world *w)
{
	return world_id(w, ID_OTHER, 1) >> 24;
}

static void add_host(struct str *o, const struct world *w,
	const char *name, const char *kind)
{
	xml_add(o, "%s.%rc%z.%r.rds.amazonaws.com", name, kind,
		endpoint_key(w), w->region->name);
}

static void add_groups(struct str *o, const struct db *db,
	const struct world *w)
{
	xml_add(o, "<DBSecurityGroups/><VpcSecurityGroups>"
		"<VpcSecurityGroupMembership><VpcSecurityGroupId>sg-%i"
		"</VpcSecurityGroupId><Status>active</Status>"
		"</VpcSecurityGroupMembership></VpcSecurityGroups>"
		"<DBParameterGroups><DBParameterGroup><DBParameterGroupName>"
		"default.%r</DBParameterGroupName><ParameterApplyStatus>%r"
		"</ParameterApplyStatus></DBParameterGroup>"
		"</DBParameterGroups>",
		world_id(w, ID_GROUP, 2 * GROUPS_PER_VPC + 1),
		db->engine->family,
		db->plan->pending ? "pending-reboot" : "in-sync");
}

static void add_subnets(struct str *o, const struct world *w)
{
	xml_add(o, "<DBSubnetGroup><DBSubnetGroupName>prod-db"
		"</DBSubnetGroupName><DBSubnetGroupDescription>Databases"
		"</DBSubnetGroupDescription><VpcId>vpc-%i</VpcId>"
		"<SubnetGroupStatus>Complete</SubnetGroupStatus><Subnets>",
		world_id(w, ID_VPC, 2));
	for (unsigned z = 0; z < zone_count(w) && z < 3; z++) {
		char zone[24];

		zone_name(w, z, zone);
		xml_add(o, "<Subnet><SubnetIdentifier>subnet-%i"
			"</SubnetIdentifier><SubnetAvailabilityZone><Name>%r"
			"</Name></SubnetAvailabilityZone><SubnetOutpost/>"
			"<SubnetStatus>Active</SubnetStatus></Subnet>",
			world_id(w, ID_SUBNET, 2 * zone_count(w) + z), zone);
	}
	str_add(o, "</Subnets></DBSubnetGroup>");
}

static void add_pending(struct str *o, const struct db *db)
{
	if (db->plan->pending)
		str_add(o, "<PendingModifiedValues><DBInstanceClass>"
			"db.m6g.xlarge</DBInstanceClass><AllocatedStorage>200"
			"</AllocatedStorage></PendingModifiedValues>");
	else
		str_add(o, "<PendingModifiedValues/>");
}

static void add_replicas(struct str *o, const struct db *db)
{
	if (db->source[0])
		xml_add(o, "<ReadReplicaSourceDBInstanceIdentifier>%s"
			"</ReadReplicaSourceDBInstanceIdentifier>",
			db->source);
	str_add(o, "<ReadReplicaDBInstanceIdentifiers>");
	if (db->replica[0])
		xml_add(o, "<ReadReplicaDBInstanceIdentifier>%s"
			"</ReadReplicaDBInstanceIdentifier>", db->replica);
	str_add(o, "</ReadReplicaDBInstanceIdentifiers>");
	if (db->source[0])
		str_add(o, "<StatusInfos><DBInstanceStatusInfo><StatusType>"
			"read replication</StatusType><Normal>true</Normal>"
			"<Status>replicating</Status></DBInstanceStatusInfo>"
			"</StatusInfos>");
}

static void add_tags(struct str *o, const struct db *db)
{
	xml_add(o, "<TagList><Tag><Key>env</Key><Value>%s</Value></Tag>"
		"<Tag><Key>team</Key><Value>%s</Value></Tag></TagList>",
		db->plan->env,
		db->engine->aurora ? "storefront" : "R&D <data>");
}

static void add_place(struct str *o, const struct db *db,
	const struct world *w)
{
	char zone[24], second[24];

	zone_name(w, db->zone, zone);
	zone_name(w, (db->zone + 1) % zone_count(w), second);
	xml_add(o, "<AvailabilityZone>%r</AvailabilityZone>", zone);
	if (db->plan->multi_az)
		xml_add(o, "<SecondaryAvailabilityZone>%r"
			"</SecondaryAvailabilityZone>", second);
	xml_add(o, "<MultiAZ>%b</MultiAZ><PubliclyAccessible>%b"
		"</PubliclyAccessible>", (int)db->plan->multi_az,
		(int)db->plan->is_public);
}

static void add_storage(struct str *o, const struct db *db,
	const struct world *w)
{
	const struct db_plan *p = db->plan;

	xml_add(o, "<AllocatedStorage>%u</AllocatedStorage>", p->gib);
	if (p->iops)
		xml_add(o, "<Iops>%u</Iops>", p->iops);
	if (!strcmp(p->storage, "gp3"))
		str_add(o, "<StorageThroughput>500</StorageThroughput>");
	xml_add(o, "<StorageType>%r</StorageType><StorageEncrypted>true"
		"</StorageEncrypted><KmsKeyId>arn:aws:kms:%r:%r:key/"
		"1234abcd-12ab-34cd-56ef-1234567890ab</KmsKeyId>", p->storage,
		w->region->name, w->account);
}

void db_write(struct call *c, const struct db *db)
{
	const struct world *w = c->world;
	const struct db_engine *e = db->engine;
	struct str *o = c->out;

	xml_add(o, "<DBInstance><DBInstanceIdentifier>%s"
		"</DBInstanceIdentifier><DBInstanceClass>%r</DBInstanceClass>"
		"<Engine>%r</Engine><EngineVersion>%r</EngineVersion>"
		"<DBInstanceStatus>%r</DBInstanceStatus><MasterUsername>admin"
		"</MasterUsername><Endpoint><Address>", db->id,
		db->plan->class, e->name, e->version, db_status(db, c->now));
	add_host(o, w, db->id, "");
	xml_add(o, "</Address><Port>%u</Port><HostedZoneId>Z2R2ITUGPM61AM"
		"</HostedZoneId></Endpoint><InstanceCreateTime>%t"
		"</InstanceCreateTime><PreferredBackupWindow>07:15-07:45"
		"</PreferredBackupWindow><BackupRetentionPeriod>%u"
		"</BackupRetentionPeriod><PreferredMaintenanceWindow>"
		"sun:04:10-sun:04:40</PreferredMaintenanceWindow>"
		"<LatestRestorableTime>%t</LatestRestorableTime>", e->port,
		db->created, db->source[0] ? 0u : 7u, c->now - 300000);
	add_storage(o, db, w);
	add_groups(o, db, w);
	add_place(o, db, w);
	add_subnets(o, w);
	add_pending(o, db);
	add_replicas(o, db);
	xml_add(o, "<AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>"
		"<LicenseModel>%r</LicenseModel><OptionGroupMemberships>"
		"<OptionGroupMembership><OptionGroupName>default:%r"
		"</OptionGroupName><Status>in-sync</Status>"
		"</OptionGroupMembership></OptionGroupMemberships>"
		"<DbInstancePort>0</DbInstancePort>", e->license, e->family);
	if (db->cluster[0])
		xml_add(o, "<DBClusterIdentifier>%s</DBClusterIdentifier>"
			"<PromotionTier>%u</PromotionTier>", db->cluster,
			db->plan->writer ? 0u : 1u);
	xml_add(o, "<DbiResourceId>db-%i</DbiResourceId>"
		"<CACertificateIdentifier>rds-ca-rsa2048-g1"
		"</CACertificateIdentifier><DomainMemberships/>"
		"<CopyTagsToSnapshot>true</CopyTagsToSnapshot>"
		"<MonitoringInterval>0</MonitoringInterval>"
		"<DBInstanceArn>arn:aws:rds:%r:%r:db:%s</DBInstanceArn>"
		"<IAMDatabaseAuthenticationEnabled>false"
		"</IAMDatabaseAuthenticationEnabled>"
		"<PerformanceInsightsEnabled>%b</PerformanceInsightsEnabled>"
		"<DeletionProtection>%b</DeletionProtection><AssociatedRoles/>"
		"<CustomerOwnedIpEnabled>false</CustomerOwnedIpEnabled>"
		"<ActivityStreamStatus>stopped</ActivityStreamStatus>"
		"<BackupTarget>region</BackupTarget><NetworkType>IPV4"
		"</NetworkType>", db->bits, w->region->name, w->account,
		db->id, (int)(db->bits >> 30 & 1), (int)db->plan->protected);
	add_tags(o, db);
	str_add(o, "</DBInstance>");
}

static void add_members(struct call *c, const char *cluster)
{
	const struct rds *rds = c->world->rds;

	str_add(c->out, "<DBClusterMembers>");
	for (size_t i = 0; i < rds->count; i++) {
		const struct db *db = &rds->items[i];

		if (strcmp(db->cluster, cluster) != 0)
			continue;
		xml_add(c->out, "<DBClusterMember><DBInstanceIdentifier>%s"
			"</DBInstanceIdentifier><IsClusterWriter>%b"
			"</IsClusterWriter><DBClusterParameterGroupStatus>"
			"in-sync</DBClusterParameterGroupStatus>"
			"<PromotionTier>%u</PromotionTier></DBClusterMember>",
			db->id, (int)db->plan->writer,
			db->plan->writer ? 0u : 1u);
	}
	str_add(c->out, "</DBClusterMembers>");
}

static void add_cluster_place(struct str *o, const struct db *db,
	const struct world *w)
{
	str_add(o, "<AvailabilityZones>");
	for (unsigned z = 0; z < zone_count(w) && z < 3; z++) {
		char zone[24];

		zone_name(w, z, zone);
		xml_add(o, "<AvailabilityZone>%r</AvailabilityZone>", zone);
	}
	str_add(o, "</AvailabilityZones><Endpoint>");
	add_host(o, w, db->cluster, "cluster-");
	str_add(o, "</Endpoint><ReaderEndpoint>");
	add_host(o, w, db->cluster, "cluster-ro-");
	str_add(o, "</ReaderEndpoint>");
}

void db_cluster_write(struct call *c, const struct db *db)
{
	const struct world *w = c->world;
	const struct db_engine *e = db->engine;
	struct str *o = c->out;

	xml_add(o, "<DBCluster><AllocatedStorage>1</AllocatedStorage>"
		"<BackupRetentionPeriod>7</BackupRetentionPeriod>"
		"<DatabaseName>%s</DatabaseName><DBClusterIdentifier>%s"
		"</DBClusterIdentifier><DBClusterParameterGroup>default.%r"
		"</DBClusterParameterGroup><DBSubnetGroup>prod-db"
		"</DBSubnetGroup><Status>%r</Status>", db->plan->cluster,
		db->cluster, e->family, db_status(db, c->now));
	add_cluster_place(o, db, w);
	xml_add(o, "<EarliestRestorableTime>%t</EarliestRestorableTime>"
		"<LatestRestorableTime>%t</LatestRestorableTime>"
		"<MultiAZ>%b</MultiAZ><Engine>%r</Engine><EngineVersion>%r"
		"</EngineVersion><Port>%u</Port><MasterUsername>admin"
		"</MasterUsername><PreferredBackupWindow>07:15-07:45"
		"</PreferredBackupWindow><PreferredMaintenanceWindow>"
		"sun:04:10-sun:04:40</PreferredMaintenanceWindow>"
		"<ReadReplicaIdentifiers/>", c->now - 7 * (int64_t)86400000,
		c->now - 300000,
		(int)!strcmp(db->plan->cluster, "shop-aurora"),
		e->name, e->version, e->port);
	add_members(c, db->cluster);
	xml_add(o, "<VpcSecurityGroups><VpcSecurityGroupMembership>"
		"<VpcSecurityGroupId>sg-%i</VpcSecurityGroupId>"
		"<Status>active</Status></VpcSecurityGroupMembership>"
		"</VpcSecurityGroups><HostedZoneId>Z2R2ITUGPM61AM"
		"</HostedZoneId><StorageEncrypted>true</StorageEncrypted>"
		"<DbClusterResourceId>cluster-%i</DbClusterResourceId>"
		"<DBClusterArn>arn:aws:rds:%r:%r:cluster:%s</DBClusterArn>"
		"<AssociatedRoles/><IAMDatabaseAuthenticationEnabled>false"
		"</IAMDatabaseAuthenticationEnabled><ClusterCreateTime>%t"
		"</ClusterCreateTime><EngineMode>provisioned</EngineMode>"
		"<DeletionProtection>%b</DeletionProtection>"
		"<HttpEndpointEnabled>false</HttpEndpointEnabled>"
		"<CopyTagsToSnapshot>true</CopyTagsToSnapshot>"
		"<CrossAccountClone>false</CrossAccountClone>"
		"<DomainMemberships/>",
		world_id(w, ID_GROUP, 2 * GROUPS_PER_VPC + 1), db->bits,
		w->region->name, w->account, db->cluster, db->created,
		(int)db->plan->protected);
	add_tags(o, db);
	str_add(o, "<AutoMinorVersionUpgrade>true</AutoMinorVersionUpgrade>"
		"<NetworkType>IPV4</NetworkType></DBCluster>");
}

void db_maintenance_write(struct call *c, const struct db *db)
{
	const struct world *w = c->world;

	xml_add(c->out, "<ResourcePendingMaintenanceActions>"
		"<ResourceIdentifier>arn:aws:rds:%r:%r:db:%s"
		"</ResourceIdentifier><PendingMaintenanceActionDetails>"
		"<PendingMaintenanceAction><Action>system-update</Action>"
		"<AutoAppliedAfterDate>%t</AutoAppliedAfterDate>"
		"<CurrentApplyDate>%t</CurrentApplyDate><Description>"
		"New Operating System update is available</Description>"
		"</PendingMaintenanceAction></PendingMaintenanceActionDetails>"
		"</ResourcePendingMaintenanceActions>", w->region->name,
		w->account, db->id, w->born + 6 * (int64_t)86400000,
		w->born + 6 * (int64_t)86400000);
}
