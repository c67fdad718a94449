/* SPDX-License-Identifier: MIT */
#include "cli/complete.h"

#include "cli/verb.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct scene {
	struct doc_names *names;
	struct catalogue *catalogue;
	struct profiles *profiles;
};

static int open_scene(void **state)
{
	static struct scene s;

	s.names = doc_names_new();
	s.catalogue = catalogue_open(s.names);
	s.profiles = profiles_empty();
	*state = &s;
	return 0;
}

static int close_scene(void **state)
{
	struct scene *s = *state;

	profiles_free(s->profiles);
	catalogue_close(s->catalogue);
	doc_names_free(s->names);
	return 0;
}

/* What is offered for words, the last of which is being typed. */
static void offer(void **state, struct str *out, size_t count,
	const char *const *words)
{
	struct scene *s = *state;
	struct complete c = { .catalogue = s->catalogue,
		.profiles = s->profiles, .words = words, .count = count };

	str_reset(out);
	complete_words(&c, out);
}

#define OFFER(...) offer(state, &out, \
	sizeof((const char *[]){ __VA_ARGS__ }) / sizeof(char *), \
	(const char *[]){ __VA_ARGS__ })

static void what_makes_no_sense_offers_nothing(void **state)
{
	struct str out = STR_INIT;

	offer(state, &out, 0, NULL);
	assert_string_equal(out.p, "");
	OFFER("ls", "nothing", "--columns", "");
	assert_string_equal(out.p, "");
	OFFER("--nonsense", "--=");
	assert_string_equal(out.p, "");
	OFFER("-p", "");
	assert_string_equal(out.p, "");
	OFFER("creds", "vol");
	assert_string_equal(out.p, "");
	OFFER("ls", "instances", "vol");
	assert_string_equal(out.p, "");
	OFFER("a", "b", "c", "d", "e", "f");
	assert_string_equal(out.p, "");
	str_clear(&out);
}

static void what_is_typed_is_made_harmless(void **state)
{
	struct str out = STR_INIT;

	OFFER("-r", "\x1b[2J,eu-west-3");
	assert_null(strchr(out.p, '\x1b'));
	assert_non_null(strstr(out.p, ",eu-west-3\t"));
	str_clear(&out);
}

static void one_word_a_line_with_its_meaning(void **state)
{
	struct str out = STR_INIT;

	OFFER("ls", "snap");
	assert_string_equal(out.p, "snapshots\tSnapshots\n");
	OFFER("--region=eu-west-1,eu-west-3");
	assert_string_equal(out.p,
		"--region=eu-west-1,eu-west-3\tEurope (Paris)\n");
	OFFER("-reu-west-3");
	assert_string_equal(out.p, "-reu-west-3\tEurope (Paris)\n");
	OFFER("--log", "/tmp/x");
	assert_string_equal(out.p, COMPLETE_FILES "\t\n");
	str_clear(&out);
}

static void what_is_listed_is_not_offered_again(void **state)
{
	struct str out = STR_INIT;

	OFFER("-r", "eu-west-3,eu-west-3");
	assert_string_equal(out.p, "");
	OFFER("-r", "eu-west-3,a");
	assert_null(strstr(out.p, "all"));
	str_clear(&out);
}

static void hidden_verbs_stay_hidden(void **state)
{
	struct str out = STR_INIT;

	OFFER("");
	for (const struct verb *v = verb_table(); v->name; v++) {
		struct str line = STR_INIT;

		str_addf(&line, "%s\t%s\n", v->name, v->help);
		if (v->hidden == (strstr(out.p, line.p) != NULL))
			fail_msg("%s", v->name);
		str_clear(&line);
	}
	str_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_makes_no_sense_offers_nothing),
		cmocka_unit_test(what_is_typed_is_made_harmless),
		cmocka_unit_test(one_word_a_line_with_its_meaning),
		cmocka_unit_test(what_is_listed_is_not_offered_again),
		cmocka_unit_test(hidden_verbs_stay_hidden),
	};

	return cmocka_run_group_tests(tests, open_scene, close_scene);
}
