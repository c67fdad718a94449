/* SPDX-License-Identifier: MIT */
/*
 * What every verb and the screen stand on: names, catalogue, pool, door,
 * profiles, sessions, and in a demo the simulator's address. Made once by
 * runtime_open() from the command line, freed by runtime_close().
 */
#ifndef CLI_RUNTIME_H
#define CLI_RUNTIME_H

#include "aws/session.h"
#include "catalogue/catalogue.h"
#include "cli/options.h"
#include "cli/profile_rule.h"
#include "cli/saved.h"
#include "fetch/segment.h"

struct runtime {
	const struct options *options;
	struct doc_names *names;
	struct catalogue *catalogue;
	struct pool *pool;
	struct door *door;
	struct late_journal *journal;    /* NULL in a demo */
	const struct aws_env *env;
	struct profiles *profiles;
	struct profile_rules *rules;     /* of the start-up file */
	struct session **sessions;       /* of --profile, at least one */
	size_t session_count;
	char **regions;                  /* chosen; none: nobody said */
	size_t region_count;
	bool all_regions;
	const struct demo_access *demo;  /* NULL: the real world */
	char **remembered;       /* opt-in regions of earlier runs */
	size_t remembered_count;
	struct saved_all saved;  /* views and sets by name */
	bool saved_loaded;       /* the user's own too */
	struct saved view;       /* that the command line names */
	struct options chosen;   /* of a view: what options points to then */
	struct str filter, expanded_regions, expanded_profiles;
};

/* Where a demo's simulator is and the key it knows. */
struct demo_access {
	const char *endpoint, *access_key, *secret_key;
};

/* demo is NULL outside of one. Fails with one clear error: unknown profile,
 * malformed region or URL … Close it also then. */
bool runtime_open(struct runtime *rt, const struct options *options,
	const struct demo_access *demo, struct error *err);
void runtime_close(struct runtime *rt);

/* The locks of the start-up file, for verbs: the screen runs its lines itself
 * and a demo has none. Mistakes go to standard error. */
void runtime_read_rules(struct runtime *rt);

/* A session of that profile, made when first asked for; borrowed. */
struct session *runtime_session(struct runtime *rt, const char *profile,
	struct error *err);

/* The regions that "all" starts with at once: those that the session's
 * partition enables by default, and those that the account had opted in to
 * when it was last asked (kept in the cache folder, never in a demo). Names
 * live as long as rt. Main thread. */
size_t runtime_first_regions(struct runtime *rt,
	const struct session *session, const char **names, size_t room);

/* Those that the account has opted in to, by ec2:DescribeRegions; they are
 * remembered. Worker. The strings and the array are the caller's. */
bool runtime_opted_regions(struct runtime *rt, struct session *session,
	struct cancel *cancel, char ***names, size_t *count,
	struct error *err);

/* What a TARGET or the word after `ls` names: a resource, s3://b/p, an id,
 * an ARN. The caller's reference. */
struct location *runtime_locate(const struct runtime *rt, const char *word,
	struct error *err);

/* One sentence on standard error: "tucuxi: …". */
void runtime_complain(const struct error *err);

#endif
