/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-db.h"

G_BEGIN_DECLS

/* Brings the file up to @schema; see lz-db-migrate.c. */
gboolean lz_db_migrate (LzDb *self, const LzDbSchema *schema, GError **error);

G_END_DECLS
