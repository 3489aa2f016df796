/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-simulate"

#include "config.h"

#include "lz-simulate.h"

#include "lz-log.h"
#include "lz-machine.h"
#include "lz-photos.h"
#include "lz-projection.h"

#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* 32 by 24 pixels of one colour. */
static const char small_jpeg[] =
#include "small-jpeg.h"
    ;

static void
remember (GHashTable *set, const LzId *id)
{
  g_hash_table_add (set, lz_id_dup_string (id));
}

/* A photo that no other is equal to. */
static LzPhotoRef
make_photo (Office *office, Member *self, LzPhotoRole role)
{
  gsize size;
  g_autofree guchar *small = g_base64_decode (small_jpeg, &size);
  g_autofree char *path = g_build_filename (office->dir, "new.jpg", NULL);
  g_autofree char *text = g_strdup_printf ("seed %u photo %u", simulate_seed, office->n_photos++);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 comment[4] = { 0xff, 0xfe, 0, (guint8) (strlen (text) + 2) };
  LzPhotoRef ref = { .role = role };
  LzPhoto *photo;

  g_byte_array_append (bytes, small, 2);
  g_byte_array_append (bytes, comment, sizeof comment);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  g_byte_array_append (bytes, small + 2, (guint) size - 2);
  check (g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, &error),
         "a photo: %s", error->message);
  photo = lz_photos_take (self->station, path, &error);
  check (photo != NULL, "a photo: %s", error->message);
  memcpy (ref.sha256, photo->sha256, LZ_SHA256_SIZE);
  ref.size_bytes = photo->size_bytes;
  lz_photo_free (photo);
  return ref;
}

/* A case that this station knows. */
static gboolean
pick_case (Office *office, Member *self, LzId *id)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = NULL;
  gint64 n = 0;

  check (lz_db_get_int64 (db, "SELECT count(*) FROM case_row", &n, NULL), "counting cases");
  if (n == 0)
    return FALSE;
  stmt = lz_db_borrow (db, "SELECT id FROM case_row ORDER BY fid DESC LIMIT 1 OFFSET ?1", NULL);
  /* mostly the newest few, where people meet */
  sqlite3_bind_int64 (stmt, 1, g_rand_int_range (office->random, 0, (gint32) (n < 5 ? n : 5)));
  check (sqlite3_step (stmt) == SQLITE_ROW, "picking a case");
  memcpy (id->bytes, sqlite3_column_blob (stmt, 0), sizeof id->bytes);
  return TRUE;
}

/* Everything that any step could need. */
static LzBody *
make_body (Office *office, Member *self, guint needs)
{
  LzBody *body = lz_body_new ();

  body->text = g_strdup_printf ("%s %u", self->user, office->n_acts);
  if ((needs & LZ_NEEDS_CATEGORY) != 0)
    body->category = g_strdup ("T06-01");
  if ((needs & LZ_NEEDS_PLACE) != 0)
    body->place = (LzPoint){ 282833000 + g_rand_int_range (office->random, 0, 9999), 1172103000 };
  if ((needs & LZ_NEEDS_CONDITION) != 0)
    body->condition = 1;
  if ((needs & LZ_NEEDS_UNIT) != 0)
    body->unit = g_strdup ("环卫中心");
  if ((needs & LZ_NEEDS_UNTIL) != 0)
    body->until_ms = lz_station_now (self->station) + DAY_MS;
  if ((needs & LZ_NEEDS_OTHER) != 0)
    pick_case (office, self, &body->other);
  if ((needs & LZ_NEEDS_BEFORE) != 0)
    {
      LzPhotoRef photo = make_photo (office, self, LZ_PHOTO_BEFORE);

      lz_body_add_photo (body, &photo);
    }
  if ((needs & LZ_NEEDS_AFTER) != 0)
    {
      LzPhotoRef photo = make_photo (office, self, LZ_PHOTO_AFTER);

      lz_body_add_photo (body, &photo);
    }
  return body;
}

static void
act_with (Office *office, Member *self, LzKind kind, const LzId *subject, guint needs)
{
  g_autoptr (LzBody) body = make_body (office, self, needs);
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = kind, .body = body };

  if (subject != NULL)
    act.subject = *subject;
  if (!lz_log_act (self->station, &act, &result, &error))
    {
      /* the rules say no, as they would to a person */
      check (g_error_matches (error, LZ_ERROR, LZ_ERROR_REFUSED) ||
                 g_error_matches (error, LZ_ERROR, LZ_ERROR_INVALID),
             "%s: %s", self->user, error->message);
      return;
    }
  office->n_acts++;
  for (guint i = 0; i < result.events->len; i++)
    remember (self->acked, &g_array_index (result.events, LzId, i));
}

