/* SPDX-License-Identifier: MIT */
/* How each kind of service says no, in its own code, status and words. */
#include "sim/call.h"
#include "sim/service.h"

#include "sim/xml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

struct refusal_row {
	unsigned status;
	const char *code;
	const char *message;
};

#define EC2_NOT_VALID "AWS was not able to validate the provided access " \
	"credentials"
#define BAD_SIGNATURE "The request signature we calculated does not match " \
	"the signature you provided. Check your AWS Secret Access Key and " \
	"signing method. Consult the service documentation for details."

static const struct refusal_row refusals[SIM_STYLES][REFUSALS] = {
	[STYLE_QUERY] = {
		[REFUSE_NO_AUTH] = { 403, "MissingAuthenticationToken",
			"Request is missing Authentication Token" },
		[REFUSE_MALFORMED] = { 400, "IncompleteSignature",
			"The request signature does not conform to AWS standards." },
		[REFUSE_KEY] = { 403, "InvalidClientTokenId",
			"The security token included in the request is invalid." },
		[REFUSE_TOKEN] = { 403, "InvalidClientTokenId",
			"The security token included in the request is invalid." },
		[REFUSE_EXPIRED] = { 403, "ExpiredToken",
			"The security token included in the request is expired" },
		[REFUSE_SKEW] = { 403, "SignatureDoesNotMatch",
			"Signature expired: the request's time is too far from ours." },
		[REFUSE_URL_EXPIRED] = { 403, "RequestExpired", "Request has expired." },
		[REFUSE_SIGNATURE] = { 403, "SignatureDoesNotMatch", BAD_SIGNATURE },
		[REFUSE_SCOPE] = { 403, "SignatureDoesNotMatch",
			"Credential should be scoped to a valid region. " },
		[REFUSE_OPTIN] = { 403, "InvalidClientTokenId",
			"The security token included in the request is invalid" },
		[REFUSE_DENIED] = { 403, "AccessDenied",
			"User is not authorized to perform this operation because no identity-based policy allows "
			"the action" },
		[REFUSE_THROTTLE] = { 400, "Throttling", "Rate exceeded" },
		[REFUSE_500] = { 500, "InternalFailure",
			"The request processing has failed because of an unknown error, exception or failure." },
		[REFUSE_503] = { 503, "ServiceUnavailable", "Service Unavailable. Please try again later." },
		[REFUSE_PAGE_TOKEN] = { 400, "InvalidParameterValue",
			"The request includes an invalid marker." },
	},
	[STYLE_EC2] = {
		[REFUSE_NO_AUTH] = { 400, "MissingParameter",
			"The request must contain the parameter AWSAccessKeyId" },
		[REFUSE_MALFORMED] = { 400, "IncompleteSignature",
			"The request signature does not conform to AWS standards." },
		[REFUSE_KEY] = { 401, "AuthFailure", EC2_NOT_VALID },
		[REFUSE_TOKEN] = { 401, "AuthFailure", EC2_NOT_VALID },
		[REFUSE_EXPIRED] = { 400, "RequestExpired", "Request has expired." },
		[REFUSE_SKEW] = { 400, "RequestExpired", "Request has expired." },
		[REFUSE_URL_EXPIRED] = { 400, "RequestExpired", "Request has expired." },
		[REFUSE_SIGNATURE] = { 401, "AuthFailure", EC2_NOT_VALID },
		[REFUSE_SCOPE] = { 401, "AuthFailure", "Credential should be scoped to a valid region. " },
		[REFUSE_OPTIN] = { 401, "AuthFailure", EC2_NOT_VALID },
		[REFUSE_DENIED] = { 403, "UnauthorizedOperation",
			"You are not authorized to perform this operation. User: "
			"arn:aws:iam::210987654321:user/demo is not authorized because no identity-based policy "
			"allows the action" },
		[REFUSE_THROTTLE] = { 503, "RequestLimitExceeded", "Request limit exceeded." },
		[REFUSE_500] = { 500, "InternalError", "An internal error has occurred" },
		[REFUSE_503] = { 503, "Unavailable",
			"The server is overloaded and can't handle the request." },
		[REFUSE_PAGE_TOKEN] = { 400, "InvalidNextToken", "The specified NextToken is not valid." },
	},
	[STYLE_S3] = {
		[REFUSE_NO_AUTH] = { 403, "AccessDenied", "Access Denied" },
		[REFUSE_MALFORMED] = { 400, "AuthorizationHeaderMalformed",
			"The authorization header is malformed; the authorization component is malformed." },
		[REFUSE_KEY] = { 403, "InvalidAccessKeyId",
			"The AWS Access Key Id you provided does not exist in our records." },
		[REFUSE_TOKEN] = { 400, "InvalidToken",
			"The provided token is malformed or otherwise invalid." },
		[REFUSE_EXPIRED] = { 400, "ExpiredToken", "The provided token has expired." },
		[REFUSE_SKEW] = { 403, "RequestTimeTooSkewed",
			"The difference between the request time and the current time is too large." },
		[REFUSE_URL_EXPIRED] = { 403, "AccessDenied", "Request has expired" },
		[REFUSE_SIGNATURE] = { 403, "SignatureDoesNotMatch",
			"The request signature we calculated does not match the signature you provided. Check your "
			"key and signing method." },
		[REFUSE_SCOPE] = { 400, "AuthorizationHeaderMalformed",
			"The authorization header is malformed; the region is wrong." },
		[REFUSE_OPTIN] = { 403, "InvalidAccessKeyId",
			"The AWS Access Key Id you provided does not exist in our records." },
		[REFUSE_DENIED] = { 403, "AccessDenied", "Access Denied" },
		[REFUSE_THROTTLE] = { 503, "SlowDown", "Please reduce your request rate." },
		[REFUSE_500] = { 500, "InternalError",
			"We encountered an internal error. Please try again." },
		[REFUSE_503] = { 503, "ServiceUnavailable", "Please reduce your request rate." },
		[REFUSE_PAGE_TOKEN] = { 400, "InvalidArgument",
			"The continuation token provided is incorrect" },
	},
};

