/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-case-layer-private.h"

#include <glib/gi18n-lib.h>

#define PICK_PX   3.0
#define HALO_PX   23.0
#define REACH_PX  40.0
#define SHADOW_PX 5.0

G_DEFINE_FINAL_TYPE (LzCaseLayer, lz_case_layer, SHUMATE_TYPE_LAYER)

enum
{
  ACTIVATED,
  HOVERED,
  CLUSTER_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

gboolean
_lz_case_layer_get_view (LzCaseLayer *self, LzMapView *view)
{
  return lz_map_view_init (view, shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                           GTK_WIDGET (self), self->datum);
}

/* The item that stands for a pin now. */
guint
_lz_case_layer_find_item_of (LzCaseLayer *self, guint pin)
{
  for (guint i = 0; self->layout.items != NULL && i < self->layout.items->len; i++)
    {
      const LzPinItem *item = _lz_case_layer_get_item (self, i);

      if (pin < item->first || pin >= item->end)
        continue;
      while (_lz_case_layer_get_item (self, i)->owner != i)
        i = _lz_case_layer_get_item (self, i)->owner;
      return i;
    }

  return NO_ITEM;
}

/* Lays out anew if need be; the focused item is found again by one of its pins. */
void
_lz_case_layer_update_layout (LzCaseLayer *self, const LzMapView *view)
{
  LzWorldBox box = lz_map_view_get_box (view, REACH_PX);
  guint pin =
      self->focused != NO_ITEM ? _lz_case_layer_get_item (self, self->focused)->first : NO_ITEM;

  if (lz_pin_layout_update (&self->layout, self->pins, (guint) lround (view->zoom), &box))
    self->focused = pin != NO_ITEM ? _lz_case_layer_find_item_of (self, pin) : NO_ITEM;
}

static void
drop_layout (LzCaseLayer *self)
{
  lz_pin_layout_clear (&self->layout);
  self->focused = NO_ITEM;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The topmost item at (x, y), or NO_ITEM. */
guint
_lz_case_layer_pick_item (LzCaseLayer *self, double x, double y)
{
  LzMapView view;
  guint best = NO_ITEM;
  double best_rank = 1;

  if (!_lz_case_layer_get_view (self, &view))
    return NO_ITEM;

  _lz_case_layer_update_layout (self, &view);
  for (guint i = 0; i < self->layout.items->len; i++)
    {
      double px, py, rank;

      if (!_lz_case_layer_is_drawn (self, i))
        continue;
      lz_map_view_to_widget (&view, _lz_case_layer_get_item (self, i)->at, &px, &py);
      rank = hypot (px - x, py - y) / (_lz_case_layer_get_item (self, i)->radius + PICK_PX);
      if (rank <= best_rank)
        {
          best = i;
          best_rank = rank;
        }
    }

  return best;
}

gboolean
lz_case_layer_pick (LzCaseLayer *self, double x, double y)
{
  g_return_val_if_fail (LZ_IS_CASE_LAYER (self), FALSE);

  return self->reacts && _lz_case_layer_pick_item (self, x, y) != NO_ITEM;
}

void
_lz_case_layer_activate (LzCaseLayer *self, guint number)
{
  const LzPinItem *item = _lz_case_layer_get_item (self, number);
  g_autoptr (GArray) pins = NULL;
  g_autoptr (GArray) fids = NULL;
  LzWorldBox extent = LZ_WORLD_BOX_EMPTY;

  if (item->sum.count == 1)
    {
      g_signal_emit (self, signals[ACTIVATED], 0, lz_pin_set_get_fid (self->pins, item->first));
      return;
    }

  pins = lz_pin_layout_list_pins (&self->layout, number);
  fids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), pins->len);
  for (guint i = 0; i < pins->len; i++)
    {
      guint pin = g_array_index (pins, guint, i);
      gint64 fid = lz_pin_set_get_fid (self->pins, pin);

      g_array_append_val (fids, fid);
      lz_world_box_add (&extent, lz_pin_set_get_place (self->pins, pin));
    }
  g_signal_emit (self, signals[CLUSTER_ACTIVATED], 0, fids, &extent);
}

void
lz_case_layer_activate_at (LzCaseLayer *self, double x, double y)
{
  guint i;

  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  i = _lz_case_layer_pick_item (self, x, y);
  if (i != NO_ITEM)
    _lz_case_layer_activate (self, i);
}

/* Drawing. */

