/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzEventLine:
 * @event: what the line says; %NULL if it is no event
 * @canonical: the event's canonical text
 * @error: why it is no event
 */
typedef struct
{
  const char *text;
  gsize length;
  LzEvent *event;
  char *canonical;
  GError *error;
} LzEventLine;

/* The lines of a body, empty ones left out, not parsed yet; they point into @text.  NULL if there
 * are more than @max. */
GArray *lz_event_lines_split (const char *text, gsize size, guint max);
/* Parses all of them, long bodies in several threads. */
void lz_event_lines_parse (GArray *lines);

G_END_DECLS
