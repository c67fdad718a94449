/* SPDX-License-Identifier: MIT */
#include "action/answer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool compile(struct path **path, const char *text, struct error *err)
{
	if (text)
		*path = path_compile(NULL, text, err);
	return !text || *path;
}

bool answer_open(struct answer *a, const struct action *action,
	struct error *err)
{
	const struct action_answer *t = &action->answer;

	*a = (struct answer){ .table = t };
	return compile(&a->rows, t->rows, err) &&
		compile(&a->id, t->id, err) &&
		compile(&a->state, t->state, err) &&
		compile(&a->made, t->made, err) &&
		compile(&a->text, t->text, err);
}

void answer_close(struct answer *a)
{
	path_free(a->rows);
	path_free(a->id);
	path_free(a->state);
	path_free(a->made);
	path_free(a->text);
}

struct reading {
	const struct answer *answer;
	const struct doc *doc;
	void (*row)(void *data, const char *id, const char *state);
	void *data;
	struct str *out;
};

static bool read_row(void *data, uint32_t node)
{
	struct reading *r = data;
	size_t len;
	const char *id = path_text(r->answer->id, r->doc, node, &len);
	const char *state = path_text(r->answer->state, r->doc, node, &len);

	if (id && state)
		r->row(r->data, id, state);
	return true;
}

void answer_rows(const struct answer *a, const struct doc *doc,
	void (*row)(void *data, const char *id, const char *state),
	void *data)
{
	struct reading r = { .answer = a, .doc = doc, .row = row,
		.data = data };

	if (doc && a->rows && a->id && a->state)
		path_each(a->rows, doc, 0, read_row, &r);
}

static bool read_made(void *data, uint32_t node)
{
	struct reading *r = data;
	size_t len;
	const char *text = doc_text(r->doc, node, &len);

	if (text && len) {
		if (r->out->len)
			str_addc(r->out, ' ');
		str_addn(r->out, text, len);
	}
	return true;
}

void answer_made(const struct answer *a, const struct doc *doc,
	struct str *out)
{
	struct reading r = { .answer = a, .doc = doc, .out = out };

	if (doc && a->made)
		path_each(a->made, doc, 0, read_made, &r);
}

static const char *secret_value(const struct form *form)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++)
		if (f->secret)
			return form_value(form, f, 0);
	return NULL;
}

bool answer_text(const struct answer *a, const struct doc *doc,
	const struct form *form, struct str *out, struct error *err)
{
	const char *text = NULL;
	size_t len = 0;

	if (doc && a->text)
		text = path_text(a->text, doc, 0, &len);
	if (!text || !len)
		return error_set(err, ERR_NOT_FOUND, "AWS has nothing to "
			"show for it yet: try again in a few minutes");
	if (a->table->decode)
		return a->table->decode(text, len, secret_value(form), out,
			err);
	return str_addn(out, text, len);
}

const struct action_field *answer_file_field(const struct form *form)
{
	const struct action_field *f = form->action->fields;

	for (; f && f->name; f++)
		if (f->type == FIELD_SAVE && form_value(form, f, 0))
			return f;
	return NULL;
}

int answer_file_open(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		error_set(err, ERR_IO, "%s is there already and is not "
			"overwritten: name another file", path);
	else if (fd < 0)
		error_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	return fd;
}

bool answer_file_fill(int fd, const char *path, const char *text, size_t len,
	struct error *err)
{
	bool ok = true;

	while (ok && len) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		ok = n > 0;
		if (ok) {
			text += n;
			len -= (size_t)n;
		}
	}
	ok = ok && fsync(fd) == 0;
	if (!ok)
		error_set(err, ERR_IO, "%s: %s — what was made cannot be had "
			"again: delete it and make another", path,
			strerror(errno));
	close(fd);
	return ok;
}

void answer_file_drop(int fd, const char *path)
{
	close(fd);
	unlink(path);
}
