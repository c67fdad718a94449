/* SPDX-License-Identifier: MIT */
/* The compiled form of a resource's table. */
#include "base/mem.h"
#include "base/str.h"
#include "catalogue/catalogue.h"

#include <stdlib.h>
#include <string.h>

struct compiler {
	struct doc_names *names;
	struct error *err;
	bool failed;
};

/* NULL where the table has no path; the first error is kept. */
static struct path *compile(struct compiler *c, const char *what,
	const char *text)
{
	struct path *path;

	if (!text || c->failed)
		return NULL;
	path = path_compile(c->names, text, c->err);
	if (path)
		return path;
	error_prefix(c->err, "%s", what);
	c->failed = true;
	return NULL;
}

static void fail(struct compiler *c, const char *what, const char *why)
{
	if (c->failed)
		return;
	error_set(c->err, ERR_PARSE, "%s: %s", what, why);
	c->failed = true;
}

static void compile_paging(struct compiler *c, struct compiled_paging *out,
	const struct operation *op)
{
	const struct paging *p = &op->paging;

	out->token_out = compile(c, op->name, p->token_out);
	out->token_out2 = compile(c, op->name, p->token_out2);
	out->more = compile(c, op->name, p->more);
	if (!p->token_in != !p->token_out || !p->token_in2 != !p->token_out2)
		fail(c, op->name, "half a page token");
}

static void compile_joins(struct compiler *c, struct compiled *out,
	const struct join *joins)
{
	size_t count = 0;

	while (joins && joins[count].name)
		count++;
	out->joins = xcalloc(count + 1, sizeof(*out->joins));
	out->join_count = count;
	for (size_t i = 0; i < count; i++) {
		const struct join *join = &joins[i];
		struct compiled_join *to = &out->joins[i];

		to->join = join;
		to->rows = compile(c, join->name, join->rows);
		to->key = compile(c, join->name, join->key);
		to->here = compile(c, join->name, join->here);
		if (!join->operation) {
			fail(c, join->name, "a join without an operation");
			return;
		}
		compile_paging(c, &to->paging, join->operation);
	}
}

static int join_index(const struct compiled *c, const char *name)
{
	for (size_t i = 0; i < c->join_count; i++)
		if (str_eq(c->joins[i].join->name, name))
			return (int)i;
	return -1;
}

static void compile_columns(struct compiler *c, struct compiled *out,
	const struct column *columns)
{
	size_t count = 0;

	while (columns && columns[count].name)
		count++;
	if (count > COLUMNS_TABLE) {
		fail(c, "columns", "too many");
		count = 0;
	}
	out->columns = xcalloc(count + MADE_MOST, sizeof(*out->columns));
	out->column_count = count;
	made_init(out);
	for (size_t i = 0; i < count; i++) {
		const struct column *column = &columns[i];
		struct compiled_column *to = &out->columns[i];

		to->column = column;
		to->path = compile(c, column->name, column->path);
		to->join = join_index(out, column->join);
		if (column->join && to->join < 0)
			fail(c, column->name, "its join is not there");
		if (!column->path && !column->derive)
			fail(c, column->name, "neither path nor function");
	}
}

static void compile_rows(struct compiler *c, struct compiled *out,
	const struct row_kind *rows)
{
	for (; rows && rows->path; rows++) {
		if (out->row_kinds == ROW_KINDS) {
			fail(c, "rows", "too many kinds");
			return;
		}
		out->rows[out->row_kinds++] = compile(c, "rows", rows->path);
	}
	if (!out->row_kinds)
		fail(c, "rows", "there are none");
}

struct compiled *compiled_new(const struct resource *r,
	struct doc_names *names, struct error *err)
{
	struct compiler c = { .names = names, .err = err };
	struct compiled *out = xcalloc(1, sizeof(*out));

	out->resource = r;
	compile_rows(&c, out, r->rows);
	for (size_t i = 0; i < IDENTITIES && r->identity[i]; i++)
		out->identity[out->identities++] =
			compile(&c, "identity", r->identity[i]);
	out->id = compile(&c, "id", r->id ? r->id : r->identity[0]);
	out->label = compile(&c, "label", r->label);
	out->region = compile(&c, "region", r->region_path);
	out->account = compile(&c, "account", r->account_path);
	out->tag = compile(&c, "tags", r->tags[0]);
	out->tag_key = compile(&c, "tags", r->tags[1]);
	out->tag_value = compile(&c, "tags", r->tags[2]);
	compile_joins(&c, out, r->joins);
	compile_columns(&c, out, r->columns);
	if (r->list)
		compile_paging(&c, &out->paging, r->list);
	else
		fail(&c, "list", "there is no operation");
	if (!c.failed)
		return out;
	error_prefix(err, "%s", r->name ? r->name : "a resource");
	compiled_free(out);
	return NULL;
}

static void paging_clear(struct compiled_paging *p)
{
	path_free(p->token_out);
	path_free(p->token_out2);
	path_free(p->more);
}

void compiled_free(struct compiled *c)
{
	if (!c)
		return;
	made_clear(c);
	for (size_t i = 0; i < c->column_count; i++)
		path_free(c->columns[i].path);
	for (size_t i = 0; i < c->join_count; i++) {
		path_free(c->joins[i].rows);
		path_free(c->joins[i].key);
		path_free(c->joins[i].here);
		paging_clear(&c->joins[i].paging);
	}
	for (size_t i = 0; i < ROW_KINDS; i++)
		path_free(c->rows[i]);
	for (size_t i = 0; i < IDENTITIES; i++)
		path_free(c->identity[i]);
	path_free(c->id);
	path_free(c->label);
	path_free(c->region);
	path_free(c->account);
	path_free(c->tag);
	path_free(c->tag_key);
	path_free(c->tag_value);
	paging_clear(&c->paging);
	free(c->columns);
	free(c->joins);
	free(c);
}

int compiled_column_index(const struct compiled *c, const char *name)
{
	for (size_t i = 0; i < c->column_count; i++)
		if (str_eq(c->columns[i].column->name, name))
			return (int)i;
	return -1;
}
