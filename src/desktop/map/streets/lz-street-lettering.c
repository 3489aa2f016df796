/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-lettering.h"

#define MAX_WIDTH_PX 300
#define SPACING_PX   440
#define SAME_NAME_PX 260
#define MAX_SHIFT_PX 120
#define MAX_TURN     0.40 /* between two letters */
#define MAX_BEND     1.30 /* over the whole name */
#define STEEP        0.72 /* sine above which Chinese names stand upright */
#define TRACKING     1.05
#define GAP_PX       3.0
#define HALO_PX      3.0

static LzStreetLabel *
label_new (const LzTextRun *run, LzStreetClass cls, double size)
{
  LzStreetLabel *label =
      g_atomic_rc_box_alloc0 (sizeof (LzStreetLabel) + run->n_glyphs * sizeof (LzGlyphSpot));

  label->cls = cls;
  label->run = run;
  label->size = size;
  label->box = LZ_WORLD_BOX_EMPTY;
  return label;
}

static void
close_box (LzStreetLabel *label)
{
  for (guint i = 0; i < label->run->n_glyphs; i++)
    lz_world_box_add (&label->box, (LzWorld){ label->glyphs[i].x, label->glyphs[i].y });
  label->box = lz_world_box_grow (label->box, label->size * .7 + HALO_PX);
}

LzStreetLabel *
lz_street_lettering_spot (const LzTextRun *run,
                          const LzStreetSpot *spot,
                          double size,
                          double world_px)
{
  LzStreetLabel *label;
  double x = spot->at.x * world_px, y = spot->at.y * world_px;

  if (run->n_glyphs == 0)
    return NULL;

  label = label_new (run, spot->cls, size);
  if (spot->cls == LZ_STREET_POI)
    {
      label->dot = TRUE;
      label->dot_x = x;
      label->dot_y = y;
      lz_world_box_add (&label->box, (LzWorld){ x, y });
      y += size;
    }
  for (guint i = 0; i < run->n_glyphs; i++)
    {
      const LzGlyph *glyph = &run->glyphs[i];

      label->glyphs[i] =
          (LzGlyphSpot){ x + (glyph->x + glyph->advance / 2 - run->width / 2) * size, y, 0 };
    }
  close_box (label);

  return label;
}

static gboolean
overlaps (const LzStreetLabel *a, const LzStreetLabel *b)
{
  double reach = (a->size + b->size) * .55 + GAP_PX;

  for (guint i = 0; i < a->run->n_glyphs; i++)
    for (guint j = 0; j < b->run->n_glyphs; j++)
      if (fabs (a->glyphs[i].x - b->glyphs[j].x) < reach &&
          fabs (a->glyphs[i].y - b->glyphs[j].y) < reach)
        return TRUE;

  return FALSE;
}

static gboolean
repeats (const LzStreetLabel *a, const LzStreetLabel *b)
{
  double dx = (a->box.x0 + a->box.x1 - b->box.x0 - b->box.x1) / 2;
  double dy = (a->box.y0 + a->box.y1 - b->box.y0 - b->box.y1) / 2;

  return a->run == b->run && hypot (dx, dy) < SAME_NAME_PX;
}

gboolean
lz_street_lettering_is_taken (const LzStreetLabel *label, const GPtrArray *taken)
{
  for (guint i = 0; i < taken->len; i++)
    {
      const LzStreetLabel *other = taken->pdata[i];

      if (repeats (label, other) ||
          (lz_world_box_touches (&label->box, &other->box) && overlaps (label, other)))
        return TRUE;
    }

  return FALSE;
}

/* The point so far along the chain, in px. */
static LzWorld
point_at (const LzStreetChain *chain, double along, double world_px)
{
  guint low = 0, high = chain->n_points - 1;
  double t;

  along = CLAMP (along, 0, chain->along[high]);
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (chain->along[middle] <= along)
        low = middle;
      else
        high = middle;
    }
  t = (along - chain->along[low]) / (chain->along[high] - chain->along[low]);

  return (LzWorld){
    (chain->points[low].x + (chain->points[high].x - chain->points[low].x) * t) * world_px,
    (chain->points[low].y + (chain->points[high].y - chain->points[low].y) * t) * world_px,
  };
}

