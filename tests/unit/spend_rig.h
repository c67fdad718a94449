/* SPDX-License-Identifier: MIT */
/*
 * Reservations on the action rig: offers to buy, and what the simulator says
 * was bought. In us-east-1.
 */
#ifndef TESTS_SPEND_RIG_H
#define TESTS_SPEND_RIG_H

#include "tests/unit/action_rig.h"

#define SPEND_BUY "PurchaseReservedInstancesOffering"
#define SPEND_COUNT "7"          /* no reservation has so many at first */

/* The whole listing, each row a target. at (NULL: no parameters) is taken. */
void spend_list(struct action_rig *rig, const char *resource,
	struct location *at, struct targets *out);

/* An offer of m6i.large, paid at once, for a year and the region; or what is
 * sold on the Marketplace. It came of a listing for SPEND_COUNT. */
void spend_offer(struct action_rig *rig, bool marketplace,
	struct targets *out);
void spend_form(struct action_rig *rig, struct form *form,
	const char *count);

/* How many reservations of SPEND_COUNT there are. */
size_t spend_bought(struct action_rig *rig);

#endif
