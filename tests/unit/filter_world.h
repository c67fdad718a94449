/* SPDX-License-Identifier: MIT */
/* Four boxes with cells of every format, tags, lists and a join that brings
 * nothing: what filters are tested with. */
#ifndef TESTS_FILTER_WORLD_H
#define TESTS_FILTER_WORLD_H

#include "fetch/filter.h"

int boxes_open(void **state);        /* of a group of tests */
int boxes_close(void **state);
const struct compiled *boxes_compiled(void);
const struct compiled *boxes_bare(void);     /* without name and tags */
struct segment *boxes_segment(void);

/* Fails the test if the filter is wrong. */
struct filter *boxes_filter(const char *text);

/* "13": the last digits of the ids that match, with and without index. */
void expect(const char *text, const char *ids);

/* It is wrong, and the sentence has that part. */
void expect_error(const char *text, const char *part);

#endif
