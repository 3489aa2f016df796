/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzAct:
 * @kind: what to do
 * @kind_name: (nullable): which act on a record, where @kind is %LZ_KIND_RECORD
 * @subject: the case; nil to begin a new one with %LZ_KIND_REPORTED or %LZ_KIND_SELF_HANDLED; the
 *   record, nil for a new one
 * @body: what to say; its photos are already in the station's photo folder
 * @draft: a draft that this act turns into an event and that goes in the same transaction; 0 none
 * @occurred_ms: 0 = now; a past time for imported histories only
 * @actor: (nullable): %NULL = the station's own person
 * @roles: roles of @actor; 0 = the station's own
 *
 * One act of a person, before it is an event.
 */
typedef struct
{
  LzKind kind;
  const char *kind_name;
  LzId subject;
  LzBody *body;
  gint64 draft;
  gint64 occurred_ms;
  const char *actor;
  guint roles;
} LzAct;

/**
 * LzActResult:
 * @subject: the case
 * @events: #LzId of the events that the act became, the rules' own (filing, dispatch) included
 */
typedef struct
{
  LzId subject;
  GArray *events;
} LzActResult;

void lz_act_result_clear (LzActResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzActResult, lz_act_result_clear)

gboolean lz_log_act (LzStation *station, const LzAct *act, LzActResult *result, GError **error);

/**
 * LzActRefusal:
 * @subject: a case
 * @reason: why the rules did not allow it, translated
 */
typedef struct
{
  LzId subject;
  char *reason;
} LzActRefusal;

/**
 * LzActMany:
 * @bulk: names all of it for lz_log_withdraw(); nil = nothing was done
 * @done: (element-type LzId): the cases that it was done to
 * @refused: (element-type LzActRefusal): the others
 */
typedef struct
{
  LzId bulk;
  GArray *done;
  GArray *refused;
} LzActMany;

void lz_act_many_clear (LzActMany *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzActMany, lz_act_many_clear)

gboolean
lz_log_act_many (LzStation *station, const LzAct *acts, guint n, LzActMany *many, GError **error);

gboolean lz_log_bundle (LzStation *station, gint64 first_seq, LzId *bulk, GError **error);

gboolean lz_log_follow_time (LzStation *station, guint *n_done, GError **error);

gboolean lz_log_can_withdraw (LzStation *station, const LzId *event);
gboolean lz_log_withdraw (LzStation *station, const LzId *event, GError **error);

gboolean lz_log_find_last (LzStation *station, LzId *event);
gboolean lz_log_join (LzStation *station, guint n, GError **error);
guint lz_log_withdraw_last (LzStation *station, GError **error);

GPtrArray *lz_log_list_events (LzStation *station, const LzId *subject, GError **error);

gboolean lz_log_begin_bulk (LzStation *station, GError **error);
gboolean lz_log_commit_bulk (LzStation *station, GError **error);
void lz_log_rollback_bulk (LzStation *station);

G_END_DECLS
