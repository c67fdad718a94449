/* SPDX-License-Identifier: MIT */
#include "aws/protocol_kind.h"

#include "base/str.h"

#include <string.h>

/* '*' at an end stands for anything; the first row that matches wins. */
struct rule {
	const char *code;
	enum error_kind kind;
};

static const struct rule rules[] = {
	{ "ExpiredToken*", ERR_EXPIRED },
	{ "RequestExpired", ERR_EXPIRED },
	{ "TokenRefreshRequired", ERR_EXPIRED },
	{ "OptInRequired", ERR_DISABLED },
	{ "SubscriptionRequired*", ERR_DISABLED },
	{ "RegionDisabled*", ERR_DISABLED },
	{ "InvalidClientTokenId", ERR_CREDENTIALS },
	{ "UnrecognizedClient*", ERR_CREDENTIALS },
	{ "InvalidAccessKeyId", ERR_CREDENTIALS },
	{ "InvalidToken", ERR_CREDENTIALS },
	{ "SignatureDoesNotMatch", ERR_CREDENTIALS },
	{ "InvalidSignature*", ERR_CREDENTIALS },
	{ "IncompleteSignature*", ERR_CREDENTIALS },
	{ "MissingAuthenticationToken*", ERR_CREDENTIALS },
	{ "MissingSecurityHeader", ERR_CREDENTIALS },
	{ "NotSignedUp", ERR_CREDENTIALS },
	{ "AccessDenied*", ERR_DENIED },
	{ "AuthFailure*", ERR_DENIED },
	{ "Unauthorized*", ERR_DENIED },
	{ "AuthorizationError*", ERR_DENIED },
	{ "NotAuthorized*", ERR_DENIED },
	{ "AllAccessDisabled", ERR_DENIED },
	{ "AccountProblem", ERR_DENIED },
	{ "Forbidden*", ERR_DENIED },
	{ "NoSuch*", ERR_NOT_FOUND },
	{ "ResourceNotFound*", ERR_NOT_FOUND },
	{ "*NotFound", ERR_NOT_FOUND },
	{ "*NotFoundException", ERR_NOT_FOUND },
	{ "*NotFoundFault", ERR_NOT_FOUND },
	{ "*.NonExistentQueue", ERR_NOT_FOUND },
	{ "QueueDoesNotExist*", ERR_NOT_FOUND },
	{ "*.NotFound*", ERR_NOT_FOUND },
	{ "RequestTimeout*", ERR_TIMEOUT },
};

/* AWS SDKs' lists (aws-sdk "standard" mode). */
static const char *const throttles[] = {
	"Throttling", "ThrottlingException", "ThrottledException",
	"RequestThrottledException", "TooManyRequestsException",
	"ProvisionedThroughputExceededException",
	"TransactionInProgressException", "RequestLimitExceeded",
	"BandwidthLimitExceeded", "LimitExceededException",
	"RequestThrottled", "SlowDown", "PriorRequestNotComplete",
	"EC2ThrottledException", NULL
};

static const char *const transients[] = {
	"RequestTimeout", "RequestTimeoutException", "InternalError",
	"InternalFailure", "ServiceUnavailable", "Unavailable",
	"IDPCommunicationError", NULL
};

static const char *const skews[] = {
	"AuthFailure", "InvalidSignatureException", "RequestExpired",
	"RequestInTheFuture", "RequestTimeTooSkewed",
	"SignatureDoesNotMatch", NULL
};

static const char *const refused_keys[] = {
	"AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException",
	"InvalidAccessKeyId", "InvalidToken", NULL
};

static bool is_in(const char *const *list, const char *code)
{
	for (; *list; list++)
		if (strcmp(*list, code) == 0)
			return true;
	return false;
}

bool protocol_is_throttle(const char *code)
{
	return is_in(throttles, code);
}

bool protocol_is_transient(const char *code)
{
	return is_in(transients, code);
}

bool protocol_is_skew(const char *code)
{
	return is_in(skews, code);
}

bool protocol_is_refused_key(const char *code)
{
	return is_in(refused_keys, code);
}

static bool rule_matches(const char *rule, const char *code)
{
	size_t len = strlen(rule);
	bool head = *rule == '*', tail = rule[len - 1] == '*';

	if (head && tail) {
		char inner[64];

		len -= 2;
		memcpy(inner, rule + 1, len);
		inner[len] = 0;
		return strstr(code, inner) != NULL;
	}
	if (head)
		return str_ends(code, rule + 1);
	if (tail)
		return strncmp(code, rule, len - 1) == 0;
	return strcmp(code, rule) == 0;
}

static enum error_kind kind_of_status(int status)
{
	if (status == 401)
		return ERR_CREDENTIALS;
	if (status == 403)
		return ERR_DENIED;
	if (status == 404)
		return ERR_NOT_FOUND;
	if (status == 429)
		return ERR_THROTTLED;
	return status >= 500 ? ERR_SERVER : ERR_AWS;
}

enum error_kind protocol_kind(const char *code, int status,
	const char *text)
{
	if (!*code || strspn(code, "0123456789") == strlen(code))
		return kind_of_status(status);
	if (protocol_is_throttle(code))
		return ERR_THROTTLED;
	if (strcmp(code, "AuthFailure") == 0 &&
			strstr(text, "not able to validate"))
		return ERR_CREDENTIALS;
	/* IAM Identity Center's way of saying that the login is over. */
	if (status == 401 && strcmp(code, "UnauthorizedException") == 0)
		return ERR_CREDENTIALS;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rule_matches(rules[i].code, code))
			return rules[i].kind;
	return status >= 500 ? ERR_SERVER : ERR_AWS;
}
