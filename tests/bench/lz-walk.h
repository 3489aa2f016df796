/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/* Gives the lists of tasks of a filled station something to hold: reports @n_new problems that no
 * rule files, and takes these, and @n_old cases that are with units, along the machine by a few
 * legal steps each, drawn at random from its own table, so that every state is met. */
void lz_walk_cases (LzStation *station, guint n_new, guint n_old);

G_END_DECLS
