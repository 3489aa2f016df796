/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cli.h"

G_BEGIN_DECLS

/* Verbs that need a server or exchange with one. */
extern const LzVerb lz_cli_sync_verbs[];
extern const LzVerb lz_cli_carry_verbs[];

G_END_DECLS
