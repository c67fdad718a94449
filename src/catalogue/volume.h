/* SPDX-License-Identifier: MIT */
/*
 * What EBS allows of a volume, known before AWS is asked: sizes and speeds
 * by type, and the device that is free. For the tables of EC2. Pure; any
 * thread.
 */
#ifndef CATALOGUE_VOLUME_H
#define CATALOGUE_VOLUME_H

#include "catalogue/action.h"

#define VOLUME_TYPES "gp3 gp2 io2 io1 st1 sc1 standard"
#define VOLUME_GIB_MOST 65536
#define VOLUME_IOPS_MOST 256000
#define VOLUME_THROUGHPUT_MOST 2000

/* Of the fields type, size, iops, throughput, as far as they are filled in;
 * without a type nothing is known. */
form_check_function check_volume;

/* The same of one that is there: what is left out may be as it is. */
form_check_function check_volume_change;

/* Of an instance: the first of /dev/sdf to /dev/sdz that nothing is attached
 * as; on Windows xvdf to xvdz. */
suggest_function suggest_device;

#endif
