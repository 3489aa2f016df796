/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-item.h"

struct _LzCaseItem
{
  GObject parent_instance;

  gint64 fid;
  LzCaseRow *row;
};

G_DEFINE_FINAL_TYPE (LzCaseItem, lz_case_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

LzCaseItem *
lz_case_item_new (gint64 fid)
{
  LzCaseItem *self = g_object_new (LZ_TYPE_CASE_ITEM, NULL);

  self->fid = fid;
  return self;
}

gint64
lz_case_item_get_fid (LzCaseItem *self)
{
  g_return_val_if_fail (LZ_IS_CASE_ITEM (self), 0);

  return self->fid;
}

const LzCaseRow *
lz_case_item_get_row (LzCaseItem *self)
{
  g_return_val_if_fail (LZ_IS_CASE_ITEM (self), NULL);

  return self->row;
}

void
lz_case_item_take_row (LzCaseItem *self, LzCaseRow *row)
{
  g_return_if_fail (LZ_IS_CASE_ITEM (self));

  g_clear_pointer (&self->row, lz_case_row_free);
  self->row = row;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}

static void
lz_case_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LzCaseItem *self = LZ_CASE_ITEM (object);

  switch (prop_id)
    {
    case PROP_ROW:
      g_value_set_pointer (value, self->row);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lz_case_item_finalize (GObject *object)
{
  LzCaseItem *self = LZ_CASE_ITEM (object);

  g_clear_pointer (&self->row, lz_case_row_free);

  G_OBJECT_CLASS (lz_case_item_parent_class)->finalize (object);
}

static void
lz_case_item_class_init (LzCaseItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lz_case_item_get_property;
  object_class->finalize = lz_case_item_finalize;

  properties[PROP_ROW] =
      g_param_spec_pointer ("row", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lz_case_item_init (LzCaseItem *self)
{
}
