/* SPDX-License-Identifier: MIT */
#include "ui/key_own.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#define ESC '\033'
#define ALONE_MS 100          /* is it the key, or does more follow? */
#define STARTED_MS 1000       /* a sequence that has begun */
#define TAIL_MS 500           /* its rest may come late on a slow line */
#define PASTE_MS 3000
#define PASTE_MOST ((size_t)4 << 20)
#define PARAMETERS 4

static const char paste_end[] = "\033[201~";

struct key_decoder {
	struct key_sequence *sequences;
	struct {
		char *items;
		size_t count, room;
	} bytes;
	int64_t last;            /* when the newest byte came */
	int64_t escaped;         /* when Esc was taken for a key */
	bool flush;
	bool pasting;
	bool expect_cursor, expect_ground, expect_mouse;
	struct str paste;        /* so far, then what was given out */
	bool given;
};

/* What one step found. bytes 0: it is not complete. */
struct step {
	size_t bytes;
	struct key_event event;
	bool empty;              /* swallowed, nothing to tell */
};

struct key_decoder *key_decoder_new(struct key_sequence *sequences)
{
	struct key_decoder *d = xcalloc(1, sizeof(*d));

	d->sequences = sequences;
	d->escaped = INT64_MIN / 2;
	str_init(&d->paste, PASTE_MOST);
	return d;
}

void key_decoder_free(struct key_decoder *d)
{
	if (!d)
		return;
	for (struct key_sequence *s = d->sequences; s && s->bytes; s++)
		free((char *)s->bytes);
	free(d->sequences);
	str_wipe(&d->paste);
	VEC_FREE(&d->bytes);
	free(d);
}

void key_feed(struct key_decoder *d, const char *bytes, size_t len,
	int64_t now)
{
	if (!len)
		return;
	VEC_RESERVE(&d->bytes, d->bytes.count + len);
	memcpy(d->bytes.items + d->bytes.count, bytes, len);
	d->bytes.count += len;
	d->last = now;
	d->flush = false;
}

void key_flush(struct key_decoder *d)
{
	d->flush = true;
}

void key_expect_cursor(struct key_decoder *d)
{
	d->expect_cursor = true;
}

void key_expect_mouse(struct key_decoder *d, bool on)
{
	d->expect_mouse = on;
}

void key_expect_ground(struct key_decoder *d)
{
	d->expect_ground = true;
}

static struct step found(size_t bytes, int key)
{
	return (struct step){ bytes, { .kind = KEY_EVENT_KEY, .key = key },
		.empty = !key };
}

static struct step swallow(size_t bytes)
{
	return (struct step){ .bytes = bytes, .empty = true };
}

/* A character or a control byte, n > 0. */
static struct step read_character(const char *p, size_t n, bool complete)
{
	unsigned char c = (unsigned char)*p;
	uint32_t cp;
	size_t len;

	if (c == '\r' || c == '\n')
		return found(1, KEYCODE_ENTER);
	if (c == '\b' || c == 0x7f)
		return found(1, KEYCODE_BACKSPACE);
	if (c == '\t' || c == ESC)
		return found(1, c);
	if (!c)
		return found(1, KEYCODE_SPACE | KEYCODE_CTRL);
	if (c < ' ')
		return found(1, key_normal((c + '@') | KEYCODE_CTRL));
	len = text_decode(p, n, &cp);
	if (cp == 0xfffd && n < 4 && c >= 0xc2 && !complete)
		return (struct step){ 0 };
	return found(len, (int)cp);
}

/* "1;5", private marks and intermediates make it one we do not know. */
static bool read_parameters(const char *p, size_t n, int out[PARAMETERS],
	size_t *count)
{
	size_t i = 0;

	*count = n ? 1 : 0;
	for (; n; p++, n--) {
		if (*p == ';' || *p == ':') {
			if (++i == PARAMETERS)
				return false;
			*count = i + 1;
		} else if (*p < '0' || *p > '9' || out[i] > 0x10ffff)
			return false;
		else
			out[i] = out[i] * 10 + (*p - '0');
	}
	return true;
}

/* "<0;10;5M", n bytes: button, column, row. Moves and releases come too,
 * but nothing here is dragged. */
static struct step read_mouse(const struct key_decoder *d, const char *p,
	size_t n, size_t bytes)
{
	static const int buttons[] = { [0] = 1 + MOUSE_PRESS,
		[4] = 1 + MOUSE_PRESS_MORE, [16] = 1 + MOUSE_PRESS_MORE,
		[64] = 1 + MOUSE_WHEEL_UP, [65] = 1 + MOUSE_WHEEL_DOWN };
	struct step step = swallow(bytes);
	int v[PARAMETERS] = { 0 };
	size_t count;

	if (!d->expect_mouse || p[n - 1] != 'M' ||
	    !read_parameters(p + 1, n - 2, v, &count) || count != 3 ||
	    v[0] >= (int)(sizeof(buttons) / sizeof(buttons[0])) ||
	    !buttons[v[0]] || !v[1] || !v[2])
		return step;
	step.empty = false;
	step.event = (struct key_event){ .kind = KEY_EVENT_MOUSE,
		.key = buttons[v[0]] - 1, .y = v[2] - 1, .x = v[1] - 1 };
	return step;
}

