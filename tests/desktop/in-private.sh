#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# in-private.sh [--screen] COMMAND…: runs it with a session bus, a home and, with --screen, a
# display of its own (LZ_OWN_SCREEN says so), which all go with it.  Exit code 77 (skipped) where the tools are not there.
set -eu
screen=
[ "$1" != --screen ] || { screen=yes; shift; }
for tool in dbus-run-session ${screen:+Xvfb}; do
  command -v "$tool" >/dev/null || { echo "no $tool here"; exit 77; }
done
home=$(mktemp -d "${TMPDIR:-/tmp}/luzhang-home-XXXXXX")
server=
trap 'rm -rf "$home"; [ -z "$server" ] || kill "$server"' EXIT
mkdir -m 700 "$home/run"
unset DISPLAY XAUTHORITY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS
if [ -n "$screen" ]; then
  # The server itself finds a number that is free and says it when it is ready; it stays as it is
  # while a first program goes and the next one comes.
  mkfifo "$home/display"
  Xvfb -displayfd 3 -screen 0 "${LZ_SCREEN:-1680x1050}x24" -nolisten tcp -noreset 3>"$home/display" 2>"$home/xvfb.log" &
  server=$!
  read -r number <"$home/display" || { cat "$home/xvfb.log" >&2; exit 1; }
  export DISPLAY=":$number" LZ_OWN_SCREEN=1
fi
HOME=$home XDG_RUNTIME_DIR=$home/run XDG_DATA_HOME=$home/.local/share XDG_CONFIG_HOME=$home/.config \
  XDG_CACHE_HOME=$home/.cache GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 dbus-run-session -- "$@"
