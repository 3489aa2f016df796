/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-log.h"
#include "lz-machine.h"
#include "lz-source.h"

#include <string.h>

static char *
dup_uuid (const LzId *id)
{
  return lz_id_is_nil (id) ? NULL : lz_id_dup_string (id);
}

static void
print_photos (LzCli *self, LzStation *station, GArray *photos)
{
  lz_out_begin_array (self->out, "photos");
  for (guint i = 0; i < photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (photos, LzPhotoRef, i);
      g_autofree char *path = lz_blobs_dup_path (lz_station_get_blobs (station), photo->sha256);
      char sha256[65];

      lz_sha256_format (photo->sha256, sha256);
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "sha256", sha256);
      lz_out_string (self->out, "role", lz_photo_role_to_string (photo->role));
      lz_out_int (self->out, "bytes", photo->size_bytes);
      lz_out_time (self->out, "taken", photo->taken_ms);
      if (lz_point_is_valid (photo->place))
        {
          lz_out_decimal (self->out, "lat", lz_point_latitude (photo->place), 7);
          lz_out_decimal (self->out, "lon", lz_point_longitude (photo->place), 7);
        }
      lz_out_bool (self->out, "here", lz_blobs_has (lz_station_get_blobs (station), photo->sha256));
      lz_out_string (self->out, "path", path);
      lz_out_end_object (self->out);
    }
  lz_out_end_array (self->out);
}

static void
print_events (LzCli *self, GPtrArray *events)
{
  lz_out_begin_array (self->out, "events");
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);
      g_autofree char *id = lz_id_dup_string (&event->id);

      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "id", id);
      lz_out_string (self->out, "kind", event->kind_name);
      lz_out_string (self->out, "actor", event->actor);
      lz_out_string (self->out, "device", event->device);
      lz_out_int (self->out, "device_seq", event->device_seq);
      lz_out_time (self->out, "occurred", event->occurred_ms);
      if (event->home_seq != 0)
        lz_out_int (self->out, "seq", event->home_seq);
      if (event->body != NULL && event->body->text != NULL)
        lz_out_string (self->out, "text", event->body->text);
      if (event->body != NULL && event->body->photos != NULL)
        lz_out_int (self->out, "photos", event->body->photos->len);
      lz_out_end_object (self->out);
    }
  lz_out_end_array (self->out);
}

/* The action's name in `case do`: the event's without its first word. */
const char *
lz_cli_action_name (LzKind kind)
{
  const char *name = lz_kind_to_string (kind);
  const char *dot = strchr (name, '.');

  return dot != NULL ? dot + 1 : name;
}

static void
print_actions (LzCli *self, LzStation *station, const LzCase *found)
{
  const LzTransition *actions[LZ_N_KINDS];
  guint roles = lz_station_get_roles (station);
  const LzTransition *next = lz_machine_next_step (found->state, roles);
  guint n = lz_machine_list_actions (found->state, roles, actions, G_N_ELEMENTS (actions));

  lz_out_string (self->out, "next", next != NULL ? lz_cli_action_name (next->kind) : NULL);
  lz_out_begin_array (self->out, "actions");
  for (guint i = 0; i < n; i++)
    lz_out_string (self->out, NULL, lz_cli_action_name (actions[i]->kind));
  lz_out_end_array (self->out);
}

/* What the report says of it. */
static LzSource
find_source (GPtrArray *events)
{
  const LzEvent *report = events->len > 0 ? g_ptr_array_index (events, 0) : NULL;

  return lz_source_from_string (report != NULL && report->body != NULL ? report->body->source
                                                                       : NULL);
}

static void
show_json (LzCli *self,
           LzStation *station,
           const LzCase *found,
           const LzCaseRow *row,
           GPtrArray *events,
           GArray *photos)
{
  gint64 now = lz_station_now (station);
  g_autofree char *road = dup_uuid (&found->road);
  g_autofree char *merged = dup_uuid (&found->merged_into);
  g_autofree char *recurs = dup_uuid (&found->recurs);

  lz_out_begin_object (self->out, NULL);
  lz_cli_print_row_members (self->out, row, now);
  lz_out_int (self->out, "n_events", found->n_events);
  lz_out_int (self->out, "n_before", found->n_before);
  lz_out_int (self->out, "n_after", found->n_after);
  lz_out_string (self->out, "feed", found->feed);
  lz_out_int (self->out, "condition", found->condition);
  lz_out_string (self->out, "road_id", road);
  lz_out_string (self->out, "address", found->address);
  lz_out_string (self->out, "reporter", found->reporter);
  lz_out_string (self->out, "source", lz_source_to_string (find_source (events)));
  lz_out_string (self->out, "handler", found->handler);
  lz_out_time (self->out, "found", found->found_ms);
  lz_out_time (self->out, "closed", found->closed_ms);
  if (merged != NULL)
    lz_out_string (self->out, "merged_into", merged);
  if (recurs != NULL)
    lz_out_string (self->out, "recurs", recurs);
  lz_out_string (self->out, "assist", found->assist);
  lz_out_int (self->out, "supervision", found->supervision);
  lz_out_time (self->out, "reply_wanted", found->reply_ms);
  lz_out_time (self->out, "stage_since", found->stage_ms);
  lz_out_int (self->out, "extensions", found->n_extensions);
  lz_out_time (self->out, "suspended_until", found->until_ms);
  print_photos (self, station, photos);
  print_events (self, events);
  print_actions (self, station, found);
  lz_out_end_object (self->out);
}

