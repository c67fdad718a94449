/* SPDX-License-Identifier: MIT */
#include "ui/clipboard.h"

/* GNU screen drops longer strings than 768 bytes. */
#define SCREEN_CHUNK 512

static void add_tmux(const struct str *plain, struct str *out)
{
	str_add(out, "\033Ptmux;");
	for (size_t i = 0; i < plain->len; i++) {
		if (plain->p[i] == '\033')
			str_addc(out, '\033');
		str_addc(out, plain->p[i]);
	}
	str_add(out, "\033\\");
}

/* One envelope behind the other: it puts their insides together. */
static void add_screen(const struct str *plain, struct str *out)
{
	for (size_t i = 0; i < plain->len; i += SCREEN_CHUNK) {
		size_t len = plain->len - i < SCREEN_CHUNK ? plain->len - i :
			SCREEN_CHUNK;

		str_add(out, "\033P");
		str_addn(out, plain->p + i, len);
		str_add(out, "\033\\");
	}
}

void clipboard_sequence(const char *text, size_t len, bool tmux, bool screen,
	struct str *out)
{
	struct str plain = STR_INIT;

	str_add(&plain, "\033]52;c;");
	str_add_base64(&plain, (const unsigned char *)text, len);
	str_addc(&plain, '\a');
	if (!screen)
		str_addn(out, plain.p, plain.len);
	if (tmux)
		add_tmux(&plain, out);
	else if (screen)
		add_screen(&plain, out);
	str_clear(&plain);
}
