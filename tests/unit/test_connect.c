/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "base/vec.h"
#include "cli/connect.h"
#include "cli/startup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static const char *const shell[] = { "shell", "--to", "{id}", "--as={user}",
	NULL };
static const char *const port[] = { "shell", "{local}:{remote}", NULL };

static const struct connect_way ways[] = {
	{ .name = "door", .title = "The door", .words = shell,
	  .forward = port, .programs = "sh" },
	{ .name = "wall", .title = "The wall", .words = shell,
	  .programs = "no-program-is-called-so", .advice = "look there" },
	{ 0 }
};

static const struct connect how = { .public_address = "outside",
	.private_address = "inside", .ways = ways };

/* name=value, one after the other. */
struct facts {
	const char *const *items;
};

static const char *fact(void *data, const char *name)
{
	const struct facts *f = data;
	size_t len = strlen(name);

	for (size_t i = 0; f->items[i]; i++)
		if (!strncmp(f->items[i], name, len) &&
		    f->items[i][len] == '=')
			return f->items[i] + len + 1;
	return "";
}

static const char *const web[] = { "id=i-1", "name=web-1",
	"outside=198.51.100.7", "inside=10.0.0.7", "key=prod",
	"profile=acme-prod", "image=ami-1", NULL };
static const char *const hidden[] = { "id=i-2", "name=db", NULL };
static const char *const evil[] = { "id=i-3", "name=-oProxyCommand=id",
	"outside=$(id)", "key=a\nb", NULL };

static bool add(struct connect_rules *rules, const char *line,
	struct error *err)
{
	struct words words = { 0 };
	bool ok = words_split(&words, &line, err) &&
		connect_rules_add(rules, &words, err);

	words_clear(&words);
	return ok;
}

static void rule(struct connect_rules *rules, const char *line)
{
	struct error err = ERROR_INIT;

	if (!add(rules, line, &err))
		fail_msg("%s: %s", line, err.text);
}

/* The line that it makes, or the error. */
static char *line_of(const struct connect_rules *rules,
	const char *const *facts, const char *choice)
{
	struct facts f = { facts };
	struct connect_choice said = { 0 };
	struct connect_request request = { .connect = &how, .rules = rules,
		.choice = &said, .data = &f, .fact = fact };
	struct words words = { 0 }, argv = { 0 };
	struct error err = ERROR_INIT;
	struct str out = STR_INIT;

	if (!words_split(&words, &choice, &err) ||
	    !connect_read(&said, NULL, &words, 0, &err) ||
	    !connect_make(&request, &argv, &err))
		str_addf(&out, "! %s", err.text);
	else
		assert_null(argv.items[argv.count]);
	for (size_t i = 0; i < argv.count; i++)
		str_addf(&out, "%s%s", i ? " " : "", argv.items[i]);
	words_clear(&argv);
	words_clear(&words);
	connect_choice_clear(&said);
	return str_take(&out);
}

static void is(const struct connect_rules *rules, const char *const *facts,
	const char *choice, const char *wanted)
{
	char *line = line_of(rules, facts, choice);

	assert_string_equal(line, wanted);
	free(line);
}

static void refuses(const struct connect_rules *rules,
	const char *const *facts, const char *choice, const char *word)
{
	char *line = line_of(rules, facts, choice);

	if (*line != '!' || !strstr(line, word))
		fail_msg("%s: %s", choice, line);
	free(line);
}

static void test_wrong_rules(void **state)
{
	static const char *const wrong[] = { "ssh", "ssh web-*",
		"ssh user=me", "ssh * usr=me", "ssh * user=", "ssh * port=0",
		"ssh * port=x", "ssh * address=here", "ssh * user=me web",
		"ssh * user=-l", "ssh * jump='a b'", "ssh * host=a/b" };
	struct connect_rules rules = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct error err = ERROR_INIT;

		if (add(&rules, wrong[i], &err))
			fail_msg("%s", wrong[i]);
		assert_int_equal(err.kind, ERR_USAGE);
	}
	assert_int_equal(rules.count, 0);
}

