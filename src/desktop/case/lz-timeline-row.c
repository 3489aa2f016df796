/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-timeline-row.h"

#include <glib/gi18n.h>

#include "lz-actor.h"
#include "lz-words.h"

static char *
dup_title (const LzEvent *event)
{
  g_autoptr (GString) title = g_string_new (NULL);

  g_string_append (title,
                   event->kind == LZ_KIND_UNKNOWN ? event->kind_name : lz_kind_label (event->kind));
  if (event->body != NULL && event->body->unit != NULL)
    g_string_append_printf (title, " · %s", event->body->unit);
  if (event->body != NULL && event->body->photos != NULL && event->body->photos->len > 0)
    {
      g_string_append (title, " · ");
      g_string_append_printf (title, ngettext ("%u photo", "%u photos", event->body->photos->len),
                              event->body->photos->len);
    }

  return g_string_free (g_steal_pointer (&title), FALSE);
}

/* An office knows its own people by name, but those of a unit by its unit. */
static char *
dup_who (LzSession *session, const LzCase *so_far, const LzEvent *event)
{
  const LzTransition *row = lz_fold_find_row (so_far, event->kind);
  const char *name = lz_session_get_person_name (session, event->actor);

  if (g_strcmp0 (event->actor, LZ_RULE_ACTOR) == 0)
    return g_strdup (_ ("by the office's rules"));
  if (so_far->unit != NULL && row != NULL && (row->roles & ~LZ_ROLE_RULE) == LZ_ROLE_UNIT)
    return g_strdup_printf ("%s · %s", so_far->unit, name);
  return g_strdup (name);
}

static char *
dup_who_and_when (LzSession *session, const LzCase *so_far, const LzEvent *event)
{
  g_autofree char *time = lz_words_dup_time (event->occurred_ms, lz_session_now (),
                                             lz_session_get_offset_min (session));
  g_autofree char *who = dup_who (session, so_far, event);

  return g_strdup_printf (event->home_seq > 0 ? _ ("%s · %s · delivered ✓")
                                              : _ ("%s · %s · on this computer"),
                          who, time);
}

/* "clock starts, due 11-26 18:00"; NULL where it is left alone. */
static char *
dup_clock (LzSession *session, const LzCase *so_far, const LzEvent *event)
{
  const LzTransition *row = lz_fold_find_row (so_far, event->kind);
  g_autofree char *due = NULL;

  if (row == NULL || event->body == NULL)
    return NULL;
  if (event->body->due_ms != 0)
    due = lz_words_dup_due (event->body->due_ms, lz_session_now (),
                            lz_session_get_offset_min (session));
  switch (row->effect)
    {
    case LZ_EFFECT_START:
      return due != NULL ? g_strdup_printf (_ ("the clock starts, %s"), due) : NULL;
    case LZ_EFFECT_PAUSE:
      return so_far->due_ms != 0 ? g_strdup (_ ("the clock pauses")) : NULL;
    case LZ_EFFECT_RESUME:
      return due != NULL ? g_strdup_printf (_ ("the clock goes on, %s"), due) : NULL;
    case LZ_EFFECT_EXTEND:
    case LZ_EFFECT_SET:
      return due != NULL ? g_strdup_printf (_ ("new deadline, %s"), due) : NULL;
    case LZ_EFFECT_STOP:
      return so_far->due_ms == 0 || so_far->stopped_ms != 0 ? NULL
             : event->occurred_ms > so_far->due_ms ? g_strdup (_ ("the clock stops, overdue"))
                                                   : g_strdup (_ ("the clock stops, in time"));
    case LZ_EFFECT_CLEAR:
    case LZ_EFFECT_NONE:
    default:
      return NULL;
    }
}

/* How long the case stood in the stage that ends here. */
static char *
dup_wait (const LzCase *so_far, const LzEvent *event)
{
  const LzTransition *row = lz_fold_find_row (so_far, event->kind);
  g_autofree char *span = NULL;

  if (row == NULL || row->to == LZ_STATE_NONE || so_far->stage_ms == 0 ||
      event->occurred_ms <= so_far->stage_ms)
    return NULL;

  span = lz_words_dup_span (event->occurred_ms - so_far->stage_ms);
  /* Translators: a stage such as "To be filed", and how long the case stood in it */
  return g_strdup_printf (_ ("%s: %s"), lz_state_label (so_far->state), span);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

GtkWidget *
lz_timeline_row_new (LzSession *session, const LzCase *so_far, const LzEvent *event)
{
  g_autofree char *title = dup_title (event);
  g_autofree char *who = dup_who_and_when (session, so_far, event);
  g_autofree char *clock = dup_clock (session, so_far, event);
  g_autofree char *wait = dup_wait (so_far, event);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *dot = gtk_image_new_from_icon_name ("luzhang-lamp-circle-symbolic");

  gtk_image_set_pixel_size (GTK_IMAGE (dot), 9);
  gtk_widget_set_valign (dot, GTK_ALIGN_START);
  gtk_widget_add_css_class (dot, "timeline-dot");
  gtk_widget_add_css_class (dot, event->kind == LZ_KIND_REPORTED    ? "dot-reported"
                                 : event->kind == LZ_KIND_RECTIFIED ? "dot-done"
                                 : event->kind == LZ_KIND_CLOSED    ? "dot-done"
                                                                    : "dot-step");

  gtk_box_append (GTK_BOX (words), new_label (title, NULL));
  if (event->body != NULL && event->body->text != NULL && event->kind != LZ_KIND_REPORTED &&
      event->kind != LZ_KIND_SELF_HANDLED)
    gtk_box_append (GTK_BOX (words), new_label (event->body->text, NULL));
  gtk_box_append (GTK_BOX (words), new_label (who, "dim-label"));
  if (clock != NULL)
    gtk_box_append (GTK_BOX (words), new_label (clock, "dim-label"));
  if (wait != NULL)
    gtk_box_append (GTK_BOX (words), new_label (wait, "dim-label"));
  gtk_widget_set_hexpand (words, TRUE);

  gtk_box_append (GTK_BOX (line), dot);
  gtk_box_append (GTK_BOX (line), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}
