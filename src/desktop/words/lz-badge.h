/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-clock.h"
#include "lz-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * States and lamps on stock widgets: the word or shape, and the style class that colours it.
 */

/* Takes every class that begins with @prefix off and puts @css_class on. */
void lz_badge_set_class (GtkWidget *widget, const char *prefix, const char *css_class);
void lz_badge_set_state (GtkLabel *label, LzState state);
void lz_badge_set_lamp (GtkImage *image, LzLamp lamp);

G_END_DECLS
