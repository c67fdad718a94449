/* SPDX-License-Identifier: MIT */
/* AWS's words for states, and what they mean to people, of all services. */
#include "base/str.h"
#include "catalogue/format.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum sign {
	SIGN_NONE, SIGN_RUNNING, SIGN_STOPPED, SIGN_MOVING, SIGN_FAILED,
	SIGN_WARN
};

/* Stopped is dim, not red; red means act now (ux.md 1.5). What moves is
 * nothing to act on. The first row that fits counts. */
static const struct state {
	const char *pattern;       /* fnmatch(3) */
	enum sign sign;
	enum role role;
} states[] = {
	{ "running", SIGN_RUNNING, ROLE_GOOD },
	{ "available", SIGN_RUNNING, ROLE_GOOD },
	{ "in-use", SIGN_RUNNING, ROLE_GOOD },
	{ "active", SIGN_RUNNING, ROLE_GOOD },
	{ "ok", SIGN_RUNNING, ROLE_GOOD },
	{ "enabled", SIGN_RUNNING, ROLE_GOOD },
	{ "completed", SIGN_RUNNING, ROLE_GOOD },
	{ "attached", SIGN_RUNNING, ROLE_GOOD },
	{ "passed", SIGN_RUNNING, ROLE_GOOD },
	{ "opted-in", SIGN_RUNNING, ROLE_GOOD },
	{ "opt-in-not-required", SIGN_RUNNING, ROLE_GOOD },
	{ "stopped", SIGN_STOPPED, ROLE_DIM },
	{ "terminated", SIGN_STOPPED, ROLE_DIM },
	{ "deleted", SIGN_STOPPED, ROLE_DIM },
	{ "detached", SIGN_STOPPED, ROLE_DIM },
	{ "disabled", SIGN_STOPPED, ROLE_DIM },
	{ "inactive", SIGN_STOPPED, ROLE_DIM },
	{ "retired", SIGN_STOPPED, ROLE_DIM },
	{ "not-opted-in", SIGN_STOPPED, ROLE_DIM },
	{ "rejected", SIGN_STOPPED, ROLE_DIM },
	{ "expired", SIGN_STOPPED, ROLE_DIM },
	{ "blackhole", SIGN_FAILED, ROLE_BAD },
	{ "cancelled", SIGN_STOPPED, ROLE_DIM },
	{ "closed", SIGN_STOPPED, ROLE_DIM },
	{ "queued-deleted", SIGN_STOPPED, ROLE_DIM },
	{ "unavailable", SIGN_FAILED, ROLE_BAD },
	{ "impaired", SIGN_FAILED, ROLE_BAD },
	{ "storage-full", SIGN_FAILED, ROLE_BAD },
	{ "failed*", SIGN_FAILED, ROLE_BAD },
	{ "*-failed", SIGN_FAILED, ROLE_BAD },
	{ "error*", SIGN_FAILED, ROLE_BAD },
	{ "*-error", SIGN_FAILED, ROLE_BAD },
	{ "incompatible-*", SIGN_FAILED, ROLE_BAD },
	{ "inaccessible-*", SIGN_FAILED, ROLE_BAD },
	{ "insufficient-data", SIGN_WARN, ROLE_WARN },
	{ "warning", SIGN_WARN, ROLE_WARN },
	{ "degraded", SIGN_WARN, ROLE_WARN },
	{ "open", SIGN_MOVING, ROLE_TEXT },
	{ "queued", SIGN_MOVING, ROLE_TEXT },
	{ "*-pending", SIGN_MOVING, ROLE_TEXT },
	{ "pending*", SIGN_MOVING, ROLE_TEXT },
	{ "*ing", SIGN_MOVING, ROLE_TEXT },
	{ "*ing-*", SIGN_MOVING, ROLE_TEXT },
	{ "*-optimization", SIGN_MOVING, ROLE_TEXT },
	{ "maintenance", SIGN_MOVING, ROLE_TEXT },
	{ "upgrade-*", SIGN_MOVING, ROLE_TEXT },
	{ "in-progress", SIGN_MOVING, ROLE_TEXT },
	{ NULL, SIGN_NONE, ROLE_TEXT }
};

static const char *sign_text(const struct signs *signs, enum sign sign)
{
	switch (sign) {
	case SIGN_RUNNING: return signs->running;
	case SIGN_STOPPED: return signs->stopped;
	case SIGN_MOVING: return signs->moving;
	case SIGN_FAILED: return signs->failed;
	case SIGN_WARN: return signs->warn;
	case SIGN_NONE: break;
	}
	return NULL;
}

enum role state_show(const char *text, size_t len, const struct signs *signs,
	struct str *out)
{
	const struct state *s = states;
	const char *sign;
	char word[64];

	if (len < sizeof(word)) {
		memcpy(word, text, len);
		word[len] = '\0';
		while (s->pattern &&
		       fnmatch(s->pattern, word, FNM_CASEFOLD) != 0)
			s++;
	}
	if (len >= sizeof(word))
		s = &states[sizeof(states) / sizeof(states[0]) - 1];
	sign = signs ? sign_text(signs, s->sign) : NULL;
	if (sign) {
		str_add(out, sign);
		str_addc(out, ' ');
	}
	str_addn(out, text, len);
	return s->role;
}

const struct signs *signs_unicode(void)
{
	static const struct signs signs = {
		.running = "\342\227\217", .stopped = "\342\227\213",
		.moving = "\342\227\220", .failed = "\342\234\226",
		.warn = "\342\226\262"
	};

	return &signs;
}

const struct signs *signs_ascii(void)
{
	static const struct signs signs = {
		.running = "*", .stopped = "o", .moving = "~",
		.failed = "x", .warn = "!"
	};

	return &signs;
}
