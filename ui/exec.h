/* SPDX-License-Identifier: MIT */
/*
 * The arguments of `exec`: %{private_ip} stands for the row's value, %% for
 * a percent sign. Values come from outside: they are one argument each,
 * never reach a shell, and one that a program could take for an option is
 * refused. Pure.
 */
#ifndef UI_EXEC_H
#define UI_EXEC_H

#include "cli/command.h"

/* Appends what name means; false with err: nothing. */
typedef bool exec_value(void *data, const char *name, struct str *out,
	struct error *err);

struct exec {
	struct words words;          /* ends with a NULL behind count */
	bool confirm, wait;
};

/* exec [--confirm] [--wait] COMMAND [ARGUMENT…], words[0] is exec. */
bool exec_make(struct exec *e, const struct words *words, exec_value *value,
	void *data, struct error *err);
void exec_clear(struct exec *e);

#endif
