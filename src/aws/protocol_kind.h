/* SPDX-License-Identifier: MIT */
/* What an error code of AWS means to people. Private to aws/. Pure. */
#ifndef AWS_PROTOCOL_KIND_H
#define AWS_PROTOCOL_KIND_H

#include "base/error.h"

#include <stdbool.h>

/* By code, then by status; text is AWS's sentence (may be ""). */
enum error_kind protocol_kind(const char *code, int status,
	const char *text);

/* "Slow down", in any of AWS's words. */
bool protocol_is_throttle(const char *code);

/* A failure of the moment: worth another try. */
bool protocol_is_transient(const char *code);

/* Codes that a wrong clock may cause. */
bool protocol_is_skew(const char *code);

/* How a region that is not enabled refuses a good key. */
bool protocol_is_refused_key(const char *code);

#endif
