/* SPDX-License-Identifier: MIT */
/*
 * What some replies have to be read with, for struct action_answer and
 * struct action_field: one function a kind. Pure; any thread.
 */
#ifndef CATALOGUE_DECODE_H
#define CATALOGUE_DECODE_H

#include "catalogue/field.h"

/* Text in base64; zero bytes, which no screen shows, are left out. */
answer_function decode_base64;

/* The password of Windows, with the private key (PEM) of its key pair. */
answer_function decode_password;

#endif