static void
draw_halo (GtkSnapshot *snapshot, double x, double y, double radius, const GdkRGBA *colour)
{
  GskRoundedRect disc;
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) (x - radius), (float) (y - radius),
                                             (float) radius * 2, (float) radius * 2);

  gsk_rounded_rect_init_from_rect (&disc, &rect, (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, colour, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
draw_focus (LzCaseLayer *self, GtkSnapshot *snapshot, const LzMapView *view)
{
  const LzPinItem *item = _lz_case_layer_get_item (self, self->focused);
  GdkRGBA blue = *lz_pin_kind_colour (LZ_PIN_DONE);
  float radius = (float) item->radius + 6, width[4] = { 3, 3, 3, 3 };
  GdkRGBA colours[4] = { blue, blue, blue, blue };
  GskRoundedRect ring;
  double x, y;

  lz_map_view_to_widget (view, item->at, &x, &y);
  gsk_rounded_rect_init_from_rect (&ring,
                                   &GRAPHENE_RECT_INIT ((float) x - radius, (float) y - radius,
                                                        radius * 2, radius * 2),
                                   radius);
  gtk_snapshot_append_border (snapshot, &ring, width, colours);
}

static void
draw_texture (GtkSnapshot *snapshot, GdkTexture *texture, double x, double y, double side)
{
  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT ((float) round (x - side / 2),
                                                    (float) round (y - side / 2), (float) side,
                                                    (float) side));
}

static void
draw_item (LzCaseLayer *self, GtkSnapshot *snapshot, const LzMapView *view, const LzPinItem *item)
{
  double x, y, side, reach = item->radius + SHADOW_PX;
  GdkTexture *texture;

  lz_map_view_to_widget (view, item->at, &x, &y);
  if (x < -reach || x > 2 * view->half_width_px + reach || y < -reach ||
      y > 2 * view->half_height_px + reach)
    return;

  if (item->sum.count == 1)
    texture = lz_pin_sprites_get_pin (self->sprites, lz_pin_set_get_kind (self->pins, item->first),
                                      &side);
  else
    texture = lz_pin_sprites_get_cluster (self->sprites, item, &side);
  draw_texture (snapshot, texture, x, y, side);
  self->n_drawn++;
}

static void
draw_selected (LzCaseLayer *self, GtkSnapshot *snapshot, const LzMapView *view)
{
  LzPinKind kind = lz_pin_set_get_kind (self->pins, self->selected_pin);
  GdkRGBA colour = *lz_pin_kind_colour (LZ_PIN_DONE);
  GdkTexture *texture;
  double x, y, side;

  lz_map_view_to_widget (view, lz_pin_set_get_place (self->pins, self->selected_pin), &x, &y);
  colour.alpha = .28f;
  draw_halo (snapshot, x, y, HALO_PX * self->layout.scale, &colour);
  texture = lz_pin_sprites_get_pin (self->sprites, kind, &side);
  draw_texture (snapshot, texture, x, y, side);
}

static void
lz_case_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzCaseLayer *self = LZ_CASE_LAYER (widget);
  LzMapView view;

  self->n_drawn = 0;
  if (!_lz_case_layer_get_view (self, &view))
    return;

  _lz_case_layer_update_layout (self, &view);
  if (self->sprites == NULL)
    self->sprites =
        lz_pin_sprites_new (self->dark, gtk_widget_get_scale_factor (widget), self->layout.scale);

  /* Pins first, closed ones lowest; then what is worse; clusters above them all. */
  for (int kind = LZ_PIN_CLOSED; kind >= LZ_PIN_OVERDUE; kind--)
    for (guint i = 0; i < self->layout.items->len; i++)
      if (_lz_case_layer_is_drawn (self, i) && _lz_case_layer_get_item (self, i)->sum.count == 1 &&
          (int) lz_pin_set_get_kind (self->pins, _lz_case_layer_get_item (self, i)->first) == kind)
        draw_item (self, snapshot, &view, _lz_case_layer_get_item (self, i));
  for (guint i = 0; i < self->layout.items->len; i++)
    if (_lz_case_layer_is_drawn (self, i) && _lz_case_layer_get_item (self, i)->sum.count > 1)
      draw_item (self, snapshot, &view, _lz_case_layer_get_item (self, i));

  if (self->selected_pin != NO_ITEM)
    draw_selected (self, snapshot, &view);
  if (self->focused != NO_ITEM && gtk_widget_has_visible_focus (widget))
    draw_focus (self, snapshot, &view);
}

/* ShumateLayer says FALSE here, so that the map beneath gets the events.  Saying TRUE over a pin
 * alone lets this layer see its clicks while drags elsewhere still pan the map. */
