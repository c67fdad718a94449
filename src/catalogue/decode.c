/* SPDX-License-Identifier: MIT */
#include "catalogue/decode.h"

#include "aws/rsa.h"

#include <string.h>

bool decode_base64(const char *text, size_t len, const char *key,
	struct str *out, struct error *err)
{
	struct str raw = STR_INIT;
	bool ok = str_add_unbase64(&raw, text, len);

	(void)key;
	for (size_t i = 0; ok && i < raw.len; i++)
		if (raw.p[i])
			ok = str_addc(out, raw.p[i]);
	str_wipe(&raw);
	return ok || error_set(err, ERR_PARSE, "what came is not base64");
}

bool decode_password(const char *text, size_t len, const char *key,
	struct str *out, struct error *err)
{
	const char *blanks = " \t\r\n";
	size_t from = strspn(text, blanks);
	struct str raw = STR_INIT;
	bool ok;

	while (len > from && strchr(blanks, text[len - 1]))
		len--;
	if (len <= from)
		return error_set(err, ERR_NOT_FOUND, "there is no password: "
			"it is not a Windows instance with a key pair, or it "
			"has started less than 15 minutes ago");
	if (!key)
		return error_set(err, ERR_USAGE, "the private key is missing");
	ok = str_add_unbase64(&raw, text + from, len - from) ||
		error_set(err, ERR_PARSE, "what came is not base64");
	ok = ok && rsa_decrypt(key, strlen(key), raw.p, raw.len, out, err);
	str_wipe(&raw);
	return ok && str_addc(out, '\n');
}
