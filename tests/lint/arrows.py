#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that no file includes against the arrows of ARCHITECTURE.md.  The include paths of the
build forbid most of it already; this one also names the folders that the build cannot tell apart."""

import os
import re
import subprocess
import sys

CORE = {"base", "clock", "event", "tally", "bulletin", "wire", "record", "patrol", "place", "photo", "db", "store"}
ARROWS = {
    "base": set(),
    "clock": {"base"},
    "event": {"base", "clock"},
    "tally": {"base", "clock", "event"},
    "bulletin": {"base", "clock", "event", "wire", "tally"},
    "wire": {"base", "clock", "event"},
    "record": {"base", "clock", "event", "wire"},
    "place": {"base"},
    "patrol": {"base", "clock", "event", "wire", "record", "place"},
    "photo": {"base"},
    "db": {"base"},
    "store": CORE,
    "sync": CORE,
    "paper": CORE,
    "cli": CORE | {"sync", "paper"},
    "server": CORE,
    "desktop": CORE | {"sync", "paper"},
}
# Which libraries only some folders may know.
OUTSIDE = {
    r"gtk/|gdk/gdk|adwaita|shumate": {"desktop"},
    r"libsoup": {"sync", "desktop"},  # the desktop: tiles of an online map
    r"microhttpd": {"server"},
    r"xlsxwriter|qrencode": {"paper"},
}
# The store's rooms, from the ground up; each knows only those before it, and what lies beside them
# (the thread, opening and making a station) knows all.
ROOMS = re.compile(r"^lz_store_rooms = \[(.*?)\]", re.M | re.S)
INCLUDE = re.compile(r'^#\s*include\s+([<"])([^>"]+)', re.M)


def part_of(path):
    parts = path.split("/")
    if parts[1:4] == ["core", "store", "db"]:
        return "db"
    return parts[2] if parts[1] == "core" and len(parts) > 3 else parts[1]


def read_rooms():
    with open("src/core/store/meson.build", encoding="utf-8") as file:
        return re.findall(r"'([^']+)'", ROOMS.search(file.read()).group(1))


def room_of(path):
    """The room of a file of the store; None elsewhere."""
    parts = path.split("/")
    return parts[3] if parts[1:3] == ["core", "store"] and len(parts) > 4 and parts[3] != "db" else None


def climbs(room, other, rooms):
    """Whether a file in room may not include one in other: it stands above."""
    return room is not None and other is not None and rooms.index(other) > rooms.index(room)


def main():
    files = subprocess.run(["tests/lint/files.sh", "src/*.c", "src/*.h"], check=True, text=True,
                           capture_output=True).stdout.split()
    files = [f for f in files if os.path.exists(f)]
    rooms = read_rooms()
    store_rooms = {os.path.basename(f): room_of(f) for f in files if f.endswith(".h")}
    owners = {os.path.basename(f): part_of(f) for f in files if f.endswith(".h")}
    bad = 0
    for path in files:
        part = part_of(path)
        if part not in ARROWS:
            print(f"{path}: a folder that no arrow names")
            bad += 1
            continue
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for kind, header in INCLUDE.findall(text):
            owner = owners.get(os.path.basename(header)) if kind == '"' else None
            wrong = owner is not None and owner != part and owner not in ARROWS[part]
            if kind == '"':
                wrong |= climbs(room_of(path), store_rooms.get(os.path.basename(header)), rooms)
            for library, may in OUTSIDE.items():
                wrong |= kind == "<" and re.match(library, header) is not None and part not in may
            if wrong:
                print(f"{path}: includes {header}")
                bad += 1
    print(f"{len(files)} files, {bad} includes against the arrows")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
