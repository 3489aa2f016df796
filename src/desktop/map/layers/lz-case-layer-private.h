/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-layer.h"
#include "lz-pin-layout.h"
#include "lz-pin-sprites.h"

G_BEGIN_DECLS

#define NO_ITEM G_MAXUINT

struct _LzCaseLayer
{
  ShumateLayer parent_instance;

  LzPinSet *pins;
  gint64 now_ms;
  LzPinLayout layout;
  LzPinSprites *sprites;
  gboolean dark;
  LzDatum datum;
  gboolean reacts;

  gint64 selected;
  guint selected_pin; /* NO_ITEM if it is not among the pins */
  gint64 hovered;
  gint64 hint_fid;
  char *hint;
  guint focused; /* an item */
  guint n_drawn;
  double press_x;
  double press_y;
};

static inline const LzPinItem *
_lz_case_layer_get_item (LzCaseLayer *self, guint i)
{
  return &g_array_index (self->layout.items, LzPinItem, i);
}

static inline gboolean
_lz_case_layer_is_drawn (LzCaseLayer *self, guint i)
{
  return _lz_case_layer_get_item (self, i)->owner == i;
}

/* lz-case-layer.c */
gboolean _lz_case_layer_get_view (LzCaseLayer *self, LzMapView *view);
void _lz_case_layer_update_layout (LzCaseLayer *self, const LzMapView *view);
guint _lz_case_layer_find_item_of (LzCaseLayer *self, guint pin);
/* The topmost item at (x, y), or NO_ITEM. */
guint _lz_case_layer_pick_item (LzCaseLayer *self, double x, double y);
void _lz_case_layer_activate (LzCaseLayer *self, guint item);
void _lz_case_layer_set_hovered (LzCaseLayer *self, gint64 fid);

/* lz-case-input.c */
void _lz_case_layer_init_input (LzCaseLayer *self);
gboolean _lz_case_layer_query_tooltip (GtkWidget *widget,
                                       int x,
                                       int y,
                                       gboolean keyboard,
                                       GtkTooltip *tooltip);

G_END_DECLS
