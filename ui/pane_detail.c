/* SPDX-License-Identifier: MIT */
/* One row, whole: its cells, what it leads to, and the document as a tree
 * that folds; or the document as YAML, JSON or XML. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"
#include "ui/detail.h"
#include "ui/save.h"
#include "ui/term.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct detail *self(struct pane *pane)
{
	return (struct detail *)pane;
}

static const struct detail_line *current(const struct detail *d)
{
	return d->lines.count ? &d->lines.items[d->list.cursor] : NULL;
}

static bool matches(const struct detail *d, size_t i)
{
	struct str text = STR_INIT;
	bool found;

	if (d->lines.items[i].more)
		return false;
	detail_line_text(d, &d->lines.items[i], &text);
	found = text_find(text.p, text.len, d->needle.p, d->needle.len) !=
		NULL;
	str_clear(&text);
	return found;
}

/* From line `from` on, wrapping around. */
static bool search(struct detail *d, size_t from, bool forward)
{
	size_t count = d->lines.count;

	for (size_t k = 0; d->needle.len && k < count; k++) {
		size_t i = forward ? (from + k) % count :
			(from + count - k) % count;

		if (!matches(d, i))
			continue;
		list_move(&d->list, i);
		return true;
	}
	return false;
}

static void filter(struct pane *pane, const char *text, bool done,
	struct error *err)
{
	struct detail *d = self(pane);

	(void)done;
	str_reset(&d->needle);
	text_add_lower(&d->needle, text ? text : "");
	pane->dirty = true;
	if (!d->needle.len)
		return;
	/* What is folded away is to be found too. */
	memset(d->folded, 0, d->nodes.count * sizeof(*d->folded));
	detail_lines(d);
	if (!search(d, d->list.cursor, true))
		error_set(err, ERR_NOT_FOUND, "not found: %s", text);
}

static const char *filter_text(const struct pane *pane)
{
	return ((const struct detail *)pane)->needle.p;
}

static bool back(struct pane *pane)
{
	struct detail *d = self(pane);

	if (!d->needle.len)
		return false;
	str_reset(&d->needle);
	pane->dirty = true;
	return true;
}

static bool search_again(struct detail *d, bool forward, struct error *err)
{
	size_t count = d->lines.count;

	if (!d->needle.len)
		return error_set(err, ERR_USAGE, "/ searches");
	if (!count || !search(d, (d->list.cursor + count +
	    (forward ? 1 : count - 1)) % count, forward))
		return error_set(err, ERR_NOT_FOUND, "not found: %s",
			d->needle.p);
	return true;
}

static void fold(struct detail *d)
{
	const struct detail_line *l = current(d);
	size_t i;

	if (!l || l->kind != DETAIL_NODE)
		return;
	i = l->index;
	if (d->nodes.items[i].text)
		return;
	d->folded[i] = !d->folded[i];
	detail_lines(d);
}

static void fold_level(struct detail *d, const char *level)
{
	long deepest;

	if (!str_int(level, 1, 99, &deepest))
		return;
	for (size_t i = 0; i < d->nodes.count; i++)
		d->folded[i] = d->nodes.items[i].subtree &&
			(long)d->nodes.items[i].depth >= deepest;
	detail_lines(d);
}

static bool open_location(struct detail *d, struct location *location,
	const char *region)
{
	app_open(d->pane.app, location, d->row.segment->session, region);
	return true;
}

/* The first word of the text that is an id or an ARN opens what it names. */
static bool follow(struct detail *d, const char *text, struct error *err)
{
	static const char edges[] = " \t\n\"',<>[]{}";
	const struct runtime *rt = d->pane.app->runtime;
	char region[64];

	while (*(text += strspn(text, edges))) {
		size_t len = strcspn(text, edges);
		char *word = xstrndup(text, len);
		bool known = catalogue_of_id(rt->catalogue, word) != NULL;
		struct location *location = known ?
			runtime_locate(rt, word, err) : NULL;

		free(word);
		if (known)
			return location && open_location(d, location,
				row_region(d->row, region));
		text += len;
	}
	return error_set(err, ERR_NOT_FOUND,
		"nothing to open here: ids are underlined");
}

