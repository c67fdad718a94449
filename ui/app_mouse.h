/* SPDX-License-Identifier: MIT */
/*
 * What the mouse does: nothing that a key could not, and no change to AWS
 * by itself. What stands in front (a dialog, the prompt) is answered by
 * keys alone. UI thread.
 */
#ifndef UI_APP_MOUSE_H
#define UI_APP_MOUSE_H

#include <stddef.h>
#include <stdint.h>

#define HINTS_MOST 32

struct app;
struct key_event;

struct hint {
	int x, width, key;
};

struct app_mouse {
	struct hint hints[HINTS_MOST];   /* of the key line, as drawn */
	size_t hint_count;
	uint64_t clicked;            /* what pane_ops.click() said */
	int64_t clicked_at;
};

void app_take_mouse(struct app *app, const struct key_event *event);

#endif
