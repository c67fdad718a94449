/* SPDX-License-Identifier: MIT */
/*
 * The verbs: one row each, and their own functions, which run on the main
 * thread and return the exit status (design.md section 5). --help, the man
 * page and completion are made from the rows.
 */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "cli/output.h"
#include "cli/runtime.h"

/* What a word behind the verb is. */
enum verb_word {
	WORD_NONE,
	WORD_PLACE,              /* a resource, s3://BUCKET/PREFIX */
	WORD_RESOURCE, WORD_SERVICE, WORD_VERB, WORD_SHELL, WORD_ACTION,
	WORD_FIELD,              /* of the action, and all words behind it */
	WORD_OTHER
};

struct example {
	const char *line;
	const char *help;
};

#define VERB_WORDS 2
#define VERB_EXAMPLES 8

struct verb {
	const char *name;
	const char *arguments;
	const char *help;
	const char *more;        /* sentences for its help and manual */
	const char *formats;     /* of -o, the first if none is named; NULL:
				    it takes none */
	enum verb_word words[VERB_WORDS];
	struct example examples[VERB_EXAMPLES];
	int (*run)(struct runtime *rt);
	int (*alone)(const struct options *o);   /* needs no runtime */
	bool hidden;             /* for programs, not for people */
};

/* Ends with a zero row. Rows with neither function are main's. */
const struct verb *verb_table(void);
const struct verb *verb_find(const char *name);

/* The row of `tucuxi [TARGET]`; its name is empty. */
const struct verb *verb_screen(void);

int verb_ls(struct runtime *rt);
int verb_get(struct runtime *rt);
int verb_do(struct runtime *rt);
int verb_jobs(struct runtime *rt);
int verb_guard(struct runtime *rt);
int verb_ssh(struct runtime *rt);
int verb_firewall(struct runtime *rt);
int verb_journal(struct runtime *rt);
int verb_creds(struct runtime *rt);
int verb_regions(struct runtime *rt);
int verb_endpoints(struct runtime *rt);
int verb_resources(struct runtime *rt);
int verb_complete(const struct options *o);
int verb_completion(const struct options *o);

/* Says err on standard error; its exit status. */
int verb_fail(const struct error *err);

/* Text to standard output as it is; the exit status. */
int verb_print(const char *text);

/* Ends the writer: status, or 1 when the output could not be written. A
 * reader that went away (`| head`) ends the program as SIGPIPE would. */
int verb_finish(struct writer *w, int status);

#endif
