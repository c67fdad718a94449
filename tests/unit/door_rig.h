/* SPDX-License-Identifier: MIT */
/* A door, a scripted peer behind it, and a call that is ready to go. */
#ifndef TESTS_DOOR_RIG_H
#define TESTS_DOOR_RIG_H

#include "aws/request.h"
#include "tests/unit/http_peer.h"

#define OK_XML "<R><requestId>r-1</requestId><a>1</a></R>"
#define EC2_ERROR(code, text) "<Response><Errors><Error><Code>" code \
	"</Code><Message>" text "</Message></Error></Errors></Response>"

struct rig {
	struct peer *peer;
	struct door *door;
	struct profiles *profiles;
	struct aws_config config;
	struct endpoint endpoint;
	struct credentials keys;
	struct call call;          /* rig_describe() of rig_ec2() */
	struct reply reply;
	struct error err;
	char url[64];
};

/* Of the whole group: virtual time, libraries. */
int rig_begin(void **state);
int rig_end(void **state);

bool rig_open(struct rig *rig);
void rig_close(struct rig *rig);
const struct service *rig_ec2(void);
const struct operation *rig_describe(void);   /* a READ */

/* The call, with time passing as fast as it can. */
bool rig_pass(struct rig *rig);

/* The same while time stands still: what waits for it hangs. */
bool rig_pass_at_once(struct rig *rig);
void rig_expect_refused(struct rig *rig, enum error_kind kind,
	const char *code);

/* Request i, signed again by what it says of itself. */
void rig_check_signature(struct rig *rig, size_t i, const char *service,
	bool is_s3);

#endif
