/* SPDX-License-Identifier: MIT */
/*
 * --help, made from the tables of options and verbs: 80 columns, no
 * trailing blanks. Any thread.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/options.h"

/* verb NULL: of the program. */
void help_text(struct str *out, const char *verb);

/* "-r, --region R[,R…]|all" */
void help_option(struct str *out, const struct option *option);

/* Two columns, the second broken at blanks and indented. Where left is too
 * wide for its column, text begins on a line of its own. */
void help_row(struct str *out, const char *left, size_t column,
	const char *text);

/* A paragraph of lines of at most 79 columns, indented. */
void help_paragraph(struct str *out, const char *text, size_t indent);

#endif
