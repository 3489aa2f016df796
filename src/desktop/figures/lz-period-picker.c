/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-period-picker.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lz-bulletins.h"
#include "lz-jobs.h"
#include "lz-names.h"
#include "lz-template.h"
#include "lz-words.h"

struct _LzPeriodPicker
{
  GtkWidget parent_instance;

  GtkWidget *kind_box;
  GtkToggleButton *week;
  GtkToggleButton *month;
  GtkButton *previous;
  GtkButton *next;
  GtkLabel *label;
  GtkLabel *state;

  LzSession *session;
  LzPeriod period;
  LzPeriod last[LZ_PERIOD_FREE + 1]; /* of each kind, the one shown last */
  guint kinds;
  gboolean showing;
  GCancellable *asking;
};

G_DEFINE_FINAL_TYPE (LzPeriodPicker, lz_period_picker, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- sealed or not ------------------------------------------------------------------------------
 */

typedef struct
{
  LzPeriod period;
  gint64 published_ms;
} Seal;

/* A job of the read thread: when the period was published, 0 = it was not. */
static gpointer
find_seal (LzStation *station, gpointer data, GError **error)
{
  static const char *const kinds[] = { "weekly", "monthly" };
  const LzPeriod *period = data;
  Seal *seal = g_new0 (Seal, 1);

  seal->period = *period;
  for (guint i = 0; i < G_N_ELEMENTS (kinds) && seal->published_ms == 0; i++)
    {
      g_autoptr (GError) failure = NULL;
      g_autoptr (LzBulletin) bulletin = lz_bulletins_find (station, period, kinds[i], &failure);

      if (failure != NULL)
        {
          g_free (seal);
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (bulletin != NULL)
        seal->published_ms = bulletin->published_ms;
    }
  return seal;
}

static void
say_state (LzPeriodPicker *self, gint64 published_ms)
{
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (published_ms != 0)
    {
      when = lz_words_dup_date_time (published_ms, lz_session_get_offset_min (self->session));
      text = g_strdup_printf (_ ("Published on %s: the figures are sealed."), when);
      gtk_label_set_label (self->state, _ ("Sealed"));
    }
  else if (lz_session_now () < self->period.to_ms)
    {
      text = g_strdup (_ ("The period is running: its figures change with every act."));
      gtk_label_set_label (self->state, _ ("Running"));
    }
  else
    {
      text = g_strdup (_ ("The period is over and not published: late acts still change it."));
      gtk_label_set_label (self->state, _ ("Not Sealed"));
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), text);
  if (published_ms != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "state-done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "state-done");
}

static void
seal_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPeriodPicker *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Seal *seal = lz_jobs_finish (result, &error);

  if (seal == NULL)
    return; /* gone, or a newer question: the page tells what else is wrong */

  g_assert (LZ_IS_PERIOD_PICKER (self));
  say_state (self, seal->published_ms);
}

static void
ask_seal (LzPeriodPicker *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  lz_jobs_read_async (self->session, find_seal, g_memdup2 (&self->period, sizeof self->period),
                      g_free, g_free, self->asking, seal_found_cb, self);
}

/* "2026-11", "2026-W47 · 11-16 – 11-22": short, as the tooltip has it in words. */
static char *
dup_short (const LzPeriod *period)
{
  const gint64 day_ms = G_GINT64_CONSTANT (24) * 3600 * 1000;
  g_autofree char *key = lz_period_dup_key (period);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  LzPeriod day;

  if (period->kind != LZ_PERIOD_WEEK)
    return g_steal_pointer (&key);
  day = lz_period_at (LZ_PERIOD_DAY, period->from_ms, period->utc_offset_min);
  first = lz_period_dup_key (&day);
  day = lz_period_at (LZ_PERIOD_DAY, period->to_ms - day_ms / 2, period->utc_offset_min);
  last = lz_period_dup_key (&day);
  return g_strdup_printf ("%s · %s – %s", key, first + strlen ("2026-"), last + strlen ("2026-"));
}

/* -- showing and choosing -----------------------------------------------------------------------
 */

static void
show (LzPeriodPicker *self)
{
  gboolean both = self->kinds == (1u << LZ_PERIOD_WEEK | 1u << LZ_PERIOD_MONTH);
  g_autofree char *label = NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->kinds != 0);
  gtk_widget_set_visible (self->kind_box, both);
  if (self->session == NULL)
    return;

  label = dup_short (&self->period);
  words = lz_period_dup_label (&self->period);
  gtk_label_set_label (self->label, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), words);
  self->showing = TRUE;
  gtk_toggle_button_set_active (self->week, self->period.kind == LZ_PERIOD_WEEK);
  gtk_toggle_button_set_active (self->month, self->period.kind == LZ_PERIOD_MONTH);
  self->showing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), self->period.to_ms <= lz_session_now ());
  say_state (self, 0);
  ask_seal (self);
}

