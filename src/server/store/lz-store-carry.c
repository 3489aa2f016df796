/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"
#include "lz-wire.h"

#include <nettle/sha2.h>
#include <string.h>

/* A file of unsent work as lz_unsent_export() of a station makes it. */
#define APPLICATION_ID  1280988757 /* "LZUU" */
#define MAX_PHOTO_BYTES (64 * 1024 * 1024)

/* clang-format off */
static const char sql_application[] = "PRAGMA application_id";
static const char sql_events[] = "SELECT line FROM unsent_event ORDER BY n";
static const char sql_photos[] = "SELECT sha256, data FROM unsent_photo";
/* clang-format on */

void
lz_carry_report_free (LzCarryReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->refusals);
  g_free (self);
}

static gboolean
set_not_unsent (GError **error, const char *from)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               "%s is not a file of unsent work, or it is damaged", from);
  return FALSE;
}

static void
finalize (sqlite3_stmt **stmt)
{
  sqlite3_finalize (*stmt);
}

/* A statement over the foreign file, whose schema may be anybody's. */
typedef sqlite3_stmt *ForeignStmt;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForeignStmt, finalize)

static gboolean
prepare (sqlite3 *file, const char *sql, sqlite3_stmt **stmt, const char *from, GError **error)
{
  return sqlite3_prepare_v2 (file, sql, -1, stmt, NULL) == SQLITE_OK ||
         set_not_unsent (error, from);
}

