#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The patrol page, by keyboard and screen reader: a patrol is started, a case logged on it, what was
walked is marked by hand and sealed; an imported one opens with its roads and its replay.

test-patrol.py LUZHANG LUZHANG_CLI [SHOTS]"""

import json
import os
import re
import shutil
import sys
import tempfile
from datetime import datetime, timedelta, timezone

from window import PHOTOS, ROOT, Luzhang, keys, rest, run_cli, wait_for

sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))
from lz_walk import gpx  # noqa: E402


def make_station(bin_dir, station):
    run_cli(bin_dir, station, "station", "init", "--sample")
    start = datetime.now(timezone.utc) - timedelta(hours=1, minutes=30)
    track = os.path.join(os.path.dirname(station), "早班.gpx")
    with open(track, "w", encoding="utf-8") as file:
        file.write(gpx(station, [("建设路", 0, 2600), ("雄石路", 200, 1400)], start, mps=1.5))
    run_cli(bin_dir, station, "patrol", "import", track)


def patrols(app):
    return json.loads(app.cli("patrol", "list", "--json"))


def main():
    bin_dirs = [os.path.dirname(path) for path in sys.argv[1:3]]
    folder = tempfile.mkdtemp(prefix="luzhang-patrol-")
    bin_dir = os.path.join(folder, "bin")
    os.mkdir(bin_dir)
    for name, place in zip(("luzhang", "luzhang-cli"), bin_dirs):
        os.symlink(os.path.abspath(os.path.join(place, name)), os.path.join(bin_dir, name))
    station = os.path.join(folder, "station")
    make_station(bin_dir, station)

    with Luzhang(bin_dir, station) as app:
        frame = app.main()
        keys("alt+4")
        frame.find("push button", "Start a Patrol")

        # The imported one: sealed, its roads with percent and gaps, its replay.
        history = frame.find("list", "Patrols")
        wait_for(lambda: len(history.all("list item")) == 1, "the imported patrol in the history")
        assert frame.look(None, re.compile("^Due$|^Done$")), "duties with their state in words"
        history.all("list item")[0].click(app.take_focus())
        frame.find("label", re.compile("^Sealed: nothing"))
        roads = frame.find("list", "Roads")
        assert roads.look("list item", re.compile("^建设路")), "the roads of the patrol"
        frame.find("slider", "Time of the patrol")
        frame.find("push button", "Back to all Patrols (Esc)").press()

        # Start, log a case, mark what was walked, seal.
        frame.find("push button", "Start a Patrol").press()
        frame.find("push button", "Finish and Seal")
        wait_for(lambda: patrols(app)[0]["state"] == "under_way", "the patrol to be under way")
        app.cli("case", "log", "--category", "T07-01", "--at", "28.2925,117.2210", "--photo",
                os.path.join(PHOTOS, "gps", "DSCN0010.jpg"), "--note", "垃圾")
        frame.find("push button", "Finish and Seal").press()
        frame.find("label", "What Was Walked?")
        frame.find("push button", "Add").press()
        wait_for(lambda: len(frame.find("list", "What was walked").all("list item")) == 1, "the stretch")
        for button in frame.all("push button", "Finish and Seal"):
            if button.showing:
                button.press()
        sealed = wait_for(lambda: next((p for p in patrols(app) if p["how"] == "hand"), None), "the sealed patrol")
        assert sealed["state"] == "sealed" and sealed["roads"][0]["percent"] == 100, sealed
        shown = json.loads(app.cli("patrol", "show", sealed["id"], "--json"))
        assert shown["cases"] == 1, shown

        # It is on show: with its seal and its case; a note is all that can be added.
        frame.find("label", re.compile("^Sealed: nothing"))
        frame.find("list", "Cases found on it")
        note = frame.find("text", "Note on the patrol")
        note.write("补充")
        note.focus()
        keys("Return")
        frame.find("list", "Notes")
        app.take_focus()
        keys("Escape")
        rest(0.3)
        frame.find("push button", "Start a Patrol")
        wait_for(lambda: len(frame.find("list", "Patrols").all("list item")) == 2, "both in the history")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
