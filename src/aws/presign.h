/* SPDX-License-Identifier: MIT */
/*
 * What the door does not know of a call, because it takes a session's
 * endpoints and credentials: its own region, and the URL by which one region
 * asks another for something in the caller's name (EC2 API Reference,
 * CopySnapshot, PresignedUrl). Any thread.
 */
#ifndef AWS_PRESIGN_H
#define AWS_PRESIGN_H

#include "aws/credential.h"
#include "aws/region.h"
#include "aws/service.h"
#include "base/str.h"

/* The arguments of a call, and those that were filled in. */
struct filled {
	struct argument *items;
	size_t count, room;
	struct str url;
};

/* region: that the call goes to. items point into arguments, and live as
 * long as they do. */
bool filled_init(struct filled *f, const struct service *service,
	const struct operation *op, const struct argument *arguments,
	size_t count, const char *region, const struct aws_config *config,
	const struct credentials *credentials, struct error *err);
void filled_clear(struct filled *f);     /* the URL is wiped */

#endif
