/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-period.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzBulletinView:
 *
 * A part of the bulletin page: the overview, the weekly bulletin, the ranking, ledgers, boards.  To
 * add one: make a widget that implements this, and add a row to the table in lz-bulletin-page.c.
 *
 * A view may emit the page's signals "told" and "case-wanted" by lz_bulletin_view_tell() and
 * lz_bulletin_view_want_case(), and opens figures by lz_figure_cases_open().
 */
#define LZ_TYPE_BULLETIN_VIEW (lz_bulletin_view_get_type ())
G_DECLARE_INTERFACE (LzBulletinView, lz_bulletin_view, LZ, BULLETIN_VIEW, GtkWidget)

/**
 * LzBulletinViewInterface:
 * @set_session: the station is open; called once, first
 * @refresh: (not optional): show @period, or the same one anew.  Called on the main thread when the
 *   view is on the screen and it is shown first, the period was changed, or the store was; never
 *   for a view that nobody sees.  @period is meaningless to views without periods
 * @leave: (nullable): Escape: leaves what is open within the view; %FALSE if nothing is
 */
struct _LzBulletinViewInterface
{
  GTypeInterface parent;

  void (*set_session) (LzBulletinView *self, LzSession *session);
  void (*refresh) (LzBulletinView *self, const LzPeriod *period);
  gboolean (*leave) (LzBulletinView *self);
};

void lz_bulletin_view_set_session (LzBulletinView *self, LzSession *session);
void lz_bulletin_view_refresh (LzBulletinView *self, const LzPeriod *period);
gboolean lz_bulletin_view_leave (LzBulletinView *self);

/* For the views: something to say in a toast; a case to show on the map. */
void lz_bulletin_view_tell (GtkWidget *view, const char *text);
void lz_bulletin_view_want_case (GtkWidget *view, const LzId *id);

G_END_DECLS
