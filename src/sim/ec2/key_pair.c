/* SPDX-License-Identifier: MIT */
/* Key pairs: made, imported, deleted. Only the public part is kept. */
#include "sim/ec2/key_text.h"
#include "sim/ec2/kinds.h"
#include "sim/ec2/things.h"
#include "sim/xml.h"

#include <string.h>

#define NAME_MOST 255

static void seed_one(struct world *w, const char *name, const char *type,
	int days_ago, const char *fingerprint)
{
	struct thing *t = things_born(w, key_pair_kind(), w->born -
		days_ago * INT64_C(86400000));

	thing_set(t, "keyName", "%s", name);
	thing_set(t, "keyType", "%s", type);
	thing_set(t, "keyFingerprint", "%s", fingerprint);
}

static void seed(struct world *w)
{
	seed_one(w, "ops-2025", "rsa", 320,
		"1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f");
	seed_one(w, "windows-2024", "rsa", 700,
		"5a:20:8c:e4:0b:96:77:31:ca:1d:4e:7b:93:0f:ee:28:41:a6:5c:d2");
	seed_one(w, "anna", "ed25519", 12,
		"qPKMmFn1Mo8AzBpRSPVhEMpLQkJbGLxyfBbCZJHkWfE=");
}

static struct thing *find(struct call *c, const char *name)
{
	size_t cursor = 0;
	struct thing *t;

	while ((t = things_next(c->world, key_pair_kind(), c->now, &cursor)))
		if (thing_is(t, "keyName", name, c->now))
			return t;
	return NULL;
}

/* NULL: answered. */
static const char *new_name(struct call *c)
{
	const char *name = ec2_need(c, "KeyName");

	if (!name)
		return NULL;
	if (strlen(name) > NAME_MOST || name[strspn(name, " ")] == '\0' ||
		*name == ' ' || name[strlen(name) - 1] == ' ') {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter KeyName is invalid. Length exceeds maximum "
			"of 255, or spaces stand at its ends.", name);
		return NULL;
	}
	if (find(c, name)) {
		call_error(c, 400, "InvalidKeyPair.Duplicate", "The keypair "
			"already exists");
		return NULL;
	}
	return name;
}

static void reply(struct call *c, const struct thing *t, const char *material)
{
	struct thing_row row;

	thing_row_fill(c->world, t, c->now, &row);
	call_open(c);
	xml_add(c->out, "<keyPairId>%r</keyPairId><keyName>%s</keyName>"
		"<keyFingerprint>%r</keyFingerprint>", t->id,
		thing_get(t, "keyName", c->now),
		thing_get(t, "keyFingerprint", c->now));
	if (material)
		xml_add(c->out, "<keyMaterial>%s</keyMaterial>", material);
	tags_write(c->out, &row.row.tags);
	call_close(c);
}

static bool is_format(struct call *c)
{
	const char *format = call_param(c, "KeyFormat");

	if (!format || !strcmp(format, "pem"))
		return true;
	if (!strcmp(format, "ppk"))
		return call_error(c, 400, "UnsupportedOperation", "The "
			"simulator writes keys as PEM only");
	return call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
		"parameter KeyFormat is invalid. Valid values: pem, ppk",
		format);
}

static void create(struct call *c)
{
	const char *type = call_param(c, "KeyType");
	struct str pem = STR_INIT, print = STR_INIT;
	struct thing *t;

	if (!new_name(c) || !is_format(c))
		return;
	type = type ? type : "rsa";
	if (strcmp(type, "rsa") != 0 && strcmp(type, "ed25519") != 0) {
		call_error(c, 400, "InvalidParameterValue", "Value (%s) for "
			"parameter KeyType is invalid. Valid values: rsa, "
			"ed25519", type);
		return;
	}
	t = things_draft(c, key_pair_kind());
	if (!t)
		return;
	if (!key_make(type, &pem, &print)) {
		thing_free(t);
		call_error(c, 500, "InternalError", "No key could be made");
		goto out;
	}
	thing_set(t, "keyFingerprint", "%s", print.p);
	if (things_add(c, t))
		reply(c, t, pem.p);
out:
	str_wipe(&pem);
	str_clear(&print);
}

static void import(struct call *c)
{
	const char *material, *type;
	struct str print = STR_INIT;
	struct thing *t;

	if (!new_name(c))
		return;
	material = ec2_need(c, "PublicKeyMaterial");
	if (!material)
		return;
	type = key_read(material, &print);
	if (!type) {
		call_error(c, 400, "InvalidKey.Format", "Key is not in valid "
			"OpenSSH public key format");
		goto out;
	}
	t = things_draft(c, key_pair_kind());
	if (!t)
		goto out;
	thing_set(t, "keyType", "%s", type);
	thing_set(t, "keyFingerprint", "%s", print.p);
	if (things_add(c, t))
		reply(c, t, NULL);
out:
	str_clear(&print);
}

/* One that is not there is deleted all the same. */
static void delete(struct call *c)
{
	const char *id = call_param(c, "KeyPairId");
	const char *name = call_param(c, "KeyName");
	struct thing *t;

	if (!id && !name) {
		call_error(c, 400, "MissingParameter", "The request must "
			"contain the parameter KeyName or KeyPairId");
		return;
	}
	if (ec2_dry_run(c))
		return;
	t = id ? things_find(c->world, key_pair_kind(), id, c->now) :
		find(c, name);
	call_open(c);
	str_add(c->out, "<return>true</return>");
	if (t) {
		xml_add(c->out, "<keyPairId>%r</keyPairId>", t->id);
		things_remove(t, c->now);
	}
	call_close(c);
}

static const struct thing_member members[] = {
	{ "keyPairId", "key-pair-id", FROM_ID, NULL, NULL },
	{ "keyName", "key-name", FROM_PARAM, "KeyName", NULL },
	{ "keyFingerprint", "fingerprint", FROM_NOTHING, NULL, NULL },
	{ "keyType", NULL, FROM_PARAM, "KeyType", "rsa" },
	{ "createTime", NULL, FROM_TIME, NULL, NULL },
	{ .path = NULL }
};

static const struct sim_action actions[] = {
	{ .name = "CreateKeyPair", .run = create, .write = true,
	  .parameters = EC2_TAGS "KeyName KeyType KeyFormat" },
	{ .name = "DeleteKeyPair", .run = delete, .write = true, .parameters = "KeyName KeyPairId" },
	{ .name = "DescribeKeyPairs", .run = things_describe,
	  .parameters = EC2_FILTERS "KeyName.N KeyPairId.N IncludePublicKey" },
	{ .name = "ImportKeyPair", .run = import, .write = true,
	  .parameters = EC2_TAGS "KeyName PublicKeyMaterial" },
	{ .name = NULL }
};

static const struct thing_name names[] = {
	{ "KeyName", "keyName", "InvalidKeyPair.NotFound", NULL },
	{ .param = NULL }
};

static const struct thing_kind kind = {
	.list = { .set = "keySet", .id_param = "KeyPairId", .id_name = "key pair", .prefix = "key-",
		.malformed = "InvalidKeyPairId.Malformed", .not_found = "InvalidKeyPair.NotFound",
		.kind = ID_KEY_PAIR, .stored = true },
	.type = "key-pair", .describe = "DescribeKeyPairs", .members = members,
	.names = names, .actions = actions, .seed = seed,
	.most = 5000, .most_code = "KeyPairLimitExceeded",
	.most_text = "The maximum number of key pairs has been reached.",
};

const struct thing_kind *key_pair_kind(void)
{
	return &kind;
}
