/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the benches of a large store share: a measurement is repeated, and told as one line with the
 * median and the worst, on the wall clock and in processor time. */

#include <glib.h>
#include <stdio.h>
#include <time.h>

/* Of one measurement's rounds: wall and processor time, ms. */
typedef struct
{
  GArray *wall_ms;
  GArray *cpu_ms;
  gint64 wall_us;
  double cpu_begun_ms;
} LzBench;

static inline double
lz_bench_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static inline LzBench
lz_bench_new (void)
{
  return (LzBench){ .wall_ms = g_array_new (FALSE, FALSE, sizeof (double)),
                    .cpu_ms = g_array_new (FALSE, FALSE, sizeof (double)) };
}

static inline void
lz_bench_begin (LzBench *self)
{
  self->cpu_begun_ms = lz_bench_cpu_ms ();
  self->wall_us = g_get_monotonic_time ();
}

static inline void
lz_bench_end (LzBench *self)
{
  double wall = (double) (g_get_monotonic_time () - self->wall_us) / 1000;
  double cpu = lz_bench_cpu_ms () - self->cpu_begun_ms;

  g_array_append_val (self->wall_ms, wall);
  g_array_append_val (self->cpu_ms, cpu);
}

static inline int
lz_bench_compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* One line; frees what was measured. */
static inline void
lz_bench_report (LzBench *self, const char *name)
{
  guint n = self->wall_ms->len;

  g_array_sort (self->wall_ms, lz_bench_compare);
  g_array_sort (self->cpu_ms, lz_bench_compare);
  printf ("%-44s median %8.2f ms   max %8.2f ms   processor median %8.2f ms   n %u\n", name,
          g_array_index (self->wall_ms, double, n / 2),
          g_array_index (self->wall_ms, double, n - 1), g_array_index (self->cpu_ms, double, n / 2),
          n);
  fflush (stdout);
  g_clear_pointer (&self->wall_ms, g_array_unref);
  g_clear_pointer (&self->cpu_ms, g_array_unref);
}

/* A macro: @ok sets @error, and is to be there before @error is looked at. */
#define lz_bench_must(ok, error)                                        \
  G_STMT_START                                                          \
  {                                                                     \
    if (!(ok))                                                          \
      g_error ("%s", (error) != NULL ? (error)->message : "it failed"); \
  }                                                                     \
  G_STMT_END
