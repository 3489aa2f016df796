/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulk.h"
#include "lz-event-table.h"
#include "lz-projection.h"
#include "lz-stmt.h"
#include "lz-wire.h"

struct _LzBulk
{
  LzStation *station;
  gboolean begun;
  gint64 next_seq;
};

LzBulk *
lz_bulk_new (LzStation *station)
{
  LzBulk *self = g_new0 (LzBulk, 1);

  self->station = station;
  /* The indexes grow all over: what is not in memory is read and written again and again. */
  lz_db_exec (lz_station_get_db (station), "PRAGMA cache_size = -131072", NULL);
  return self;
}

void
lz_bulk_free (LzBulk *self)
{
  if (self == NULL)
    return;

  if (self->begun)
    lz_db_rollback (lz_station_get_db (self->station));
  lz_db_exec (lz_station_get_db (self->station), "PRAGMA cache_size = -16384", NULL);
  g_free (self);
}

static gboolean
begin (LzBulk *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);

  if (self->begun)
    return TRUE;
  if (!lz_db_begin (db, error))
    return FALSE;
  self->begun = TRUE;
  return lz_event_table_next_seq (self->station, &self->next_seq, error);
}

/* The visible number of a history comes after its place in the log, which no other case has:
 * "D-3fa2-L17". */
static char *
make_number (LzBulk *self, gint64 seq)
{
  return g_strdup_printf ("D-%.4s-L%" G_GINT64_FORMAT, lz_station_get_device (self->station), seq);
}

static void
add_photos (GArray *photos, const LzEvent *event)
{
  for (guint i = 0; event->body->photos != NULL && i < event->body->photos->len; i++)
    {
      LzCasePhoto photo = { event->id, g_array_index (event->body->photos, LzPhotoRef, i) };

      g_array_append_val (photos, photo);
    }
}

/* Only what people wrote can be too long. */
static gboolean
write_body (LzEvent *event, GError **error)
{
  const LzBody *body = event->body;

  if (body->text != NULL || body->address != NULL || body->imported_from != NULL)
    return lz_event_table_write_body (event, error);
  event->body_json = lz_wire_write_body (body);
  return TRUE;
}

/* Gives the events their identity and folds them, all in memory: FALSE changes nothing. */
static gboolean
prepare (LzBulk *self,
         GPtrArray *events,
         guint roles,
         LzCase *folded,
         LzFigures *figures,
         GArray *photos,
         GError **error)
{
  gint64 now = lz_station_now (self->station);
  LzId subject = lz_id_new (now);
  gint64 seq = self->next_seq;

  for (guint i = 0; i < events->len; i++)
    {
      LzEvent *event = g_ptr_array_index (events, i);

      event->id = lz_id_new (now);
      event->subject = subject;
      event->feed = g_strdup (lz_station_get_feed (self->station));
      event->kind_name = g_strdup (lz_kind_to_string (event->kind));
      event->device = g_strdup (lz_station_get_device (self->station));
      event->device_seq = seq++;
      event->basis = folded->last_event;
      if (i == 0 && event->body->number == NULL)
        event->body->number = make_number (self, event->device_seq);
      if (!lz_fold_check (folded, event, roles, error))
        return FALSE;
      if (!write_body (event, error))
        return FALSE;
      lz_fold_apply (folded, event);
      lz_figures_apply (figures, folded, event);
      add_photos (photos, event);
    }
  self->next_seq = seq;
  return TRUE;
}

gboolean
lz_bulk_add_case (LzBulk *self, GPtrArray *events, guint roles, GError **error)
{
  static const LzId nil;
  g_autoptr (LzCase) folded = lz_case_new ();
  g_autoptr (LzFigures) figures = lz_figures_new ();
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (LzCasePhoto));

  g_return_val_if_fail (events->len > 0, FALSE);

  if (!begin (self, error) || !prepare (self, events, roles, folded, figures, photos, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!lz_event_table_add (self->station, g_ptr_array_index (events, i), &nil, error))
      return FALSE;
  return lz_projection_insert (self->station, folded, figures, photos, error);
}

gboolean
lz_bulk_commit (LzBulk *self, GError **error)
{
  if (!self->begun)
    return TRUE;
  self->begun = FALSE;
  return lz_db_commit (lz_station_get_db (self->station), error);
}
