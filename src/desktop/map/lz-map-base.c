/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-map-private.h"

#include "lz-mbtiles-source.h"
#include "lz-online-source.h"
#include "lz-street-source.h"

#include <adwaita.h>

static void
replace_layer (LzMap *self, ShumateMapLayer **slot, ShumateMapSource *source)
{
  ShumateMapLayer *layer = source != NULL ? shumate_map_layer_new (source, self->viewport) : NULL;
  ShumateLayer *above = slot == &self->base_layer ? SHUMATE_LAYER (self->road_layer)
                                                  : SHUMATE_LAYER (self->case_layer);

  if (layer != NULL)
    shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (layer), above);
  if (*slot != NULL)
    shumate_map_remove_layer (self->map, SHUMATE_LAYER (*slot));
  *slot = layer;
}

void
_lz_map_update_base (LzMap *self)
{
  guint scale = (guint) gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const LzStreetStyle *style =
      lz_street_style_get (self->dark,
                           adw_style_manager_get_high_contrast (adw_style_manager_get_default ()));
  LzStreetSource *ground =
      lz_street_source_new (LZ_STREET_GROUND, self->streets, NULL, style, scale);

  /* The streets say how places lie on the widget whatever is drawn beneath: levels 3 to 20. */
  if (shumate_viewport_get_reference_map_source (self->viewport) == NULL)
    shumate_map_set_map_source (self->map, SHUMATE_MAP_SOURCE (ground));

  if (self->base == LZ_MAP_BASE_STREETS)
    {
      g_autoptr (LzStreetSource) names =
          lz_street_source_new (LZ_STREET_NAMES, self->streets, self->labels, style, scale);

      replace_layer (self, &self->base_layer, SHUMATE_MAP_SOURCE (ground));
      replace_layer (self, &self->names_layer, SHUMATE_MAP_SOURCE (names));
    }
  else
    {
      replace_layer (self, &self->base_layer, self->other_base);
      replace_layer (self, &self->names_layer, NULL);
    }
  g_object_unref (ground);
  _lz_map_update_attribution (self);
}

void
_lz_map_update_attribution (LzMap *self)
{
  static const char *const datums[] = {
    [LZ_DATUM_WGS84] = "WGS 84",
    [LZ_DATUM_GCJ02] = "GCJ-02",
    [LZ_DATUM_BD09] = "BD-09",
  };
  const char *who =
      self->base == LZ_MAP_BASE_STREETS ? self->streets_attribution : self->base_attribution;
  g_autofree char *text = who != NULL && who[0] != '\0'
                              ? g_strdup_printf ("%s · %s", who, datums[self->datum])
                              : g_strdup (datums[self->datum]);

  gtk_label_set_text (self->attribution, text);
}

static void
set_base (LzMap *self, LzMapBase base, LzDatum datum, ShumateMapSource *source, const char *who)
{
  LzPoint middle = lz_map_get_center (self);
  double zoom = shumate_viewport_get_zoom_level (self->viewport);

  self->base = base;
  g_set_object (&self->other_base, source);
  g_free (self->base_attribution);
  self->base_attribution = g_strdup (who);
  if (self->datum != datum)
    {
      self->datum = datum;
      lz_road_layer_set_datum (self->road_layer, datum);
      lz_case_layer_set_datum (self->case_layer, datum);
      lz_asset_layer_set_datum (self->asset_layer, datum);
      lz_mark_layer_set_datum (self->mark_layer, datum);
      lz_track_layer_set_datum (self->track_layer, datum);
      _lz_map_move (self, lz_map_view_shift (datum, lz_world_from_point (middle)), 0, 0, zoom,
                    FALSE);
    }
  _lz_map_update_base (self);
}

void
lz_map_set_base_streets (LzMap *self)
{
  g_return_if_fail (LZ_IS_MAP (self));

  set_base (self, LZ_MAP_BASE_STREETS, LZ_DATUM_WGS84, NULL, NULL);
}

static void
prepare (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, lz_street_map_new (task_data), (GDestroyNotify) lz_street_map_unref);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMap *self = LZ_MAP (source);
  g_autoptr (LzStreetMap) streets = g_task_propagate_pointer (G_TASK (result), NULL);

  if (streets == NULL || self->map == NULL)
    return;

  g_clear_pointer (&self->labels, lz_street_labels_unref);
  g_clear_pointer (&self->streets, lz_street_map_unref);
  self->streets = g_steal_pointer (&streets);
  self->labels = lz_street_labels_new (self->streets, self->text_scale);
  _lz_map_update_base (self);
}

/* Names, pins and numbers grow with the text of the desktop. */
void
_lz_map_update_text_scale (LzMap *self)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  self->text_scale = dpi > 0 ? CLAMP (dpi / 1024.0 / 96, .75, 3) : 1;
  lz_case_layer_set_size (self->case_layer, self->text_scale);
  lz_asset_layer_set_size (self->asset_layer, self->text_scale);
  if (self->streets == NULL)
    return;

  g_clear_pointer (&self->labels, lz_street_labels_unref);
  self->labels = lz_street_labels_new (self->streets, self->text_scale);
  _lz_map_update_base (self);
}

void
lz_map_set_streets (LzMap *self, GPtrArray *streets, const char *attribution)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LZ_IS_MAP (self));

  g_free (self->streets_attribution);
  self->streets_attribution = g_strdup (attribution);
  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  if (streets == NULL)
    {
      g_clear_pointer (&self->labels, lz_street_labels_unref);
      g_clear_pointer (&self->streets, lz_street_map_unref);
      _lz_map_update_base (self);
      return;
    }

  _lz_map_update_attribution (self);
  self->preparing = g_cancellable_new ();
  task = g_task_new (self, self->preparing, prepared_cb, NULL);
  g_task_set_source_tag (task, lz_map_set_streets);
  g_task_set_task_data (task, g_ptr_array_ref (streets), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, prepare);
}

gboolean
lz_map_set_base_mbtiles (LzMap *self, const char *path, LzDatum datum, GError **error)
{
  g_autoptr (LzMbtiles) tiles = NULL;
  g_autoptr (LzMbtilesSource) source = NULL;
  const char *who;

  g_return_val_if_fail (LZ_IS_MAP (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  tiles = lz_mbtiles_open (path, error);
  if (tiles == NULL)
    return FALSE;

  source = lz_mbtiles_source_new (tiles);
  who = lz_mbtiles_get_attribution (tiles);
  set_base (self, LZ_MAP_BASE_MBTILES, datum, SHUMATE_MAP_SOURCE (source),
            who != NULL && who[0] != '\0' ? who : lz_mbtiles_get_name (tiles));
  return TRUE;
}

gboolean
lz_map_set_base_online (LzMap *self,
                        const char *url,
                        const char *key,
                        const char *attribution,
                        guint max_zoom,
                        LzDatum datum,
                        GError **error)
{
  g_autoptr (LzOnlineSource) source = NULL;

  g_return_val_if_fail (LZ_IS_MAP (self), FALSE);
  g_return_val_if_fail (url != NULL, FALSE);

  source = lz_online_source_new (url, key, max_zoom == 0 ? 18 : max_zoom, error);
  if (source == NULL)
    return FALSE;

  set_base (self, LZ_MAP_BASE_ONLINE, datum, SHUMATE_MAP_SOURCE (source), attribution);
  return TRUE;
}
