/* SPDX-License-Identifier: MIT */
/* Computed cells of EC2 and of no service in particular. */
#include "catalogue/derive.h"

#include "aws/region.h"
#include "base/clock.h"
#include "base/str.h"
#include "base/text.h"
#include "catalogue/derive_node.h"

#include <string.h>

#define HOUR (60 * 60 * 1000)
#define ELLIPSIS "\342\200\246"

uint32_t derive_child(const struct doc *d, uint32_t node, const char *path)
{
	while (*path && node != DOC_NONE) {
		size_t len = strcspn(path, "/");
		uint32_t name = doc_find_name(d, path, len);

		node = name == DOC_NONE ? DOC_NONE : doc_get(d, node, name);
		path += len + (path[len] == '/');
	}
	return node;
}

const char *derive_leaf(const struct doc *d, uint32_t node, const char *path)
{
	if (!d || node == DOC_NONE)
		return "";
	node = derive_child(d, node, path);
	return node == DOC_NONE ? "" : doc_text(d, node, NULL);
}

/* us-east-1a → a; zones of other kinds (us-east-1-bos-1a) alike. */
enum role derive_zone_letter(const struct cell *cell, struct str *out)
{
	if (cell->text && cell->len)
		str_addc(out, cell->text[cell->len - 1]);
	return ROLE_TEXT;
}

enum role derive_arn_name(const struct cell *cell, struct str *out)
{
	const char *slash = cell->text ?
		memrchr(cell->text, '/', cell->len) : NULL;

	if (cell->plain || !slash)
		str_addn(out, cell->text ? cell->text : "", cell->len);
	else
		str_add(out, slash + 1);
	return ROLE_TEXT;
}

enum role derive_kind(const struct cell *cell, struct str *out)
{
	str_add(out, cell->row_kind ? cell->row_kind : "");
	return ROLE_TEXT;
}

static bool is_own_tag(const char *key)
{
	return !str_eq(key, "Name") && !str_starts(key, "aws:");
}

enum role derive_tags(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->doc;
	uint32_t list = derive_child(d, cell->node, "tagSet");
	bool ec2 = list != DOC_NONE;
	size_t from = out->len;

	if (!ec2)
		list = derive_child(d, cell->node, "TagList");
	if (list == DOC_NONE)
		return ROLE_TEXT;
	for (uint32_t n = doc_child(d, list); n != DOC_NONE;
	     n = doc_next(d, n)) {
		const char *key = derive_leaf(d, n, ec2 ? "key" : "Key");
		const char *value = derive_leaf(d, n, ec2 ? "value" : "Value");

		if (!is_own_tag(key))
			continue;
		if (out->len > from)
			str_addc(out, ' ');
		str_add(out, key);
		str_addc(out, '=');
		str_add(out, value);
	}
	return ROLE_TEXT;
}

/* Status checks of a running instance: how many passed of how many, and
 * the worst of them. */
struct checks {
	unsigned passed, total;
	bool impaired, unknown, starting;
};

static void read_checks(const struct cell *cell, struct checks *checks)
{
	static const char *const paths[] = {
		"systemStatus/status", "instanceStatus/status",
		"attachedEbsStatus/status"
	};

	*checks = (struct checks){ 0 };
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *status = derive_leaf(cell->joined,
			cell->joined_node, paths[i]);

		if (!*status || str_eq(status, "not-applicable"))
			continue;
		checks->total++;
		checks->passed += str_eq(status, "ok");
		checks->impaired |= str_eq(status, "impaired");
		checks->unknown |= str_eq(status, "insufficient-data");
		checks->starting |= str_eq(status, "initializing");
	}
}

static const char *event_word(const char *code)
{
	static const char *const words[][2] = {
		{ "instance-retirement", "retire" },
		{ "instance-reboot", "reboot" },
		{ "system-reboot", "reboot" },
		{ "system-maintenance", "maint" },
		{ "instance-stop", "stop" }
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(code, words[i][0]))
			return words[i][1];
	return "event";
}

/* The next scheduled event that is still to come: its word, and when. AWS
 * keeps those that are over, marked in the description. */
static const char *next_event(const struct cell *cell, int64_t *when)
{
	const struct doc *d = cell->joined;
	uint32_t set = d ? derive_child(d, cell->joined_node, "eventsSet") :
		DOC_NONE;
	const char *found = NULL;

	for (uint32_t n = set == DOC_NONE ? DOC_NONE : doc_child(d, set);
	     n != DOC_NONE; n = doc_next(d, n)) {
		const char *about = derive_leaf(d, n, "description");
		const char *time = derive_leaf(d, n, "notBefore");
		int64_t at = INT64_MAX;

		if (str_starts(about, "[Completed]") ||
		    str_starts(about, "[Canceled]"))
			continue;
		clock_parse(time, strlen(time), &at);
		if (found && at >= *when)
			continue;
		found = event_word(derive_leaf(d, n, "code"));
		*when = at;
	}
	return found;
}

static void add_sign(const struct cell *cell, const char *sign,
	struct str *out)
{
	if (!cell->signs)
		return;
	str_add(out, sign);
	str_addc(out, ' ');
}

static void add_event(const struct cell *cell, const char *word, int64_t when,
	struct str *out)
{
	str_add(out, word);
	if (when == INT64_MAX)
		return;
	str_addc(out, ' ');
	if (when <= cell->now)
		str_add(out, "now");
	else
		text_add_age(out, when - cell->now);
}

