/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-simulate"

#include "config.h"

#include "lz-simulate.h"

#include "lz-atomic.h"
#include "lz-doctor.h"
#include "lz-event-table.h"
#include "lz-http.h"
#include "lz-sync-private.h"
#include "lz-wire.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const users[N_MEMBERS] = { "li", "wang", "zhang", "chen", "checker", "huanwei" };

guint32 simulate_seed;

void
fail (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("not ok 1 - seed %u: %s\n# again with: simulate --seed %u --seeds 1\n", simulate_seed,
           text, simulate_seed);
  exit (1);
}

void
office_remove (const char *dir)
{
  lz_atomic_remove_tree (dir);
}

/* --------------------------------------------------------------------------------- server */

static char *
run_server_verb (const char *verb, const char *data, const char *option)
{
  const char *argv[] = { g_getenv ("LUZHANG_SERVER"), verb, "--data", data, option, NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;

  check (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status,
                       &error),
         "%s: %s", verb, error->message);
  check (g_spawn_check_wait_status (status, NULL), "luzhang-server %s failed: %s", verb, out);
  return out;
}

static void
start_server (Office *self)
{
  g_autofree char *data = g_build_filename (self->dir, "server", NULL);
  g_autofree char *port_file = g_build_filename (self->dir, "port", NULL);
  g_autofree char *log = g_build_filename (self->dir, "server.log", NULL);
  g_autofree char *port = NULL;
  g_autofree char *listen =
      g_strdup_printf ("127.0.0.1:%s", self->url != NULL ? strrchr (self->url, ':') + 1 : "0");
  const char *argv[] = { g_getenv ("LUZHANG_SERVER"),
                         "serve",
                         "--data",
                         data,
                         "--listen",
                         listen,
                         "--port-file",
                         port_file,
                         NULL };
  g_autoptr (GError) error = NULL;
  int fd = open (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_unlink (port_file);
  check (g_spawn_async_with_fds (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                 &self->server, -1, fd, fd, &error),
         "serve: %s", error->message);
  close (fd);
  for (int i = 0; i < 3000; i++)
    {
      if (g_file_get_contents (port_file, &port, NULL, NULL) && strchr (port, '\n') != NULL)
        break;
      g_clear_pointer (&port, g_free);
      check (waitpid (self->server, NULL, WNOHANG) == 0, "the server ended: see %s", log);
      g_usleep (2000);
    }
  check (port != NULL, "the server does not start");
  g_strchomp (port);
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%s", port);
}

static void
stop_server (Office *self, int how)
{
  int status;

  kill (self->server, how);
  waitpid (self->server, &status, 0);
}

/* Killed, as by a power failure of the process, and started again. */
void
office_restart_server (Office *self)
{
  stop_server (self, SIGKILL);
  start_server (self);
  self->n_restarts++;
}

/* ------------------------------------------------------------------------------- template */

static char *
find_password (const char *init, const char *user)
{
  g_autoptr (GBytes) bytes = g_bytes_new (init, strlen (init));
  g_autoptr (JsonNode) root = lz_sync_parse_object (bytes, NULL);
  JsonArray *array = json_object_get_array_member (json_node_get_object (root), "users");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (strcmp (json_object_get_string_member (object, "user"), user) == 0)
        return g_strdup (json_object_get_string_member (object, "password"));
    }
  fail ("no user %s", user);
}

static void
log_in (Office *office, const char *init, const char *user)
{
  g_autofree char *dir = g_build_filename (office->dir, user, NULL);
  g_autofree char *password = find_password (init, user);
  g_autoptr (LzStation) station = NULL;
  g_autoptr (LzSync) sync = NULL;
  g_autoptr (GError) error = NULL;

  check (lz_sync_login_dir (dir, office->url, user, password, FALSE, NULL, &error), "%s: %s", user,
         error->message);
  station = lz_station_open (dir, LZ_STATION_READ_WRITE, &error);
  sync = lz_sync_new (station, &error);
  check (lz_sync_run (sync, TRUE, NULL, &error), "%s: %s", user, error->message);
}

