/* SPDX-License-Identifier: MIT */
#include "ui/keymap.h"

#include "base/embedded.h"
#include "ui/key.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int setup(void **state)
{
	*state = keymap_new();
	return 0;
}

static int teardown(void **state)
{
	keymap_free(*state);
	return 0;
}

static void load(struct keymap *m, const char *text)
{
	struct error err = ERROR_INIT;

	if (!keymap_load(m, "test", text, &err))
		fail_msg("%s", err.text);
}

static void refuse(struct keymap *m, const char *text, const char *why)
{
	struct error err = ERROR_INIT;

	assert_false(keymap_load(m, "test", text, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, why))
		fail_msg("%s: not a word of %s", err.text, why);
}

static void expect(struct keymap *m, const char *context, const char *key,
	const char *line)
{
	const char *got = keymap_find(m, context, key_parse(key));

	if (!line)
		assert_null(got);
	else {
		assert_non_null(got);
		assert_string_equal(got, line);
	}
}

static void test_refused(void **state)
{
	refuse(*state, "bind", "test:1");
	refuse(*state, "bind global j", "CONTEXT");
	refuse(*state, "\nbind global hyper help", "test:2: hyper");
	refuse(*state, "bind Global j down", "no context");
	refuse(*state, "bind table/ j down", "no context");
	refuse(*state, "unbind table j k", "unbind");
	refuse(*state, "help", "only bind");
	refuse(*state, "bind global 'j down", "quote");
	expect(*state, "global", "j", NULL);
}

static void test_contexts_inherit(void **state)
{
	struct keymap *m = *state;

	load(m, "bind global j down\nbind table j x\n"
		"bind table/instances j y; bind document q back");
	expect(m, "table/instances", "j", "y");
	expect(m, "table/volumes", "j", "x");
	expect(m, "table", "j", "x");
	expect(m, "document", "j", "down");
	expect(m, "global", "j", "down");
	expect(m, "table", "q", NULL);
}

static void test_unbind_hides(void **state)
{
	struct keymap *m = *state;

	load(m, "bind global j down\nunbind table j");
	expect(m, "table/instances", "j", NULL);
	expect(m, "document", "j", "down");
	load(m, "bind table j up");
	expect(m, "table/instances", "j", "up");
}

static void test_lines(void **state)
{
	struct keymap *m = *state;

	load(m, "bind table N sort name\nbind table S 'sort state; top'\n"
		"bind table F filter 'a b'\nbind table '\\' x # no\n"
		"bind table '#' y\nbind table Ctrl-A z");
	expect(m, "table", "N", "sort name");
	expect(m, "table", "S", "sort state; top");
	expect(m, "table", "F", "filter 'a b'");
	expect(m, "table", "\\", "x");
	expect(m, "table", "ctrl-a", "z");
}

static void test_iteration(void **state)
{
	struct keymap *m = *state;
	struct str seen = STR_INIT;
	struct binding b;
	size_t cursor = 0;

	load(m, "bind global j down\nbind global k up\nbind table k x\n"
		"bind table a y\nbind global q back\nunbind table q\n"
		"bind document z z");
	while (keymap_next(m, "table/x", &cursor, &b))
		str_addf(&seen, "%s:%c=%s ", b.context, b.key, b.line);
	assert_string_equal(seen.p, "table:k=x table:a=y global:j=down ");
	str_clear(&seen);
	assert_int_equal(keymap_key(m, "table", "down"), 'j');
	assert_int_equal(keymap_key(m, "table", "up"), 0);
	assert_int_equal(keymap_key(m, "document", "up"), 'k');
	assert_int_equal(keymap_command_key(m, "table", "down"), 'j');
	assert_int_equal(keymap_command_key(m, "table", "dow"), 0);
	assert_int_equal(keymap_command_key(m, "table", "up"), 0);
	assert_int_equal(keymap_command_key(m, "document", "up"), 'k');
}

