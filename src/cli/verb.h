/* SPDX-License-Identifier: MIT */
/*
 * The verbs' own functions; the table is in verb.c. Each runs on the main
 * thread and returns the exit status (design.md section 5).
 */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "cli/output.h"
#include "cli/runtime.h"

int verb_ls(struct runtime *rt);
int verb_get(struct runtime *rt);
int verb_creds(struct runtime *rt);
int verb_regions(struct runtime *rt);
int verb_endpoints(struct runtime *rt);
int verb_resources(struct runtime *rt);

/* Says err on standard error; its exit status. */
int verb_fail(const struct error *err);

/* Ends the writer: status, or 1 when the output could not be written. A
 * reader that went away (`| head`) ends the program as SIGPIPE would. */
int verb_finish(struct writer *w, int status);

#endif