static sqlite3 *
open_file (const char *from, GError **error)
{
  g_auto (ForeignStmt) stmt = NULL;
  sqlite3 *file = NULL;

  if (!g_file_test (from, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "there is no file %s", from);
      return NULL;
    }
  if (sqlite3_open_v2 (from, &file, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    {
      sqlite3_db_config (file, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (file, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      if (sqlite3_prepare_v2 (file, sql_application, -1, &stmt, NULL) == SQLITE_OK &&
          sqlite3_step (stmt) == SQLITE_ROW && sqlite3_column_int (stmt, 0) == APPLICATION_ID)
        return file;
    }
  g_clear_pointer (&stmt, sqlite3_finalize);
  sqlite3_close (file);
  set_not_unsent (error, from);
  return NULL;
}

/* The push of @device's events; they are in the file in the order of its numbers. */
static LzPush *
find_push (GPtrArray *pushes, const LzAccount *account, const LzEvent *event)
{
  LzPush *push;

  for (guint i = 0; i < pushes->len; i++)
    {
      const LzPush *known = pushes->pdata[i];
      const LzPushItem *first = &g_array_index (known->items, LzPushItem, 0);

      if (g_strcmp0 (first->event->device, event->device) == 0)
        return pushes->pdata[i];
    }
  push = lz_push_new (account, NULL, lz_store_now_ms ());
  g_ptr_array_add (pushes, push);
  return push;
}

/* Array of LzPush, one for each device. */
static GPtrArray *
read_events (sqlite3 *file, const char *from, const LzAccount *account, GError **error)
{
  g_autoptr (GPtrArray) pushes = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_push_free);
  g_auto (ForeignStmt) stmt = NULL;
  int result;

  if (!prepare (file, sql_events, &stmt, from, error))
    return NULL;
  while ((result = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      const char *line = (const char *) sqlite3_column_text (stmt, 0);
      LzEvent *event =
          line != NULL ? lz_wire_parse_event (line, sqlite3_column_bytes (stmt, 0), NULL) : NULL;

      if (event == NULL)
        break;
      event->home_seq = event->received_ms = 0; /* only a server says these */
      lz_push_add (find_push (pushes, account, event), event, lz_wire_write_event (event));
    }
  if (result == SQLITE_DONE)
    return g_steal_pointer (&pushes);
  set_not_unsent (error, from);
  return NULL;
}

typedef gboolean (*PhotoFunc) (LzServerStore *self,
                               const LzAccount *account,
                               const guint8 sha256[32],
                               GBytes *bytes,
                               LzCarryReport *report,
                               GError **error);

static gboolean
foreach_photo (LzServerStore *self,
               sqlite3 *file,
               const char *from,
               const LzAccount *account,
               PhotoFunc func,
               LzCarryReport *report,
               GError **error)
{
  g_auto (ForeignStmt) stmt = NULL;
  int result;

  if (!prepare (file, sql_photos, &stmt, from, error))
    return FALSE;
  while ((result = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      const void *data = sqlite3_column_blob (stmt, 1);
      int size = sqlite3_column_bytes (stmt, 1);
      g_autoptr (GBytes) bytes = NULL;

      if (sqlite3_column_bytes (stmt, 0) != 32 || size <= 0 || size > MAX_PHOTO_BYTES)
        return set_not_unsent (error, from);
      bytes = g_bytes_new_static (data, (gsize) size);
      if (!func (self, account, sqlite3_column_blob (stmt, 0), bytes, report, error))
        return FALSE;
    }
  return result == SQLITE_DONE || set_not_unsent (error, from);
}

static gboolean
check_photo (LzServerStore *self,
             const LzAccount *account,
             const guint8 sha256[32],
             GBytes *bytes,
             LzCarryReport *report,
             GError **error)
{
  struct sha256_ctx ctx;
  guint8 found[32];

  (void) self;
  (void) account;
  (void) report;
  sha256_init (&ctx);
  sha256_update (&ctx, g_bytes_get_size (bytes), g_bytes_get_data (bytes, NULL));
  sha256_digest (&ctx, sizeof found, found);
  if (memcmp (found, sha256, sizeof found) == 0)
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "a photo in the file is damaged");
  return FALSE;
}

static gboolean
take_photo (LzServerStore *self,
            const LzAccount *account,
            const guint8 sha256[32],
            GBytes *bytes,
            LzCarryReport *report,
            GError **error)
{
  gboolean known = lz_blobs_has (self->blobs, sha256);
  guint8 found[32];

  if ((!known && !lz_blobs_add_bytes (self->blobs, bytes, found, error)) ||
      !lz_server_store_add_photo (self, account->user, sha256, (gint64) g_bytes_get_size (bytes),
                                  NULL, error))
    return FALSE;
  report->n_photos += !known;
  report->n_photos_known += known;
  return TRUE;
}

/* ------------------------------------------------------------------------------- events */

typedef struct
{
  GMutex lock;
  GCond woken;
  gboolean done;
} Wait;

static void
pushed_cb (LzPush *push, gpointer data)
{
  Wait *wait = data;

  (void) push;
  g_mutex_lock (&wait->lock);
  wait->done = TRUE;
  g_cond_signal (&wait->woken);
  g_mutex_unlock (&wait->lock);
}

static void
push_and_wait (LzServerStore *self, LzPush *push)
{
  Wait wait = { 0 };

  g_mutex_init (&wait.lock);
  g_cond_init (&wait.woken);
  lz_server_store_push (self, push, pushed_cb, &wait);
  g_mutex_lock (&wait.lock);
  while (!wait.done)
    g_cond_wait (&wait.woken, &wait.lock);
  g_mutex_unlock (&wait.lock);
  g_mutex_clear (&wait.lock);
  g_cond_clear (&wait.woken);
}

static gboolean
set_push_error (const LzPush *push, GError **error)
{
  switch (push->result)
    {
    case LZ_PUSH_OK:
      return TRUE;
    case LZ_PUSH_FAILED:
      g_propagate_error (error, g_error_copy (push->error));
      return FALSE;
    case LZ_PUSH_GAP:
      g_set_error (error, LZ_ERROR, LZ_ERROR_REFUSED,
                   "station %s: the server has its work up to number %" G_GINT64_FORMAT
                   " only, and what follows is not in the file",
                   push->device, push->have);
      return FALSE;
    case LZ_PUSH_DIVERGED:
      g_set_error (error, LZ_ERROR, LZ_ERROR_REFUSED,
                   "station %s: another act has number %" G_GINT64_FORMAT
                   ": the station was copied, or restored from a backup",
                   push->device, push->device_seq);
      return FALSE;
    case LZ_PUSH_DEVICE:
    case LZ_PUSH_FEED:
    default:
      g_set_error (error, LZ_ERROR, LZ_ERROR_REFUSED, "station %s: “%s” reads no feed of its work",
                   push->device, push->account->user);
      return FALSE;
    }
}

static gboolean
hand_in (LzServerStore *self, LzPush *push, LzCarryReport *report, GError **error)
{
  push_and_wait (self, push);
  if (!set_push_error (push, error))
    return FALSE;

  g_ptr_array_add (report->devices, g_strdup (push->device));
  report->n_events += push->n_accepted;
  report->n_refused += push->n_refused;
  report->n_known += push->items->len - push->n_accepted - push->n_refused;
  for (guint i = 0; i < push->items->len; i++)
    {
      const LzPushItem *item = &g_array_index (push->items, LzPushItem, i);
      char id[LZ_ID_STRING_SIZE];

      if (item->refused == NULL)
        continue;
      lz_id_format (&item->event->id, id);
      g_ptr_array_add (report->refusals,
                       g_strdup_printf ("%s %s: %s", id, item->refused, item->message));
    }
  return TRUE;
}

static gboolean
check_carrier (const LzAccount *account, GError **error)
{
  if (!account->disabled && (account->roles & LZ_ROLES_CARRY) != 0)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_REFUSED,
               "“%s” is no dispatcher and no administrator: only those hand in others' work",
               account->user);
  return FALSE;
}

/* Everything is looked at before anything is taken; a file that is cut short by a full disk can be
 * taken in again. */
LzCarryReport *
lz_server_store_carry_in (LzServerStore *self, const char *from, const char *user, GError **error)
{
  g_autoptr (LzAccount) account = lz_server_store_find_account (self, user, error);
  g_autoptr (LzCarryReport) report = g_new0 (LzCarryReport, 1);
  g_autoptr (GPtrArray) pushes = NULL;
  sqlite3 *file;
  gboolean ok;

  report->devices = g_ptr_array_new_with_free_func (g_free);
  report->refusals = g_ptr_array_new_with_free_func (g_free);
  if (account == NULL || !check_carrier (account, error) ||
      (file = open_file (from, error)) == NULL)
    return NULL;
  pushes = read_events (file, from, account, error);
  ok = pushes != NULL && foreach_photo (self, file, from, account, check_photo, report, error);
  for (guint i = 0; ok && i < pushes->len; i++)
    ok = hand_in (self, pushes->pdata[i], report, error);
  ok = ok && foreach_photo (self, file, from, account, take_photo, report, error);
  sqlite3_close (file);
  return ok ? g_steal_pointer (&report) : NULL;
}
