/* SPDX-License-Identifier: MIT */
/*
 * A row as the command of the AWS CLI that shows it. Any thread.
 */
#ifndef CLI_ROW_CLI_H
#define CLI_ROW_CLI_H

#include "fetch/segment.h"

/* profile: NULL or "": the CLI's default. Appends; nothing where there is no
 * such command. */
void row_cli(struct row row, const char *profile, struct str *out);

#endif
