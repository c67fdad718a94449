/* SPDX-License-Identifier: MIT */
/*
 * Prints the catalogue's tables as JSON, for tables.py to hold against AWS's
 * own models.
 */
#include "action/workflows.h"
#include "catalogue/catalogue.h"
#include "fetch/location.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set(json_t *to, const char *name, const char *text)
{
	if (text)
		json_object_set_new(to, name, json_string(text));
}

static json_t *dump_service(const struct service *s)
{
	static const char *const protocols[] = {
		[PROTOCOL_QUERY] = "query", [PROTOCOL_EC2] = "ec2",
		[PROTOCOL_REST_XML] = "rest-xml",
		[PROTOCOL_REST_JSON] = "rest-json",
		[PROTOCOL_JSON_1_0] = "json-1.0",
		[PROTOCOL_JSON_1_1] = "json-1.1"
	};
	json_t *out = json_object();

	set(out, "name", s->name);
	set(out, "env", s->env);
	set(out, "prefix", s->prefix);
	set(out, "signing", s->signing);
	set(out, "version", s->version);
	set(out, "target", s->target);
	set(out, "protocol", protocols[s->protocol]);
	return out;
}

static json_t *dump_parameters(const struct parameter *p)
{
	static const char *const places[] = {
		[PLACE_BODY] = "body", [PLACE_URI] = "uri",
		[PLACE_QUERY] = "querystring", [PLACE_HEADER] = "header",
		[PLACE_PAYLOAD] = "payload"
	};
	static const char *const types[] = {
		[VALUE_STRING] = "string", [VALUE_INTEGER] = "integer",
		[VALUE_DOUBLE] = "double", [VALUE_BOOLEAN] = "boolean",
		[VALUE_TIMESTAMP] = "timestamp", [VALUE_BLOB] = "blob"
	};
	json_t *out = json_array();

	for (; p && p->path; p++) {
		json_t *row = json_object();

		set(row, "path", p->path);
		set(row, "wire", p->wire);
		set(row, "value", p->value);
		set(row, "place", places[p->place]);
		set(row, "type", types[p->type]);
		json_object_set_new(row, "token", json_boolean(p->token));
		json_array_append_new(out, row);
	}
	return out;
}

static json_t *dump_operation(const struct operation *op)
{
	json_t *out = json_object(), *paging = json_object();
	const struct paging *p = &op->paging;

	set(out, "name", op->name);
	set(out, "effect", effect_name(op->effect));
	set(out, "method", op->method);
	set(out, "uri", op->uri);
	set(out, "root", op->root);
	json_object_set_new(out, "parameters",
		dump_parameters(op->parameters));
	set(paging, "token_in", p->token_in);
	set(paging, "token_out", p->token_out);
	set(paging, "token_in2", p->token_in2);
	set(paging, "token_out2", p->token_out2);
	set(paging, "more", p->more);
	set(paging, "size", p->size);
	set(paging, "size_value", p->size_value);
	json_object_set_new(out, "paging", paging);
	return out;
}

static json_t *dump_arguments(const struct argument *a)
{
	json_t *out = json_array();

	for (; a && a->path; a++)
		json_array_append_new(out, json_string(a->path));
	return out;
}

static json_t *dump_drills(const struct drill *d)
{
	json_t *out = json_array();

	for (; d && d->title; d++) {
		json_t *row = json_object(), *to = json_array();

		set(row, "title", d->title);
		set(row, "resource", d->resource);
		set(row, "path", d->arguments[0].path);
		for (size_t i = 0; i < DRILL_ARGUMENTS; i++) {
			json_t *argument = json_object();

			set(argument, "parameter", d->arguments[i].parameter);
			set(argument, "path", d->arguments[i].path);
			set(argument, "value", d->arguments[i].value);
			if (d->arguments[i].parameter)
				json_array_append(to, argument);
			json_decref(argument);
		}
		json_object_set_new(row, "arguments", to);
		json_array_append_new(out, row);
	}
	return out;
}

static json_t *dump_rows(const struct row_kind *k)
{
	json_t *out = json_array();

	for (; k && k->path; k++) {
		json_t *row = json_object();

		set(row, "name", k->name);
		set(row, "path", k->path);
		json_object_set_new(row, "drills", dump_drills(k->drills));
		json_array_append_new(out, row);
	}
	return out;
}

static json_t *dump_columns(const struct column *c)
{
	json_t *out = json_array();

	for (; c && c->name; c++) {
		json_t *row = json_object();

		set(row, "name", c->name);
		set(row, "path", c->path);
		if (!c->derive)
			set(row, "join", c->join);
		json_array_append_new(out, row);
	}
	return out;
}

