/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-office.h"

G_BEGIN_DECLS

gboolean lz_office_add_phrase (LzStation *station,
                               const char *category,
                               LzKind kind,
                               const char *words,
                               GError **error);
gboolean lz_office_remove_phrase (LzStation *station,
                                  const char *category,
                                  LzKind kind,
                                  const char *words,
                                  GError **error);

G_END_DECLS
