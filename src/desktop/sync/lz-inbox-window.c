/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-inbox-window.h"

#include <glib/gi18n.h>

#include "lz-refusal-pane.h"
#include "lz-words.h"

struct _LzInboxWindow
{
  AdwWindow parent_instance;

  AdwLeaflet *leaflet;
  GtkStack *stack;
  GtkListBox *list;
  LzRefusalPane *pane;
  AdwStatusPage *problem;

  LzSession *session;
  LzSyncService *service;
  GPtrArray *refusals; /* LzRefusal */
  GCancellable *cancellable;
  gboolean reading;
  gboolean stale;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (LzInboxWindow, lz_inbox_window, ADW_TYPE_WINDOW)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gpointer
read_refusals (LzStation *station, gpointer data, GError **error)
{
  return lz_sync_list_refusals (station, TRUE, error);
}

static void
free_refusals (gpointer data)
{
  g_ptr_array_unref (data);
}

static const LzRefusal *
get_selected (LzInboxWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return self->refusals != NULL && at >= 0 && (guint) at < self->refusals->len
             ? self->refusals->pdata[at]
             : NULL;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_row (LzInboxWindow *self, const LzRefusal *refusal)
{
  g_autofree char *title = lz_refusal_dup_title (refusal);
  g_autofree char *time = lz_words_dup_time (refusal->event->occurred_ms, lz_session_now (),
                                             lz_session_get_offset_min (self->session));
  g_autofree char *below = refusal->case_number != NULL
                               ? g_strdup_printf ("%s · %s", refusal->case_number, time)
                               : g_strdup (time);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *caption = new_label (below, "caption");

  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), new_label (lz_refusal_get_kind (refusal), NULL));
  gtk_box_append (GTK_BOX (box), caption);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

/* The same act stays selected; where it is settled, the one that took its place. */
static void
show_refusals (LzInboxWindow *self, GPtrArray *refusals)
{
  const LzRefusal *selected = get_selected (self);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) : 0;
  LzId id = { 0 };
  GtkWidget *child;

  if (selected != NULL)
    id = selected->event->id;
  self->filling = TRUE;
  lz_refusal_pane_show (self->pane, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  self->refusals = g_ptr_array_ref (refusals);

  at = MIN (at, (int) refusals->len - 1);
  for (guint i = 0; i < refusals->len; i++)
    {
      const LzRefusal *refusal = refusals->pdata[i];

      gtk_list_box_append (self->list, new_row (self, refusal));
      if (selected != NULL && lz_id_equal (&refusal->event->id, &id))
        at = (int) i;
    }
  self->filling = FALSE;

  gtk_stack_set_visible_child_name (self->stack, refusals->len > 0 ? "list" : "empty");
  if (at >= 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, at));
}

static gboolean
same_refusals (const GPtrArray *a, const GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const LzRefusal *x = a->pdata[i];
      const LzRefusal *y = b->pdata[i];

      if (!lz_id_equal (&x->event->id, &y->event->id) || x->case_state != y->case_state)
        return FALSE;
    }
  return TRUE;
}

static void read_again (LzInboxWindow *self);

static void
refusals_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzInboxWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_INBOX_WINDOW (self));
  self->reading = FALSE;
  if (refusals == NULL)
    {
      g_autofree char *words = g_markup_escape_text (lz_error_explain (error), -1);

      adw_status_page_set_description (self->problem, words);
      gtk_stack_set_visible_child_name (self->stack, "problem");
    }
  else if (!same_refusals (self->refusals, refusals)) /* a reason that is being typed stays */
    {
      show_refusals (self, refusals);
    }
  if (self->stale)
    read_again (self);
}

static void
read_again (LzInboxWindow *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;

  self->reading = TRUE;
  lz_store_read_async (lz_session_get_store (self->session), read_refusals, NULL, NULL,
                       free_refusals, self->cancellable, refusals_read_cb, self);
}

/* Deciding. */

