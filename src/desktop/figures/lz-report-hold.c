/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-hold.h"

#include <string.h>

struct _LzReportHold
{
  LzReport *report;
  LzId bulletin;
  gboolean sealed;
};

LzReportHold *
lz_report_hold_new (LzReport *report)
{
  LzReportHold *self = g_atomic_rc_box_new0 (LzReportHold);

  self->report = report;
  return self;
}

LzReportHold *
lz_report_hold_ref (LzReportHold *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  LzReportHold *self = data;

  g_clear_pointer (&self->report, lz_report_free);
}

void
lz_report_hold_unref (LzReportHold *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

void
lz_report_hold_set_bulletin (LzReportHold *self, const LzId *bulletin, gboolean sealed)
{
  self->bulletin = *bulletin;
  self->sealed = sealed;
}

const LzId *
lz_report_hold_get_bulletin (const LzReportHold *self)
{
  return &self->bulletin;
}

gboolean
lz_report_hold_is_sealed (const LzReportHold *self)
{
  return self->sealed;
}

const LzReport *
lz_report_hold_get (const LzReportHold *self)
{
  return self->report;
}

const LzReportTable *
lz_report_hold_find_table (const LzReportHold *self, const char *key)
{
  for (guint i = 0; i < lz_report_get_n_tables (self->report); i++)
    {
      const LzReportTable *table = lz_report_get_table (self->report, i);

      if (strcmp (lz_report_table_get_key (table), key) == 0)
        return table;
    }
  return NULL;
}
