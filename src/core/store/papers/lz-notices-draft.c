/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proposed for a board's entry about a case. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-civil.h"
#include "lz-desk-private.h"
#include "lz-notices.h"
#include "lz-office.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

enum
{
  COLUMN_BOARD,
  COLUMN_TITLE,
  COLUMN_TITLE_EN,
  COLUMN_WORDS,
  COLUMN_WORDS_EN,
};

static const char *const columns[] = {
  "board", "title_zh", "title_en", "words_zh", "words_en", NULL
};

void
lz_notice_draft_clear (LzNoticeDraft *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->person, g_free);
}

/* -- the road's chief ---------------------------------------------------------------------------
 */

typedef struct
{
  guint level;
  GString *names;
} Nearest;

/* They come from the general chief down. */
static void
take_chief (const LzId *road, LzDeskChief *chief, gpointer data)
{
  Nearest *nearest = data;

  if (nearest->level != chief->level)
    g_string_truncate (nearest->names, 0);
  nearest->level = chief->level;
  if (nearest->names->len > 0)
    g_string_append (nearest->names, _ (", "));
  g_string_append (nearest->names, chief->name);
  lz_desk_chief_free (chief);
}

char *
lz_notices_dup_chief (LzStation *station, const LzId *road, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  Nearest nearest = { .names = names };

  if (!lz_desk_list_chiefs (station, road, take_chief, &nearest, error))
    return NULL;
  if (names->len == 0)
    return g_strdup ("");
  /* Translators: who, and at which level he or she answers for a road. */
  return g_strdup_printf (_ ("%s (%s)"), names->str, lz_road_level_label (nearest.level));
}

/* -- words --------------------------------------------------------------------------------------
 */

static char *
dup_day (LzStation *station, gint64 at_ms, gboolean chinese)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  int year, month, day;

  lz_civil_from_days (lz_floor_div (at_ms + offset_min * G_GINT64_CONSTANT (60000), DAY_MS), &year,
                      &month, &day);
  return chinese ? g_strdup_printf ("%d月%d日", month, day)
                 : g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

static void
replace (GString *text, const char *token, const char *value)
{
  g_string_replace (text, token, value, 0);
}

/* The rows of the office's table: what it says of a board, in the language of the program. */
typedef struct
{
  LzTsv *table;
  guint row;
  gboolean chinese;
} Template;

static void
template_clear (Template *self)
{
  g_clear_pointer (&self->table, lz_tsv_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Template, template_clear)

static gboolean
find_template (Template *self, LzStation *station, const char *kind, GError **error)
{
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, "notices.tsv", error);

  self->table = bytes != NULL ? lz_tsv_parse (bytes, columns, error) : NULL;
  if (self->table == NULL)
    return FALSE;
  /* Translators: which of the names in the office's data to show: "zh" or "en". */
  self->chinese = strcmp (C_ ("names in data", "en"), "zh") == 0;
  for (self->row = 0; self->row < lz_tsv_get_n_rows (self->table); self->row++)
    if (g_strcmp0 (lz_tsv_get (self->table, self->row, COLUMN_BOARD), kind) == 0)
      return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no board “%s”."), kind);
  return FALSE;
}

static const char *
get_title (const Template *self)
{
  return lz_tsv_get (self->table, self->row, self->chinese ? COLUMN_TITLE : COLUMN_TITLE_EN);
}

static const char *
get_words (const Template *self)
{
  return lz_tsv_get (self->table, self->row, self->chinese ? COLUMN_WORDS : COLUMN_WORDS_EN);
}

static char *
fill (LzStation *station, const char *template, const LzCase *kase, gboolean chinese)
{
  const LzCategory *category =
      lz_catalogue_find (lz_station_get_catalogue (station), kase->category);
  gint64 done_ms = kase->closed_ms != 0 ? kase->closed_ms : lz_station_now (station);
  g_autofree char *day = dup_day (station, kase->reported_ms, chinese);
  g_autofree char *closed = dup_day (station, done_ms, chinese);
  GString *text = g_string_new (template);

  replace (text, "{category}",
           category == NULL ? kase->category : (chinese ? category->name : category->name_en));
  replace (text, "{road}",
           kase->road_name != NULL ? kase->road_name : lz_station_get_city (station));
  replace (text, "{day}", day);
  replace (text, "{closed}", closed);
  replace (text, "{unit}", kase->unit != NULL ? kase->unit : _ ("the responsible unit"));
  return g_string_free (text, FALSE);
}

static gboolean
is_focus (const char *kind)
{
  return strcmp (kind, "focus") == 0;
}

static gboolean
name_chief (LzStation *station, const char *kind, LzNoticeDraft *draft, GError **error)
{
  if (!is_focus (kind) || lz_id_is_nil (&draft->road))
    return TRUE;
  draft->person = lz_notices_dup_chief (station, &draft->road, error);
  return draft->person != NULL;
}

/**
 * lz_notices_draft:
 * @station: a station
 * @kind: which board
 * @kase: a case
 * @draft: (out caller-allocates): clear it with lz_notice_draft_clear()
 * @error: (nullable): %LZ_ERROR_NOT_FOUND for a case that there is not; %LZ_ERROR_INVALID for a
 * board of which the table says nothing
 *
 * Proposes title and words from the office's table "notices.tsv".  Nothing that a person said or
 * that tells who it was goes into them: category, road, days and unit alone.  聚焦路长 is about
 * the road's chief, who is proposed by name.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_notices_draft (LzStation *station,
                  const char *kind,
                  const LzId *kase,
                  LzNoticeDraft *draft,
                  GError **error)
{
  g_auto (Template) template = { 0 };
  g_autoptr (LzCase) item = NULL;

  *draft = (LzNoticeDraft){ 0 };
  if (!find_template (&template, station, kind, error))
    return FALSE;
  item = lz_cases_load (station, kase, error);
  if (item == NULL)
    return FALSE;
  draft->title = fill (station, get_title (&template), item, template.chinese);
  draft->words = fill (station, get_words (&template), item, template.chinese);
  draft->road = item->road;
  return name_chief (station, kind, draft, error);
}

/**
 * lz_notices_draft_road:
 * @station: a station
 * @kind: which board
 * @road: a road
 * @draft: (out caller-allocates): clear it with lz_notice_draft_clear()
 * @error: (nullable): as of lz_notices_draft()
 *
 * The same for an entry about a road and no case of it.  Where the office's title speaks of a case
 * it is the road's name.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_notices_draft_road (LzStation *station,
                       const char *kind,
                       const LzId *road,
                       LzNoticeDraft *draft,
                       GError **error)
{
  g_auto (Template) template = { 0 };
  g_autoptr (LzRoad) item = NULL;
  g_autoptr (GString) title = NULL;

  *draft = (LzNoticeDraft){ 0 };
  if (!find_template (&template, station, kind, error))
    return FALSE;
  item = lz_roads_load (station, road, error);
  if (item == NULL)
    return FALSE;
  title = g_string_new (get_title (&template));
  replace (title, "{road}", item->name);
  draft->title = g_strdup (strchr (title->str, '{') == NULL ? title->str : item->name);
  draft->road = *road;
  return name_chief (station, kind, draft, error);
}
