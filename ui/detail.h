/* SPDX-License-Identifier: MIT */
/*
 * The inside of the detail pane: lines of several kinds under one cursor.
 * detail_build.c makes them, detail_draw.c paints them, pane_detail.c is
 * what keys do. UI thread.
 */
#ifndef UI_DETAIL_H
#define UI_DETAIL_H

#include "doc/out.h"
#include "fetch/fetch.h"
#include "ui/app.h"
#include "ui/list.h"

enum detail_kind {
	DETAIL_BLANK,
	DETAIL_TITLE,        /* index: into titles */
	DETAIL_FIELD,        /* into fields */
	DETAIL_DRILL,        /* into drills */
	DETAIL_NODE,         /* into nodes.items */
	DETAIL_TEXT          /* into texts: a format other than the tree */
};

enum detail_mode { DETAIL_TREE, DETAIL_YAML, DETAIL_JSON, DETAIL_XML,
	DETAIL_MODES };

struct detail_line {
	enum detail_kind kind;
	size_t index;
	size_t from, len;    /* the part of the value that stands here */
	bool more;           /* goes on with the line above */
};

struct detail_field {
	const char *title;
	struct str value;
	enum role role;
};

struct detail_slice {
	const char *p;
	size_t len;
};

#define DETAIL_DRILLS 24
#define DETAIL_FIELDS 64
#define DETAIL_GUTTER 2
#define DETAIL_TITLE_WIDTH 18

struct detail {
	struct pane pane;            /* first: a detail is its pane */
	struct row row;              /* a reference */
	bool sections;
	enum detail_mode mode;
	struct detail_field fields[DETAIL_FIELDS];
	size_t field_count;
	const struct drill *drills[DETAIL_DRILLS];
	size_t drill_count;
	struct out_lines nodes;
	bool *folded;                /* by node line */
	struct str text;             /* of another mode */
	struct {
		struct detail_slice *items;
		size_t count, room;
	} texts;
	struct {
		struct detail_line *items;
		size_t count, room;
	} lines;
	struct list list;
	int columns;                 /* that lines were made for */
	bool wrap;
	size_t left;                 /* columns of values scrolled away */
	struct str needle;           /* lower case */
	struct str label;            /* of the breadcrumb */
};

/* Reads the row once: fields, drills, tree. */
void detail_read(struct detail *d, const struct table *table);

/* The visible lines anew, after mode or folding has changed. */
void detail_lines(struct detail *d);

/* What the line says, for search and copy: "key: value". */
void detail_line_text(const struct detail *d, const struct detail_line *l,
	struct str *out);

/* The whole value alone; false: the line has none. Not ours. */
bool detail_line_value(const struct detail *d, const struct detail_line *l,
	struct detail_slice *out);

/* Where the value stands. */
int detail_value_x(const struct detail *d, const struct detail_line *l);

/* "networkInterfaceSet/[0]/status": where a node stands. */
void detail_path(const struct detail *d, size_t node, struct str *out);

void detail_draw(struct pane *pane, const struct area *area);

#endif