static gboolean
lz_case_layer_contains (GtkWidget *widget, double x, double y)
{
  return lz_case_layer_pick (LZ_CASE_LAYER (widget), x, y);
}

void
_lz_case_layer_set_hovered (LzCaseLayer *self, gint64 fid)
{
  if (self->hovered == fid)
    return;

  self->hovered = fid;
  g_signal_emit (self, signals[HOVERED], 0, fid);
}

/* Life. */

static void
scale_changed_cb (LzCaseLayer *self)
{
  g_clear_pointer (&self->sprites, lz_pin_sprites_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lz_case_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (lz_case_layer_parent_class)->constructed (object);

  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
lz_case_layer_finalize (GObject *object)
{
  LzCaseLayer *self = LZ_CASE_LAYER (object);

  lz_pin_layout_clear (&self->layout);
  g_clear_pointer (&self->sprites, lz_pin_sprites_free);
  g_clear_pointer (&self->pins, lz_pin_set_free);
  g_clear_pointer (&self->hint, g_free);

  G_OBJECT_CLASS (lz_case_layer_parent_class)->finalize (object);
}

static void
lz_case_layer_class_init (LzCaseLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = lz_case_layer_constructed;
  object_class->finalize = lz_case_layer_finalize;
  widget_class->snapshot = lz_case_layer_snapshot;
  widget_class->contains = lz_case_layer_contains;
  widget_class->query_tooltip = _lz_case_layer_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "cases");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[HOVERED] = g_signal_new ("hovered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLUSTER_ACTIVATED] =
      g_signal_new ("cluster-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_POINTER);
}

static void
lz_case_layer_init (LzCaseLayer *self)
{
  self->pins = lz_pin_set_new (NULL, 0);
  self->selected_pin = NO_ITEM;
  self->focused = NO_ITEM;
  self->reacts = TRUE;
  self->layout.scale = 1;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cases"),
                                  -1);

  _lz_case_layer_init_input (self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_changed_cb), NULL);
}

LzCaseLayer *
lz_case_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (LZ_TYPE_CASE_LAYER, "viewport", viewport, NULL);
}

static void
find_selected (LzCaseLayer *self)
{
  if (self->selected == 0 || !lz_pin_set_find_fid (self->pins, self->selected, &self->selected_pin))
    self->selected_pin = NO_ITEM;
}

void
lz_case_layer_set_pins (LzCaseLayer *self, LzPins *pins)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  drop_layout (self);
  lz_pin_set_free (self->pins);
  self->pins = lz_pin_set_new (pins, self->now_ms);
  find_selected (self);
}

void
lz_case_layer_set_now (LzCaseLayer *self, gint64 now_ms)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  self->now_ms = now_ms;
  if (lz_pin_set_set_now (self->pins, now_ms))
    drop_layout (self);
}

void
lz_case_layer_set_selected (LzCaseLayer *self, gint64 fid)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  if (self->selected == fid)
    return;

  self->selected = fid;
  find_selected (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_case_layer_set_hint (LzCaseLayer *self, gint64 fid, const char *text)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  g_free (self->hint);
  self->hint = g_strdup (text);
  self->hint_fid = fid;
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

void
lz_case_layer_set_dark (LzCaseLayer *self, gboolean dark)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  if (self->dark == dark)
    return;

  self->dark = dark;
  scale_changed_cb (self);
}

void
lz_case_layer_set_size (LzCaseLayer *self, double size)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));
  g_return_if_fail (size > 0);

  if (self->layout.scale == size)
    return;

  self->layout.scale = size;
  drop_layout (self);
  scale_changed_cb (self);
}

void
lz_case_layer_set_datum (LzCaseLayer *self, LzDatum datum)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  self->datum = datum;
  drop_layout (self);
}

void
lz_case_layer_set_reacts (LzCaseLayer *self, gboolean reacts)
{
  g_return_if_fail (LZ_IS_CASE_LAYER (self));

  self->reacts = reacts;
  _lz_case_layer_set_hovered (self, 0);
}

guint
lz_case_layer_get_n_drawn (LzCaseLayer *self)
{
  g_return_val_if_fail (LZ_IS_CASE_LAYER (self), 0);

  return self->n_drawn;
}

/**
 * lz_case_layer_get_items:
 * @self: the layer
 *
 * Returns: (transfer none) (nullable) (element-type LzPinItem): what the last frame laid out
 */
GArray *
lz_case_layer_get_items (LzCaseLayer *self)
{
  g_return_val_if_fail (LZ_IS_CASE_LAYER (self), NULL);

  return self->layout.items;
}
