/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"

#include <glib/gi18n-lib.h>

#define FIRST_WAIT_MS   1000
#define LONGEST_WAIT_MS (5 * 60 * 1000)
/* Other programs take photos in, too. */
#define LOOK_EVERY_US (60 * G_USEC_PER_SEC)

/* clang-format off */
static const struct { const char *name; const char *label; } states[] = {
  [LZ_SYNC_IDLE] = { "idle", N_("Up to date") },
  [LZ_SYNC_CONNECTING] = { "connecting", N_("Connecting") },
  [LZ_SYNC_REFERENCE] = { "reference", N_("Fetching roads and people") },
  [LZ_SYNC_PUSHING] = { "pushing", N_("Sending") },
  [LZ_SYNC_SENDING_PHOTOS] = { "sending_photos", N_("Sending photos") },
  [LZ_SYNC_PULLING] = { "pulling", N_("Receiving") },
  [LZ_SYNC_FETCHING_PHOTOS] = { "fetching_photos", N_("Receiving photos") },
  [LZ_SYNC_WAITING] = { "waiting", N_("Up to date") },
  [LZ_SYNC_OFFLINE] = { "offline", N_("Offline") },
  [LZ_SYNC_STOPPED] = { "stopped", N_("Needs attention") },
};
/* clang-format on */

const char *
lz_sync_state_to_string (LzSyncState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return states[state].name;
}

const char *
lz_sync_state_label (LzSyncState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return _ (states[state].label);
}

/* Takes up the account as the last login left it; whatever was known of another one is void. */
static gboolean
read_account (LzSync *self, GError **error)
{
  g_autofree char *login = lz_station_dup_setting (self->station, LZ_SETTING_LOGIN, "");
  g_autofree char *url = lz_station_dup_setting (self->station, "server", NULL);
  g_autofree char *insist = lz_station_dup_setting (self->station, "insist_http", "0");

  if (url == NULL)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NO_ACCOUNT, "no server is set");
      return FALSE;
    }
  if (!lz_http_check_url (url, strcmp (insist, "1") == 0, error))
    return FALSE;

  g_clear_pointer (&self->http, lz_http_free);
  g_free (self->login);
  self->login = g_steal_pointer (&login);
  g_free (self->url);
  self->url = g_steal_pointer (&url);
  g_free (self->token);
  self->token = lz_token_load (self->station);
  self->http = lz_http_new (self->url, self->token, FALSE);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->me_tag, g_free);
  g_clear_pointer (&self->heads, g_hash_table_unref);
  self->rev = -1;
  self->heard_us = self->looked_us = 0;
  return TRUE;
}

/* Another program may have logged in or out meanwhile. */
static gboolean
renew_account (LzSync *self, GError **error)
{
  g_autofree char *login = lz_station_dup_setting (self->station, LZ_SETTING_LOGIN, "");

  return lz_station_refresh (self->station, error) &&
         (strcmp (login, self->login) == 0 || read_account (self, error));
}

LzSync *
lz_sync_new (LzStation *station, GError **error)
{
  g_autoptr (LzSync) self = g_new0 (LzSync, 1);

  self->station = station;
  return read_account (self, error) ? g_steal_pointer (&self) : NULL;
}

void
lz_sync_free (LzSync *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->http, lz_http_free);
  g_clear_pointer (&self->heads, g_hash_table_unref);
  g_free (self->account);
  g_free (self->me_tag);
  g_free (self->login);
  g_free (self->url);
  g_free (self->token);
  g_free (self);
}

void
lz_sync_set_progress (LzSync *self, LzSyncProgressFunc func, gpointer data)
{
  self->func = func;
  self->func_data = data;
}

const LzSyncProgress *
lz_sync_get_progress (LzSync *self)
{
  return &self->progress;
}

void
lz_sync_report (LzSync *self)
{
  if (self->func != NULL)
    self->func (&self->progress, self->func_data);
}

void
lz_sync_enter (LzSync *self, LzSyncState state)
{
  g_debug ("%s -> %s", states[self->progress.state].name, states[state].name);
  self->progress.state = state;
  lz_sync_report (self);
}

gint64
lz_sync_next_try_ms (LzStation *station, guint tries, guint retry_after_s)
{
  gint64 wait = MIN ((gint64) FIRST_WAIT_MS << MIN (MAX (tries, 1) - 1, 20), LONGEST_WAIT_MS);

  wait += g_random_int_range (-(gint32) (wait / 3), (gint32) (wait / 3) + 1);
  return lz_station_now (station) + MAX (wait, (gint64) retry_after_s * 1000);
}

/* The server's data has begun another life: read and compare everything anew, send what it lost. */
gboolean
lz_sync_set_epoch (LzSync *self, const char *epoch, GError **error)
{
  g_autofree char *known = lz_station_dup_setting (self->station, "epoch", NULL);

  if (epoch == NULL || g_strcmp0 (known, epoch) == 0)
    return TRUE;
  if (known == NULL)
    return lz_station_set_setting (self->station, "epoch", epoch, error);
  g_message ("the server began another life: reading everything again");
  return lz_sync_forget_server (self->station, epoch, error);
}

