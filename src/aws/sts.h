/* SPDX-License-Identifier: MIT */
/*
 * The rows of AWS's Security Token Service that credentials and sessions
 * themselves need. They are READ: they change nothing in the account, and a
 * read-only console needs them to be anybody at all.
 */
#ifndef AWS_STS_H
#define AWS_STS_H

#include "aws/service.h"

const struct service *sts_service(void);
const struct operation *sts_get_caller_identity(void);
const struct operation *sts_assume_role(void);

/* Sent unsigned: the token says who asks. */
const struct operation *sts_assume_role_with_web_identity(void);

#endif
