/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-act-phrases.h"

#include "lz-jobs.h"
#include "lz-office.h"

typedef struct
{
  LzKind kind;
  char *category;
} Question;

static void
question_free (gpointer data)
{
  g_free (((Question *) data)->category);
  g_free (data);
}

static void
free_phrases (gpointer data)
{
  g_ptr_array_unref (data);
}

/* A job of the read thread. */
static gpointer
read_phrases (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;

  return lz_office_list_phrases (station, question->category, question->kind, error);
}

void
lz_act_phrases_read_async (LzSession *session,
                           LzKind kind,
                           const char *category,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->kind = kind;
  question->category = g_strdup (category);
  lz_jobs_read_async (session, read_phrases, question, question_free, free_phrases, cancellable,
                      callback, user_data);
}

GPtrArray *
lz_act_phrases_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}
