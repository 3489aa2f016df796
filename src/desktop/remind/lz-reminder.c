/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-reminder.h"

#include <glib/gi18n.h>

#include "lz-log.h"
#include "lz-tasks.h"
#include "lz-words.h"

#define MS_PER_MINUTE (60 * G_GINT64_CONSTANT (1000))
#define EVERY_SECONDS 30
/* More at once are told in one notification. */
#define MAX_SINGLE 3
#define MAX_CASES  200

struct _LzReminder
{
  GObject parent_instance;

  GApplication *application;
  LzSession *session;
  GSettings *settings;
  GCancellable *cancellable;
  guint timer_id;
  gboolean asking;
  gint64 told_until_ms;  /* deadlines before this were looked at */
  GHashTable *sent_back; /* fids that are known to be sent back; %NULL before the first look */
};

G_DEFINE_FINAL_TYPE (LzReminder, lz_reminder, G_TYPE_OBJECT)

typedef struct
{
  gint64 from_ms;
  gint64 until_ms;
  guint roles;
  GHashTable *known; /* of LzReminder.sent_back; nullable */
} Question;

typedef struct
{
  gint64 until_ms;
  GPtrArray *soon;       /* LzCaseRow whose deadline passes soon */
  GPtrArray *returned;   /* LzCaseRow that somebody else sent back */
  GHashTable *sent_back; /* all fids that are sent back now */
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->known, g_hash_table_unref);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->soon, g_ptr_array_unref);
  g_clear_pointer (&answer->returned, g_ptr_array_unref);
  g_clear_pointer (&answer->sent_back, g_hash_table_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static GPtrArray *
load_rows (LzStation *station, GArray *fids, GError **error)
{
  return lz_cases_load_rows (station, (const gint64 *) (gpointer) fids->data, fids->len, error);
}

/* Whoever sent it back need not be told. */
static gboolean
was_mine (LzStation *station, const LzCaseRow *row)
{
  g_autoptr (GPtrArray) events = lz_log_list_events (station, &row->id, NULL);
  const LzEvent *last = events != NULL && events->len > 0 ? events->pdata[events->len - 1] : NULL;

  return last != NULL && g_strcmp0 (last->actor, lz_station_get_actor (station)) == 0;
}

static gboolean
look_for_returned (LzStation *station,
                   const Question *question,
                   const LzTaskQuery *query,
                   LzTaskList list,
                   Answer *answer,
                   GError **error)
{
  g_autoptr (GArray) fids = NULL;
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) rows = NULL;

  if ((lz_tasks_get_roles (list) & question->roles) == 0)
    return TRUE;
  fids = lz_tasks_list (station, list, query, MAX_CASES, error);
  if (fids == NULL)
    return FALSE;

  for (guint i = 0; i < fids->len; i++)
    {
      gint64 fid = g_array_index (fids, gint64, i);

      if (question->known != NULL && !g_hash_table_contains (question->known, &fid))
        g_array_append_val (fresh, fid);
      g_hash_table_add (answer->sent_back, g_memdup2 (&fid, sizeof fid));
    }

  rows = load_rows (station, fresh, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!was_mine (station, rows->pdata[i]))
      g_ptr_array_add (answer->returned, lz_case_row_copy (rows->pdata[i]));
  return rows != NULL;
}

/* A job of the read thread. */
static gpointer
look (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (Answer) answer = g_new0 (Answer, 1);
  g_autoptr (GArray) fids = NULL;
  g_autofree char *unit = NULL;
  LzTaskQuery query;

  answer->until_ms = question->until_ms;
  answer->sent_back = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  answer->returned = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_case_row_free);
  if (!lz_tasks_query_init (station, &query, &unit, error))
    return NULL;

  fids = lz_tasks_list_turning_red (station, question->from_ms, question->until_ms, query.unit,
                                    MAX_CASES, error);
  if (fids == NULL)
    return NULL;
  answer->soon = load_rows (station, fids, error);
  if (answer->soon == NULL ||
      !look_for_returned (station, question, &query, LZ_TASKS_SENT_BACK, answer, error) ||
      !look_for_returned (station, question, &query, LZ_TASKS_TO_REDO, answer, error))
    return NULL;

  return g_steal_pointer (&answer);
}

