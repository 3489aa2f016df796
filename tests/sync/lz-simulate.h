/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"
#include "lz-sync.h"

#define N_MEMBERS 6

/**
 * Member: one station of the simulated office.
 * @home: reads the subdistrict's feed, not a unit's
 * @acked: ids of the events that the store confirmed to its user, as strings
 */
typedef struct
{
  const char *user;
  gboolean home;
  char *dir;
  LzStation *station;
  LzSync *sync;
  guint offline; /* turns left without a line */
  GHashTable *acked;
  GHashTable *withdrawn;
} Member;

/**
 * Office: a server process and its stations, all in one folder.
 */
typedef struct
{
  char *dir;
  char *url;
  GPid server;
  GRand *random;
  Member members[N_MEMBERS];
  guint n_acts;
  guint n_refused;
  guint n_withdrawn;
  guint n_syncs;
  guint n_broken;
  guint n_restarts;
  guint n_photos;
} Office;

extern guint32 simulate_seed;

/* Ends the program, naming the seed. */
void fail (const char *format, ...) G_GNUC_PRINTF (1, 2) G_GNUC_NORETURN;
#define check(what, ...)  \
  G_STMT_START            \
  {                       \
    if (!(what))          \
      fail (__VA_ARGS__); \
  }                       \
  G_STMT_END

/* An office where everybody has logged in, to copy for each seed. */
char *office_make_template (void);
void office_remove (const char *dir);
Office *office_new (const char *template, guint32 seed);
void office_free (Office *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Office, office_free)
void office_restart_server (Office *self);
/* Everybody syncs until nothing moves. */
void office_settle (Office *self);
void office_check (Office *self);

void member_open (Office *office, Member *self);
void member_reopen (Office *office, Member *self);
void member_act (Office *office, Member *self);
void member_withdraw (Office *office, Member *self);
void member_settle (Office *office, Member *self);
/* @break_us: the line breaks after so long; -1 = it holds. */
gboolean member_sync (Office *office, Member *self, int break_us);
