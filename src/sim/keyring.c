/* SPDX-License-Identifier: MIT */
#include "sim/keyring.h"

#include "base/map.h"
#include "base/mem.h"
#include "base/random.h"
#include "sim/sim.h"
#include "sim/world.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct keyring {
	pthread_mutex_t lock;
	struct map *rows;
	uint64_t state;
};

static void add_first(struct keyring *k)
{
	struct key_row *row = xcalloc(1, sizeof(*row));

	snprintf(row->access, sizeof(row->access), SIM_ACCESS_KEY);
	snprintf(row->secret, sizeof(row->secret), SIM_SECRET_KEY);
	snprintf(row->account, sizeof(row->account), ACCOUNT_HOME);
	snprintf(row->arn, sizeof(row->arn), "arn:aws:iam::%s:user/demo",
		ACCOUNT_HOME);
	snprintf(row->user_id, sizeof(row->user_id), "AIDATUCUXIDEMO0000001");
	row->expires = INT64_MAX;
	map_set(k->rows, row->access, row);
}

struct keyring *keyring_new(uint64_t seed)
{
	struct keyring *k = xcalloc(1, sizeof(*k));

	pthread_mutex_init(&k->lock, NULL);
	k->rows = map_new();
	k->state = seed ^ 0x6b657972696e6721u;
	add_first(k);
	return k;
}

void keyring_free(struct keyring *k)
{
	map_free(k->rows, free);
	pthread_mutex_destroy(&k->lock);
	free(k);
}

bool keyring_find(struct keyring *k, const char *access, struct key_row *out)
{
	const struct key_row *row;

	pthread_mutex_lock(&k->lock);
	row = access ? map_get(k->rows, access) : NULL;
	if (row)
		*out = *row;
	pthread_mutex_unlock(&k->lock);
	return row != NULL;
}

static void draw(uint64_t *state, char *out, size_t len, const char *letters,
	unsigned bits)
{
	for (size_t i = 0; i < len; i++)
		out[i] = letters[random_next(state) & ((1u << bits) - 1)];
	out[len] = '\0';
}

void keyring_add(struct keyring *k, struct key_row *row)
{
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789+/";
	struct key_row *copy = xcalloc(1, sizeof(*copy));

	pthread_mutex_lock(&k->lock);
	snprintf(row->access, 5, "ASIA");
	draw(&k->state, row->access + 4, 16, base32, 5);
	draw(&k->state, row->secret, 40, base64, 6);
	snprintf(row->token, 13, "IQoJb3JpZ2lu");
	draw(&k->state, row->token + 12, 308, base64, 6);
	row->of_role = true;
	*copy = *row;
	map_set(k->rows, row->access, copy);
	pthread_mutex_unlock(&k->lock);
}
