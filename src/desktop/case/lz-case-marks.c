/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-marks.h"

#include <glib/gi18n.h>

#include "lz-notices.h"
#include "lz-source.h"
#include "lz-words.h"

struct _LzCaseMarks
{
  GtkWidget parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (LzCaseMarks, lz_case_marks, GTK_TYPE_WIDGET)

/* A picture and words; shape and word, the colour only beside them. */
static GtkWidget *
add_mark (LzCaseMarks *self, const char *icon, const char *css_class, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (text);

  gtk_image_set_pixel_size (GTK_IMAGE (image), 12);
  if (css_class != NULL)
    gtk_widget_add_css_class (image, css_class);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (self->box, line);
  return line;
}

/* A mark that leads to another case; where the station has none of it, words only. */
static void
add_link (LzCaseMarks *self, const char *text, const LzCase *other)
{
  GtkWidget *line = add_mark (self, "luzhang-cases-symbolic", NULL, text);
  GtkWidget *button;
  char id[LZ_ID_STRING_SIZE];

  if (other == NULL)
    return;

  button = gtk_button_new_with_label (other->number != NULL ? other->number : _ ("Open"));
  lz_id_format (&other->id, id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.show");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), button);
}

static void
add_supervision (LzCaseMarks *self, LzSession *session, const LzCaseFacts *facts)
{
  g_autofree char *text = NULL;

  if (facts->item->supervision == 0)
    return;
  text = g_strdup_printf (_ ("Supervised, level %u"), facts->item->supervision);
  add_mark (self, "luzhang-lamp-triangle-symbolic", "lamp-red", text);
  if (facts->item->reply_ms != 0)
    {
      g_autofree char *time = lz_words_dup_time (facts->item->reply_ms, lz_session_now (),
                                                 lz_session_get_offset_min (session));
      g_autofree char *reply = g_strdup_printf (_ ("The supervisor wants a reply by %s"), time);

      add_mark (self, "luzhang-lamp-square-symbolic", "lamp-yellow", reply);
    }
}

static void
add_appeal (LzCaseMarks *self, const LzCase *item)
{
  static const char *const words[] = {
    [LZ_APPEAL_PENDING] = N_ ("The unit appeals against the overtime; to be decided"),
    [LZ_APPEAL_GRANTED] = N_ ("Appeal granted: overdue, but not counted"),
    [LZ_APPEAL_REFUSED] = N_ ("Appeal refused"),
  };

  if (item->appeal > LZ_APPEAL_NONE && item->appeal < G_N_ELEMENTS (words))
    add_mark (self, "luzhang-lamp-square-symbolic",
              item->appeal == LZ_APPEAL_PENDING ? "lamp-yellow" : "lamp-none",
              _ (words[item->appeal]));
}

/* Until when whoever has to move it on should do so. */
static void
add_stage (LzCaseMarks *self, LzSession *session, const LzCase *item)
{
  gint64 due_ms;
  LzLamp lamp = lz_session_judge_stage (session, item->state, item->stage_ms, &due_ms);
  g_autofree char *text = NULL;

  if (due_ms == 0)
    return;
  text = lz_words_dup_stage (due_ms, lz_session_now (), lz_session_get_offset_min (session));
  add_mark (self, lz_words_get_lamp_icon (lamp), lz_words_get_lamp_class (lamp), text);
}

static void
add_clock_marks (LzCaseMarks *self, LzSession *session, const LzCase *item)
{
  g_autofree char *until = NULL;
  g_autofree char *time = NULL;

  if (item->state == LZ_STATE_SUSPENDED && item->until_ms != 0)
    {
      time = lz_words_dup_time (item->until_ms, lz_session_now (),
                                lz_session_get_offset_min (session));
      until = g_strdup_printf (_ ("Suspended until %s; the clock stands still"), time);
      add_mark (self, "luzhang-lamp-ring-symbolic", NULL, until);
    }
  if (item->n_extensions > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("Extended %u time", "Extended %u times", item->n_extensions),
                           item->n_extensions);

      add_mark (self, "luzhang-lamp-square-symbolic", "lamp-none", text);
    }
  if (item->n_reworks > 0)
    {
      g_autofree char *text =
          g_strdup_printf (ngettext ("Sent back %u time after a check",
                                     "Sent back %u times after a check", item->n_reworks),
                           item->n_reworks);

      add_mark (self, "luzhang-lamp-triangle-symbolic", "lamp-yellow", text);
    }
}

static void
add_units (LzCaseMarks *self, LzSession *session, const LzCase *item)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (item->unit != NULL)
    g_string_append_printf (text, _ ("Responsible: %s"), item->unit);
  if (item->handler != NULL)
    g_string_append_printf (text, " · %s", lz_session_get_person_name (session, item->handler));
  if (item->assist != NULL && *item->assist != '\0')
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("assisting: %s"), item->assist);
    }
  if (text->len > 0)
    add_mark (self, "luzhang-lamp-circle-symbolic", "lamp-none", text->str);
}

