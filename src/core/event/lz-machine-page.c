/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-machine-page.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const struct
{
  guint need;
  const char *label;
} needs_words[] = {
  { LZ_NEEDS_CATEGORY, N_("a category") },
  { LZ_NEEDS_PLACE, N_("a place") },
  { LZ_NEEDS_BEFORE, N_("a photo of the problem") },
  { LZ_NEEDS_AFTER, N_("a photo after the rectification") },
  { LZ_NEEDS_PHOTO, N_("a photo") },
  { LZ_NEEDS_TEXT, N_("a reason or opinion") },
  { LZ_NEEDS_CONDITION, N_("a filing condition") },
  { LZ_NEEDS_UNIT, N_("a responsible unit") },
  { LZ_NEEDS_UNTIL, N_("an end date") },
  { LZ_NEEDS_DUE, N_("a deadline") },
  { LZ_NEEDS_OTHER, N_("another case") },
  { LZ_NEEDS_IN_TIME, N_("not overdue") },
  { LZ_NEEDS_EXTENSIONS, N_("extended less than twice") },
  { LZ_NEEDS_NO_SUSPENSION, N_("never suspended") },
  { LZ_NEEDS_OVERDUE, N_("was overdue") },
  { LZ_NEEDS_NO_APPEAL, N_("no appeal so far") },
  { LZ_NEEDS_APPEAL, N_("an appeal is pending") },
  { LZ_NEEDS_REPLY_WANTED, N_("a reply is wanted") },
  { LZ_NEEDS_VOID_ASKED, N_("voiding was requested") },
  { LZ_NEEDS_NO_VOID_ASKED, N_("voiding not requested yet") },
  { LZ_NEEDS_NOT_RETURNED, N_("not just returned by a unit") },
  { LZ_NEEDS_HAS_UNIT, N_("a unit has had it") },
};

static const char *const effects[] = {
  [LZ_EFFECT_NONE] = "",
  [LZ_EFFECT_START] = N_("the clock starts"),
  [LZ_EFFECT_PAUSE] = N_("the clock pauses"),
  [LZ_EFFECT_RESUME] = N_("the clock goes on"),
  [LZ_EFFECT_EXTEND] = N_("the deadline is extended"),
  [LZ_EFFECT_STOP] = N_("the clock stops"),
  [LZ_EFFECT_CLEAR] = N_("no deadline any more"),
  [LZ_EFFECT_SET] = N_("the deadline is put right"),
};
/* clang-format on */

static const char *
say (LzWord word, gpointer data, const char *text)
{
  return word != NULL ? word (text, data) : text;
}

static void
add (GString *text, LzWord word, gpointer data, const char *more)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? say (word, data, _ (", ")) : "",
                          say (word, data, more));
}

char *
lz_machine_dup_needs (guint needs, guint mask, LzWord word, gpointer data)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (needs_words); i++)
    if ((needs & mask & needs_words[i].need) != 0)
      add (text, word, data, _ (needs_words[i].label));
  return g_string_free (text, FALSE);
}

const char *
lz_machine_effect_label (LzClockEffect effect)
{
  g_return_val_if_fail ((guint) effect < G_N_ELEMENTS (effects), NULL);

  return *effects[effect] != '\0' ? _ (effects[effect]) : "";
}

char *
lz_machine_dup_roles (guint roles, LzWord word, gpointer data)
{
  GString *text = g_string_new (NULL);

  if (roles == LZ_ROLES_ANY)
    return g_string_free (g_string_append (text, say (word, data, _ ("anybody"))), FALSE);
  for (guint role = LZ_ROLE_INSPECTOR; role <= LZ_ROLE_RULE; role <<= 1)
    if ((roles & role) != 0)
      add (text, word, data, lz_role_label ((LzRole) role));
  return g_string_free (text, FALSE);
}

static void
write_states (GString *page, guint32 states, LzWord word, gpointer data)
{
  gboolean first = TRUE;

  if ((states & LZ_STATES_OPEN) == LZ_STATES_OPEN)
    {
      g_string_append (page, say (word, data, _ ("every open state")));
      states &= ~LZ_STATES_OPEN;
      first = FALSE;
    }
  for (guint state = 0; state < LZ_N_STATES; state++)
    if ((states & LZ_STATE_BIT (state)) != 0)
      {
        g_string_append_printf (page, "%s%s", first ? "" : say (word, data, _ (", ")),
                                say (word, data, lz_state_label ((LzState) state)));
        first = FALSE;
      }
}

static void
write_row (GString *page, const LzTransition *row, LzWord word, gpointer data)
{
  g_autofree char *roles = lz_machine_dup_roles (row->roles, word, data);
  g_autofree char *needs = lz_machine_dup_needs (row->needs, ~0u, word, data);
  const char *effect = lz_machine_effect_label (row->effect);

  g_string_append_printf (page, "| %s | ", say (word, data, _ (row->label)));
  write_states (page, row->from, word, data);
  g_string_append_printf (page, " | %s | %s | %s | %s |\n",
                          row->to != LZ_STATE_NONE ? say (word, data, lz_state_label (row->to))
                                                   : "–",
                          roles, needs, *effect != '\0' ? say (word, data, effect) : "");
}

char *
lz_machine_write_markdown (LzWord word, gpointer data)
{
  const char *const heads[] = {
    _ ("Act"), _ ("From"), _ ("To"), _ ("Who"), _ ("Needs"), _ ("Clock")
  };
  GString *page = g_string_new (NULL);
  const LzTransition *rows;
  guint n;

  rows = lz_machine_get_rows (&n);
  g_string_append_printf (page, "# %s\n\n|", say (word, data, _ ("The way of a case")));
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    g_string_append_printf (page, " %s |", say (word, data, heads[i]));
  g_string_append (page, "\n|---|---|---|---|---|---|\n");
  for (guint i = 0; i < n; i++)
    write_row (page, &rows[i], word, data);
  return g_string_free (page, FALSE);
}
