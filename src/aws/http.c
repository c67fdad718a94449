/* SPDX-License-Identifier: MIT */
#include "aws/http_private.h"

static CURLSH *share;
static pthread_mutex_t share_locks[CURL_LOCK_DATA_LAST];

static void lock_share(CURL *easy, curl_lock_data data,
	curl_lock_access access, void *user)
{
	(void)easy;
	(void)access;
	(void)user;
	pthread_mutex_lock(&share_locks[data]);
}

static void unlock_share(CURL *easy, curl_lock_data data, void *user)
{
	(void)easy;
	(void)user;
	pthread_mutex_unlock(&share_locks[data]);
}

CURLSH *http_share(void)
{
	return share;
}

void http_global_init(void)
{
	curl_global_init(CURL_GLOBAL_ALL);
	for (size_t i = 0; i < CURL_LOCK_DATA_LAST; i++)
		pthread_mutex_init(&share_locks[i], NULL);
	share = curl_share_init();
	if (!share)
		return;
	curl_share_setopt(share, CURLSHOPT_LOCKFUNC, lock_share);
	curl_share_setopt(share, CURLSHOPT_UNLOCKFUNC, unlock_share);
	curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
	curl_share_setopt(share, CURLSHOPT_SHARE,
		CURL_LOCK_DATA_SSL_SESSION);
}

void http_global_clear(void)
{
	if (share)
		curl_share_cleanup(share);
	share = NULL;
	for (size_t i = 0; i < CURL_LOCK_DATA_LAST; i++)
		pthread_mutex_destroy(&share_locks[i]);
	curl_global_cleanup();
}
