#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Gathers the strings of po/POTFILES.in into the template $1, as meson's preset "glib" does.
set -eu
cd "$(dirname "$0")/../.."
xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --package-name=luzhang --add-comments \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=g_dcgettext:2 \
  --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 --keyword=ngettext:1,2 \
  --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format \
  --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format \
  --flag=g_string_printf:2:c-format --flag=g_string_append_printf:2:c-format \
  --flag=g_error_new:3:c-format --flag=g_set_error:4:c-format \
  --force-po --output="$1"
