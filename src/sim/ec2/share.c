/* SPDX-License-Identifier: MIT */
#include "sim/ec2/share.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define USERS_MOST 500

void share_clear(struct share *s)
{
	VEC_FREE(&s->users);
	s->all = false;
}

static size_t find(const struct share *s, const char *account)
{
	size_t i = 0;

	while (i < s->users.count && strcmp(s->users.items[i], account) != 0)
		i++;
	return i;
}

bool share_has(const struct share *s, const char *account)
{
	return find(s, account) < s->users.count;
}

void share_add(struct share *s, const char *account)
{
	if (!share_has(s, account))
		snprintf(*VEC_PUSH(&s->users), sizeof(*s->users.items), "%s",
			account);
}

static void drop(struct share *s, const char *account)
{
	size_t i = find(s, account);

	if (i == s->users.count)
		return;
	s->users.count--;
	memmove(s->users.items[i], s->users.items[i + 1],
		(s->users.count - i) * sizeof(*s->users.items));
}

void share_write(struct str *out, const struct share *s)
{
	if (s->all)
		str_add(out, "<item><group>all</group></item>");
	for (size_t i = 0; i < s->users.count; i++)
		xml_add(out, "<item><userId>%r</userId></item>",
			s->users.items[i]);
}

static bool take_user(struct call *c, const char *user,
	struct share_change *out)
{
	if (strlen(user) != 12 || strspn(user, "0123456789") != 12)
		return call_error(c, 400, "InvalidUserID.Malformed",
			"Invalid user id: \"%s\"", user);
	*VEC_PUSH(&out->users) = (struct call_pair){ "", user };
	return true;
}

static bool take_group(struct call *c, const char *group,
	struct share_change *out)
{
	if (strcmp(group, "all") != 0)
		return call_error(c, 400, "InvalidUserGroup.Malformed",
			"Invalid user group: \"%s\"", group);
	out->all = true;
	return true;
}

/* <member>.Add.1.UserId and so on; found: there was one. */
static bool read_items(struct call *c, const char *list,
	struct share_change *out, bool *found)
{
	for (unsigned n = 1;; n++) {
		const char *user = call_param(c,
			call_textf(c, "%s.%u.UserId", list, n));
		const char *group = call_param(c,
			call_textf(c, "%s.%u.Group", list, n));

		if (!user && !group)
			return true;
		*found = true;
		if ((user && !take_user(c, user, out)) ||
		    (group && !take_group(c, group, out)))
			return false;
	}
}

static bool read_lists(struct call *c, struct share_change *out)
{
	struct call_pairs values = { 0 };
	bool ok = true;

	call_list(c, "UserId", &values);
	for (size_t i = 0; ok && i < values.count; i++)
		ok = take_user(c, values.items[i].value, out);
	values.count = 0;
	call_list(c, "UserGroup", &values);
	for (size_t i = 0; ok && i < values.count; i++)
		ok = take_group(c, values.items[i].value, out);
	VEC_FREE(&values);
	return ok;
}

/* The older form, which boto uses. */
static bool read_attribute(struct call *c, const char *attribute,
	struct share_change *out)
{
	const char *asked = call_param(c, "Attribute");
	const char *operation = call_param(c, "OperationType");

	if (!asked)
		return true;
	if (strcmp(asked, attribute) != 0)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter attribute is invalid. Unknown "
			"attribute.", asked);
	if (!operation)
		return call_error(c, 400, "MissingParameter", "The request "
			"must contain the parameter operationType");
	if (strcmp(operation, "add") != 0 && strcmp(operation, "remove") != 0)
		return call_error(c, 400, "InvalidParameterValue", "Value "
			"(%s) for parameter operationType is invalid.",
			operation);
	out->removes = !strcmp(operation, "remove");
	return read_lists(c, out);
}

bool share_read(struct call *c, const char *attribute, const char *member,
	struct share_change *out)
{
	bool adds = false, removes = false;

	if (!read_attribute(c, attribute, out) ||
	    !read_items(c, call_textf(c, "%s.Add", member), out, &adds) ||
	    !read_items(c, call_textf(c, "%s.Remove", member), out, &removes))
		return false;
	if (adds && removes)
		return call_error(c, 400, "InvalidParameterCombination",
			"You cannot both add and remove permissions in a "
			"single request");
	out->removes = out->removes || removes;
	if (!out->all && !out->users.count)
		return call_error(c, 400, "InvalidParameterCombination",
			"No attributes specified.");
	if (out->users.count > USERS_MOST)
		return call_error(c, 400, "InvalidParameterValue",
			"At most %d permissions can be changed at once",
			USERS_MOST);
	return true;
}

void share_apply(struct share *s, const struct share_change *change)
{
	if (change->all)
		s->all = !change->removes;
	for (size_t i = 0; i < change->users.count; i++) {
		const char *user = change->users.items[i].value;

		if (change->removes)
			drop(s, user);
		else
			share_add(s, user);
	}
}

struct commons {
	struct common *items;
	size_t count, room;
};

struct commons *commons_new(void)
{
	return xcalloc(1, sizeof(struct commons));
}

void commons_free(void *value)
{
	struct commons *c = value;

	VEC_FREE(c);
	free(c);
}

void commons_add(struct world *w, const void *kind, void *record)
{
	struct commons *c = w->commons;

	for (size_t i = 0; i < c->count; i++)
		if (c->items[i].record == record)
			return;
	*VEC_PUSH(c) = (struct common){ w, record, kind };
}

size_t commons_count(const struct world *w)
{
	return w->commons->count;
}

const struct common *commons_at(const struct world *w, const void *kind,
	size_t n)
{
	const struct common *one = &w->commons->items[n];

	return one->kind == kind && one->owner != w ? one : NULL;
}
