/* SPDX-License-Identifier: MIT */
/*
 * What the pieces of work of EC2 have in common. What a step makes carries
 * the tag tucuxi:work = <work>/<step> from the moment it is there, so that
 * it is found again after a kill, and from any machine.
 */
#ifndef CATALOGUE_EC2_WORK_H
#define CATALOGUE_EC2_WORK_H

#include "catalogue/workflow.h"

#define WORK_TAGS(resource, step) \
	{ "TagSpecifications[0].ResourceType", resource }, \
	{ "TagSpecifications[0].Tags[0].Key", "tucuxi:work" }, \
	{ "TagSpecifications[0].Tags[0].Value", "{work}/" step }

#define WORK_FILTER(step) \
	{ "Filters[0].Name", "tag:tucuxi:work" }, \
	{ "Filters[0].Values[0]", "{work}/" step }

#define WORK_INSTANCES "reservationSet/item/instancesSet/item"

/* What connecting asks of an instance (ec2/connect.c). */
#define WORK_INSTANCE \
	{ "name", WORK_INSTANCES "/tagSet/item[key=Name]/value", NULL }, \
	{ "public_ip", WORK_INSTANCES "/ipAddress", NULL }, \
	{ "private_ip", WORK_INSTANCES "/privateIpAddress", NULL }, \
	{ "key", WORK_INSTANCES "/keyName", NULL }, \
	{ "image", WORK_INSTANCES "/imageId", NULL }, \
	{ "zone", WORK_INSTANCES "/placement/availabilityZone", NULL }

static const struct step_argument work_instance[] = {
	{ "InstanceIds[0]", "{instance}" },
	{ NULL, NULL }
};

#endif
