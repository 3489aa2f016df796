/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-fold.h"

LzCase *
lz_case_new (void)
{
  return g_new0 (LzCase, 1);
}

LzCase *
lz_case_copy (const LzCase *self)
{
  LzCase *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->feed = g_strdup (self->feed);
  copy->category = g_strdup (self->category);
  copy->road_name = g_strdup (self->road_name);
  copy->address = g_strdup (self->address);
  copy->number = g_strdup (self->number);
  copy->text = g_strdup (self->text);
  copy->unit = g_strdup (self->unit);
  copy->reporter = g_strdup (self->reporter);
  copy->handler = g_strdup (self->handler);
  copy->assist = g_strdup (self->assist);
  copy->order = g_strdup (self->order);
  copy->tasked = g_strdup (self->tasked);
  return copy;
}

void
lz_case_free (LzCase *self)
{
  if (self == NULL)
    return;

  g_free (self->feed);
  g_free (self->category);
  g_free (self->road_name);
  g_free (self->address);
  g_free (self->number);
  g_free (self->text);
  g_free (self->unit);
  g_free (self->reporter);
  g_free (self->handler);
  g_free (self->assist);
  g_free (self->order);
  g_free (self->tasked);
  g_free (self);
}

/**
 * lz_case_equal:
 * @a: a case
 * @b: another
 *
 * Returns: whether every member is the same; what doctor and the tests mean by "projection equals
 *   fold"
 */
gboolean
lz_case_equal (const LzCase *a, const LzCase *b)
{
  return lz_id_equal (&a->id, &b->id) && a->state == b->state &&
         g_strcmp0 (a->feed, b->feed) == 0 && g_strcmp0 (a->category, b->category) == 0 &&
         a->condition == b->condition && a->place.lat7 == b->place.lat7 &&
         a->place.lon7 == b->place.lon7 && lz_id_equal (&a->road, &b->road) &&
         a->chainage_cm == b->chainage_cm && a->offset_cm == b->offset_cm && a->side == b->side &&
         g_strcmp0 (a->road_name, b->road_name) == 0 && g_strcmp0 (a->address, b->address) == 0 &&
         g_strcmp0 (a->number, b->number) == 0 && g_strcmp0 (a->text, b->text) == 0 &&
         g_strcmp0 (a->unit, b->unit) == 0 && g_strcmp0 (a->reporter, b->reporter) == 0 &&
         g_strcmp0 (a->handler, b->handler) == 0 && a->found_ms == b->found_ms &&
         a->reported_ms == b->reported_ms && a->changed_ms == b->changed_ms &&
         a->closed_ms == b->closed_ms && a->limit.count == b->limit.count &&
         a->limit.clock == b->limit.clock && a->due_ms == b->due_ms && a->warn_ms == b->warn_ms &&
         a->stopped_ms == b->stopped_ms && a->n_photos == b->n_photos &&
         a->n_before == b->n_before && a->n_after == b->n_after && a->n_notes == b->n_notes &&
         a->n_extensions == b->n_extensions && a->n_suspensions == b->n_suspensions &&
         a->n_reworks == b->n_reworks && a->n_events == b->n_events &&
         a->supervision == b->supervision && a->appeal == b->appeal && a->until_ms == b->until_ms &&
         g_strcmp0 (a->order, b->order) == 0 && a->reply_ms == b->reply_ms &&
         a->void_asked == b->void_asked && g_strcmp0 (a->tasked, b->tasked) == 0 &&
         a->sent_back == b->sent_back && a->stage_ms == b->stage_ms &&
         g_strcmp0 (a->assist, b->assist) == 0 && lz_id_equal (&a->patrol, &b->patrol) &&
         lz_id_equal (&a->asset, &b->asset) && lz_id_equal (&a->recurs, &b->recurs) &&
         lz_id_equal (&a->merged_into, &b->merged_into) &&
         lz_id_equal (&a->last_event, &b->last_event);
}

/**
 * lz_case_lamp_at:
 * @self: a case
 * @now_ms: the moment to judge at, ms UTC
 *
 * Returns: how its deadline stands; of a clock that stands still, how it stood then
 */
LzLamp
lz_case_lamp_at (const LzCase *self, gint64 now_ms)
{
  return lz_lamp_at (self->warn_ms, self->due_ms,
                     self->stopped_ms != 0 ? self->stopped_ms : now_ms);
}

gboolean
lz_case_is_overdue_at (const LzCase *self, gint64 now_ms)
{
  return lz_case_lamp_at (self, now_ms) == LZ_LAMP_RED;
}
