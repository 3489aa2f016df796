/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/** LZ_SAMPLE_OFFICE: 花园街道 of 贵溪市. */
#define LZ_SAMPLE_OFFICE "360681001"

/* Streets, people and assignments of the sample, into a new station. */
gboolean lz_sample_fill (LzStation *station, GError **error);

G_END_DECLS
