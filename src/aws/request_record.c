/* SPDX-License-Identifier: MIT */
/* What the journal is told: one JSON object a line, without secrets. */
#include "aws/request_private.h"

#include "base/clock.h"
#include "doc/out.h"

#include <string.h>

enum { VALUE_SHOWN = 512 };

static void add_text(struct str *out, const char *name, const char *text)
{
	str_addf(out, ",\"%s\":", name);
	out_json_string(out, text, strlen(text));
}

static void begin_record(struct str *out, const struct flight *f,
	const char *event)
{
	char at[32];

	clock_format_iso(clock_wall(), at);
	str_addf(out, "{\"at\":\"%s\",\"id\":\"%s\",\"event\":\"%s\"", at,
		f->id, event);
	add_text(out, "service", f->call->service->name);
	add_text(out, "operation", f->call->operation->name);
	add_text(out, "effect", effect_name(f->call->operation->effect));
	add_text(out, "region", f->endpoint.signing_region);
	if (f->call->scope)
		add_text(out, "scope", f->call->scope);
}

static void add_value(struct str *out, const struct parameter *p,
	const struct argument *a)
{
	size_t len = a->len || !a->value ? a->len : strlen(a->value);
	struct str text = STR_INIT;

	if (!a->value) {
		str_add(out, "null");
		return;
	}
	if (!p || p->secret)
		str_add(&text, "***");
	else if (p->type == VALUE_BLOB || p->place == PLACE_PAYLOAD ||
			len > VALUE_SHOWN)
		str_addf(&text, "(%zu bytes)", len);
	else
		str_addn(&text, a->value, len);
	out_json_string(out, text.p, text.len);
	str_clear(&text);
}

/* "Filters[0].Values[1]": the numbers that the argument carries. */
static void add_path(struct str *out, const struct argument *a)
{
	struct str text = STR_INIT;
	size_t used = 0;

	for (const char *p = a->path; *p; p++) {
		str_addc(&text, *p);
		if (*p == '[')
			str_addf(&text, "%u", used < 2 ? a->index[used++] :
				0);
	}
	out_json_string(out, text.p, text.len);
	str_clear(&text);
}

static void add_parameters(struct str *out, const struct call *call)
{
	str_add(out, ",\"parameters\":{");
	for (size_t i = 0; i < call->argument_count; i++) {
		const struct argument *a = &call->arguments[i];

		if (i)
			str_addc(out, ',');
		add_path(out, a);
		str_addc(out, ':');
		add_value(out, operation_parameter(call->operation, a->path),
			a);
	}
	str_addc(out, '}');
}

static bool is_journalled(const struct flight *f,
	struct door_journal *journal)
{
	if (f->call->operation->effect == EFFECT_READ)
		return false;
	pthread_mutex_lock(&f->door->lock);
	*journal = f->door->journal;
	pthread_mutex_unlock(&f->door->lock);
	return true;
}

bool flight_tell_intent(struct flight *f, struct error *err)
{
	struct door_journal journal;
	struct str record = STR_INIT;
	bool ok;

	if (!is_journalled(f, &journal) || !journal.intent)
		return true;
	begin_record(&record, f, "intent");
	add_parameters(&record, f->call);
	str_addc(&record, '}');
	ok = journal.intent(journal.data, f->id, record.p, err);
	str_wipe(&record);
	return ok || error_prefix(err, "%s was not sent",
		f->call->operation->name);
}

void flight_tell_outcome(struct flight *f, bool ok, const struct error *err)
{
	struct door_journal journal;
	struct str record = STR_INIT;

	if (!is_journalled(f, &journal) || !journal.outcome)
		return;
	begin_record(&record, f, "outcome");
	add_text(&record, "result", ok ? "ok" : error_kind_name(err->kind));
	str_addf(&record, ",\"status\":%d,\"attempts\":%u,\"ms\":%lld",
		f->reply->status, f->attempts, (long long)f->reply->ms);
	if (f->reply->request_id[0])
		add_text(&record, "request_id", f->reply->request_id);
	if (!ok && err->code[0])
		add_text(&record, "code", err->code);
	if (!ok)
		add_text(&record, "text", err->text);
	str_addc(&record, '}');
	journal.outcome(journal.data, f->id, record.p);
	str_clear(&record);
}
