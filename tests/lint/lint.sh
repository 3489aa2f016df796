#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The lints, a function each: lint.sh NAME [ARGUMENTS].  Exit code 77: skipped, its tool is not here.
set -eu
cd "$(dirname "$0")/../.."
LC_ALL=C.UTF-8
export LC_ALL

files() { tests/lint/files.sh "$@"; }

# The sources but for vanished ones (deleted, not committed yet).
sources() { files "$@" | while read -r f; do [ -e "$f" ] && echo "$f"; done; }

need() {
  for tool; do
    command -v "$tool" >/dev/null || { echo "no $tool here"; exit 77; }
  done
}

# Fails if there was any output; the output says what is wrong.
empty() {
  found=$(cat)
  [ -z "$found" ] && return 0
  echo "$found"
  echo "$1" >&2
  return 1
}

lint_format() {
  need clang-format
  sources '*.c' '*.h' | xargs -r -n 16 -P 2 clang-format --dry-run -Werror --style=file
}

# core must not know a window or a network: no such symbol is wanted by its libraries.
lint_core_has_no_ui() {
  need nm
  for library; do
    [ -s "$library" ] || { echo "no library $library"; continue; }
    nm -u "$library" | grep -E ' (gtk|gdk|gsk|adw|shumate|soup|MHD)_' |
      grep -v ' gdk_pixbuf' | sed "s,^,$(basename "$library"): ," || true
  done | sort -u | empty "core must not use the toolkit or HTTP"
}

lint_arrows() { /usr/bin/python3 tests/lint/arrows.py; }

# event, clock, tally and wire are pure: what they need is handed to them.
lint_pure() {
  sources 'src/core/event/*.c' 'src/core/clock/*.c' 'src/core/tally/*.c' 'src/core/wire/*.c' |
    xargs -r grep -nE '\b(g_file_(get|set|new|open)[a-z_]*|fopen|open|creat|g_open|g_spawn[a-z_]*|g_get_real_time|g_get_monotonic_time|g_date_time_new_now[a-z_]*|time|clock_gettime|g_getenv) \(' |
    empty "event, clock, tally and wire do no I/O and read no clock"
}

lint_sql_stays_home() {
  sources 'src/*.c' 'src/*.h' | grep -vE '^src/(core|server)/store/|mbtiles|gpkg' |
    xargs -r grep -nE '"[[:space:]]*(SELECT|INSERT (OR|INTO)|UPDATE [a-z]+ SET|DELETE FROM|CREATE (TABLE|VIEW|INDEX|TRIGGER|VIRTUAL)|PRAGMA|ATTACH|BEGIN IMMEDIATE)\b|#include <sqlite3.h>' |
    empty "SQL belongs into src/core/store and src/server/store"
}

lint_length() {
  sources '*.c' '*.h' '*.py' '*.sh' 'dev' | xargs -r wc -l | grep -v ' total$' | awk '
    $1 > 1000 { print $2 ": " $1 " lines"; bad = 1; next }
    $1 > 700 { print "long: " $2 ": " $1 " lines" > "/dev/stderr" }
    END { exit bad }'
}

lint_left_overs() {
  sources '*.c' '*.h' '*.py' '*.sh' '*.ui' '*.css' '*.sql' '*.build' '*.yaml' '*.yml' '*.md' dev .ci/run |
    grep -v '^tests/lint/lint.sh$' | xargs -r grep -nwE 'TO[D]O|FIX[M]E|XX[X]|HA[C]K' |
    empty "left-overs: do it, or write an issue"
}

lint_no_machine_paths() {
  sources | grep -vE '^tests/lint/lint.sh$|^tests/data/' |
    xargs -r grep -InE '(^|[^A-Za-z0-9_}])/(work|root|home/[a-z]+|tmp/bash_jobs)/' |
    empty "a path of one machine"
}

lint_spdx() {
  sources '*.c' '*.h' '*.py' '*.sh' '*.ui' '*.css' '*.sql' '*.svg' '*.xml' '*.xml.in' dev .ci/run |
    grep -v '^tests/data/' | while read -r f; do
    case $f in *metainfo*) continue ;; esac # says it in its own tags
    head -n 3 "$f" | grep -q 'SPDX-License-Identifier: ' || echo "$f"
  done | empty "no SPDX line at the top"
}

lint_shell() {
  need shellcheck
  sources '*.sh' dev .ci/run | xargs -r shellcheck -x
}

lint_python() {
  sources '*.py' | while read -r f; do
    /usr/bin/python3 -c 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])' "$f"
  done
}

# The files of a database, in their order, one after the other.
lint_migrations() {
  need sqlite3
  for folder in src/core/store/sql src/core/sql src/server/store/sql; do
    [ -d "$folder" ] || continue
    cat "$folder"/*.sql | sqlite3 -bail :memory: || { echo "in $folder"; return 1; }
  done
}

lint_ui() {
  need xmllint
  sources '*.ui' '*.xml' '*.xml.in' '*.svg' | grep -v '^tests/data/' | xargs -r xmllint --noout --nonet
  # The builder tool knows GTK's own types only; the desktop tests construct the rest.
  if command -v gtk4-builder-tool >/dev/null && command -v Xvfb >/dev/null; then
    sources '*.ui' | while read -r f; do
      grep -qE 'class="(Adw|Lz|Shumate)|<template' "$f" && continue
      tests/desktop/in-private.sh --screen gtk4-builder-tool validate "$f" || exit 1
    done
  fi
}

lint_desktop_file() {
  need desktop-file-validate
  desktop-file-validate "$1"
  grep -q '^Name\[zh_CN\]=.' "$1" || { echo "no Chinese name"; return 1; }
}

lint_metainfo() {
  need appstreamcli
  appstreamcli validate --no-net "$1"
}

lint_schemas() {
  need glib-compile-schemas
  glib-compile-schemas --strict --dry-run data
}

# Each file with words for people is in POTFILES.in, each one named there exists, in order.
lint_potfiles() {
  tests/lint/potfiles.sh | diff -u po/POTFILES.in - | grep '^[-+]' | empty "po/POTFILES.in is not up to date: ./dev po"
}

# Every string is in Chinese: none missing, none fuzzy, none of an older source.
lint_translated() {
  need msgfmt msgcmp xgettext
  here=$(mktemp -d)
  trap 'rm -rf "$here"' EXIT
  # A warning is a string that no translator can see whole, such as one with a macro in it.
  tests/lint/make-pot.sh "$here/luzhang.pot" 2>&1 | empty "xgettext"
  sources 'src/*.c' | xargs -r grep -nE '\b(_|N_|C_|ngettext) ?\("([^"\\]|\\.)*" [A-Z]' | empty "a macro within a string"
  for po in po/*.po; do
    grep -qx "$(basename "$po" .po)" po/LINGUAS
    msgfmt --check --output-file=/dev/null "$po"
    msgcmp "$po" "$here/luzhang.pot"
  done
}

lint_flatpak() {
  need flatpak-builder
  here=$(mktemp -d)
  trap 'rm -rf "$here"' EXIT
  for manifest in flatpak/*.yml; do
    manifest=$PWD/$manifest
    (cd "$here" && HOME=$here flatpak-builder --show-manifest "$manifest" >/dev/null) # it leaves files
  done
}

lint_openapi() {
  [ -e data/api/openapi.yaml ] || { echo "no API here yet"; exit 77; }
  /usr/bin/python3 tests/lint/openapi.py data/api/openapi.yaml
}

name=$1
shift
"lint_$(echo "$name" | tr - _)" "$@"
