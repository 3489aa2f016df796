/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends a field of a CSV row (RFC 4180), in quotes where it needs them; nothing for %NULL. */
void lz_csv_append_field (GString *row, const char *value);
/* The same, always in quotes. */
void lz_csv_append_quoted (GString *row, const char *value);

G_END_DECLS
