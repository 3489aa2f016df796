/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-sync.h"

#include "lz-sync-service.h"
#include "lz-sync.h"

#include <glib-unix.h>
#include <string.h>

static char *opt_user;
static char *opt_password_file;
static gboolean opt_insist;
static gboolean opt_due;
static gboolean opt_cases;
static int opt_seconds;

/* clang-format off */
static const GOptionEntry login_entries[] = {
  { "user", 0, 0, G_OPTION_ARG_STRING, &opt_user, N_("the account's name"), N_("NAME") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &opt_password_file, N_("the file whose first line is the password; - is standard input"), N_("FILE") },
  { "insist-http", 0, 0, G_OPTION_ARG_NONE, &opt_insist, N_("without encryption, although others on the network can then read along"), NULL },
  { NULL }
};

static const GOptionEntry run_entries[] = {
  { "due", 0, 0, G_OPTION_ARG_NONE, &opt_due, N_("only what does not have to wait for its time"), NULL },
  { NULL }
};

static const GOptionEntry status_entries[] = {
  { "cases", 0, 0, G_OPTION_ARG_NONE, &opt_cases, N_("the cases, and whether each of them has arrived"), NULL },
  { NULL }
};

static const GOptionEntry watch_entries[] = {
  { "seconds", 0, 0, G_OPTION_ARG_INT, &opt_seconds, N_("ends after this time; else it goes on until it is stopped"), N_("N") },
  { NULL }
};
/* clang-format on */

/* ---------------------------------------------------------------------------------- log in */

static char *
read_password (GError **error)
{
  g_autofree char *text = NULL;
  const char *path = opt_password_file;
  char *end;

  if (g_str_equal (path, "-"))
    path = "/dev/stdin";
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  end = text + strcspn (text, "\r\n");
  return g_strndup (text, (gsize) (end - text));
}

static gboolean
run_login (LzCli *self, GError **error)
{
  const char *dir = lz_cli_get_dir (self);
  g_autofree char *password = NULL;
  g_autoptr (LzStation) station = NULL;

  if (opt_user == NULL || opt_password_file == NULL)
    return lz_cli_set_usage (error, _ ("Say who: --user NAME --password-file FILE."));
  password = read_password (error);
  if (password == NULL)
    return FALSE;
  if (!lz_sync_login_dir (dir, self->args[0], opt_user, password, opt_insist, NULL, error))
    return FALSE;

  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  if (station == NULL)
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "station", dir);
      lz_out_string (self->out, "server", self->args[0]);
      lz_out_string (self->out, "user", opt_user);
      lz_out_string (self->out, "device", lz_station_get_device (station));
      lz_out_string (self->out, "feed", lz_station_get_feed (station));
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out, _ ("%s is logged in at %s."), opt_user, self->args[0]);
  return TRUE;
}

static gboolean
run_logout (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);

  return station != NULL && lz_sync_logout (station, NULL, error);
}

/* ------------------------------------------------------------------------------------- run */

static void
print_waiting (LzCli *self, const LzSyncStatus *status)
{
  lz_out_int (self->out, "cases", status->n_cases);
  lz_out_int (self->out, "events", status->n_events);
  lz_out_int (self->out, "photos", status->n_photos);
  lz_out_int (self->out, "bytes", status->bytes);
  lz_out_int (self->out, "inbox", status->n_inbox);
}

static void
print_error (LzCli *self, const GError *failure)
{
  if (failure == NULL)
    {
      lz_out_null (self->out, "error");
      return;
    }
  lz_out_begin_object (self->out, "error");
  lz_out_int (self->out, "exit", lz_cli_exit_code (failure));
  lz_out_bool (self->out, "later", lz_sync_error_is_transient (failure));
  lz_out_string (self->out, "message", lz_sync_error_explain (failure));
  lz_out_string (self->out, "details", failure->message);
  lz_out_end_object (self->out);
}

