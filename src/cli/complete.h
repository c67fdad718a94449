/* SPDX-License-Identifier: MIT */
/*
 * What may stand at the end of a command line that is being typed: the
 * shells ask `tucuxi complete -- WORD...` (share/tucuxi.bash and others), so
 * that they know what the tables know and nothing is written twice. It reads
 * the AWS configuration and asks nobody. Any thread.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "aws/profile.h"
#include "base/str.h"
#include "catalogue/catalogue.h"
#include "cli/saved.h"

/* Instead of a candidate: a file's name belongs here. */
#define COMPLETE_FILES ":files"

struct complete {
	const struct catalogue *catalogue;
	const struct profiles *profiles;
	const struct saved_all *saved;   /* NULL: none */
	const char *const *words;    /* behind the program's name */
	size_t count;                /* the last is the one being typed */
};

/* A line each: the whole word, a tab, what it is. A word that ends with
 * '/' or '=' goes on. */
void complete_words(const struct complete *c, struct str *out);

#endif