static bool enter(struct detail *d, struct error *err)
{
	const struct detail_line *l = current(d);
	struct detail_slice value;
	char region[64], *text;
	bool ok = true;

	if (l && l->kind == DETAIL_DRILL) {
		const struct drill *drill = d->drills[l->index];
		const struct resource *target = row_drill_target(d->row,
			drill, d->pane.app->runtime->catalogue);
		struct location *location = target ?
			row_drill(d->row, drill, target) : NULL;

		if (location)
			return open_location(d, location,
				row_region(d->row, region));
		return error_set(err, ERR_NOT_FOUND, "%s: none for this "
			"row", drill->title);
	}
	if (!l || !detail_line_value(d, l, &value)) {
		fold(d);
		return true;
	}
	text = xstrndup(value.p, value.len);
	ok = follow(d, text, err);
	free(text);
	return ok;
}

static void add_document(const struct detail *d, enum out_format format,
	struct str *out)
{
	const struct segment *s = d->row.segment;

	out_doc(out, format, s->doc, s->nodes[d->row.index],
		s->compiled->resource->lists);
}

/* `copy value` (which is what it means alone), path, whole; or a form. */
static bool copy(struct detail *d, const char *what, struct error *err)
{
	static const struct {
		const char *name;
		enum out_format format;
	} forms[] = { { "whole", OUT_YAML }, { "yaml", OUT_YAML },
		{ "json", OUT_JSON }, { "xml", OUT_XML } };
	const struct detail_line *l = current(d);
	struct detail_slice value;
	struct str text = STR_INIT;
	bool known = !*what || !strcmp(what, "value") ||
		!strcmp(what, "path");

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (!strcmp(forms[i].name, what)) {
			known = true;
			add_document(d, forms[i].format, &text);
		}
	if (!known)
		return error_set(err, ERR_USAGE, "copy: value, path, whole, "
			"yaml, json or xml");
	if (!text.len && l && !strcmp(what, "path")) {
		if (l->kind == DETAIL_NODE)
			detail_path(d, l->index, &text);
	} else if (!text.len && l && detail_line_value(d, l, &value)) {
		str_addn(&text, value.p, value.len);
	}
	app_copy(d->pane.app, *what ? what : "value", text.p);
	str_clear(&text);
	return true;
}

/* The next form, or the one that is named. */
static bool format(struct detail *d, const char *name, struct error *err)
{
	static const char *const names[] = { "tree", "yaml", "json", "xml" };
	size_t mode = (d->mode + 1) % DETAIL_MODES;

	if (*name) {
		for (mode = 0; mode < DETAIL_MODES; mode++)
			if (!strcmp(names[mode], name))
				break;
		if (mode == DETAIL_MODES)
			return error_set(err, ERR_USAGE,
				"format: tree, yaml, json or xml");
	}
	d->mode = (enum detail_mode)mode;
	d->left = 0;
	detail_lines(d);
	list_move(&d->list, 0);
	return true;
}

static bool scroll(struct detail *d, bool right, struct error *err)
{
	if (d->wrap)
		return error_set(err, ERR_USAGE,
			"long lines are broken; w cuts them, then they scroll");
	if (right)
		d->left += 8;
	else
		d->left -= d->left < 8 ? d->left : 8;
	return true;
}

static bool command(struct pane *pane, const struct words *words,
	struct error *err)
{
	struct detail *d = self(pane);
	const char *name = words->items[0];
	const char *argument = words->count > 1 ? words->items[1] : "";

