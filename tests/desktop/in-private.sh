#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# in-private.sh [--screen] COMMAND…: runs it with a session bus, a home and, with --screen, a
# display of its own, which all go with it.  Exit code 77 (skipped) where the tools are not there.
set -eu
screen=
[ "$1" != --screen ] || { screen=yes; shift; }
for tool in dbus-run-session ${screen:+Xvfb xvfb-run xauth}; do
  command -v "$tool" >/dev/null || { echo "no $tool here"; exit 77; }
done
home=$(mktemp -d "${TMPDIR:-/tmp}/luzhang-home-XXXXXX")
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
unset DISPLAY XAUTHORITY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS
set -- dbus-run-session -- "$@"
[ -z "$screen" ] || set -- xvfb-run -a -n "$((100 + $$ % 20000))" -s "-screen 0 ${LZ_SCREEN:-1680x1050}x24 -nolisten tcp" "$@"
HOME=$home XDG_RUNTIME_DIR=$home/run XDG_DATA_HOME=$home/.local/share XDG_CONFIG_HOME=$home/.config \
  XDG_CACHE_HOME=$home/.cache GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 "$@"
