/* SPDX-License-Identifier: MIT */
/*
 * Where a service answers. Almost every host follows one pattern; a row
 * says what is different for one service. Held against AWS's own data by
 * tests/contract/endpoints.py.
 */
#include "aws/region.h"

#include "base/str.h"

#include <arpa/inet.h>
#include <string.h>

enum variant { PLAIN, FIPS, DUAL, FIPS_DUAL, VARIANTS };

/* {p} prefix, {r} region, {s} suffix, {d} dual-stack suffix. */
static const char *const usual[VARIANTS] = {
	"{p}.{r}.{s}", "{p}-fips.{r}.{s}", "{p}.{r}.{d}", "{p}-fips.{r}.{d}"
};

/* The first row that fits prefix, partition (NULL: any) and asked region
 * (NULL: any) gives the hosts that it has; the usual ones fill the rest. */
struct rule {
	const char *prefix;
	const char *partition;
	const char *only;
	const char *region;      /* there and in the signature; NULL: usual */
	const char *hosts[VARIANTS];
};

static const struct rule rules[] = {
	{ "s3", NULL, NULL, NULL,
		{ NULL, NULL, "{p}.dualstack.{r}.{s}", "{p}-fips.dualstack.{r}.{s}" } },

	{ "cloudfront", "aws", NULL, NULL,
		{ "{p}.{s}", "{p}-fips.{s}", "{p}.global.{d}", "{p}-fips.global.{d}" } },
	{ "cloudfront", "aws-cn", NULL, NULL, { NULL, NULL, "{p}.{d}", "{p}-fips.{d}" } },
	{ "cloudfront", NULL, NULL, NULL, { "{p}.{s}", "{p}-fips.{s}", "{p}.{d}", "{p}-fips.{d}" } },

	{ "iam", "aws", NULL, NULL, { "{p}.{s}", "{p}-fips.{s}", "{p}.global.{d}", "{p}-fips.global.{d}" } },
	{ "iam", "aws-cn", NULL, "cn-north-1", { NULL, "{p}-fips.{s}", "{p}.global.{d}", "{p}-fips.{d}" } },
	{ "iam", "aws-us-gov", NULL, NULL,
		{ "{p}.us-gov.{s}", "{p}.us-gov.{s}", "{p}.us-gov.{d}", "{p}.us-gov.{d}" } },
	{ "iam", NULL, NULL, NULL, { NULL, NULL, "{p}.{d}", "{p}-fips.{d}" } },

	{ "route53", "aws", NULL, NULL, { "{p}.{s}", "{p}-fips.{s}", "{p}.global.{d}", "{p}-fips.global.{d}" } },
	{ "route53", "aws-cn", NULL, NULL, { "{p}.{s}", "{p}-fips.{s}", "{p}.global.{d}", "{p}-fips.{d}" } },
	{ "route53", "aws-eusc", NULL, NULL, { "{p}.{s}", "{p}-fips.{s}", "{p}.global.{d}", "{p}-fips.{d}" } },
	{ "route53", "aws-us-gov", NULL, NULL,
		{ "{p}.us-gov.{s}", "{p}.us-gov.{s}", "{p}.us-gov.{d}", "{p}.us-gov.{d}" } },
	{ "route53", NULL, NULL, NULL, { "{p}.{s}", "{p}-fips.{s}", "{p}.{d}", "{p}-fips.{d}" } },

	{ "importexport", "aws", NULL, "us-east-1", { "{p}.{s}" } },
	{ "support", "aws-cn", NULL, "cn-north-1", { NULL } },
	{ "ce", "aws-eusc", NULL, NULL, { "{p}.{r}.{d}", "{p}-fips.{r}.{d}" } },
	{ "health", "aws-eusc", NULL, NULL, { "{p}.{r}.{d}", "{p}-fips.{r}.{d}" } },
	{ "signin", "aws", NULL, NULL, { "{r}.signin.aws.amazon.com" } },
	{ "signin", "aws-cn", NULL, NULL, { "{r}.signin.amazonaws.cn" } },
	{ "signin", "aws-us-gov", NULL, NULL, { "{r}.signin.amazonaws-us-gov.com" } },

	{ "sdb", "aws", "us-east-1", NULL, { "{p}.{s}" } },
	{ "eks", "aws", NULL, NULL, { NULL, "fips.{p}.{r}.{s}" } },
	{ "api.ecr", NULL, NULL, NULL, { NULL, "ecr-fips.{r}.{s}", "ecr.{r}.{d}", "ecr-fips.{r}.{d}" } },
	{ "secretsmanager", "aws-eusc", NULL, NULL, { NULL } },
	{ "secretsmanager", NULL, NULL, NULL, { NULL, NULL, "{p}.{r}.{s}", "{p}-fips.{r}.{s}" } },
	{ "elasticfilesystem", NULL, NULL, NULL, { NULL, NULL, "efs.{r}.{d}", "efs-fips.{r}.{d}" } },
	{ "es", NULL, NULL, NULL, { NULL, NULL, "aos.{r}.{d}" } },
	{ "swf", "aws-us-gov", NULL, NULL, { NULL, "{p}.{r}.{s}", "{p}-fips.{r}.{d}" } },
	{ "states", "aws-us-gov", "us-gov-west-1", NULL, { NULL, "{p}.{r}.{s}", "{p}-fips.{r}.{d}" } },
	{ "states", "aws-us-gov", NULL, NULL, { NULL, NULL, "{p}-fips.{r}.{d}" } },
	{ "monitoring", "aws-us-gov", NULL, NULL, { NULL, "{p}.{r}.{s}", NULL, "{p}.{r}.{d}" } },
	{ "events", "aws-us-gov", NULL, NULL, { NULL, "{p}.{r}.{s}", NULL, "{p}.{r}.{d}" } },
};