/* What a whole CSI sequence of n bytes means; p is behind "CSI". */
static struct step meaning(struct key_decoder *d, const char *p, size_t n,
	size_t bytes)
{
	int v[PARAMETERS] = { 0 };
	char final = p[n - 1];
	size_t count;
	struct step step = swallow(bytes);

	if (*p == '<' && (final == 'M' || final == 'm'))
		return read_mouse(d, p, n, bytes);
	if (!read_parameters(p, n - 1, v, &count))
		return step;
	if (!count && (final == 'I' || final == 'O')) {
		step.event.kind = final == 'I' ? KEY_EVENT_FOCUS_IN :
			KEY_EVENT_FOCUS_OUT;
		step.empty = false;
	} else if (final == 'R' && count == 2 && d->expect_cursor) {
		step = found(bytes, v[1]);
		step.event.kind = KEY_EVENT_CURSOR;
		d->expect_cursor = false;
	} else if (final == '~' && v[0] == 200) {
		d->pasting = true;
		str_reset(&d->paste);
	} else if (final == '~' && v[0] == 27 && v[2] >= ' ')
		step = found(bytes, key_with_modifier(v[2], v[1]));
	else if (final == 'u' && v[0] > 0 && v[0] < KEYCODE_UP)
		step = found(bytes, key_with_modifier(v[0], v[1]));
	else if (final == '~')
		step = found(bytes, key_with_modifier(key_numbered(v[0]),
			v[1]));
	else if (final == '^')
		step = found(bytes, key_with_modifier(key_numbered(v[0]), 5));
	else if (final != 'M' && v[0] <= 1)
		step = found(bytes, key_with_modifier(key_lettered(final),
			v[1]));
	return step;
}

/* p begins with ESC [. */
static struct step read_csi(struct key_decoder *d, const char *p, size_t n,
	bool complete)
{
	size_t i = 2;

	if (n > 2 && p[2] == '[') {     /* Linux console: CSI [ A is F1 */
		if (n > 3 && (unsigned char)p[3] < ' ')
			return swallow(3);
		if (n > 3)
			return found(4, p[3] >= 'A' && p[3] <= 'E' ?
				KEYCODE_F0 + p[3] - 'A' + 1 : 0);
	} else if (n > 2 && p[2] == 'M') {      /* X10 mouse: three bytes */
		for (i = 3; i < n && i < 6; i++)
			if ((unsigned char)p[i] < ' ')
				return swallow(i);
		if (n >= 6)
			return swallow(6);
	} else {
		while (i < n && p[i] >= ' ' && p[i] < '@')
			i++;
		if (i < n && p[i] >= '@' && p[i] < 0x7f)
			return meaning(d, p + 2, i - 1, i + 1);
		if (i < n)      /* broken off by another control */
			return swallow(i);
	}
	return swallow(complete ? n : 0);
}

/* p begins with ESC O. */
static struct step read_ss3(const char *p, size_t n, bool complete)
{
	int modifier = 0;
	size_t i = 2;

	for (; i < n && p[i] >= '0' && p[i] <= '9'; i++)
		modifier = p[i] - '0';
	if (i == n)
		return swallow(complete ? n : 0);
	if (p[i] < '@' || p[i] >= 0x7f)
		return swallow(i);
	return found(i + 1, key_with_modifier(key_lettered(p[i]), modifier));
}

/* OSC, DCS, APC, PM, SOS: answers, up to ST or BEL, that nobody asked for
 * but for the colour of the ground. */
static struct step read_string(struct key_decoder *d, const char *p, size_t n,
	bool complete)
{
	for (size_t i = 2; i < n; i++) {
		bool st = p[i] == ESC && i + 1 < n && p[i + 1] == '\\';
		int rgb;

		if (p[i] == '\a' || st) {
			struct step step = swallow(i + 1 + st);

			if (!d->expect_ground || p[1] != ']' ||
			    !key_ground(p + 2, i - 2, &rgb))
				return step;
			d->expect_ground = false;
			step = found(step.bytes, rgb);
			step.event.kind = KEY_EVENT_GROUND;
			step.empty = false;
			return step;
		}
		if (p[i] == ESC && i + 1 < n)
			return swallow(i);
	}
	return swallow(complete ? n : 0);
}

static struct step read_alt(const char *p, size_t n, bool complete)
{
	struct step step = read_character(p + 1, n - 1, complete);

	if (step.bytes) {
		step.bytes++;
		step.event.key = key_normal(step.event.key | KEYCODE_ALT);
	}
	return step;
}

