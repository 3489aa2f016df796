/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-bulletin-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-boards-view.h"
#include "lz-bulletin-view.h"
#include "lz-ledgers-view.h"
#include "lz-names.h"
#include "lz-overview.h"
#include "lz-period-picker.h"
#include "lz-ranking.h"
#include "lz-template.h"
#include "lz-weekly-view.h"

#define WEEKS  (1u << LZ_PERIOD_WEEK)
#define MONTHS (1u << LZ_PERIOD_MONTH)

/* The views in their order; periods: which of them the view is about, 0 = none. */
static const struct
{
  const char *name;
  const char *title;
  const char *icon;
  GType (*get_type) (void);
  guint periods;
} views[] = {
  { "overview", N_ ("Overview"), "luzhang-bulletin-symbolic", lz_overview_get_type,
    WEEKS | MONTHS },
  { "edition", N_ ("Edition"), "luzhang-edition-symbolic", lz_weekly_view_get_type,
    WEEKS | MONTHS },
  { "ranking", N_ ("Monthly Ranking"), "view-list-ordered-symbolic", lz_ranking_get_type, MONTHS },
  { "boards", N_ ("Boards"), "luzhang-photos-symbolic", lz_boards_view_get_type, 0 },
  { "ledgers", N_ ("Ledgers"), "luzhang-cases-symbolic", lz_ledgers_view_get_type, WEEKS | MONTHS },
};

struct _LzBulletinPage
{
  GtkWidget parent_instance;

  LzPeriodPicker *picker;
  AdwViewStack *stack;

  LzSession *session;
  gboolean stale[G_N_ELEMENTS (views)]; /* has to be refreshed before it is seen again */
};

G_DEFINE_FINAL_TYPE (LzBulletinPage, lz_bulletin_page, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
find_visible (LzBulletinPage *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (name, views[i].name) == 0)
      return i;
  return 0;
}

static LzBulletinView *
get_view (LzBulletinPage *self, guint i)
{
  return LZ_BULLETIN_VIEW (adw_view_stack_get_child_by_name (self->stack, views[i].name));
}

/* Nothing is counted for what nobody sees. */
static void
refresh (LzBulletinPage *self)
{
  guint i = find_visible (self);
  LzPeriod period;

  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || !self->stale[i] ||
      !lz_period_picker_get_period (self->picker, &period))
    return;

  self->stale[i] = FALSE;
  lz_bulletin_view_refresh (get_view (self, i), &period);
}

static void
make_stale (LzBulletinPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    self->stale[i] = TRUE;
  refresh (self);
}

static void
view_shown_cb (LzBulletinPage *self)
{
  lz_period_picker_set_kinds (self->picker, views[find_visible (self)].periods);
  refresh (self);
}

static void
view_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_view_stack_set_visible_child_name (LZ_BULLETIN_PAGE (widget)->stack,
                                         g_variant_get_string (parameter, NULL));
}

static void
period_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_period_picker_go (LZ_BULLETIN_PAGE (widget)->picker, g_variant_get_int32 (parameter));
}

void
lz_bulletin_page_set_session (LzBulletinPage *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_BULLETIN_PAGE (self));
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  lz_period_picker_set_session (self->picker, session);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    lz_bulletin_view_set_session (get_view (self, i), session);
  g_signal_connect_object (session, "changed", G_CALLBACK (make_stale), self, G_CONNECT_SWAPPED);
  make_stale (self);
}

gboolean
lz_bulletin_page_leave (LzBulletinPage *self)
{
  g_return_val_if_fail (LZ_IS_BULLETIN_PAGE (self), FALSE);

  return lz_bulletin_view_leave (get_view (self, find_visible (self)));
}

static void
lz_bulletin_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lz_bulletin_page_parent_class)->map (widget);
  refresh (LZ_BULLETIN_PAGE (widget));
}

static void
lz_bulletin_page_dispose (GObject *object)
{
  LzBulletinPage *self = LZ_BULLETIN_PAGE (object);

  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_BULLETIN_PAGE);

  G_OBJECT_CLASS (lz_bulletin_page_parent_class)->dispose (object);
}

static void
lz_bulletin_page_class_init (LzBulletinPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_bulletin_page_dispose;
  widget_class->map = lz_bulletin_page_map;
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (LZ_TYPE_PERIOD_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-bulletin-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzBulletinPage, picker);
  gtk_widget_class_bind_template_child (widget_class, LzBulletinPage, stack);
  gtk_widget_class_install_action (widget_class, "bulletin.view", "s", view_cb);
  gtk_widget_class_install_action (widget_class, "bulletin.period", "i", period_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK,
                                       "bulletin.period", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK,
                                       "bulletin.period", "i", 1);
}

static void
lz_bulletin_page_init (LzBulletinPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *view = g_object_new (views[i].get_type (), NULL);

      self->stale[i] = TRUE;
      adw_view_stack_add_titled_with_icon (self->stack, view, views[i].name, _ (views[i].title),
                                           views[i].icon);
    }
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (make_stale), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->stack, "notify::visible-child", G_CALLBACK (view_shown_cb), self);
  view_shown_cb (self);
}
