/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-session.h"

G_BEGIN_DECLS

/**
 * lz_act_phrases_dup:
 * @session: (nullable): a session, for the office's own
 * @kind: what is done
 * @category: (nullable): code of the case's category
 *
 * Returns: (transfer full) (element-type utf8): the usual reasons and opinions for @kind, in the
 *   person's language, the most fitting first; can be empty
 */
GPtrArray *lz_act_phrases_dup (LzSession *session, LzKind kind, const char *category);

G_END_DECLS
