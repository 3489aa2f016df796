#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints what po/POTFILES.in must list: every file with words for people.
set -eu
cd "$(dirname "$0")/../.."
echo "# Every file with words for people; ./dev po writes this list."
{
  tests/lint/files.sh 'src/*.c' 'src/*.h' |
    xargs -r grep -slE '\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\(' || true
  tests/lint/files.sh '*.ui' | xargs -r grep -sl 'translatable="yes"' || true
  tests/lint/files.sh 'data/*.desktop.in' 'data/*.metainfo.xml.in'
} | LC_ALL=C sort
