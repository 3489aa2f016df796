#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A full disk at each write: a limit on file sizes, and a small file system filled to the brim.  The
program says so, ends with the code for it, and harms nothing."""

import os
import resource
import shutil
import subprocess
import sys

from lz_cli import AFTER, BEFORE, DATA, OK, PHOTOS, PROGRAM, STORAGE, Folder, Station

# From nothing at all to more than any file here needs.
LIMITS = [0, 1, 512, 4096, 20000, 32768, 60000, 100000, 170000, 300000, 420000, 500000, 700000, 1000000, 2000000,
          4000000]


def limited(limit, *args):
    def set_limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, check=False, timeout=60,
                          preexec_fn=set_limit)


def check(done, args, limit):
    assert done.returncode in (OK, STORAGE), (args, limit, done.returncode, done.stderr)
    if done.returncode == STORAGE:
        assert "full" in done.stderr, (args, limit, done.stderr)
    return done.returncode == STORAGE


def state_of(station):
    return station.out("case", "list", "--json"), station.out("roads", "list", "--json")


def file_sizes():
    """Every verb that writes, under every limit."""
    full = 0
    for limit in LIMITS:
        with Folder() as folder:
            station = Station(folder.join("s")).init()
            case = station.log("--photo", BEFORE)
            station.out("backup", folder.join("good"))
            mapping = os.path.join(os.environ["G_TEST_SRCDIR"], "..", "data", "import", "boston311.ini")
            table = folder.write("t.csv", "CASE_ENQUIRY_ID,OPEN_DT,TARGET_DT,CLOSED_DT,TYPE,LATITUDE,LONGITUDE,Source\n" + "".join(
                f"{i},07/01/2011 01:32:33 AM,,,Graffiti Removal,42.2,-71.0,Constituent Call\n" for i in range(300)))
            verbs = [
                ("case", "log", "--category", "T06-01", "--at", "28.2833,117.2103", "--photo", AFTER),
                ("case", "note", case, "--note", "x"),
                ("case", "rectify", case, "--photo", AFTER),
                ("intake", os.path.join(PHOTOS, "gps")),
                ("roads", "import", os.path.join(DATA, "streets", "small.gpkg")),
                ("import", "cases", table, "--map", mapping),
                ("rebuild",),
                ("backup", folder.join("backup")),
                ("export", "--format", "csv", "--out", folder.join("x.csv")),
                ("export", "--format", "geojson", "--out", folder.join("x.geojson")),
                ("export", "--format", "gpkg", "--out", folder.join("x.gpkg")),
                ("people", "add", "x", "--roles", "inspector"),
            ]
            for verb in verbs:
                before = state_of(station)
                told = check(limited(limit, "--station", station.path, *verb), verb, limit)
                full += told
                if told and verb[0] not in ("import", "intake"):  # these keep what was done so far
                    assert state_of(station) == before, (verb, limit)
            for name in ("restore", "init"):
                other = folder.join("other")
                args = ("restore", folder.join("good")) if name == "restore" else ("station", "init", "--sample")
                if check(limited(limit, "--station", other, *args), args, limit):
                    full += 1
                    assert not os.path.exists(os.path.join(other, "station.gpkg")) or name == "init"
                    station_dir = Station(other)
                    if os.path.exists(other):  # it can be made now
                        station_dir.init()
                elif name == "restore":
                    Station(other).sound()
                    other = folder.join("other2")
                subprocess.run(["rm", "-rf", folder.join("other")], check=True)
            station.out("rebuild")
            found = [f for f in station.findings() if f["check"] != "orphans"]
            assert found == [], found
            left = [n for n in os.listdir(folder.path) if "tmp" in n or "restoring" in n]
            assert left == [], (limit, left)
    print(f"ok file sizes: {full} writes turned away", flush=True)
    assert full > 50


def brim(folder):
    """Fills a file system until nothing more goes in, and looks at what the station is like then."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.path], check=True)
    try:
        station = Station(folder.join("s")).init()
        # What somebody frees afterwards: more than one act writes to the log of the database.
        with open(folder.join("reserve"), "wb") as file:
            file.write(b"x" * 500000)
        ids = []
        for i in range(200):
            photo = f"/dev/shm/lz-cli-{os.getpid()}.jpg"
            with open(BEFORE, "rb") as file, open(photo, "wb") as copy:
                copy.write(file.read() + b"%d" % i)
            args = ("case", "log", "--category", "T06-01", "--at", "28.2833,117.2103", "--photo", photo)
            done = subprocess.run([PROGRAM, "--station", station.path, *args], capture_output=True, text=True,
                                  check=False, timeout=60)
            os.unlink(photo)
            if check(done, args, "tmpfs"):
                break
            ids += done.stdout.split()
        assert 3 < len(ids) < 199, len(ids)
        # what is left of the space, byte by byte
        with open(folder.join("filler"), "wb", buffering=0) as filler:
            size = 65536
            while size > 0:
                try:
                    filler.write(b"x" * size)
                except OSError:
                    size //= 2
        said = station.fails(STORAGE, "case", "log", "--category", "T06-01", "--at", "28.2833,117.2103")
        assert "full" in said, said
        os.unlink(folder.join("filler"))
        os.unlink(folder.join("reserve"))
        assert sorted(c["id"] for c in station.json("case", "list")) == sorted(ids)
        station.out("case", "note", ids[0], "--note", "it works again")
        found = [f for f in station.findings() if f["check"] not in ("orphans", "space")]
        assert found == [], found
        print(f"ok tmpfs: {len(ids)} cases went in", flush=True)
    finally:
        subprocess.run(["umount", folder.path], check=True)


def may_mount():
    with Folder() as folder:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path], capture_output=True,
                              check=False)
        if done.returncode == 0:
            subprocess.run(["umount", folder.path], check=True)
        return done.returncode == 0


def read_only():
    """A folder that may not be written: said so, and nothing is changed."""
    someone = []
    if os.geteuid() == 0:  # root may write everywhere
        if shutil.which("setpriv") is None:
            print("skipped: no setpriv here")
            return
        someone = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    with Folder() as folder:
        os.chmod(folder.path, 0o755)
        station = Station(folder.join("s")).init()
        case = station.log("--photo", BEFORE)
        before = state_of(station)
        subprocess.run(["chmod", "-R", "a-w,a+rX", station.path], check=True)
        for args in (("case", "log", "--category", "T06-01", "--at", "28.2833,117.2103", "--photo", AFTER),
                     ("rebuild",), ("intake", os.path.join(PHOTOS, "gps")), ("case", "note", case, "--note", "x"),
                     ("backup", os.path.join(station.path, "x")),
                     ("export", "--format", "csv", "--out", os.path.join(station.path, "x"))):
            done = subprocess.run([*someone, PROGRAM, "--station", station.path, *args], capture_output=True, text=True,
                                  check=False, timeout=60)
            assert done.returncode == STORAGE, (args, done.returncode, done.stderr)
            assert "read-only" in done.stderr or "may not be opened" in done.stderr, (args, done.stderr)
        subprocess.run(["chmod", "-R", "u+w", station.path], check=True)
        assert state_of(station) == before
        station.sound()
    print("ok read-only", flush=True)


def main():
    file_sizes()
    read_only()
    if not may_mount():
        print("skipped: no small file system can be mounted here")
        return 0
    with Folder() as folder:
        brim(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
