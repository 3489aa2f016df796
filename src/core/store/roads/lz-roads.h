/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-road-index.h"
#include "lz-station.h"
#include "lz-streets.h"

G_BEGIN_DECLS

/**
 * LzRoad:
 * @grade: an #LzStreetClass
 * @level: at which level the station's person answers for it: 0 not, 1 一级, 2 二级, 3 三级, 4
 * 总路长
 * @parts: (element-type LzLine): every piece, for drawing
 *
 * A road of the office.
 */
typedef struct
{
  LzId id;
  char *name;
  char *initials;
  LzStreetClass grade;
  char *from_name;
  char *to_name;
  double length_m;
  guint level;
  LzLine *line;
  GPtrArray *parts;
} LzRoad;

/* At which level somebody answers for a road, as in #LzRoad; translated. */
const char *lz_road_level_label (guint level);

LzRoad *lz_road_copy (const LzRoad *self);
void lz_road_free (LzRoad *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRoad, lz_road_free)

/* Array of LzRoad by name; @mine: only those assigned to the station's person. */
GPtrArray *lz_roads_list (LzStation *station, gboolean mine, GError **error);
LzRoad *lz_roads_load (LzStation *station, const LzId *id, GError **error);
LzRoad *lz_roads_find_by_name (LzStation *station, const char *name, GError **error);

/* Nearest assigned road, else nearest road of all, within 60 m.  FALSE without @error: none. */
gboolean lz_roads_snap (LzStation *station,
                        LzPoint point,
                        LzId *road,
                        char **road_name,
                        LzProjection *projection,
                        GError **error);

/* Takes a street map in: replaces the station's streets, adds or updates roads by name and place,
 * keeps the assignments of roads that are found again.  One transaction. */
LzImportReport *
lz_roads_import (LzStation *station, const char *path, GCancellable *cancellable, GError **error);
LzImportReport *lz_roads_import_bytes (LzStation *station,
                                       GBytes *bytes,
                                       GCancellable *cancellable,
                                       GError **error);

gboolean lz_roads_assign (LzStation *station,
                          const LzId *road,
                          const char *person,
                          guint level,
                          GError **error);
gboolean
lz_roads_unassign (LzStation *station, const LzId *road, const char *person, GError **error);

/**
 * LzAssignment: who answers for a road, as the server says.
 */
typedef struct
{
  LzId road;
  char *person;
  guint level;
  gint64 since_ms;
} LzAssignment;

void lz_assignment_clear (LzAssignment *self);

/* Takes the server's roads (LzRoad) and assignments (LzAssignment) in place of the station's own;
 * a road that a case names stays.  One transaction. */
gboolean lz_roads_take (LzStation *station, GPtrArray *roads, GArray *assignments, GError **error);
/* Takes a street map for drawing only; roads stay as they are. */
gboolean lz_roads_take_streets (LzStation *station,
                                GBytes *bytes,
                                GCancellable *cancellable,
                                GError **error);

/* The street map for drawing: array of LzStreet that touch @box; NULL box = all. */
GPtrArray *lz_roads_list_streets (LzStation *station, const LzBox *box, GError **error);
gboolean lz_roads_get_extent (LzStation *station, LzBox *box, GError **error);
char *lz_roads_dup_attribution (LzStation *station);

/**
 * LzPerson: somebody of the office.
 */
typedef struct
{
  char *id;
  char *name;
  char *phone;
  guint roles;
  char *unit;
} LzPerson;

void lz_person_free (LzPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPerson, lz_person_free)
GPtrArray *lz_people_list (LzStation *station, GError **error);
gboolean lz_people_save (LzStation *station, const LzPerson *person, GError **error);
gboolean lz_people_set_actor (LzStation *station, const char *person, GError **error);

G_END_DECLS
