/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-server-http-private.h"
#include "lz-wire.h"

#include <unistd.h>

static void
append_member (GString *out, const char *key, const char *value)
{
  g_string_append_printf (out, ",\"%s\":", key);
  lz_json_append_string (out, value != NULL ? value : "");
}

/* One line of JSON for each request, on standard error; the query is left out, and so is whatever
 * could be a secret. */
void
lz_access_log (LzRequest *request, gboolean complete)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.%fZ");
  g_autoptr (GString) line = g_string_new ("{");
  gint64 took_us = g_get_monotonic_time () - request->start_us;
  gssize n;

  g_string_append_printf (line, "\"time\":\"%s\",\"request\":%" G_GUINT64_FORMAT, when,
                          request->id);
  append_member (line, "address", request->peer->address);
  append_member (line, "user",
                 request->session != NULL ? request->session->account->user : request->user);
  append_member (line, "method", request->method);
  append_member (line, "path", request->path);
  g_string_append_printf (line,
                          ",\"status\":%u,\"ms\":%" G_GINT64_FORMAT ".%03d,\"in\":%" G_GSIZE_FORMAT
                          ",\"out\":%" G_GSIZE_FORMAT "%s}\n",
                          request->status, took_us / 1000, (int) (took_us % 1000),
                          request->n_received, request->n_sent, complete ? "" : ",\"broken\":true");
  /* A log that cannot be written must not stop the work. */
  n = write (STDERR_FILENO, line->str, line->len);
  (void) n;
}

void
lz_server_count (LzServer *self, LzCount count, guint64 by)
{
  __atomic_fetch_add (&self->counts[count], by, __ATOMIC_RELAXED);
}

static void
append_metric (GString *out, const char *name, const char *type, const char *help, guint64 value)
{
  g_string_append_printf (
      out, "# HELP luzhang_%s %s\n# TYPE luzhang_%s %s\nluzhang_%s %" G_GUINT64_FORMAT "\n", name,
      help, name, type, name, value);
}

void
lz_server_write_counts (LzServer *self, GString *out)
{
  static const struct
  {
    LzCount count;
    const char *name;
    const char *help;
  } counters[] = {
    { LZ_COUNT_REQUESTS, "requests_total", "Requests that were answered." },
    { LZ_COUNT_2XX, "answers_ok_total", "Answers with a status below 400." },
    { LZ_COUNT_4XX, "answers_client_error_total", "Answers with a status of 4xx." },
    { LZ_COUNT_5XX, "answers_server_error_total", "Answers with a status of 5xx." },
    { LZ_COUNT_BYTES_IN, "received_bytes_total", "Bytes of bodies received." },
    { LZ_COUNT_BYTES_OUT, "sent_bytes_total", "Bytes of bodies sent." },
    { LZ_COUNT_EVENTS_ACCEPTED, "events_accepted_total", "Events put into feeds." },
    { LZ_COUNT_EVENTS_REFUSED, "events_refused_total", "Events that the rules refused." },
    { LZ_COUNT_PHOTOS, "photos_total", "Photos stored." },
    { LZ_COUNT_LOGINS_FAILED, "logins_failed_total", "Wrong users or passwords." },
    { LZ_COUNT_CONNECTIONS_TURNED_AWAY, "connections_refused_total",
      "Connections beyond the limit of their address." },
    { LZ_COUNT_SLOW_CLOSED, "connections_slow_total",
      "Connections closed for sending too slowly." },
  };
  guint64 commits, jobs;

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    append_metric (out, counters[i].name, "counter", counters[i].help,
                   __atomic_load_n (&self->counts[counters[i].count], __ATOMIC_RELAXED));
  lz_server_store_get_commits (self->store, &commits, &jobs);
  append_metric (out, "commits_total", "counter", "Durable transactions.", commits);
  append_metric (out, "commit_jobs_total", "counter", "Writes that shared them.", jobs);
  append_metric (out, "connections", "gauge", "Open connections.", lz_peers_count (self->peers));
  append_metric (out, "waiting", "gauge", "Requests that wait for news.",
                 lz_news_count (self->news));
}