/* p begins with ESC. */
static struct step read_escape(struct key_decoder *d, const char *p, size_t n,
	bool complete)
{
	if (n == 1)
		return complete ? found(1, KEYCODE_ESC) : swallow(0);
	switch (p[1]) {
	case '[':
		return read_csi(d, p, n, complete);
	case 'O':
		return read_ss3(p, n, complete);
	case ']': case 'P': case '^': case '_': case 'X':
		if (n > 2)
			return read_string(d, p, n, complete);
		return complete ? read_alt(p, n, true) : swallow(0);
	case ESC:
		if (n == 2 && !complete)
			return swallow(0);
		if (n > 2 && (p[2] == '[' || p[2] == 'O')) {
			/* rxvt's Alt with a key of a sequence */
			struct step step = read_escape(d, p + 1, n - 1,
				complete);

			if (step.bytes && !step.empty)
				step.event.key |= KEYCODE_ALT;
			step.bytes += step.bytes > 0;
			return step;
		}
		return found(1, KEYCODE_ESC);
	default:
		return read_alt(p, n, complete);
	}
}

/* What the terminal's description knows: the longest that fits. */
static int match_sequence(const struct key_decoder *d, const char *p,
	size_t n, size_t *bytes)
{
	int key = 0;

	*bytes = 0;
	for (const struct key_sequence *s = d->sequences; s && s->bytes; s++) {
		size_t len = strlen(s->bytes);

		if (len > *bytes && len <= n && !memcmp(s->bytes, p, len)) {
			*bytes = len;
			key = s->key;
		}
	}
	return key;
}

/* The end of a sequence whose Esc was taken for the key too early: it comes
 * in one piece, faster than fingers. */
static size_t late_tail(struct key_decoder *d, const char *p, size_t n,
	int64_t now)
{
	char whole[16] = { ESC };
	struct step step;

	if (n < 2 || (*p != '[' && *p != 'O') || now - d->escaped > TAIL_MS)
		return 0;
	if (n > sizeof(whole) - 1)
		n = sizeof(whole) - 1;
	memcpy(whole + 1, p, n);
	step = *p == '[' ? read_csi(d, whole, n + 1, false) :
		read_ss3(whole, n + 1, false);
	return step.bytes ? step.bytes - 1 : 0;
}

static struct step read_step(struct key_decoder *d, int64_t now,
	bool complete)
{
	const char *p = d->bytes.items;
	size_t n = d->bytes.count, bytes;
	int key = match_sequence(d, p, n, &bytes);
	struct step step;

	if (key)
		return found(bytes, key);
	bytes = late_tail(d, p, n, now);
	if (bytes)
		return swallow(bytes);
	step = *p == ESC ? read_escape(d, p, n, complete) :
		read_character(p, n, complete);
	if (step.bytes == 1 && *p == ESC)
		d->escaped = now;
	else if (step.bytes)
		d->escaped = INT64_MIN / 2;
	return step;
}

static void drop(struct key_decoder *d, size_t n)
{
	d->bytes.count -= n;
	memmove(d->bytes.items, d->bytes.items + n, d->bytes.count);
}

/* Moves pasted bytes over; true when the paste has ended. */
static bool read_paste(struct key_decoder *d, bool complete)
{
	const char *p = d->bytes.items;
	size_t n = d->bytes.count;
	const char *end = n ? memmem(p, n, paste_end, strlen(paste_end)) :
		NULL;
	size_t take = end ? (size_t)(end - p) : n;

	/* its end may have come in part */
	if (!end && !complete)
		take = n < strlen(paste_end) ? 0 : n - strlen(paste_end) + 1;
	if (take > PASTE_MOST - d->paste.len)
		str_addn(&d->paste, p, PASTE_MOST - d->paste.len);
	else if (take)
		str_addn(&d->paste, p, take);
	drop(d, take + (end ? strlen(paste_end) : 0));
	d->pasting = !end && !complete;
	return !d->pasting;
}

int64_t key_due(const struct key_decoder *d)
{
	const char *p = d->bytes.items;
	size_t n = d->bytes.count;

	if (d->pasting)
		return d->last + PASTE_MS;
	if (!n)
		return CLOCK_NEVER;
	if (*p == ESC && (n > 2 || (n == 2 && (p[1] == '[' || p[1] == 'O'))))
		return d->last + STARTED_MS;
	return d->last + ALONE_MS;
}

bool key_next(struct key_decoder *d, int64_t now, struct key_event *event)
{
	if (d->given) {
		str_wipe(&d->paste);
		str_init(&d->paste, PASTE_MOST);
		d->given = false;
	}
	while (d->pasting || d->bytes.count) {
		bool complete = d->flush || now >= key_due(d);
		struct step step;

		if (d->pasting) {
			if (!read_paste(d, complete))
				return false;
			*event = (struct key_event){
				.kind = KEY_EVENT_PASTE,
				.text = d->paste.p, .len = d->paste.len };
			d->given = true;
			return true;
		}
		step = read_step(d, now, complete);
		if (!step.bytes)
			return false;
		drop(d, step.bytes);
		if (step.empty)
			continue;
		*event = step.event;
		return true;
	}
	return false;
}
