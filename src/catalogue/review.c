/* SPDX-License-Identifier: MIT */
#include "catalogue/review.h"

#include "base/vec.h"

#include <stdarg.h>

void review_line(struct review_lines *lines, const char *label,
	enum role role, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addvf(&text, format, args);
	va_end(args);
	*VEC_PUSH(lines) = (struct review_line){ .label = label,
		.role = role, .text = str_take(&text) };
}

void review_lines_clear(struct review_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->items[i].text);
	VEC_FREE(lines);
}
