/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-tasks-page-private.h"

/* How many cases wait in each section, and in all. */

/* Sections that show cases of others once more count only where there are no others, as for a
 * supervisor. */
static guint
sum_up (const LzTasksPage *self, const GArray *counts)
{
  guint sum = 0, most = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      guint n = g_array_index (counts, LzTaskCount, i).n;

      if (lz_section_is_view (&g_array_index (self->shown, LzSection, i)))
        most = MAX (most, n);
      else
        sum += n;
    }

  return sum > 0 ? sum : most;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzTasksPage *self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *counts = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_TASKS_PAGE (self));
  if (counts == NULL)
    {
      g_info ("Counting tasks: %s", error->message);
      return;
    }

  lz_tasks_page_take_counts (self, counts, sum_up (self, counts));
}

typedef struct
{
  GArray *sections;
  guint roles;
  gint64 now_ms;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_array_unref (question->sections);
  g_free (question);
}

/* A job of the read thread. */
static gpointer
count_sections (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;

  return lz_sections_count (station, question->sections, question->roles, question->now_ms, error);
}

static void
free_counts (gpointer data)
{
  g_array_unref (data);
}

void
lz_tasks_page_count (LzTasksPage *self)
{
  Question *question = g_new0 (Question, 1);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  question->sections = g_array_ref (self->shown);
  question->roles = lz_session_get_roles (self->session);
  question->now_ms = lz_session_now ();
  lz_store_read_async (lz_session_get_store (self->session), count_sections, question,
                       question_free, free_counts, self->counting, counted_cb, self);
}
