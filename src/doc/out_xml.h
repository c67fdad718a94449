/* SPDX-License-Identifier: MIT */
/* Documents as XML. Inside doc/ only; see out.h. */
#ifndef DOC_OUT_XML_H
#define DOC_OUT_XML_H

#include "base/str.h"
#include "doc/doc.h"

void out_xml(struct str *out, const struct doc *d, uint32_t node);

/* May it stand in a line of a terminal as it is? */
bool out_is_plain(uint32_t cp);

#endif
