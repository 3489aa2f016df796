/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-roads-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

void
lz_person_free (LzPerson *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->unit);
  g_free (self);
}

static LzPerson *
read_person (LzStmt *stmt)
{
  LzPerson *person = g_new0 (LzPerson, 1);

  person->id = lz_stmt_dup_text (stmt, 0);
  person->name = lz_stmt_dup_text (stmt, 1);
  person->phone = lz_stmt_dup_text (stmt, 2);
  person->roles = (guint) sqlite3_column_int64 (stmt, 3);
  person->unit = lz_stmt_dup_text (stmt, 4);
  return person;
}

/**
 * lz_people_list:
 * @station: a station
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzPerson) (nullable): everybody, the station's own person
 *   first, then by id
 */
GPtrArray *
lz_people_list (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_person_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db,
                                          "SELECT id, name, phone, roles, unit FROM person"
                                          " ORDER BY id <> ?1, id",
                                          error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, lz_station_get_actor (station));
  while (lz_db_step (db, stmt, "reading the people", &failure))
    g_ptr_array_add (people, read_person (stmt));
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&people);
}

/**
 * lz_people_save:
 * @station: a station
 * @person: whom; a person with the same id is replaced
 * @error: (nullable): %LZ_ERROR_INVALID without id or name
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_people_save (LzStation *station, const LzPerson *person, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = NULL;

  if (person->id == NULL || *person->id == '\0' || person->name == NULL || *person->name == '\0')
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("A person needs an id and a name."));
      return FALSE;
    }

  stmt = lz_db_borrow (db,
                       "INSERT INTO person (id, name, phone, roles, unit)"
                       " VALUES (?1, ?2, ?3, ?4, ?5)"
                       " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
                       " phone = excluded.phone, roles = excluded.roles, unit = excluded.unit",
                       error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, person->id);
  lz_stmt_bind_text (stmt, 2, person->name);
  lz_stmt_bind_text (stmt, 3, person->phone);
  sqlite3_bind_int64 (stmt, 4, person->roles);
  lz_stmt_bind_text (stmt, 5, person->unit);
  if (!lz_db_run (db, stmt, "keeping a person", error))
    return FALSE;
  return g_strcmp0 (person->id, lz_station_get_actor (station)) != 0 ||
         lz_station_reload (station, error);
}

/* Says LZ_ERROR_NOT_FOUND for a person whom the station does not know. */
gboolean
lz_people_check (LzStation *station, const char *person, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "SELECT 1 FROM person WHERE id = ?1", error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, person);
  if (lz_db_step (db, stmt, "looking for a person", &failure))
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no person “%s”."), person);
  return FALSE;
}

/**
 * lz_people_set_actor:
 * @station: a station
 * @person: id of who acts on it from now on
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if the station does not know @person
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_people_set_actor (LzStation *station, const char *person, GError **error)
{
  return lz_people_check (station, person, error) &&
         lz_station_set_setting (station, "actor", person, error) &&
         lz_station_reload (station, error);
}
