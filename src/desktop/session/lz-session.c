/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-session.h"

#include "lz-office.h"
#include "lz-rules.h"
#include "lz-uses.h"
#include "lz-words.h"

/* What the read thread gathers for the pages. */
typedef struct
{
  char *actor;
  guint roles;
  char *city;
  char *feed;
  char *device;
  LzCatalogue *catalogue;
  LzCalendar *calendar;
  LzRules *rules;
  LzBlobs *blobs;
  GPtrArray *roads;
  GPtrArray *people;
  GPtrArray *drafts;
  GArray *tally;
  GHashTable *uses;
} Facts;

struct _LzSession
{
  GObject parent_instance;

  LzStore *store;
  Facts *facts;
  GHashTable *roads_by_id; /* LzId → LzRoad, both lent by facts->roads */
  GCancellable *cancellable;
  gboolean reading;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (LzSession, lz_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  ACTED,
  ACTED_MANY,
  DISCARDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->actor);
  g_free (facts->city);
  g_free (facts->feed);
  g_free (facts->device);
  g_clear_pointer (&facts->catalogue, lz_catalogue_unref);
  g_clear_pointer (&facts->calendar, lz_calendar_unref);
  g_clear_pointer (&facts->rules, lz_rules_free);
  g_clear_pointer (&facts->blobs, lz_blobs_unref);
  g_clear_pointer (&facts->roads, g_ptr_array_unref);
  g_clear_pointer (&facts->people, g_ptr_array_unref);
  g_clear_pointer (&facts->drafts, g_ptr_array_unref);
  g_clear_pointer (&facts->tally, g_array_unref);
  g_clear_pointer (&facts->uses, g_hash_table_unref);
  g_free (facts);
}

/* A job of the read thread. */
static gpointer
read_facts (LzStation *station, gpointer data, GError **error)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->actor = g_strdup (lz_station_get_actor (station));
  facts->roles = lz_station_get_roles (station);
  facts->city = g_strdup (lz_station_get_city (station));
  facts->feed = g_strdup (lz_station_get_feed (station));
  facts->device = g_strdup (lz_station_get_device (station));
  facts->catalogue = lz_catalogue_ref ((LzCatalogue *) lz_station_get_catalogue (station));
  facts->calendar = lz_calendar_ref ((LzCalendar *) lz_station_get_calendar (station));
  facts->blobs = lz_blobs_ref (lz_station_get_blobs (station));
  facts->uses = lz_uses_load (station);
  facts->rules = lz_office_load_rules (station, error);
  facts->roads = facts->rules != NULL ? lz_roads_list (station, FALSE, error) : NULL;
  facts->people = facts->roads != NULL ? lz_people_list (station, error) : NULL;
  facts->drafts = facts->people != NULL ? lz_drafts_list (station, error) : NULL;
  facts->tally =
      facts->drafts != NULL ? lz_cases_tally_roads (station, lz_session_now (), error) : NULL;

  if (facts->tally == NULL)
    g_clear_pointer (&facts, facts_free);

  return facts;
}

static gboolean
same_roads (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const LzRoad *x = a->pdata[i];
      const LzRoad *y = b->pdata[i];

      if (!lz_id_equal (&x->id, &y->id) || x->level != y->level || x->length_m != y->length_m ||
          g_strcmp0 (x->name, y->name) != 0 || x->parts->len != y->parts->len)
        return FALSE;
    }

  return TRUE;
}

static void
take_facts (LzSession *self, Facts *facts)
{
  /* The same array again tells the map that it need not index its roads anew. */
  if (self->facts != NULL && same_roads (self->facts->roads, facts->roads))
    {
      g_ptr_array_unref (facts->roads);
      facts->roads = g_ptr_array_ref (self->facts->roads);
    }

  g_hash_table_remove_all (self->roads_by_id);
  for (guint i = 0; i < facts->roads->len; i++)
    {
      LzRoad *road = facts->roads->pdata[i];

      g_hash_table_insert (self->roads_by_id, &road->id, road);
    }

  g_clear_pointer (&self->facts, facts_free);
  self->facts = facts;
}

static void read_again (LzSession *self);

static void
facts_read_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzSession *self = user_data;
  g_autoptr (GError) error = NULL;
  Facts *facts = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_SESSION (self));
  self->reading = FALSE;

  if (facts != NULL)
    take_facts (self, facts);
  else
    g_info ("Reading the station again: %s", error->message);

  g_signal_emit (self, signals[CHANGED], 0);

  if (self->stale)
    read_again (self);
}

static void
read_again (LzSession *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;

  self->reading = TRUE;
  lz_store_read_async (self->store, read_facts, NULL, NULL, facts_free, self->cancellable,
                       facts_read_again_cb, self);
}

