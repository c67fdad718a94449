/* SPDX-License-Identifier: MIT */
/*
 * What a column can be called beyond its table: the tags that rows have, as
 * `columns`, `sort` and filters name them. UI thread.
 */
#ifndef UI_COLUMN_NAMES_H
#define UI_COLUMN_NAMES_H

#include "fetch/fetch.h"
#include "ui/command.h"

/* "tag.KEY", each once, of the first rows of the view. */
void column_tags(const struct table *table, struct vocabulary *out);

#endif
