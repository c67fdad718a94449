/* SPDX-License-Identifier: MIT */
#include "sim/ec2/list.h"

#include "base/vec.h"
#include "sim/ec2/store.h"
#include "sim/page.h"
#include "sim/xml.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_LEAST 5
#define UNASKED_MOST 20000  /* rows, where no size is asked for */
#define SCAN_MOST 25000     /* slots a page; then it ends, even if empty */

/* Room for two rows: a row and the one before. */
union row_room {
	struct ec2_row row;
	char bytes[EC2_ROW_MOST];
	int64_t align;
};

bool ec2_dry_run(struct call *c)
{
	const char *value = call_param(c, "DryRun");

	if (!value || strcmp(value, "true") != 0)
		return false;
	call_error(c, 412, "DryRunOperation", "Request would have succeeded, "
		"but DryRun flag is set.");
	return true;
}

void ec2_page_write(struct call *c, uint64_t at)
{
	str_add(c->out, "<nextToken>");
	page_token_add(c, c->out, at);
	str_add(c->out, "</nextToken>");
}

bool ec2_page_read(struct call *c, unsigned most, uint64_t *at, size_t *size)
{
	const char *given = call_param(c, "MaxResults");
	const char *token = call_param(c, "NextToken");
	long n;

	*at = 0;
	*size = UNASKED_MOST;
	if (given) {
		if (!str_int(given, 0, 1 << 20, &n) || n < PAGE_LEAST ||
			n > (long)most)
			return call_error(c, 400, "InvalidParameterValue",
				"Value ( %s ) for parameter maxResults is "
				"invalid. Expecting a value between %d and "
				"%u.", given, PAGE_LEAST, most);
		*size = (size_t)n;
	}
	if (!token || !*token || page_token_read(c, token, at))
		return true;
	return call_error(c, 400, "InvalidParameterValue", "Value ( %s ) for "
		"parameter nextToken is invalid. Unable to parse pagination "
		"token", token);
}

uint64_t ec2_list_slots(const struct world *w, const struct ec2_list *l)
{
	return l->stored ? things_slots(w, l) : l->slots(w);
}

bool ec2_list_fill(struct call *c, const struct ec2_list *l, uint64_t slot,
	void *row)
{
	return l->stored ? things_fill(c, l, slot, row) :
		l->fill(c, slot, row);
}

static void write_row(struct call *c, const struct ec2_list *l,
	const void *row, const void *previous)
{
	if (l->stored)
		things_write(c, l, row);
	else
		l->write(c, row, previous);
}

static bool find_slot(struct call *c, const struct ec2_list *l,
	const char *id, void *row)
{
	uint64_t slot;

	return world_index(c->world, l->kind, l->prefix, id, &slot) &&
		slot < l->slots(c->world) && l->fill(c, slot, row);
}

bool ec2_list_find(struct call *c, const struct ec2_list *l, const char *id,
	void *row)
{
	if (l->malformed && !world_id_valid(l->prefix, id))
		return call_error(c, 400, l->malformed, "Invalid id: \"%s\" "
			"(expecting \"%s...\")", id, l->prefix);
	if (l->stored ? things_row(c, l, id, row) : l->find ?
		l->find(c, id, row) : find_slot(c, l, id, row))
		return true;
	return call_error(c, 400, l->not_found, "The %s '%s' does not exist",
		l->id_name, id);
}

static bool run_ids(struct call *c, const struct ec2_list *l,
	const struct call_pairs *ids, const struct ec2_filters *filters)
{
	union row_room rows[2];
	const void *previous = NULL;
	unsigned turn = 0;

	if (call_param(c, "MaxResults"))
		return call_error(c, 400, "InvalidParameterCombination",
			"The parameter %ss cannot be used with the parameter "
			"maxResults", l->id_param);
	for (size_t i = 0; i < ids->count; i++) {
		void *row = &rows[turn];

		if (!ec2_list_find(c, l, ids->items[i].value, row))
			return false;
		if (!ec2_filters_pass(filters, row))
			continue;
		write_row(c, l, row, previous);
		previous = row;
		turn = !turn;
	}
	if (l->finish && previous)
		l->finish(c, previous);
	return true;
}

static void run_page(struct call *c, const struct ec2_list *l,
	const struct ec2_filters *filters, uint64_t slot, size_t size,
	uint64_t *next)
{
	union row_room rows[2];
	const void *previous = NULL;
	uint64_t end = ec2_list_slots(c->world, l);
	uint64_t stop = size == UNASKED_MOST || end - slot < SCAN_MOST ? end :
		slot + SCAN_MOST;
	unsigned turn = 0;

	for (; slot < stop && size > 0; slot++) {
		void *row = &rows[turn];

		if (!ec2_list_fill(c, l, slot, row) ||
			!ec2_filters_pass(filters, row))
			continue;
		write_row(c, l, row, previous);
		previous = row;
		turn = !turn;
		size--;
	}
	if (l->finish && previous)
		l->finish(c, previous);
	*next = slot < end ? slot : 0;
}

static bool read_ids(struct call *c, const struct ec2_list *l,
	struct call_pairs *ids)
{
	call_list(c, l->id_param, ids);
	return !l->stored || things_named(c, l, ids);
}

void ec2_list_run(struct call *c, const struct ec2_list *l)
{
	struct call_pairs ids = { 0 };
	struct ec2_filters *filters = NULL;
	uint64_t slot, next = 0;
	size_t size;

	if (!ec2_page_read(c, l->page_most, &slot, &size) || ec2_dry_run(c))
		return;
	filters = ec2_filters_new(c, l->filters,
		l->stored ? things_members(l) : NULL);
	if (!filters)
		return;
	if (!read_ids(c, l, &ids))
		goto out;
	if (slot > ec2_list_slots(c->world, l))
		slot = ec2_list_slots(c->world, l);
	call_open(c);
	xml_add(c->out, "<%r>", l->set);
	if (ids.count > 0) {
		if (!run_ids(c, l, &ids, filters))
			goto out;
	} else {
		run_page(c, l, filters, slot, size, &next);
	}
	xml_add(c->out, "</%r>", l->set);
	if (next)
		ec2_page_write(c, next);
	call_close(c);
out:
	ec2_filters_free(filters);
	VEC_FREE(&ids);
}