static void
print_run (LzCli *self,
           const LzSyncProgress *progress,
           const LzSyncStatus *status,
           const GError *failure)
{
  if (!self->json)
    {
      lz_out_line (self->out,
                   _ ("Sent: %u acts, %u photos.  Received: %u acts, %u photos.  Refused: %u."),
                   progress->n_pushed, progress->n_photos_sent, progress->n_pulled,
                   progress->n_photos_fetched, progress->n_refused);
      if (status->n_events + status->n_photos > 0)
        lz_out_line (self->out, _ ("Waiting: %u acts, %u photos."), status->n_events,
                     status->n_photos);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_bool (self->out, "ok", failure == NULL);
  lz_out_int (self->out, "pushed", progress->n_pushed);
  lz_out_int (self->out, "refused", progress->n_refused);
  lz_out_int (self->out, "pulled", progress->n_pulled);
  lz_out_int (self->out, "photos_sent", progress->n_photos_sent);
  lz_out_int (self->out, "photos_fetched", progress->n_photos_fetched);
  lz_out_begin_object (self->out, "waiting");
  print_waiting (self, status);
  lz_out_end_object (self->out);
  print_error (self, failure);
  lz_out_end_object (self->out);
}

static gboolean
run_round (LzCli *self, gboolean force, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzSync) sync = station != NULL ? lz_sync_new (station, error) : NULL;
  g_auto (LzSyncStatus) status = { 0 };
  GError *failure = NULL;
  gboolean ok;

  if (sync == NULL)
    return FALSE;
  ok = lz_sync_run (sync, force, NULL, &failure);
  if (!lz_sync_get_status (station, &status, ok ? error : NULL) && ok)
    return FALSE;
  print_run (self, lz_sync_get_progress (sync), &status, failure);
  if (ok)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
run_run (LzCli *self, GError **error)
{
  return run_round (self, !opt_due, error);
}

static gboolean
run_retry (LzCli *self, GError **error)
{
  return run_round (self, TRUE, error);
}

/* ---------------------------------------------------------------------------------- status */

static gboolean
print_feeds (LzCli *self, LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) feeds = lz_sync_list_feeds (station, error);

  if (feeds == NULL)
    return FALSE;
  lz_out_begin_array (self->out, "feeds");
  for (guint i = 0; i < feeds->len; i++)
    {
      const LzFeed *feed = g_ptr_array_index (feeds, i);
      char chain[2 * LZ_SHA256_SIZE + 1];

      lz_sha256_format (feed->chain, chain);
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "feed", feed->name);
      lz_out_string (self->out, "name", feed->title);
      lz_out_int (self->out, "seq", feed->seq);
      lz_out_int (self->out, "head", feed->head);
      lz_out_string (self->out, "chain", chain);
      lz_out_end_object (self->out);
    }
  lz_out_end_array (self->out);
  return TRUE;
}

static const char *
delivery_word (const LzDelivery *delivery)
{
  if (delivery->n_refused > 0)
    return _ ("refused, see the inbox");
  if (delivery->n_events_there < delivery->n_events ||
      delivery->n_photos_there < delivery->n_photos)
    return _ ("waiting");
  return _ ("delivered");
}

static gboolean
print_deliveries (LzCli *self, LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) list = lz_sync_list_deliveries (station, FALSE, G_MAXUINT, error);

  if (list == NULL)
    return FALSE;
  if (self->json)
    lz_out_begin_array (self->out, "deliveries");
  for (guint i = 0; i < list->len; i++)
    {
      const LzDelivery *delivery = g_ptr_array_index (list, i);
      g_autofree char *id = lz_id_dup_string (&delivery->id);
      g_autofree char *acts =
          g_strdup_printf ("%u/%u", delivery->n_events_there, delivery->n_events);
      g_autofree char *photos =
          g_strdup_printf ("%u/%u", delivery->n_photos_there, delivery->n_photos);

      if (!self->json)
        {
          lz_out_row (self->out, delivery->number != NULL ? delivery->number : id,
                      delivery->category_name != NULL ? delivery->category_name : "", acts, photos,
                      delivery_word (delivery), NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "case", id);
      lz_out_string (self->out, "number", delivery->number);
      lz_out_int (self->out, "events", delivery->n_events);
      lz_out_int (self->out, "events_there", delivery->n_events_there);
      lz_out_int (self->out, "photos", delivery->n_photos);
      lz_out_int (self->out, "photos_there", delivery->n_photos_there);
      lz_out_int (self->out, "refused", delivery->n_refused);
      lz_out_end_object (self->out);
    }
  lz_cli_end_list (self);
  return TRUE;
}