static void
choose (LzPeriodPicker *self, const LzPeriod *period)
{
  if (self->period.from_ms == period->from_ms && self->period.to_ms == period->to_ms)
    return;

  self->period = *period;
  self->last[period->kind] = *period;
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
choose_kind (LzPeriodPicker *self, LzPeriodKind kind)
{
  /* The last day decides: a week on the edge goes to the month in which it is published. */
  gint64 at_ms = MIN (self->period.to_ms - 1, lz_session_now ());
  LzPeriod period = self->last[kind];

  if (self->period.kind == kind)
    return;
  /* There and back again is the same week, if nothing else was chosen meanwhile. */
  if (period.from_ms >= self->period.to_ms || period.to_ms <= self->period.from_ms)
    period = lz_period_at (kind, at_ms, self->period.utc_offset_min);
  choose (self, &period);
}

gboolean
lz_period_picker_go (LzPeriodPicker *self, int step)
{
  LzPeriod period;

  g_return_val_if_fail (LZ_IS_PERIOD_PICKER (self), FALSE);

  if (self->session == NULL)
    return FALSE;
  period = step < 0
               ? lz_period_previous (&self->period)
               : lz_period_at (self->period.kind, self->period.to_ms, self->period.utc_offset_min);
  if (period.from_ms > lz_session_now ())
    return FALSE;
  choose (self, &period);
  return TRUE;
}

static void
previous_cb (LzPeriodPicker *self)
{
  lz_period_picker_go (self, -1);
}

static void
next_cb (LzPeriodPicker *self)
{
  lz_period_picker_go (self, 1);
}

static void
week_cb (LzPeriodPicker *self)
{
  if (!self->showing && gtk_toggle_button_get_active (self->week))
    choose_kind (self, LZ_PERIOD_WEEK);
}

static void
month_cb (LzPeriodPicker *self)
{
  if (!self->showing && gtk_toggle_button_get_active (self->month))
    choose_kind (self, LZ_PERIOD_MONTH);
}

/* -- what the page asks for ---------------------------------------------------------------------
 */

static void
session_changed_cb (LzPeriodPicker *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show (self);
}

void
lz_period_picker_set_session (LzPeriodPicker *self, LzSession *session)
{
  LzPeriod running;

  g_return_if_fail (LZ_IS_PERIOD_PICKER (self));
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  running = lz_period_at (LZ_PERIOD_WEEK, lz_session_now (), lz_session_get_offset_min (session));
  self->period = lz_period_previous (&running);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show (self);
}

void
lz_period_picker_set_kinds (LzPeriodPicker *self, guint kinds)
{
  g_return_if_fail (LZ_IS_PERIOD_PICKER (self));

  self->kinds = kinds;
  if (self->session != NULL && kinds != 0 && (kinds & 1u << self->period.kind) == 0)
    choose_kind (self, (kinds & 1u << LZ_PERIOD_WEEK) != 0 ? LZ_PERIOD_WEEK : LZ_PERIOD_MONTH);
  else
    show (self);
}

gboolean
lz_period_picker_get_period (LzPeriodPicker *self, LzPeriod *period)
{
  g_return_val_if_fail (LZ_IS_PERIOD_PICKER (self), FALSE);

  *period = self->period;
  return self->session != NULL;
}

void
lz_period_picker_set_period (LzPeriodPicker *self, const LzPeriod *period)
{
  g_return_if_fail (LZ_IS_PERIOD_PICKER (self));

  choose (self, period);
}

static void
lz_period_picker_dispose (GObject *object)
{
  LzPeriodPicker *self = LZ_PERIOD_PICKER (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_PERIOD_PICKER);

  G_OBJECT_CLASS (lz_period_picker_parent_class)->dispose (object);
}

static void
lz_period_picker_class_init (LzPeriodPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_period_picker_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-period-picker.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzPeriodPicker, kind_box);
  gtk_widget_class_bind_template_child (widget_class, LzPeriodPicker, week);
  gtk_widget_class_bind_template_child (widget_class, LzPeriodPicker, month);
  gtk_widget_class_bind_template_child (widget_class, LzPeriodPicker, previous);
  gtk_widget_class_bind_template_child (widget_class, LzPeriodPicker, next);
  gtk_widget_class_bind_template_child (widget_class, LzPeriodPicker, label);
  gtk_widget_class_bind_template_child (widget_class, LzPeriodPicker, state);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, week_cb);
  gtk_widget_class_bind_template_callback (widget_class, month_cb);
}

static void
lz_period_picker_init (LzPeriodPicker *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  lz_names_from_tooltips (GTK_WIDGET (self));
  show (self);
}
