/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose truck it was: the part of the form for what hauling firms do. */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

static gboolean
is_wanted (LzLogForm *self)
{
  const LzCategory *category = lz_category_picker_get_category (self->category);

  return lz_firm_choice_is_for (self->firm, category != NULL ? category->code : NULL);
}

/* With the category that is picked now. */
void
lz_log_form_show_firm (LzLogForm *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->firm), is_wanted (self));
}

/* What the draft says. */
void
lz_log_form_fill_firm (LzLogForm *self)
{
  g_auto (LzFirmLink) link = { 0 };
  gboolean named = lz_firm_facts_read (self->draft->body->facts, &link);

  lz_firm_choice_set (self->firm, named ? &link.firm : NULL, link.plate);
  lz_log_form_show_firm (self);
}

/* Into the draft; while the firms are being read, what it says stays. */
void
lz_log_form_collect_firm (LzLogForm *self)
{
  g_autofree char *plate = NULL;
  LzId firm;

  if (!is_wanted (self))
    return;
  g_clear_pointer (&self->draft->body->facts, g_free);
  if (lz_firm_choice_get (self->firm, &firm, &plate))
    self->draft->body->facts = lz_firm_facts_new (&firm, plate, NULL);
}

void
lz_log_form_connect_firm (LzLogForm *self)
{
  g_signal_connect_swapped (self->firm, "changed", G_CALLBACK (lz_log_form_edited), self);
}
