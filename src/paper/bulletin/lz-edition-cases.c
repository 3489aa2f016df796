/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Typical cases of an edition: which of the period's cases can be shown, and which are proposed. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-case-papers.h"
#include "lz-edition-private.h"
#include "lz-edition.h"
#include "lz-error.h"
#include "lz-office.h"
#include "lz-tsv.h"

#include <string.h>

#define TABLE "bulletin-cases.tsv"
/* So many cases are looked at for each that is to be taken: many have no photos. */
#define LOOKED_AT 20

enum
{
  KEY,
  COUNT,
  PHOTOS,
  ORDER,
  TAKE,
  OUTCOME_ZH,
  OUTCOME_EN,
};

static const char *const columns[] = { "key",  "count", "photos", "order",
                                       "take", "zh_CN", "en",     NULL };

/* A row of the table. */
typedef struct
{
  LzCount count;
  gboolean both; /* photos before and after */
  gboolean newest;
  guint take;
  char *outcome;
} Rule;

static void
rule_clear (gpointer data)
{
  g_free (((Rule *) data)->outcome);
}

static gboolean
is_one_of (const LzTsv *table,
           guint row,
           guint column,
           const char *a,
           const char *b,
           GError **error)
{
  const char *text = lz_tsv_get (table, row, column);

  return strcmp (text, a) == 0 || strcmp (text, b) == 0 ||
         lz_tsv_set_error (table, row, column, "is none of its words", error);
}

static gboolean
parse_rule (const LzTsv *table, guint row, Rule *rule, GError **error)
{
  gboolean chinese = g_str_has_prefix (g_get_language_names ()[0], "zh");

  if (!lz_count_from_string (lz_tsv_get (table, row, COUNT), &rule->count))
    return lz_tsv_set_error (table, row, COUNT, "is no count", error);
  if (!is_one_of (table, row, PHOTOS, "before", "both", error) ||
      !is_one_of (table, row, ORDER, "oldest", "newest", error) ||
      !lz_tsv_get_uint (table, row, TAKE, 0, 1000, &rule->take, error))
    return FALSE;
  rule->both = strcmp (lz_tsv_get (table, row, PHOTOS), "both") == 0;
  rule->newest = strcmp (lz_tsv_get (table, row, ORDER), "newest") == 0;
  rule->outcome = g_strdup (lz_tsv_get (table, row, chinese ? OUTCOME_ZH : OUTCOME_EN));
  return TRUE;
}

static GArray *
load_rules (LzStation *station, GError **error)
{
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, TABLE, error);
  g_autoptr (LzTsv) table = bytes != NULL ? lz_tsv_parse (bytes, columns, error) : NULL;
  g_autoptr (GArray) rules = g_array_new (FALSE, TRUE, sizeof (Rule));

  g_array_set_clear_func (rules, rule_clear);
  for (guint row = 0; table != NULL && row < lz_tsv_get_n_rows (table); row++)
    {
      Rule rule = { 0 };

      if (!parse_rule (table, row, &rule, error))
        {
          g_prefix_error (error, TABLE ": ");
          return NULL;
        }
      g_array_append_val (rules, rule);
    }
  return table != NULL ? g_steal_pointer (&rules) : NULL;
}

/* -- one case -----------------------------------------------------------------------------------
 */

static char *
dup_hash (const LzPhotoRef *photo)
{
  char hash[65];

  lz_sha256_format (photo->sha256, hash);
  return g_strdup (hash);
}

/* The first photo of the problem, else the first one of whatever it shows, and the last one of the
 * result. */
static gboolean
find_photos (LzStation *station, LzTypicalCase *of, GError **error)
{
  g_autoptr (GArray) photos = lz_cases_list_photos (station, &of->id, error);
  const LzPhotoRef *before = NULL, *after = NULL, *other = NULL;

  for (guint i = 0; photos != NULL && i < photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (photos, LzPhotoRef, i);

      if (photo->role == LZ_PHOTO_AFTER)
        after = photo;
      else if (photo->role == LZ_PHOTO_BEFORE && before == NULL)
        before = photo;
      else if (other == NULL)
        other = photo;
    }
  if (before == NULL)
    before = other;
  of->before = before != NULL ? dup_hash (before) : NULL;
  of->after = after != NULL ? dup_hash (after) : NULL;
  return photos != NULL;
}

static gboolean
describe (LzStation *station, LzTypicalCase *of, GError **error)
{
  g_autoptr (LzCase) item = lz_cases_load (station, &of->id, error);
  const LzCategory *category;

  if (item == NULL)
    return FALSE;
  category = item->category != NULL
                 ? lz_catalogue_find (lz_station_get_catalogue (station), item->category)
                 : NULL;
  of->number = g_strdup (item->number);
  of->category = g_strdup (category != NULL ? category->name : item->category);
  of->place = lz_paper_dup_place (item->road_name, item->chainage_cm, item->side, item->offset_cm,
                                  item->address);
  if (*of->place == '\0')
    {
      g_free (of->place);
      of->place = lz_paper_dup_position (item->place);
    }
  of->unit = g_strdup (item->unit);
  of->text = g_strdup (item->text);
  return TRUE;
}

