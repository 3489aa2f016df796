/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzMachineWindow:
 *
 * How a case goes from report to closing: the drawing of the machine where the program has one, and
 * every step with who makes it, what it needs and what it does to the clock, from the same table
 * that the buttons and the server ask.
 */
#define LZ_TYPE_MACHINE_WINDOW (lz_machine_window_get_type ())
G_DECLARE_FINAL_TYPE (LzMachineWindow, lz_machine_window, LZ, MACHINE_WINDOW, AdwWindow)

LzMachineWindow *lz_machine_window_new (GtkWindow *parent);

G_END_DECLS
