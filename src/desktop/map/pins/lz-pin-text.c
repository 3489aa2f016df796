/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-pin-text.h"

#include <glib/gi18n-lib.h>

static char *
dup_case_text (const LzPinSet *pins, guint pin)
{
  /* Translators: a case's state and how its deadline stands: "Handling, overdue". */
  return g_strdup_printf (_ ("%s, %s"), lz_state_label (lz_pin_set_get_state (pins, pin)),
                          lz_pin_kind_label (lz_pin_set_get_kind (pins, pin)));
}

char *
lz_pin_item_dup_text (const LzPinItem *item, const LzPinSet *pins)
{
  g_autoptr (GString) text = NULL;
  guint n = item->sum.count;

  if (n == 1)
    return dup_case_text (pins, item->first);

  text = g_string_new (NULL);
  g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE, "%u case", "%u cases", n), n);
  for (guint k = 0; k < LZ_PIN_N_KINDS; k++)
    if (item->sum.mix[k] > 0)
      /* Translators: how many cases of a cluster stand how: "3 overdue". */
      g_string_append_printf (text, _ ("\n%u %s"), item->sum.mix[k], lz_pin_kind_label (k));

  return g_string_free (g_steal_pointer (&text), FALSE);
}
