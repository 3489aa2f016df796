/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-bulletin-view.h"

#include "lz-bulletin-page.h"

G_DEFINE_INTERFACE (LzBulletinView, lz_bulletin_view, GTK_TYPE_WIDGET)

static void
lz_bulletin_view_default_init (LzBulletinViewInterface *iface)
{
}

void
lz_bulletin_view_set_session (LzBulletinView *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_BULLETIN_VIEW (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  LZ_BULLETIN_VIEW_GET_IFACE (self)->set_session (self, session);
}

void
lz_bulletin_view_refresh (LzBulletinView *self, const LzPeriod *period)
{
  g_return_if_fail (LZ_IS_BULLETIN_VIEW (self));

  LZ_BULLETIN_VIEW_GET_IFACE (self)->refresh (self, period);
}

gboolean
lz_bulletin_view_leave (LzBulletinView *self)
{
  g_return_val_if_fail (LZ_IS_BULLETIN_VIEW (self), FALSE);

  return LZ_BULLETIN_VIEW_GET_IFACE (self)->leave != NULL &&
         LZ_BULLETIN_VIEW_GET_IFACE (self)->leave (self);
}

static GtkWidget *
find_page (GtkWidget *view)
{
  return gtk_widget_get_ancestor (view, LZ_TYPE_BULLETIN_PAGE);
}

void
lz_bulletin_view_tell (GtkWidget *view, const char *text)
{
  GtkWidget *page = find_page (view);

  if (page != NULL)
    g_signal_emit_by_name (page, "told", text);
}

void
lz_bulletin_view_want_case (GtkWidget *view, const LzId *id)
{
  GtkWidget *page = find_page (view);

  if (page != NULL)
    g_signal_emit_by_name (page, "case-wanted", id);
}
