/* SPDX-License-Identifier: MIT */
/* All messages of this run, newest first, in full. */
#include "base/clock.h"
#include "ui/app.h"

static void add_message(struct str *out, const struct message *m)
{
	static const char *const levels[] = { "  ", "▲ ", "✖ " };
	char at[32];

	clock_format_local(m->at, at);
	str_addf(out, "%s%s\n    %s\n", levels[m->level], at, m->text);
	if (m->detail)
		str_addf(out, "    %s\n", m->detail);
	str_addc(out, '\n');
}

struct pane *pane_messages_new(struct app *app)
{
	struct str text = STR_INIT;

	for (size_t i = app->messages.count; i-- > 0; )
		add_message(&text, &app->messages.items[i]);
	if (!text.len)
		str_add(&text, "Nothing has been said yet.\n");
	return pane_text_new(app, "Messages", str_take(&text));
}
