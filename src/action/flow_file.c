/* SPDX-License-Identifier: MIT */
/* The file of a piece of work: JSON lines, appended and synced. */
#include "action/flow_own.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "doc/out.h"
#include "doc/path.h"
#include "doc/reader.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define VERSION "1"
#define FILE_MOST ((size_t)1 << 20)
#define LOCK_TRIES 20        /* somebody who only looks soon lets go */
#define LOCK_PAUSE 5000000L  /* ns */

static bool fail(struct error *err, const char *path)
{
	return error_set(err, ERR_IO, "%s: %s", path ? path : "work",
		strerror(errno));
}

static void add_text(struct str *out, const char *name, const char *text)
{
	str_addf(out, ",\"%s\":", name);
	out_json_string(out, text, strlen(text));
}

static void add_values(struct str *out, const struct flow *f)
{
	const char *name, *comma = "";
	size_t cursor = 0;
	void *value;

	if (!map_count(f->unwritten))
		return;
	str_add(out, ",\"values\":{");
	while (map_next(f->unwritten, &cursor, &name, &value)) {
		str_add(out, comma);
		out_json_string(out, name, strlen(name));
		str_addc(out, ':');
		out_json_string(out, value, strlen(value));
		comma = ",";
	}
	str_addc(out, '}');
}

/* A line that was cut by a full disk is taken back. */
static bool append(const struct flow *f, const char *line, size_t len)
{
	off_t end = lseek(f->fd, 0, SEEK_END);
	ssize_t written;

	do {
		written = write(f->fd, line, len);
	} while (written < 0 && errno == EINTR);
	if (written == (ssize_t)len)
		return !f->path || fsync(f->fd) == 0;
	if (written > 0) {
		errno = ENOSPC;
		if (end >= 0 && ftruncate(f->fd, end) != 0)
			errno = EIO;
	}
	return false;
}

bool flow_write(struct flow *f, const char *event, const char *step,
	const char *text, struct error *err)
{
	struct str line = STR_INIT;
	int64_t now = clock_wall();
	char at[32];
	bool ok;

	clock_format_iso(now, at);
	str_addf(&line, "{\"at\":\"%s\",\"event\":\"%s\"", at, event);
	if (step)
		add_text(&line, "step", step);
	if (text)
		add_text(&line, "text", text);
	add_values(&line, f);
	str_add(&line, "}\n");
	ok = append(f, line.p, line.len) || fail(err, f->path);
	str_clear(&line);
	if (!ok)
		return false;
	map_free(f->unwritten, NULL);
	f->unwritten = map_new();
	flow_apply(f, event, step, text, now);
	return true;
}

static const char *member(const struct doc *d, const char *name)
{
	uint32_t id = doc_find_name(d, name, strlen(name));
	uint32_t node = id == DOC_NONE ? DOC_NONE : doc_get(d, 0, id);

	return node == DOC_NONE ? NULL : doc_text(d, node, NULL);
}

static void take_values(struct flow *f, const struct doc *d)
{
	uint32_t id = doc_find_name(d, "values", 6), node;
	size_t len;

	node = id == DOC_NONE ? DOC_NONE : doc_get(d, 0, id);
	if (node == DOC_NONE)
		return;
	for (node = doc_child(d, node); node != DOC_NONE;
	     node = doc_next(d, node)) {
		const char *name = doc_name(d, node, &len);

		free(map_setn(f->values, name, len,
			xstrdup(doc_text(d, node, NULL))));
	}
}

static bool take_first(struct flow *f, const struct doc *d, struct error *err)
{
	const char *name = member(d, "text");

	if (!str_eq(member(d, "event"), "new"))
		return error_set(err, ERR_PARSE, "it does not begin as work "
			"does");
	if (!str_eq(member(d, "step"), VERSION))
		return error_set(err, ERR_PARSE, "it is of a newer version");
	f->workflow = name ? workflow_find(name) : NULL;
	return f->workflow || error_set(err, ERR_PARSE,
		"this program knows no work called '%.40s'", name ? name :
		"");
}

static bool take_line(struct flow *f, const char *line, size_t len,
	struct error *err)
{
	struct doc *d = reader_read(READER_JSON, NULL, line, len, err);
	const char *at;
	bool ok = d != NULL;

	if (ok && !f->workflow)
		ok = take_first(f, d, err);
	if (ok) {
		int64_t wall = 0;

		at = member(d, "at");
		if (at)
			clock_parse(at, strlen(at), &wall);
		take_values(f, d);
		if (member(d, "event"))
			flow_apply(f, member(d, "event"), member(d, "step"),
				member(d, "text"), wall);
	}
	doc_unref(d);
	return ok;
}

/* What was cut while it was written never happened: it is cut off. */
bool flow_read(struct flow *f, struct error *err)
{
	char *data = NULL, *line, *end;
	size_t len, number = 0;
	bool ok = xdg_read_file(f->path, FILE_MOST, &data, &len, err);

	for (line = data; ok && (end = memchr(line, '\n',
			len - (size_t)(line - data))); line = end + 1) {
		ok = take_line(f, line, (size_t)(end - line), err);
		if (!ok)
			error_prefix(err, "%s, line %zu", f->path,
				number + 1);
		number++;
	}
	if (ok && !f->workflow)
		ok = error_set(err, ERR_PARSE, "%s holds nothing", f->path);
	if (ok && f->fd >= 0 && ftruncate(f->fd, line - data) != 0)
		ok = fail(err, f->path);
	free(data);
	return ok;
}

static bool lock(int fd, int how, bool wait)
{
	const struct timespec pause = { 0, LOCK_PAUSE };

	for (int i = 0; flock(fd, how | (wait ? 0 : LOCK_NB)) != 0;) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK || ++i == LOCK_TRIES)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

