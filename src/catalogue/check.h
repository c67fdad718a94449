/* SPDX-License-Identifier: MIT */
/*
 * Values that people type into fields, checked before AWS is asked: one
 * function a kind, for struct action_field. Each appends the value as AWS
 * wants it, or says what is wrong without the field's name ("is 12 digits").
 * Pure; any thread.
 */
#ifndef CATALOGUE_CHECK_H
#define CATALOGUE_CHECK_H

#include "catalogue/field.h"

/* An account number: 12 digits, hyphens anywhere between them. */
check_function check_account;

/* "10.0.0.0/8", "2001:db8::/32"; a bare address is /32 or /128. Bits below
 * the mask are refused with what was probably meant. */
check_function check_cidr;
check_function check_cidr4;
check_function check_address;    /* IPv4 or IPv6, no mask */

/* "/dev/sdf", "xvdba" of EC2's device names. */
check_function check_device;

/* The value of a Name tag or any tag: up to 256 characters. */
check_function check_tag_value;

/* KEY=VALUE: the key 1 to 128 characters, not aws:…; */
check_function check_tag;

/* Names and descriptions of security groups and their rules. */
check_function check_group_name;
check_function check_group_text;
check_function check_vpc_cidr;   /* IPv4, /16 to /28 */
check_function check_tag_key;

/* Of a key pair: its name, and the public half in OpenSSH's one line. */
check_function check_key_name;
check_function check_public_key;

check_function check_price;      /* dollars an hour, "0.05" or "$0.05" */

/* The name of an image: 3 to 128 letters, digits and a few signs. */
check_function check_image_name;

/* "eu-west-1" */
check_function check_region;

/* A description of EC2: up to 255 characters. */
check_function check_description;

/* User data: 16 KiB at most. */
check_function check_user_data;

/* The name of an instance profile, also out of its ARN. */
check_function check_profile;

/* A time in ISO 8601, or "in 3h", "in 2d": UTC, as AWS wants it. */
check_function check_time;

#endif