static void
store_changed_cb (LzSession *self)
{
  g_assert (LZ_IS_SESSION (self));

  read_again (self);
}

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Facts *facts = lz_store_job_finish (LZ_STORE (source), result, &error);
  g_autoptr (LzSession) self = NULL;

  if (facts == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self = g_object_new (LZ_TYPE_SESSION, NULL);
  self->store = g_object_ref (LZ_STORE (source));
  take_facts (self, facts);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (LzStore) store = lz_store_open_finish (result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (store == NULL)
    g_task_return_error (task, error);
  else
    lz_store_read_async (store, read_facts, NULL, NULL, facts_free, cancellable, facts_read_cb,
                         g_steal_pointer (&task));
}

/**
 * lz_session_open_async:
 * @dir: the station's folder
 * @cancellable: (nullable): cancels the opening
 * @callback: (scope async): called when the session can be used
 * @user_data: data for @callback
 *
 * Opens a station in threads of its own and reads what the pages need first.
 */
void
lz_session_open_async (const char *dir,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (dir != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lz_session_open_async);
  lz_store_open_async (dir, cancellable, store_opened_cb, task);
}

LzSession *
lz_session_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

LzStore *
lz_session_get_store (LzSession *self)
{
  return self->store;
}

LzCatalogue *
lz_session_get_catalogue (LzSession *self)
{
  return self->facts->catalogue;
}

const LzCalendar *
lz_session_get_calendar (LzSession *self)
{
  return self->facts->calendar;
}

/**
 * lz_session_judge_stage:
 * @self: a session
 * @state: in which a case waits
 * @stage_ms: since when, ms UTC
 * @due_ms: (out): until when somebody should have moved it on; 0 = the office sets no limit
 *
 * Where a stage has a limit of its own, the case's deadline does not run: it is this one that
 * matters to whoever has to act (domain §2.1).
 *
 * Returns: the stage's lamp now; %LZ_LAMP_NONE without a limit
 */
LzLamp
lz_session_judge_stage (LzSession *self, LzState state, gint64 stage_ms, gint64 *due_ms)
{
  gint64 warn_ms;

  *due_ms =
      lz_rules_stage_due (self->facts->rules, self->facts->calendar, state, stage_ms, &warn_ms);
  return *due_ms != 0 ? lz_lamp_at (warn_ms, *due_ms, lz_session_now ()) : LZ_LAMP_NONE;
}

LzBlobs *
lz_session_get_blobs (LzSession *self)
{
  return self->facts->blobs;
}

int
lz_session_get_offset_min (LzSession *self)
{
  return lz_calendar_get_utc_offset_min (self->facts->calendar);
}

const char *
lz_session_get_dir (LzSession *self)
{
  return lz_store_get_dir (self->store);
}

const char *
lz_session_get_city (LzSession *self)
{
  return self->facts->city;
}

const char *
lz_session_get_feed (LzSession *self)
{
  return self->facts->feed;
}

const char *
lz_session_get_device (LzSession *self)
{
  return self->facts->device;
}

const char *
lz_session_get_actor (LzSession *self)
{
  return self->facts->actor;
}

guint
lz_session_get_roles (LzSession *self)
{
  return self->facts->roles;
}

/* The name behind a person's id, or the id where the station does not know it. */
const char *
lz_session_get_person_name (LzSession *self, const char *id)
{
  for (guint i = 0; i < self->facts->people->len; i++)
    {
      const LzPerson *person = self->facts->people->pdata[i];

      if (g_strcmp0 (person->id, id) == 0)
        return person->name;
    }

  return id;
}

GPtrArray *
lz_session_get_people (LzSession *self)
{
  return self->facts->people;
}

GPtrArray *
lz_session_get_roads (LzSession *self)
{
  return self->facts->roads;
}

GArray *
lz_session_get_tally (LzSession *self)
{
  return self->facts->tally;
}

const LzRoad *
lz_session_find_road (LzSession *self, const LzId *id)
{
  return g_hash_table_lookup (self->roads_by_id, id);
}

const LzRoadTally *
lz_session_find_tally (LzSession *self, const LzId *road)
{
  for (guint i = 0; i < self->facts->tally->len; i++)
    {
      const LzRoadTally *tally = &g_array_index (self->facts->tally, LzRoadTally, i);

      if (lz_id_equal (&tally->road, road))
        return tally;
    }

  return NULL;
}

/* LzDraft, the newest last. */
GPtrArray *
lz_session_get_drafts (LzSession *self)
{
  return self->facts->drafts;
}

/* Category code → how often it was logged here, for lz_catalogue_search(). */
GHashTable *
lz_session_get_uses (LzSession *self)
{
  return self->facts->uses;
}

const char *
lz_session_get_category_name (LzSession *self, const char *code)
{
  return lz_words_get_category (self->facts->catalogue, code);
}

void
lz_session_tell_act (LzSession *self, LzKind kind, const LzId *subject)
{
  g_return_if_fail (LZ_IS_SESSION (self));

  g_signal_emit (self, signals[ACTED], 0, (int) kind, subject);
}

/* @done: #LzManyDone of lz-acts-many.h */
void
lz_session_tell_many (LzSession *self, gconstpointer done)
{
  g_return_if_fail (LZ_IS_SESSION (self));

  g_signal_emit (self, signals[ACTED_MANY], 0, done);
}

void
lz_session_tell_discarded (LzSession *self, const LzDraft *draft)
{
  g_return_if_fail (LZ_IS_SESSION (self));

  g_signal_emit (self, signals[DISCARDED], 0, draft);
}

/* The present in ms UTC. */
gint64
lz_session_now (void)
{
  return g_get_real_time () / 1000;
}

static void
lz_session_dispose (GObject *object)
{
  LzSession *self = LZ_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lz_session_parent_class)->dispose (object);
}

static void
lz_session_finalize (GObject *object)
{
  LzSession *self = LZ_SESSION (object);

  g_clear_pointer (&self->roads_by_id, g_hash_table_unref);
  g_clear_pointer (&self->facts, facts_free);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (lz_session_parent_class)->finalize (object);
}

static void
lz_session_class_init (LzSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lz_session_dispose;
  object_class->finalize = lz_session_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTED] = g_signal_new ("acted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_POINTER);
  signals[ACTED_MANY] = g_signal_new ("acted-many", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[DISCARDED] = g_signal_new ("discarded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_session_init (LzSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->roads_by_id = g_hash_table_new (lz_id_hash, lz_id_equal);
}