bool call_refuse(struct call *c, enum refusal why, const char *more)
{
	enum sim_style style = c->service ? c->service->style : STYLE_QUERY;
	const struct refusal_row *row = &refusals[style][why];

	return call_error_more(c, row->status, row->code, more, row->message);
}

static void error_query(struct call *c, const char *code, const char *message)
{
	xml_add(c->out, "<ErrorResponse xmlns=\"");
	xml_add(c->out, c->service->namespace, c->service->version);
	xml_add(c->out, "\">\n  <Error>\n    <Type>%r</Type>\n"
		"    <Code>%s</Code>\n    <Message>%s</Message>\n  </Error>\n"
		"  <RequestId>%s</RequestId>\n</ErrorResponse>\n",
		c->status < 500 ? "Sender" : "Receiver", code, message,
		c->request_id);
}

static void error_ec2(struct call *c, const char *code, const char *message)
{
	xml_add(c->out, XML_HEAD
		"<Response><Errors><Error><Code>%s</Code><Message>%s</Message>"
		"</Error></Errors><RequestID>%s</RequestID></Response>",
		code, message, c->request_id);
}

static void error_s3(struct call *c, const char *code, const char *message,
	const char *more)
{
	xml_add(c->out, XML_HEAD
		"<Error><Code>%s</Code><Message>%s</Message>%r"
		"<RequestId>%s</RequestId>"
		"<HostId>tucuxi-sim/000000000000000000000000000000000000=</HostId>"
		"</Error>", code, message, more, c->request_id);
}

bool call_error_more(struct call *c, unsigned status, const char *code,
	const char *more, const char *message)
{
	c->status = status;
	c->code = call_text(c, code, strlen(code));
	str_reset(c->out);
	blob_unref(c->blob);
	c->blob = NULL;
	switch (c->service ? c->service->style : STYLE_QUERY) {
	case STYLE_EC2: error_ec2(c, code, message); break;
	case STYLE_S3: error_s3(c, code, message, more); break;
	default: error_query(c, code, message); break;
	}
	return false;
}

bool call_error(struct call *c, unsigned status, const char *code,
	const char *format, ...)
{
	char message[1024];
	va_list ap;

	va_start(ap, format);
	vsnprintf(message, sizeof(message), format, ap);
	va_end(ap);
	return call_error_more(c, status, code, NULL, message);
}

void call_open(struct call *c)
{
	const struct sim_service *s = c->service;
	const char *version = call_param(c, "Version");

	if (s->style != STYLE_QUERY)
		str_add(c->out, XML_HEAD);
	if (s->style == STYLE_S3)
		return;
	xml_add(c->out, "<%sResponse xmlns=\"", c->operation);
	xml_add(c->out, s->namespace, version ? version : s->version);
	str_add(c->out, "\">");
	if (s->style == STYLE_EC2)
		xml_add(c->out, "<requestId>%s</requestId>", c->request_id);
	else
		xml_add(c->out, "<%sResult>", c->operation);
}

void call_close(struct call *c)
{
	if (c->service->style == STYLE_QUERY)
		xml_add(c->out, "</%sResult><ResponseMetadata><RequestId>%s"
			"</RequestId></ResponseMetadata>", c->operation,
			c->request_id);
	if (c->service->style != STYLE_S3)
		xml_add(c->out, "</%sResponse>", c->operation);
}
