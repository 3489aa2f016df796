/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lz-line.h"

#define MS_PER_MINUTE (60 * G_GINT64_CONSTANT (1000))
#define MS_PER_DAY    (24 * 60 * MS_PER_MINUTE)

static GDateTime *
local_time (gint64 at_ms, int offset_min)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_ms / 1000);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (offset_min * 60);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

static gint64
day_number (gint64 at_ms, int offset_min)
{
  return (at_ms + offset_min * MS_PER_MINUTE) / MS_PER_DAY;
}

/**
 * lz_words_dup_time:
 * @at_ms: a moment
 * @now_ms: the present
 * @offset_min: the zone to show it in
 *
 * Returns: "today 10:40", "11-21 14:53", or with the year where it is another one
 */
char *
lz_words_dup_time (gint64 at_ms, gint64 now_ms, int offset_min)
{
  g_autoptr (GDateTime) at = local_time (at_ms, offset_min);
  g_autoptr (GDateTime) now = local_time (now_ms, offset_min);
  g_autofree char *clock = NULL;

  if (at == NULL || now == NULL)
    return g_strdup ("—");

  clock = g_date_time_format (at, "%H:%M");
  switch (day_number (at_ms, offset_min) - day_number (now_ms, offset_min))
    {
    case -1:
      return g_strdup_printf (_ ("yesterday %s"), clock);
    case 0:
      return g_strdup_printf (_ ("today %s"), clock);
    case 1:
      return g_strdup_printf (_ ("tomorrow %s"), clock);
    default:
      return g_date_time_format (at, g_date_time_get_year (at) == g_date_time_get_year (now)
                                         ? "%m-%d %H:%M"
                                         : "%Y-%m-%d %H:%M");
    }
}

char *
lz_words_dup_date_time (gint64 at_ms, int offset_min)
{
  g_autoptr (GDateTime) at = local_time (at_ms, offset_min);

  return at != NULL ? g_date_time_format (at, "%Y-%m-%d %H:%M:%S") : g_strdup ("—");
}

/**
 * lz_words_dup_due:
 *
 * Returns: "due today 10:40"
 */
char *
lz_words_dup_due (gint64 due_ms, gint64 now_ms, int offset_min)
{
  g_autofree char *time = lz_words_dup_time (due_ms, now_ms, offset_min);

  /* Translators: %s is a time such as "today 10:40" */
  return g_strdup_printf (_ ("due %s"), time);
}

static char *
dup_span (gint64 minutes)
{
  gint64 days = minutes / (24 * 60);
  gint64 hours = minutes / 60 % 24;

  if (days > 0)
    return g_strdup_printf (_ ("%d d %d h"), (int) days, (int) hours);

  return g_strdup_printf (_ ("%d h %d min"), (int) hours, (int) (minutes % 60));
}

char *
lz_words_dup_span (gint64 span_ms)
{
  return dup_span (span_ms / MS_PER_MINUTE);
}

/**
 * lz_words_dup_left:
 *
 * Returns: "0 h 46 min left", or "3 h 2 min overdue"
 */
char *
lz_words_dup_left (gint64 due_ms, gint64 now_ms)
{
  g_autofree char *span = dup_span (ABS (due_ms - now_ms) / MS_PER_MINUTE);

  return g_strdup_printf (now_ms > due_ms ? _ ("%s overdue") : _ ("%s left"), span);
}

/**
 * lz_words_dup_deadline:
 * @due_ms: the deadline, ms UTC; 0 = none
 * @stopped_ms: when its clock stopped; 0 = it runs
 * @now_ms: the present
 * @offset_min: the zone to show it in
 *
 * Returns: "due today 10:40", "3 h 2 min overdue", or how it ended where the clock stands; empty
 *   where there is no deadline
 */
char *
lz_words_dup_deadline (gint64 due_ms, gint64 stopped_ms, gint64 now_ms, int offset_min)
{
  if (due_ms == 0)
    return g_strdup ("");
  if (stopped_ms != 0)
    return g_strdup (stopped_ms > due_ms ? _ ("clock stopped, overdue")
                                         : _ ("clock stopped, in time"));
  return now_ms > due_ms ? lz_words_dup_left (due_ms, now_ms)
                         : lz_words_dup_due (due_ms, now_ms, offset_min);
}

/**
 * lz_words_dup_stage:
 * @due_ms: until when the stage in which a case waits should have ended, ms UTC
 *
 * Returns: "this stage: 3 h 2 min overdue", "this stage: due today 10:40"
 */