char *
office_make_template (void)
{
  Office office = { .dir = g_dir_make_tmp ("lz-simulate-XXXXXX", NULL) };
  g_autofree char *data = g_build_filename (office.dir, "server", NULL);
  g_autofree char *init = run_server_verb ("init", data, "--sample");

  start_server (&office);
  for (guint i = 0; i < N_MEMBERS; i++)
    log_in (&office, init, users[i]);
  log_in (&office, init, "supervisor");
  stop_server (&office, SIGTERM);
  g_free (office.url);
  return office.dir;
}

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_autofree char *content = NULL;
      gsize size;

      check (g_file_get_contents (from, &content, &size, NULL) &&
                 g_file_set_contents_full (to, content, (gssize) size, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL),
             "copying %s", from);
      return;
    }
  g_mkdir (to, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *a = g_build_filename (from, name, NULL);
      g_autofree char *b = g_build_filename (to, name, NULL);

      copy_tree (a, b);
    }
}

Office *
office_new (const char *template, guint32 seed)
{
  Office *self = g_new0 (Office, 1);

  self->dir = g_dir_make_tmp ("lz-simulate-XXXXXX", NULL);
  self->random = g_rand_new_with_seed (seed);
  copy_tree (template, self->dir);
  start_server (self);
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      Member *member = &self->members[i];

      member->user = users[i];
      member->home = strcmp (users[i], "huanwei") != 0;
      member->dir = g_build_filename (self->dir, users[i], NULL);
      member->acked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      member->withdrawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      member_open (self, member);
    }
  return self;
}

void
office_free (Office *self)
{
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      Member *member = &self->members[i];

      lz_sync_free (member->sync);
      lz_station_close (member->station);
      g_hash_table_unref (member->acked);
      g_hash_table_unref (member->withdrawn);
      g_free (member->dir);
    }
  stop_server (self, SIGTERM);
  office_remove (self->dir);
  g_rand_free (self->random);
  g_free (self->url);
  g_free (self->dir);
  g_free (self);
}

/* ---------------------------------------------------------------------------- at the end */

void
office_settle (Office *self)
{
  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < N_MEMBERS; i++)
      {
        int tries = 0;

        while (!member_sync (self, &self->members[i], -1))
          {
            check (++tries < 100, "%s: does not get through", self->members[i].user);
            g_usleep (20000);
          }
      }
}

/* The lines of a feed as the server gives them, by somebody who reads it. */
static GPtrArray *
fetch_lines (Office *self, const char *reader, const char *feed)
{
  g_autofree char *dir = g_build_filename (self->dir, reader, NULL);
  g_autoptr (LzStation) station = lz_station_open (dir, LZ_STATION_READ_ONLY, NULL);
  g_autofree char *token = lz_token_load (station);
  g_autoptr (LzHttp) http = lz_http_new (self->url, token, FALSE);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint before;

  do
    {
      g_autofree char *path =
          g_strdup_printf ("/v1/feeds/%s/events?after=%u&limit=10000", feed, lines->len);
      g_autoptr (SoupMessage) message = lz_http_new_message (http, "GET", path, NULL);
      g_auto (LzHttpAnswer) answer = { 0 };
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) parts = NULL;
      g_autofree char *text = NULL;

      check (lz_http_send (http, message, "application/x-ndjson", 64 * 1024 * 1024, &answer, NULL,
                           &error),
             "%s: %s", feed, error->message);
      before = lines->len;
      if (g_bytes_get_size (answer.body) == 0)
        break;
      text = g_strndup (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body));
      parts = g_strsplit (text, "\n", -1);
      for (char **part = parts; *part != NULL; part++)
        if (**part != '\0')
          g_ptr_array_add (lines, g_strdup (*part));
    }
  while (lines->len > before);
  return lines;
}

/* What this station holds of a feed, written as the server writes it. */
static GPtrArray *
write_lines (Member *self, const char *feed)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (lz_station_get_db (self->station),
                    "SELECT seq, chain, event FROM feed_line WHERE feed = ?1 ORDER BY seq", NULL);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  sqlite3_bind_text (stmt, 1, feed, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      LzId id = lz_stmt_column_id (stmt, 2);
      g_autoptr (LzEvent) event = lz_event_table_find (self->station, &id, NULL);
      g_autofree char *text = NULL;
      char chain[2 * LZ_SHA256_SIZE + 1];

      check (event != NULL, "%s: line %d has no event", self->user, sqlite3_column_int (stmt, 0));
      text = lz_wire_write_received_event (event);
      lz_sha256_format (sqlite3_column_blob (stmt, 1), chain);
      g_ptr_array_add (lines, g_strdup_printf ("{\"chain\":\"%s\",\"event\":%s,\"seq\":%d}", chain,
                                               text, sqlite3_column_int (stmt, 0)));
    }
  return lines;
}

