/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How smooth the window is, for who measures it: G_MESSAGES_DEBUG=lz-frames. */
#define LZ_FRAMES_DOMAIN "lz-frames"

void lz_frames_watch (GtkWidget *window);

G_END_DECLS
