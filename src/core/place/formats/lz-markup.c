/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-error.h"
#include "lz-markup.h"

#include <string.h>

#define CHUNK_BYTES (64 * 1024)

const char *
lz_markup_local_name (const char *element)
{
  const char *colon = strrchr (element, ':');

  return colon != NULL ? colon + 1 : element;
}

static gboolean
parse (GMarkupParseContext *context, GBytes *text, GCancellable *cancellable, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  for (gsize at = 0; at < size; at += CHUNK_BYTES)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !g_markup_parse_context_parse (context, data + at, (gssize) MIN (CHUNK_BYTES, size - at),
                                       error))
      return FALSE;

  return g_markup_parse_context_end_parse (context, error);
}

gboolean
lz_markup_parse (const GMarkupParser *parser,
                 gpointer user_data,
                 const char *what,
                 GBytes *text,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (parser, G_MARKUP_TREAT_CDATA_AS_TEXT, user_data, NULL);
  g_autoptr (GError) failure = NULL;

  if (parse (context, text, cancellable, &failure))
    return TRUE;
  if (failure->domain == G_MARKUP_ERROR)
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading %s: %s", what, failure->message);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
