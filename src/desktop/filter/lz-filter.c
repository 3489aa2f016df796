/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-filter.h"

struct _LzFilter
{
  GObject parent_instance;

  guint32 default_states;
  guint32 states;
  guint32 dimensions;
  guint32 lamps;
  char *among; /* JSON, as the query wants it; %NULL = every row */
  LzId road;
  gboolean my_roads;
  char *text;
  LzFilterCounts counts;
};

G_DEFINE_FINAL_TYPE (LzFilter, lz_filter, G_TYPE_OBJECT)

enum
{
  CHANGED,
  COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

LzFilter *
lz_filter_new (guint32 default_states)
{
  LzFilter *self = g_object_new (LZ_TYPE_FILTER, NULL);

  self->default_states = self->states = default_states;
  return self;
}

static void
changed (LzFilter *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

guint32
lz_filter_get_states (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), 0);

  return self->states;
}

void
lz_filter_set_states (LzFilter *self, guint32 states)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  if (self->states == states)
    return;

  self->states = states;
  changed (self);
}

guint32
lz_filter_get_dimensions (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), 0);

  return self->dimensions;
}

void
lz_filter_set_dimensions (LzFilter *self, guint32 dimensions)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  if (self->dimensions == dimensions)
    return;

  self->dimensions = dimensions;
  changed (self);
}

guint32
lz_filter_get_lamps (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), 0);

  return self->lamps;
}

void
lz_filter_set_lamps (LzFilter *self, guint32 lamps)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  if (self->lamps == lamps)
    return;

  self->lamps = lamps;
  changed (self);
}

/* Nil: every road. */
const LzId *
lz_filter_get_road (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), NULL);

  return &self->road;
}

void
lz_filter_set_road (LzFilter *self, const LzId *road)
{
  LzId nil = { 0 };

  g_return_if_fail (LZ_IS_FILTER (self));

  if (road == NULL)
    road = &nil;
  if (lz_id_equal (&self->road, road))
    return;

  self->road = *road;
  g_clear_pointer (&self->among, g_free);
  changed (self);
}

gboolean
lz_filter_get_my_roads (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), FALSE);

  return self->my_roads;
}

void
lz_filter_set_my_roads (LzFilter *self, gboolean my_roads)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  if (self->my_roads == !!my_roads)
    return;

  self->my_roads = !!my_roads;
  g_clear_pointer (&self->among, g_free);
  changed (self);
}

/* Never %NULL. */
const char *
lz_filter_get_text (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), NULL);

  return self->text;
}

void
lz_filter_set_text (LzFilter *self, const char *text)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  if (g_strcmp0 (self->text, text != NULL ? text : "") == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text != NULL ? text : "");
  changed (self);
}

gboolean
lz_filter_is_default (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), FALSE);

  return self->states == self->default_states && self->dimensions == 0 && self->lamps == 0 &&
         self->among == NULL && lz_id_is_nil (&self->road) && !self->my_roads &&
         *self->text == '\0';
}

static void
forget (LzFilter *self)
{
  self->states = self->default_states;
  self->dimensions = 0;
  self->lamps = 0;
  self->road = (LzId){ 0 };
  self->my_roads = FALSE;
  g_clear_pointer (&self->among, g_free);
  g_free (self->text);
  self->text = g_strdup ("");
}

/* Everything back to what the page began with. */
void
lz_filter_reset (LzFilter *self)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  if (lz_filter_is_default (self))
    return;

  forget (self);
  changed (self);
}

void
lz_filter_set_among (LzFilter *self, const GArray *fids)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  forget (self);
  if (fids != NULL)
    self->among = lz_fids_dup_json (fids);
  changed (self);
}

gboolean
lz_filter_has_among (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), FALSE);

  return self->among != NULL;
}

LzCaseQuery *
lz_filter_dup_query (LzFilter *self, LzSort sort, gboolean descending)
{
  LzCaseQuery *query = NULL;

  g_return_val_if_fail (LZ_IS_FILTER (self), NULL);

  query = g_new0 (LzCaseQuery, 1);
  query->states = self->states;
  query->dimensions = self->dimensions;
  query->lamps = self->lamps;
  query->among = g_strdup (self->among);
  query->road = self->road;
  query->my_roads = self->my_roads;
  query->text = *self->text != '\0' ? g_strdup (self->text) : NULL;
  query->now_ms = g_get_real_time () / 1000;
  query->sort = sort;
  query->descending = descending;

  return query;
}

void
lz_filter_query_free (gpointer query)
{
  g_free ((char *) ((LzCaseQuery *) query)->among);
  g_free ((char *) ((LzCaseQuery *) query)->text);
  g_free (query);
}

const LzFilterCounts *
lz_filter_get_counts (LzFilter *self)
{
  g_return_val_if_fail (LZ_IS_FILTER (self), NULL);

  return &self->counts;
}

void
lz_filter_set_counts (LzFilter *self, const LzFilterCounts *counts)
{
  g_return_if_fail (LZ_IS_FILTER (self));

  self->counts = *counts;
  g_signal_emit (self, signals[COUNTED], 0);
}

static void
move_pin (LzPins *pins, guint to, guint from)
{
  pins->morton[to] = pins->morton[from];
  pins->fids[to] = pins->fids[from];
  pins->states[to] = pins->states[from];
  pins->warn_s[to] = pins->warn_s[from];
  pins->due_s[to] = pins->due_s[from];
  pins->stopped[to] = pins->stopped[from];
  pins->dimensions[to] = pins->dimensions[from];
}

static LzLamp
pin_lamp (const LzPins *pins, guint i, gint64 now_ms)
{
  if (pins->stopped[i])
    return LZ_LAMP_NONE;

  return lz_lamp_at (pins->warn_s[i] * G_GINT64_CONSTANT (1000),
                     pins->due_s[i] * G_GINT64_CONSTANT (1000), now_ms);
}

void
lz_filter_sift_pins (const LzCaseQuery *query, LzPins *pins, LzFilterCounts *counts)
{
  guint kept = 0;

  *counts = (LzFilterCounts){ 0 };
  for (guint i = 0; i < pins->n; i++)
    {
      LzLamp lamp = pin_lamp (pins, i, query->now_ms);
      guint dimension = MIN (pins->dimensions[i], LZ_N_DIMENSIONS - 1);

      counts->total++;
      counts->dimensions[dimension]++;
      counts->lamps[lamp]++;

      if ((query->dimensions == 0 || (query->dimensions & (1u << dimension))) &&
          (query->lamps == 0 || (query->lamps & (1u << lamp))))
        move_pin (pins, kept++, i);
    }
  pins->n = kept;
}

static void
lz_filter_finalize (GObject *object)
{
  LzFilter *self = LZ_FILTER (object);

  g_free (self->among);
  g_free (self->text);

  G_OBJECT_CLASS (lz_filter_parent_class)->finalize (object);
}

static void
lz_filter_class_init (LzFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_filter_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[COUNTED] = g_signal_new ("counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_filter_init (LzFilter *self)
{
  self->text = g_strdup ("");
}
