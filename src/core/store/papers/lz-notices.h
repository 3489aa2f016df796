/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-records.h"

G_BEGIN_DECLS

/**
 * SECTION: notices
 *
 * The boards of the plan's 保障措施 (五): 曝光台, 点赞榜, 聚焦路长.  Records of type
 * %LZ_RECORD_NOTICE: facts "kind" ("exposed", "praised", "focus"), "title", "words", "case" (id),
 * "person", "at" (ms UTC, the day it stands for); the road is the record's own.
 */

/* Whom or what a notice is about; @kase, @road nil and texts %NULL where there is none. */
typedef struct
{
  const char *kind;
  const char *title;
  const char *words;
  LzId kase;
  LzId road;
  const char *person;
  GArray *photos; /* (nullable) (element-type LzPhotoRef) */
} LzNotice;

/* "exposed" → "Exposure board", translated; NULL for a board that there is not. */
const char *lz_notice_board_label (const char *kind);

gboolean lz_notices_list (LzStation *station, const LzNotice *notice, LzId *made, GError **error);
/**
 * LzNoticeDraft:
 * @title: what it is called
 * @words: (nullable): what it says; about a road alone there are none
 * @road: on which road; nil = on none
 * @person: (nullable): of 聚焦路长: the road's chief
 *
 * What is proposed for an entry about a case or a road.
 */
typedef struct
{
  char *title;
  char *words;
  LzId road;
  char *person;
} LzNoticeDraft;

void lz_notice_draft_clear (LzNoticeDraft *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzNoticeDraft, lz_notice_draft_clear)
gboolean lz_notices_draft (LzStation *station,
                           const char *kind,
                           const LzId *kase,
                           LzNoticeDraft *draft,
                           GError **error);
gboolean lz_notices_draft_road (LzStation *station,
                                const char *kind,
                                const LzId *road,
                                LzNoticeDraft *draft,
                                GError **error);

/* Who walks @road: its chiefs of the level nearest to the street (三级, else 二级, 一级, 总路长) as
 * they are assigned, "李秀英 (3rd-level road chief)"; "" = nobody. */
char *lz_notices_dup_chief (LzStation *station, const LzId *road, GError **error);

gboolean lz_notices_remove (LzStation *station, const LzId *id, const char *reason, GError **error);

/* Whether @kase stands on the board @kind. */
gboolean lz_notices_has_case (LzStation *station, const char *kind, const LzId *kase);

/* Records of that board listed in [from, until), the last first; @kind nullable = every board. */
GPtrArray *lz_notices_find (LzStation *station,
                            const char *kind,
                            gint64 from_ms,
                            gint64 until_ms,
                            GError **error);

G_END_DECLS
