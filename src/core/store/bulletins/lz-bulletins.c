/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulletin-drafts.h"
#include "lz-bulletins-private.h"
#include "lz-bulletins.h"
#include "lz-records-act.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An entry of the list is the id in 32 hexadecimal digits and the set of counts in as many as it
 * takes; so many of them stay well below LZ_WIRE_MAX_EVENT_BYTES. */
#define CASES_A_PART 2500
/* A document goes in pieces that JSON may make twice as long. */
#define PIECE_BYTES   8000
#define PIECES_A_PART 12

/* One of each kind for each period of an office. */
static LzId
make_id (LzStation *station, const LzPeriod *period, const char *kind)
{
  g_autofree char *period_key = lz_period_dup_key (period);
  g_autofree char *key = g_strdup_printf ("%s %s", kind, period_key);

  return lz_records_make_id (lz_station_get_feed (station), LZ_RECORD_BULLETIN, key);
}

/* -- sealing ------------------------------------------------------------------------------------
 */

static char *
write_case (const LzJudgedCase *judged)
{
  GString *text = g_string_sized_new (48);

  for (guint i = 0; i < sizeof judged->id.bytes; i++)
    g_string_append_printf (text, "%02x", judged->id.bytes[i]);
  g_string_append_printf (text, "%" G_GINT64_MODIFIER "x", judged->bits);
  return g_string_free (text, FALSE);
}

static JsonObject *
write_table (const LzTally *tally)
{
  JsonObject *table = json_object_new ();

  for (guint i = 0; i < lz_tally_get_n_groups (tally); i++)
    {
      const LzTallyGroup *group = lz_tally_get_group (tally, i);
      JsonArray *counts = json_array_sized_new (LZ_N_COUNTS);

      for (guint k = 0; k < LZ_N_COUNTS; k++)
        json_array_add_int_element (counts, group->counts[k]);
      json_object_set_array_member (table, group->value, counts);
    }
  return table;
}

/* The words of the counts go with their figures: a later version may have more of them. */
static JsonArray *
write_count_keys (void)
{
  JsonArray *keys = json_array_sized_new (LZ_N_COUNTS);

  for (guint i = 0; i < LZ_N_COUNTS; i++)
    json_array_add_string_element (keys, lz_count_to_string ((LzCount) i));
  return keys;
}

/* What the list of the cases comes to. */
typedef struct
{
  char *cases;
  char *units;
} Digests;

static void
digests_clear (Digests *self)
{
  g_free (self->cases);
  g_free (self->units);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Digests, digests_clear)

static JsonObject *
write_facts (const LzTallyQuery *query,
             const LzTallies *tallies,
             const char *kind,
             const char *name,
             guint n_cases,
             const Digests *digests,
             const char *document)
{
  g_autofree char *words_digest =
      document != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, document, -1) : NULL;
  g_autofree char *key = lz_period_dup_key (&query->period);
  JsonObject *facts = json_object_new ();
  JsonObject *tables = json_object_new ();

  for (guint i = 0; i < LZ_N_BYS; i++)
    if (tallies->tallies[i] != NULL)
      json_object_set_object_member (tables, lz_tally_by_to_string ((LzTallyBy) i),
                                     write_table (tallies->tallies[i]));
  json_object_set_string_member (facts, "kind", kind);
  json_object_set_string_member (facts, "name", name);
  json_object_set_string_member (facts, "period", key);
  json_object_set_int_member (facts, "from", query->period.from_ms);
  json_object_set_int_member (facts, "until", query->period.to_ms);
  json_object_set_array_member (facts, "counts", write_count_keys ());
  json_object_set_object_member (facts, "tables", tables);
  json_object_set_int_member (facts, "n_cases", n_cases);
  json_object_set_string_member (facts, "digest", digests->cases);
  json_object_set_string_member (facts, "units_digest", digests->units);
  if (words_digest != NULL)
    json_object_set_string_member (facts, "words_digest", words_digest);
  return facts;
}

/* The cases by name and by what they count for, and apart from that by their units. */
static GPtrArray *
write_list (const GArray *cases, Digests *digests)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) of_lines = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) of_units = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < cases->len; i++)
    {
      const LzJudgedCase *judged = &g_array_index (cases, LzJudgedCase, i);
      char *line = write_case (judged);

      lz_bulletins_seal_line (of_lines, line);
      lz_bulletins_seal_line (of_units, judged->unit);
      g_ptr_array_add (lines, line);
    }
  digests->cases = g_strdup (g_checksum_get_string (of_lines));
  digests->units = g_strdup (g_checksum_get_string (of_units));
  return lines;
}

/* "units": their names; "unit_of": for each case the number of its name. */
static void
write_units (JsonObject *facts, const GArray *cases, guint from, guint to)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *units = json_array_new ();
  JsonArray *unit_of = json_array_sized_new (to - from);

  for (guint i = from; i < to; i++)
    {
      const char *unit = g_array_index (cases, LzJudgedCase, i).unit;
      gpointer number;

      if (!g_hash_table_lookup_extended (numbers, unit, NULL, &number))
        {
          number = GUINT_TO_POINTER (json_array_get_length (units));
          g_hash_table_insert (numbers, (gpointer) unit, number);
          json_array_add_string_element (units, unit);
        }
      json_array_add_int_element (unit_of, GPOINTER_TO_UINT (number));
    }
  json_object_set_array_member (facts, "units", units);
  json_object_set_array_member (facts, "unit_of", unit_of);
}

