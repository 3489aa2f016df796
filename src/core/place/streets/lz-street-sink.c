/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-street-sink.h"

#include <glib/gi18n-lib.h>

static gboolean
is_same_point (LzPoint a, LzPoint b)
{
  return a.lat7 == b.lat7 && a.lon7 == b.lon7;
}

/* A copy of the points without repetitions. */
static LzLine *
make_line (const LzPoint *points, guint n)
{
  g_autofree LzPoint *kept = g_new (LzPoint, n);
  guint n_kept = 0;

  for (guint i = 0; i < n; i++)
    if (n_kept == 0 || !is_same_point (points[i], kept[n_kept - 1]))
      kept[n_kept++] = points[i];

  return lz_line_new (kept, n_kept);
}

static gboolean
is_closed (const LzLine *line)
{
  return line->n >= 4 && is_same_point (line->points[0], line->points[line->n - 1]);
}

static LzStreet *
make_street (const LzStreetTags *tags, gint64 source_id, LzStreetClass cls, LzLine *line)
{
  g_autofree char *name = lz_street_tags_dup_name (tags);
  LzStreet *street = lz_street_new (cls, name, line);

  street->source_id = source_id;
  street->oneway = lz_street_tags_get_oneway (tags);
  street->bridge = lz_street_tags_get_bridge (tags);
  street->layer = lz_street_tags_get_layer (tags);
  return street;
}

/* The middle of an outline is good enough to write a name there. */
static LzLine *
make_middle (const LzLine *outline)
{
  LzBox box = lz_line_box (outline);
  LzPoint middle = { (gint32) (((gint64) box.south7 + box.north7) / 2),
                     (gint32) (((gint64) box.west7 + box.east7) / 2) };

  return lz_line_new (&middle, 1);
}

static LzSkip
classify_geometry (const LzStreetTags *tags, LzShape shape, const LzLine *line, LzStreetClass *cls)
{
  LzSkip why = lz_street_tags_classify (tags, shape, cls);

  if (why != LZ_SKIP_NONE || shape == LZ_SHAPE_POINT)
    return why;
  if (line->n < 2)
    return LZ_SKIP_NO_GEOMETRY;
  if (*cls < LZ_STREET_RIVER && !is_closed (line))
    return LZ_SKIP_OPEN_AREA;
  return LZ_SKIP_NONE;
}

/* A hole in what was left out is left out with it. */
static void
add_hole (LzStreetSink *self, const LzPoint *points, guint n)
{
  g_autoptr (LzLine) ring = n > 0 ? make_line (points, n) : NULL;

  if (self->area != NULL && ring != NULL && is_closed (ring))
    lz_street_add_hole (self->area, g_steal_pointer (&ring));
}

/**
 * lz_street_sink_add:
 * @self: the sink
 * @tags: what is said of the thing
 * @source_id: its id in the source, or 0
 * @shape: what its geometry is
 * @points: (array length=n): its geometry
 * @n: how many; none counts as a thing without geometry
 *
 * Takes the thing in, or counts why not.  A named school or the like that is drawn as an area
 * becomes a point.
 */
void
lz_street_sink_add (LzStreetSink *self,
                    const LzStreetTags *tags,
                    gint64 source_id,
                    LzShape shape,
                    const LzPoint *points,
                    guint n)
{
  g_autoptr (LzLine) line = NULL;
  LzStreetClass cls;
  LzSkip why;

  if (shape == LZ_SHAPE_HOLE)
    {
      add_hole (self, points, n);
      return;
    }
  self->area = NULL;
  line = n > 0 ? make_line (points, n) : NULL;
  if (line == NULL)
    {
      self->skipped[LZ_SKIP_NO_GEOMETRY]++;
      return;
    }

  why = classify_geometry (tags, shape, line, &cls);
  if (why == LZ_SKIP_OTHER_KIND && shape != LZ_SHAPE_POINT && is_closed (line) &&
      lz_street_tags_classify (tags, LZ_SHAPE_POINT, &cls) == LZ_SKIP_NONE)
    {
      LzLine *middle = make_middle (line);

      lz_line_free (line);
      line = middle;
      why = LZ_SKIP_NONE;
    }

  if (why != LZ_SKIP_NONE)
    {
      self->skipped[why]++;
      return;
    }
  g_ptr_array_add (self->streets, make_street (tags, source_id, cls, g_steal_pointer (&line)));
  if (cls < LZ_STREET_RIVER)
    self->area = self->streets->pdata[self->streets->len - 1];
}

/**
 * lz_skip_dup_line:
 * @why: a reason
 * @n: how often
 *
 * Returns: (transfer full): a line for the report, translated
 */
char *
lz_skip_dup_line (LzSkip why, guint n)
{
  switch (why)
    {
    case LZ_SKIP_NO_GEOMETRY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing without geometry",
                                           "%u things without geometry", n),
                              n);
    case LZ_SKIP_BAD_PLACE:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u thing with coordinates that are no place on earth",
                                           "%u things with coordinates that are no place on earth",
                                           n),
                              n);
    case LZ_SKIP_CUT:
      return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u line of which a part is not in the file (rest kept)",
                       "%u lines of which a part is not in the file (rest kept)", n),
          n);
    case LZ_SKIP_NOT_BUILT:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u street that is planned, being built or given up",
                                           "%u streets that are planned, being built or given up",
                                           n),
                              n);
    case LZ_SKIP_OPEN_AREA:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u area whose outline is not complete",
                                           "%u areas whose outline is not complete", n),
                              n);
    case LZ_SKIP_OTHER_KIND:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u thing of a kind that the street map does not draw",
                                           "%u things of kinds that the street map does not draw",
                                           n),
                              n);
    case LZ_SKIP_LAYER:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "%u layer in a coordinate system other than WGS 84",
                                           "%u layers in a coordinate system other than WGS 84", n),
                              n);
    case LZ_SKIP_NONE:
    case LZ_N_SKIPS:
    default:
      g_return_val_if_reached (NULL);
    }
}
