/* SPDX-License-Identifier: MIT */
/* The decoder's inside: what the parts of sequences mean. Pure. */
#ifndef UI_KEY_OWN_H
#define UI_KEY_OWN_H

#include "ui/key.h"

/* xterm's modifier parameter: 1 and a bit each for Shift, Alt, Ctrl, Meta.
 * 0: no key. */
int key_with_modifier(int key, int parameter);

int key_numbered(int n);         /* of "CSI n ~"; 0: unknown */
int key_lettered(char final);    /* of "CSI A" or "SS3 A"; 0: unknown */

/* n bytes of an OSC behind its start: is it a colour of the ground? */
bool key_ground(const char *p, size_t n, int *rgb);

#endif
