/* SPDX-License-Identifier: MIT */
#include "ui/palette.h"

#include "base/mem.h"
#include "cli/setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#define BLACK 0x000000u
#define WHITE 0xffffffu
#define GREY 0xe5e5e5u       /* xterm's own text on black */

static bool words_of(struct palette *p, const char *line, struct error *err)
{
	struct words w = { 0 };
	bool ok = words_split(&w, &line, err) && palette_words(p, &w, err);

	words_clear(&w);
	return ok;
}

static void refuse(const char *line, const char *why)
{
	struct palette p = { .set = { false } };
	struct error err = ERROR_INIT;

	assert_false(words_of(&p, line, &err));
	assert_int_equal(err.kind, ERR_USAGE);
	if (!strstr(err.text, why))
		fail_msg("%s: not a word of %s", err.text, why);
	for (int i = 0; i < LOOK_COUNT; i++)
		assert_false(p.set[i]);
}

static void test_refused(void **state)
{
	(void)state;
	refuse("color", "color ROLE");
	refuse("color bad", "color ROLE");
	refuse("color baad red", "did you mean bad");
	refuse("color bad purplish", "no colour");
	refuse("color bad 256", "no colour");
	refuse("color bad -1", "no colour");
	refuse("color bad '#12345'", "no colour");
	refuse("color bad '#12345g'", "no colour");
	refuse("color bad '#1234567'", "no colour");
	refuse("color bad red green", "already");
	refuse("color bad red on", "behind on");
	refuse("color bad on", "behind on");
	refuse("color bad red on blue bold", "behind on");
	refuse("color bad on purplish", "no colour");
}

static void test_lines_are_read_back(void **state)
{
	static const char *const lines[] = {
		"color bad bold underline red on white",
		"color text default", "color dim #808080",
		"color good dim 42 on #0010ff",
		"color selected reverse default on bright-black",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct palette p = { .set = { false } };
		struct error err = ERROR_INIT;
		struct str out = STR_INIT;

		assert_true(words_of(&p, lines[i], &err));
		for (int k = 0; k < LOOK_COUNT; k++)
			if (p.set[k])
				palette_line((enum look)k, &p.looks[k], &out);
		assert_string_equal(out.p, lines[i]);
		str_clear(&out);
	}
}

static void test_own_colours_stand_above_the_theme(void **state)
{
	struct palette p = { .set = { false } };
	struct palette_want w = { "dark", 256, false, &p };
	struct error err = ERROR_INIT;
	struct style before = palette_style(&w, LOOK_GOOD), now;

	(void)state;
	assert_true(words_of(&p, "color good bold #ff0000", &err));
	now = palette_style(&w, LOOK_GOOD);
	assert_int_equal(now.fg, 196);
	assert_int_equal(now.attributes, STYLE_BOLD);
	w.depth = 16;
	assert_int_equal(palette_style(&w, LOOK_GOOD).fg, 9);
	w.depth = 8;
	assert_int_equal(palette_style(&w, LOOK_GOOD).fg, 1);
	w.depth = 0;
	assert_int_equal(palette_style(&w, LOOK_GOOD).fg, COLOUR_OWN);
	assert_int_equal(palette_style(&w, LOOK_GOOD).attributes, STYLE_BOLD);
	w.depth = 256;
	assert_true(words_of(&p, "color good reset", &err));
	now = palette_style(&w, LOOK_GOOD);
	assert_int_equal(now.fg, before.fg);
}

static void test_nearest(void **state)
{
	(void)state;
	assert_int_equal(colour_nearest(COLOUR_RGB | 0x010101, 256), 16);
	assert_int_equal(colour_nearest(COLOUR_RGB | 0x303030, 256), 236);
	assert_int_equal(colour_nearest(COLOUR_RGB | 0xff0000, 256), 196);
	assert_int_equal(colour_nearest(COLOUR_RGB | 0xff0000, 16), 9);
	assert_int_equal(colour_nearest(COLOUR_RGB | 0xc00000, 8), 1);
	assert_int_equal(colour_nearest(196, 16), 9);
	assert_int_equal(colour_nearest(7, 8), 7);
	assert_int_equal(colour_nearest(COLOUR_OWN, 8), COLOUR_OWN);
	for (int i = 0; i < 256; i++)
		assert_int_equal(colour_nearest(i, 256), i);
}

/* The numbers that WCAG's own examples have. */
static void test_contrast(void **state)
{
	(void)state;
	assert_float_equal(colour_contrast(BLACK, WHITE), 21, 0.001);
	assert_float_equal(colour_contrast(WHITE, WHITE), 1, 0.001);
	assert_float_equal(colour_contrast(0x777777, WHITE), 4.478, 0.001);
	assert_float_equal(colour_contrast(0x767676, WHITE), 4.542, 0.001);
}

/* Faint text is mixed with what it stands on, one third of it, as VTE and
 * others do. */
static uint32_t faint(uint32_t fg, uint32_t bg)
{
	uint32_t out = 0;

	for (int shift = 0; shift < 24; shift += 8)
		out |= ((fg >> shift & 255) * 2 + (bg >> shift & 255)) / 3 <<
			shift;
	return out;
}

