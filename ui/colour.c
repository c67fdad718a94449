/* SPDX-License-Identifier: MIT */
#include "ui/colour.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#define CUBE 16               /* 6 × 6 × 6 colours, then greys */
#define GREYS 232

/* xterm's defaults for what ECMA-48 only names. */
static const struct {
	const char *name;
	uint32_t rgb;
} sixteen[16] = {
	{ "black", 0x000000 }, { "red", 0xcd0000 }, { "green", 0x00cd00 },
	{ "yellow", 0xcdcd00 }, { "blue", 0x0000ee },
	{ "magenta", 0xcd00cd }, { "cyan", 0x00cdcd },
	{ "white", 0xe5e5e5 }, { "bright-black", 0x7f7f7f },
	{ "bright-red", 0xff0000 }, { "bright-green", 0x00ff00 },
	{ "bright-yellow", 0xffff00 }, { "bright-blue", 0x5c5cff },
	{ "bright-magenta", 0xff00ff }, { "bright-cyan", 0x00ffff },
	{ "bright-white", 0xffffff },
};

static bool parse_rgb(const char *text, int *colour)
{
	int value = 0;

	if (strlen(text) != 7)
		return false;
	for (text++; *text; text++) {
		const char *digit = strchr("0123456789abcdef", *text | 32);

		if (!digit || *text < '0')
			return false;
		value = value * 16 + (int)(digit - "0123456789abcdef");
	}
	*colour = COLOUR_RGB | value;
	return true;
}

bool colour_parse(const char *text, int *colour, struct error *err)
{
	long number;

	if (str_eq(text, "default")) {
		*colour = COLOUR_OWN;
		return true;
	}
	if (*text == '#' && parse_rgb(text, colour))
		return true;
	if (str_int(text, 0, 255, &number)) {
		*colour = (int)number;
		return true;
	}
	if (str_eq(text, "grey") || str_eq(text, "gray"))
		text = "bright-black";
	for (int i = 0; i < 16; i++)
		if (str_eq(sixteen[i].name, text)) {
			*colour = i;
			return true;
		}
	return error_set(err, ERR_USAGE, "%.40s is no colour: red, "
		"bright-red, default, 0 to 255, #rrggbb", text);
}

void colour_text(int colour, struct str *out)
{
	if (colour == COLOUR_OWN)
		str_add(out, "default");
	else if (colour & COLOUR_RGB)
		str_addf(out, "#%06x", colour & 0xffffff);
	else if (colour < 16)
		str_add(out, sixteen[colour].name);
	else
		str_addf(out, "%d", colour);
}

static uint32_t cube_level(int n)
{
	return n ? (uint32_t)(55 + 40 * n) : 0;
}

uint32_t colour_rgb(int colour)
{
	uint32_t grey;

	if (colour & COLOUR_RGB)
		return (uint32_t)colour & 0xffffff;
	if (colour < CUBE)
		return sixteen[colour].rgb;
	if (colour < GREYS) {
		colour -= CUBE;
		return cube_level(colour / 36) << 16 |
			cube_level(colour / 6 % 6) << 8 |
			cube_level(colour % 6);
	}
	grey = (uint32_t)(8 + 10 * (colour - GREYS));
	return grey << 16 | grey << 8 | grey;
}

/* Nearer to how far apart eyes see them than the plain distance is. */
static int distance(uint32_t a, uint32_t b)
{
	int red = (int)(a >> 16) - (int)(b >> 16);
	int green = (int)(a >> 8 & 255) - (int)(b >> 8 & 255);
	int blue = (int)(a & 255) - (int)(b & 255);
	int mean = ((int)(a >> 16) + (int)(b >> 16)) / 2;

	return (512 + mean) * red * red / 256 + 4 * green * green +
		(767 - mean) * blue * blue / 256;
}

int colour_nearest(int colour, int depth)
{
	int first = depth == 256 ? CUBE : 0;    /* people change the 16 */
	int best = INT_MAX, nearest = first;

	if (colour == COLOUR_OWN || depth >= COLOUR_EXACT ||
	    (!(colour & COLOUR_RGB) && colour < depth))
		return colour;
	for (int i = first; i < depth; i++) {
		int far = distance(colour_rgb(colour), colour_rgb(i));

		if (far >= best)
			continue;
		best = far;
		nearest = i;
	}
	return nearest;
}

static double linear(uint32_t channel)
{
	double c = (double)(channel & 255) / 255;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
	return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) +
		0.0722 * linear(rgb);
}

double colour_contrast(uint32_t a, uint32_t b)
{
	double one = luminance(a) + 0.05, other = luminance(b) + 0.05;

	return one > other ? one / other : other / one;
}
