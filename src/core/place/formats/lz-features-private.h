/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-features.h"

G_BEGIN_DECLS

/* Above so many features no register of an office is meant. */
#define LZ_FEATURES_MAX 2000000

gboolean lz_features_read_gpkg (const char *path,
                                LzFeatureFunc func,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
