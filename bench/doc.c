/* SPDX-License-Identifier: MIT */
/*
 * How fast replies become documents, beside the fastest that the parser can
 * be: handlers that do nothing. Both read the same pages in the same run,
 * turn by turn; the best turn of each counts.
 *
 * usage: bench_doc PAGE.xml...     (DescribeInstances pages)
 */
#include "base/mem.h"
#include "base/vec.h"
#include "base/xdg.h"
#include "doc/doc.h"
#include "doc/path.h"
#include "doc/reader.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 15
#define CHUNK ((size_t)16384)

struct page {
	char *bytes;
	size_t len;
	struct doc *doc;
	double empty, reader;     /* seconds, best of all rounds */
	struct {
		uint32_t *items;
		size_t count, room;
	} rows;
};

struct bench {
	struct page *pages;
	size_t count;
	struct doc_names *names;
	size_t wire, held, nodes;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri, int namespaces, const xmlChar **namespace,
	int attributes, int defaulted, const xmlChar **attribute)
{
	(void)name, (void)prefix, (void)uri, (void)namespaces;
	(void)namespace, (void)attributes, (void)defaulted, (void)attribute;
	++*(size_t *)data;
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix,
	const xmlChar *uri)
{
	(void)name, (void)prefix, (void)uri;
	++*(size_t *)data;
}

static void on_text(void *data, const xmlChar *text, int len)
{
	(void)text, (void)len;
	++*(size_t *)data;
}

static double read_empty(const struct page *page)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC, .startElementNs = on_start,
		.endElementNs = on_end, .characters = on_text,
	};
	size_t events = 0;
	double start = now();
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, &events,
		NULL, 0, NULL);

	for (size_t at = 0; at < page->len; at += CHUNK) {
		size_t left = page->len - at;

		xmlParseChunk(parser, page->bytes + at,
			(int)(left < CHUNK ? left : CHUNK), 0);
	}
	xmlParseChunk(parser, page->bytes, 0, 1);
	xmlFreeParserCtxt(parser);
	return now() - start;
}

static double read_page(const struct bench *b, struct page *page)
{
	struct error err = ERROR_INIT;
	double start = now();
	struct reader *r = reader_new(READER_XML, b->names, page->len);

	for (size_t at = 0; at < page->len; at += CHUNK) {
		size_t left = page->len - at;

		if (!reader_feed(r, page->bytes + at,
			left < CHUNK ? left : CHUNK, &err))
			break;
	}
	page->doc = reader_finish(r, &err);
	reader_free(r);

	double spent = now() - start;

	if (!page->doc) {
		fprintf(stderr, "bench_doc: %s\n", err.text);
		exit(1);
	}
	return spent;
}

static void keep_best(double *best, double spent)
{
	if (*best == 0 || spent < *best)
		*best = spent;
}

static void run_round(struct bench *b)
{
	b->held = b->nodes = 0;
	for (size_t i = 0; i < b->count; i++) {
		struct page *page = &b->pages[i];

		doc_unref(page->doc);
		keep_best(&page->empty, read_empty(page));
		keep_best(&page->reader, read_page(b, page));
		b->held += doc_bytes(page->doc);
		b->nodes += doc_count(page->doc);
	}
}

static bool visit_row(void *data, uint32_t row)
{
	struct page *page = data;

	*VEC_PUSH(&page->rows) = row;
	return true;
}

static size_t find_rows(struct bench *b, const char *text)
{
	struct error err = ERROR_INIT;
	struct path *row = path_compile(b->names, text, &err);
	size_t count = 0;

	for (size_t i = 0; i < b->count; i++)
		count += path_each(row, b->pages[i].doc, 0, visit_row,
			&b->pages[i]);
	path_free(row);
	return count;
}

static void run_path(struct bench *b, size_t rows, const char *text)
{
	struct error err = ERROR_INIT;
	struct path *p = path_compile(b->names, text, &err);
	double best = 0;
	size_t found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		double start = now();

		found = 0;
		for (size_t i = 0; i < b->count; i++) {
			const struct page *page = &b->pages[i];

			for (size_t k = 0; k < page->rows.count; k++)
				found += path_first(p, page->doc,
					page->rows.items[k]) != DOC_NONE;
		}
		keep_best(&best, now() - start);
	}
	printf("path %-34s %6.1f ns a row, found in %zu of %zu\n", text,
		best / (double)(rows ? rows : 1) * 1e9, found, rows);
	path_free(p);
}

static void load(struct bench *b, char **files)
{
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < b->count; i++) {
		struct page *page = &b->pages[i];

		if (!xdg_read_file(files[i], (size_t)1 << 30, &page->bytes,
			&page->len, &err)) {
			fprintf(stderr, "bench_doc: %s\n", err.text);
			exit(1);
		}
		b->wire += page->len;
	}
}

static void report(const struct bench *b)
{
	double mb = (double)b->wire / 1e6, empty = 0, reader = 0;

	for (size_t i = 0; i < b->count; i++) {
		empty += b->pages[i].empty;
		reader += b->pages[i].reader;
	}

	printf("reply of %.1f MB in %zu pages, %zu nodes\n", mb, b->count,
		b->nodes);
	printf("empty handler   %7.1f MB/s\n", mb / empty);
	printf("reader          %7.1f MB/s   %.2f of it\n", mb / reader,
		empty / reader);
	printf("held            %7.1f MB     %.3f of the bytes sent\n",
		(double)b->held / 1e6, (double)b->held / (double)b->wire);
}

int main(int argc, char **argv)
{
	static const char *const columns[] = {
		"instanceId", "instanceState/name", "tagSet/[key=Name]/value",
		"tagSet/item[key=env]/value", "placement/availabilityZone",
		"ipAddress|privateIpAddress", "../../ownerId", "notThere", NULL
	};
	struct bench b = { .count = (size_t)(argc > 1 ? argc - 1 : 0) };
	struct error err = ERROR_INIT;

	if (b.count == 0) {
		fputs("usage: bench_doc PAGE.xml...\n", stderr);
		return 2;
	}
	reader_global_init();
	b.pages = xcalloc(b.count, sizeof(*b.pages));
	b.names = doc_names_new();
	for (size_t i = 0; columns[i + 1]; i++)
		path_free(path_compile(b.names, columns[i], &err));
	doc_names_freeze(b.names);
	load(&b, argv + 1);
	for (int round = 0; round < ROUNDS; round++)
		run_round(&b);
	report(&b);

	size_t rows = find_rows(&b, "reservationSet/item/instancesSet/item");

	for (size_t i = 0; columns[i]; i++)
		run_path(&b, rows, columns[i]);
	for (size_t i = 0; i < b.count; i++) {
		doc_unref(b.pages[i].doc);
		free(b.pages[i].bytes);
		VEC_FREE(&b.pages[i].rows);
	}
	free(b.pages);
	doc_names_free(b.names);
	reader_global_clear();
	return 0;
}