static void
print_status_text (LzCli *self, const LzSyncStatus *status)
{
  g_autofree char *contact = lz_out_dup_time (status->last_contact_ms);
  g_autofree char *next = lz_out_dup_time (status->next_try_ms);
  g_autofree char *size = g_format_size ((guint64) status->bytes);

  lz_out_row (self->out, _ ("Server:"), status->server != NULL ? status->server : "–", NULL);
  lz_out_row (self->out, _ ("Account:"), status->user != NULL ? status->user : "–", NULL);
  lz_out_row (self->out, _ ("Last contact:"), *contact != '\0' ? contact : "–", NULL);
  if (*next != '\0')
    lz_out_row (self->out, _ ("Next try:"), next, NULL);
  lz_out_end_table (self->out);
  lz_out_line (self->out, _ ("Waiting: %u acts of %u cases, %u photos (%s)."), status->n_events,
               status->n_cases, status->n_photos, size);
  if (status->n_inbox > 0)
    lz_out_line (self->out, _ ("In the inbox: %u refused acts."), status->n_inbox);
  if (status->problem != NULL)
    lz_out_line (self->out, _ ("Somebody must look: %s"), status->problem);
}

static gboolean
run_status (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_auto (LzSyncStatus) status = { 0 };

  if (station == NULL || !lz_sync_get_status (station, &status, error))
    return FALSE;
  if (!self->json)
    {
      print_status_text (self, &status);
      return !opt_cases || print_deliveries (self, station, error);
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "server", status.server);
  lz_out_string (self->out, "user", status.user);
  lz_out_string (self->out, "device", lz_station_get_device (station));
  print_waiting (self, &status);
  lz_out_time (self->out, "last_contact", status.last_contact_ms);
  lz_out_time (self->out, "next_try", status.next_try_ms);
  lz_out_int (self->out, "clock_offset_ms", status.clock_offset_ms);
  lz_out_string (self->out, "problem", status.problem);
  if (!print_feeds (self, station, error) ||
      (opt_cases && !print_deliveries (self, station, error)))
    return FALSE;
  lz_out_end_object (self->out);
  return TRUE;
}

/* ----------------------------------------------------------------------------------- watch */

typedef struct
{
  gboolean json;
  GMainLoop *loop;
  LzSyncState last;
} Watch;

static void
status_cb (LzSyncService *service, gpointer data)
{
  Watch *watch = data;
  const LzSyncStatus *status = lz_sync_service_get_status (service);
  const LzSyncProgress *progress = lz_sync_service_get_progress (service);
  const GError *failure = lz_sync_service_get_error (service);

  if (!watch->json)
    {
      g_print ("%s: %s\n", lz_sync_state_label (progress->state),
               failure != NULL ? lz_sync_error_explain (failure) : "");
      return;
    }
  g_print ("{\"state\":\"%s\",\"events\":%u,\"photos\":%u,\"inbox\":%u,\"pushed\":%u,\"pulled\":%u,"
           "\"error\":%s}\n",
           lz_sync_state_to_string (progress->state), status->n_events, status->n_photos,
           status->n_inbox, progress->n_pushed, progress->n_pulled,
           failure != NULL ? "true" : "false");
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
run_watch (LzCli *self, GError **error)
{
  g_autoptr (LzSyncService) service = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch watch = { self->json, loop, LZ_SYNC_IDLE };
  guint sources[3];

  {
    g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);

    if (station == NULL)
      return FALSE;
  }
  service = lz_sync_service_new (lz_cli_get_dir (self));
  g_signal_connect (service, "status", G_CALLBACK (status_cb), &watch);
  sources[0] = g_unix_signal_add (SIGINT, quit_cb, loop);
  sources[1] = g_unix_signal_add (SIGTERM, quit_cb, loop);
  sources[2] = opt_seconds > 0 ? g_timeout_add_seconds ((guint) opt_seconds, quit_cb, loop) : 0;
  lz_sync_service_start (service);
  g_main_loop_run (loop);
  lz_sync_service_stop (service);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i] != 0)
      g_source_remove (sources[i]);
  return TRUE;
}