/* GovCloud: their only host is the FIPS one. */
static const char *const govcloud_fips[] = {
	"acm", "autoscaling", "cloudformation", "cloudtrail", "config",
	"dynamodb", "ec2", "eks", "elasticache", "elasticbeanstalk",
	"elasticloadbalancing", "elasticmapreduce", "glacier", "logs",
	"oidc", "organizations", "portal.sso", "rds", "redshift",
	"servicequotas", "sns", "sqs", "ssm", "sts", "support"
};

static const struct rule *find_rule(const char *prefix,
	const struct partition *partition, const char *region)
{
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
		const struct rule *r = &rules[i];

		if (strcmp(r->prefix, prefix) == 0 && (!r->partition ||
				strcmp(r->partition, partition->name) == 0) &&
				(!r->only || strcmp(r->only, region) == 0))
			return r;
	}
	return NULL;
}

static bool is_fips_already(const char *prefix,
	const struct partition *partition)
{
	size_t i;

	if (strcmp(partition->name, "aws-us-gov") != 0)
		return false;
	for (i = 0; i < sizeof(govcloud_fips) / sizeof(*govcloud_fips); i++)
		if (strcmp(govcloud_fips[i], prefix) == 0)
			return true;
	return false;
}

static const char *pick_pattern(const struct rule *rule,
	const char *prefix, const struct partition *partition,
	enum variant variant)
{
	if (rule && rule->hosts[variant])
		return rule->hosts[variant];
	if (variant == FIPS && is_fips_already(prefix, partition))
		return usual[PLAIN];
	return usual[variant];
}

static void fill_pattern(struct str *host, const char *pattern,
	const char *prefix, const char *region,
	const struct partition *partition)
{
	for (; *pattern; pattern++) {
		if (*pattern != '{') {
			str_addc(host, *pattern);
			continue;
		}
		switch (pattern[1]) {
		case 'p': str_add(host, prefix); break;
		case 'r': str_add(host, region); break;
		case 's': str_add(host, partition->suffix); break;
		default:  str_add(host, partition->dualstack); break;
		}
		pattern += 2;
	}
}

static bool copy(char *to, size_t room, const char *text, size_t len)
{
	if (len >= room)
		return false;
	memcpy(to, text, len);
	to[len] = '\0';
	return true;
}

static bool bad_url(struct error *err, const char *why)
{
	return error_set(err, ERR_USAGE, "the endpoint URL %s", why);
}

/* [::1] or a name; returns what stands after it, NULL when malformed. */
static const char *parse_host(struct endpoint *e, const char *at)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
	struct in6_addr address;
	char inside[64];
	const char *close;
	size_t len, i;

	if (*at == '[') {
		close = strchr(at, ']');
		if (!close || !copy(inside, sizeof(inside), at + 1,
				(size_t)(close - at - 1)) ||
				inet_pton(AF_INET6, inside, &address) != 1)
			return NULL;
		len = (size_t)(close - at + 1);
	} else {
		len = strspn(at, letters);
		if (!len || *at == '.' || *at == '-')
			return NULL;
	}
	if (!copy(e->host, sizeof(e->host), at, len))
		return NULL;
	for (i = 0; i < len; i++)
		if (e->host[i] >= 'A' && e->host[i] <= 'Z')
			e->host[i] = (char)(e->host[i] - 'A' + 'a');
	return at + len;
}

static const char *parse_port(struct endpoint *e, const char *at)
{
	char digits[8];
	size_t len = strspn(at, "0123456789");
	long port;

	if (!copy(digits, sizeof(digits), at, len) ||
			!str_int(digits, 1, 65535, &port))
		return NULL;
	e->port = (unsigned)port;
	return at + len;
}

