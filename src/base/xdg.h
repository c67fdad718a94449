/* SPDX-License-Identifier: MIT */
/*
 * Where files live (XDG Base Directory Specification 0.8). Heap strings,
 * the caller's to free. Without HOME they fall back to the password entry.
 */
#ifndef BASE_XDG_H
#define BASE_XDG_H

#include "base/error.h"

#include <stddef.h>

char *xdg_config(const char *name);   /* ~/.config/tucuxi/<name> */
char *xdg_state(const char *name);    /* ~/.local/state/tucuxi/<name> */
char *xdg_cache(const char *name);    /* ~/.cache/tucuxi/<name> */
char *xdg_home(void);

/* Makes the directory of path, and its parents, with mode 0700. */
bool xdg_make_parent(const char *path, struct error *err);

/* Whole regular file, at most max bytes. *data is the caller's. A missing
 * file: ERR_NOT_FOUND. */
bool xdg_read_file(const char *path, size_t max, char **data, size_t *len,
	struct error *err);

/* Replaces path by rename, mode 0600, synced; on failure the old one stays. */
bool xdg_write_file(const char *path, const char *data, size_t len,
	struct error *err);

#endif
