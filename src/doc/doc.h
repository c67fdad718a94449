/* SPDX-License-Identifier: MIT */
/*
 * One reply as one immutable document, whatever the wire form was: a flat
 * tape in document order (8 bytes a leaf, 16 a container), and the texts of
 * its leaves; what is big is mapped, and trimmed when sealed. Texts that
 * come again soon are stored once. A node's number is its place on the
 * tape: numbers grow in document order, but some are left out. After
 * doc_build_seal() nothing in it changes, so any thread that holds a
 * reference may read it, without locks; pointers into it live as long as
 * the reference.
 *
 * XML as a document: an element with element children or attributes is a
 * DOC_OBJECT whose repeated children stand one after another under the same
 * name; an attribute is a child named "@name", text beside it "#text"; an
 * element with text only is a DOC_STRING, an empty one DOC_NULL. The root
 * element itself is the root node. JSON maps as one would think; elements
 * of an array are nameless.
 */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct doc;
struct doc_names;
struct doc_build;

#define DOC_NONE UINT32_MAX

enum doc_kind {
	DOC_OBJECT,
	DOC_ARRAY,
	DOC_STRING,
	DOC_NUMBER,   /* text as it came */
	DOC_BOOL,     /* "true" or "false" */
	DOC_NULL
};

/*
 * The names of the catalogue, interned at start; paths compile against them
 * and every document uses the same numbers for them. Frozen before the
 * first document; names that are not in it get numbers local to their
 * document. Free it after the last document.
 */
struct doc_names *doc_names_new(void);
void doc_names_free(struct doc_names *names);
uint32_t doc_names_add(struct doc_names *names, const char *name);
uint32_t doc_names_find(const struct doc_names *names, const char *name,
	size_t len);     /* DOC_NONE: not there */
void doc_names_freeze(struct doc_names *names);

struct doc *doc_ref(struct doc *d);
void doc_unref(struct doc *d);           /* NULL is fine */
size_t doc_bytes(const struct doc *d);   /* memory held */
size_t doc_count(const struct doc *d);   /* nodes */

/* Reading. Node 0 is the root. */
enum doc_kind doc_kind(const struct doc *d, uint32_t node);
uint32_t doc_child(const struct doc *d, uint32_t node);   /* first, or NONE */
uint32_t doc_next(const struct doc *d, uint32_t node);    /* sibling, NONE */
uint32_t doc_parent(const struct doc *d, uint32_t node);  /* NONE at root */
const char *doc_name(const struct doc *d, uint32_t node, size_t *len);

/* The name's number in this document, and the number of a name here. */
uint32_t doc_name_id(const struct doc *d, uint32_t node);
uint32_t doc_find_name(const struct doc *d, const char *name, size_t len);

/* A leaf's text, NUL-terminated; "" for containers and nulls. len may be
 * NULL. */
const char *doc_text(const struct doc *d, uint32_t node, size_t *len);

/* The child of that name's number, or NONE. */
uint32_t doc_get(const struct doc *d, uint32_t node, uint32_t name_id);

/*
 * Building: one thread, names may be NULL. Nesting deeper than 128 or more
 * than 2^24 names, 2^31 nodes or bytes: the adder returns false and the
 * build is spoilt; seal then returns NULL.
 */
struct doc_build *doc_build_new(const struct doc_names *names);
void doc_build_free(struct doc_build *b);    /* NULL is fine */
bool doc_build_open(struct doc_build *b, const char *name, size_t len,
	enum doc_kind container);
bool doc_build_close(struct doc_build *b);
bool doc_build_leaf(struct doc_build *b, const char *name, size_t name_len,
	enum doc_kind kind, const char *text, size_t text_len);

/* Takes the build, also on failure. */
struct doc *doc_build_seal(struct doc_build *b);

#endif