	pane->dirty = true;
	if (list_command(&d->list, name))
		return true;
	if (!strcmp(name, "enter"))
		return enter(d, err);
	if (!strcmp(name, "copy"))
		return copy(d, argument, err);
	if (!strcmp(name, "search-next"))
		return search_again(d, true, err);
	if (!strcmp(name, "search-previous"))
		return search_again(d, false, err);
	if (!strcmp(name, "format"))
		return format(d, argument, err);
	if (!strcmp(name, "left") || !strcmp(name, "right"))
		return scroll(d, *name == 'r', err);
	if (!strcmp(name, "fold")) {
		fold(d);
	} else if (!strcmp(name, "fold-level")) {
		fold_level(d, argument);
	} else if (!strcmp(name, "wrap")) {
		d->wrap = !d->wrap;
		d->left = 0;
		detail_lines(d);
	} else {
		return false;
	}
	return true;
}

static void crumb(const struct pane *pane, struct str *out)
{
	const struct detail *d = (const struct detail *)pane;

	str_addn(out, d->label.p, d->label.len);
}

static void facts(const struct pane *pane, struct str *out)
{
	static const char *const modes[] = { "tree", "YAML", "JSON", "XML" };
	const struct detail *d = (const struct detail *)pane;
	time_t seconds = (time_t)(d->row.segment->fetched / 1000);
	char at[32], zone[16] = "";
	struct tm tm;

	clock_format_local(d->row.segment->fetched, at);
	if (localtime_r(&seconds, &tm))
		strftime(zone, sizeof(zone), "%Z", &tm);
	str_addf(out, "%s   as of %s %s", modes[d->mode], at, zone);
}

static void close_detail(struct pane *pane)
{
	struct detail *d = self(pane);

	for (size_t i = 0; i < d->field_count; i++)
		str_clear(&d->fields[i].value);
	out_lines_clear(&d->nodes);
	VEC_FREE(&d->texts);
	VEC_FREE(&d->lines);
	str_clear(&d->text);
	str_clear(&d->needle);
	str_clear(&d->label);
	free(d->folded);
	segment_unref(d->row.segment);
	free(d);
}

static bool row_of(const struct pane *pane, struct row *row)
{
	*row = ((const struct detail *)pane)->row;
	return true;
}

static uint64_t click(struct pane *pane, int y, int x)
{
	struct detail *d = self(pane);
	size_t i = d->list.top + (size_t)y;

	(void)x;
	if (i >= d->lines.count)
		return 0;
	list_move(&d->list, i);
	pane->dirty = true;
	return i + 1;
}

static struct export *save(struct pane *pane)
{
	const struct detail *d = self(pane);
	struct export *e = xcalloc(1, sizeof(*e));

	e->document = d->row;
	segment_ref(e->document.segment);
	return e;
}

static const struct pane_ops ops = {
	.context = "document",
	.close = close_detail,
	.draw = detail_draw,
	.command = command,
	.click = click,
	.row = row_of,
	.crumb = crumb,
	.facts = facts,
	.filter = filter,
	.filter_text = filter_text,
	.back = back,
	.save = save,
};

static void make_label(struct detail *d)
{
	struct str id = STR_INIT;

	row_id(d->row, &id);
	row_label(d->row, &d->label);
	if (!d->label.len)
		str_addn(&d->label, id.p, id.len);
	else if (strcmp(d->label.p, id.p))
		str_addf(&d->label, " · %s", id.p);
	str_clear(&id);
}

struct pane *pane_detail_new(struct app *app, const struct table *table,
	struct row row, bool sections)
{
	struct detail *d = xcalloc(1, sizeof(*d));

	d->pane = (struct pane){ .ops = &ops, .app = app, .dirty = true };
	segment_ref(row.segment);
	d->row = row;
	d->sections = sections;
	d->wrap = true;
	str_init(&d->text, 0);
	str_init(&d->needle, 0);
	str_init(&d->label, 0);
	make_label(d);
	detail_read(d, table);
	detail_lines(d);
	return &d->pane;
}
