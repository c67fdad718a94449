/* SPDX-License-Identifier: MIT */
/*
 * Reply text, fast and escaped. One template says the whole shape; verbs
 * stand for the values, each of exactly one C type:
 *
 *	%s  const char *    text, escaped for XML; NULL is nothing
 *	%r  const char *    as it is
 *	%u  unsigned        decimal
 *	%z  uint64_t        decimal
 *	%b  int             true or false
 *	%t  int64_t         wall milliseconds as 2026-11-23T00:14:00.000Z
 *	%i  uint64_t        the 17 hex digits of an id
 *	%q  unsigned        IPv4 address 10.0.0.1
 *	%d  unsigned        IPv4 address as in DNS names, 10-0-0-1
 *	%%                  a percent sign
 *
 * Any thread.
 */
#ifndef SIM_XML_H
#define SIM_XML_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

void xml_add(struct str *out, const char *template, ...);
void xml_text(struct str *out, const char *text, size_t len);
void xml_time(struct str *out, int64_t wall);
void xml_number(struct str *out, uint64_t number);

/* "Mon, 23 Nov 2026 00:14:00 GMT" into at least 32 bytes. */
void http_date(char out[32], int64_t wall);

#endif
