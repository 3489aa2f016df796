/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-delivery-item.h"

struct _LzDeliveryItem
{
  GObject parent_instance;

  LzDelivery *delivery;
  LzDeliveryFace face;
};

G_DEFINE_FINAL_TYPE (LzDeliveryItem, lz_delivery_item, G_TYPE_OBJECT)

LzDeliveryItem *
lz_delivery_item_new (LzDelivery *delivery, LzSyncState state)
{
  LzDeliveryItem *self = g_object_new (LZ_TYPE_DELIVERY_ITEM, NULL);

  self->delivery = delivery;
  self->face = lz_sync_words_get_delivery (delivery, state);
  return self;
}

const LzDelivery *
lz_delivery_item_get (LzDeliveryItem *self)
{
  return self->delivery;
}

LzDeliveryFace
lz_delivery_item_get_face (LzDeliveryItem *self)
{
  return self->face;
}

gboolean
lz_delivery_item_equal (LzDeliveryItem *self, LzDeliveryItem *other)
{
  const LzDelivery *a = self->delivery;
  const LzDelivery *b = other->delivery;

  return self->face == other->face && lz_id_equal (&a->id, &b->id) &&
         a->changed_ms == b->changed_ms && a->n_events == b->n_events &&
         a->n_events_there == b->n_events_there && a->n_photos == b->n_photos &&
         a->n_photos_there == b->n_photos_there && a->n_refused == b->n_refused &&
         g_strcmp0 (a->number, b->number) == 0;
}

static gboolean
same_at (GListStore *store, guint at, LzDeliveryItem *item)
{
  g_autoptr (LzDeliveryItem) old = g_list_model_get_item (G_LIST_MODEL (store), at);

  return lz_delivery_item_equal (old, item);
}

void
lz_delivery_item_replace (GListStore *store, GPtrArray *items)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint n_new = items->len;
  guint head = 0, tail = 0;

  while (head < MIN (n_old, n_new) && same_at (store, head, items->pdata[head]))
    head++;
  while (tail < MIN (n_old, n_new) - head &&
         same_at (store, n_old - 1 - tail, items->pdata[n_new - 1 - tail]))
    tail++;

  if (n_old != n_new || head != n_new)
    g_list_store_splice (store, head, n_old - head - tail, items->pdata + head,
                         n_new - head - tail);
}

static void
lz_delivery_item_finalize (GObject *object)
{
  LzDeliveryItem *self = LZ_DELIVERY_ITEM (object);

  lz_delivery_free (self->delivery);

  G_OBJECT_CLASS (lz_delivery_item_parent_class)->finalize (object);
}

static void
lz_delivery_item_class_init (LzDeliveryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_delivery_item_finalize;
}

static void
lz_delivery_item_init (LzDeliveryItem *self)
{
}
