/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-firm-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-record-kinds.h"
#include "lz-words.h"

struct _LzFirmPane
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (LzFirmPane, lz_firm_pane, GTK_TYPE_WIDGET)

/* What is shown, for the functions below. */
typedef struct
{
  LzFirmPane *self;
  LzSession *session;
  const LzFirmFile *file;
  const LzFirm *firm;
  int year;
} Showing;

const char *
lz_firm_get_standing_icon (LzCreditStanding standing)
{
  static const char *const icons[] = {
    [LZ_CREDIT_GOOD] = "luzhang-lamp-circle-symbolic",
    [LZ_CREDIT_WARNED] = "luzhang-lamp-square-symbolic",
    [LZ_CREDIT_PROPOSED] = "luzhang-lamp-triangle-symbolic",
    [LZ_CREDIT_BLACKLISTED] = "luzhang-lamp-triangle-symbolic",
  };

  return icons[standing];
}

const char *
lz_firm_get_standing_class (LzCreditStanding standing)
{
  static const char *const classes[] = {
    [LZ_CREDIT_GOOD] = "lamp-green",
    [LZ_CREDIT_WARNED] = "lamp-yellow",
    [LZ_CREDIT_PROPOSED] = "lamp-red",
    [LZ_CREDIT_BLACKLISTED] = "lamp-red",
  };

  return classes[standing];
}

static gboolean
may (const Showing *s, const char *kind)
{
  return (lz_record_kind_find (kind)->roles & lz_session_get_roles (s->session)) != 0;
}

static AdwPreferencesGroup *
add_group (const Showing *s, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (s->self->box), group);
  return ADW_PREFERENCES_GROUP (group);
}

static AdwActionRow *
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

/* @target: (nullable) (transfer floating) */
static GtkWidget *
add_button (AdwActionRow *row, const char *label, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, button);
  return button;
}

static char *
dup_time (const Showing *s, gint64 at_ms)
{
  return lz_words_dup_time (at_ms, lz_session_now (), lz_session_get_offset_min (s->session));
}

/* Credit. */

static void
add_decision (const Showing *s, AdwPreferencesGroup *group)
{
  const LzCredit *credit = &s->firm->credit;
  g_autofree char *time = dup_time (s, credit->decided_ms);
  const char *name = credit->decided_by != NULL
                         ? lz_session_get_person_name (s->session, credit->decided_by)
                         : NULL;
  g_autofree char *line = NULL;

  if (credit->decided_by == NULL)
    return;
  line = g_strdup_printf ("%s · %s", name != NULL ? name : credit->decided_by, time);
  add_row (group, _ ("Last decision"), line);
  add_row (group, _ ("Reason"), credit->reason != NULL ? credit->reason : "");
}

static void
add_choices (const Showing *s, AdwPreferencesGroup *group)
{
  AdwActionRow *row;

  if (!may (s, "firm.blacklisted"))
    return;
  if (s->firm->credit.standing == LZ_CREDIT_PROPOSED)
    {
      GtkWidget *button;

      row = add_row (group, _ ("An official decides"),
                     _ ("The points only propose it; your name and your reason are kept."));
      add_button (row, _ ("_Reject…"), "firms.decide", g_variant_new_int32 (LZ_FIRM_SPARE));
      button = add_button (row, _ ("_Confirm…"), "firms.decide",
                           g_variant_new_int32 (LZ_FIRM_BLACKLIST));
      gtk_widget_add_css_class (button, "destructive-action");
    }
  else if (s->firm->credit.standing == LZ_CREDIT_BLACKLISTED)
    {
      row = add_row (group, _ ("On the black list"),
                     _ ("It stays there, in a new year too, until somebody takes it off."));
      add_button (row, _ ("Take _Off…"), "firms.decide", g_variant_new_int32 (LZ_FIRM_CLEAR));
    }
}

static void
add_credit (const Showing *s)
{
  const LzCredit *credit = &s->firm->credit;
  const LzCreditRules *rules = s->file->rules;
  g_autofree char *title = g_strdup_printf (_ ("Credit in %d"), s->year);
  AdwPreferencesGroup *group = add_group (s, title);
  g_autofree char *points =
      g_strdup_printf (ngettext ("%d point", "%d points", credit->points), credit->points);
  g_autofree char *limits = g_strdup_printf (
      _ ("Every year begins with %u; a warning below %u, the black list is proposed below %u."),
      rules->start, rules->warning, rules->black);
  AdwActionRow *row = add_row (group, points, limits);
  GtkWidget *mark = gtk_image_new_from_icon_name (lz_firm_get_standing_icon (credit->standing));
  GtkWidget *standing = gtk_label_new (lz_credit_standing_label (credit->standing));

  gtk_image_set_pixel_size (GTK_IMAGE (mark), 14);
  gtk_widget_add_css_class (mark, lz_firm_get_standing_class (credit->standing));
  adw_action_row_add_prefix (row, mark);
  gtk_widget_add_css_class (standing, "heading");
  adw_action_row_add_suffix (row, standing);
  add_choices (s, group);
  add_decision (s, group);
}

/* Cases. */

static void
add_case_link (AdwActionRow *row, const LzFirmCase *found)
{
  char id[LZ_ID_STRING_SIZE];
  GtkWidget *button;

  if (found->fid == 0)
    return;
  lz_id_format (&found->kase, id);
  button = add_button (row, _ ("Show"), "firms.show-case", g_variant_new_string (id));
  gtk_widget_add_css_class (button, "flat");
}

static const char *
get_rule_label (const Showing *s, const char *key)
{
  const LzCreditRule *rule = lz_credit_rules_find (s->file->rules, key);

  return rule != NULL ? lz_credit_rule_get_label (rule) : key;
}