static void
compare (Member *self, GPtrArray *theirs, const char *feed)
{
  g_autoptr (GPtrArray) ours = write_lines (self, feed);

  check (ours->len == theirs->len, "%s has %u lines of %s, the server %u", self->user, ours->len,
         feed, theirs->len);
  for (guint i = 0; i < ours->len; i++)
    check (strcmp (g_ptr_array_index (ours, i), g_ptr_array_index (theirs, i)) == 0,
           "%s, line %u of %s:\n# ours   %s\n# theirs %s", self->user, i + 1, feed,
           (char *) g_ptr_array_index (ours, i), (char *) g_ptr_array_index (theirs, i));
}

/* How often the server has each event. */
static GHashTable *
count_ids (GPtrArray *lines)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *id = strstr (g_ptr_array_index (lines, i), "\"id\":\"");

      check (id != NULL, "a line without id");
      check (g_hash_table_add (ids, g_strndup (id + 6, 36)), "an act is there twice: %.36s",
             id + 6);
    }
  return ids;
}

static gint64
ask_status (Member *self, const char *sql, const char *id)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (lz_station_get_db (self->station), sql, NULL);
  LzId event;

  check (lz_id_parse (id, &event), "an id");
  sqlite3_bind_blob (stmt, 1, event.bytes, sizeof event.bytes, SQLITE_TRANSIENT);
  return sqlite3_step (stmt) == SQLITE_ROW ? sqlite3_column_int64 (stmt, 0) : -1;
}

/* Every acknowledged act is at the server once, or refused and in this inbox; the rules' own
 * answers to a refused act go with it. */
static void
check_acked (Member *self, GHashTable *there)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->acked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (g_hash_table_contains (there, id))
        continue;
      check (ask_status (self, "SELECT status FROM event WHERE id = ?1", id) == 1,
             "%s: act %s is lost", self->user, (char *) id);
      check (ask_status (self, "SELECT count(*) FROM refusal WHERE event = ?1", id) == 1 ||
                 ask_status (self, "SELECT cause IS NOT NULL FROM event WHERE id = ?1", id) == 1 ||
                 g_hash_table_contains (self->withdrawn, id),
             "%s: act %s was refused, but is in no inbox", self->user, (char *) id);
    }
}

/* The cases as they stand, by the fold of each station. */
static char *
digest_cases (Member *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (LzStmt) stmt = lz_db_borrow (
      lz_station_get_db (self->station),
      "SELECT hex (id) || ' ' || state || ' ' || n_events || ' ' || n_photos || ' ' ||"
      " hex (last_event) || ' ' || coalesce (unit, '') || ' ' || coalesce (due_at, 0)"
      " FROM case_row ORDER BY id",
      NULL);

  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_checksum_update (sum, sqlite3_column_text (stmt, 0), -1);
  return g_strdup (g_checksum_get_string (sum));
}

/* The rows are what the log folds to, and the feeds' chains hold. */
static void
check_sound (Member *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = lz_doctor_run (self->station, FALSE, &error);

  check (findings != NULL, "%s: doctor: %s", self->user, error->message);
  for (guint i = 0; i < findings->len; i++)
    {
      const LzFinding *finding = g_ptr_array_index (findings, i);

      check (finding->level < LZ_FINDING_WARNING, "%s: %s: %s", self->user, finding->check,
             finding->text);
    }
}

void
office_check (Office *self)
{
  g_autoptr (GPtrArray) home = fetch_lines (self, "supervisor", "360681001");
  g_autoptr (GPtrArray) unit = fetch_lines (self, "huanwei", "unit:huanwei");
  g_autoptr (GHashTable) there = count_ids (home);
  g_autofree char *data = g_build_filename (self->dir, "server", NULL);
  g_autofree char *digest = digest_cases (&self->members[0]);

  g_hash_table_unref (count_ids (unit));
  for (guint i = 0; i < N_MEMBERS; i++)
    {
      Member *member = &self->members[i];
      g_autofree char *own = digest_cases (member);
      g_auto (LzSyncStatus) status = { 0 };

      compare (member, member->home ? home : unit, member->home ? "360681001" : "unit:huanwei");
      check_acked (member, there);
      check_sound (member);
      check (!member->home || strcmp (own, digest) == 0, "%s folds to another state", member->user);
      check (lz_sync_get_status (member->station, &status, NULL), "status");
      check (status.n_events == 0 && status.n_photos == 0, "%s: %u acts and %u photos still wait",
             member->user, status.n_events, status.n_photos);
    }
  stop_server (self, SIGTERM);
  g_free (run_server_verb ("verify", data, NULL));
  start_server (self);
}
