/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"
#include "lz-cli.h"
#include "lz-line.h"

G_BEGIN_DECLS

/* What the options in lz_cli_query_entries ask for; @text: (nullable): instead of --search. */
gboolean
lz_cli_make_query (LzStation *station, const char *text, LzCaseQuery *query, GError **error);
gboolean lz_cli_find_road (LzStation *station, const char *name, LzId *id, GError **error);

/* A list of cases, as rows of a table or JSON objects. */
gboolean lz_cli_list_cases (LzCli *self,
                            LzStation *station,
                            LzCaseQuery *query,
                            guint limit,
                            GError **error);
/* These cases, gint64 fids, in this order. */
gboolean lz_cli_print_cases (LzCli *self,
                             LzStation *station,
                             const GArray *fids,
                             gint64 now_ms,
                             GError **error);
void lz_cli_print_row_members (LzOut *out, const LzCaseRow *row, gint64 now_ms);

gboolean lz_cli_show (LzCli *self, LzStation *station, const LzId *id, GError **error);
gboolean lz_cli_run_show (LzCli *self, GError **error);

/* Ties a case to the road at its place, if there is one. */
void lz_cli_set_projection (LzBody *body, const LzProjection *projection);
gboolean lz_cli_put_on_road (LzStation *station, LzBody *body, GError **error);

/* "rectified" for %LZ_KIND_RECTIFIED. */
const char *lz_cli_action_name (LzKind kind);

/* "K0+425 left 3 m". */
char *lz_cli_dup_chainage (gint64 chainage_cm, LzSide side, gint64 offset_cm);

G_END_DECLS
