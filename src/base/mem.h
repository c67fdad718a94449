/* SPDX-License-Identifier: MIT */
/*
 * Memory that is there or the program ends: no caller checks for NULL.
 * Any thread.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *xmalloc(size_t size)
	__attribute__((malloc, alloc_size(1), returns_nonnull));
void *xcalloc(size_t count, size_t size)
	__attribute__((malloc, alloc_size(1, 2), returns_nonnull));

/* Dies on overflow of count * size; p may be NULL. */
void *xreallocarray(void *p, size_t count, size_t size)
	__attribute__((alloc_size(2, 3), returns_nonnull));
char *xstrdup(const char *s) __attribute__((malloc, nonnull));
char *xstrndup(const char *s, size_t len) __attribute__((malloc, nonnull));

/* Overwrite secrets in a way that the compiler may not drop. */
void mem_wipe(void *p, size_t len);

/* Wipe and free a NUL-terminated secret; NULL is fine. */
void mem_wipe_free(char *secret);

#endif
