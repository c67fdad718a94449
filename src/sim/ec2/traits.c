/* SPDX-License-Identifier: MIT */
#include "sim/ec2/traits.h"

#include "base/mem.h"
#include "sim/ec2/ec2.h"

#include <stdlib.h>
#include <string.h>

void traits_free(void *value)
{
	struct instance_traits *t = value;

	free(t->user_data);
	free(t);
}

const struct instance_traits *traits_find(const struct world *w,
	const char *id)
{
	return map_count(w->traits) ? map_get(w->traits, id) : NULL;
}

struct instance_traits *traits_edit(struct world *w,
	const struct instance *i)
{
	struct instance_traits *t = map_get(w->traits, i->row.id);

	if (t)
		return t;
	t = xmalloc(sizeof(*t));
	*t = i->traits;
	if (t->user_data)
		t->user_data = xstrdup(t->user_data);
	map_set(w->traits, i->row.id, t);
	return t;
}
