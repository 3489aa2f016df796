/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-edition.h"
#include "lz-report-hold.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * The jobs of the weekly bulletin's editor.  Their source is the session.
 */

/**
 * LzWeeklyData:
 * @tables: its attachment 1
 * @corrections: (nullable): what would come out differently now, of a sealed edition
 * @names: for the groups of corrections
 * @published: (element-type utf8): the corrections that were published: when, by whom and why
 * @may_publish: the person may; the period has ended and is not sealed
 * @has_ended: the period is over
 *
 * An edition as the editor shows it.
 */
typedef struct
{
  LzEdition *edition;
  LzReportHold *tables;
  LzCorrections *corrections;
  LzTallyNames *names;
  GPtrArray *published;
  gboolean may_publish;
  gboolean has_ended;
  gint64 now_ms;
} LzWeeklyData;

void lz_weekly_data_free (LzWeeklyData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzWeeklyData, lz_weekly_data_free)

void lz_weekly_data_load_async (LzSession *session,
                                LzFiguresKind kind,
                                const LzPeriod *period,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LzWeeklyData *lz_weekly_data_load_finish (GAsyncResult *result, GError **error);

/* @text: (transfer full).  Done even if the window closes meanwhile. */
void lz_weekly_data_save_async (LzSession *session,
                                LzFiguresKind kind,
                                const LzPeriod *period,
                                LzBulletinText *text,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Throws the draft away: the next load proposes. */
void lz_weekly_data_discard_async (LzSession *session,
                                   LzFiguresKind kind,
                                   const LzPeriod *period,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* @text: (transfer full) */
void lz_weekly_data_publish_async (LzSession *session,
                                   LzFiguresKind kind,
                                   const LzPeriod *period,
                                   LzBulletinText *text,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void lz_weekly_data_correct_async (LzSession *session,
                                   const LzId *bulletin,
                                   const char *reason,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Of those that give nothing. */
gboolean lz_weekly_data_finish (GAsyncResult *result, GError **error);

/* Cases that can be shown as typical ones: #LzTypicalCase. */
void lz_weekly_data_list_cases_async (LzSession *session,
                                      const LzPeriod *period,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *lz_weekly_data_list_cases_finish (GAsyncResult *result, GError **error);

/* The edition as it would be printed with @text (transfer full), laid out.  It is loaded anew, so
 * that the thread that makes the paper has its own. */
void lz_weekly_data_make_paper_async (LzSession *session,
                                      LzFiguresKind kind,
                                      const LzPeriod *period,
                                      LzBulletinText *text,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
LzPaper *lz_weekly_data_make_paper_finish (GAsyncResult *result, GError **error);

/* The same as a file, by the ending of its name. */
void lz_weekly_data_write_async (LzSession *session,
                                 LzFiguresKind kind,
                                 const LzPeriod *period,
                                 LzBulletinText *text,
                                 const char *path,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

G_END_DECLS