static void test_what_comes_from_outside(void **state)
{
	struct connect_rules rules = { 0 };

	(void)state;
	refuses(&rules, evil, "", "host");
	refuses(&rules, evil, "host={name}", "host");
	refuses(&rules, web, "host={name} user=-x", "user");
	refuses(&rules, web, "key=-x", "key");
	refuses(&rules, web, "jump=-x", "jump");
	rule(&rules, "ssh * key=~/{key}.pem host=bastion");
	refuses(&rules, evil, "", "key");
	connect_rules_clear(&rules);
}

static void test_no_way(void **state)
{
	(void)state;
	refuses(NULL, hidden, "via=ssh", "no address");
	refuses(NULL, hidden, "address=public via=ssh", "no public address");
	refuses(NULL, web, "via=tunnel", "ssh, door, wall");
	refuses(NULL, web, "via=wall", "no-program-is-called-so");
	refuses(NULL, web, "via=wall", "look there");
	refuses(NULL, web, "forward=0", "LOCAL:REMOTE");
	refuses(NULL, web, "forward=80:", "LOCAL:REMOTE");
	refuses(NULL, web, "forward=80::90", "LOCAL:REMOTE");
	refuses(NULL, web, "forward=80:-x:90", "LOCAL:REMOTE");
	refuses(NULL, web, "via=door forward=80:db:90", "forwards no port");
}

static void test_lines(void **state)
{
	(void)state;
	is(NULL, web, "", "ssh -- 198.51.100.7");
	is(NULL, web, "address=private", "ssh -- 10.0.0.7");
	is(NULL, web, "user=me port=22 jump=b@c:1", "ssh -l me -p 22 -J b@c:1 "
		"-- 198.51.100.7");
	is(NULL, web, "forward=8080", "ssh -N -L 127.0.0.1:8080:localhost:"
		"8080 -- 198.51.100.7");
	is(NULL, web, "forward=1:db.in:2", "ssh -N -L 127.0.0.1:1:db.in:2 -- "
		"198.51.100.7");
	is(NULL, hidden, "", "shell --to i-2");
	is(NULL, hidden, "user=me", "shell --to i-2 --as=me");
	is(NULL, web, "via=door forward=5:6", "shell 5:6");
	is(NULL, web, "host={name}.example", "ssh -- web-1.example");
	is(NULL, hidden, "host=x key={key}.pem", "ssh -- x");
}

static void test_rules(void **state)
{
	struct connect_rules rules = { 0 };

	(void)state;
	rule(&rules, "ssh * user=all port=2222");
	rule(&rules, "ssh web-* profile:acme-* user=web key=/k/{key}.pem");
	rule(&rules, "ssh image:ami-2 user=never");
	rule(&rules, "ssh id:i-2 via=door");
	is(&rules, web, "", "ssh -l web -p 2222 -i /k/prod.pem -- "
		"198.51.100.7");
	is(&rules, web, "user=me", "ssh -l me -p 2222 -i /k/prod.pem -- "
		"198.51.100.7");
	is(&rules, hidden, "", "shell --to i-2 --as=all");
	connect_rules_clear(&rules);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void test_start_up_file(void **state)
{
	char folder[] = "/tmp/tucuxi-connect-XXXXXX";
	struct connect_rules rules = { 0 };
	struct error err = ERROR_INIT;
	struct str path = STR_INIT;

	(void)state;
	assert_non_null(mkdtemp(folder));
	str_addf(&path, "%s/rc", folder);
	assert_true(connect_rules_load(&rules, path.p, &err));
	write_file(path.p, "bind global x quit\nset theme dark; ssh a user=b "
		"# and so on\n\nssh c* port=23\n");
	assert_true(connect_rules_load(&rules, path.p, &err));
	assert_int_equal(rules.count, 2);
	write_file(path.p, "ssh a user=b\nssh a usr=b\n");
	assert_false(connect_rules_load(&rules, path.p, &err));
	assert_non_null(strstr(err.text, "rc:2: "));
	unlink(path.p);
	rmdir(folder);
	str_clear(&path);
	connect_rules_clear(&rules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_rules),
		cmocka_unit_test(test_what_comes_from_outside),
		cmocka_unit_test(test_no_way),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_start_up_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