void
member_act (Office *office, Member *self)
{
  guint roles = lz_station_get_roles (self->station);
  guint dice = (guint) g_rand_int_range (office->random, 0, 100);
  const LzTransition *actions[40];
  g_autoptr (LzCase) found = NULL;
  LzId id;
  guint n;

  if (!pick_case (office, self, &id) || (dice < 15 && (roles & LZ_ROLE_INSPECTOR) != 0))
    {
      guint needs = LZ_NEEDS_CATEGORY | LZ_NEEDS_PLACE | LZ_NEEDS_CONDITION;

      if ((roles & (LZ_ROLE_INSPECTOR | LZ_ROLE_ROAD_CHIEF)) != 0)
        act_with (office, self, LZ_KIND_REPORTED, NULL,
                  needs | (dice % 3 == 0 ? LZ_NEEDS_BEFORE : 0u));
      return;
    }
  if (dice < 30)
    {
      act_with (office, self, LZ_KIND_NOTED, &id, dice % 4 == 0 ? LZ_NEEDS_AFTER : 0u);
      return;
    }
  found = lz_projection_load (self->station, &id, NULL);
  check (found != NULL, "a case went away");
  n = lz_machine_list_actions (found->state, roles, actions, G_N_ELEMENTS (actions));
  if (n == 0)
    return;
  {
    const LzTransition *row = actions[g_rand_int_range (office->random, 0, (gint32) n)];

    act_with (office, self, row->kind, &id, row->needs);
  }
}

void
member_withdraw (Office *office, Member *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStmt) stmt = NULL;
  LzId last;

  if (!lz_log_find_last (self->station, &last))
    return;
  stmt = lz_db_borrow (lz_station_get_db (self->station),
                       "SELECT id FROM event WHERE id = ?1 OR cause = ?1", NULL);
  sqlite3_bind_blob (stmt, 1, last.bytes, sizeof last.bytes, SQLITE_TRANSIENT);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      LzId id;

      memcpy (id.bytes, sqlite3_column_blob (stmt, 0), sizeof id.bytes);
      remember (self->withdrawn, &id);
    }
  check (lz_log_withdraw (self->station, &last, &error), "undo: %s", error->message);
  office->n_withdrawn++;
}

void
member_settle (Office *office, Member *self)
{
  g_autoptr (GPtrArray) refusals = lz_sync_list_refusals (self->station, TRUE, NULL);
  g_autoptr (GError) error = NULL;
  gint64 before, after;
  const LzId *event;
  gboolean ok;

  check (refusals != NULL, "the inbox");
  if (refusals->len == 0)
    return;
  event = &((const LzRefusal *) g_ptr_array_index (refusals, 0))->event->id;
  lz_db_get_int64 (lz_station_get_db (self->station), "SELECT count(*) FROM event", &before, NULL);
  switch (g_rand_int_range (office->random, 0, 3))
    {
    case 0:
      ok = lz_sync_redo (self->station, event, &error);
      break;
    case 1:
      ok = lz_sync_keep_as_note (self->station, event, &error);
      break;
    default:
      ok = lz_sync_drop (self->station, event, "simulated", &error);
      break;
    }
  lz_db_get_int64 (lz_station_get_db (self->station), "SELECT count(*) FROM event", &after, NULL);
  check (ok || after == before, "a decision that failed left something: %s", error->message);
  check (ok || error->domain == LZ_ERROR, "settling: %s", error->message);
}

void
member_open (Office *office, Member *self)
{
  g_autoptr (GError) error = NULL;

  self->station = lz_station_open (self->dir, LZ_STATION_READ_WRITE, &error);
  check (self->station != NULL, "%s: %s", self->user, error->message);
  check (lz_station_set_setting (self->station, "server", office->url, &error), "%s",
         error->message);
  self->sync = lz_sync_new (self->station, &error);
  check (self->sync != NULL, "%s: %s", self->user, error->message);
}

void
member_reopen (Office *office, Member *self)
{
  g_clear_pointer (&self->sync, lz_sync_free);
  g_clear_pointer (&self->station, lz_station_close);
  member_open (office, self);
}

typedef struct
{
  GCancellable *cancellable;
  int after_us;
} Break;

static gpointer
break_thread (gpointer data)
{
  Break *line = data;

  g_usleep ((gulong) line->after_us);
  g_cancellable_cancel (line->cancellable);
  return NULL;
}

gboolean
member_sync (Office *office, Member *self, int break_us)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Break line = { cancellable, break_us };
  GThread *thread = break_us >= 0 ? g_thread_new ("break", break_thread, &line) : NULL;
  gboolean ok = lz_sync_run (self->sync, TRUE, cancellable, &error);

  if (thread != NULL)
    g_thread_join (thread);
  office->n_syncs++;
  office->n_refused += lz_sync_get_progress (self->sync)->n_refused;
  if (ok)
    return TRUE;
  office->n_broken++;
  /* an upload that just broke may still be locked */
  check ((break_us >= 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) ||
             g_error_matches (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_LOCKED),
         "%s: %s", self->user, error->message);
  return FALSE;
}
