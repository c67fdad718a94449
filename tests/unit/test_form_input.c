/* SPDX-License-Identifier: MIT */
/* One field under the hands: what keys do to it, and what it stores. */
#include "ui/form.h"

#include "base/xdg.h"
#include "sample_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static const struct action_field fields[] = {
	{ .name = "text", .title = "Text", .parameter = "Text", .required = true },
	{ .name = "size", .title = "Size", .type = FIELD_NUMBER, .parameter = "Size", .low = 1, .high = 99 },
	{ .name = "on", .title = "On", .type = FIELD_SWITCH, .parameter = "On" },
	{ .name = "kind", .title = "Kind", .type = FIELD_CHOICE, .parameter = "Kind", .choices = "a bb c",
	  .value = "bb" },
	{ .name = "lines", .title = "Lines", .type = FIELD_LINES, .parameter = "Lines" },
	{ .name = "tags", .title = "Tags", .type = FIELD_PAIR, .parameter = "Tags[].Key", .pair = "Tags[].Value" },
	{ .name = "file", .title = "File", .type = FIELD_FILE, .parameter = "File" },
	{ .name = "save", .title = "Save", .type = FIELD_SAVE },
	{ 0 }
};
static const struct operation operation = { .name = "MakeThing" };
static const struct action action = { .name = "make", .title = "Make",
	.operation = &operation, .fields = fields };

static struct sample sample;
static struct form form;
static struct input in;
static char folder[64];

static int setup(void **state)
{
	(void)state;
	sample_open(&sample);
	form_init(&form, sample.compiled, &action);
	snprintf(folder, sizeof(folder), "/tmp/tucuxi-input-XXXXXX");
	assert_non_null(mkdtemp(folder));
	return 0;
}

static int teardown(void **state)
{
	char path[128];

	(void)state;
	input_clear(&in);
	form_clear(&form);
	sample_close(&sample);
	snprintf(path, sizeof(path), "%s/given.txt", folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/inner", folder);
	rmdir(path);
	rmdir(folder);
	return 0;
}

static void use(const char *name)
{
	struct error err = ERROR_INIT;

	input_clear(&in);
	input_init(&in, form_field(&form, name, &err));
}

static void type(const char *text)
{
	for (; *text; text++)
		assert_true(input_key(&in, (unsigned char)*text));
}

static void refuses(const char *word)
{
	struct error err = ERROR_INIT;

	assert_false(input_store(&in, &form, true, &err));
	if (!strstr(err.text, word))
		fail_msg("%s", err.text);
	assert_null(form_value(&form, in.field, 0));
}

static void stores(const char *first, const char *second)
{
	struct error err = ERROR_INIT;
	const char *text;

	if (!input_store(&in, &form, true, &err))
		fail_msg("%s", err.text);
	text = form_value(&form, in.field, 0);
	assert_true(str_eq(text, first));
	text = form_value(&form, in.field, 1);
	assert_true(str_eq(text, second));
}

static void test_wrong(void **state)
{
	(void)state;
	use("size");
	type("100");
	assert_int_equal(in.err.kind, ERR_USAGE);
	refuses("size is a number from 1 to 99");
	assert_true(input_key(&in, KEYCODE_BACKSPACE));
	assert_int_equal(in.err.kind, ERR_NONE);
	stores("10", NULL);
	use("tags");
	type("env=prod team");
	refuses("KEY=VALUE");
	use("tags");
	type("env='prod");
	refuses("never closed");
	use("file");
	type("/no/such/file");
	refuses("/no/such/file");
	use("file");
	type(folder);
	refuses(folder);
}

static void test_empty(void **state)
{
	(void)state;
	use("text");
	stores(NULL, NULL);
	type("a");
	stores("a", NULL);
	assert_true(input_key(&in, 'u' | KEYCODE_CTRL));
	stores(NULL, NULL);
}

static void test_switch_and_choice(void **state)
{
	(void)state;
	use("on");
	assert_false(input_key(&in, 'x'));
	stores(NULL, NULL);
	assert_true(input_key(&in, KEYCODE_SPACE));
	stores("true", NULL);
	assert_true(input_key(&in, KEYCODE_SPACE));
	stores("false", NULL);
	use("kind");
	assert_false(input_key(&in, 'a'));
	assert_true(input_key(&in, KEYCODE_RIGHT));
	stores("c", NULL);
	assert_true(input_key(&in, KEYCODE_RIGHT));
	stores("a", NULL);
	assert_true(input_key(&in, KEYCODE_LEFT));
	stores("c", NULL);
	assert_true(input_key(&in, KEYCODE_BACKSPACE));
	stores(NULL, NULL);
	input_paste(&in, "bb");
	stores(NULL, NULL);
}

static void test_lists(void **state)
{
	(void)state;
	use("tags");
	type("env=prod 'note=a b'");
	stores("env=prod", "note=a b");
	assert_int_equal(input_word(&in), strlen("env=prod 'note=a "));
	use("tags");
	type("env=prod te");
	input_take_word(&in, "team=web x");
	assert_string_equal(in.edit.text.p, "env=prod 'team=web x' ");
	stores("env=prod", "team=web x");
	use("text");
	type("old");
	input_take_word(&in, "new one");
	stores("new one", NULL);
}

static void test_lines(void **state)
{
	(void)state;
	use("lines");
	type("one");
	assert_true(input_key(&in, KEYCODE_ENTER));
	type("two");
	stores("one\ntwo", NULL);
	assert_true(input_key(&in, KEYCODE_UP));
	type("!");
	assert_false(input_key(&in, KEYCODE_UP));
	assert_true(input_key(&in, KEYCODE_DOWN));
	type("?");
	stores("one!\ntwo?", NULL);
	input_paste(&in, "\rthree\r\n");
	assert_non_null(strstr(in.edit.text.p, "two?\nthree\n"));
}

static void test_files(void **state)
{
	struct error err = ERROR_INIT;
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/given.txt", folder);
	assert_true(xdg_write_file(path, "what it holds\n", 14, &err));
	use("file");
	type(folder);
	type("/gi");
	assert_true(input_complete_path(&in));
	assert_string_equal(in.edit.text.p, path);
	assert_false(input_complete_path(&in));
	stores("what it holds\n", NULL);
	/* while one types, files are left alone */
	assert_true(input_store(&in, &form, false, &err));
	assert_null(form_value(&form, in.field, 0));
	snprintf(path, sizeof(path), "%s/inner", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	use("save");
	type(folder);
	type("/i");
	assert_true(input_complete_path(&in));
	assert_true(str_ends(in.edit.text.p, "/inner/"));
	type("key.pem");
	stores(in.edit.text.p, NULL);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_wrong),
		TEST(test_empty),
		TEST(test_switch_and_choice),
		TEST(test_lists),
		TEST(test_lines),
		TEST(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