static gboolean
add_lists (LzStation *station,
           const LzId *id,
           const GArray *cases,
           GPtrArray *lines,
           GError **error)
{
  for (guint from = 0, part = 0; from < lines->len; from += CASES_A_PART, part++)
    {
      g_autoptr (JsonObject) facts = json_object_new ();
      guint to = MIN (lines->len, from + CASES_A_PART);
      JsonArray *list = json_array_new ();

      for (guint i = from; i < to; i++)
        json_array_add_string_element (list, g_ptr_array_index (lines, i));
      json_object_set_int_member (facts, "part", part);
      json_object_set_array_member (facts, "cases", list);
      write_units (facts, cases, from, to);
      if (!lz_records_act (station, "bulletin.listed", id, facts, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* The end of the piece that begins at @from, between two characters. */
static const char *
find_piece_end (const char *from)
{
  const char *end = from + strnlen (from, PIECE_BYTES);

  while (*end != '\0' && ((guchar) *end & 0xc0) == 0x80)
    end--;
  return end;
}

static gboolean
add_document (LzStation *station, const LzId *id, const char *document, GError **error)
{
  guint part = 0;

  for (const char *from = document; *from != '\0'; part++)
    {
      g_autoptr (JsonObject) facts = json_object_new ();
      JsonArray *words = json_array_new ();

      for (guint i = 0; i < PIECES_A_PART && *from != '\0'; i++)
        {
          const char *end = find_piece_end (from);
          g_autofree char *piece = g_strndup (from, (gsize) (end - from));

          json_array_add_string_element (words, piece);
          from = end;
        }
      json_object_set_int_member (facts, "part", part);
      json_object_set_array_member (facts, "words", words);
      if (!lz_records_act (station, "bulletin.worded", id, facts, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* What is being published. */
typedef struct
{
  LzTallyQuery query;
  const char *kind;
  const char *name;
  LzBulletinWriter writer;
  gpointer data;
  LzId id;
} Publishing;

static gboolean
publish (LzStation *station, const Publishing *job, GError **error)
{
  g_autoptr (LzTallies) tallies = lz_tally_query_run (station, &job->query, error);
  g_autoptr (GArray) cases =
      tallies != NULL ? lz_tally_query_judge (station, &job->query, error) : NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_auto (Digests) digests = { 0 };
  g_autofree char *document = NULL;
  g_autoptr (JsonObject) facts = NULL;

  if (cases == NULL)
    return FALSE;
  if (job->writer != NULL)
    {
      document = job->writer (station, job->data, error);
      if (document == NULL)
        return FALSE;
    }
  lines = write_list (cases, &digests);
  facts = write_facts (&job->query, tallies, job->kind, job->name, cases->len, &digests, document);
  return lz_records_act (station, "bulletin.published", &job->id, facts, NULL, NULL, error) &&
         add_lists (station, &job->id, cases, lines, error) &&
         (document == NULL || add_document (station, &job->id, document, error)) &&
         lz_bulletin_drafts_remove (station, &job->query.period, job->kind, error);
}

gboolean
lz_bulletins_publish (LzStation *station,
                      const LzPeriod *period,
                      const char *kind,
                      const char *name,
                      LzBulletinWriter writer,
                      gpointer data,
                      LzId *made,
                      GError **error)
{
  LzDb *db = lz_station_get_db (station);
  Publishing job = {
    .query = { .period = *period, .now_ms = lz_station_now (station), .bys = LZ_BULLETIN_BYS },
    .kind = kind,
    .name = name,
    .writer = writer,
    .data = data,
    .id = make_id (station, period, kind)
  };

  if (job.query.now_ms < period->to_ms)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("The period has not ended: it cannot be sealed yet."));
      return FALSE;
    }
  if (!lz_db_begin (db, error))
    return FALSE;
  if (!publish (station, &job, error))
    {
      lz_db_rollback (db);
      return FALSE;
    }
  if (made != NULL)
    *made = job.id;
  return lz_db_commit (db, error);
}

const char *
lz_bulletin_kind_of (LzPeriodKind period)
{
  return period == LZ_PERIOD_WEEK ? "weekly" : period == LZ_PERIOD_MONTH ? "monthly" : NULL;
}

LzBulletin *
lz_bulletins_find_figures (LzStation *station,
                           const LzPeriod *period,
                           const char *kind,
                           GError **error)
{
  LzId id = make_id (station, period, kind);

  return lz_bulletins_load_figures (station, &id, error);
}

LzBulletin *
lz_bulletins_find (LzStation *station, const LzPeriod *period, const char *kind, GError **error)
{
  LzId id = make_id (station, period, kind);
  g_autoptr (GError) failure = NULL;
  LzBulletin *self = lz_bulletins_load (station, &id, &failure);

  if (failure != NULL && !g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return self;
}