static json_t *dump_joins(const struct join *j)
{
	json_t *out = json_array();

	for (; j && j->name; j++) {
		json_t *row = json_object();

		set(row, "name", j->name);
		set(row, "rows", j->rows);
		set(row, "key", j->key);
		set(row, "here", j->here);
		set(row, "ids", j->ids);
		json_object_set_new(row, "arguments",
			dump_arguments(j->arguments));
		json_object_set_new(row, "operation",
			dump_operation(j->operation));
		json_array_append_new(out, row);
	}
	return out;
}

/* "[0]" is a place of a list "[]". */
static void add_parameter(json_t *out, const char *parameter)
{
	unsigned index[2];
	char *path;

	if (!parameter)
		return;
	path = location_parameter(parameter, index);
	json_array_append_new(out, json_string(path));
	free(path);
}

static json_t *dump_fields(const struct action_field *f)
{
	json_t *out = json_array();

	for (; f && f->name; f++) {
		add_parameter(out, f->parameter);
		add_parameter(out, f->pair);
		add_parameter(out, f->also);
		add_parameter(out, f->instead);
		for (const struct argument *w = f->with; w && w->path; w++)
			add_parameter(out, w->path);
	}
	return out;
}

static json_t *dump_action_parameters(const struct action *a)
{
	const struct row_argument *r = a->row_arguments;
	json_t *out = dump_fields(a->fields);

	add_parameter(out, a->from_region);
	for (; r && r->parameter; r++)
		add_parameter(out, r->parameter);
	if (a->limit) {
		add_parameter(out, a->limit->amount);
		add_parameter(out, a->limit->currency);
	}
	return out;
}

static json_t *dump_verify(const struct action *a)
{
	const struct action_match *m = a->verify->equal;
	json_t *out = json_object(), *paths = json_array();
	json_t *rows = json_array();

	set(out, "resource", a->verify->resource);
	json_array_append_new(paths, json_string(a->verify->began));
	for (; m->path; m++) {
		json_array_append_new(paths, json_string(m->path));
		if (m->row)
			json_array_append_new(rows, json_string(m->row));
	}
	if (a->limit)
		json_array_append_new(rows, json_string(a->limit->path));
	json_object_set_new(out, "paths", paths);
	json_object_set_new(out, "rows", rows);
	return out;
}

static json_t *dump_turns(const struct action_turn *t)
{
	json_t *out = json_array();

	for (; t && t->when; t++)
		json_array_append_new(out, dump_operation(t->operation));
	return out;
}

static json_t *dump_reads(const struct action *a)
{
	json_t *out = json_array();

	for (const struct action_read *r = a->reads; r && r->operation; r++) {
		json_t *row = json_object(), *sent = dump_arguments(
			r->arguments), *paths = json_array();

		add_parameter(sent, r->target);
		for (const struct action_field *f = a->fields; f && f->name;
		     f++)
			if (f->read)
				json_array_append_new(paths,
					json_string(f->read));
		json_object_set_new(row, "operation",
			dump_operation(r->operation));
		json_object_set_new(row, "arguments", sent);
		json_object_set_new(row, "paths", paths);
		json_array_append_new(out, row);
	}
	return out;
}

/* Paths in the row. */
static json_t *dump_row_paths(const struct action *a)
{
	json_t *out = json_array();

	for (const struct action_field *f = a->fields; f && f->name; f++)
		if (f->path)
			json_array_append_new(out, json_string(f->path));
	for (const struct action_note *n = a->notes; n && n->text; n++)
		if (n->path)
			json_array_append_new(out, json_string(n->path));
	for (const struct row_argument *r = a->row_arguments;
	     r && r->parameter; r++)
		json_array_append_new(out, json_string(r->path));
	return out;
}

static json_t *dump_actions(const struct action *a)
{
	json_t *out = json_array();

	for (; a && a->name; a++) {
		json_t *row = json_object();

		set(row, "name", a->name);
		set(row, "target", a->target);
		set(row, "wait_path", a->wait_path);
		set(row, "makes", a->answer.made ? a->makes ? a->makes :
			"." : NULL);
		if (a->verify)
			json_object_set_new(row, "verify",
				dump_verify(a));
		set(row, "answer_rows", a->answer.rows);
		set(row, "answer_id", a->answer.id);
		set(row, "answer_state", a->answer.state);
		set(row, "answer_made", a->answer.made);
		set(row, "answer_text", a->answer.text);
		json_object_set_new(row, "fields",
			dump_action_parameters(a));
		json_object_set_new(row, "arguments",
			dump_arguments(a->arguments));
		json_object_set_new(row, "turns", dump_turns(a->turns));
		json_object_set_new(row, "reads", dump_reads(a));
		json_object_set_new(row, "paths", dump_row_paths(a));
		json_object_set_new(row, "dependents",
			dump_drills(a->dependents));
		if (a->operation)
			json_object_set_new(row, "operation",
				dump_operation(a->operation));
		json_array_append_new(out, row);
	}
	return out;
}

