/* SPDX-License-Identifier: MIT */
/* What goes with key pairs and spot requests. */
#include "catalogue/check.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MOST 255
#define PRICE_MOST 100000

bool check_key_name(const char *text, struct str *normal, struct error *err)
{
	size_t len = strlen(text);

	if (!len || len > NAME_MOST)
		return error_set(err, ERR_USAGE, "has 1 to %d characters",
			NAME_MOST);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80 || text[i] < ' ')
			return error_set(err, ERR_USAGE, "is plain ASCII");
	if (*text == ' ' || text[len - 1] == ' ')
		return error_set(err, ERR_USAGE, "has no blank at its ends");
	return str_add(normal, text);
}

/* Does the blob begin with the name of its type, as in RFC 4253, 6.6? */
static bool is_blob(const char *type, const char *base64, size_t len)
{
	size_t size = strlen(type);
	struct str blob = STR_INIT;
	bool ok = str_add_unbase64(&blob, base64, len) && blob.len > size + 8
		&& (unsigned char)blob.p[3] == size &&
		!memcmp(blob.p + 4, type, size);

	str_clear(&blob);
	return ok;
}

bool check_public_key(const char *text, struct str *normal,
	struct error *err)
{
	static const char *const types[] = { "ssh-rsa", "ssh-ed25519" };

	if (strstr(text, "PRIVATE KEY"))
		return error_set(err, ERR_USAGE, "is a private key, which "
			"goes to nobody: give the public one, as in "
			"~/.ssh/id_ed25519.pub");
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		size_t len = strlen(types[i]);
		const char *blob = text + len + 1;

		if (str_starts(text, types[i]) && text[len] == ' ' &&
		    is_blob(types[i], blob, strcspn(blob, " \r\n")))
			return str_add(normal, text);
	}
	return error_set(err, ERR_USAGE, "is a public key as OpenSSH writes "
		"it: one line, ssh-rsa or ssh-ed25519 and the key");
}

bool check_price(const char *text, struct str *normal, struct error *err)
{
	const char *from = *text == '$' ? text + 1 : text;
	char *end;
	double price = strtod(from, &end);

	if (end == from || *end || from[strspn(from, "0123456789.")] ||
	    !(price > 0) || price > PRICE_MOST)
		return error_set(err, ERR_USAGE, "is dollars an hour, such "
			"as 0.05");
	return str_add(normal, from);
}

bool check_tag_key(const char *text, struct str *normal, struct error *err)
{
	struct str pair = STR_INIT, unused = STR_INIT;
	bool ok;

	str_addf(&pair, "%s=", text);
	ok = *text ? check_tag(pair.p, &unused, err) :
		error_set(err, ERR_USAGE, "may not be empty");
	str_clear(&pair);
	str_clear(&unused);
	return ok && str_add(normal, text);
}
