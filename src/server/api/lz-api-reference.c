/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-reference.h"
#include "lz-wire.h"

#include <string.h>

static gboolean
write_feeds (LzRequest *request, GString *out, GError **error)
{
  const LzAccount *account = lz_request_get_account (request);

  g_string_append (out, ",\"feeds\":[");
  for (guint i = 0; account->feeds[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      gint64 head;

      if (!lz_server_store_get_feed (lz_request_get_store (request), account->feeds[i], &head,
                                     &name, error))
        return FALSE;
      g_string_append (out, i > 0 ? ",{\"feed\":" : "{\"feed\":");
      lz_json_append_string (out, account->feeds[i]);
      lz_api_write_member (out, "name", name);
      g_string_append_printf (out, ",\"head\":%" G_GINT64_FORMAT "}", head);
    }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
write_people (LzRequest *request, GString *out, GError **error)
{
  g_autoptr (GPtrArray) people =
      lz_server_store_list_accounts (lz_request_get_store (request),
                                     lz_request_get_account (request), error);

  if (people == NULL)
    return FALSE;
  g_string_append (out, ",\"people\":[");
  for (guint i = 0; i < people->len; i++)
    {
      const LzAccount *person = people->pdata[i];

      g_string_append (out, i > 0 ? ",{\"id\":" : "{\"id\":");
      lz_json_append_string (out, person->user);
      lz_api_write_member (out, "name", person->name);
      lz_api_write_member (out, "phone", person->phone);
      lz_api_write_member (out, "unit", person->unit);
      g_string_append_c (out, ',');
      lz_api_write_roles (out, person->roles);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  return TRUE;
}

/* Tables go as text, the others are JSON already. */
static gboolean
write_parts (LzRequest *request, GString *out, GError **error)
{
  static const char *const parts[] = { "catalogue", "tasks",    "calendar", "divisions",
                                       "routing",   "settings", "units" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (GBytes) content =
          lz_server_store_get_part (lz_request_get_store (request), parts[i], NULL, &failure);
      g_autofree char *text = NULL;
      gsize size;

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (content == NULL)
        continue;
      text = g_strndup (g_bytes_get_data (content, &size), g_bytes_get_size (content));
      if (lz_reference_is_table (parts[i]))
        lz_api_write_member (out, parts[i], text);
      else
        g_string_append_printf (out, ",\"%s\":%s", parts[i], text);
    }
  return TRUE;
}

static gboolean
write_streets (LzRequest *request, GString *out, GError **error)
{
  g_autofree char *attribution = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) streets =
      lz_server_store_get_part (lz_request_get_store (request), "streets", &attribution, &failure);
  g_autofree char *hash = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (streets == NULL)
    return TRUE;
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, streets);
  g_string_append_printf (out, ",\"streets\":{\"sha256\":\"%s\",\"size\":%" G_GSIZE_FORMAT, hash,
                          g_bytes_get_size (streets));
  lz_api_write_member (out, "attribution", attribution);
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
write_reference (LzRequest *request, GString *out, GError **error)
{
  LzServerStore *store = lz_request_get_store (request);
  const LzAccount *account = lz_request_get_account (request);

  if (!write_feeds (request, out, error))
    return FALSE;
  g_string_append (out, ",\"roads\":");
  if (!lz_server_store_write_roads (store, account, out, error))
    return FALSE;
  g_string_append (out, ",\"assignments\":");
  return lz_server_store_write_assignments (store, account, out, error) &&
         write_people (request, out, error) && write_parts (request, out, error) &&
         write_streets (request, out, error);
}

void
lz_api_get_reference (LzRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  gint64 have = -1;
  /* Before the rest: what changes meanwhile has a higher one, and is asked for again. */
  gint64 rev = lz_server_store_get_rev (lz_request_get_store (request), &error);

  if (error != NULL)
    {
      lz_request_respond_gerror (request, error);
      return;
    }
  if (!lz_request_read_number (request, "rev", 0, G_MAXINT64, &have))
    return;
  g_string_append_printf (out, "{\"rev\":%" G_GINT64_FORMAT, rev);
  if (have != rev && !write_reference (request, out, &error))
    {
      lz_request_respond_gerror (request, error);
      return;
    }
  g_string_append_c (out, '}');
  lz_request_respond_json (request, 200, g_steal_pointer (&out));
  lz_request_add_header (request, "Cache-Control", "no-store");
}

void
lz_api_get_streets (LzRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) streets =
      lz_server_store_get_part (lz_request_get_store (request), "streets", NULL, &error);
  const char *have = lz_request_get_header (request, "If-None-Match");
  g_autofree char *hash = NULL;
  g_autofree char *tag = NULL;

  if (streets == NULL)
    {
      if (error != NULL)
        lz_request_respond_gerror (request, error);
      else
        lz_request_respond_error (request, 404, "not_found", "there is no street map");
      return;
    }
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, streets);
  tag = g_strdup_printf ("\"%s\"", hash);
  if (have != NULL && strstr (have, tag) != NULL)
    lz_request_respond (request, 304);
  else
    lz_request_respond_bytes (request, 200, "application/octet-stream", streets);
  lz_request_add_header (request, "ETag", tag);
}
