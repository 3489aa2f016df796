#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A patrol recorded live: positions come from a stand-in for GeoClue, are drawn and kept, and say what is covered; the
service goes away on the way and comes back, and nothing is lost.

test-locate.py LUZHANG LUZHANG-CLI"""

import json
import os
import re
import sqlite3
import struct
import sys
import time

from geoclue import GeoClue, SystemBus
from roles import check, play
from window import Luzhang, keys, wait_for

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from lz_walk import along, line_of  # noqa: E402

ROAD = "建设路"
STEP_M = 4.5  # a walk, by the moved clock's 3.1 s


class Clock:
    """The program's wall clock."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "clock")
        self.ms = int(time.time() * 1000)
        with open(self.path, "wb") as file:
            file.write(struct.pack("=q", self.ms))

    def pass_ms(self, ms):
        self.ms += ms
        with open(self.path, "r+b") as file:
            file.write(struct.pack("=q", self.ms))

    def env(self):
        return {"LD_PRELOAD": os.environ["LZ_MOVED_CLOCK_LIBRARY"], "LZ_MOVED_CLOCK": self.path}


def n_kept(app):
    """How many positions are safely in the station."""
    with sqlite3.connect(f"file:{os.path.join(app.station, 'station.gpkg')}?mode=ro", uri=True) as db:
        return db.execute("SELECT count(*) FROM patrol_fix").fetchone()[0]


def walk(app, clock, service, places):
    """Goes along places; each is kept before the next comes."""
    for latitude, longitude in places:
        known = n_kept(app)
        clock.pass_ms(3100)
        service.move(latitude / 1e7, longitude / 1e7)
        wait_for(lambda: n_kept(app) == known + 1, "the position to be kept")  # pylint: disable=cell-var-from-loop


def live(office):
    office.use("wang")
    clock = Clock(os.path.dirname(office.station))
    places = list(along(line_of(office.station, ROAD), 100, 400, STEP_M))
    with SystemBus() as bus:
        service = GeoClue(bus)
        env = {"DBUS_SYSTEM_BUS_ADDRESS": bus.address, **clock.env()}
        with Luzhang(office.bin_dir, office.station, env, shots=os.environ.get("LUZHANG_SHOTS")) as app:
            frame = app.main()
            keys("alt+4")
            start = frame.find("push button", "Start a Patrol")
            check(not service.active, "nobody is located before a patrol begins")
            service.move(places[0][0] / 1e7, places[0][1] / 1e7)
            start.press()
            frame.find("push button", "Finish and Seal")
            wait_for(lambda: service.active, "the program to ask where it is")
            check(service.asked.get("DesktopId") == "org.luzhang.Luzhang", "by its own name")

            walk(app, clock, service, places[1:31])
            row = frame.find("list", "Covered so far").find("list item", re.compile("^" + ROAD))
            check(True, f"what is covered so far shows: {row.name}")
            app.shot("patrol-live")

            before = n_kept(app)
            service.stop()
            lost = frame.find("label", re.compile("^The location service has stopped. What was recorded is kept"))
            check(n_kept(app) == before > 30, f"the service went away, nothing is lost: {lost.name}")
            app.shot("patrol-service-lost")

            service = GeoClue(bus)
            service.move(places[31][0] / 1e7, places[31][1] / 1e7)
            wait_for(lambda: service.active, "the program to ask again")
            walk(app, clock, service, places[32:])
            wait_for(lambda: not lost.showing or not lost.name, "the warning to go")
            check(True, "recording goes on when it is back")

            frame.find("push button", "Finish and Seal").press()
            frame.find("label", re.compile("^Sealed: nothing"))
            wait_for(lambda: not service.active, "the receiver to be let go")
            check(True, "nobody is located after the end")
            app.shot("patrol-live-sealed")
            sealed = json.loads(app.cli("patrol", "list", "--json"))[0]
            told = json.loads(app.cli("patrol", "show", sealed["id"], "--json"))
            road = next(road for road in told["roads"] if road["name"] == ROAD)
            covered_m = sum(until - since for since, until in road["covered_m"])
            check(sealed["how"] == "live" and 270 <= sealed["way_m"] <= 330 and 270 <= covered_m <= 345,
                  f"the track is stored and matched: {sealed['how']}, {sealed['way_m']} m, {road}")


if __name__ == "__main__":
    sys.exit(play("locate", (live,)))
