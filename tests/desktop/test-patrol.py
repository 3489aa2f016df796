#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The patrol page, by keyboard and screen reader: an imported patrol opens with its
roads, its seal and its replay; another is started, a case logged on it, and what was walked marked.

test-patrol.py LUZHANG LUZHANG_CLI [SHOTS]"""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone

from window import PHOTOS, ROOT, Luzhang, keys, make_place, rest, run_cli, wait_for

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
    with make_place("patrol") as (_, bin_dir, station):
        make_station(bin_dir, station)

        with Luzhang(bin_dir, station) as app:
            frame = app.main()
            keys("alt+4")
            frame.find("push button", "Start a Patrol")

            # The imported one: sealed, its roads with percent and gaps, its replay.
            history = frame.find("list", "Patrols")
            wait_for(lambda: len(history.all("list item")) == 1, "the imported patrol in the history")
            assert frame.look(None, re.compile("^Due$|^Done$")), "duties with their state in words"
            window = app.take_focus()  # tall enough that the history shows below what is due
            subprocess.run(["xdotool", "windowsize", window, "1400", "1040"], check=True)
            rest(0.5)
            history.all("list item")[0].click(window)
            frame.find("label", re.compile("^Sealed: nothing"))
            roads = frame.find("list", "Roads")
            assert roads.look("list item", re.compile("^建设路")), "the roads of the patrol"
            frame.find("slider", "Time of the patrol")
            back = frame.find("push button", "Back to all Patrols")
            back.focus()  # by Tab
            keys("space")
            wait_for(lambda: not back.has("focused"), "all patrols")

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
            under_way = json.loads(app.cli("patrol", "show", "--json"))
            assert under_way["cases"] == 1, under_way
            for _ in range(40):  # the last one in the pane, below what was walked
                keys("Tab")
                rest(0.05)
                seal = next((button for button in frame.all("push button", "Finish and Seal") if button.has("focused")), None)
                if seal is not None:
                    break
            keys("space")
            wait_for(lambda: all(patrol["state"] != "under_way" for patrol in patrols(app)), "the patrol to be sealed")
            sealed = patrols(app)[0]
            assert sealed["how"] == "hand" and sealed["way_m"] > 0, sealed


if __name__ == "__main__":
    main()
