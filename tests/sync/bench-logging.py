#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging a case with a photo while a sync sends photos from the same station: p50 and p99 with and without it, and their
ratios.  The sync is a process of its own, as the window's thread has a connection of its own.
bench-logging.py [PHOTOS [CASES]]"""

import os
import subprocess
import sys
import time

from lz_office import CLI, ENV, Office, photo_bytes

PHOTOS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
CASES = int(sys.argv[2]) if len(sys.argv) > 2 else 100
PHOTOS_A_CASE = 10
SIZE = 200_000


def log(station, number):
    """Milliseconds from "log it" to "it is safe"."""
    path = os.path.join(os.path.dirname(station.dir), "logged.jpg")
    with open(path, "wb") as file:
        file.write(photo_bytes(number, SIZE))
    begin = time.monotonic()
    station.order("report", f"logged {number}", path)
    return (time.monotonic() - begin) * 1000


def at(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def say(what, times):
    print(f"{what}: {len(times)} cases with a photo, p50 {at(times, .5):.1f} ms, p99 {at(times, .99):.1f} ms, "
          f"worst {max(times):.1f} ms", flush=True)


def main():
    with Office() as office:
        station = office.fast("mine", "chen")
        calm = [log(station, n) for n in range(CASES)]
        for n in range(0, PHOTOS, PHOTOS_A_CASE):
            station.report(f"fills {n}", *(photo_bytes(1_000_000 + n + i, SIZE) for i in range(PHOTOS_A_CASE)))
        waiting = station.status()["photos"]
        begin = time.monotonic()
        sync = subprocess.Popen([CLI, "--station", station.dir, "sync", "run"], env=ENV, stdout=subprocess.DEVNULL)
        busy = []
        while sync.poll() is None:
            busy.append(log(station, 500_000 + len(busy)))
        took = time.monotonic() - begin
        again = [log(station, 800_000 + n) for n in range(CASES)]
        assert sync.returncode == 0, sync.returncode
        say("calm", calm)
        say(f"while {waiting} photos are sent in {took:.1f} s", busy)
        say("calm again", again)
        rest = calm + again
        print(f"ratio: p50 {at(busy, .5) / at(rest, .5):.2f}, p99 {at(busy, .99) / at(rest, .99):.2f} "
              f"(load {os.getloadavg()[0]:.1f})")


if __name__ == "__main__":
    main()
