/* SPDX-License-Identifier: MIT */
#include "sim/s3/s3.h"

#include "base/mem.h"
#include "sim/call.h"
#include "sim/service.h"

#include <stdlib.h>

struct s3_store {
	struct sim *sim;
};

struct s3_store *s3_store_new(struct sim *sim)
{
	struct s3_store *s = xcalloc(1, sizeof(*s));

	s->sim = sim;
	return s;
}

void s3_store_free(struct s3_store *s)
{
	free(s);
}

bool s3_prepare(struct call *c, const struct auth *auth)
{
	(void)c;
	(void)auth;
	return true;
}

static const struct sim_action *find(struct call *c)
{
	c->operation = "";
	call_error(c, 501, "NotImplemented", "A header you provided implies "
		"functionality that is not implemented.");
	return NULL;
}

static const struct sim_service service = {
	.name = "s3", .style = STYLE_S3, .version = "2006-03-01",
	.namespace = "http://s3.amazonaws.com/doc/%s/", .find = find,
};

const struct sim_service *service_s3(void)
{
	return &service;
}