static json_t *dump_paths(const struct resource *r)
{
	json_t *out = json_array();
	const char *const paths[] = {
		r->identity[0], r->identity[1], r->identity[2],
		r->identity[3], r->id, r->label, r->region_path,
		r->account_path
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		if (paths[i])
			json_array_append_new(out, json_string(paths[i]));
	return out;
}

static json_t *dump_resource(const struct resource *r)
{
	json_t *out = json_object(), *tags = json_array(),
		*scope = json_array();

	set(out, "name", r->name);
	set(out, "service", r->service->name);
	set(out, "get", r->get);
	set(out, "lists", r->lists);
	for (size_t i = 0; i < 3 && r->tags[i]; i++)
		json_array_append_new(tags, json_string(r->tags[i]));
	for (size_t i = 0; i < SCOPES && r->scope[i]; i++)
		json_array_append_new(scope, json_string(r->scope[i]));
	json_object_set_new(out, "tags", tags);
	json_object_set_new(out, "scope", scope);
	json_object_set_new(out, "list", dump_operation(r->list));
	json_object_set_new(out, "arguments", dump_arguments(r->arguments));
	json_object_set_new(out, "whole", dump_arguments(r->whole));
	json_object_set_new(out, "rows", dump_rows(r->rows));
	json_object_set_new(out, "paths", dump_paths(r));
	json_object_set_new(out, "columns", dump_columns(r->columns));
	json_object_set_new(out, "joins", dump_joins(r->joins));
	json_object_set_new(out, "drills", dump_drills(r->drills));
	json_object_set_new(out, "actions", dump_actions(r->actions));
	return out;
}

/* With something in place of each {name}. */
static void add_result(json_t *out, const char *path)
{
	struct str text = STR_INIT;

	for (; *path; path++) {
		if (*path == '{') {
			str_addc(&text, 'x');
			path = strchr(path, '}');
		} else {
			str_addc(&text, *path);
		}
	}
	json_array_append_new(out, json_string(text.p));
	str_clear(&text);
}

static void dump_step(json_t *out, const struct catalogue *c,
	const struct workflow *w, const struct work_step *step)
{
	json_t *row = json_object(), *arguments = json_array(),
		*results = json_array();
	const struct step_argument *a = step->arguments;

	set(row, "name", w->name);
	set(row, "step", step->name);
	set(row, "service", w->service);
	json_object_set_new(row, "operation", dump_operation(
		workflow_operation(c, w, step->operation)));
	for (; a && a->parameter; a++)
		add_parameter(arguments, a->parameter);
	for (const struct step_result *r = step->results; r && r->name; r++)
		add_result(results, r->path);
	json_object_set_new(row, "arguments", arguments);
	json_object_set_new(row, "results", results);
	json_array_append_new(out, row);
	if (step->look)
		dump_step(out, c, w, step->look);
}

static json_t *dump_workflows(const struct catalogue *c)
{
	json_t *out = json_array();
	const struct workflow *w;

	for (size_t i = 0; (w = workflow_at(i)); i++) {
		for (const struct work_step *s = w->steps; s->name; s++)
			if (s->operation)
				dump_step(out, c, w, s);
		for (const struct work_step *s = w->clean; s->name; s++)
			if (s->operation)
				dump_step(out, c, w, s);
	}
	return out;
}

int main(void)
{
	struct doc_names *names = doc_names_new();
	struct catalogue *c = catalogue_open(names);
	json_t *out = json_object(), *services = json_array(),
		*resources = json_array();
	int failed;

	for (size_t i = 0; i < catalogue_service_count(); i++)
		json_array_append_new(services,
			dump_service(catalogue_service(i)));
	for (size_t i = 0; i < catalogue_count(c); i++)
		json_array_append_new(resources,
			dump_resource(catalogue_at(c, i)));
	json_object_set_new(out, "services", services);
	json_object_set_new(out, "resources", resources);
	json_object_set_new(out, "workflows", dump_workflows(c));
	failed = json_dumpf(out, stdout, JSON_INDENT(1)) != 0;
	json_decref(out);
	catalogue_close(c);
	doc_names_free(names);
	return failed || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
