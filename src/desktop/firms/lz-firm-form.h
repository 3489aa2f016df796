/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-firms.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* @facts: (transfer full): what was entered */
typedef void (*LzFirmFormDone) (JsonObject *facts, gpointer user_data);

/* Asks for name, licence, person in charge, telephone and vehicles of a firm.
 * @firm: (nullable): the one to change; %NULL = a new one */
void
lz_firm_form_ask (GtkWindow *parent, const LzFirm *firm, LzFirmFormDone done, gpointer user_data);

G_END_DECLS
