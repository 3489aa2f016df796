/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-bulletin"

#include "config.h"

#include "lz-figure-token.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *const whens[LZ_N_WHENS] = { "", ".previous", ".year", ".change",
                                               ".year_change" };

static const struct
{
  const char *key;
  gboolean by_clock;
  guint percent;
} times[] = { { "median", FALSE, 50 },
              { "p90", FALSE, 90 },
              { "median_clock", TRUE, 50 },
              { "p90_clock", TRUE, 90 } };

void
lz_figure_token_clear (LzFigureToken *self)
{
  g_clear_pointer (&self->value, g_free);
}

/* -- as text ------------------------------------------------------------------------------------
 */

static gboolean
parse_key (const char *key, LzFigureToken *token)
{
  g_autofree char *rate_key = NULL;
  LzCount count;
  LzRate rate;

  if (g_str_has_suffix (key, "%"))
    {
      rate_key = g_strndup (key, strlen (key) - 1);
      token->form = LZ_FIGURE_RATE;
      if (!lz_rate_from_string (rate_key, &rate))
        return FALSE;
      token->which = rate;
      return TRUE;
    }
  if (lz_count_from_string (key, &count))
    {
      token->form = LZ_FIGURE_COUNT;
      token->which = count;
      return TRUE;
    }
  token->form = LZ_FIGURE_SCORE;
  if (strcmp (key, "score") == 0)
    return TRUE;
  token->form = LZ_FIGURE_TIME;
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (strcmp (times[i].key, key) == 0)
      {
        token->which = times[i].percent;
        token->by_clock = times[i].by_clock;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_when (const char *when, LzFigureWhen *found)
{
  for (guint i = 1; i < LZ_N_WHENS; i++)
    if (strcmp (whens[i] + 1, when) == 0)
      {
        *found = (LzFigureWhen) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_group (const char *group, LzFigureToken *token)
{
  const char *equals = strchr (group, '=');
  g_autofree char *by = equals != NULL ? g_strndup (group, (gsize) (equals - group)) : NULL;

  if (by == NULL || !lz_tally_by_from_string (by, &token->by))
    return FALSE;
  token->value = g_uri_unescape_string (equals + 1, NULL);
  return token->value != NULL;
}

gboolean
lz_figure_token_parse (const char *text, LzFigureToken *token)
{
  g_auto (LzFigureToken) found = { .by = LZ_BY_ALL };
  g_auto (GStrv) parts = g_strsplit (text, "@", 2);
  char *point = parts[0] != NULL ? strchr (parts[0], '.') : NULL;

  if (parts[0] == NULL)
    return FALSE;
  if (point != NULL)
    {
      *point = '\0';
      if (!parse_when (point + 1, &found.when))
        return FALSE;
    }
  if (!parse_key (parts[0], &found) || (parts[1] != NULL && !parse_group (parts[1], &found)))
    return FALSE;
  if (found.value == NULL)
    found.value = g_strdup ("");
  *token = found;
  found.value = NULL;
  return TRUE;
}

static const char *
get_key (const LzFigureToken *self)
{
  switch (self->form)
    {
    case LZ_FIGURE_COUNT:
      return lz_count_to_string ((LzCount) self->which);
    case LZ_FIGURE_RATE:
      return lz_rate_to_string ((LzRate) self->which);
    case LZ_FIGURE_TIME:
      for (guint i = 0; i < G_N_ELEMENTS (times); i++)
        if (times[i].percent == self->which && times[i].by_clock == self->by_clock)
          return times[i].key;
      return times[0].key;
    case LZ_FIGURE_SCORE:
    default:
      return "score";
    }
}

char *
lz_figure_token_dup (const LzFigureToken *self)
{
  g_autofree char *escaped = g_uri_escape_string (self->value, NULL, TRUE);

  return g_strconcat (get_key (self), self->form == LZ_FIGURE_RATE ? "%" : "", whens[self->when],
                      self->by != LZ_BY_ALL ? "@" : NULL, lz_tally_by_to_string (self->by), "=",
                      escaped, NULL);
}

/* -- its value ----------------------------------------------------------------------------------
 */

static const LzTallyGroup *
find_group (const LzFigureToken *self, LzTally *const *tables)
{
  return tables != NULL && tables[self->by] != NULL ? lz_tally_find (tables[self->by], self->value)
                                                    : NULL;
}

static gboolean
read_score (const LzTallyGroup *group, const LzScoreModel *model, gint64 *value)
{
  g_auto (LzScore) score = { 0 };

  if (model == NULL || group == NULL)
    return FALSE;
  lz_score_evaluate_group (model, group, NULL, NULL, &score);
  *value = llround (score.points * 100);
  return score.has_value;
}

static gboolean
read_in (const LzFigureToken *self,
         LzTally *const *tables,
         const LzScoreModel *model,
         gint64 *value)
{
  const LzTallyGroup *group = find_group (self, tables);
  LzRatio ratio;

  if (tables == NULL)
    return FALSE;
  switch (self->form)
    {
    case LZ_FIGURE_COUNT: /* of nothing there are none */
      *value = group != NULL ? group->counts[self->which] : 0;
      return TRUE;
    case LZ_FIGURE_RATE:
      ratio =
          group != NULL ? lz_tally_group_get_rate (group, (LzRate) self->which) : (LzRatio){ 0, 0 };
      if (!lz_ratio_has_value (ratio))
        return FALSE;
      *value = lz_ratio_get_centi_percent (ratio);
      return TRUE;
    case LZ_FIGURE_TIME:
      return group != NULL &&
             lz_tally_group_get_quantile (group, self->by_clock, self->which, value);
    case LZ_FIGURE_SCORE:
    default:
      return read_score (group, model, value);
    }
}

static LzTally *const *
get_tables (const LzBulletinFigures *figures, LzFigureWhen when)
{
  switch (when)
    {
    case LZ_WHEN_PREVIOUS:
    case LZ_WHEN_CHANGE:
      return figures->previous;
    case LZ_WHEN_YEAR:
    case LZ_WHEN_YEAR_CHANGE:
      return figures->last_year;
    case LZ_WHEN_NOW:
    case LZ_N_WHENS:
    default:
      return figures->now;
    }
}

static gboolean
is_change (const LzFigureToken *self)
{
  return self->when == LZ_WHEN_CHANGE || self->when == LZ_WHEN_YEAR_CHANGE;
}

/* Rates and scores change by points, the others by hundredths of a per cent of what they were. */
static gboolean
changes_by_points (const LzFigureToken *self)
{
  return self->form == LZ_FIGURE_RATE || self->form == LZ_FIGURE_SCORE;
}

gboolean
lz_figure_token_read (const LzFigureToken *self, const LzBulletinFigures *figures, gint64 *value)
{
  gint64 now, then;

  if (!is_change (self))
    return read_in (self, get_tables (figures, self->when), figures->model, value);
  if (!read_in (self, figures->now, figures->model, &now) ||
      !read_in (self, get_tables (figures, self->when), figures->model, &then) ||
      (then == 0 && !changes_by_points (self)))
    return FALSE;
  *value = changes_by_points (self)
               ? now - then
               : (gint64) llround ((double) (now - then) * 10000 / (double) then);
  return TRUE;
}

static char *
dup_hundredths (gint64 value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, value / 100, value % 100);
}

static char *
dup_change (const LzFigureToken *self, gint64 value)
{
  g_autofree char *much = dup_hundredths (ABS (value));

  if (value == 0)
    return g_strdup (_ ("unchanged"));
  if (self->form == LZ_FIGURE_RATE)
    return g_strdup_printf (value > 0 ? _ ("up %s percentage points")
                                      : _ ("down %s percentage points"),
                            much);
  if (self->form == LZ_FIGURE_SCORE)
    return g_strdup_printf (value > 0 ? _ ("up %s points") : _ ("down %s points"), much);
  return g_strdup_printf (value > 0 ? _ ("up %s%%") : _ ("down %s%%"), much);
}

char *
lz_figure_token_dup_text (const LzFigureToken *self, const LzBulletinFigures *figures)
{
  gint64 value;

  if (!lz_figure_token_read (self, figures, &value))
    return g_strdup (LZ_NO_VALUE);
  if (is_change (self))
    return dup_change (self, value);
  switch (self->form)
    {
    case LZ_FIGURE_RATE:
      return g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT "%%", value / 100,
                              value % 100);
    case LZ_FIGURE_TIME:
      return g_strdup_printf ("%.2f", (double) value / 3600000.0);
    case LZ_FIGURE_SCORE:
      return dup_hundredths (value);
    case LZ_FIGURE_COUNT:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    }
}
