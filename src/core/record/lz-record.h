/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-record-kinds.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LzRecord:
 * @author: who began it
 * @place: where it is; invalid (0,0) = nowhere
 * @road: on which road; nil = on none
 * @facts: its own fields: what its events said, a later one in place of an earlier; integers,
 *   texts, lists and objects of them, no fractions
 * @begun_ms: of its first event
 * @changed_ms: of its last event
 * @n_photos: that its events brought
 *
 * Anything that is kept besides cases, as the fold of its events: a patrol, an asset, a campaign …
 * Every member is a function of the events alone.  A plain value, one thread at a time.
 */
typedef struct
{
  LzId id;
  LzRecordType type;
  LzRecordState state;
  char *feed;
  char *author;
  LzPoint place;
  LzId road;
  JsonObject *facts;
  gint64 begun_ms;
  gint64 changed_ms;
  guint n_photos;
  guint n_events;
  LzId last_event;
} LzRecord;

LzRecord *lz_record_new (void);
LzRecord *lz_record_copy (const LzRecord *self);
void lz_record_free (LzRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRecord, lz_record_free)

gboolean lz_record_equal (const LzRecord *a, const LzRecord *b);

/* Facts; NULL or @fallback where there is none of that type. */
const char *lz_record_get_text (const LzRecord *self, const char *key);
gint64 lz_record_get_int (const LzRecord *self, const char *key, gint64 fallback);
JsonArray *lz_record_get_list (const LzRecord *self, const char *key);
JsonObject *lz_record_get_object (const LzRecord *self, const char *key);

gboolean lz_record_check (const LzRecord *self, const LzEvent *event, guint roles, GError **error);
gboolean lz_record_apply (LzRecord *self, const LzEvent *event);

G_END_DECLS
