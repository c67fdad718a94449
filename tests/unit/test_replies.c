/* SPDX-License-Identifier: MIT */
/*
 * Recorded replies. tests/replies: NAME.xml or NAME.json, and NAME.paths
 * with what must be found in it: "path = text", a line for each node in
 * their order, or "path !" for nothing. $TUCUXI_SHARED/replies: NAME.xml,
 * and NAME.json with what botocore reads from it.
 */
#include "base/str.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "doc/path.h"
#include "doc/reader.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/*
 * Members that AWS's models call otherwise on the wire than by their name
 * with a small first letter (locationName).
 */
static const struct {
	const char *member, *wire;
} renamed[] = {
	{ "AccountAttributes", "accountAttributeSet" },
	{ "Associations", "associationSet" },
	{ "Attachments", "attachmentSet" },
	{ "AttributeValues", "attributeValueSet" },
	{ "AvailabilityZones", "availabilityZoneInfo" },
	{ "CustomerGateways", "customerGatewaySet" },
	{ "Entries", "entrySet" },
	{ "ExportTasks", "exportTaskSet" },
	{ "ExportToS3Task", "exportToS3" },
	{ "Grants", "AccessControlList" },
	{ "InstanceExportDetails", "instanceExport" },
	{ "InstanceStatuses", "instanceStatusSet" },
	{ "InternetGateways", "internetGatewaySet" },
	{ "IsDefault", "default" },
	{ "Messages", "messageSet" },
	{ "NetworkAcls", "networkAclSet" },
	{ "PlacementGroups", "placementGroupSet" },
	{ "PricingDetails", "pricingDetailsSet" },
	{ "PropagatingVgws", "propagatingVgwSet" },
	{ "ReservedInstancesOfferings", "reservedInstancesOfferingsSet" },
	{ "RouteTables", "routeTableSet" },
	{ "Routes", "routeSet" },
	{ "Snapshots", "snapshotSet" },
	{ "SpotPriceHistory", "spotPriceHistorySet" },
	{ "State", "status" },
	{ "State", "zoneState" },
	{ "Tags", "tagSet" },
	{ "Type", "@type" },
	{ "Volumes", "volumeSet" },
	{ "VpnConnections", "vpnConnectionSet" },
};

static struct doc *read_file(const char *path)
{
	struct error err = ERROR_INIT;
	struct doc *d = NULL;
	char *data;
	size_t len;

	if (!xdg_read_file(path, 1u << 26, &data, &len, &err))
		fail_msg("%s", err.text);
	d = reader_read(str_ends(path, ".xml") ? READER_XML : READER_JSON,
		NULL, data, len, &err);
	if (!d)
		fail_msg("%s: %s", path, err.text);
	free(data);
	return d;
}

static bool collect(void *data, uint32_t node)
{
	struct {
		uint32_t *items;
		size_t count, room;
	} *found = data;

	*VEC_PUSH(found) = node;
	return true;
}

/* A leaf's text; of an element with attributes, that beside them. */
static const char *text_of(const struct doc *d, uint32_t node)
{
	struct error err = ERROR_INIT;
	struct path *self = path_compile(NULL, ".", &err);
	const char *text = path_text(self, d, node, NULL);

	path_free(self);
	return text ? text : "(a container)";
}

/* One path, and the texts wanted from it, each behind " =". */
static void expect_path(const char *file, const struct doc *d,
	const char *text, char *const *wanted, size_t count)
{
	struct {
		uint32_t *items;
		size_t count, room;
	} found = { 0 };
	struct error err = ERROR_INIT;
	struct path *p = path_compile(NULL, text, &err);

	if (!p)
		fail_msg("%s: %s", file, err.text);
	path_each(p, d, 0, collect, &found);
	if (count == 0 && path_text(p, d, 0, NULL))
		fail_msg("%s: %s finds something", file, text);
	if (count && found.count != count)
		fail_msg("%s: %s finds %zu, not %zu", file, text, found.count,
			count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(text_of(d, found.items[i]), wanted[i]) != 0)
			fail_msg("%s: %s is \"%s\", not \"%s\"", file, text,
				text_of(d, found.items[i]), wanted[i]);
	path_free(p);
	VEC_FREE(&found);
}

/* " = text", " =" or " !" behind the path; returns the text or NULL. */
static char *cut_line(const char *file, char *line)
{
	char *sign = strstr(line, " = ");
	size_t len = strlen(line);

	if (sign) {
		*sign = '\0';
		return sign + 3;
	}
	if (len < 3 || line[len - 2] != ' ')
		fail_msg("%s: %s", file, line);
	line[len - 2] = '\0';
	return line[len - 1] == '=' ? line + len : NULL;
}