static void test_own_stands_above_loaded(void **state)
{
	struct keymap *m = *state;
	struct error err = ERROR_INIT;

	assert_true(keymap_bind(m, "table", "a", "mine", &err));
	assert_true(keymap_unbind(m, "table", "b", &err));
	load(m, "bind table a theirs\nbind table b theirs\n"
		"bind table c theirs\nbind table c newer");
	expect(m, "table", "a", "mine");
	expect(m, "table", "b", NULL);
	expect(m, "table", "c", "newer");
	assert_true(keymap_bind(m, "table", "c", "mine", &err));
	keymap_unload(m);
	expect(m, "table", "a", "mine");
	expect(m, "table", "c", "mine");
	load(m, "bind table b theirs\nbind table d theirs");
	expect(m, "table", "b", NULL);
	expect(m, "table", "d", "theirs");
	keymap_unload(m);
	expect(m, "table", "d", NULL);
}

/* The rest is held against every keymap that comes with the program. */
static void each_keymap(void (*check)(struct keymap *m, const char *name))
{
	size_t keymaps = 0;

	for (size_t i = 0; embedded_name(i); i++) {
		const char *name = embedded_name(i);
		struct keymap *m;

		if (!str_ends(name, ".keys"))
			continue;
		m = keymap_new();
		load(m, embedded_file("default.keys"));
		if (!str_eq(name, "default.keys"))
			load(m, embedded_file(name));
		check(m, name);
		keymap_free(m);
		keymaps++;
	}
	assert_int_equal(keymaps, 4);
}

static const char *const contexts[] = { "global", "table",
	"table/instances", "document", "text", "choice", "choice/several",
	"choice/columns", "choice/bookmarks", "menu",
	"run", "work", "input", "input/prompt", "input/form", "input/confirm" };

#define EACH_CONTEXT(c) for (size_t c = 0; \
	c < sizeof(contexts) / sizeof(*contexts); c++)

static void check_known_keys(struct keymap *m, const char *name)
{
	(void)name;
	expect(m, "table/instances", "?", "help");
	expect(m, "table", "\\", "mark-none");
	expect(m, "document", "1", "fold-level 1");
	expect(m, "table", "1", "favourite 1");
	expect(m, "table", "Esc", "back");
	expect(m, "table", "Ctrl-C", "cancel");
}

/* Fingers press them elsewhere, or terminals keep them. */
static void check_free_keys(struct keymap *m, const char *name)
{
	static const char *const free_keys[] = { "x", "X", "D", "K", ".", "U",
		"P", "M", "H", "n", "f", "Del", "Backspace", "Ctrl-A",
		"Ctrl-K", "Ctrl-W", "Ctrl-T", "Ctrl-N", "Ctrl-\\",
		"Ctrl-Space", "Ctrl-Q" };

	(void)name;
	for (size_t i = 0; i < sizeof(free_keys) / sizeof(*free_keys); i++) {
		expect(m, "table", free_keys[i], NULL);
		expect(m, "table/instances", free_keys[i], NULL);
	}
}

/* What terminals and multiplexers may take for themselves has another key
 * that does the same there. */
static void check_stolen_keys(struct keymap *m, const char *name)
{
	static const char *const stolen[] = { "F1", "F10", "F11", "Ctrl-W",
		"Ctrl-N", "Ctrl-T", "Ctrl-Space", "Ctrl-A", "Ctrl-B",
		"Ctrl-S", "Ctrl-Q" };
	const size_t count = sizeof(stolen) / sizeof(*stolen);

	EACH_CONTEXT(c)
		for (size_t i = 0; i < count; i++) {
			const char *line = keymap_find(m, contexts[c],
				key_parse(stolen[i]));
			struct binding b;
			size_t cursor = 0;
			bool plain = !line;

			while (keymap_next(m, contexts[c], &cursor, &b)) {
				bool is_stolen = false;

				for (size_t k = 0; k < count; k++)
					is_stolen |= b.key ==
						key_parse(stolen[k]);
				plain |= !is_stolen && line &&
					!strcmp(b.line, line);
			}
			if (!plain)
				fail_msg("%s: %s in %s is all that runs %s",
					name, stolen[i], contexts[c], line);
		}
}

