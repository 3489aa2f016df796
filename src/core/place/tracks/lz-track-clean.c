/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-track-clean.h"

#include "lz-line.h"

#include "lz-error.h"

#include <glib/gi18n-lib.h>

/* A receiver that gives a worse accuracy than this says that it does not know the street. */
#define MAX_ACCURACY_M 60.0

/* Nobody patrols faster; a fix that needs more is a jump of the receiver (160 km/h). */
#define MAX_SPEED_MPS 45.0

/* Jitter is no speed: below this a jump is never seen. */
#define JUMP_M 40.0

/* Where the fixes have no times, so much between two of them is a jump. */
#define JUMP_UNTIMED_M 400.0

/* So many fixes in a row that agree with each other are no jump: the receiver was off, or had been
 * wrong before. */
#define AGREEING 4

/* Longer than this between two fixes, or farther: what lies between is not known. */
#define BREAK_MS (180 * 1000)
#define BREAK_M  400.0

/* Fixes nearer than this to the one before say nothing new; standing about gives hundreds. */
#define STEP_M  3.0
#define STEP_MS (20 * 1000)

/* A patrol lasts no longer: the receiver was forgotten in a pocket. */
#define MAX_PATROL_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

/* A station's clock may be off by so much before a time lies in the future (design §3). */
#define CLOCK_SLACK_MS (2 * 60 * 1000)

/* More fixes than this left out, in percent, and nothing of the track is to be believed. */
#define MAX_BAD_PERCENT 30

/**
 * lz_clean_track_free:
 * @self: (nullable) (transfer full): a track
 */
void
lz_clean_track_free (LzCleanTrack *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->fixes);
  g_array_unref (self->pieces);
  g_free (self);
}

static const LzTrackPoint *
last_fix (const LzCleanTrack *self)
{
  return &g_array_index (self->fixes, LzTrackPoint, self->fixes->len - 1);
}

/* Whether one can come from @a to @b in the time between. */
static gboolean
is_reachable (const LzTrackPoint *a, const LzTrackPoint *b)
{
  double way_m = lz_distance_m (a->point, b->point);
  double seconds = (double) (b->time_ms - a->time_ms) / 1000;

  if (a->time_ms == 0 || b->time_ms == 0)
    return way_m <= JUMP_UNTIMED_M;

  return way_m <= JUMP_M || way_m <= seconds * MAX_SPEED_MPS;
}

static gboolean
is_break (const LzTrackPoint *a, const LzTrackPoint *b)
{
  return lz_distance_m (a->point, b->point) > BREAK_M ||
         (a->time_ms != 0 && b->time_ms != 0 && b->time_ms - a->time_ms > BREAK_MS);
}

static void
begin_piece (LzCleanTrack *self)
{
  LzTrackPiece piece = { self->fixes->len, 0 };

  if (self->pieces->len > 0 &&
      g_array_index (self->pieces, LzTrackPiece, self->pieces->len - 1).n == 0)
    return;
  g_array_append_val (self->pieces, piece);
}

static void
keep (LzCleanTrack *self, const LzTrackPoint *fix)
{
  LzTrackPiece *piece = &g_array_index (self->pieces, LzTrackPiece, self->pieces->len - 1);

  if (piece->n > 0)
    {
      double way_m = lz_distance_m (last_fix (self)->point, fix->point);

      if (way_m < STEP_M && fix->time_ms - last_fix (self)->time_ms < STEP_MS)
        return;
      if (is_break (last_fix (self), fix))
        {
          begin_piece (self);
          piece = &g_array_index (self->pieces, LzTrackPiece, self->pieces->len - 1);
        }
      else
        self->length_m += way_m;
    }
  g_array_append_val (self->fixes, *fix);
  piece->n++;
}

typedef struct
{
  LzTrackPoint fixes[AGREEING];
  guint n;
} Doubted;

/* Several in a row that agree begin a new piece; fewer are forgotten. */
static void
settle_doubt (LzCleanTrack *self, Doubted *doubted)
{
  if (doubted->n == AGREEING)
    {
      begin_piece (self);
      for (guint i = 0; i < doubted->n; i++)
        keep (self, &doubted->fixes[i]);
    }
  else
    self->n_jumps += doubted->n;
  doubted->n = 0;
}

static void
doubt (LzCleanTrack *self, Doubted *doubted, const LzTrackPoint *fix)
{
  if (doubted->n > 0 && !is_reachable (&doubted->fixes[doubted->n - 1], fix))
    settle_doubt (self, doubted);
  doubted->fixes[doubted->n++] = *fix;
  if (doubted->n == AGREEING)
    settle_doubt (self, doubted);
}

/* A file can hold a planned way, which has no times, beside the recorded one. */
static gboolean
has_times (const GPtrArray *tracks)
{
  for (guint i = 0; i < tracks->len; i++)
    {
      const LzTrack *track = tracks->pdata[i];

      for (guint k = 0; k < track->n; k++)
        if (track->points[k].time_ms != 0)
          return TRUE;
    }
  return FALSE;
}

