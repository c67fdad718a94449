/* SPDX-License-Identifier: MIT */
/*
 * How people log in to what a row is, besides ssh: part of the tables of
 * resource.h. Each table ends with a zero row.
 */
#ifndef CATALOGUE_CONNECT_H
#define CATALOGUE_CONNECT_H

/* What rules and lines may name: "public_ip". Besides these there are id,
 * region and profile. */
struct connect_fact {
	const char *name, *path;
};

/* A program of AWS's own that does it. {names} stand in its words; one whose
 * name has no value is left out. forward is used instead where a port is to
 * be reached: {local}, {remote}, and far where {host} is another one. */
struct connect_way {
	const char *name;        /* "ssm" */
	const char *title;
	const char *const *words, *const *forward, *const *far;
	const char *programs;    /* what has to be installed */
	const char *advice;      /* … and where it is found */
};

struct connect {
	const struct connect_fact *facts;
	const struct connect_fact *named;    /* the listing's parameters, and
				    their values, that find it by {name} */
	const char *state;       /* of the facts: it can be logged in to … */
	const char *live;        /* … while that is this */
	const char *public_address, *private_address;    /* of the facts */
	const struct connect_way *ways;      /* the first one where there is
						no address */
};

#endif
