#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program with SIGKILL at random moments of logging, rectifying, intake, backup and restore.  Afterwards every
id that it had printed is there with its photos, the doctor finds nothing wrong, and no half-written
file is left.  LZ_CRASH_KILLS says how often (500), LZ_CRASH_SEED which moments."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time

from lz_cli import PROGRAM, Folder, Station, photo

KILLS = int(os.environ.get("LZ_CRASH_KILLS", "500"))
SEED = int(os.environ.get("LZ_CRASH_SEED", "0")) or random.randrange(1, 1 << 30)
PHOTOS_AN_INTAKE = 5


class Crash:
    def __init__(self, folder):
        self.folder = folder
        self.random = random.Random(SEED)
        self.station = Station(folder.join("s")).init()
        with open(photo("gps", "DSCN0010.jpg"), "rb") as file:
            self.jpeg = file.read()
        self.n_photos = 0
        self.told = {}  # id of a case that was printed -> hashes of the photos it must have
        self.killed = 0
        self.finished = 0
        self.took = {}  # kind of run -> seconds

    def make_photo(self, path):
        """A photo that no other is: what follows the end of a JPEG is no part of the picture."""
        self.n_photos += 1
        data = self.jpeg + b"photo %d of seed %d" % (self.n_photos, SEED)
        with open(path, "wb") as file:
            file.write(data)
        return hashlib.sha256(data).hexdigest()

    def run(self, what, args):
        """Runs the program and kills it somewhere on its way; gives what it had printed."""
        # how long it takes when nobody kills it: known only once it was let through
        timeout = self.random.uniform(0, 1.3 * self.took[what]) if what in self.took else None
        began = time.monotonic()
        with subprocess.Popen([PROGRAM, "--station", self.station.path, *args], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as process:
            try:
                out = process.communicate(timeout=timeout)[0]
            except subprocess.TimeoutExpired:
                process.kill()
                out = process.communicate()[0]
        if process.returncode == -9:
            self.killed += 1
            self.took[what] *= 1.01  # the machine may have become slower
        else:
            assert process.returncode == 0, (args, process.returncode)
            self.finished += 1
            took = time.monotonic() - began
            self.took[what] = 0.8 * self.took.get(what, took) + 0.2 * took
        # the last line may be cut off: then nobody was told that id
        return [line for line in out.split("\n")[:-1] if len(line) == 36]

    def log(self):
        path = self.folder.join("photo.jpg")
        sha256 = self.make_photo(path)
        for case in self.run("log", ("case", "log", "--category", "T06-01", "--at", "28.2833,117.2103",
                                     "--photo", path)):
            self.told[case] = {sha256}

    def rectify(self):
        if not self.told:
            return
        case = self.random.choice(sorted(self.told))
        if self.station.json("case", "show", case)["state"] != "dispatched":
            return
        path = self.folder.join("photo.jpg")
        sha256 = self.make_photo(path)
        for told in self.run("rectify", ("case", "rectify", case, "--photo", path)):
            self.told[told].add(sha256)

    def intake(self):
        into = self.folder.join("in")
        os.mkdir(into)
        for i in range(PHOTOS_AN_INTAKE):
            self.make_photo(os.path.join(into, f"{i}.jpg"))
        for case in self.run("intake", ("intake", into, "--commit", "--category", "T07-01")):
            self.told[case] = set()
        shutil.rmtree(into)

    def backup(self):
        self.run("backup", ("backup", self.folder.join("backup")))

    def export(self):
        self.run("export", ("export", "--format", self.random.choice(("csv", "gpkg")), "--out", self.folder.join("x")))

    def restore(self):
        """A backup that is there at all is whole; a station that is there at all was restored whole."""
        if not os.path.exists(self.folder.join("backup")):
            return
        copy = Station(self.folder.join("copy"))
        shutil.rmtree(copy.path, ignore_errors=True)
        self.run("restore", ("--station", copy.path, "restore", self.folder.join("backup")))
        if os.path.exists(copy.path):
            copy.sound()

    def init(self):
        """A station that was cut short while it was made can be made again."""
        new = Station(self.folder.join("new"))
        self.run("init", ("--station", new.path, "station", "init", "--sample"))
        subprocess.run([PROGRAM, "--station", new.path, "station", "init", "--sample"], capture_output=True, check=False)
        new.sound()
        shutil.rmtree(new.path)

    def check_files(self):
        """What was cut short leaves nothing once the same is done again."""
        self.station.out("backup", self.folder.join("backup"))
        self.station.out("export", "--format", "csv", "--out", self.folder.join("x"))
        shutil.rmtree(self.folder.join("copy"), ignore_errors=True)
        Station(self.folder.join("copy")).out("restore", self.folder.join("backup"))
        left = [n for n in os.listdir(self.folder.path) if "tmp-" in n or "restoring" in n]
        assert left == [], left

    def check(self):
        self.check_files()
        self.station.out("rebuild")  # opens for writing, which settles what the dead have left
        found = [f for f in self.station.findings() if f["check"] != "orphans"]
        assert found == [], found
        cases = {c["id"] for c in self.station.json("case", "list")}
        lost = set(self.told) - cases
        assert not lost, lost
        for case, photos in self.told.items():
            there = self.station.json("case", "show", case)["photos"]
            assert there and all(p["here"] for p in there), (case, there)
            assert photos <= {p["sha256"] for p in there}, (case, photos, there)
        left = [os.path.join(d, n) for d, _, names in os.walk(self.folder.path) for n in names if "tmp-" in n]
        assert left == [], left


def main():
    print(f"seed {SEED}, {KILLS} kills", flush=True)
    with Folder() as folder:
        crash = Crash(folder)
        check_at = 125
        while crash.killed < KILLS:
            crash.random.choices((crash.log, crash.rectify, crash.intake, crash.backup, crash.restore, crash.export,
                                  crash.init),
                                 weights=(40, 15, 20, 10, 5, 5, 5))[0]()
            if crash.killed >= check_at:
                crash.check()
                check_at += 125
        crash.check()
        print(f"{crash.killed} killed, {crash.finished} finished, {len(crash.told)} cases told and there, "
              f"{len(crash.station.json('drafts', 'list'))} drafts, {crash.n_photos} photos", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
