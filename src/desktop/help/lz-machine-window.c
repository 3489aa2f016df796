/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-machine-window.h"

#include <glib/gi18n.h>

#include "lz-machine.h"
#include "lz-names.h"

/* Made when the program is built, installed with its documents. */
#define DRAWING LZ_DATA_DIR "/../doc/luzhang/machine.svg"

struct _LzMachineWindow
{
  AdwWindow parent_instance;

  GtkPicture *drawing;
  GtkWidget *drawing_frame;
  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (LzMachineWindow, lz_machine_window, ADW_TYPE_WINDOW)

/* clang-format off */
static const struct { LzNeeds need; const char *label; } needs[] = {
  { LZ_NEEDS_CATEGORY, N_("a category") },
  { LZ_NEEDS_PLACE, N_("a place") },
  { LZ_NEEDS_BEFORE, N_("a photo of the problem") },
  { LZ_NEEDS_AFTER, N_("a photo after") },
  { LZ_NEEDS_PHOTO, N_("a photo") },
  { LZ_NEEDS_TEXT, N_("a reason") },
  { LZ_NEEDS_CONDITION, N_("a filing condition") },
  { LZ_NEEDS_UNIT, N_("a responsible unit") },
  { LZ_NEEDS_UNTIL, N_("an end date within a year") },
  { LZ_NEEDS_OTHER, N_("another case") },
  { LZ_NEEDS_IN_TIME, N_("not overdue yet") },
  { LZ_NEEDS_EXTENSIONS, N_("extended less than twice") },
  { LZ_NEEDS_NO_SUSPENSION, N_("never suspended before") },
  { LZ_NEEDS_OVERDUE, N_("ended overdue") },
  { LZ_NEEDS_NO_APPEAL, N_("no appeal yet") },
  { LZ_NEEDS_APPEAL, N_("an appeal that waits") },
  { LZ_NEEDS_REPLY_WANTED, N_("a reply is wanted") },
  { LZ_NEEDS_VOID_ASKED, N_("voiding was requested") },
  { LZ_NEEDS_NOT_RETURNED, N_("not just returned by a unit") },
  { LZ_NEEDS_HAS_UNIT, N_("a unit has had it") },
};

static const char *const effects[] = {
  [LZ_EFFECT_START] = N_("the clock starts"),
  [LZ_EFFECT_PAUSE] = N_("the clock pauses"),
  [LZ_EFFECT_RESUME] = N_("the clock goes on"),
  [LZ_EFFECT_EXTEND] = N_("one more limit"),
  [LZ_EFFECT_STOP] = N_("the clock stops"),
  [LZ_EFFECT_CLEAR] = N_("no deadline any more"),
  [LZ_EFFECT_SET] = N_("the deadline is put right"),
};
/* clang-format on */

static void
append (GString *text, const char *word)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", word);
}

static char *
dup_states (guint32 states)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if ((states & LZ_STATES_OPEN) == LZ_STATES_OPEN)
    return g_strdup ((states & LZ_STATES_FINAL) == LZ_STATES_FINAL ? _ ("any state")
                                                                   : _ ("any open state"));
  for (guint state = 0; state < LZ_N_STATES; state++)
    if (states & LZ_STATE_BIT (state))
      append (text, lz_state_label ((LzState) state));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_roles (guint roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if ((roles & LZ_ROLES_ANY) == LZ_ROLES_ANY)
    return g_strdup (_ ("everybody"));
  for (guint bit = LZ_ROLE_INSPECTOR; bit <= LZ_ROLE_RULE; bit <<= 1)
    if (roles & bit)
      append (text, lz_role_label ((LzRole) bit));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_needs (const LzTransition *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if (row->needs & needs[i].need)
      append (text, _ (needs[i].label));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
new_row (const LzTransition *row)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *from = dup_states (row->from);
  g_autofree char *roles = dup_roles (row->roles);
  g_autofree char *wanted = dup_needs (row);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *effect = (guint) row->effect < G_N_ELEMENTS (effects) ? effects[row->effect] : NULL;

  /* Translators: from one state to another */
  if (row->to != LZ_STATE_NONE)
    g_string_append_printf (text, _ ("%s → %s"), from, lz_state_label (row->to));
  else
    g_string_append_printf (text, _ ("%s, stays there"), from);
  g_string_append_printf (text, "\n");
  g_string_append_printf (text, _ ("By: %s"), roles);
  if (*wanted != '\0')
    {
      g_string_append_printf (text, "\n");
      g_string_append_printf (text, _ ("Needs: %s"), wanted);
    }
  if (effect != NULL)
    g_string_append_printf (text, "\n%s", _ (effect));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), _ (row->label));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), text->str);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
  return line;
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer user_data)
{
  LzMachineWindow *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  g_autofree char *title =
      g_utf8_casefold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  g_autofree char *subtitle =
      g_utf8_casefold (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), -1);

  return strstr (title, wanted) != NULL || strstr (subtitle, wanted) != NULL;
}

/* A program that is not installed shows the steps alone. */
static void
show_drawing (LzMachineWindow *self)
{
  gboolean there = g_file_test (DRAWING, G_FILE_TEST_IS_REGULAR);

  gtk_widget_set_visible (self->drawing_frame, there);
  if (there)
    gtk_picture_set_filename (self->drawing, DRAWING);
}

LzMachineWindow *
lz_machine_window_new (GtkWindow *parent)
{
  return g_object_new (LZ_TYPE_MACHINE_WINDOW, "transient-for", parent, NULL);
}

static void
lz_machine_window_class_init (LzMachineWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-machine-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzMachineWindow, drawing);
  gtk_widget_class_bind_template_child (widget_class, LzMachineWindow, drawing_frame);
  gtk_widget_class_bind_template_child (widget_class, LzMachineWindow, search);
  gtk_widget_class_bind_template_child (widget_class, LzMachineWindow, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lz_machine_window_init (LzMachineWindow *self)
{
  const LzTransition *rows;
  guint n;

  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  rows = lz_machine_get_rows (&n);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->list, new_row (&rows[i]));
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  /* The entry keeps Escape for itself. */
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->search, "search-changed",
                            G_CALLBACK (gtk_list_box_invalidate_filter), self->list);
  show_drawing (self);
}