/* State, checks and events in one cell: red only where someone must act. */
enum role derive_instance_state(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";
	const char *event;
	struct checks checks;
	int64_t when = INT64_MAX;

	read_checks(cell, &checks);
	event = next_event(cell, &when);
	if (!str_eq(text, "running") || !cell->joined || cell->plain)
		return state_show(text, cell->len, cell->signs, out);
	if (checks.impaired) {
		add_sign(cell, cell->signs ? cell->signs->failed : "", out);
		str_addf(out, "run %u/%u", checks.passed, checks.total);
		return ROLE_BAD;
	}
	if (event) {
		add_sign(cell, cell->signs ? cell->signs->warn : "", out);
		add_event(cell, event, when, out);
		return ROLE_WARN;
	}
	if (checks.unknown || checks.starting) {
		const struct signs *s = cell->signs;

		add_sign(cell, !s ? "" : checks.unknown ? s->warn : s->moving,
			out);
		str_addf(out, "run %u/%u", checks.passed, checks.total);
		return checks.unknown ? ROLE_WARN : ROLE_TEXT;
	}
	return state_show(text, cell->len, cell->signs, out);
}

enum role derive_instance_checks(const struct cell *cell, struct str *out)
{
	struct checks checks;

	if (!str_eq(derive_leaf(cell->doc, cell->node, "instanceState/name"),
		    "running"))
		return ROLE_TEXT;
	if (!cell->joined) {
		str_add(out, cell->join_pending ? ELLIPSIS :
			cell->join_refused ? "?" : "");
		return ROLE_DIM;
	}
	read_checks(cell, &checks);
	if (!checks.total)
		return ROLE_TEXT;
	str_addf(out, "%u/%u", checks.passed, checks.total);
	return checks.impaired ? ROLE_BAD : checks.unknown ? ROLE_WARN :
		ROLE_TEXT;
}

/* Since the last start; what does not run is not up. */
enum role derive_instance_up(const struct cell *cell, struct str *out)
{
	if (!str_eq(derive_leaf(cell->doc, cell->node, "instanceState/name"),
		    "running"))
		return ROLE_TEXT;
	if (cell->plain)
		format_plain(FORMAT_AGE, cell->text, cell->len, out);
	else
		format_value(FORMAT_AGE, cell->text, cell->len, cell, out);
	return ROLE_TEXT;
}

enum role derive_instance_imds(const struct cell *cell, struct str *out)
{
	if (str_eq(cell->text, "required")) {
		str_add(out, "v2");
	} else if (str_eq(cell->text, "optional")) {
		str_add(out, "v1+v2");
		return ROLE_WARN;
	}
	return ROLE_TEXT;
}

/* The instance's name if it is known, else its id; a bright "-" says that
 * nothing uses the volume. */
enum role derive_volume_attached(const struct cell *cell, struct str *out)
{
	const struct doc *d = cell->doc;
	uint32_t set = derive_child(d, cell->node, "attachmentSet");
	unsigned others = 0;
	const char *name = "";
	uint32_t n;

	if (!cell->text) {
		str_add(out, cell->plain || !cell->signs ? "" : "-");
		return ROLE_TEXT;
	}
	n = cell->joined ? derive_child(cell->joined, cell->joined_node,
		"tagSet") : DOC_NONE;
	for (n = n == DOC_NONE ? n : doc_child(cell->joined, n);
	     n != DOC_NONE; n = doc_next(cell->joined, n))
		if (str_eq(derive_leaf(cell->joined, n, "key"), "Name"))
			name = derive_leaf(cell->joined, n, "value");
	if (*name && !cell->plain)
		str_add(out, name);
	else
		str_addn(out, cell->text, cell->len);
	for (n = doc_child(d, set); n != DOC_NONE; n = doc_next(d, n))
		others++;
	if (others > 1 && !cell->plain)
		str_addf(out, " +%u", others - 1);
	return ROLE_TEXT;
}

/* How far a snapshot is, while it is being taken. */
enum role derive_snapshot_state(const struct cell *cell, struct str *out)
{
	const char *progress = derive_leaf(cell->doc, cell->node, "progress");

	if (!str_eq(cell->text, "pending") || !*progress || !cell->signs)
		return state_show(cell->text ? cell->text : "", cell->len,
			cell->signs, out);
	add_sign(cell, cell->signs->moving, out);
	str_add(out, progress);
	return ROLE_TEXT;
}

enum role derive_region_title(const struct cell *cell, struct str *out)
{
	const struct region *r = cell->text ? region_find(cell->text) : NULL;

	if (r && r->title)
		str_add(out, r->title);
	return ROLE_TEXT;
}

enum role derive_region_status(const struct cell *cell, struct str *out)
{
	const char *text = cell->text ? cell->text : "";

	if (cell->plain)
		str_add(out, text);
	else if (str_eq(text, "not-opted-in"))
		return state_show("disabled", 8, cell->signs, out);
	else if (*text)
		return state_show("enabled", 7, cell->signs, out);
	return ROLE_TEXT;
}

/* "User initiated (2026-11-22 22:06:49 GMT)": when the state was entered. */
static bool transition_time(const char *reason, int64_t *wall)
{
	const char *open = strrchr(reason, '(');
	struct str iso = STR_INIT;
	bool ok;

	if (!open || strlen(open) < strlen("(2026-11-22 22:06:49"))
		return false;
	str_addf(&iso, "%.10sT%.8sZ", open + 1, open + 12);
	ok = clock_parse(iso.p, iso.len, wall);
	str_clear(&iso);
	return ok;
}

bool hidden_instance(const struct cell *cell)
{
	const char *reason, *launch;
	int64_t since;

	if (!str_eq(derive_leaf(cell->doc, cell->node, "instanceState/name"),
		    "terminated"))
		return false;
	reason = derive_leaf(cell->doc, cell->node, "reason");
	launch = derive_leaf(cell->doc, cell->node, "launchTime");
	if (!transition_time(reason, &since) &&
	    !clock_parse(launch, strlen(launch), &since))
		return false;
	return cell->now - since > HOUR;
}
