/* SPDX-License-Identifier: MIT */
/*
 * Inside of runtime_open(): what `--view`, and the names of views and sets
 * in other places of the command line, stand for. Main thread.
 */
#ifndef CLI_RUNTIME_SAVED_H
#define CLI_RUNTIME_SAVED_H

#include "cli/runtime.h"

/* After the catalogue and the profiles are open; rt->options is then what
 * was meant. */
bool runtime_choose_saved(struct runtime *rt, struct error *err);
void runtime_drop_saved(struct runtime *rt);

#endif
