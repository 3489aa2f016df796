/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-event-lines.h"
#include "lz-wire.h"

/* A feed that is not the account's looks like one that does not exist. */
static const char *
read_feed (LzRequest *request)
{
  const char *feed = lz_request_get_capture (request, 0);

  if (lz_account_reads (lz_request_get_account (request), feed))
    return feed;
  lz_request_respond_error (request, 404, "feed", "no such feed");
  return NULL;
}

/* -------------------------------------------------------------------------------- pull */

static void
respond_lines (LzRequest *request, GString *lines, gint64 head)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, head);
  lz_request_respond_text (request, 200, "application/x-ndjson", lines);
  lz_request_add_header (request, "Luzhang-Feed-Head", text);
  lz_request_add_header (request, "Cache-Control", "no-store");
}

/* A session may end while its request waits. */
static gboolean
is_still_allowed (LzRequest *request)
{
  return (!lz_request_has_news (request) && !lz_request_has_waited (request)) ||
         lz_request_check_again (request);
}

void
lz_api_pull_events (LzRequest *request)
{
  LzServer *server = lz_request_get_server (request);
  const char *feed = NULL;
  gint64 after = 0, limit = 1000, wait_s = 0, head = 0;
  g_autoptr (GError) error = NULL;
  const char *feeds[] = { NULL, NULL };
  guint64 generation;
  GString *lines;

  if (!is_still_allowed (request) || (feed = read_feed (request)) == NULL ||
      !lz_request_read_number (request, "after", 0, G_MAXINT64, &after) ||
      !lz_request_read_number (request, "limit", 1, LZ_MAX_EVENTS_LINES, &limit) ||
      !lz_request_read_number (request, "wait", 0, LZ_MAX_WAIT_S, &wait_s))
    {
      lz_request_finish (request);
      return;
    }

  feeds[0] = feed;
  generation = lz_server_get_generation (server, feeds);
  lines = g_string_sized_new (1024);
  if (!lz_server_store_pull (lz_server_get_store (server), feed, after, (guint) limit,
                             LZ_MAX_PULL_BYTES, lines, &head, &error))
    {
      lz_request_respond_gerror (request, error);
      g_string_free (lines, TRUE);
    }
  else if (lines->len == 0 && after == head && wait_s > 0 && !lz_request_has_waited (request) &&
           !lz_server_is_stopping (server))
    {
      g_string_free (lines, TRUE);
      lz_request_wait (request, feeds, generation, (guint) wait_s);
      return;
    }
  else
    respond_lines (request, lines, head);
  lz_request_finish (request);
}

/* -------------------------------------------------------------------------------- push */

static gboolean
respond_bad_line (LzRequest *request, guint line, const char *message)
{
  GString *body = g_string_new ("{\"error\":\"invalid\",\"message\":");

  lz_json_append_string (body, message);
  g_string_append_printf (body, ",\"line\":%u}", line);
  lz_request_respond_json (request, 400, body);
  return FALSE;
}

/* The numbers within a request must follow each other. */
static gboolean
check_order (LzRequest *request, const LzPush *push, const LzEvent *event, const char *device)
{
  const LzPushItem *last;

  if (g_strcmp0 (event->device, device) != 0)
    return respond_bad_line (request, push->items->len + 1, "an event of another device");
  if (push->items->len == 0)
    return TRUE;
  last = &g_array_index (push->items, LzPushItem, push->items->len - 1);
  return event->device_seq == last->event->device_seq + 1 ||
         respond_bad_line (request, push->items->len + 1, "the numbers do not ascend by one");
}

/* Takes the event out of @line. */
static gboolean
take_line (LzRequest *request, LzPush *push, LzEventLine *line)
{
  const LzSession *session = lz_request_get_session (request);
  const char *device = session->device;

  if (line->event == NULL)
    return respond_bad_line (request, push->items->len + 1, line->error->message);
  if (push->items->len > 0)
    device = g_array_index (push->items, LzPushItem, 0).event->device;
  else if (!g_str_equal (line->event->device, device) &&
           (session->account->roles & LZ_ROLES_CARRY) != 0)
    {
      device = line->event->device; /* carried in for others */
      push->device = NULL;
    }
  if (!check_order (request, push, line->event, device))
    return FALSE;
  line->event->home_seq = line->event->received_ms = 0;
  lz_push_add (push, g_steal_pointer (&line->event), g_steal_pointer (&line->canonical));
  return TRUE;
}

static gboolean
read_lines (LzRequest *request, LzPush *push, const char *text, gsize size)
{
  g_autoptr (GArray) lines = lz_event_lines_split (text, size, LZ_MAX_EVENTS_LINES);

  if (lines == NULL)
    {
      lz_request_respond_error (request, 413, "too_large", "too many lines");
      return FALSE;
    }
  lz_event_lines_parse (lines);
  for (guint i = 0; i < lines->len; i++)
    if (!take_line (request, push, &g_array_index (lines, LzEventLine, i)))
      return FALSE;
  return TRUE;
}