static size_t expect_paths(const char *file, const struct doc *d,
	char *lines)
{
	char *wanted[64], *path = NULL, *save = lines;
	size_t count = 0, all = 0;

	for (char *line; (line = strsep(&save, "\n"));) {
		if (!*line || *line == '#')
			continue;

		char *text = cut_line(file, line);

		if (path && strcmp(path, line) != 0) {
			expect_path(file, d, path, wanted, count);
			count = 0;
		}
		path = line;
		if (text && count < COUNT(wanted))
			wanted[count++] = text;
		all++;
	}
	if (path)
		expect_path(file, d, path, wanted, count);
	return all;
}

static void own_replies(void **state)
{
	static const char folder[] = SOURCE_DIR "/tests/replies";
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);
	size_t files = 0;

	(void)state;
	assert_true(count > 0);
	for (int i = 0; i < count; i++) {
		struct str name = STR_INIT;
		struct error err = ERROR_INIT;
		char *lines;
		size_t len;

		str_addf(&name, "%s/%s", folder, entries[i]->d_name);
		free(entries[i]);
		if (str_ends(name.p, ".paths")) {
			if (!xdg_read_file(name.p, 1u << 20, &lines, &len,
				&err))
				fail_msg("%s", err.text);
			str_truncate(&name, name.len - 5);
			str_add(&name, "xml");
			if (access(name.p, R_OK) != 0) {
				str_truncate(&name, name.len - 3);
				str_add(&name, "json");
			}

			struct doc *d = read_file(name.p);

			assert_true(expect_paths(name.p, d, lines) > 0);
			doc_unref(d);
			free(lines);
			files++;
		}
		str_clear(&name);
	}
	free(entries);
	assert_true(files >= 7);
}

struct match {
	const struct doc *json, *xml;
	size_t leaves;
	struct str where;      /* what did not match */
};

static bool match(struct match *m, uint32_t want, uint32_t node);

static bool mismatch(struct match *m, uint32_t want, const char *what)
{
	if (!m->where.len)
		str_addf(&m->where, "%s \"%s\": %s",
			doc_name(m->json, want, NULL),
			doc_text(m->json, want, NULL), what);
	return false;
}

/* The first letter may be small. */
static bool same_name(const char *member, const char *wire)
{
	return ((*member | 32) == (*wire | 32) &&
		strcmp(member + 1, wire + 1) == 0);
}

static bool means(const char *member, const char *wire)
{
	if (*member && *wire && same_name(member, wire))
		return true;
	for (size_t i = 0; i < COUNT(renamed); i++)
		if (strcmp(renamed[i].member, member) == 0 &&
			strcmp(renamed[i].wire, wire) == 0)
			return true;
	return false;
}

/* <entry><key>member</key><value>...</value></entry> */
static uint32_t find_entry(const struct doc *d, uint32_t node,
	const char *member)
{
	uint32_t key = doc_find_name(d, "key", 3);
	uint32_t value = doc_find_name(d, "value", 5);

	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i)) {
		uint32_t k = doc_get(d, i, key);

		if (strcmp(doc_name(d, i, NULL), "entry") == 0 &&
			k != DOC_NONE &&
			strcmp(doc_text(d, k, NULL), member) == 0)
			return doc_get(d, i, value);
	}
	return DOC_NONE;
}

static uint32_t find_member(const struct doc *d, uint32_t node,
	const char *member)
{
	for (uint32_t i = doc_child(d, node); i != DOC_NONE;
		i = doc_next(d, i))
		if (means(member, doc_name(d, i, NULL)))
			return i;
	return find_entry(d, node, member);
}

/* Elements one after another: those in the wrapper, or from `first` on all
 * of its name. */
static bool match_elements(struct match *m, uint32_t want, uint32_t first,
	bool wrapped)
{
	const struct doc *d = m->xml;
	uint32_t w = doc_child(m->json, want), name, i;

	i = wrapped ? doc_child(d, first) : first;
	name = i == DOC_NONE ? DOC_NONE : doc_name_id(d, i);
	for (; i != DOC_NONE; i = doc_next(d, i)) {
		if (doc_name_id(d, i) != name) {
			if (wrapped)
				return false;
			continue;
		}
		if (w == DOC_NONE || !match(m, w, i))
			return false;
		w = doc_next(m->json, w);
	}
	return w == DOC_NONE;
}

static bool match_list(struct match *m, uint32_t want, uint32_t first)
{
	size_t leaves = m->leaves;

	if (match_elements(m, want, first, true))
		return true;
	m->leaves = leaves;
	if (match_elements(m, want, first, false)) {
		str_reset(&m->where);
		return true;
	}
	return mismatch(m, want, "the list differs");
}

static bool match_object(struct match *m, uint32_t want, uint32_t node)
{
	for (uint32_t w = doc_child(m->json, want); w != DOC_NONE;
		w = doc_next(m->json, w)) {
		uint32_t i = find_member(m->xml, node,
			doc_name(m->json, w, NULL));

		if (i == DOC_NONE)
			return mismatch(m, w, "is missing");
		if (!match(m, w, i))
			return false;
	}
	return true;
}

