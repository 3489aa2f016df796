/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "message.h"

#include <string.h>

void
message_init (Message *self, const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  const char *end = size > 0 ? g_strstr_len (text, (gssize) size, "\n\n") : NULL;
  gsize head_size = end != NULL ? (gsize) (end - text) : size;
  g_autofree char *head = g_strndup (text, head_size);
  g_auto (GStrv) lines = g_strsplit (head, "\n", 2);
  g_auto (GStrv) words = g_strsplit (lines[0] != NULL ? lines[0] : "", " ", 2);
  char *question;

  self->method = g_strdup (words[0] != NULL ? words[0] : "");
  self->path = g_strdup (words[0] != NULL && words[1] != NULL ? words[1] : "");
  question = strchr (self->path, '?');
  self->query = question != NULL ? g_strdup (question + 1) : NULL;
  if (question != NULL)
    *question = '\0';
  self->headers = g_strsplit (lines[0] != NULL && lines[1] != NULL ? lines[1] : "", "\n", 0);
  self->body = end != NULL ? end + 2 : text + size;
  self->size = end != NULL ? size - head_size - 2 : 0;
}

void
message_clear (Message *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_strfreev (self->headers);
}

const char *
message_get (const Message *self, const char *name)
{
  gsize length = strlen (name);

  for (char **line = self->headers; *line != NULL; line++)
    if (g_ascii_strncasecmp (*line, name, length) == 0 && g_str_has_prefix (*line + length, ": "))
      return *line + length + 2;
  return NULL;
}
