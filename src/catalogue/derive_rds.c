/* SPDX-License-Identifier: MIT */
/* Computed cells of RDS. */
#include "catalogue/derive.h"

#include "base/str.h"
#include "catalogue/derive_node.h"

#include <string.h>

static const char *leaf(const struct cell *cell, const char *path)
{
	return derive_leaf(cell->doc, cell->node, path);
}

static bool is_multi(const struct cell *cell)
{
	return str_eq(leaf(cell, "MultiAZ"), "true");
}

/* mysql 8.0.36, aurora-mysql 8.0 */
enum role derive_db_engine(const struct cell *cell, struct str *out)
{
	const char *version = leaf(cell, "EngineVersion");

	str_add(out, leaf(cell, "Engine"));
	if (*version) {
		str_addc(out, ' ');
		str_add(out, version);
	}
	return ROLE_TEXT;
}

/* Is it written to in its cluster? NULL: the cluster does not know it. */
static const char *is_writer(const struct cell *cell)
{
	const char *name = leaf(cell, "DBInstanceIdentifier");
	const struct doc *d = cell->joined;
	uint32_t n = derive_child(d, cell->joined_node, "DBClusterMembers");

	n = n == DOC_NONE ? DOC_NONE : doc_child(d, n);
	for (; n != DOC_NONE; n = doc_next(d, n))
		if (str_eq(derive_leaf(d, n, "DBInstanceIdentifier"), name))
			return derive_leaf(d, n, "IsClusterWriter");
	return NULL;
}

enum role derive_db_role(const struct cell *cell, struct str *out)
{
	const char *writer = cell->joined ? is_writer(cell) : NULL;

	if (writer)
		str_add(out, str_eq(writer, "true") ? "writer" : "reader");
	else if (cell->text && cell->len)
		str_add(out, "replica");
	else if (!*leaf(cell, "DBClusterIdentifier") || cell->plain)
		return ROLE_TEXT;
	else
		str_add(out, cell->join_pending ? "\342\200\246" :
			cell->join_refused ? "?" : "");
	return ROLE_TEXT;
}

/* M: in several zones; else its zone's letter. */
enum role derive_db_zone(const struct cell *cell, struct str *out)
{
	const char *zone = leaf(cell, "AvailabilityZone");

	if (is_multi(cell))
		str_addc(out, 'M');
	else if (*zone)
		str_addc(out, zone[strlen(zone) - 1]);
	return ROLE_TEXT;
}

static bool needs_reboot(const struct cell *cell)
{
	const struct doc *d = cell->doc;
	uint32_t n = derive_child(d, cell->node, "DBParameterGroups");

	n = n == DOC_NONE ? DOC_NONE : doc_child(d, n);
	for (; n != DOC_NONE; n = doc_next(d, n))
		if (str_eq(derive_leaf(d, n, "ParameterApplyStatus"),
			   "pending-reboot"))
			return true;
	return false;
}

static bool has_children(const struct doc *d, uint32_t node, const char *path)
{
	uint32_t n = d ? derive_child(d, node, path) : DOC_NONE;

	return n != DOC_NONE && doc_child(d, n) != DOC_NONE;
}

/* What waits: for a reboot, for the window, or AWS's own maintenance. */
enum role derive_db_pending(const struct cell *cell, struct str *out)
{
	if (needs_reboot(cell))
		str_add(out, "reboot");
	else if (has_children(cell->doc, cell->node, "PendingModifiedValues"))
		str_add(out, "window");
	else if (has_children(cell->joined, cell->joined_node,
			"PendingMaintenanceActionDetails"))
		str_add(out, "maint");
	else if (cell->plain || cell->joined || !cell->join_pending)
		return ROLE_TEXT;
	else
		return str_add(out, "\342\200\246") ? ROLE_DIM : ROLE_TEXT;
	return ROLE_WARN;
}

enum role derive_db_backup(const struct cell *cell, struct str *out)
{
	if (!cell->text)
		return ROLE_TEXT;
	str_addn(out, cell->text, cell->len);
	if (str_eq(cell->text, "0"))
		return ROLE_BAD;
	if (!cell->plain)
		str_addc(out, 'd');
	return ROLE_TEXT;
}

enum role derive_db_endpoint(const struct cell *cell, struct str *out)
{
	const char *port = leaf(cell, "Endpoint/Port");

	if (!cell->text)
		return ROLE_TEXT;
	str_addn(out, cell->text, cell->len);
	if (*port) {
		str_addc(out, ':');
		str_add(out, port);
	}
	return ROLE_TEXT;
}

enum role derive_db_members(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->doc;
	uint32_t n = derive_child(d, cell->node, "DBClusterMembers");
	unsigned count = 0;

	n = n == DOC_NONE ? DOC_NONE : doc_child(d, n);
	for (; n != DOC_NONE; n = doc_next(d, n))
		count++;
	str_addf(out, "%u", count);
	return ROLE_TEXT;
}
