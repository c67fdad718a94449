/* SPDX-License-Identifier: MIT */
/* How computed cells look into a row: plain names, "a/b/c", no more. */
#ifndef CATALOGUE_DERIVE_NODE_H
#define CATALOGUE_DERIVE_NODE_H

#include "doc/doc.h"

/* DOC_NONE: not there. */
uint32_t derive_child(const struct doc *d, uint32_t node, const char *path);

/* The text of a leaf; "" if it, d or node is not there. */
const char *derive_leaf(const struct doc *d, uint32_t node, const char *path);

#endif