/* JSON in a string, which botocore reads too (policies, templates). */
static bool match_embedded(struct match *m, uint32_t want, uint32_t node)
{
	struct error err = ERROR_INIT;
	size_t len;
	const char *text = doc_text(m->xml, node, &len);
	struct doc *inner = reader_read(READER_JSON, NULL, text, len, &err);
	const struct doc *outer = m->xml;
	bool ok = false;

	if (!inner)
		return mismatch(m, want, err.text);
	m->xml = inner;
	ok = match(m, want, 0);
	m->xml = outer;
	doc_unref(inner);
	return ok;
}

static bool match_leaf(struct match *m, uint32_t want, uint32_t node)
{
	const char *wanted = doc_text(m->json, want, NULL);
	const char *text = text_of(m->xml, node);
	char *end;

	m->leaves++;
	if (strcmp(wanted, text) == 0)
		return true;
	if (doc_kind(m->json, want) == DOC_NUMBER && *text &&
		strtod(text, &end) == strtod(wanted, NULL) && !*end)
		return true;
	return mismatch(m, want, text);
}

static bool match(struct match *m, uint32_t want, uint32_t node)
{
	enum doc_kind kind = doc_kind(m->json, want);
	bool leaf = doc_kind(m->xml, node) > DOC_ARRAY;

	if (kind > DOC_ARRAY)
		return match_leaf(m, want, node);
	if (leaf && *doc_text(m->xml, node, NULL) &&
		doc_child(m->json, want) != DOC_NONE)
		return match_embedded(m, want, node);
	return kind == DOC_OBJECT ? match_object(m, want, node) :
		match_list(m, want, node);
}

/* Members stand in the root, in its <...Result>, or are the root itself;
 * the request's id beside them. */
static bool match_reply(struct match *m)
{
	const struct doc *d = m->xml;
	uint32_t body = 0, metadata = 0, i;

	for (i = doc_child(d, 0); i != DOC_NONE; i = doc_next(d, i)) {
		if (str_ends(doc_name(d, i, NULL), "Result"))
			body = i;
		if (strcmp(doc_name(d, i, NULL), "ResponseMetadata") == 0)
			metadata = i;
	}
	for (uint32_t w = doc_child(m->json, 0); w != DOC_NONE;
		w = doc_next(m->json, w)) {
		const char *member = doc_name(m->json, w, NULL);

		if (strcmp(member, "ResponseMetadata") == 0)
			i = metadata;
		else if (strcmp(member, doc_name(d, 0, NULL)) == 0)
			i = 0;
		else
			i = find_member(d, body, member);
		if (i == DOC_NONE)
			return mismatch(m, w, "is missing");
		if (!match(m, w, i))
			return false;
	}
	return true;
}

static bool match_files(const char *xml, const char *json, size_t *leaves)
{
	struct match m = { .where = STR_INIT };
	struct doc *x = read_file(xml), *j = read_file(json);
	bool ok;

	m.xml = x;
	m.json = j;
	ok = match_reply(&m);
	if (!ok)
		print_message("%s: %s\n", xml, m.where.p);
	*leaves += m.leaves;
	str_clear(&m.where);
	doc_unref(x);
	doc_unref(j);
	return ok;
}

static struct str shared_folder(void)
{
	const char *given = getenv("TUCUXI_SHARED");
	struct str folder = STR_INIT;

	str_add(&folder, given ? given : SOURCE_DIR "/../shared");
	str_add(&folder, "/replies/");
	if (access(folder.p, R_OK) != 0) {
		print_message("no recorded replies in %s: skipped\n",
			folder.p);
		str_clear(&folder);
		skip();
	}
	return folder;
}

static void shared_replies(void **state)
{
	struct str folder = shared_folder(), other = STR_INIT;
	struct dirent **entries;
	int count = scandir(folder.p, &entries, NULL, alphasort);
	size_t len = folder.len, leaves = 0, failed = 0, files = 0;

	(void)state;
	assert_true(count > 0);
	for (int i = 0; i < count; i++) {
		str_truncate(&folder, len);
		str_add(&folder, entries[i]->d_name);
		free(entries[i]);
		if (!str_ends(folder.p, ".xml"))
			continue;
		str_reset(&other);
		str_addn(&other, folder.p, folder.len - 3);
		str_add(&other, "json");
		failed += !match_files(folder.p, other.p, &leaves);
		files++;
	}
	free(entries);
	str_clear(&folder);
	str_clear(&other);
	print_message("%zu replies, %zu values compared\n", files, leaves);
	assert_int_equal(failed, 0);
	assert_true(leaves > files);
}

/* The comparison would notice. */
static void shared_replies_differ(void **state)
{
	struct str folder = shared_folder(), other = STR_INIT;
	size_t leaves = 0;

	(void)state;
	str_add(&other, folder.p);
	str_add(&folder, "ec2-describe-volumes.xml");
	str_add(&other, "ec2-describe-snapshots.json");
	assert_false(match_files(folder.p, other.p, &leaves));
	str_clear(&folder);
	str_clear(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_replies),
		cmocka_unit_test(shared_replies),
		cmocka_unit_test(shared_replies_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
