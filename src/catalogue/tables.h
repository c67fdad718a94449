/* SPDX-License-Identifier: MIT */
/*
 * The doors of the table files, made from services.def: <service>_service()
 * and <service>_<resource>(). For the files of this folder alone.
 */
#ifndef CATALOGUE_TABLES_H
#define CATALOGUE_TABLES_H

#include "catalogue/derive.h"
#include "catalogue/resource.h"

#define SERVICE(s) const struct service *s##_service(void);
#define RESOURCE(s, r) const struct resource *s##_##r(void);
#include "catalogue/services.def"
#undef SERVICE
#undef RESOURCE

#endif
