/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A target is one file fuzz-NAME.c with this function; it may be called any number of times and
 * aborts on a finding.  Without libFuzzer, driver.c calls it with each file of samples/NAME. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
