/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulletins.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* An entry of the list is the id in 32 hexadecimal digits and the set of counts in as many as it
 * takes; so many of them stay well below LZ_WIRE_MAX_EVENT_BYTES. */
#define CASES_A_PART 2500
#define ID_DIGITS    32

void
lz_bulletin_free (LzBulletin *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->name);
  g_free (self->publisher);
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_clear_pointer (&self->cases, g_array_unref);
  g_free (self);
}

static char *
make_key (LzTallyBy by, const char *value)
{
  return g_strconcat (lz_tally_by_to_string (by), "\n", value, NULL);
}

gint64
lz_bulletin_get_count (const LzBulletin *self, LzTallyBy by, const char *value, LzCount count)
{
  g_autofree char *key = make_key (by, value);
  const gint64 *counts = g_hash_table_lookup (self->tables, key);

  g_return_val_if_fail ((guint) count < LZ_N_COUNTS, 0);

  return counts != NULL ? counts[count] : 0;
}

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

static JsonObject *
write_facts (const LzTallyQuery *query,
             const LzTallies *tallies,
             const char *kind,
             const char *name,
             guint n_cases,
             const char *digest)
{
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
  json_object_set_string_member (facts, "digest", digest);
  return facts;
}

static GPtrArray *
write_list (const GArray *cases, char **digest)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < cases->len; i++)
    {
      char *line = write_case (&g_array_index (cases, LzJudgedCase, i));

      g_checksum_update (checksum, (const guint8 *) line, -1);
      g_checksum_update (checksum, (const guint8 *) "\n", 1);
      g_ptr_array_add (lines, line);
    }
  *digest = g_strdup (g_checksum_get_string (checksum));
  return lines;
}