/* -- choosing -----------------------------------------------------------------------------------
 */

/* What is looked through, and what has been found. */
typedef struct
{
  LzStation *station;
  GCancellable *cancellable;
  const GArray *cases; /* LzTallyCase, in the order of their reports */
  GHashTable *seen;    /* (element-type LzId): of @found */
  GPtrArray *found;
} Search;

/* The cases of one rule with the photos it asks for, at most @limit, after those found before. */
static gboolean
find_of_rule (Search *search, const Rule *rule, guint limit, GError **error)
{
  guint n = search->cases->len, found = 0, looked_at = 0;

  for (guint i = 0; i < n && found < limit && looked_at < limit * LOOKED_AT; i++)
    {
      const LzTallyCase *item =
          &g_array_index (search->cases, LzTallyCase, rule->newest ? n - 1 - i : i);
      g_autoptr (LzTypicalCase) of = NULL;

      if ((item->bits & LZ_COUNT_BIT (rule->count)) == 0)
        continue;
      of = lz_typical_case_new ();
      if (!lz_cases_get_id (search->station, item->fid, &of->id, error))
        return FALSE;
      if (g_hash_table_contains (search->seen, &of->id))
        continue;
      if (g_cancellable_set_error_if_cancelled (search->cancellable, error))
        return FALSE;
      looked_at++;
      if (!find_photos (search->station, of, error))
        return FALSE;
      if (of->before == NULL || (rule->both && of->after == NULL))
        continue;
      if (!describe (search->station, of, error))
        return FALSE;
      of->outcome = g_strdup (rule->outcome);
      found++;
      g_hash_table_add (search->seen, &of->id);
      g_ptr_array_add (search->found, g_steal_pointer (&of));
    }
  return TRUE;
}

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->seen, g_hash_table_unref);
  g_clear_pointer (&search->found, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static Search
search_begin (LzStation *station, const GArray *cases, GCancellable *cancellable)
{
  return (Search){ .station = station,
                   .cancellable = cancellable,
                   .cases = cases,
                   .seen = g_hash_table_new (lz_id_hash, lz_id_equal),
                   .found =
                       g_ptr_array_new_with_free_func ((GDestroyNotify) lz_typical_case_free) };
}

static guint64
list_counts (const GArray *rules)
{
  guint64 counts = 0;

  for (guint i = 0; i < rules->len; i++)
    counts |= LZ_COUNT_BIT (g_array_index (rules, Rule, i).count);
  return counts;
}

GPtrArray *
lz_edition_list_cases (LzStation *station,
                       const LzPeriod *period,
                       guint limit,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GArray) rules = load_rules (station, error);
  g_autoptr (LzTallies) tallies = NULL;
  g_auto (Search) search = { 0 };
  LzTallyQuery query = { .period = *period };

  if (rules == NULL)
    return NULL;
  query.keep = list_counts (rules);
  tallies = lz_tally_query_run (station, &query, error);
  if (tallies == NULL)
    return NULL;
  search = search_begin (station, tallies->cases, cancellable);
  for (guint i = 0; i < rules->len && search.found->len < limit; i++)
    if (!find_of_rule (&search, &g_array_index (rules, Rule, i), limit - search.found->len, error))
      return NULL;
  return g_steal_pointer (&search.found);
}

static gboolean
has_category (const GPtrArray *cases, const char *category)
{
  for (guint i = 0; i < cases->len; i++)
    if (g_strcmp0 (((LzTypicalCase *) g_ptr_array_index (cases, i))->category, category) == 0)
      return TRUE;
  return FALSE;
}

/* Takes @take of those found, first of categories that @chosen has not. */
static void
take (GPtrArray *chosen, const GPtrArray *found, guint n)
{
  g_autofree gboolean *taken = g_new0 (gboolean, found->len + 1);

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < found->len && n > 0; i++)
      {
        const LzTypicalCase *of = g_ptr_array_index (found, i);

        if (taken[i] || (pass == 0 && has_category (chosen, of->category)))
          continue;
        taken[i] = TRUE;
        n--;
        g_ptr_array_add (chosen, lz_typical_case_copy (of));
      }
}

gboolean
lz_edition_want_cases (LzStation *station, guint64 *counts, GError **error)
{
  g_autoptr (GArray) rules = load_rules (station, error);

  if (rules != NULL)
    *counts = list_counts (rules);
  return rules != NULL;
}

GPtrArray *
lz_edition_propose_cases (LzStation *station, const GArray *cases, GError **error)
{
  g_autoptr (GArray) rules = load_rules (station, error);
  g_autoptr (GPtrArray) chosen =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_typical_case_free);

  if (rules == NULL)
    return NULL;
  for (guint i = 0; i < rules->len; i++)
    {
      const Rule *rule = &g_array_index (rules, Rule, i);
      g_auto (Search) search = search_begin (station, cases, NULL);

      for (guint k = 0; k < chosen->len; k++)
        g_hash_table_add (search.seen, &((LzTypicalCase *) g_ptr_array_index (chosen, k))->id);
      if (!find_of_rule (&search, rule, rule->take * 4, error))
        return NULL;
      take (chosen, search.found, rule->take);
    }
  return g_steal_pointer (&chosen);
}