static bool parse_path(struct endpoint *e, const char *at, struct error *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@%/";
	size_t len = strlen(at);

	if (strspn(at, letters) != len)
		return bad_url(err, "has a path with a sign that no URL path "
			"may have, or a query or fragment");
	while (len && at[len - 1] == '/')
		len--;
	if (!copy(e->path, sizeof(e->path), at, len))
		return bad_url(err, "has a path that is too long");
	return true;
}

bool endpoint_parse(struct endpoint *e, const char *url, struct error *err)
{
	const char *at = strstr(url, "://");
	size_t scheme = at ? (size_t)(at - url) : 0;

	*e = (struct endpoint){ .custom = true };
	e->tls = scheme == 5;
	if ((scheme != 5 || strncasecmp(url, "https", 5) != 0) &&
			(scheme != 4 || strncasecmp(url, "http", 4) != 0))
		return bad_url(err, "does not start with http:// or https://");
	at += 3;
	if (strcspn(at, "@") < strcspn(at, "/?#"))
		return bad_url(err, "may not hold a user name or password");
	at = parse_host(e, at);
	if (at && *at == ':')
		at = parse_port(e, at + 1);
	if (!at || (*at && !strchr("/?#", *at)))
		return bad_url(err, "has no valid host and port");
	return parse_path(e, at, err);
}

static bool wants_dualstack(const struct aws_config *config,
	const struct service *service)
{
	const char *value = NULL;

	if (config->use_dualstack || !(service->flags & SERVICE_S3))
		return config->use_dualstack;
	if (config->profiles)
		value = profiles_get_nested(config->profiles,
			config->profile, "s3", "use_dualstack_endpoint");
	return value && str_ieq(value, "true");
}

static bool set_host(struct endpoint *e, const char *pattern,
	const char *prefix, const char *region,
	const struct partition *partition, struct error *err)
{
	struct str host = STR_INIT;
	bool ok;

	fill_pattern(&host, pattern, prefix, region, partition);
	ok = copy(e->host, sizeof(e->host), host.p, host.len);
	str_clear(&host);
	return ok || error_set(err, ERR_USAGE, "region %s: name is too long",
		region);
}

bool endpoint_resolve(struct endpoint *e, const struct aws_config *config,
	const struct service *service, const char *region,
	struct error *err)
{
	const struct partition *partition;
	const struct rule *rule;
	const char *source, *url, *signing;
	enum variant variant;

	if (!region_valid(region))
		return error_set(err, ERR_USAGE, "'%s' is not the name of a "
			"region", region);
	partition = region_partition(region);
	rule = find_rule(service->prefix, partition, region);
	if (service->flags & SERVICE_GLOBAL)
		region = partition->global_region;
	if (rule && rule->region)
		region = rule->region;
	url = config_endpoint_url(config, service, &source);
	if (url && !endpoint_parse(e, url, err))
		return error_prefix(err, "%s", source);
	if (!url) {
		*e = (struct endpoint){ .tls = true };
		variant = (config->use_fips ? FIPS : PLAIN) +
			(wants_dualstack(config, service) ? DUAL : PLAIN);
		if (!set_host(e, pick_pattern(rule, service->prefix,
				partition, variant), service->prefix, region,
				partition, err))
			return false;
	}
	signing = service->signing ? service->signing : service->prefix;
	copy(e->signing_region, sizeof(e->signing_region), region,
		strlen(region));
	if (!copy(e->signing_name, sizeof(e->signing_name), signing,
			strlen(signing)))
		return error_set(err, ERR_USAGE, "%s: signing name is too "
			"long", service->name);
	return true;
}

static bool is_address(const char *host)
{
	struct in_addr address;

	return *host == '[' || inet_pton(AF_INET, host, &address) == 1;
}

/* A host label, or labels where the certificate does not matter. */
static bool is_host_name(const char *bucket, bool dots)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyz0123456789-.";
	size_t len = strlen(bucket);

	if (len < 3 || len > 63 || strspn(bucket, letters) != len)
		return false;
	if (strchr(".-", bucket[0]) || strchr(".-", bucket[len - 1]))
		return false;
	if (strstr(bucket, "..") || strstr(bucket, ".-") ||
			strstr(bucket, "-."))
		return false;
	return !strchr(bucket, '.') || (dots && !is_address(bucket));
}

/* A URL that somebody gave is most often a look-alike without a wildcard
 * name: the bucket goes into the path unless the profile says `virtual`. */
bool endpoint_bucket_in_host(const struct endpoint *e,
	const struct aws_config *config, const char *bucket)
{
	if (config->s3_path_style || is_address(e->host))
		return false;
	if (e->custom && !config->s3_virtual_style)
		return false;
	return strlen(bucket) + strlen(e->host) + 1 < sizeof(e->host) &&
		is_host_name(bucket, !e->tls);
}
