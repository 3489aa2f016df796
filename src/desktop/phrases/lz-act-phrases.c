/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-act-phrases.h"

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

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *phrases = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (phrases != NULL)
    g_task_return_pointer (task, phrases, free_phrases);
  else
    g_task_return_error (task, error);
}

void
lz_act_phrases_read_async (LzSession *session,
                           LzKind kind,
                           const char *category,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Question *question = NULL;
  GTask *task = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lz_act_phrases_read_async);
  question = g_new0 (Question, 1);
  question->kind = kind;
  question->category = g_strdup (category);
  lz_store_read_async (lz_session_get_store (session), read_phrases, question, question_free,
                       free_phrases, cancellable, read_cb, task);
}

GPtrArray *
lz_act_phrases_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