/* Sets the letters along the chain around @middle_px; FALSE where it bends too much for it. */
static gboolean
set_along (LzStreetLabel *label, const LzStreetChain *chain, double middle_px, double world_px)
{
  const LzTextRun *run = label->run;
  double half = run->width * TRACKING * label->size / 2;
  LzWorld from = point_at (chain, (middle_px - half) / world_px, world_px);
  LzWorld to = point_at (chain, (middle_px + half) / world_px, world_px);
  double chord = hypot (to.x - from.x, to.y - from.y);
  gboolean upright = run->stackable && fabs (to.y - from.y) > STEEP * chord;
  gboolean forth = upright ? to.y > from.y : to.x > from.x;
  double first = 0, last = 0;

  for (guint i = 0; i < run->n_glyphs; i++)
    {
      const LzGlyph *glyph = &run->glyphs[i];
      double off = (glyph->x + glyph->advance / 2 - run->width / 2) * TRACKING * label->size;
      double reach = MAX (glyph->advance * label->size, label->size * .8) / 2;
      double at = middle_px + (forth ? off : -off);
      LzWorld a = point_at (chain, (at - reach) / world_px, world_px);
      LzWorld b = point_at (chain, (at + reach) / world_px, world_px);
      LzWorld p = point_at (chain, at / world_px, world_px);
      double angle = forth ? atan2 (b.y - a.y, b.x - a.x) : atan2 (a.y - b.y, a.x - b.x);

      if (upright)
        angle -= G_PI_2;
      if (i == 0)
        first = angle;
      else if (fabs (remainder (angle - last, 2 * G_PI)) > MAX_TURN ||
               fabs (remainder (angle - first, 2 * G_PI)) > MAX_BEND)
        return FALSE;
      last = angle;
      label->glyphs[i] = (LzGlyphSpot){ (p.x + (a.x + b.x) / 2) / 2, (p.y + (a.y + b.y) / 2) / 2,
                                        remainder (angle, 2 * G_PI) };
    }
  label->box = LZ_WORLD_BOX_EMPTY;
  close_box (label);

  return TRUE;
}

/* Tries the anchor and a few places to both sides of it. */
static LzStreetLabel *
letter_anchor (const LzTextRun *run,
               const LzStreetChain *chain,
               double size,
               double world_px,
               double anchor_px,
               double room_px,
               const GPtrArray *taken)
{
  static const double shifts[] = { 0, -.5, .5, -1, 1 };
  LzStreetLabel *label = label_new (run, chain->cls, size);

  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    if (set_along (label, chain, anchor_px + shifts[i] * room_px, world_px) &&
        !lz_street_lettering_is_taken (label, taken))
      return label;

  g_atomic_rc_box_release (label);
  return NULL;
}

void
lz_street_lettering_chain (const LzTextRun *run,
                           const LzStreetChain *chain,
                           double size,
                           double world_px,
                           const LzWorldBox *block,
                           GPtrArray *taken,
                           GPtrArray *labels)
{
  double length = chain->along[chain->n_points - 1] * world_px;
  double width = run->width * TRACKING * size;
  double spacing = MAX (SPACING_PX, width * 2.5);
  guint n = (guint) MAX (1, round (length / spacing));
  double room = MIN (MAX_SHIFT_PX, (length / n - width) / 2 * .85);

  if (run->n_glyphs == 0 || width > MAX_WIDTH_PX || length < width * 1.08)
    return;

  for (guint i = 0; i < n; i++)
    {
      double anchor = (i + .5) / n * length;
      LzWorld at = point_at (chain, anchor / world_px, world_px);
      LzStreetLabel *label;

      if (at.x < block->x0 || at.x >= block->x1 || at.y < block->y0 || at.y >= block->y1)
        continue;
      label = letter_anchor (run, chain, size, world_px, anchor, room, taken);
      if (label == NULL)
        continue;
      g_ptr_array_add (taken, g_atomic_rc_box_acquire (label));
      g_ptr_array_add (labels, label);
    }
}
