/* SPDX-License-Identifier: MIT */
/* Computed cells of S3. */
#include "catalogue/derive.h"

#include "base/str.h"
#include "catalogue/derive_node.h"

#include <string.h>

/* The key as it is, then without the folder that the listing is of. */
enum role derive_s3_name(const struct cell *cell, struct str *out)
{
	size_t from = out->len, skip = cell->parent ?
		strlen(cell->parent) : 0;
	bool folder = str_eq(cell->row_kind, "folder");

	format_value(FORMAT_URL_TEXT, cell->text, cell->len, cell, out);
	if (skip && out->len - from >= skip &&
	    memcmp(out->p + from, cell->parent, skip) == 0) {
		memmove(out->p + from, out->p + from + skip,
			out->len - from - skip);
		str_truncate(out, out->len - skip);
	}
	return folder ? ROLE_LINK : ROLE_TEXT;
}

/* What the policy lets in; ACLs may say otherwise, so without one it is
 * not called private. */
enum role derive_s3_access(const struct cell *cell, struct str *out)
{
	const char *is_public = derive_leaf(cell->joined, cell->joined_node,
		"IsPublic");

	if (!cell->joined) {
		str_add(out, cell->join_pending ? "\342\200\246" :
			cell->join_refused ? "?" : "");
		return ROLE_DIM;
	}
	if (str_eq(is_public, "true")) {
		str_add(out, "PUBLIC");
		return ROLE_BAD;
	}
	str_add(out, *is_public ? "policy" : "no policy");
	return *is_public ? ROLE_TEXT : ROLE_DIM;
}

/* Short words for the usual width; archived and what is being brought back
 * is told apart. */
enum role derive_s3_class(const struct cell *cell, struct str *out)
{
	static const char *const words[][2] = {
		{ "STANDARD", "std" },
		{ "STANDARD_IA", "std-ia" },
		{ "ONEZONE_IA", "1z-ia" },
		{ "INTELLIGENT_TIERING", "intell" },
		{ "REDUCED_REDUNDANCY", "reduced" },
		{ "GLACIER", "glacier" },
		{ "GLACIER_IR", "glac-ir" },
		{ "DEEP_ARCHIVE", "deep" },
		{ "EXPRESS_ONEZONE", "express" },
		{ "OUTPOSTS", "outposts" }
	};
	const char *text = cell->text ? cell->text : "";
	const char *busy = derive_leaf(cell->doc, cell->node,
		"RestoreStatus/IsRestoreInProgress");
	const char *until = derive_leaf(cell->doc, cell->node,
		"RestoreStatus/RestoreExpiryDate");
	const char *word = text;

	if (cell->plain) {
		str_add(out, text);
		return ROLE_TEXT;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(text, words[i][0]))
			word = words[i][1];
	if (str_eq(busy, "true") && cell->signs) {
		str_add(out, cell->signs->moving);
		str_addc(out, ' ');
	} else if (*until && cell->signs) {
		str_add(out, cell->signs->running);
		str_addc(out, ' ');
	}
	str_add(out, word);
	return !str_eq(busy, "true") && !*until && (str_eq(text, "GLACIER") ||
		str_eq(text, "DEEP_ARCHIVE")) ? ROLE_DIM : ROLE_TEXT;
}

/* Eight digits tell versions apart; the quotes are AWS's. */
enum role derive_s3_etag(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";
	size_t len = cell->len;

	if (len >= 2 && text[0] == '"' && text[len - 1] == '"') {
		text++;
		len -= 2;
	}
	str_addn(out, text, !cell->plain && len > 8 ? 8 : len);
	return ROLE_DIM;
}

/* The empty object that marks the folder itself. */
bool hidden_s3_marker(const struct cell *cell)
{
	struct str key = STR_INIT;
	const char *raw;
	bool hidden;

	if (!str_eq(cell->row_kind, "object") || !cell->parent ||
	    !str_ends(cell->parent, "/"))
		return false;
	raw = derive_leaf(cell->doc, cell->node, "Key");
	format_value(FORMAT_URL_TEXT, raw, strlen(raw), cell, &key);
	hidden = str_eq(key.p, cell->parent);
	str_clear(&key);
	return hidden;
}
