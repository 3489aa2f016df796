/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"
#include "lz-catalogue.h"
#include "lz-drafts.h"
#include "lz-roads.h"
#include "lz-store.h"

G_BEGIN_DECLS

/**
 * LzSession:
 *
 * An open station as the window's pages see it: the store, and the few facts of it that every page
 * needs at once and that are read anew when the store changes: the person, the roads, the people,
 * the catalogue, the calendar.  What it lends stays valid until the next `changed`.
 *
 * Signal `changed`: the store changed and the facts are read again.
 * Signal `acted` (int kind, const LzId *subject): the person did something that can be undone;
 *   no subject: to several cases at once.
 * Signal `acted-many` (const LzManyDone *done): the same for many cases at once; lent.
 * Signal `discarded` (const LzDraft *draft): a draft was thrown away; lent, to offer it back.
 */
#define LZ_TYPE_SESSION (lz_session_get_type ())
G_DECLARE_FINAL_TYPE (LzSession, lz_session, LZ, SESSION, GObject)

void lz_session_open_async (const char *dir,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
LzSession *lz_session_open_finish (GAsyncResult *result, GError **error);

LzStore *lz_session_get_store (LzSession *self);
LzCatalogue *lz_session_get_catalogue (LzSession *self);
const LzCalendar *lz_session_get_calendar (LzSession *self);
LzLamp lz_session_judge_stage (LzSession *self, LzState state, gint64 stage_ms, gint64 *due_ms);
LzBlobs *lz_session_get_blobs (LzSession *self);
int lz_session_get_offset_min (LzSession *self);
const char *lz_session_get_dir (LzSession *self);
const char *lz_session_get_city (LzSession *self);
const char *lz_session_get_feed (LzSession *self);
const char *lz_session_get_device (LzSession *self);
const char *lz_session_get_actor (LzSession *self);
guint lz_session_get_roles (LzSession *self);
const char *lz_session_get_person_name (LzSession *self, const char *id);
GPtrArray *lz_session_get_people (LzSession *self);
GPtrArray *lz_session_get_roads (LzSession *self);
GArray *lz_session_get_tally (LzSession *self);
const LzRoad *lz_session_find_road (LzSession *self, const LzId *id);
const LzRoadTally *lz_session_find_tally (LzSession *self, const LzId *road);
GPtrArray *lz_session_get_drafts (LzSession *self);
GHashTable *lz_session_get_uses (LzSession *self);

const char *lz_session_get_category_name (LzSession *self, const char *code);

void lz_session_tell_act (LzSession *self, LzKind kind, const LzId *subject);

void lz_session_tell_many (LzSession *self, gconstpointer done);

void lz_session_tell_discarded (LzSession *self, const LzDraft *draft);

gint64 lz_session_now (void);

G_END_DECLS
