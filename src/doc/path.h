/* SPDX-License-Identifier: MIT */
/*
 * Selectors: the one syntax in which columns, rows, joins, waiters and
 * people's filters name a place in a document. Compiled once, immutable
 * afterwards, usable by any thread on any document.
 *
 *	path  = alternative { "|" alternative }     first that finds wins
 *	alternative = [ "/" ] step { "/" step }     "/" first: from the root
 *	step  = name | "@name" | "#text"            child of that name
 *	      | "*"                                 any child
 *	      | "[key=Name]" | name"[key=Name]"     child whose child `key`
 *	                                            (a path) has that text
 *	      | "[n]"                               n-th child, from 0
 *	      | ".."                                parent
 *	      | "."                                 the node itself
 *
 * `.placement.tenancy` (people's form) is `placement/tenancy`. A step over a
 * DOC_ARRAY looks into its elements where the name is not found otherwise,
 * so that one path serves XML's and JSON's lists; name[...] of an array
 * chooses among its elements. A name or a value with odd characters is
 * quoted: "a/b"/c, [key="a]b"]. At most 64 steps.
 */
#ifndef DOC_PATH_H
#define DOC_PATH_H

#include "base/error.h"
#include "doc/doc.h"

struct path;

/* Names are added to `names` while it is not frozen, else looked up there;
 * unknown ones are found by text in each document. names may be NULL. */
struct path *path_compile(struct doc_names *names, const char *text,
	struct error *err);
void path_free(struct path *p);
const char *path_source(const struct path *p);

/* First node found below `from`, in document order; NONE. `from` may be
 * NONE: nothing is found. */
uint32_t path_first(const struct path *p, const struct doc *d,
	uint32_t from);

/* The text of the first leaf found (of an element with attributes: the text
 * beside them); NULL: nothing there. */
const char *path_text(const struct path *p, const struct doc *d,
	uint32_t from, size_t *len);

/* Every node found (of the first alternative that finds any), in document
 * order; visit returns false to stop. Returns how many were visited. */
size_t path_each(const struct path *p, const struct doc *d, uint32_t from,
	bool (*visit)(void *data, uint32_t node), void *data);

#endif
