/* SPDX-License-Identifier: MIT */
/*
 * Logging in to what a row is: which program with which arguments, by the
 * `ssh` lines of the start-up file:
 *
 *	ssh web-* user=ec2-user key=~/.ssh/{key}.pem
 *	ssh profile:prod* via=ssm
 *	ssh image:ami-0abc* user=ubuntu address=private jump=bastion
 *
 * A line's patterns must all fit: globs over the name, or FACT:GLOB (id,
 * image, profile, region …). Of each setting the last line that fits holds.
 * Values come from outside: they are one argument each, never reach a shell,
 * and what a program could take for an option is refused. ssh reads its own
 * configuration as ever. One owner.
 */
#ifndef CLI_CONNECT_H
#define CLI_CONNECT_H

#include "catalogue/connect.h"
#include "cli/command.h"
#include "fetch/segment.h"

enum connect_setting {
	CONNECT_USER, CONNECT_KEY, CONNECT_HOST, CONNECT_ADDRESS,
	CONNECT_PORT, CONNECT_VIA, CONNECT_JUMP, CONNECT_FORWARD,
	CONNECT_SETTINGS
};

struct connect_choice {
	char *values[CONNECT_SETTINGS];      /* NULL: not said */
};

struct connect_rule {
	struct words patterns;
	struct connect_choice choice;
};

struct connect_rules {
	struct connect_rule *items;
	size_t count, room;
};

/* Words from first on: patterns (rule not NULL), then SETTING=VALUE. */
bool connect_read(struct connect_choice *choice, struct words *patterns,
	const struct words *line, size_t first, struct error *err);
void connect_choice_clear(struct connect_choice *choice);

/* ssh PATTERN… SETTING=VALUE…, words[0] is ssh. */
bool connect_rules_add(struct connect_rules *rules, const struct words *line,
	struct error *err);

/* The ssh lines of a start-up file; one that is not there has none. */
bool connect_rules_load(struct connect_rules *rules, const char *path,
	struct error *err);
void connect_rules_clear(struct connect_rules *rules);

/* What a row says of itself, for connect_request.fact. */
struct connect_facts {
	struct map *values;
};
void connect_facts_init(struct connect_facts *facts, struct row row);
void connect_facts_clear(struct connect_facts *facts);
const char *connect_fact_of(void *facts, const char *name);

struct connect_request {
	const struct connect *connect;
	const struct connect_rules *rules;
	const struct connect_choice *choice; /* above all rules; NULL */
	const char *const *command;          /* to run there; NULL: none */
	size_t command_count;
	void *data;
	const char *(*fact)(void *data, const char *name);   /* "": none */
};

/* argv ends with a NULL behind count. ERR_USAGE: there is no way, a value is
 * none; ERR_IO: a program that it takes is not installed. */
bool connect_make(const struct connect_request *request, struct words *argv,
	struct error *err);

/* Is there a program of that name on PATH? */
bool program_exists(const char *name);

#endif
