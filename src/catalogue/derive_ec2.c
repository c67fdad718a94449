/* SPDX-License-Identifier: MIT */
/* Computed cells of EC2's smaller lists, and of who may use what. */
#include "catalogue/derive.h"

#include "base/str.h"
#include "catalogue/derive_node.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ELLIPSIS "\342\200\246"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Asked and not answered, or refused: says so. */
static bool is_unknown(const struct cell *cell, struct str *out)
{
	if (!cell->join_pending && !cell->join_refused)
		return false;
	str_add(out, cell->join_pending ? ELLIPSIS : "?");
	return true;
}

static uint32_t first(const struct doc *d, uint32_t set)
{
	return set == DOC_NONE ? DOC_NONE : doc_child(d, set);
}

/* The joined row is a reservationSet. */
enum role derive_instance_count(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->joined;
	unsigned count = 0;

	if (is_unknown(cell, out))
		return ROLE_DIM;
	for (uint32_t n = d ? doc_child(d, cell->joined_node) : DOC_NONE;
	     n != DOC_NONE; n = doc_next(d, n))
		for (uint32_t i = first(d, derive_child(d, n,
		     "instancesSet")); i != DOC_NONE; i = doc_next(d, i))
			count++;
	str_addf(out, "%u", count);
	return count ? ROLE_TEXT : ROLE_DIM;
}

/* The joined row is a list of permissions: for how many; *all: for
 * everybody. */
static unsigned permissions(const struct cell *cell, bool *all)
{
	static const char *const paths[] = {
		"group", "userId", "organizationArn", "organizationalUnitArn"
	};
	const struct doc *d = cell->joined;
	unsigned count = 0;

	*all = false;
	for (uint32_t n = d ? doc_child(d, cell->joined_node) : DOC_NONE;
	     n != DOC_NONE; n = doc_next(d, n)) {
		const char *who = "";

		for (size_t i = 0; !*who && i < COUNT(paths); i++)
			who = derive_leaf(d, n, paths[i]);
		*all |= str_eq(who, "all");
		count += *who != '\0';
	}
	return count;
}

static enum role add_all(const struct cell *cell, struct str *out)
{
	str_add(out, cell->plain ? "all" : "ALL");
	return ROLE_BAD;
}

/* With how many accounts; ALL is the whole world. */
enum role derive_snapshot_shared(const struct cell *cell, struct str *out)
{
	unsigned count;
	bool all;

	if (is_unknown(cell, out))
		return ROLE_DIM;
	count = permissions(cell, &all);
	if (all)
		return add_all(cell, out);
	if (count)
		str_addf(out, "%u", count);
	return count ? ROLE_WARN : ROLE_TEXT;
}

/* The list of images says itself which are for everybody. */
enum role derive_image_shared(const struct cell *cell, struct str *out)
{
	bool all;

	if (str_eq(derive_leaf(cell->doc, cell->node, "isPublic"), "true"))
		return add_all(cell, out);
	if (is_unknown(cell, out))
		return ROLE_DIM;
	if (!permissions(cell, &all))
		return ROLE_TEXT;
	if (all)
		return add_all(cell, out);
	str_add(out, "yes");
	return ROLE_WARN;
}

/* Dim where the volume that it was taken of is gone. */
enum role derive_snapshot_volume(const struct cell *cell, struct str *out)
{
	str_add(out, cell->text ? cell->text : "");
	return cell->joined || cell->join_pending || cell->join_refused ?
		ROLE_TEXT : ROLE_DIM;
}

/* What AWS found wrong with a volume is louder than its state. */
enum role derive_volume_state(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";
	const char *status = derive_leaf(cell->joined, cell->joined_node,
		"volumeStatus/status");

	if (!cell->plain && str_eq(status, "impaired"))
		return state_show(status, strlen(status), cell->signs, out);
	return state_show(text, strlen(text), cell->signs, out);
}

/* The last change of size, type or speed: how far it is. */
enum role derive_volume_change(const struct cell *cell, struct str *out)
{
	const char *state = derive_leaf(cell->joined, cell->joined_node,
		"modificationState");
	const char *progress = derive_leaf(cell->joined, cell->joined_node,
		"progress");
	enum role role;

	if (is_unknown(cell, out))
		return ROLE_DIM;
	if (!*state)
		return ROLE_TEXT;
	role = state_show(state, strlen(state), cell->signs, out);
	if (!cell->plain && *progress && !str_eq(state, "completed"))
		str_addf(out, " %s%%", progress);
	return role;
}

/* MiB as GiB; the smallest have half a one. */
enum role derive_type_memory(const struct cell *cell, struct str *out)
{
	double mib = strtod(cell->text ? cell->text : "", NULL);

	if (mib > 0)
		str_addf(out, "%g", round(mib / 1024 * 100) / 100);
	return ROLE_TEXT;
}

bool hidden_own(const struct cell *cell)
{
	const char *owner = derive_leaf(cell->doc, cell->node, "ownerId");

	return *owner && cell->account && str_eq(owner, cell->account);
}
