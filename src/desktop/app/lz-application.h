/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzApplication:
 *
 * One process on a desktop; a second start presents the window of the first.
 */
#define LZ_TYPE_APPLICATION (lz_application_get_type ())
G_DECLARE_FINAL_TYPE (LzApplication, lz_application, LZ, APPLICATION, AdwApplication)

LzApplication *lz_application_new (void);

G_END_DECLS
