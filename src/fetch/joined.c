/* SPDX-License-Identifier: MIT */
#include "fetch/joined.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct joined *joined_new(size_t shard_count, size_t join_count)
{
	struct joined *j = xcalloc(1, sizeof(*j));

	j->refs = 1;
	j->shard_count = shard_count;
	j->join_count = join_count;
	j->answers = xcalloc(shard_count * join_count + 1,
		sizeof(*j->answers));
	return j;
}

struct joined *joined_ref(struct joined *j)
{
	__atomic_add_fetch(&j->refs, 1, __ATOMIC_RELAXED);
	return j;
}

void joined_unref(struct joined *j)
{
	if (!j || __atomic_sub_fetch(&j->refs, 1, __ATOMIC_ACQ_REL))
		return;
	for (size_t i = 0; i < j->shard_count * j->join_count; i++) {
		struct answers *a = &j->answers[i];

		for (size_t k = 0; k < a->count; k++)
			segment_unref(a->items[k].segment);
		VEC_FREE(a);
		lookup_clear(&a->lookup);
	}
	free(j->answers);
	free(j);
}

static void *copy(const void *bytes, size_t count, size_t size)
{
	void *p = count ? xreallocarray(NULL, count, size) : NULL;

	if (count)
		memcpy(p, bytes, count * size);
	return p;
}

struct joined *joined_own(struct joined *j)
{
	struct joined *mine;

	if (__atomic_load_n(&j->refs, __ATOMIC_ACQUIRE) == 1)
		return j;
	mine = joined_new(j->shard_count, j->join_count);
	for (size_t i = 0; i < j->shard_count * j->join_count; i++) {
		struct answers *to = &mine->answers[i];

		*to = j->answers[i];
		to->room = to->count;
		to->items = copy(to->items, to->count, sizeof(*to->items));
		to->lookup.keys = copy(to->lookup.keys, to->lookup.room,
			sizeof(*to->lookup.keys));
		to->lookup.values = copy(to->lookup.values, to->lookup.room,
			sizeof(*to->lookup.values));
		for (size_t k = 0; k < to->count; k++)
			segment_ref(to->items[k].segment);
	}
	joined_unref(j);
	return mine;
}

size_t joined_bytes(const struct joined *j)
{
	size_t bytes = 0;

	for (size_t i = 0; j && i < j->shard_count * j->join_count; i++) {
		const struct answers *a = &j->answers[i];

		bytes += a->room * sizeof(*a->items) + a->lookup.room *
			(sizeof(uint64_t) + sizeof(uint32_t));
	}
	return bytes;
}

struct answers *joined_at(const struct joined *j, size_t shard, size_t join)
{
	return &j->answers[shard * j->join_count + join];
}

const struct answer *answers_get(const struct answers *a, uint64_t key)
{
	uint32_t i = lookup_get(&a->lookup, key);

	return i == LOOKUP_NONE ? NULL : &a->items[i];
}

struct answer *answers_add(struct answers *a, uint64_t key)
{
	uint32_t i = lookup_get(&a->lookup, key);

	if (i != LOOKUP_NONE)
		return &a->items[i];
	lookup_set(&a->lookup, key, (uint32_t)a->count);
	*VEC_PUSH(a) = (struct answer){ .state = ANSWER_NONE };
	return &a->items[a->count - 1];
}

struct key_visit {
	const struct doc *doc;
	bool (*visit)(void *data, const char *text, size_t len);
	void *data;
};

static bool visit_key(void *data, uint32_t node)
{
	const struct key_visit *v = data;
	size_t len;
	const char *text = doc_text(v->doc, node, &len);

	return !len || v->visit(v->data, text, len);
}

void row_join_keys(struct row row, const struct compiled_join *join,
	bool (*visit)(void *data, const char *text, size_t len), void *data)
{
	struct key_visit v = { row.segment->doc, visit, data };

	if (join->here)
		path_each(join->here, row.segment->doc,
			row.segment->nodes[row.index], visit_key, &v);
}

struct search {
	const struct answers *answers;
	struct row row;
	enum answer_state state;
};

static bool find_answer(void *data, const char *text, size_t len)
{
	struct search *s = data;
	const struct answer *a = answers_get(s->answers,
		segment_join_key(text, len));
	enum answer_state state = a ? a->state : s->answers->others;

	if (a && a->segment) {
		s->row = (struct row){ a->segment, a->row };
		s->state = ANSWER_ROW;
		return false;
	}
	/* One key without an answer yet keeps the cell open. */
	if (s->state == ANSWER_ABSENT || state == ANSWER_PENDING)
		s->state = state;
	return true;
}

struct row joined_find(const struct joined *j, size_t shard, size_t join,
	struct row row, enum answer_state *state)
{
	struct search s = { joined_at(j, shard, join), { 0 }, ANSWER_ABSENT };

	row_join_keys(row, &row.segment->compiled->joins[join], find_answer,
		&s);
	if (state)
		*state = s.state;
	return s.row;
}

void joined_find_all(const struct joined *j, size_t shard, uint64_t joins,
	struct row row, struct row found[JOINS_MOST])
{
	for (size_t i = 0; i < JOINS_MOST; i++) {
		found[i] = (struct row){ 0 };
		if (i < j->join_count && joins >> i & 1)
			found[i] = joined_find(j, shard, i, row, NULL);
	}
}
