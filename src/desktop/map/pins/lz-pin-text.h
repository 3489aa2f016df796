/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-pin-layout.h"

G_BEGIN_DECLS

/* (transfer full): what an item is, in words: for tooltips and screen readers. */
char *lz_pin_item_dup_text (const LzPinItem *item, const LzPinSet *pins);

G_END_DECLS
