/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what was published. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulletins-private.h"
#include "lz-bulletins.h"
#include "lz-event-table.h"
#include "lz-log.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of an entry of the list: the id's part. */
#define ID_DIGITS 32

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
  g_clear_pointer (&self->units, g_string_chunk_free);
  g_free (self->document);
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

static void
read_tables (LzBulletin *self, JsonObject *facts)
{
  JsonObject *tables = lz_json_get_object (facts, "tables");
  JsonArray *keys = lz_json_get_array (facts, "counts");

  for (guint by = 0; tables != NULL && keys != NULL && by < LZ_N_BYS; by++)
    {
      JsonObject *table = lz_json_get_object (tables, lz_tally_by_to_string ((LzTallyBy) by));
      g_autoptr (GList) values = table != NULL ? json_object_get_members (table) : NULL;

      for (GList *link = values; link != NULL; link = link->next)
        {
          g_autofree char *key = make_key ((LzTallyBy) by, link->data);
          JsonArray *figures = lz_json_get_array (table, link->data);

          if (figures != NULL)
            read_group (self, keys, key, figures);
        }
    }
}

/* What the sealed lists must come to, and what they do. */
typedef struct
{
  char *cases_digest;
  char *units_digest; /* nullable: of an earlier version, which did not seal them */
  char *words_digest; /* nullable: it has no document */
  GChecksum *cases;
  GChecksum *units;
  GString *document;
} Seals;

static void
seals_clear (Seals *seals)
{
  g_free (seals->cases_digest);
  g_free (seals->units_digest);
  g_free (seals->words_digest);
  g_clear_pointer (&seals->cases, g_checksum_free);
  g_clear_pointer (&seals->units, g_checksum_free);
  if (seals->document != NULL)
    g_string_free (seals->document, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seals, seals_clear)

static gboolean
read_published (LzBulletin *self, LzStation *station, const LzEvent *event, Seals *seals)
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
  seals->cases_digest = g_strdup (json_object_get_string_member_with_default (facts, "digest", ""));
  seals->units_digest =
      g_strdup (json_object_get_string_member_with_default (facts, "units_digest", NULL));
  seals->words_digest =
      g_strdup (json_object_get_string_member_with_default (facts, "words_digest", NULL));
  read_tables (self, facts);
  return TRUE;
}

/* Whose the case of this number in the list was; NULL: it does not say. */
static const char *
find_unit (LzBulletin *self, JsonObject *facts, guint i)
{
  JsonArray *units = lz_json_get_array (facts, "units");
  JsonArray *unit_of = lz_json_get_array (facts, "unit_of");
  const char *unit = NULL;
  gint64 number;

  if (units == NULL || unit_of == NULL || i >= json_array_get_length (unit_of))
    return NULL;
  number = json_array_get_int_element (unit_of, i);
  if (number >= 0 && number < json_array_get_length (units))
    unit = lz_json_node_get_text (json_array_get_element (units, (guint) number));
  return unit != NULL ? g_string_chunk_insert_const (self->units, unit) : NULL;
}

static void
read_list (LzBulletin *self, const LzEvent *event, Seals *seals)
{
  g_autoptr (JsonObject) facts = lz_wire_read_facts (event->body->facts, NULL);
  JsonArray *list = facts != NULL ? lz_json_get_array (facts, "cases") : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *line = json_array_get_string_element (list, i);
      LzJudgedCase judged;

      if (line == NULL || !read_case (line, &judged))
        continue;
      judged.unit = find_unit (self, facts, i);
      lz_bulletins_seal_line (seals->cases, line);
      lz_bulletins_seal_line (seals->units, judged.unit != NULL ? judged.unit : "");
      g_array_append_val (self->cases, judged);
    }
}

static void
read_words (const LzEvent *event, GString *document)
{
  g_autoptr (JsonObject) facts = lz_wire_read_facts (event->body->facts, NULL);
  JsonArray *words = facts != NULL ? lz_json_get_array (facts, "words") : NULL;

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    {
      const char *piece = lz_json_node_get_text (json_array_get_element (words, i));

      g_string_append (document, piece != NULL ? piece : "");
    }
}

/* FALSE: what follows cannot be read. */
static gboolean
read_event (LzBulletin *self, LzStation *station, const LzEvent *event, Seals *seals)
{
  if (seals->cases_digest == NULL)
    return !g_str_equal (event->kind_name, "bulletin.published") ||
           read_published (self, station, event, seals);
  if (g_str_equal (event->kind_name, "bulletin.listed"))
    read_list (self, event, seals);
  else if (g_str_equal (event->kind_name, "bulletin.worded"))
    read_words (event, seals->document);
  return TRUE;
}

static gboolean
is_whole (const Seals *seals)
{
  g_autofree char *words =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, seals->document->str, -1);

  return g_str_equal (g_checksum_get_string (seals->cases), seals->cases_digest) &&
         (seals->units_digest == NULL ||
          g_str_equal (g_checksum_get_string (seals->units), seals->units_digest)) &&
         (seals->words_digest == NULL || g_str_equal (words, seals->words_digest));
}

static LzBulletin *
new_bulletin (const LzId *id)
{
  LzBulletin *self = g_new0 (LzBulletin, 1);

  self->id = *id;
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cases = g_array_new (FALSE, FALSE, sizeof (LzJudgedCase));
  self->units = g_string_chunk_new (256);
  return self;
}

LzBulletin *
lz_bulletins_load_figures (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (LzEvent) event = lz_event_table_find_first (station, id, "bulletin.published", error);
  g_autoptr (LzBulletin) self = new_bulletin (id);
  g_auto (Seals) seals = { 0 };

  return event != NULL && event->body != NULL && read_published (self, station, event, &seals)
             ? g_steal_pointer (&self)
             : NULL;
}

/* From its own events and not from the record's facts, which a later event may have replaced. */
LzBulletin *
lz_bulletins_load (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (GPtrArray) events = lz_log_list_events (station, id, error);
  g_autoptr (LzBulletin) self = new_bulletin (id);
  g_auto (Seals) seals = { .cases = g_checksum_new (G_CHECKSUM_SHA256),
                           .units = g_checksum_new (G_CHECKSUM_SHA256),
                           .document = g_string_new (NULL) };

  if (events == NULL)
    return NULL;
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);

      if (event->body != NULL && !read_event (self, station, event, &seals))
        break;
    }
  if (seals.cases_digest == NULL)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such bulletin."));
      return NULL;
    }
  self->whole = is_whole (&seals);
  if (seals.document->len > 0)
    self->document = g_strdup (seals.document->str);
  return g_steal_pointer (&self);
}