/* What the unit has to reach, and whoever closes it looks for. */
static void
add_closing (LzCaseMarks *self, LzSession *session, const LzCase *item)
{
  const char *closing = lz_case_facts_get_closing (session, item);
  g_autofree char *text = NULL;

  if (closing == NULL || item->condition == 0 ||
      (LZ_STATE_BIT (item->state) & LZ_STATES_FINAL) != 0)
    return;
  text = g_strdup_printf (_ ("To be closed when: %s"), closing);
  add_mark (self, "luzhang-lamp-circle-symbolic", "lamp-none", text);
}

/* Somebody else saw it first. */
static void
add_source (LzCaseMarks *self, GPtrArray *events)
{
  const LzEvent *report = events->len > 0 ? g_ptr_array_index (events, 0) : NULL;
  const char *word = report != NULL && report->body != NULL ? report->body->source : NULL;
  g_autofree char *text = NULL;

  if (word == NULL)
    return;
  text = g_strdup_printf (_ ("Source: %s"), lz_source_label (lz_source_from_string (word)));
  add_mark (self, "luzhang-lamp-circle-symbolic", "lamp-none", text);
}

/* A hauling violation asks for its firm. */
static void
add_firm (LzCaseMarks *self, const LzCaseFacts *facts)
{
  gboolean named = !lz_id_is_nil (&facts->firm.firm);
  g_autofree char *text = NULL;
  GtkWidget *line, *button;

  if (!named && !facts->is_hauling)
    return;
  if (named)
    text = g_strdup_printf (_ ("Hauling firm: %s %s"),
                            facts->firm.name != NULL ? facts->firm.name : "—",
                            facts->firm.plate != NULL ? facts->firm.plate : "");
  line = add_mark (self, "luzhang-lamp-ring-symbolic", "lamp-none",
                   named ? text : _ ("No hauling firm is named"));
  button = gtk_button_new_with_label (named ? _ ("Change…") : _ ("Name It…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.firm");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), button);
}

static void
add_boards (LzCaseMarks *self, const LzCaseFacts *facts)
{
  for (guint i = 0; facts->boards[i] != NULL; i++)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("On the board: %s"), lz_notice_board_label (facts->boards[i]));

      add_mark (self, "luzhang-lamp-circle-symbolic", "lamp-none", text);
    }
}

void
lz_case_marks_show (LzCaseMarks *self, LzSession *session, const LzCaseFacts *facts)
{
  const LzCase *item;
  GtkWidget *child;

  g_return_if_fail (LZ_IS_CASE_MARKS (self));
  g_return_if_fail (facts != NULL);

  item = facts->item;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);

  add_supervision (self, session, facts);
  if (item->void_asked)
    add_mark (self, "luzhang-lamp-square-symbolic", "lamp-yellow", _ ("Voiding was requested"));
  add_appeal (self, item);
  add_stage (self, session, item);
  add_clock_marks (self, session, item);
  add_units (self, session, item);
  add_closing (self, session, item);
  add_source (self, facts->events);
  add_firm (self, facts);
  add_boards (self, facts);
  if (!lz_id_is_nil (&item->recurs))
    add_link (self, _ ("Has come back: the same was closed here before"), facts->recurs);
  if (!lz_id_is_nil (&item->merged_into))
    add_link (self, _ ("Merged into another case"), facts->merged_into);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_first_child (GTK_WIDGET (self->box)) != NULL);
}

static void
lz_case_marks_dispose (GObject *object)
{
  LzCaseMarks *self = LZ_CASE_MARKS (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;

  G_OBJECT_CLASS (lz_case_marks_parent_class)->dispose (object);
}

static void
lz_case_marks_class_init (LzCaseMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_case_marks_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "casemarks");
}

static void
lz_case_marks_init (LzCaseMarks *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}
