/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-track-match.h"

/**
 * lz_road_cover_new:
 * @road: a road
 * @length_cm: of its line
 * @spans: (transfer full) (nullable): what is covered; %NULL = nothing yet
 *
 * Returns: (transfer full): a new cover
 */
LzRoadCover *
lz_road_cover_new (const LzId *road, gint64 length_cm, GArray *spans)
{
  LzRoadCover *self;

  g_return_val_if_fail (road != NULL, NULL);

  self = g_new (LzRoadCover, 1);
  *self = (LzRoadCover){ *road, NULL, length_cm, spans != NULL ? spans : lz_spans_new () };
  return self;
}

/**
 * lz_road_cover_copy:
 * @self: a cover
 *
 * Returns: (transfer full): a copy
 */
LzRoadCover *
lz_road_cover_copy (const LzRoadCover *self)
{
  LzRoadCover *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = lz_road_cover_new (&self->road, self->length_cm, lz_spans_copy (self->spans));
  copy->name = g_strdup (self->name);
  return copy;
}

/**
 * lz_road_cover_free:
 * @self: (nullable) (transfer full): a cover
 */
void
lz_road_cover_free (LzRoadCover *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_array_unref (self->spans);
  g_free (self);
}

/**
 * lz_road_cover_get_percent:
 * @self: a cover
 *
 * Returns: how much of the road is covered, 0 to 100, rounded down: 100 is all of it
 */
guint
lz_road_cover_get_percent (const LzRoadCover *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->length_cm <= 0)
    return self->spans->len > 0 ? 100 : 0;
  return (guint) CLAMP (lz_spans_length_cm (self->spans) * 100 / self->length_cm, 0, 100);
}

static void
free_cover (gpointer data)
{
  lz_road_cover_free (data);
}

/**
 * lz_road_covers_new:
 *
 * Returns: (transfer container) (element-type LzRoadCover): an empty array that owns its covers
 */
GPtrArray *
lz_road_covers_new (void)
{
  return g_ptr_array_new_with_free_func (free_cover);
}

/**
 * lz_road_covers_find:
 * @covers: (element-type LzRoadCover): covers
 * @road: a road
 *
 * Returns: (transfer none) (nullable): the cover of that road
 */
LzRoadCover *
lz_road_covers_find (const GPtrArray *covers, const LzId *road)
{
  g_return_val_if_fail (covers != NULL && road != NULL, NULL);

  for (guint i = 0; i < covers->len; i++)
    {
      LzRoadCover *cover = covers->pdata[i];

      if (lz_id_equal (&cover->road, road))
        return cover;
    }
  return NULL;
}
