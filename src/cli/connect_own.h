/* SPDX-License-Identifier: MIT */
/* What the files of connect.h share. */
#ifndef CLI_CONNECT_OWN_H
#define CLI_CONNECT_OWN_H

#include "cli/connect.h"

const char *connect_setting_name(enum connect_setting setting);

/* May the value reach a program as that setting? */
bool connect_check(const char *setting, const char *value,
	struct error *err);

#endif