static void
take (LzCleanTrack *self, Doubted *doubted, const LzTrackPoint *fix, gint64 *last_ms)
{
  self->n_timed += (guint) (fix->time_ms != 0);
  if (fix->time_ms != 0 && fix->time_ms <= *last_ms)
    {
      /* The same second twice, as receivers with more than one fix a second write it, is no fault.
       */
      if (fix->time_ms < *last_ms)
        self->n_backward++;
      return;
    }
  if (fix->accuracy_m > MAX_ACCURACY_M)
    {
      self->n_vague++;
      return;
    }

  *last_ms = fix->time_ms != 0 ? fix->time_ms : *last_ms;
  if (self->fixes->len > 0 && !is_reachable (last_fix (self), fix))
    {
      doubt (self, doubted, fix);
      return;
    }
  settle_doubt (self, doubted);
  keep (self, fix);
}

/**
 * lz_clean_track_new:
 * @tracks: (element-type LzTrack): what a receiver wrote, in the order of its file
 *
 * Takes out what cannot be: fixes whose time runs backwards, places that nobody could have reached
 * since the one before (unless the next ones agree with them: then the receiver was off), and fixes
 * that the receiver itself gives as uncertain by more than 60 m.  Where some fixes have a time,
 * those without are a planned way and left out.  Fixes within 3 m of the one
 * before are dropped too.  Pieces end where the file says so, and where more than 400 m or three
 * minutes are between two fixes.  Works for walking, riding and driving alike.  Pure; any thread.
 *
 * Returns: (transfer full): the track that is left, perhaps without a fix
 */
LzCleanTrack *
lz_clean_track_new (const GPtrArray *tracks)
{
  LzCleanTrack *self = g_new0 (LzCleanTrack, 1);
  gint64 last_ms = 0;
  gboolean timed;

  self->fixes = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  self->pieces = g_array_new (FALSE, FALSE, sizeof (LzTrackPiece));
  g_return_val_if_fail (tracks != NULL, self);

  timed = has_times (tracks);
  for (guint i = 0; i < tracks->len; i++)
    {
      const LzTrack *track = tracks->pdata[i];
      Doubted doubted = { .n = 0 };

      begin_piece (self);
      for (guint k = 0; k < track->n; k++)
        {
          self->n_all++;
          if (timed && track->points[k].time_ms == 0)
            continue;
          take (self, &doubted, &track->points[k], &last_ms);
        }
      settle_doubt (self, &doubted);
    }

  if (self->pieces->len > 0 &&
      g_array_index (self->pieces, LzTrackPiece, self->pieces->len - 1).n == 0)
    g_array_set_size (self->pieces, self->pieces->len - 1);
  if (self->fixes->len > 0)
    {
      self->begun_ms = g_array_index (self->fixes, LzTrackPoint, 0).time_ms;
      self->ended_ms = last_fix (self)->time_ms;
    }
  return self;
}

static gboolean
refuse (GError **error, char *words)
{
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, words);
  g_free (words);
  return FALSE;
}

/**
 * lz_clean_track_check:
 * @self: a track
 * @now_ms: the station's clock
 * @error: (nullable): %LZ_ERROR_INVALID with a translated sentence for the person at the
 *   workstation: what is wrong with the track, and what would help
 *
 * Says whether a track can count as the record of a patrol: it must say when it was walked, hang
 * together, and lie in the past.  Pure; any thread.
 *
 * Returns: %FALSE with @error set if not
 */
gboolean
lz_clean_track_check (const LzCleanTrack *self, gint64 now_ms, GError **error)
{
  guint n_bad;

  g_return_val_if_fail (self != NULL, FALSE);

  n_bad = self->n_backward + self->n_jumps + self->n_vague;
  if (self->n_all < 2)
    return refuse (error,
                   g_strdup (_ ("The track has only one position. A way needs at least two.")));
  if (self->n_timed * 5 < self->n_all)
    return refuse (error,
                   g_strdup (_ ("The track does not say when it was walked: its positions have no "
                                "times. Enter this patrol by hand instead.")));
  if (self->n_backward * 100 > self->n_timed * MAX_BAD_PERCENT)
    return refuse (error,
                   g_strdup_printf (_ ("The times of the track run backwards (%u of %u positions). "
                                       "It may be several tracks in one; import them one by one."),
                                    self->n_backward, self->n_timed));
  if (self->n_vague * 100 > self->n_timed * MAX_BAD_PERCENT)
    return refuse (
        error, g_strdup_printf (_ ("The receiver was too uncertain for %u of %u positions (more "
                                   "than 60 m). Enter this patrol by hand instead."),
                                self->n_vague, self->n_timed));
  if (n_bad * 100 > self->n_timed * MAX_BAD_PERCENT)
    return refuse (
        error, g_strdup_printf (_ ("The track jumps about: %u of %u positions cannot be reached "
                                   "from the ones before."),
                                n_bad, self->n_timed));
  if (self->fixes->len < 2 || self->length_m < 2 * STEP_M)
    return refuse (error,
                   g_strdup (_ ("The track does not move: all its positions are one place.")));
  if (self->ended_ms > now_ms + CLOCK_SLACK_MS)
    return refuse (error,
                   g_strdup (_ ("The track ends in the future. Check the clock of the receiver and "
                                "of this computer.")));
  if (self->ended_ms - self->begun_ms > MAX_PATROL_MS)
    return refuse (error,
                   g_strdup (_ ("The track is longer than a day. Import each patrol on its own.")));
  return TRUE;
}
