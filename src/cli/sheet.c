/* SPDX-License-Identifier: MIT */
#include "cli/sheet.h"

#include "cli/verb.h"

#include <unistd.h>

bool sheet_open(struct sheet *s, struct runtime *rt,
	struct output_column *columns, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		str_init(&s->cells[i], 0);
	return writer_init(&s->writer, STDOUT_FILENO, rt->options->output,
		columns, count, err);
}

void sheet_row(struct sheet *s)
{
	writer_row(&s->writer, s->cells);
	for (size_t i = 0; i < s->writer.count; i++)
		str_reset(&s->cells[i]);
}

int sheet_close(struct sheet *s, int status)
{
	size_t count = s->writer.count;

	status = verb_finish(&s->writer, status);
	for (size_t i = 0; i < count; i++)
		str_clear(&s->cells[i]);
	return status;
}

bool verb_no_arguments(const struct runtime *rt, struct error *err)
{
	if (!rt->options->argument_count)
		return true;
	return error_set(err, ERR_USAGE, "%s takes no words, '%s' is one "
		"too many", rt->options->verb, rt->options->arguments[0]);
}
