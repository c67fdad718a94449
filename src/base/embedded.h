/* SPDX-License-Identifier: MIT */
/*
 * Files of the source tree that the program carries with it: the keymaps
 * (default.keys, vi.keys…). Written by embed.sh when tucuxi is built.
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

/* The text, or NULL if there is no such file. */
const char *embedded_file(const char *name);

/* The name of file 0, 1…; NULL past the last. */
const char *embedded_name(size_t index);

#endif
