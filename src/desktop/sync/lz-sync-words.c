/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sync-words.h"

#include <glib/gi18n.h>

#include "lz-words.h"

#define MS_PER_MINUTE G_GINT64_CONSTANT (60000)
/* As design.md §3 has it: a clock that is off by more says so. */
#define CLOCK_SLACK_MS (2 * MS_PER_MINUTE)

static gboolean
is_running (LzSyncState state)
{
  switch (state)
    {
    case LZ_SYNC_CONNECTING:
    case LZ_SYNC_REFERENCE:
    case LZ_SYNC_PUSHING:
    case LZ_SYNC_SENDING_PHOTOS:
    case LZ_SYNC_PULLING:
    case LZ_SYNC_FETCHING_PHOTOS:
      return TRUE;
    case LZ_SYNC_IDLE:
    case LZ_SYNC_WAITING:
    case LZ_SYNC_OFFLINE:
    case LZ_SYNC_STOPPED:
    default:
      return FALSE;
    }
}

LzSyncFace
lz_sync_words_get_face (const LzSyncStatus *status, LzSyncState state, const GError *error)
{
  if (status->server == NULL)
    return LZ_SYNC_FACE_NO_ACCOUNT;
  if (is_running (state))
    return LZ_SYNC_FACE_RUNNING;
  if (status->n_inbox > 0 || status->problem != NULL || state == LZ_SYNC_STOPPED ||
      (error != NULL && !lz_sync_error_is_transient (error)))
    return LZ_SYNC_FACE_ATTENTION;
  if (error != NULL || state == LZ_SYNC_OFFLINE || status->next_try_ms > 0)
    return LZ_SYNC_FACE_OFFLINE;
  return lz_sync_words_count_waiting (status) > 0 ? LZ_SYNC_FACE_WAITING : LZ_SYNC_FACE_DELIVERED;
}

const char *
lz_sync_words_get_icon (LzSyncFace face)
{
  static const char *const icons[] = {
    [LZ_SYNC_FACE_NO_ACCOUNT] = "network-server-symbolic",
    [LZ_SYNC_FACE_DELIVERED] = "object-select-symbolic",
    [LZ_SYNC_FACE_WAITING] = "document-open-recent-symbolic",
    [LZ_SYNC_FACE_RUNNING] = "emblem-synchronizing-symbolic",
    [LZ_SYNC_FACE_OFFLINE] = "network-offline-symbolic",
    [LZ_SYNC_FACE_ATTENTION] = "dialog-warning-symbolic",
  };

  return icons[face];
}

guint
lz_sync_words_count_waiting (const LzSyncStatus *status)
{
  return status->n_cases > 0    ? status->n_cases
         : status->n_photos > 0 ? status->n_photos
                                : status->n_events;
}

/* The time alone today, the day with it otherwise. */
static char *
dup_clock_time (gint64 at_ms, gint64 now_ms, int offset_min)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (offset_min * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_ms / 1000);
  g_autoptr (GDateTime) at = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) utc_now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc_now, zone);

  if (at == NULL || g_date_time_get_year (at) != g_date_time_get_year (now) ||
      g_date_time_get_day_of_year (at) != g_date_time_get_day_of_year (now))
    return lz_words_dup_time (at_ms, now_ms, offset_min);
  return g_date_time_format (at, "%H:%M");
}

static char *
dup_first_part (LzSyncFace face,
                const LzSyncStatus *status,
                const LzSyncProgress *progress,
                gint64 now_ms,
                int offset_min)
{
  g_autofree char *time = NULL;

  switch (face)
    {
    case LZ_SYNC_FACE_NO_ACCOUNT:
      return g_strdup (_ ("Connect"));
    case LZ_SYNC_FACE_RUNNING:
      return g_strdup (lz_sync_state_label (progress->state));
    case LZ_SYNC_FACE_OFFLINE:
      return g_strdup (_ ("Offline"));
    case LZ_SYNC_FACE_ATTENTION:
      if (status->n_inbox > 0)
        return g_strdup_printf (ngettext ("%u refused", "%u refused", status->n_inbox),
                                status->n_inbox);
      return g_strdup (_ ("Look Here"));
    case LZ_SYNC_FACE_DELIVERED:
    case LZ_SYNC_FACE_WAITING:
    default:
      if (status->last_contact_ms == 0)
        return g_strdup (_ ("Not sent yet"));
      time = dup_clock_time (status->last_contact_ms, now_ms, offset_min);
      /* Translators: %s is the time of the last contact with the server */
      return g_strdup_printf (_ ("%s delivered"), time);
    }
}