/* A case that names the firm and has cost nothing yet. */
static void
add_pending (const Showing *s, AdwPreferencesGroup *group, const LzFirmCase *found)
{
  gboolean closed = found->state == LZ_STATE_CLOSED || found->state == LZ_STATE_FORCED;
  const char *category = lz_session_get_category_name (s->session, found->category);
  g_autofree char *line =
      g_strdup_printf ("%s%s%s · %s", found->number != NULL ? found->number : "",
                       found->plate != NULL ? " · " : "", found->plate != NULL ? found->plate : "",
                       closed ? lz_state_label (found->state)
                              : _ ("points are taken once it is closed"));
  AdwActionRow *row = add_row (group, category, line);

  add_case_link (row, found);
  if (closed && found->rule != NULL && may (s, "firm.charged"))
    {
      char id[LZ_ID_STRING_SIZE];
      g_autofree char *label =
          g_strdup_printf (ngettext ("Take %u point", "Take %u points", found->points),
                           found->points);
      GtkWidget *button;

      lz_id_format (&found->kase, id);
      button = add_button (row, label, "firms.charge", g_variant_new ("(ss)", id, found->rule));
      gtk_widget_set_tooltip_text (button, get_rule_label (s, found->rule));
    }
}

static void
add_cases (const Showing *s)
{
  AdwPreferencesGroup *group = add_group (s, _ ("Cases That Name It"));
  guint n = 0;

  for (guint i = 0; s->file->cases != NULL && i < s->file->cases->len; i++)
    {
      const LzFirmCase *found = s->file->cases->pdata[i];

      if (found->at_ms != 0)
        continue;
      add_pending (s, group, found);
      n++;
    }
  if (n == 0)
    adw_preferences_group_set_description (group, _ ("None that waits for its points."));
}

static void
add_charges (const Showing *s)
{
  g_autofree char *title = g_strdup_printf (_ ("Points Taken in %d"), s->year);
  AdwPreferencesGroup *group = add_group (s, title);

  for (guint i = 0; s->file->charges != NULL && i < s->file->charges->len; i++)
    {
      const LzFirmCase *charge = s->file->charges->pdata[i];
      const char *name = lz_session_get_person_name (s->session, charge->actor);
      g_autofree char *time = dup_time (s, charge->at_ms);
      g_autofree char *line =
          g_strdup_printf ("%s · %s · %s", charge->number != NULL ? charge->number : "—", time,
                           name != NULL ? name : charge->actor);
      g_autofree char *points = g_strdup_printf ("−%u", charge->points);
      AdwActionRow *row = add_row (group, get_rule_label (s, charge->rule), line);
      GtkWidget *label = gtk_label_new (points);

      add_case_link (row, charge);
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (row, label);
    }
  if (s->file->charges == NULL || s->file->charges->len == 0)
    adw_preferences_group_set_description (group, _ ("None."));
}

/* The entry. */

static void
add_fact (const Showing *s, AdwPreferencesGroup *group, const char *title, const char *key)
{
  const char *text = lz_record_get_text (s->firm->record, key);

  if (text != NULL && *text != '\0')
    add_row (group, title, text);
}

static void
add_entry (const Showing *s)
{
  AdwPreferencesGroup *group = add_group (s, _ ("On File"));
  JsonArray *plates = lz_record_get_list (s->firm->record, "plates");
  g_autoptr (GString) text = g_string_new (NULL);

  add_fact (s, group, _ ("Licence"), "licence");
  add_fact (s, group, _ ("Person in charge"), "keeper");
  add_fact (s, group, _ ("Telephone"), "phone");
  for (guint i = 0; plates != NULL && i < json_array_get_length (plates); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "  " : "",
                            json_array_get_string_element (plates, i));
  add_row (group, _ ("Vehicles"), text->len > 0 ? text->str : _ ("None on file"));
}

/* Everything that was ever done to it, in all years, the last first: who, when, and why. */
static void
add_history (const Showing *s)
{
  AdwPreferencesGroup *group = add_group (s, _ ("History"));

  for (guint i = s->file->events != NULL ? s->file->events->len : 0; i > 0; i--)
    {
      const LzEvent *event = s->file->events->pdata[i - 1];
      const LzRecordKind *kind = lz_record_kind_find (event->kind_name);
      const char *text = event->body != NULL ? event->body->text : NULL;
      const char *name = lz_session_get_person_name (s->session, event->actor);
      g_autofree char *time = dup_time (s, event->occurred_ms);
      g_autofree char *line =
          g_strdup_printf ("%s · %s%s%s", time, name != NULL ? name : event->actor,
                           text != NULL ? " · " : "", text != NULL ? text : "");

      if (kind != NULL)
        add_row (group, _ (kind->label), line);
    }
}

void
lz_firm_pane_show (LzFirmPane *self,
                   LzSession *session,
                   const LzFirmFile *file,
                   const LzFirm *firm,
                   int year)
{
  const Showing showing = { self, session, file, firm, year };
  GtkWidget *child;

  g_return_if_fail (LZ_IS_FIRM_PANE (self));

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  if (firm == NULL)
    return;
  add_credit (&showing);
  add_cases (&showing);
  add_charges (&showing);
  add_entry (&showing);
  add_history (&showing);
}

static void
lz_firm_pane_dispose (GObject *object)
{
  LzFirmPane *self = LZ_FIRM_PANE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (lz_firm_pane_parent_class)->dispose (object);
}

static void
lz_firm_pane_class_init (LzFirmPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_firm_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lz_firm_pane_init (LzFirmPane *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->scroller = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