/* With eight colours what is bold is bright too. */
static double contrast_of(struct style s, bool light, int depth)
{
	uint32_t ground = light ? WHITE : BLACK;
	uint32_t fg = s.fg == COLOUR_OWN ? light ? BLACK : GREY :
		colour_rgb(depth == 8 && (s.attributes & STYLE_BOLD) &&
			s.fg < 8 ? s.fg + 8 : s.fg);
	uint32_t bg = s.bg == COLOUR_OWN ? ground : colour_rgb(s.bg);

	if (s.attributes & STYLE_DIM)
		fg = faint(fg, bg);
	return colour_contrast(fg, bg);
}

static void check(const char *theme, bool light, double least)
{
	static const int depths[] = { COLOUR_EXACT, 256, 16, 8, 0 };
	bool failed = false;

	for (size_t d = 0; d < sizeof(depths) / sizeof(depths[0]); d++)
		for (int i = 0; i < LOOK_COUNT; i++) {
			struct palette_want w = { theme, depths[d], light,
				NULL };
			double plain = contrast_of(palette_style(&w,
				(enum look)i), light, depths[d]);
			double bar = contrast_of(palette_bar(&w,
				(enum look)i), light, depths[d]);

			if (plain >= least && bar >= least)
				continue;
			failed = true;
			print_error("%s, %s, %d colours: %s %.2f, on the "
				"bar %.2f\n", theme, light ? "light" : "dark",
				depths[d], look_name((enum look)i), plain,
				bar);
		}
	assert_false(failed);
}

static void test_every_role_can_be_read(void **state)
{
	(void)state;
	check("default", false, 4.5);
	check("default", true, 4.5);
	check("dark", false, 4.5);
	check("light", true, 4.5);
	check("mono", false, 4.5);
	check("mono", true, 4.5);
	check("colour-blind", false, 4.5);
	check("colour-blind", true, 4.5);
	check("high-contrast", false, 7);
	check("high-contrast", true, 7);
}

/* The title that a profile has coloured, whatever the colour and however
 * near to it the terminal comes. */
static void test_any_ground_can_be_read(void **state)
{
	static const int depths[] = { COLOUR_EXACT, 256, 16, 8, 0 };

	(void)state;
	for (int i = 0; i < 5 * (256 + 512); i++) {
		int n = i / 5;
		struct palette own = { .set = { false } };
		struct palette_want w = { "default", depths[i % 5], false,
			&own };
		struct style s;

		palette_ground(&own, LOOK_TITLE, n < 256 ? n : COLOUR_RGB |
			((n - 256) % 8 * 36) << 16 |
			((n - 256) / 8 % 8 * 36) << 8 | (n - 256) / 64 * 36);
		s = palette_style(&w, LOOK_TITLE);
		if (contrast_of(s, false, w.depth) < 4.5)
			fail_msg("%d of %d colours: %.2f", n, w.depth,
				contrast_of(s, false, w.depth));
	}
}

/* Danger is seen, and what is selected differs from what is not. */
static void test_roles_differ(void **state)
{
	static const enum look pairs[][2] = {
		{ LOOK_TEXT, LOOK_BAD }, { LOOK_TEXT, LOOK_WARN },
		{ LOOK_GOOD, LOOK_BAD }, { LOOK_WARN, LOOK_BAD },
		{ LOOK_TEXT, LOOK_SELECTED }, { LOOK_TEXT, LOOK_MARKED },
		{ LOOK_TEXT, LOOK_MATCH }, { LOOK_TEXT, LOOK_TITLE },
	};
	static const char *const names[] = { "default", "dark", "light",
		"mono", "colour-blind", "high-contrast" };
	static const int depths[] = { COLOUR_EXACT, 256, 16, 8, 0 };

	(void)state;
	for (size_t n = 0; n < 6 * 5 * 2; n++)
		for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]);
		    i++) {
			struct palette_want w = { names[n / 10],
				depths[n / 2 % 5], n % 2, NULL };
			struct style a = palette_style(&w, pairs[i][0]);
			struct style b = palette_style(&w, pairs[i][1]);

			if (a.fg == b.fg && a.bg == b.bg &&
			    a.attributes == b.attributes)
				fail_msg("%s %d: %s is %s", w.theme, w.depth,
					look_name(pairs[i][0]),
					look_name(pairs[i][1]));
			assert_true(a.fg < 256 || w.depth == COLOUR_EXACT);
			assert_true(a.fg < w.depth || a.fg == COLOUR_OWN ||
				w.depth == COLOUR_EXACT);
		}
}

static void test_the_setting_knows_them_all(void **state)
{
	struct error err = ERROR_INIT;
	const struct setting *s = setting_find("theme", &err);

	(void)state;
	assert_string_equal(s->choices, palette_themes());
	for (const char *p = palette_themes(); *p;) {
		size_t len = strcspn(p, " ");
		char *name = xstrndup(p, len);

		assert_true(palette_has(name));
		free(name);
		p += len + (p[len] == ' ');
	}
	assert_false(palette_has("solarised"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_lines_are_read_back),
		cmocka_unit_test(test_own_colours_stand_above_the_theme),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_contrast),
		cmocka_unit_test(test_every_role_can_be_read),
		cmocka_unit_test(test_any_ground_can_be_read),
		cmocka_unit_test(test_roles_differ),
		cmocka_unit_test(test_the_setting_knows_them_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