static void
show_fact (LzCli *self, const char *name, const char *value)
{
  if (value != NULL && *value != '\0')
    lz_out_row (self->out, name, value, NULL);
}

static void
show_place (LzCli *self, const LzCase *found)
{
  g_autofree char *degrees = g_strdup_printf ("%.7f,%.7f", lz_point_latitude (found->place),
                                              lz_point_longitude (found->place));
  g_autofree char *chainage = NULL;

  if (found->road_name != NULL)
    {
      g_autofree char *along =
          lz_cli_dup_chainage (found->chainage_cm, found->side, found->offset_cm);

      chainage = g_strdup_printf ("%s %s", found->road_name, along);
    }
  show_fact (self, _ ("Road"), chainage);
  show_fact (self, _ ("Address"), found->address);
  show_fact (self, _ ("Place"), degrees);
}

static void
show_facts (LzCli *self,
            LzStation *station,
            const LzCase *found,
            const LzCaseRow *row,
            GPtrArray *events)
{
  const LzTransition *next = lz_machine_next_step (found->state, lz_station_get_roles (station));
  g_autofree char *id = lz_id_dup_string (&found->id);
  g_autofree char *category = g_strdup_printf ("%s %s", row->category, row->category_name);
  g_autofree char *limit = lz_limit_dup_label (found->limit);
  g_autofree char *reported = lz_out_dup_time (found->reported_ms);
  g_autofree char *due = lz_out_dup_time (found->due_ms);
  g_autofree char *closed = lz_out_dup_time (found->closed_ms);
  g_autofree char *recurs = dup_uuid (&found->recurs);

  show_fact (self, _ ("Number"), found->number);
  show_fact (self, _ ("Id"), id);
  show_fact (self, _ ("State"), lz_state_label (found->state));
  show_fact (self, _ ("Category"), category);
  show_place (self, found);
  show_fact (self, _ ("Description"), found->text);
  show_fact (self, _ ("Unit"), found->unit);
  show_fact (self, _ ("Assisting"), found->assist);
  show_fact (self, _ ("Recurs"), recurs);
  show_fact (self, _ ("Reported"), reported);
  show_fact (self, _ ("Source"), lz_source_label (find_source (events)));
  show_fact (self, _ ("Limit"), limit);
  show_fact (self, _ ("Deadline"), due);
  show_fact (self, _ ("Lamp"), lz_lamp_label (lz_case_row_lamp_at (row, lz_station_now (station))));
  show_fact (self, _ ("Closed"), closed);
  show_fact (self, _ ("Delivered"), row->delivered ? _ ("yes") : _ ("no"));
  show_fact (self, _ ("Next step"), next != NULL ? _ (next->label) : NULL);
  lz_out_end_table (self->out);
}

static void
show_photos (LzCli *self, LzStation *station, GArray *photos)
{
  for (guint i = 0; i < photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (photos, LzPhotoRef, i);
      g_autofree char *path = lz_blobs_dup_path (lz_station_get_blobs (station), photo->sha256);
      g_autofree char *taken = lz_out_dup_time (photo->taken_ms);

      lz_out_row (self->out, "  ", lz_photo_role_to_string (photo->role), taken, path, NULL);
    }
  lz_out_end_table (self->out);
}

static void
show_events (LzCli *self, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);
      g_autofree char *at = lz_out_dup_time (event->occurred_ms);

      lz_out_row (self->out, "  ", at, lz_kind_label (event->kind), event->actor,
                  event->body != NULL && event->body->text != NULL ? event->body->text : "", NULL);
    }
  lz_out_end_table (self->out);
}

gboolean
lz_cli_show (LzCli *self, LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (LzCase) found = lz_cases_load (station, id, error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GArray) photos = NULL;
  const LzCaseRow *row;
  gint64 fid;

  if (found == NULL || !lz_cases_get_fid (station, id, &fid, error))
    return FALSE;
  rows = lz_cases_load_rows (station, &fid, 1, error);
  events = rows != NULL ? lz_log_list_events (station, id, error) : NULL;
  photos = events != NULL ? lz_cases_list_photos (station, id, error) : NULL;
  if (photos == NULL)
    return FALSE;
  if (rows->len != 1)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such case."));
      return FALSE;
    }

  row = g_ptr_array_index (rows, 0);
  if (self->json)
    {
      show_json (self, station, found, row, events, photos);
      return TRUE;
    }
  show_facts (self, station, found, row, events);
  if (photos->len > 0)
    lz_out_line (self->out, "%s", _ ("Photos"));
  show_photos (self, station, photos);
  lz_out_line (self->out, "%s", _ ("Events"));
  show_events (self, events);
  return TRUE;
}

gboolean
lz_cli_run_show (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzCase) found = NULL;

  if (station == NULL)
    return FALSE;
  found = lz_cases_load_by_name (station, self->args[0], error);
  return found != NULL && lz_cli_show (self, station, &found->id, error);
}
