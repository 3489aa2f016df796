/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-simulate"

#include "config.h"

#include "lz-simulate.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Convergence: an office of several stations does things at random, offline and online, with broken
 * lines, restarts and a server that is killed; at the end everybody must hold the same truth.  A
 * seed that fails is printed and can be run alone: --seed N. */

static int opt_first = 1;
static int opt_seeds = 20;
static int opt_acts = 60;
static gboolean opt_verbose;

static const GOptionEntry entries[] = {
  { "seed", 0, 0, G_OPTION_ARG_INT, &opt_first, "the first seed", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_INT, &opt_seeds, "how many", "N" },
  { "acts", 0, 0, G_OPTION_ARG_INT, &opt_acts, "acts of each station", "N" },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &opt_verbose, "what each seed did", NULL },
  { NULL }
};

/* One thing that one station does. */
static void
do_something (Office *office, Member *member)
{
  guint dice = (guint) g_rand_int_range (office->random, 0, 100);

  if (dice < 78)
    member_act (office, member);
  else if (dice < 80)
    member_withdraw (office, member);
  else if (dice < 83)
    member_settle (office, member);
  else if (dice < 85)
    member_reopen (office, member);
  else if (dice < 86 && g_rand_int_range (office->random, 0, 3) == 0)
    office_restart_server (office);
  else if (member->offline > 0)
    member->offline--;
  else if (dice < 89)
    member->offline = (guint) g_rand_int_range (office->random, 1, 16);
  else
    member_sync (office, member, dice < 93 ? g_rand_int_range (office->random, 0, 15000) : -1);
}

static void
run_seed (const char *template, guint32 seed)
{
  g_autoptr (Office) office = office_new (template, seed);
  gint64 begin = g_get_monotonic_time ();

  for (int i = 0; i < opt_acts * N_MEMBERS; i++)
    do_something (office, &office->members[g_rand_int_range (office->random, 0, N_MEMBERS)]);
  office_settle (office);
  office_check (office);
  if (opt_verbose)
    g_print ("# seed %u: %u acts, %u refused, %u withdrawn, %u syncs (%u broken), %u restarts, "
             "%" G_GINT64_FORMAT " ms\n",
             seed, office->n_acts, office->n_refused, office->n_withdrawn, office->n_syncs,
             office->n_broken, office->n_restarts, (g_get_monotonic_time () - begin) / 1000);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *template = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  /* in memory: what a kill leaves behind is the same there, and no disk is waited for */
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
  template = office_make_template ();
  g_print ("TAP version 14\n1..%d\n", opt_seeds);
  for (int i = 0; i < opt_seeds; i++)
    {
      guint32 seed = (guint32) (opt_first + i);

      simulate_seed = seed;
      run_seed (template, seed);
      g_print ("ok %d - seed %u\n", i + 1, seed);
    }
  office_remove (template);
  return 0;
}
