/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-station.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean lz_records_act (LzStation *station,
                         const char *kind,
                         const LzId *subject,
                         JsonObject *facts,
                         const LzBody *body,
                         LzId *made,
                         GError **error);

G_END_DECLS
