/* SPDX-License-Identifier: MIT */
/* The actions of a resource: do their rows hold together? */
#ifndef TESTS_ACTION_CHECK_H
#define TESTS_ACTION_CHECK_H

#include "catalogue/catalogue.h"

void action_check(const struct catalogue *c, const struct resource *r);

#endif
