/* SPDX-License-Identifier: MIT */
/*
 * Computed cells: pure functions of a row, named by columns. Where a column
 * has a path too, its text is cell->text. Any thread.
 */
#ifndef CATALOGUE_DERIVE_H
#define CATALOGUE_DERIVE_H

#include "catalogue/format.h"

/* Of any service. */
derive_function derive_zone_letter;    /* text: a zone's name */
derive_function derive_arn_name;       /* text: what stands after the last / */
derive_function derive_kind;           /* the row's kind */

/* Any of "tagSet" and "TagList", but Name and AWS's own. */
derive_function derive_tags;

derive_function derive_instance_state; /* join: DescribeInstanceStatus */
derive_function derive_instance_checks;
derive_function derive_instance_up;    /* text: launchTime */
derive_function derive_instance_imds;  /* text: httpTokens */
derive_function derive_volume_attached;/* join: DescribeInstances */
derive_function derive_snapshot_state; /* text: status */
derive_function derive_image_shared;   /* join: DescribeImageAttribute */
derive_function derive_snapshot_shared;/* join: DescribeSnapshotAttribute */
derive_function derive_snapshot_volume;/* text: volumeId; join: the volume */
derive_function derive_volume_state;   /* text: status; join: its checks */
derive_function derive_volume_change;  /* join: its last modification */
derive_function derive_instance_count; /* join: a reservationSet */
derive_function derive_type_memory;    /* text: MiB */
derive_function derive_region_title;   /* text: a region's name */
derive_function derive_region_status;  /* text: optInStatus */

derive_function derive_tagged_name;    /* join: any with a tagSet */
derive_function derive_group_open;
derive_function derive_group_in;
derive_function derive_group_out;
derive_function derive_rule_direction; /* text: isEgress */
derive_function derive_rule_protocol;  /* text: ipProtocol */
derive_function derive_rule_ports;
derive_function derive_rule_peer;      /* join: DescribeSecurityGroups */
derive_function derive_address_state;  /* text: associationId */
derive_function derive_gateway_state;  /* text: of the attachment */
derive_function derive_interface_groups;
derive_function derive_table_subnets;
derive_function derive_table_default;
derive_function derive_acl_number;     /* text: ruleNumber */
derive_function derive_endpoint_service;   /* text: serviceName */
derive_function derive_vpn_tunnels;
derive_function derive_reserved_used;  /* join: a reservationSet */
derive_function derive_reserved_where; /* text: availabilityZone */
derive_function derive_reserved_paid;  /* text: offeringType */
derive_function derive_reserved_class; /* text: offeringClass */
derive_function derive_reserved_term;  /* text: duration */
derive_function derive_reserved_id;    /* text: reservedInstancesId */
derive_function derive_reserved_hourly;
derive_function derive_offering_effective;
derive_function derive_offering_total;
derive_function derive_offering_break_even;  /* months; offering.c */
derive_function derive_offering_running;     /* join: a reservationSet;
					  coverage.c */
derive_function derive_offering_seller;/* text: marketplace */

derive_function derive_s3_name;        /* text: a key or prefix, encoded */
derive_function derive_s3_access;      /* join: GetBucketPolicyStatus */
derive_function derive_s3_class;       /* text: StorageClass */
derive_function derive_s3_etag;        /* text: ETag, in quotes */

derive_function derive_db_engine;
derive_function derive_db_role;        /* join: DescribeDBClusters */
derive_function derive_db_zone;
derive_function derive_db_pending;     /* join: pending maintenance */
derive_function derive_db_backup;      /* text: BackupRetentionPeriod */
derive_function derive_db_endpoint;
derive_function derive_db_members;

/* Rows that are not shown unless asked for: resource.hidden. */
bool hidden_instance(const struct cell *cell);
bool hidden_own(const struct cell *cell);    /* ownerId: what is one's own */
bool hidden_s3_marker(const struct cell *cell);

#endif
