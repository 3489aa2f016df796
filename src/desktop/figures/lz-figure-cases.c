/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-figure-cases.h"

#include <glib/gi18n.h>

#include "lz-bulletins.h"
#include "lz-jobs.h"

LzFigureOf *
lz_figure_of_copy (const LzFigureOf *self)
{
  LzFigureOf *copy = g_memdup2 (self, sizeof *self);

  copy->within_value = g_strdup (self->within_value);
  copy->value = g_strdup (self->value != NULL ? self->value : "");
  copy->name = g_strdup (self->name);
  return copy;
}

void
lz_figure_of_free (LzFigureOf *self)
{
  if (self == NULL)
    return;

  g_free ((char *) self->within_value);
  g_free ((char *) self->value);
  g_free ((char *) self->name);
  g_free (self);
}

static char *
make_title (const LzFigureOf *of, LzCount count)
{
  g_autofree char *period = lz_period_dup_label (&of->period);

  if (!lz_id_is_nil (&of->bulletin) && of->name != NULL && *of->name != '\0')
    /* Translators: name of a published figure, of whom, period. */
    return g_strdup_printf (_ ("%s as published · %s · %s"), lz_count_label (count), of->name,
                            period);
  if (!lz_id_is_nil (&of->bulletin))
    /* Translators: name of a published figure, period. */
    return g_strdup_printf (_ ("%s as published · %s"), lz_count_label (count), period);
  if (of->name != NULL && *of->name != '\0')
    /* Translators: name of a figure, of whom, period. */
    return g_strdup_printf (_ ("%s · %s · %s"), lz_count_label (count), of->name, period);
  /* Translators: name of a figure, period. */
  return g_strdup_printf (_ ("%s · %s"), lz_count_label (count), period);
}

GVariant *
lz_figure_cases_new (const LzFigureOf *of, LzCount count)
{
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *period = lz_period_dup_key (&of->period);
  g_autofree char *title = make_title (of, count);
  g_autofree char *bulletin = lz_id_dup_string (&of->bulletin);

  g_variant_dict_insert (&dict, "title", "s", title);
  g_variant_dict_insert (&dict, "period", "s", period);
  g_variant_dict_insert (&dict, "offset", "i", of->period.utc_offset_min);
  g_variant_dict_insert (&dict, "now", "x", of->now_ms);
  if (!lz_id_is_nil (&of->bulletin))
    g_variant_dict_insert (&dict, "bulletin", "s", bulletin);
  g_variant_dict_insert (&dict, "within", "s", lz_tally_by_to_string (of->within));
  g_variant_dict_insert (&dict, "within-value", "s",
                         of->within_value != NULL ? of->within_value : "");
  g_variant_dict_insert (&dict, "by", "s", lz_tally_by_to_string (of->by));
  g_variant_dict_insert (&dict, "value", "s", of->value != NULL ? of->value : "");
  g_variant_dict_insert (&dict, "count", "s", lz_count_to_string (count));
  return g_variant_dict_end (&dict);
}

GVariant *
lz_figure_cases_new_for_ids (const char *title, const LzId *ids, guint n)
{
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "title", "s", title);
  g_variant_dict_insert_value (&dict, "ids",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, ids,
                                                          (gsize) n * sizeof (LzId), 1));
  return g_variant_dict_end (&dict);
}

void
lz_figure_cases_open (GtkWidget *widget, GVariant *cases)
{
  g_autoptr (GVariant) held = g_variant_ref_sink (cases);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_activate_action_variant (widget, "win.show-cases", held);
}

char *
lz_figure_cases_dup_title (GVariant *cases)
{
  char *title = NULL;

  g_variant_lookup (cases, "title", "s", &title);
  return title != NULL ? title : g_strdup ("");
}

/* -- looking them up ----------------------------------------------------------------------------
 */

static GArray *
list_ids (LzStation *station, GVariant *bytes, GError **error)
{
  gsize n;
  const LzId *ids = g_variant_get_fixed_array (bytes, &n, 1);
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; i < n / sizeof (LzId); i++)
    {
      gint64 fid;

      if (!lz_cases_get_fid (station, &ids[i], &fid, error))
        return NULL;
      g_array_append_val (fids, fid);
    }
  return g_steal_pointer (&fids);
}

static gboolean
parse (GVariant *cases, LzTallyQuery *query, LzTallyBy *by, LzCount *count, GError **error)
{
  const char *period = "", *within = "", *by_key = "", *count_key = "";
  int offset = 0;

  g_variant_lookup (cases, "period", "&s", &period);
  g_variant_lookup (cases, "offset", "i", &offset);
  g_variant_lookup (cases, "now", "x", &query->now_ms);
  g_variant_lookup (cases, "within", "&s", &within);
  g_variant_lookup (cases, "within-value", "&s", &query->within_value);
  g_variant_lookup (cases, "by", "&s", &by_key);
  g_variant_lookup (cases, "count", "&s", &count_key);
  if (!lz_period_parse (period, offset, &query->period, error))
    return FALSE;
  if (lz_tally_by_from_string (within, &query->within) && lz_tally_by_from_string (by_key, by) &&
      lz_count_from_string (count_key, count))
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "no such figure: %s by %s", count_key, by_key);
  return FALSE;
}

/* A job of the read thread. */
static gpointer
list_job (LzStation *station, gpointer data, GError **error)
{
  GVariant *cases = data;
  g_autoptr (GVariant) ids = g_variant_lookup_value (cases, "ids", G_VARIANT_TYPE_BYTESTRING);
  LzTallyQuery query = { 0 };
  const char *value = "", *bulletin = "";
  LzTallyBy by;
  LzCount count;
  LzId sealed;

  if (ids != NULL)
    return list_ids (station, ids, error);
  if (!parse (cases, &query, &by, &count, error))
    return NULL;
  g_variant_lookup (cases, "value", "&s", &value);
  if (g_variant_lookup (cases, "bulletin", "&s", &bulletin) && lz_id_parse (bulletin, &sealed))
    return lz_bulletins_list_cases (station, &sealed, &query, by, value, count, error);
  return lz_tally_query_list (station, &query, by, value, count, error);
}

void
lz_figure_cases_list_async (LzSession *session,
                            GVariant *cases,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (g_variant_is_of_type (cases, G_VARIANT_TYPE_VARDICT));

  lz_jobs_read_async (session, list_job, g_variant_ref_sink (cases),
                      (GDestroyNotify) g_variant_unref, (GDestroyNotify) g_array_unref, cancellable,
                      callback, user_data);
}

GArray *
lz_figure_cases_list_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}