static void
write_receipt (GString *out, const LzPushItem *item)
{
  char id[LZ_ID_STRING_SIZE];

  lz_id_format (&item->event->id, id);
  g_string_append (out, "{\"id\":\"");
  g_string_append_len (out, id, LZ_ID_STRING_SIZE - 1);
  g_string_append_c (out, '"');
  if (item->refused == NULL)
    {
      g_string_append (out, ",\"seq\":");
      lz_json_append_int (out, item->seq);
    }
  else
    {
      lz_api_write_member (out, "refused", item->refused);
      lz_api_write_member (out, "state", item->state);
      if (!lz_id_is_nil (&item->basis))
        {
          lz_id_format (&item->basis, id);
          lz_api_write_member (out, "basis", id);
        }
      lz_api_write_member (out, "message", item->message);
    }
  g_string_append (out, ",\"received_at\":");
  lz_json_append_int (out, item->received_ms);
  g_string_append_c (out, '}');
}

/* Of those feeds that the account reads: of others it need not know. */
static void
write_heads (LzRequest *request, GString *out, GArray *heads)
{
  gboolean first = TRUE;

  for (guint i = 0; i < heads->len; i++)
    {
      const LzServerFeed *head = &g_array_index (heads, LzServerFeed, i);

      if (!lz_account_reads (lz_request_get_account (request), head->feed))
        continue;
      g_string_append (out, first ? "{\"feed\":" : ",{\"feed\":");
      first = FALSE;
      lz_json_append_string (out, head->feed);
      lz_api_write_head (out, head);
      g_string_append_c (out, '}');
    }
}

static void
respond_receipts (LzRequest *request, const LzPush *push)
{
  GString *body = g_string_sized_new (128 + push->items->len * 96);

  g_string_append (body, "{\"receipts\":[");
  for (guint i = 0; i < push->items->len; i++)
    {
      if (i > 0)
        g_string_append_c (body, ',');
      write_receipt (body, &g_array_index (push->items, LzPushItem, i));
    }
  g_string_append (body, "],\"feeds\":[");
  write_heads (request, body, push->heads);
  g_string_append (body, "],\"received_at\":");
  lz_json_append_int (body, push->now_ms);
  g_string_append_c (body, '}');
  lz_request_respond_json (request, 200, body);
}

static void
respond_conflict (LzRequest *request, const LzPush *push)
{
  GString *body = g_string_new ("{\"error\":");

  if (push->result == LZ_PUSH_GAP)
    g_string_append (body, "\"gap\",\"message\":\"numbers are missing before these\"");
  else
    g_string_append_printf (body,
                            "\"diverged\",\"message\":\"another event has this number\","
                            "\"device_seq\":%" G_GINT64_FORMAT,
                            push->device_seq);
  g_string_append_printf (body, ",\"have\":%" G_GINT64_FORMAT "}", push->have);
  lz_request_respond_json (request, 409, body);
}

static void
respond_push (LzRequest *request, const LzPush *push)
{
  switch (push->result)
    {
    case LZ_PUSH_OK:
      respond_receipts (request, push);
      break;
    case LZ_PUSH_DEVICE:
      lz_request_respond_error (request, 403, "device", "the device is not this account's");
      break;
    case LZ_PUSH_FEED:
      lz_request_respond_error (request, 404, "feed", "an event of a feed that is not yours");
      break;
    case LZ_PUSH_GAP:
    case LZ_PUSH_DIVERGED:
      respond_conflict (request, push);
      break;
    case LZ_PUSH_FAILED:
    default:
      lz_request_respond_gerror (request, push->error);
      break;
    }
}

/* In the writer thread, after the commit. */
static void
pushed_cb (LzPush *push, gpointer data)
{
  LzRequest *request = data;
  LzServer *server = lz_request_get_server (request);

  if (push->result == LZ_PUSH_OK)
    {
      lz_server_count (server, LZ_COUNT_EVENTS_ACCEPTED, push->n_accepted);
      lz_server_count (server, LZ_COUNT_EVENTS_REFUSED, push->n_refused);
      lz_server_tell (server, push->fed);
    }
  respond_push (request, push);
  lz_push_free (push);
  lz_request_finish (request);
}

static gboolean
check_type (LzRequest *request)
{
  const char *type = lz_request_get_header (request, "Content-Type");

  if (type != NULL && g_str_has_prefix (type, "application/x-ndjson"))
    return TRUE;
  lz_request_respond_error (request, 415, "encoding", "Content-Type is not application/x-ndjson");
  return FALSE;
}

void
lz_api_push_events (LzRequest *request)
{
  const LzSession *session = lz_request_get_session (request);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (LzPush) push =
      lz_push_new (session->account, session->device, g_get_real_time () / 1000);

  if (read_feed (request) != NULL && check_type (request))
    body = lz_request_read_body (request, LZ_MAX_EVENTS_BYTES);
  if (body != NULL &&
      read_lines (request, push, g_bytes_get_data (body, NULL), g_bytes_get_size (body)))
    lz_server_store_push (lz_request_get_store (request), g_steal_pointer (&push), pushed_cb,
                          request);
  else
    lz_request_finish (request);
}
