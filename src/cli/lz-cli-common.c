/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli.h"
#include "lz-drafts.h"
#include "lz-log.h"
#ifdef LZ_WITH_SYNC
#include "lz-sync-error.h"
#endif

#include <stdio.h>
#include <string.h>

/**
 * lz_cli_get_dir:
 * @self: the call
 *
 * Returns: the folder of the station that the user means
 */
const char *
lz_cli_get_dir (LzCli *self)
{
  if (self->station_dir == NULL)
    self->station_dir = g_strdup (g_getenv ("LUZHANG_STATION"));
  if (self->station_dir == NULL)
    self->station_dir = g_build_filename (g_get_user_data_dir (), "luzhang", "station", NULL);
  return self->station_dir;
}

/**
 * lz_cli_open:
 * @self: the call
 * @mode: for writing, or for queries only
 * @error: (nullable): return location
 *
 * Opens the station that the user means.  For writing, it also settles what programs that
 * died have left: temporary files go, and photos of a cut intake become drafts; and what the
 * passing of time does by itself: suspensions end.
 *
 * Returns: (transfer full) (nullable): the station
 */
LzStation *
lz_cli_open (LzCli *self, LzStationMode mode, GError **error)
{
  g_autoptr (LzStation) station = lz_station_open (lz_cli_get_dir (self), mode, error);

  if (station == NULL || mode == LZ_STATION_READ_ONLY)
    return g_steal_pointer (&station);
  lz_blobs_sweep (lz_station_get_blobs (station), 0);
  return lz_intake_recover (station, error) && lz_log_follow_time (station, NULL, error)
             ? g_steal_pointer (&station)
             : NULL;
}

/**
 * lz_cli_exit_code:
 * @error: what went wrong
 *
 * Returns: the exit code that says so to scripts
 */
LzCliExit
lz_cli_exit_code (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return LZ_CLI_USAGE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return LZ_CLI_NOT_FOUND;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES))
    return LZ_CLI_STORAGE;
#ifdef LZ_WITH_SYNC
  if (error->domain == LZ_SYNC_ERROR)
    return lz_sync_error_is_transient (error) ? LZ_CLI_OFFLINE : LZ_CLI_SERVER;
#endif
  if (error->domain != LZ_ERROR)
    return LZ_CLI_FAILED;

  switch ((LzError) error->code)
    {
    case LZ_ERROR_NOT_FOUND:
      return LZ_CLI_NOT_FOUND;
    case LZ_ERROR_REFUSED:
    case LZ_ERROR_CONSTRAINT:
      return LZ_CLI_REFUSED;
    case LZ_ERROR_INVALID:
    case LZ_ERROR_NOT_A_PHOTO:
    case LZ_ERROR_BROKEN_PHOTO:
    case LZ_ERROR_TOO_LARGE:
      return LZ_CLI_INVALID;
    case LZ_ERROR_NO_SPACE:
    case LZ_ERROR_READ_ONLY:
      return LZ_CLI_STORAGE;
    case LZ_ERROR_BUSY:
      return LZ_CLI_BUSY;
    case LZ_ERROR_CORRUPT:
      return LZ_CLI_DAMAGED;
    case LZ_ERROR_TOO_NEW:
      return LZ_CLI_TOO_NEW;
    case LZ_ERROR_FAILED:
    default:
      return LZ_CLI_FAILED;
    }
}

/* Whether the message itself is for the user: it names what is wrong with what the user gave. */
static gboolean
speaks_to_user (const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return TRUE;
  return g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_FOUND) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_REFUSED) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_INVALID) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_CONSTRAINT) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_TOO_LARGE);
}

static const char *
explain (const GError *error)
{
#ifdef LZ_WITH_SYNC
  return lz_sync_error_explain (error);
#else
  return lz_error_explain (error);
#endif
}

void
lz_cli_print_error (const GError *error, gboolean verbose)
{
  if (speaks_to_user (error))
    g_printerr ("luzhang-cli: %s\n", error->message);
  else
    g_printerr ("luzhang-cli: %s (%s)\n", explain (error), error->message);
  if (verbose)
    g_printerr ("  %s %d: %s\n", g_quark_to_string (error->domain), error->code, error->message);
}

gboolean
lz_cli_set_usage (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, text);
  return FALSE;
}

/**
 * lz_cli_parse_place:
 * @text: "28.2833,117.2103": latitude, longitude in degrees WGS 84
 * @place: (out): the place
 * @error: (nullable): %LZ_ERROR_INVALID
 */
gboolean
lz_cli_parse_place (const char *text, LzPoint *place, GError **error)
{
  char *end = NULL;
  double latitude = g_ascii_strtod (text, &end);
  double longitude;

  if (end != text && *end == ',')
    {
      const char *second = end + 1;

      longitude = g_ascii_strtod (second, &end);
      if (end != second && *g_strchug (end) == '\0' &&
          lz_point_from_degrees (latitude, longitude, place) && lz_point_is_valid (*place))
        return TRUE;
    }
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               _ ("“%s” is no place: give latitude and longitude in degrees, as 28.2833,117.2103."),
               text);
  return FALSE;
}

/**
 * lz_cli_parse_time:
 * @text: ISO 8601, as "2026-11-23T08:30" in local time or "2026-11-23T00:30:00Z"
 * @time_ms: (out): the time
 * @error: (nullable): %LZ_ERROR_INVALID
 */
gboolean
lz_cli_parse_time (const char *text, gint64 *time_ms, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *joined = g_strdup (text);
  g_autofree char *padded = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (strlen (joined) > 10 && joined[10] == ' ')
    joined[10] = 'T';
  /* GLib wants the seconds. */
  if (strlen (joined) == 16)
    padded = g_strconcat (joined, ":00", NULL);
  time = g_date_time_new_from_iso8601 (padded != NULL ? padded : joined, zone);
  if (time == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   _ ("“%s” is no time: write it as 2026-11-23T08:30."), text);
      return FALSE;
    }
  *time_ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  return TRUE;
}

/**
 * lz_cli_parse_id:
 * @text: a UUID
 * @id: (out): the id
 * @error: (nullable): %LZ_ERROR_NOT_FOUND: nothing has such an id
 */
gboolean
lz_cli_parse_id (const char *text, LzId *id, GError **error)
{
  if (lz_id_parse (text, id))
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("“%s” is no id."), text);
  return FALSE;
}

/* What a verb that makes something prints.  Returns %TRUE, so that a caller can return it. */
gboolean
lz_cli_print_id (LzCli *self, const LzId *id)
{
  g_autofree char *text = lz_id_dup_string (id);

  if (self->json)
    lz_out_string (self->out, NULL, text);
  else
    lz_out_line (self->out, "%s", text);
  return TRUE;
}

void
lz_cli_begin_list (LzCli *self)
{
  if (self->json)
    lz_out_begin_array (self->out, NULL);
}

void
lz_cli_end_list (LzCli *self)
{
  if (self->json)
    lz_out_end_array (self->out);
  lz_out_end_table (self->out);
}

/* Why rows of a file were left out; as member @key of the JSON object that is open. */
void
lz_cli_print_reasons (LzCli *self, const char *key, GPtrArray *reasons)
{
  if (self->json)
    lz_out_begin_array (self->out, key);
  for (guint i = 0; i < reasons->len; i++)
    if (self->json)
      lz_out_string (self->out, NULL, g_ptr_array_index (reasons, i));
    else
      lz_out_line (self->out, _ ("Left out: %s"), (char *) g_ptr_array_index (reasons, i));
  if (self->json)
    lz_out_end_array (self->out);
}
