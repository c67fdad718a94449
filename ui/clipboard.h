/* SPDX-License-Identifier: MIT */
/*
 * The terminal's clipboard by OSC 52 (xterm's control sequences). Pure.
 */
#ifndef UI_CLIPBOARD_H
#define UI_CLIPBOARD_H

#include "base/str.h"

/* Appends what sets it. A multiplexer that is between takes it in one of two
 * ways, each of which may be off: as its own (tmux's set-clipboard), or in
 * an envelope for the terminal outside (allow-passthrough; GNU screen's
 * DCS). tmux, screen: which one it is. */
void clipboard_sequence(const char *text, size_t len, bool tmux, bool screen,
	struct str *out);

#endif