static gboolean
add_lists (LzStation *station, const LzId *id, GPtrArray *lines, GError **error)
{
  for (guint from = 0, part = 0; from < lines->len; from += CASES_A_PART, part++)
    {
      g_autoptr (JsonObject) facts = json_object_new ();
      JsonArray *list = json_array_new ();

      for (guint i = from; i < MIN (lines->len, from + CASES_A_PART); i++)
        json_array_add_string_element (list, g_ptr_array_index (lines, i));
      json_object_set_int_member (facts, "part", part);
      json_object_set_array_member (facts, "cases", list);
      if (!lz_records_act (station, "bulletin.listed", id, facts, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
publish (LzStation *station,
         const LzTallyQuery *query,
         const char *kind,
         const char *name,
         const LzId *id,
         GError **error)
{
  g_autoptr (LzTallies) tallies = lz_tally_query_run (station, query, error);
  g_autoptr (GArray) cases = tallies != NULL ? lz_tally_query_judge (station, query, error) : NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (JsonObject) facts = NULL;

  if (cases == NULL)
    return FALSE;
  lines = write_list (cases, &digest);
  facts = write_facts (query, tallies, kind, name, cases->len, digest);
  return lz_records_act (station, "bulletin.published", id, facts, NULL, NULL, error) &&
         add_lists (station, id, lines, error);
}

gboolean
lz_bulletins_publish (LzStation *station,
                      const LzPeriod *period,
                      const char *kind,
                      const char *name,
                      LzId *made,
                      GError **error)
{
  LzDb *db = lz_station_get_db (station);
  LzTallyQuery query = { .period = *period,
                         .now_ms = lz_station_now (station),
                         .bys = LZ_BULLETIN_BYS };
  LzId id = make_id (station, period, kind);

  if (query.now_ms < period->to_ms)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("The period has not ended: it cannot be sealed yet."));
      return FALSE;
    }
  if (!lz_db_begin (db, error))
    return FALSE;
  if (!publish (station, &query, kind, name, &id, error))
    {
      lz_db_rollback (db);
      return FALSE;
    }
  if (made != NULL)
    *made = id;
  return lz_db_commit (db, error);
}

/* -- reading a sealed one -----------------------------------------------------------------------
 */

static gboolean
read_case (const char *line, LzJudgedCase *judged)
{
  if (strlen (line) <= ID_DIGITS)
    return FALSE;
  for (guint i = 0; i < sizeof judged->id.bytes; i++)
    {
      int high = g_ascii_xdigit_value (line[2 * i]), low = g_ascii_xdigit_value (line[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      judged->id.bytes[i] = (guint8) (high << 4 | low);
    }
  return g_ascii_string_to_unsigned (line + ID_DIGITS, 16, 0, G_MAXUINT64, &judged->bits, NULL);
}

static void
read_group (LzBulletin *self, JsonArray *keys, const char *key, JsonArray *figures)
{
  gint64 *counts = g_new0 (gint64, LZ_N_COUNTS);

  for (guint i = 0; i < json_array_get_length (figures) && i < json_array_get_length (keys); i++)
    {
      LzCount count;

      if (lz_count_from_string (json_array_get_string_element (keys, i), &count))
        counts[count] = json_array_get_int_element (figures, i);
    }
  g_hash_table_insert (self->tables, g_strdup (key), counts);
}

static JsonObject *
get_object (JsonObject *facts, const char *key)
{
  JsonNode *node = json_object_get_member (facts, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *facts, const char *key)
{
  JsonNode *node = json_object_get_member (facts, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
read_tables (LzBulletin *self, JsonObject *facts)
{
  JsonObject *tables = get_object (facts, "tables");
  JsonArray *keys = get_array (facts, "counts");

  for (guint by = 0; tables != NULL && keys != NULL && by < LZ_N_BYS; by++)
    {
      JsonObject *table = get_object (tables, lz_tally_by_to_string ((LzTallyBy) by));
      g_autoptr (GList) values = table != NULL ? json_object_get_members (table) : NULL;

      for (GList *link = values; link != NULL; link = link->next)
        {
          g_autofree char *key = make_key ((LzTallyBy) by, link->data);
          JsonArray *figures = get_array (table, link->data);

          if (figures != NULL)
            read_group (self, keys, key, figures);
        }
    }
}

static gboolean
read_published (LzBulletin *self, LzStation *station, const LzEvent *event, char **digest)
{
  g_autoptr (JsonObject) facts = lz_wire_read_facts (event->body->facts, NULL);
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  const char *period;

  if (facts == NULL)
    return FALSE;
  period = json_object_get_string_member_with_default (facts, "period", "");
  if (!lz_period_parse (period, offset_min, &self->period, NULL))
    return FALSE;
  self->kind = g_strdup (json_object_get_string_member_with_default (facts, "kind", ""));
  self->name = g_strdup (json_object_get_string_member_with_default (facts, "name", ""));
  self->published_ms = event->occurred_ms;
  self->publisher = g_strdup (event->actor);
  *digest = g_strdup (json_object_get_string_member_with_default (facts, "digest", ""));
  read_tables (self, facts);
  return TRUE;
}

static void
read_list (LzBulletin *self, const LzEvent *event, GChecksum *checksum)
{
  g_autoptr (JsonObject) facts = lz_wire_read_facts (event->body->facts, NULL);
  JsonArray *list = facts != NULL ? get_array (facts, "cases") : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *line = json_array_get_string_element (list, i);
      LzJudgedCase judged;

      if (line == NULL || !read_case (line, &judged))
        continue;
      g_checksum_update (checksum, (const guint8 *) line, -1);
      g_checksum_update (checksum, (const guint8 *) "\n", 1);
      g_array_append_val (self->cases, judged);
    }
}

/* From its own events and not from the record's facts, which a later event may have replaced. */
LzBulletin *
lz_bulletins_load (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (GPtrArray) events = lz_log_list_events (station, id, error);
  g_autoptr (LzBulletin) self = g_new0 (LzBulletin, 1);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *digest = NULL;

  if (events == NULL)
    return NULL;
  self->id = *id;
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cases = g_array_new (FALSE, FALSE, sizeof (LzJudgedCase));
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);

      if (event->body == NULL)
        continue;
      if (digest == NULL && g_str_equal (event->kind_name, "bulletin.published"))
        {
          if (!read_published (self, station, event, &digest))
            break;
        }
      else if (digest != NULL && g_str_equal (event->kind_name, "bulletin.listed"))
        read_list (self, event, checksum);
    }
  if (digest == NULL)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such bulletin."));
      return NULL;
    }
  self->whole = g_str_equal (g_checksum_get_string (checksum), digest);
  return g_steal_pointer (&self);
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