struct flow *flow_new(const char *folder, const struct workflow *workflow,
	struct error *err)
{
	struct flow *f = flow_alloc();
	struct str path = STR_INIT;

	random_uuid(f->id);
	f->workflow = workflow;
	f->begun = clock_wall();
	if (folder) {
		str_addf(&path, "%s/%s", folder, f->id);
		f->path = str_take(&path);
	}
	flow_set(f, "work", f->id);
	if (!folder)
		f->fd = memfd_create("work", MFD_CLOEXEC);
	else if (xdg_make_parent(f->path, err))
		f->fd = open(f->path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL |
			O_CLOEXEC | O_NOFOLLOW, 0600);
	if (f->fd >= 0 && lock(f->fd, LOCK_EX, false))
		return f;
	if (err->kind == ERR_NONE)
		fail(err, f->path);
	flow_close(f);
	return NULL;
}

/* The folder too, or the name may be lost when the machine goes down. */
static bool sync_folder(const struct flow *f)
{
	char *folder = xstrndup(f->path, (size_t)(strrchr(f->path, '/') -
		f->path));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	free(folder);
	return ok;
}

void flow_set_values(struct flow *f)
{
	const struct step_result *v = f->workflow->values;

	for (; v && v->name; v++) {
		struct str text = STR_INIT, made = STR_INIT;

		if (*flow_get(f, v->name) || !flow_expand(f, v->path, &text))
			str_reset(&text);
		else if (v->make)
			v->make(text.p, &made);
		else
			str_add(&made, text.p);
		if (made.len)
			flow_set(f, v->name, made.p);
		str_clear(&text);
		str_clear(&made);
	}
}

bool flow_begin(struct flow *f, struct error *err)
{
	flow_set_values(f);
	if (!flow_write(f, "new", VERSION, f->workflow->name, err))
		return false;
	return !f->path || sync_folder(f) || fail(err, f->path);
}

static bool is_id(const char *name)
{
	return strlen(name) == 36 &&
		strspn(name, "0123456789abcdef-") == 36;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct names {
	char **items;
	size_t count, room;
};

static void names_clear(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	VEC_FREE(names);
}

/* The ids there that begin so. */
static void find_names(const char *folder, const char *start,
	struct names *names)
{
	DIR *dir = opendir(folder);
	const struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (is_id(e->d_name) && str_starts(e->d_name, start))
			*VEC_PUSH(names) = xstrdup(e->d_name);
	if (dir)
		closedir(dir);
	if (names->count)
		qsort(names->items, names->count, sizeof(*names->items),
			by_name);
}

static struct flow *find(const char *folder, const char *id,
	struct error *err)
{
	struct names names = { 0 };
	struct str path = STR_INIT;
	struct flow *f = NULL;

	if (*id)
		find_names(folder, id, &names);
	if (names.count == 1) {
		f = flow_alloc();
		memcpy(f->id, names.items[0], sizeof(f->id));
		str_addf(&path, "%s/%s", folder, f->id);
		f->path = str_take(&path);
	} else if (names.count) {
		error_set(err, ERR_USAGE, "%zu pieces of work begin with "
			"'%.40s': give more of the id", names.count, id);
	} else {
		error_set(err, ERR_NOT_FOUND, "no work '%.40s' here — "
			"`tucuxi jobs` lists what there is", id);
	}
	names_clear(&names);
	return f;
}

/* Who read the name before it was removed has opened what is gone. */
static bool is_gone(const struct flow *f)
{
	struct stat st;

	return fstat(f->fd, &st) == 0 && st.st_nlink == 0;
}

struct flow *flow_open(const char *folder, const char *id, bool wait,
	struct error *err)
{
	struct flow *f = find(folder, id, err);

	if (!f)
		return NULL;
	f->fd = open(f->path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
	if (f->fd < 0)
		fail(err, f->path);
	else if (!lock(f->fd, LOCK_EX, wait))
		error_set(err, ERR_LIMIT, "work %.8s is open in another "
			"tucuxi", f->id);
	else if (is_gone(f))
		error_set(err, ERR_NOT_FOUND, "work %.8s has been removed",
			f->id);
	else if (flow_read(f, err)) {
		f->cleaning = f->cleaning || f->workflow->fleeting;
		return f;
	}
	flow_close(f);
	return NULL;
}

static bool is_held(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;

	if (fd >= 0)
		close(fd);
	return held;
}

struct flow *flow_peek(const char *folder, const char *id, struct error *err)
{
	struct flow *f = find(folder, id, err);

	if (f && !flow_read(f, err)) {
		flow_close(f);
		return NULL;
	}
	if (f)
		f->held = is_held(f->path);
	return f;
}

static int by_age(const void *a, const void *b)
{
	const struct flow *x = *(struct flow *const *)a;
	const struct flow *y = *(struct flow *const *)b;

	return x->begun != y->begun ? (x->begun > y->begun) -
		(x->begun < y->begun) : strcmp(x->id, y->id);
}

struct flow **flow_list(const char *folder, size_t *count, size_t *wrong,
	struct error *err)
{
	struct { struct flow **items; size_t count, room; } flows = { 0 };
	struct names names = { 0 };

	*wrong = 0;
	find_names(folder, "", &names);
	for (size_t i = 0; i < names.count; i++) {
		struct flow *f = flow_peek(folder, names.items[i], err);

		if (f)
			*VEC_PUSH(&flows) = f;
		else
			*wrong += 1;
	}
	names_clear(&names);
	if (flows.count)
		qsort(flows.items, flows.count, sizeof(*flows.items), by_age);
	*count = flows.count;
	return flows.items;
}

bool flow_forget(struct flow *f, struct error *err)
{
	return !f->path || unlink(f->path) == 0 || fail(err, f->path);
}
