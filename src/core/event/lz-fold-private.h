/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"

G_BEGIN_DECLS

/* The row that @event takes @self along, or NULL with @objection (nullable) in untranslated words.
 */
const LzTransition *
lz_fold_find_legal (const LzCase *self, const LzEvent *event, const char **objection);

G_END_DECLS
