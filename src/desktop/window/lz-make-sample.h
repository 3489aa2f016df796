/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes a station with the streets and people of the sample city, in a worker. */
void
lz_make_sample_async (const char *station_dir, GAsyncReadyCallback callback, gpointer user_data);
gboolean lz_make_sample_finish (GAsyncResult *result, GError **error);

G_END_DECLS