static char *source(const char *path)
{
	FILE *f = fopen(path, "r");
	struct str text = STR_INIT;
	char bytes[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		str_addn(&text, bytes, n);
	fclose(f);
	return str_take(&text);
}

/* The row of a command in its table; what is behind it, too. */
static const char *command_row(const char *table, const char *line)
{
	struct str row = STR_INIT;
	const char *found;

	str_addf(&row, "{ .name = \"%.*s\"", (int)strcspn(line, " ;"), line);
	found = strstr(table, row.p);
	str_clear(&row);
	return found;
}

static bool row_has(const char *row, const char *what)
{
	const char *next = strstr(row + 1, "{ .name = ");
	const char *found = strstr(row, what);

	return found && (!next || found < next);
}

static bool may_change(const char *table, const char *line)
{
	const char *row = line ? command_row(table, line) : NULL;

	return row && row_has(row, ".changes = true");
}

/* Commands that exist. No two that can change AWS differ by case alone; no
 * actions do. */
static void check_commands(struct keymap *m, const char *name)
{
	char *table = source(SOURCE_DIR "/ui/command.c");

	EACH_CONTEXT(c) {
		struct binding b;
		size_t cursor = 0;

		while (keymap_next(m, contexts[c], &cursor, &b)) {
			const char *row = command_row(table, b.line);
			int twin = b.key >= 'a' && b.key <= 'z' ?
				b.key - 'a' + 'A' : b.key >= 'A' &&
				b.key <= 'Z' ? b.key - 'A' + 'a' : 0;

			if (!row)
				fail_msg("%s: no command for %s", name,
					b.line);
			if (twin && row_has(row, ".changes = true") &&
			    may_change(table, keymap_find(m, contexts[c],
					twin)))
				fail_msg("%s: %c and %c in %s", name, b.key,
					twin, contexts[c]);
		}
	}
	free(table);
}

static void test_embedded(void **state)
{
	(void)state;
	each_keymap(check_known_keys);
	each_keymap(check_free_keys);
	each_keymap(check_stolen_keys);
	each_keymap(check_commands);
}

/* No line of a file undoes another one of it, and each is of a context that
 * there is; what keeps a case-only pair out of actions holds for any. */
static void test_nothing_twice(void **state)
{
	(void)state;
	for (size_t i = 0; embedded_name(i); i++) {
		const char *text = embedded_file(embedded_name(i));
		struct keymap *m;
		size_t lines = 0, bound = 0, cursor = 0;
		struct binding b;
		const char *context;

		if (!str_ends(embedded_name(i), ".keys"))
			continue;
		m = keymap_new();
		load(m, text);
		for (const char *p = text; p; p = strchr(p, '\n')) {
			p += *p == '\n';
			lines += str_starts(p, "bind ");
		}
		for (size_t k = 0; (context = keymap_context(m, k)); k++) {
			bool known = str_starts(context, "actions");

			EACH_CONTEXT(c)
				known |= !strcmp(contexts[c], context);
			if (!known)
				fail_msg("%s: context %s", embedded_name(i),
					context);
			for (cursor = 0; keymap_next(m, context, &cursor,
			    &b);)
				bound += !strcmp(b.context, context);
		}
		if (lines != bound)
			fail_msg("%s: %zu lines bind %zu keys",
				embedded_name(i), lines, bound);
		keymap_free(m);
	}
}

static void test_actions_have_no_case_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; embedded_name(i); i++) {
		struct keymap *m;
		const char *context;

		if (!str_ends(embedded_name(i), ".keys"))
			continue;
		m = keymap_new();
		load(m, embedded_file(embedded_name(i)));
		for (size_t k = 0; (context = keymap_context(m, k)); k++)
			for (int c = 'a'; c <= 'z' && str_starts(context,
			    "actions"); c++)
				assert_true(!keymap_find(m, context, c) ||
					!keymap_find(m, context,
						c - 'a' + 'A'));
		keymap_free(m);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_refused),
		TEST(test_contexts_inherit),
		TEST(test_unbind_hides),
		TEST(test_lines),
		TEST(test_iteration),
		TEST(test_own_stands_above_loaded),
		TEST(test_embedded),
		TEST(test_nothing_twice),
		TEST(test_actions_have_no_case_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
