/* SPDX-License-Identifier: MIT */
#include "aws/http_private.h"

#include <openssl/x509_vfy.h>
#include <string.h>

/* libcurl speaks of verification by OpenSSL's numbers. */
static const char *distrust(long result)
{
	switch (result) {
	case X509_V_ERR_HOSTNAME_MISMATCH:
	case X509_V_ERR_IP_ADDRESS_MISMATCH:
		return "it is for another host";
	case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
		return "it is self-signed";
	case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
		return "its authority is self-signed and unknown here";
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
	case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
	case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
		return "its authority is unknown here";
	case X509_V_ERR_CERT_HAS_EXPIRED:
		return "it has expired";
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return "it is not valid yet";
	case X509_V_ERR_CERT_REVOKED:
		return "it has been revoked";
	default:
		return NULL;
	}
}

/* What to do: another authority, or the clock. */
static const char *advice(long result)
{
	switch (result) {
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return "is this computer's clock right?";
	case X509_V_ERR_HOSTNAME_MISMATCH:
	case X509_V_ERR_IP_ADDRESS_MISMATCH:
		return "is there a proxy or a login page in between?";
	default:
		return "if a proxy opens TLS here, set AWS_CA_BUNDLE to the "
			"file of its authority";
	}
}

static void describe_distrust(struct error *err,
	const struct http_exchange *x)
{
	long result = 0;
	const char *why;

	curl_easy_getinfo(x->easy, CURLINFO_SSL_VERIFYRESULT, &result);
	/* Host names are libcurl's own check, told in its words only. */
	if (strstr(x->curl_text, "target host name"))
		result = X509_V_ERR_HOSTNAME_MISMATCH;
	why = distrust(result);
	if (why)
		error_set(err, ERR_TLS,
			"%s: its certificate is not trusted: %s; %s", x->host,
			why, advice(result));
	else
		error_set(err, ERR_TLS,
			"%s: its certificate is not trusted: %s; %s", x->host,
			x->curl_text, advice(result));
}

static void describe_timeout(struct error *err,
	const struct http_exchange *x)
{
	curl_off_t connected = 0;

	curl_easy_getinfo(x->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
	if (!connected && !http_was_sent(x))
		error_set(err, ERR_TIMEOUT, "%s: no connection within %ld ms",
			x->host, x->connect_ms);
	else if (strstr(x->curl_text, "too slow"))
		error_set(err, ERR_TIMEOUT, "%s: silent for %ld seconds",
			x->host, x->low_speed_s);
	else
		error_set(err, ERR_TIMEOUT, "%s: not done in time", x->host);
}

static const char *network_words(CURLcode code)
{
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return "the name is not known (no network, or a wrong "
			"region or endpoint?)";
	case CURLE_COULDNT_RESOLVE_PROXY:
		return "the proxy's name is not known";
	case CURLE_COULDNT_CONNECT:
		return "no connection";
	case CURLE_PARTIAL_FILE:
		return "the answer was cut";
	case CURLE_GOT_NOTHING:
		return "the connection was closed without an answer";
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		return "the connection broke";
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return "not a URL that can be asked";
	default:
		return curl_easy_strerror(code);
	}
}

/* libcurl names whom it could not reach: "… connect to HOST port N …". When
 * that is not the peer it is the proxy. */
static bool describe_proxy(struct error *err, const struct http_exchange *x)
{
	static const char to[] = "connect to ", port[] = " port ";
	const char *host = strstr(x->curl_text, to), *number;
	struct str peer = STR_INIT;
	bool is_proxy;

	number = host ? strstr(host, port) : NULL;
	if (!number)
		return false;
	host += strlen(to);
	number += strlen(port);
	str_addn(&peer, host, (size_t)(number - strlen(port) - host));
	str_addf(&peer, ":%.*s", (int)strspn(number, "0123456789"), number);
	is_proxy = !str_starts(peer.p, x->host) ||
		(strrchr(x->host, ':') && strcmp(peer.p, x->host) != 0);
	if (is_proxy)
		error_set(err, ERR_NETWORK, "%s: the proxy %s does not "
			"answer (see HTTPS_PROXY, HTTP_PROXY, NO_PROXY)",
			x->host, peer.p);
	str_clear(&peer);
	return is_proxy;
}

static void describe_network(struct error *err,
	const struct http_exchange *x, CURLcode code)
{
	const char *words = network_words(code);

	if (code == CURLE_COULDNT_CONNECT && describe_proxy(err, x))
		return;
	if (*x->curl_text && strcmp(words, x->curl_text) != 0)
		error_set(err, ERR_NETWORK, "%s: %s: %s", x->host, words,
			x->curl_text);
	else
		error_set(err, ERR_NETWORK, "%s: %s", x->host, words);
}

void http_describe(struct error *err, const struct http_exchange *x,
	CURLcode code)
{
	switch ((int)code) {
	case CURLE_ABORTED_BY_CALLBACK:
		error_set(err, ERR_CANCELLED, "cancelled");
		break;
	case CURLE_OPERATION_TIMEDOUT:
		describe_timeout(err, x);
		break;
	case CURLE_PEER_FAILED_VERIFICATION:
		describe_distrust(err, x);
		break;
	case CURLE_SSL_CACERT_BADFILE:
		error_set(err, ERR_TLS,
			"%s: the CA bundle %s cannot be read", x->host,
			x->ca_bundle ? x->ca_bundle : "of the system");
		break;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_ENGINE_INITFAILED:
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_INVALIDCERTSTATUS:
		error_set(err, ERR_TLS, "%s: TLS failed: %s", x->host,
			*x->curl_text ? x->curl_text :
			curl_easy_strerror(code));
		break;
	case CURLE_FAILED_INIT:
	case CURLE_OUT_OF_MEMORY:
		error_set(err, ERR_IO, "%s: libcurl could not be started",
			x->host);
		break;
	default:
		describe_network(err, x, code);
	}
}
