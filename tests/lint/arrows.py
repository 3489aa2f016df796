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
# The rooms of a folder, from the ground up, as its meson.build lists them: each knows only those
# before it, and what lies beside them in the folder itself knows all.
ROOMS = re.compile(r"^lz_\w+_rooms = \[(.*?)\]", re.M | re.S)
INCLUDE = re.compile(r'^#\s*include\s+([<"])([^>"]+)', re.M)


def part_of(path):
    parts = path.split("/")
    if parts[1:4] == ["core", "store", "db"]:
        return "db"
    return parts[2] if parts[1] == "core" and len(parts) > 3 else parts[1]


def list_files(*patterns):
    return subprocess.run(["tests/lint/files.sh", *patterns], check=True, text=True,
                          capture_output=True).stdout.split()


def read_rooms():
    """Folders that have rooms, with their names in order."""
    found = {}
    for path in list_files("src/*meson.build"):
        with open(path, encoding="utf-8") as file:
            rooms = ROOMS.search(file.read())
        if rooms:
            found[os.path.dirname(path)] = re.findall(r"'([^']+)'", rooms.group(1))
    return found


def floor_of(path, rooms):
    """The folder that has rooms and the floor of the file's room there; None elsewhere."""
    house, room = os.path.split(os.path.dirname(path))
    return (house, rooms[house].index(room)) if room in rooms.get(house, []) else None


def climbs(floor, other):
    """Whether a file on the one floor may not include one on the other: it stands above."""
    return floor is not None and other is not None and floor[0] == other[0] and other[1] > floor[1]


def main():
    files = [f for f in list_files("src/*.c", "src/*.h") if os.path.exists(f)]
    rooms = read_rooms()
    floors = {os.path.basename(f): floor_of(f, rooms) for f in files if f.endswith(".h")}
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
                wrong |= climbs(floor_of(path, rooms), floors.get(os.path.basename(header)))
            for library, may in OUTSIDE.items():
                wrong |= kind == "<" and re.match(library, header) is not None and part not in may
            if wrong:
                print(f"{path}: includes {header}")
                bad += 1
    print(f"{len(files)} files, {bad} includes against the arrows")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