/* ----------------------------------------------------------------------------------- inbox */

static gboolean
list_inbox (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) list = NULL;

  list = station != NULL ? lz_sync_list_refusals (station, TRUE, error) : NULL;
  if (list == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < list->len; i++)
    {
      const LzRefusal *refusal = g_ptr_array_index (list, i);
      g_autofree char *id = lz_id_dup_string (&refusal->event->id);
      g_autofree char *subject = lz_id_dup_string (&refusal->event->subject);

      if (!self->json)
        {
          lz_out_row (self->out, id, refusal->case_number != NULL ? refusal->case_number : subject,
                      lz_kind_label (refusal->event->kind), refusal->message, NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "event", id);
      lz_out_string (self->out, "case", subject);
      lz_out_string (self->out, "number", refusal->case_number);
      lz_out_string (self->out, "kind", refusal->event->kind_name);
      lz_out_string (self->out, "refused", refusal->code);
      lz_out_string (self->out, "state", refusal->state);
      lz_out_string (self->out, "message", refusal->message);
      lz_out_time (self->out, "at", refusal->refused_ms);
      lz_out_end_object (self->out);
    }
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
run_inbox (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  const char *what = self->n_args > 0 ? self->args[0] : NULL;
  LzId event;

  if (what == NULL)
    return list_inbox (self, error);
  if (self->n_args < 2 || !lz_id_parse (self->args[1], &event))
    return lz_cli_set_usage (error, _ ("Say which: the event's id, as “sync inbox” lists it."));
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL)
    return FALSE;
  if (g_str_equal (what, "redo"))
    return lz_sync_redo (station, &event, error);
  if (g_str_equal (what, "note"))
    return lz_sync_keep_as_note (station, &event, error);
  if (g_str_equal (what, "drop"))
    return lz_sync_drop (station, &event, self->n_args > 2 ? self->args[2] : NULL, error);
  return lz_cli_set_usage (error, _ ("Say what to do with it: redo, note or drop."));
}

/* clang-format off */
const LzVerb lz_cli_sync_verbs[] = {
  { "sync", "login", N_("URL"), 1, 1, login_entries, FALSE, run_login, N_("connects the station with a server; makes it if it is new") },
  { "sync", "logout", "", 0, 0, NULL, FALSE, run_logout, N_("ends that; what was logged stays") },
  { "sync", "run", "", 0, 0, run_entries, FALSE, run_run, N_("sends and receives, once") },
  { "sync", "status", "", 0, 0, status_entries, FALSE, run_status, N_("says what waits, and what arrived") },
  { "sync", "watch", "", 0, 0, watch_entries, FALSE, run_watch, N_("sends and receives until it is stopped") },
  { "sync", "inbox", N_("[redo|note|drop EVENT [REASON]]"), 0, 3, NULL, FALSE, run_inbox, N_("lists the acts that the server refused, or settles one") },
  { "sync", "retry", "", 0, 0, NULL, FALSE, run_retry, N_("tries at once what waits for its time or for a person") },
  { NULL }
};
/* clang-format on */
