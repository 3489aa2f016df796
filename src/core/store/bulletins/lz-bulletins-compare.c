/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulletins.h"
#include "lz-records-act.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many figures and cases are named in the event of a correction; the rest is counted. */
#define MAX_NAMED 1000

static void
correction_clear (gpointer data)
{
  g_free (((LzCorrection *) data)->value);
}

void
lz_corrections_free (LzCorrections *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->figures, g_array_unref);
  g_clear_pointer (&self->cases, g_array_unref);
  g_free (self);
}

static void
compare_group (LzCorrections *self,
               const LzBulletin *bulletin,
               LzTallyBy by,
               const char *value,
               const LzTallyGroup *group)
{
  for (guint i = 0; i < LZ_N_COUNTS; i++)
    {
      LzCorrection correction = { .by = by,
                                  .count = (LzCount) i,
                                  .published =
                                      lz_bulletin_get_count (bulletin, by, value, (LzCount) i),
                                  .now = group != NULL ? group->counts[i] : 0 };

      if (correction.published == correction.now)
        continue;
      correction.value = g_strdup (value);
      g_array_append_val (self->figures, correction);
    }
}

/* Groups that had figures and have none now. */
static void
compare_lost (LzCorrections *self, const LzBulletin *bulletin, const LzTallies *tallies)
{
  g_autoptr (GList) keys =
      g_list_sort (g_hash_table_get_keys (bulletin->tables), (GCompareFunc) strcmp);

  for (GList *link = keys; link != NULL; link = link->next)
    {
      const char *end = strchr (link->data, '\n');
      g_autofree char *name = g_strndup (link->data, (gsize) (end - (const char *) link->data));
      LzTallyBy by;

      if (lz_tally_by_from_string (name, &by) && tallies->tallies[by] != NULL &&
          lz_tally_find (tallies->tallies[by], end + 1) == NULL)
        compare_group (self, bulletin, by, end + 1, NULL);
    }
}

static void
compare_tables (LzCorrections *self, const LzBulletin *bulletin, const LzTallies *tallies)
{
  for (guint by = 0; by < LZ_N_BYS; by++)
    for (guint i = 0;
         tallies->tallies[by] != NULL && i < lz_tally_get_n_groups (tallies->tallies[by]); i++)
      {
        const LzTallyGroup *group = lz_tally_get_group (tallies->tallies[by], i);

        compare_group (self, bulletin, (LzTallyBy) by, group->value, group);
      }
  compare_lost (self, bulletin, tallies);
}

/* Both lists are in order of the ids. */
static void
compare_cases (LzCorrections *self, const GArray *published, const GArray *now)
{
  guint i = 0, k = 0;

  while (i < published->len || k < now->len)
    {
      const LzJudgedCase *a =
          i < published->len ? &g_array_index (published, LzJudgedCase, i) : NULL;
      const LzJudgedCase *b = k < now->len ? &g_array_index (now, LzJudgedCase, k) : NULL;
      int order = a == NULL   ? 1
                  : b == NULL ? -1
                              : memcmp (a->id.bytes, b->id.bytes, sizeof a->id.bytes);
      LzChangedCase changed = { .id = order <= 0 ? a->id : b->id,
                                .published = order <= 0 ? a->bits : 0,
                                .now = order >= 0 ? b->bits : 0 };

      i += order <= 0;
      k += order >= 0;
      if (changed.published != changed.now)
        g_array_append_val (self->cases, changed);
    }
}

LzCorrections *
lz_bulletins_compare (LzStation *station, const LzBulletin *bulletin, GError **error)
{
  LzTallyQuery query = { .period = bulletin->period, .bys = LZ_BULLETIN_BYS };
  g_autoptr (LzCorrections) self = g_new0 (LzCorrections, 1);
  g_autoptr (LzTallies) tallies = lz_tally_query_run (station, &query, error);
  g_autoptr (GArray) now = tallies != NULL ? lz_tally_query_judge (station, &query, error) : NULL;

  if (now == NULL)
    return NULL;
  self->figures = g_array_new (FALSE, FALSE, sizeof (LzCorrection));
  g_array_set_clear_func (self->figures, correction_clear);
  self->cases = g_array_new (FALSE, FALSE, sizeof (LzChangedCase));
  compare_tables (self, bulletin, tallies);
  compare_cases (self, bulletin->cases, now);
  return g_steal_pointer (&self);
}

static JsonArray *
write_figures (const LzCorrections *corrections)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < MIN (corrections->figures->len, MAX_NAMED); i++)
    {
      const LzCorrection *correction = &g_array_index (corrections->figures, LzCorrection, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "by", lz_tally_by_to_string (correction->by));
      json_object_set_string_member (entry, "value", correction->value);
      json_object_set_string_member (entry, "count", lz_count_to_string (correction->count));
      json_object_set_int_member (entry, "published", correction->published);
      json_object_set_int_member (entry, "now", correction->now);
      json_array_add_object_element (list, entry);
    }
  return list;
}

gboolean
lz_bulletins_correct (LzStation *station,
                      const LzBulletin *bulletin,
                      const char *reason,
                      GError **error)
{
  g_autoptr (LzCorrections) corrections = lz_bulletins_compare (station, bulletin, error);
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (LzBody) body = lz_body_new ();
  JsonArray *cases = json_array_new ();

  if (corrections != NULL)
    for (guint i = 0; i < MIN (corrections->cases->len, MAX_NAMED); i++)
      {
        g_autofree char *id =
            lz_id_dup_string (&g_array_index (corrections->cases, LzChangedCase, i).id);

        json_array_add_string_element (cases, id);
      }
  json_object_set_array_member (facts, "corrected_cases", cases);
  if (corrections == NULL)
    return FALSE;
  if (corrections->figures->len == 0 && corrections->cases->len == 0)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("There is nothing to correct: the figures are as published."));
      return FALSE;
    }
  json_object_set_array_member (facts, "corrections", write_figures (corrections));
  json_object_set_int_member (facts, "n_corrections", corrections->figures->len);
  body->text = g_strdup (reason);
  return lz_records_act (station, "bulletin.corrected", &bulletin->id, facts, body, NULL, error);
}
