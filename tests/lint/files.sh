#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the project's files that match the given git patterns, one a line.  Without a repository
# (a tarball) all files count but those of build folders.
set -eu
cd "$(dirname "$0")/../.."
if git -c safe.directory='*' rev-parse --git-dir >/dev/null 2>&1; then
  git -c safe.directory='*' -c core.quotePath=off ls-files -- "$@"
else
  [ $# -gt 0 ] || set -- '*'
  pattern=$(printf '%s\n' "$@" | sed 's/[.]/\\./g; s/[*]/.*/g; s/^/(^|\/)/; s/$/$/' | paste -sd '|')
  find . -type d \( -name '_build*' -o -name .git -o -name shots -o -name __pycache__ \) -prune -o \
    -type f -print | sed 's,^\./,,' | grep -E "$pattern" || true
fi
