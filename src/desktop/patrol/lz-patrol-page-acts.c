/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-page-private.h"

#include "lz-chosen.h"
#include "lz-jobs.h"
#include "lz-reason-dialog.h"

#include <glib/gi18n.h>

/* Positions that follow faster say nothing more. */
#define FIX_EVERY_MS 3000

/* Recording. */

static void
fix_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzPatrolPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_patrol_act_finish (result, NULL, &error))
    lz_patrol_page_tell (self, lz_jobs_explain (error));
}

/* What keeps the way from being recorded, for as long as it does. */
static void
show_problem (LzPatrolPage *self, const char *text)
{
  gtk_label_set_label (self->under_way_problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->under_way_problem), text != NULL);
}

static void
moved_cb (LzPatrolPage *self)
{
  gint64 now_ms = lz_session_now ();
  double accuracy_m;
  LzPatrolAct *act;
  LzPoint place;

  if (!lz_locator_get_place (self->locator, &place, &accuracy_m))
    return;
  show_problem (self, NULL);
  lz_map_set_position (self->map, &place, accuracy_m);
  if (self->overview == NULL || self->overview->open == NULL ||
      now_ms - self->fix_ms < FIX_EVERY_MS)
    return;

  self->fix_ms = now_ms;
  act = lz_patrol_act_new (LZ_PATROL_ACT_FIX, &self->overview->open->id);
  act->fix = (LzTrackPoint){ place, now_ms, accuracy_m };
  lz_patrol_act_async (self->session, act, fix_kept_cb, g_object_ref (self));
}

static void
locating_failed_cb (LzPatrolPage *self, const char *text)
{
  show_problem (self, text);
  if (self->overview != NULL && self->overview->open != NULL)
    lz_patrol_page_tell (self, text);
}

void
lz_patrol_page_connect_recording (LzPatrolPage *self)
{
  self->locator = lz_locator_new ();
  g_signal_connect_object (self->locator, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->locator, "failed", G_CALLBACK (locating_failed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
lz_patrol_page_update_recording (LzPatrolPage *self)
{
  if (self->overview->open != NULL && self->fix_ms == 0)
    {
      self->fix_ms = 1; /* asked */
      lz_locator_start (self->locator);
    }
  else if (self->overview->open == NULL && self->fix_ms != 0)
    {
      self->fix_ms = 0;
      lz_locator_stop (self->locator);
      show_problem (self, NULL);
    }
}

/* Acts. */

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzPatrolPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_patrol_act_finish (result, NULL, &error))
    lz_patrol_page_tell (self, lz_jobs_explain (error));
  else
    lz_patrol_page_tell (self, _ ("Patrol started. What you report from now on belongs to it."));
}

static void
start_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPatrolPage *self = LZ_PATROL_PAGE (widget);

  if (self->session != NULL)
    lz_patrol_act_async (self->session, lz_patrol_act_new (LZ_PATROL_ACT_START, NULL), started_cb,
                         g_object_ref (self));
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzPatrolPage) self = user_data;
  g_autoptr (GError) error = NULL;
  LzId patrol;

  if (!lz_patrol_act_finish (result, &patrol, &error))
    {
      lz_patrol_page_tell (self, lz_jobs_explain (error));
      return;
    }
  lz_patrol_page_tell (self, _ ("The patrol is finished and sealed."));
  lz_patrol_page_show (self, &patrol);
}

static void
hand_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPatrolPage *self = LZ_PATROL_PAGE (widget);

  if (self->session == NULL)
    return;
  lz_patrol_hand_begin (self->hand, NULL);
  gtk_stack_set_visible_child_name (self->stack, "hand");
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
finish_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPatrolPage *self = LZ_PATROL_PAGE (widget);
  const LzPatrol *open = self->overview != NULL ? self->overview->open : NULL;

  /* What is being marked by hand is not thrown away. */
  if (open == NULL || g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "hand") == 0)
    return;
  if (open->n_fixes > 0)
    {
      lz_patrol_act_async (self->session, lz_patrol_act_new (LZ_PATROL_ACT_FINISH, &open->id),
                           sealed_cb, g_object_ref (self));
      return;
    }
  lz_patrol_page_tell (self, _ ("No position was recorded: mark what was walked."));
  lz_patrol_hand_begin (self->hand, &open->id);
  gtk_stack_set_visible_child_name (self->stack, "hand");
}

static void
given_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzPatrolPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_patrol_act_finish (result, NULL, &error))
    lz_patrol_page_tell (self, lz_jobs_explain (error));
}

static void
reason_cb (GtkWidget *asker, const char *reason, gpointer user_data)
{
  LzPatrolPage *self = LZ_PATROL_PAGE (asker);
  LzPatrolAct *act;

  if (self->overview == NULL || self->overview->open == NULL)
    return;
  act = lz_patrol_act_new (LZ_PATROL_ACT_ABANDON, &self->overview->open->id);
  act->text = g_strdup (reason);
  lz_patrol_act_async (self->session, act, given_up_cb, g_object_ref (self));
}

static void
abandon_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPatrolPage *self = LZ_PATROL_PAGE (widget);
  const LzReasonWords words = {
    .heading = _ ("Give This Patrol Up?"),
    .body = _ ("It stays in the list as given up, with your reason, and counts for nothing."),
    .yes = _ ("_Give Up"),
    .destructive = TRUE,
  };

  if (self->overview != NULL && self->overview->open != NULL)
    lz_reason_ask (widget, &words, reason_cb, NULL, NULL);
}

/* Importing. */

gboolean
lz_patrol_page_takes (const char *path)
{
  static const char *const ends[] = { ".gpx", ".kml", ".geojson", ".csv", ".gpx.gz" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (lower, ends[i]))
      return TRUE;
  return FALSE;
}

void
lz_patrol_page_import (LzPatrolPage *self, const char *path)
{
  LzPatrolAct *act;

  g_return_if_fail (LZ_IS_PATROL_PAGE (self));

  if (self->session == NULL)
    return;
  act = lz_patrol_act_new (LZ_PATROL_ACT_IMPORT, NULL);
  act->path = g_strdup (path);
  lz_patrol_act_async (self->session, act, sealed_cb, g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, LzPatrolPage *self)
{
  g_autofree char *path = lz_chosen_dup_path (dialog, response);

  if (path != NULL)
    lz_patrol_page_import (self, path);
  g_clear_object (&self->chooser);
}

static void
import_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPatrolPage *self = LZ_PATROL_PAGE (widget);
  g_autoptr (GtkFileFilter) tracks = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Import a Track"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), _ ("_Cancel"));
  gtk_file_filter_set_name (tracks, _ ("Tracks (GPX, KML, GeoJSON, CSV)"));
  gtk_file_filter_add_suffix (tracks, "gpx");
  gtk_file_filter_add_suffix (tracks, "gz");
  gtk_file_filter_add_suffix (tracks, "kml");
  gtk_file_filter_add_suffix (tracks, "geojson");
  gtk_file_filter_add_suffix (tracks, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), tracks);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
lz_patrol_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "patrol.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "patrol.finish", NULL, finish_action);
  gtk_widget_class_install_action (widget_class, "patrol.abandon", NULL, abandon_action);
  gtk_widget_class_install_action (widget_class, "patrol.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "patrol.hand", NULL, hand_action);
}