gboolean
lz_sync_is_same_life (LzSync *self, GError **error)
{
  g_autofree char *known = lz_station_dup_setting (self->station, "epoch", NULL);
  const char *epoch = lz_http_get_epoch (self->http);

  if (known == NULL || epoch == NULL || strcmp (known, epoch) == 0)
    return TRUE;
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_BUSY,
                       "the server began another life since it was asked who we are");
  return FALSE;
}

gboolean
lz_sync_has_no_photos (LzSync *self)
{
  if (!self->force && self->knows_server && !self->has_news && self->progress.n_pushed == 0 &&
      self->progress.n_pulled == 0 && self->looked_us != 0 && !self->lacks_photos &&
      !lz_sync_has_uploads (self->station) &&
      g_get_monotonic_time () - self->looked_us < LOOK_EVERY_US)
    return TRUE;
  self->looked_us = 0;
  return FALSE;
}

/* A step of a run, and under which name its failures are kept. */
typedef struct
{
  const char *task;
  gboolean (*run) (LzSync *self, GCancellable *cancellable, GError **error);
  gboolean needed; /* without it the later steps make no sense */
} Step;

static const Step steps[] = {
  { "session", lz_sync_refresh_account, TRUE },
  { "reference", lz_sync_refresh_reference, FALSE },
  { "push", lz_sync_push, FALSE },
  { "carry", lz_sync_carry, FALSE },
  { "pull", lz_sync_pull, FALSE },
  { "photos", lz_sync_send_photos, FALSE },
  { "fetch", lz_sync_fetch_photos, FALSE },
};

typedef enum
{
  STEP_NOW,
  STEP_LATER,   /* its time to try again has not come: the others go on */
  STEP_NOTHING, /* a person must look, and without it the later ones make no sense */
} StepTime;

static StepTime
look_at_time (LzSync *self, const Step *step, GError **first)
{
  gboolean permanent;
  gint64 next_ms;
  guint tries;

  if (self->force || !lz_sync_get_retry (self->station, step->task, &tries, &next_ms, &permanent) ||
      !(permanent || next_ms > lz_station_now (self->station)))
    return STEP_NOW;
  if (step->needed && *first == NULL)
    g_set_error_literal (first, LZ_SYNC_ERROR,
                         permanent ? LZ_SYNC_ERROR_LOGIN : LZ_SYNC_ERROR_OFFLINE,
                         "waiting since the last try failed");
  return step->needed && permanent ? STEP_NOTHING : STEP_LATER;
}

static gboolean
keep_failure (LzSync *self, const Step *step, const GError *failure, GError **error)
{
  guint tries = 0;
  gint64 next_ms = 0;
  gboolean permanent;

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  lz_sync_get_retry (self->station, step->task, &tries, &next_ms, &permanent);
  next_ms = lz_sync_next_try_ms (self->station, tries + 1, lz_http_get_retry_after_s (self->http));
  return lz_sync_set_retry (self->station, step->task, failure->message, next_ms,
                            !lz_sync_error_is_transient (failure), error);
}

/* FALSE: the run must end here, with @first set. */
static gboolean
run_step (LzSync *self, const Step *step, GCancellable *cancellable, GError **first)
{
  g_autoptr (GError) failure = NULL;
  gboolean ok = step->run (self, cancellable, &failure);

  if (ok)
    return lz_sync_clear_retry (self->station, step->task, *first == NULL ? first : NULL);

  g_info ("%s: %s", step->task, failure->message);
  if (!keep_failure (self, step, failure, NULL))
    g_info ("the failure could not be kept");
  if (*first == NULL)
    *first = g_error_copy (failure);
  return !step->needed && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_OFFLINE) &&
         !g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_LOGIN);
}

gboolean
lz_sync_run (LzSync *self, gboolean force, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) first = NULL;

  self->force = force;
  self->knows_server = FALSE;
  self->progress = (LzSyncProgress){ .state = LZ_SYNC_CONNECTING };
  lz_sync_report (self);
  if (!renew_account (self, error) || (force && !lz_sync_retry_all (self->station, error)))
    {
      lz_sync_enter (self, LZ_SYNC_STOPPED);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      StepTime time = look_at_time (self, &steps[i], &first);

      if (time == STEP_NOTHING ||
          (time == STEP_NOW && !run_step (self, &steps[i], cancellable, &first)))
        break;
    }

  if (first == NULL)
    {
      self->has_news = FALSE;
      if (self->looked_us == 0)
        self->looked_us = g_get_monotonic_time ();
      lz_sync_enter (self, LZ_SYNC_IDLE);
      return TRUE;
    }
  self->looked_us = 0;
  g_clear_pointer (&self->me_tag, g_free); /* the next run asks for all of it */
  lz_sync_enter (self, g_error_matches (first, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? LZ_SYNC_IDLE
                       : lz_sync_error_is_transient (first)                      ? LZ_SYNC_OFFLINE
                                                                                 : LZ_SYNC_STOPPED);
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
