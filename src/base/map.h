/* SPDX-License-Identifier: MIT */
/*
 * Hash map from byte strings to pointers. Keys are copied, values are the
 * caller's. One owner, no locking. Iteration is in order of insertion, so
 * whatever is printed from a map comes out the same each time.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map;

struct map *map_new(void);

/* free_value may be NULL. */
void map_free(struct map *m, void (*free_value)(void *value));
void *map_get(const struct map *m, const char *key);
void *map_getn(const struct map *m, const char *key, size_t len);
bool map_has(const struct map *m, const char *key);

/* Returns the value that was there before, or NULL. */
void *map_set(struct map *m, const char *key, void *value);
void *map_setn(struct map *m, const char *key, size_t len, void *value);
void *map_remove(struct map *m, const char *key);
size_t map_count(const struct map *m);

/* *cursor starts at 0; false at the end. key and value may be NULL. */
bool map_next(const struct map *m, size_t *cursor, const char **key,
	void **value);

/* The hash, for those who keep tables of their own: 64 bits, seedless. */
uint64_t map_hash(const char *bytes, size_t len);

#endif
