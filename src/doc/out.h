/* SPDX-License-Identifier: MIT */
/*
 * A document, or a part of it, back as text. The shape does not change with
 * the data: `item` and `member` collapse into an array of their parent
 * always, other XML lists are named in `lists` (space-separated names of
 * elements that repeat: "Buckets/Bucket Contents CommonPrefixes"; a plain
 * name makes siblings of that name an array under it, "A/B" turns A into an
 * array of its B, "*" is any A); XML leaves are strings, attributes
 * "@name", empty elements null (an empty list element: []). Siblings of one
 * name that nobody named become an array too, for two equal keys would lose
 * one. YAML quotes what a YAML 1.2 or 1.1 reader would take for something
 * else. Bytes are those of the document (JSON and YAML escape controls);
 * sanitising for a screen is the screen's.
 */
#ifndef DOC_OUT_H
#define DOC_OUT_H

#include "base/str.h"
#include "doc/doc.h"

enum out_format { OUT_YAML, OUT_JSON, OUT_XML };

void out_doc(struct str *out, enum out_format format, const struct doc *d,
	uint32_t node, const char *lists);

/* One JSON string with quotes and escapes; bad UTF-8 becomes U+FFFD. */
void out_json_string(struct str *out, const char *text, size_t len);

/* One YAML scalar, quoted where a reader would mistake it. */
void out_yaml_string(struct str *out, const char *text, size_t len);

/* One CSV field (RFC 4180). */
void out_csv_field(struct str *out, const char *text, size_t len);

/*
 * The document as lines for a viewer: each visit is one node in order, the
 * node itself first, at depth 0. `label` is the key ("" in arrays), `text`
 * the leaf's text or NULL for a container, `is_array` and `depth` shape it,
 * `children` how many follow. An array made of siblings has the first of
 * them as its node.
 */
struct out_line {
	uint32_t node;
	unsigned depth;
	const char *label;
	size_t label_len;
	const char *text;
	size_t text_len;
	size_t children;
	size_t subtree;       /* lines below this one */
	bool is_array;
	bool in_array;
};

struct out_lines {
	struct out_line *items;
	size_t count, room;
};

/* The lines point into d and the node names; hold the reference. */
void out_lines_build(struct out_lines *lines, const struct doc *d,
	uint32_t node, const char *lists);
void out_lines_clear(struct out_lines *lines);

#endif