typedef struct
{
  LzDecision what;
  LzId event;
  char *reason;
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->reason);
  g_free (decision);
}

static gpointer
settle (LzStation *station, gpointer data, GError **error)
{
  const Decision *decision = data;
  gboolean settled = FALSE;

  switch (decision->what)
    {
    case LZ_DECISION_REDO:
      settled = lz_sync_redo (station, &decision->event, error);
      break;
    case LZ_DECISION_NOTE:
      settled = lz_sync_keep_as_note (station, &decision->event, error);
      break;
    case LZ_DECISION_DROP:
    default:
      settled = lz_sync_drop (station, &decision->event, decision->reason, error);
      break;
    }
  return settled ? g_memdup2 (&decision->what, sizeof decision->what) : NULL;
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzInboxWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree LzDecision *what = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (self->session == NULL)
    return; /* closed meanwhile; it is settled all the same */

  lz_refusal_pane_set_busy (self->pane, FALSE);
  if (what == NULL)
    {
      lz_refusal_pane_set_problem (self->pane, error);
      return;
    }
  lz_refusal_pane_tell (self->pane, *what == LZ_DECISION_REDO   ? _ ("Done again")
                                    : *what == LZ_DECISION_NOTE ? _ ("Kept as a note")
                                                                : _ ("Dropped"));
  lz_sync_service_nudge (self->service);
  read_again (self);
}

static void
decided_cb (LzInboxWindow *self, int what, const char *reason)
{
  const LzRefusal *refusal = get_selected (self);
  Decision *decision;

  if (refusal == NULL)
    return;

  decision = g_new0 (Decision, 1);
  decision->what = (LzDecision) what;
  decision->event = refusal->event->id;
  decision->reason = g_strdup (reason);
  lz_refusal_pane_set_problem (self->pane, NULL);
  lz_refusal_pane_set_busy (self->pane, TRUE);
  lz_store_write_async (lz_session_get_store (self->session), settle, decision, decision_free,
                        g_free, NULL, settled_cb, g_object_ref (self));
}

static void
selected_cb (LzInboxWindow *self)
{
  if (!self->filling)
    lz_refusal_pane_show (self->pane, get_selected (self));
}

static void
activated_cb (LzInboxWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  gtk_widget_child_focus (GTK_WIDGET (self->pane), GTK_DIR_TAB_FORWARD);
}

static void
back_cb (LzInboxWindow *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
case_wanted_cb (LzInboxWindow *self)
{
  const LzRefusal *refusal = get_selected (self);

  if (refusal != NULL)
    g_signal_emit (self, signals[CASE_WANTED], 0, &refusal->event->subject);
}

LzInboxWindow *
lz_inbox_window_new (GtkWindow *parent, LzSession *session, LzSyncService *service)
{
  LzInboxWindow *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (service), NULL);

  self = g_object_new (LZ_TYPE_INBOX_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->service = g_object_ref (service);
  lz_refusal_pane_set_session (self->pane, session);
  g_signal_connect_object (service, "status", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);

  return self;
}

static void
lz_inbox_window_dispose (GObject *object)
{
  LzInboxWindow *self = LZ_INBOX_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->filling = TRUE; /* nothing is shown any more */
  g_clear_object (&self->session);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (lz_inbox_window_parent_class)->dispose (object);
}

static void
lz_inbox_window_finalize (GObject *object)
{
  LzInboxWindow *self = LZ_INBOX_WINDOW (object);

  g_clear_pointer (&self->refusals, g_ptr_array_unref);

  G_OBJECT_CLASS (lz_inbox_window_parent_class)->finalize (object);
}

static void
lz_inbox_window_class_init (LzInboxWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_inbox_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lz_inbox_window_finalize;

  g_type_ensure (LZ_TYPE_REFUSAL_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-inbox-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzInboxWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LzInboxWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LzInboxWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LzInboxWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, LzInboxWindow, problem);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, decided_cb);
  gtk_widget_class_bind_template_callback (widget_class, case_wanted_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_inbox_window_init (LzInboxWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
