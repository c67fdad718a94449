/* SPDX-License-Identifier: MIT */
/*
 * What people have given a name: views (a resource with filter, sort,
 * columns, regions, profile), and sets of regions and of profiles. Views
 * come from three places: the catalogue's tables (called "volumes.x", or "x"
 * where that is clear), the start-up file, and the state file, where the
 * console keeps what was saved on the screen. Main thread.
 */
#ifndef CLI_SAVED_H
#define CLI_SAVED_H

#include "catalogue/catalogue.h"
#include "cli/command.h"
#include "cli/state.h"

enum saved_from { SAVED_TABLE, SAVED_FILE, SAVED_STATE };

struct saved {
	char *name;
	const struct resource *resource;
	/* NULL: not said */
	char *title, *filter, *sort, *columns, *regions, *profile;
	enum saved_from from;
};

struct saved_set {
	char *name;
	char *list;              /* names, a comma between */
	bool of_profiles;
};

struct saved_all {
	struct {
		struct saved *items;
		size_t count, room;
	} views;
	struct {
		struct saved_set *items;
		size_t count, room;
	} sets;
};

/* With the catalogue's own views. */
void saved_init(struct saved_all *all, const struct catalogue *catalogue);
void saved_clear(struct saved_all *all);

/* Those of the start-up file and of the state file; tell: mistakes, on
 * standard error. The screen reads the files itself and tells them there. */
void saved_load(struct saved_all *all, const struct catalogue *catalogue,
	bool tell);
void saved_take_state(struct saved_all *all,
	const struct catalogue *catalogue, const struct state *state);

/* "NAME RESOURCE [/FILTER] [sort=…] [columns=…] [regions=…] [profile=…]
 * [title=…]" from words[first] on: a new one, or another of that name. */
bool saved_view(struct saved_all *all, const struct catalogue *catalogue,
	const struct words *words, size_t first, enum saved_from from,
	struct error *err);

/* Takes what v holds, whatever becomes of it. */
bool saved_put(struct saved_all *all, const struct catalogue *catalogue,
	struct saved *v, struct error *err);
void saved_free(struct saved *v);
struct saved saved_copy(const struct saved *v);

/* The same line back, without the name. */
void saved_line(const struct saved *v, struct str *out);

/* By its name, else what is nearest. */
const struct saved *saved_find(const struct saved_all *all, const char *name,
	struct error *err);

/* False: it is none that people can delete here. */
bool saved_delete(struct saved_all *all, const char *name,
	struct error *err);

/* "regionset NAME REGION…" or "profileset NAME PROFILE…". */
bool saved_set_words(struct saved_all *all, const struct words *words,
	struct error *err);

/* NULL: there is no such set. */
const char *saved_set_find(const struct saved_all *all, const char *name,
	bool of_profiles);

/* A list with the sets in it replaced by what they are, each name once. */
void saved_expand(const struct saved_all *all, const char *list,
	bool of_profiles, struct str *out);

#endif