static void
send (LzReminder *self, const LzCaseRow *row, const char *title, const char *body)
{
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autofree char *id = lz_id_dup_string (&row->id);
  g_autofree char *key = g_strdup_printf ("case-%s", id);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-case", "s", id);
  g_notification_add_button_with_target (notification, _ ("Open"), "app.show-case", "s", id);
  g_application_send_notification (self->application, key, notification);
}

static void
send_summary (LzReminder *self, const char *key, const char *title)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_default_action (notification, "app.show-tasks");
  g_notification_add_button (notification, _ ("Open"), "app.show-tasks");
  g_application_send_notification (self->application, key, notification);
}

static char *
dup_what (LzReminder *self, const LzCaseRow *row)
{
  g_autofree char *place =
      lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);

  return g_strdup_printf ("%s · %s", lz_session_get_category_name (self->session, row->category),
                          place);
}

static void
tell_soon (LzReminder *self, GPtrArray *rows)
{
  if (rows->len > MAX_SINGLE)
    {
      g_autofree char *title =
          g_strdup_printf (ngettext ("%u case is due soon", "%u cases are due soon", rows->len),
                           rows->len);

      send_summary (self, "due-soon", title);
      return;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      const LzCaseRow *row = rows->pdata[i];
      g_autofree char *due = lz_words_dup_due (row->due_ms, lz_session_now (),
                                               lz_session_get_offset_min (self->session));
      g_autofree char *body = dup_what (self, row);

      send (self, row, due, body);
    }
}

static void
tell_returned (LzReminder *self, GPtrArray *rows)
{
  if (rows->len > MAX_SINGLE)
    {
      g_autofree char *title =
          g_strdup_printf (ngettext ("%u case was sent back", "%u cases were sent back", rows->len),
                           rows->len);

      send_summary (self, "sent-back", title);
      return;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *body = dup_what (self, rows->pdata[i]);

      send (self, rows->pdata[i], _ ("A case was sent back"), body);
    }
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzReminder *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) answer = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_REMINDER (self));
  self->asking = FALSE;
  if (answer == NULL)
    {
      g_info ("Looking for what to remind of: %s", error->message);
      return;
    }

  self->told_until_ms = answer->until_ms;
  g_clear_pointer (&self->sent_back, g_hash_table_unref);
  self->sent_back = g_hash_table_ref (answer->sent_back);
  if (!g_settings_get_boolean (self->settings, "remind"))
    return;

  tell_soon (self, answer->soon);
  tell_returned (self, answer->returned);
}

static void
ask (LzReminder *self)
{
  Question *question;
  gint64 now_ms = lz_session_now ();

  if (self->asking)
    return;

  self->asking = TRUE;
  question = g_new0 (Question, 1);
  question->until_ms =
      now_ms + g_settings_get_int (self->settings, "remind-minutes") * MS_PER_MINUTE;
  question->from_ms = MAX (now_ms, self->told_until_ms);
  question->until_ms = MAX (question->until_ms, question->from_ms);
  question->roles = lz_session_get_roles (self->session);
  question->known = self->sent_back != NULL ? g_hash_table_ref (self->sent_back) : NULL;
  lz_store_read_async (lz_session_get_store (self->session), look, question, question_free,
                       answer_free, self->cancellable, looked_cb, self);
}

static gboolean
timer_cb (gpointer user_data)
{
  ask (user_data);
  return G_SOURCE_CONTINUE;
}

LzReminder *
lz_reminder_new (GApplication *application, LzSession *session)
{
  LzReminder *self = NULL;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_REMINDER, NULL);
  self->application = application;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  self->timer_id = g_timeout_add_seconds (EVERY_SECONDS, timer_cb, self);
  ask (self);
  return self;
}

static void
lz_reminder_dispose (GObject *object)
{
  LzReminder *self = LZ_REMINDER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->sent_back, g_hash_table_unref);

  G_OBJECT_CLASS (lz_reminder_parent_class)->dispose (object);
}

static void
lz_reminder_class_init (LzReminderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_reminder_dispose;
}

static void
lz_reminder_init (LzReminder *self)
{
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (LZ_APP_ID);
}
