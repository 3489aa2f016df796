/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A request as a person would write it down: "METHOD PATH?QUERY", headers, an empty line, and the
 * body; lines end with LF.  Only so that samples can be read: taking HTTP apart is not our work. */
typedef struct
{
  char *method;
  char *path;
  char *query;   /* (nullable) */
  GStrv headers; /* lines */
  const char *body;
  gsize size;
} Message;

void message_init (Message *self, const guint8 *data, gsize size);
void message_clear (Message *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

/* NULL: there is no such header. */
const char *message_get (const Message *self, const char *name);
