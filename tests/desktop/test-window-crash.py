#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window killed with SIGKILL at random moments of logging and of taking photos in: every case that
it showed as saved is there with its photo, every photo that was taken in is in a draft or a case, and
the doctor finds nothing.  LZ_CRASH_WINDOWS says how often (30), LZ_CRASH_SEED which moments; the rest
of the kills is tests/cli/crash.py's.

test-window-crash.py LUZHANG LUZHANG-CLI"""

import json
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time

from robot import NotThere
from window import PHOTOS, Luzhang, keys, make_place, rest, run_cli

KILLS = int(os.environ.get("LZ_CRASH_WINDOWS", "30"))
SEED = int(os.environ.get("LZ_CRASH_SEED", "0")) or random.randrange(1, 1 << 30)
PHOTO = os.path.join(PHOTOS, "gps", "DSCN0010.jpg")
PHOTOS_AN_INTAKE = 12


class Crash:
    def __init__(self, folder, bin_dir):
        self.folder = folder
        self.bin_dir = bin_dir
        self.station = os.path.join(folder, "station")
        self.random = random.Random(SEED)
        self.n_photos = 0
        self.shown = 0  # cases that a window showed as saved
        self.cut = 0    # kills before it could

    def make_photo(self, folder):
        """One of its own each time: a good JPEG, and a number behind its end."""
        self.n_photos += 1
        path = os.path.join(folder, f"{self.n_photos}.jpg")
        shutil.copyfile(PHOTO, path)
        with open(path, "ab") as f:
            f.write(f"{SEED} {self.n_photos}".encode())
        return path

    def start(self, *paths):
        app = Luzhang(self.bin_dir, self.station, arguments=paths)
        return app

    def kill(self, app):
        app.process.kill()
        app.process.wait()

    def sees_saved(self, frame):
        try:
            return frame.look("label", re.compile("^Saved: Reported")) is not None
        except Exception as error:  # the window goes while we look: AT-SPI raises whatever it likes
            print(f"# while looking: {error}", flush=True)
            return False

    def log(self):
        """Logs a case, and kills within half a second of the last key, or at once."""
        app = self.start(self.make_photo(self.folder))
        try:
            frame = app.main()
            app.pick_category(frame, "T07-01")
            keys("ctrl+Return")
            until = time.monotonic() + self.random.uniform(-0.3, 0.5)
            saved = False
            while time.monotonic() < until and not saved:
                saved = self.sees_saved(frame)
            self.shown += saved
            self.cut += not saved
        finally:
            self.kill(app)
            app.end()

    def intake(self):
        """Hands a folder over, and kills within the time that it takes."""
        into = tempfile.mkdtemp(dir=self.folder)
        paths = [self.make_photo(into) for _ in range(PHOTOS_AN_INTAKE)]
        app = self.start(*paths)
        try:
            app.window("Import Photos")
            keys("alt+i")
            rest(self.random.uniform(0, 1.5))
        finally:
            self.kill(app)
            app.end()
        shutil.rmtree(into)

    def check(self):
        findings = json.loads(run_cli(self.bin_dir, self.station, "doctor", "--json"))["findings"]
        bad = [f for f in findings if f["level"] in ("warning", "damage") and f["check"] != "orphans"]
        assert bad == [], bad
        cases = json.loads(run_cli(self.bin_dir, self.station, "case", "list", "--json", "--limit", "10000"))
        assert len(cases) >= self.shown, f"{self.shown} shown as saved, {len(cases)} there"
        assert all(case["n_photos"] == 1 for case in cases)

    def check_photos(self):
        """Opening for writing settles what the dead have left; then no photo may be without a home."""
        run_cli(self.bin_dir, self.station, "rebuild")
        drafts = json.loads(run_cli(self.bin_dir, self.station, "drafts", "list", "--json"))
        db = sqlite3.connect(f"file:{self.station}/station.gpkg?mode=ro", uri=True)
        taken = {row[0].hex() for row in db.execute("SELECT sha256 FROM photo")}
        homes = {row[0].hex() for row in db.execute("SELECT sha256 FROM case_photo")}
        for (body,) in db.execute("SELECT body FROM draft"):
            homes |= {photo["sha256"] for photo in json.loads(body).get("photos", [])}
        db.close()
        assert taken <= homes, f"{len(taken - homes)} photos without a home"
        return len(drafts)

    def run(self):
        for i in range(KILLS):
            try:
                (self.log if i % 2 == 0 else self.intake)()
            except NotThere as error:  # a slow machine: the window was not there in time to be used
                print(f"# {error}", flush=True)
            self.check()
        n_drafts = self.check_photos()
        print(f"# {KILLS} windows killed: {self.shown} cases shown as saved and there, {self.cut} cut before, "
              f"{n_drafts} drafts kept", flush=True)
        assert self.shown > 0, "no window lived long enough to show a case as saved"


def main():
    with make_place("crash") as (folder, bin_dir, station):
        print(f"# seed {SEED}", flush=True)
        crash = Crash(folder, bin_dir)
        run_cli(bin_dir, station, "station", "init", "--sample")
        crash.run()
    print("ok 1 - nothing that was shown as saved is lost\n1..1")
    return 0


if __name__ == "__main__":
    sys.exit(main())
