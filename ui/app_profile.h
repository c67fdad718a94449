/* SPDX-License-Identifier: MIT */
/*
 * What the start-up file's `profile` lines say of the profiles that are
 * shown: locks, a word and a colour for the title, their regions. UI thread.
 */
#ifndef UI_APP_PROFILE_H
#define UI_APP_PROFILE_H

#include "cli/profile_rule.h"
#include "ui/palette.h"

struct app;

/* PROFILE_READ_ONLY and PROFILE_PRODUCTION of the session of a row; NULL: of
 * any that is shown. */
unsigned app_profile_flags(const struct app *app, struct session *session);

/* Whether changes would be refused there, by the door or by its profile. */
bool app_is_read_only(const struct app *app, struct session *session);

/* Other sessions are shown, or an account has become known. */
void app_profiles_changed(struct app *app);

/* The title line's colour, where a profile has one. */
void app_colour_title(const struct app *app, struct palette *palette);

/* Shows the regions of the first session; false: no line names some. */
bool app_profile_regions(struct app *app);

#endif
