/* SPDX-License-Identifier: MIT */
/* What the simulated company keeps in S3. */
#include "sim/s3/store.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "sim/server.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY ((int64_t)86400000)
#define FLAT "acme-web-assets"   /* a million keys under one prefix */
#define KIB ((uint64_t)1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)

struct fill {
	struct s3_bucket *bucket;
	uint64_t state;
	int64_t now;
};

static const char *type_of(const char *key)
{
	static const struct { const char *end, *type; } types[] = {
		{ ".csv", "text/csv" }, { ".json", "application/json" },
		{ ".gz", "application/gzip" }, { ".html", "text/html" },
		{ ".css", "text/css" }, { ".js", "text/javascript" },
		{ ".png", "image/png" }, { ".txt", "text/plain" },
		{ ".log", "text/plain" }, { ".mp4", "video/mp4" },
		{ "/", "application/x-directory" },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_ends(key, types[i].end))
			return types[i].type;
	return "binary/octet-stream";
}

/* Sizes spread around the given one; folders' markers are empty. */
static void add(struct fill *f, uint64_t size, const char *class,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

static void add(struct fill *f, uint64_t size, const char *class,
	const char *format, ...)
{
	struct s3_object *o = xcalloc(1, sizeof(*o));
	uint64_t bits = random_next(&f->state);
	char key[S3_KEY_MOST + 1];
	va_list ap;

	va_start(ap, format);
	vsnprintf(key, sizeof(key), format, ap);
	va_end(ap);
	o->key = xstrdup(key);
	o->seed = bits;
	o->kms = true;
	o->size = size / 2 + (size ? bits % size : 0);
	o->class = class;
	o->modified = f->now - (int64_t)(bits >> 20 & 0x3fff) * 3600000;
	snprintf(o->etag, sizeof(o->etag), "%016llx%016llx%s",
		(unsigned long long)bits,
		(unsigned long long)random_next(&f->state),
		size > 64 * MIB ? "-24" : "");
	s3_headers_add(&o->headers, "Content-Type", type_of(key));
	s3_object_put(f->bucket, o);
}

static void fill_data(struct fill *f)
{
	for (int month = 1; month <= 10; month++)
		for (int day = 1; day <= 28; day += 3)
			for (int n = 1; n <= 2; n++)
				add(f, 300 * KIB, "STANDARD",
					"reports/2026/%02d/%02d/report-%02d.csv",
					month, day, n);
	for (int n = 1; n <= 40; n++)
		add(f, 40 * KIB, "STANDARD", "exports/customers/part-%05d.json",
			n);
	add(f, 0, "STANDARD", "reports/");
	add(f, 0, "STANDARD", "inbox/");
	add(f, 3 * KIB, "STANDARD", "README.txt");
	add(f, 9 * KIB, "STANDARD", "index.html");
	add(f, 700, "STANDARD", "a b/c+d é%%20//x");
	add(f, 700, "STANDARD", "weird/日本語/ファイル.txt");
	add(f, 700, "STANDARD", "weird/R&D <draft> \"1\" 'x'.txt");
	add(f, 700, "STANDARD", "weird//double//slash.txt");
	add(f, 700, "STANDARD", "weird/./dot/../dots.txt");
	add(f, 700, "STANDARD", "weird/100%% sure?#really;=1,2&3.txt");
	add(f, 700, "STANDARD", "weird/tab\there.txt");
	add(f, 700, "STANDARD", "/leading/slash.txt");
}

static void fill_assets(struct fill *f)
{
	static const char *const dirs[] = { "css", "js", "img", "img/icons" };

	for (int d = 0; d < 4; d++)
		for (int n = 1; n <= 25; n++)
			add(f, 60 * KIB, "STANDARD", "static/%s/file-%03d.%s",
				dirs[d], n, d == 0 ? "css" : d == 1 ? "js" :
				"png");
	add(f, 20 * KIB, "STANDARD", "index.html");
	add(f, 5 * KIB, "STANDARD", "favicon.png");
}

static void fill_backups(struct fill *f)
{
	for (int day = 1; day <= 22; day++)
		for (int n = 1; n <= 4; n++)
			add(f, 12 * GIB, "STANDARD_IA",
				"postgres/orders-db/2026-11-%02d/base-%d.tar.gz",
				day, n);
	for (int day = 1; day <= 28; day++)
		add(f, 90 * MIB, "GLACIER_IR", "etc/2026-10-%02d.tar.gz", day);
}

static void fill_logs(struct fill *f)
{
	for (int day = 1; day <= 22; day++)
		for (int hour = 0; hour < 24; hour += 2)
			add(f, 2 * MIB, "INTELLIGENT_TIERING", "alb/AWSLogs/"
				ACCOUNT_HOME "/elasticloadbalancing/us-west-2/"
				"2026/11/%02d/%02d00.log.gz", day, hour);
}

static void fill_archive(struct fill *f)
{
	for (int year = 2015; year <= 2023; year++)
		for (int quarter = 1; quarter <= 4; quarter++)
			add(f, 3 * GIB, year < 2020 ? "DEEP_ARCHIVE" :
				"GLACIER", "ledger/%d/q%d.tar.gz", year,
				quarter);
}

static void fill_media(struct fill *f)
{
	for (int n = 1; n <= 60; n++)
		add(f, 700 * MIB, "STANDARD", "video/episode-%03d/master.mp4",
			n);
}

static void fill_state(struct fill *f)
{
	static const char *const names[] = { "network", "web", "data" };

	for (int n = 0; n < 3; n++) {
		add(f, 90 * KIB, "STANDARD", "prod/%s/terraform.tfstate",
			names[n]);
		add(f, 60 * KIB, "STANDARD", "stage/%s/terraform.tfstate",
			names[n]);
	}
}

static const struct {
	const char *name, *region;
	void (*fill)(struct fill *f);
	int days;
} buckets[] = {
	{ "acme-app-data", "us-east-1", fill_data, 1400 },
	{ "acme-archive", "eu-west-1", fill_archive, 3800 },
	{ "acme-backups-eu", "eu-west-1", fill_backups, 900 },
	{ "acme-empty", "us-east-2", NULL, 12 },
	{ "acme-logs-us-west-2", "us-west-2", fill_logs, 1100 },
	{ "acme-media-tokyo", "ap-northeast-1", fill_media, 420 },
	{ "acme-terraform-state", "eu-central-1", fill_state, 1600 },
	{ "acme-web-assets", "us-east-1", fill_assets, 2100 },
	{ "static.acme.example", "us-east-1", fill_assets, 2900 },
};

void s3_seed(struct s3_store *s)
{
	uint64_t numbered = s->sim->options.objects;
	int64_t now = s->sim->born;

	if (numbered > S3_NUMBERED_MOST)
		numbered = S3_NUMBERED_MOST;
	for (size_t i = 0; i < sizeof(buckets) / sizeof(*buckets); i++) {
		struct fill f = { .now = now };

		f.state = s->sim->options.seed * 1000 + i;
		f.bucket = s3_bucket_add(s, buckets[i].name, ACCOUNT_HOME,
			region_row_find(buckets[i].region),
			now - buckets[i].days * DAY);
		f.bucket->flat = !strcmp(buckets[i].name, FLAT);
		if (i == 0 || f.bucket->flat)
			f.bucket->numbered = numbered;
		if (buckets[i].fill)
			buckets[i].fill(&f);
	}
}