char *
lz_words_dup_stage (gint64 due_ms, gint64 now_ms, int offset_min)
{
  g_autofree char *deadline = lz_words_dup_deadline (due_ms, 0, now_ms, offset_min);

  /* Translators: %s is "3 h 2 min overdue" or "due today 10:40" */
  return g_strdup_printf (_ ("this stage: %s"), deadline);
}

/**
 * lz_words_dup_place:
 * @road_name: (nullable): the road, or %NULL if the place is on none
 *
 * Returns: "冶金大道 K0+425 left 3 m"
 */
char *
lz_words_dup_place (const char *road_name, gint64 chainage_cm, gint64 offset_cm, LzSide side)
{
  g_autofree char *chainage = NULL;
  gint64 offset_m = (offset_cm + 50) / 100;

  if (road_name == NULL || *road_name == '\0')
    return g_strdup (_ ("Not on a road of the office"));

  chainage = lz_chainage_dup_label ((double) chainage_cm / 100.0);
  if (side == LZ_SIDE_NONE || offset_m == 0)
    return g_strdup_printf ("%s %s", road_name, chainage);

  return g_strdup_printf (side == LZ_SIDE_LEFT ? _ ("%s %s left %d m") : _ ("%s %s right %d m"),
                          road_name, chainage, (int) offset_m);
}

char *
lz_words_dup_coordinates (LzPoint place)
{
  return g_strdup_printf ("%.6f, %.6f", lz_point_latitude (place), lz_point_longitude (place));
}

char *
lz_words_dup_length (double length_m)
{
  if (length_m < 1000)
    return g_strdup_printf (_ ("%.0f m"), length_m);

  return g_strdup_printf (_ ("%.1f km"), length_m / 1000);
}

char *
lz_words_dup_roles (guint roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint bit = LZ_ROLE_INSPECTOR; bit <= LZ_ROLE_ADMIN; bit <<= 1)
    if (roles & bit)
      g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "",
                              lz_role_label ((LzRole) bit));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The colour family of a state's badge in the style sheet. */
const char *
lz_words_get_state_class (LzState state)
{
  if (LZ_STATE_BIT (state) & (LZ_STATE_BIT (LZ_STATE_CLOSED) | LZ_STATE_BIT (LZ_STATE_FORCED)))
    return "state-closed";
  if (LZ_STATE_BIT (state) & LZ_STATES_FINAL)
    return "state-void";
  if (LZ_STATE_BIT (state) & (LZ_STATE_BIT (LZ_STATE_DONE) | LZ_STATE_BIT (LZ_STATE_FED_BACK) |
                              LZ_STATE_BIT (LZ_STATE_CHECKING) | LZ_STATE_BIT (LZ_STATE_SELF_DONE)))
    return "state-done";
  if (state == LZ_STATE_REWORK)
    return "state-rework";
  if (state == LZ_STATE_SUSPENDED)
    return "state-paused";

  return "state-open";
}

const char *
lz_words_get_lamp_class (LzLamp lamp)
{
  switch (lamp)
    {
    case LZ_LAMP_GREEN:
      return "lamp-green";
    case LZ_LAMP_YELLOW:
      return "lamp-yellow";
    case LZ_LAMP_RED:
      return "lamp-red";
    case LZ_LAMP_NONE:
    default:
      return "lamp-none";
    }
}

/* Colour never alone: each lamp has its own shape. */
const char *
lz_words_get_lamp_icon (LzLamp lamp)
{
  switch (lamp)
    {
    case LZ_LAMP_GREEN:
      return "luzhang-lamp-circle-symbolic";
    case LZ_LAMP_YELLOW:
      return "luzhang-lamp-square-symbolic";
    case LZ_LAMP_RED:
      return "luzhang-lamp-triangle-symbolic";
    case LZ_LAMP_NONE:
    default:
      return "luzhang-lamp-ring-symbolic";
    }
}

gboolean
lz_words_is_chinese (void)
{
  const char *const *languages = g_get_language_names ();

  return g_str_has_prefix (languages[0], "zh");
}

const char *
lz_words_get_category (const LzCatalogue *catalogue, const char *code)
{
  const LzCategory *category = code != NULL ? lz_catalogue_find (catalogue, code) : NULL;

  if (category == NULL)
    return code != NULL ? code : "";

  return !lz_words_is_chinese () && category->name_en != NULL && *category->name_en != '\0'
             ? category->name_en
             : category->name;
}
