/* SPDX-License-Identifier: MIT */
/*
 * What every Describe of EC2 does alike: ids, filters with wildcards, page
 * size and token. A row of struct ec2_list says what differs.
 */
#ifndef SIM_EC2_LIST_H
#define SIM_EC2_LIST_H

#include "sim/call.h"
#include "sim/ec2/tags.h"
#include "sim/world.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EC2_ID_MOST 48

/* Every row of a list begins with this. */
struct ec2_row {
	char id[EC2_ID_MOST];
	struct tags tags;
};

enum ec2_field_kind {
	FIELD_NONE,
	FIELD_TEXT,       /* const char * */
	FIELD_CHARS,      /* char[] */
	FIELD_UNSIGNED,
	FIELD_BOOL,
	FIELD_ADDRESS,    /* unsigned, IPv4 */
	FIELD_TIME,       /* int64_t */
	FIELD_ID,         /* uint64_t behind .prefix */
	FIELD_CALL        /* get() */
};

/* What a filter compares with. */
struct ec2_field {
	const char *name;
	enum ec2_field_kind kind;
	size_t offset;
	const char *prefix;

	/* The n-th value, NULL after the last; may use the 64 bytes. */
	const char *(*get)(const void *row, size_t n, char *text);
};

#define EC2_ROW_MOST 3072

struct ec2_list {
	const char *set;          /* element around the items */
	const char *id_param;
	const char *id_name;      /* as AWS writes it in messages */
	const char *prefix;
	const char *malformed;    /* error codes */
	const char *not_found;
	enum id_kind kind;
	const struct ec2_field *filters;
	unsigned page_most;       /* 0: no paging */

	/* Rows are numbered by slot; not every slot holds one. The index in
	 * an id is its slot. */
	uint64_t (*slots)(const struct world *w);
	bool (*fill)(struct call *c, uint64_t slot, void *row);

	/* The row of an id; NULL: its index is the slot. */
	bool (*find)(struct call *c, const char *id, void *row);

	/* previous: the row before on this page, NULL at first. */
	void (*write)(struct call *c, const void *row, const void *previous);
	void (*finish)(struct call *c, const void *last);

	/* Instead of filters and functions: it is the head of a struct
	 * thing_kind. */
	bool stored;
};

void ec2_list_run(struct call *c, const struct ec2_list *list);

uint64_t ec2_list_slots(const struct world *w, const struct ec2_list *list);
bool ec2_list_fill(struct call *c, const struct ec2_list *list,
	uint64_t slot, void *row);

/* The row of an id; false: answered with Malformed or NotFound. */
bool ec2_list_find(struct call *c, const struct ec2_list *list,
	const char *id, void *row);

/* DryRun=true: answers DryRunOperation. True: nothing else is to be done. */
bool ec2_dry_run(struct call *c);

/* Do the Filter.N of the call let this row pass? For lists without ids. */
struct ec2_filters;

struct thing_member;

/* NULL: answered. The rows are things if it is members that are given. */
struct ec2_filters *ec2_filters_new(struct call *c,
	const struct ec2_field *fields, const struct thing_member *members);
bool ec2_filters_pass(const struct ec2_filters *f, const void *row);
void ec2_filters_free(struct ec2_filters *f);

/* Page tokens of DescribeTags too. False: answered. */
bool ec2_page_read(struct call *c, unsigned most, uint64_t *at,
	size_t *size);
void ec2_page_write(struct call *c, uint64_t at);

#endif