char *
lz_sync_words_dup_short (LzSyncFace face,
                         const LzSyncStatus *status,
                         const LzSyncProgress *progress,
                         gint64 now_ms,
                         int offset_min)
{
  g_autofree char *first = dup_first_part (face, status, progress, now_ms, offset_min);
  guint n = lz_sync_words_count_waiting (status);
  g_autofree char *waiting = NULL;

  if (n == 0 || face == LZ_SYNC_FACE_NO_ACCOUNT)
    return g_steal_pointer (&first);

  waiting = g_strdup_printf (ngettext ("%u waiting", "%u waiting", n), n);
  return g_strdup_printf ("%s · %s", first, waiting);
}

/* Adds " · 3 cases" and so on, where there are any. */
static void
add_part (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

char *
lz_sync_words_dup_waiting (const LzSyncStatus *status)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *cases =
      g_strdup_printf (ngettext ("%u case", "%u cases", status->n_cases), status->n_cases);
  g_autofree char *acts =
      g_strdup_printf (ngettext ("%u act", "%u acts", status->n_events), status->n_events);
  g_autofree char *photos =
      g_strdup_printf (ngettext ("%u photo", "%u photos", status->n_photos), status->n_photos);
  g_autofree char *size = g_format_size ((guint64) MAX (status->bytes, 0));

  add_part (text, cases);
  if (status->n_events > 0)
    add_part (text, acts);
  if (status->n_photos > 0)
    {
      add_part (text, photos);
      add_part (text, size);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

double
lz_sync_words_get_fraction (const LzSyncProgress *progress)
{
  if (progress->bytes_to_send > 0)
    return CLAMP ((double) progress->bytes_sent / (double) progress->bytes_to_send, 0, 1);
  return -1;
}

char *
lz_sync_words_dup_progress (const LzSyncProgress *progress, gint64 speed)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (progress->n_photos_to_send > 0)
    {
      g_autofree char *sent = g_format_size ((guint64) MAX (progress->bytes_sent, 0));
      g_autofree char *all = g_format_size ((guint64) MAX (progress->bytes_to_send, 0));

      g_string_append_printf (text, _ ("%u of %u photos"),
                              MIN (progress->n_photos_up, progress->n_photos_to_send),
                              progress->n_photos_to_send);
      g_string_append (text, " · ");
      /* Translators: two sizes, such as "3 MB of 9 MB" */
      g_string_append_printf (text, _ ("%s of %s"), sent, all);
      if (speed > 0)
        {
          g_autofree char *rate = g_format_size ((guint64) speed);

          g_string_append_printf (text, _ (" · %s/s"), rate);
        }
    }
  else if (progress->n_pulled > 0 || progress->n_photos_fetched > 0)
    {
      g_string_append_printf (text, _ ("%u acts and %u photos of others came"), progress->n_pulled,
                              progress->n_photos_fetched);
    }
  else if (progress->n_pushed > 0)
    {
      g_string_append_printf (text, ngettext ("%u act sent", "%u acts sent", progress->n_pushed),
                              progress->n_pushed);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
lz_sync_words_dup_contact (const LzSyncStatus *status, gint64 now_ms, int offset_min)
{
  g_autofree char *contact = NULL;
  g_autofree char *next = NULL;

  if (status->last_contact_ms == 0)
    return g_strdup (_ ("No contact with the server yet"));

  contact = lz_words_dup_time (status->last_contact_ms, now_ms, offset_min);
  if (status->next_try_ms <= now_ms)
    return g_strdup_printf (_ ("Last contact %s"), contact);

  next = dup_clock_time (status->next_try_ms, now_ms, offset_min);
  return g_strdup_printf (_ ("Last contact %s · next try at %s"), contact, next);
}

char *
lz_sync_words_dup_trouble (const LzSyncStatus *status, const GError *error)
{
  if (status->server == NULL)
    return NULL;
  if (error != NULL)
    return g_strdup (lz_sync_error_explain (error));
  if (status->problem != NULL)
    return g_strdup (_ ("The server did not take something. What you logged is kept here; "
                        "“Sync Now” tries it again."));
  return NULL;
}

char *
lz_sync_words_dup_clock (gint64 clock_offset_ms)
{
  guint minutes = (guint) (ABS (clock_offset_ms) / MS_PER_MINUTE);

  if (ABS (clock_offset_ms) <= CLOCK_SLACK_MS)
    return NULL;
  if (minutes < 120)
    return g_strdup_printf (clock_offset_ms > 0
                                ? ngettext ("This computer's clock is %u minute slow.",
                                            "This computer's clock is %u minutes slow.", minutes)
                                : ngettext ("This computer's clock is %u minute fast.",
                                            "This computer's clock is %u minutes fast.", minutes),
                            minutes);
  return g_strdup_printf (clock_offset_ms > 0
                              ? ngettext ("This computer's clock is %u hour slow.",
                                          "This computer's clock is %u hours slow.", minutes / 60)
                              : ngettext ("This computer's clock is %u hour fast.",
                                          "This computer's clock is %u hours fast.", minutes / 60),
                          minutes / 60);
}

gboolean
lz_sync_words_needs_login (const GError *error)
{
  return g_error_matches (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_LOGIN);
}

LzDeliveryFace
lz_sync_words_get_delivery (const LzDelivery *delivery, LzSyncState state)
{
  gboolean acts_there = delivery->n_events_there >= delivery->n_events;
  gboolean photos_there = delivery->n_photos_there >= delivery->n_photos;

  if (delivery->n_refused > 0)
    return LZ_DELIVERY_REFUSED;
  if (acts_there && photos_there)
    return LZ_DELIVERY_DELIVERED;
  if ((state == LZ_SYNC_PUSHING && !acts_there) || (state == LZ_SYNC_SENDING_PHOTOS && acts_there))
    return LZ_DELIVERY_SENDING;
  return LZ_DELIVERY_WAITING;
}

const char *
lz_sync_words_get_delivery_icon (LzDeliveryFace face)
{
  static const char *const icons[] = {
    [LZ_DELIVERY_DELIVERED] = "object-select-symbolic",
    [LZ_DELIVERY_SENDING] = "emblem-synchronizing-symbolic",
    [LZ_DELIVERY_WAITING] = "document-open-recent-symbolic",
    [LZ_DELIVERY_REFUSED] = "dialog-warning-symbolic",
  };

  return icons[face];
}

const char *
lz_sync_words_get_delivery_label (LzDeliveryFace face)
{
  switch (face)
    {
    case LZ_DELIVERY_DELIVERED:
      return _ ("Delivered");
    case LZ_DELIVERY_SENDING:
      return _ ("Sending");
    case LZ_DELIVERY_REFUSED:
      return _ ("Refused");
    case LZ_DELIVERY_WAITING:
    default:
      return _ ("Waiting");
    }
}

const char *
lz_sync_words_get_refusal (const char *code)
{
  static const struct
  {
    const char *code;
    const char *words;
  } refusals[] = {
    { "state", N_ ("The case had moved on: its state did not allow this any more.") },
    { "role", N_ ("Your role may not do this.") },
    { "actor", N_ ("It was done under another person's name.") },
    { "feed", N_ ("The case belongs to an office that your account does not reach.") },
    { "case", N_ ("The server has no such case for your account.") },
    { "subject", N_ ("Another case has the same name.") },
    { "kind", N_ ("The server does not know this kind of act yet.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_strcmp0 (refusals[i].code, code) == 0)
      return _ (refusals[i].words);

  return _ ("The server refused it.");
}
