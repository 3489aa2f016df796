#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How smooth the window stays while a week's work of three colleagues comes in: late frames, by the frame clock of the
real window (lz-frames), before, during and after; and those that its own processor time alone makes late, which other
programs on the machine do not change.  bench-frames.py LUZHANG [CASES [PHOTOS]]"""

import os
import re
import signal
import subprocess
import sys
import threading
import time

from lz_office import Office, photo_bytes, wait_for

LUZHANG = sys.argv[1]
CASES = int(sys.argv[2]) if len(sys.argv) > 2 else 2100
PHOTOS = int(sys.argv[3]) if len(sys.argv) > 3 else 210
DAYS, DAY_MS, QUIET_S = 7, 86_400_000, 5
PEOPLE = ("li", "wang", "zhang")
TOLD = re.compile(r"(\d+) frames, (\d+) late, the longest ([\d.]+) ms; (\d+) by work, the most ([\d.]+) ms")


class Window:
    """The program, and what it says of its frames five times a second."""

    def __init__(self, station):
        self.told, self.last = [], ""  # (when, *what TOLD says), the last line
        self.process = subprocess.Popen([LUZHANG, "--station", station.dir], text=True, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, env=dict(os.environ, G_MESSAGES_DEBUG="lz-frames"))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.last = line.strip() or self.last
            match = TOLD.search(line)
            if match:
                self.told.append((time.monotonic(), *(float(group) for group in match.groups())))

    def has_told(self):
        assert self.process.poll() is None, "the window is gone: " + self.last
        return len(self.told) > 0

    def tell(self, what, begin, end):
        """What was told within, or just after where that is nothing."""
        seconds = [told for told in self.told if begin + 0.2 <= told[0] <= end + 0.2] or \
            [told for told in self.told if begin <= told[0] <= end + 3]
        frames, late, _, heavy, _ = (sum(column) for column in list(zip(*seconds))[1:])
        _, _, _, longest, _, work = (max(column) for column in zip(*seconds))
        print(f"{what:<24} {end - begin:5.1f} s {frames:5.0f} frames {late:4.0f} late ({100 * late / max(frames, 1):4.1f} %), "
              f"longest {longest:6.1f} ms; {heavy:3.0f} late by the window's own work, most {work:5.1f} ms   "
              f"load {os.getloadavg()[0]:.1f}", flush=True)

    def end(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def log_a_week(office):
    for number, user in enumerate(PEOPLE):
        station = office.fast(user, user)
        for n in range(CASES // len(PEOPLE)):
            station.clock(-DAY_MS * (DAYS - n * DAYS * len(PEOPLE) // CASES))
            photo = [photo_bytes(f"{user}{n}", 200_000)] if n % max(1, CASES // max(PHOTOS, 1)) == 0 else []
            station.report(f"{number}.{n}", *photo)
        station.clock(0)
        answer = station.go()
        assert answer["ok"], answer
        station.kill()


def main():
    with Office() as office:
        desk = office.station("desk", "chen")
        desk.sync()
        log_a_week(office)
        n_acts, n_photos = len(office.server.lines()), office.server.count_photos()
        office.server.stop()
        window = Window(desk)
        try:
            wait_for(window.has_told, 60)
            begin = time.monotonic()
            time.sleep(QUIET_S)
            window.tell("nothing happens", begin, time.monotonic())

            begin = time.monotonic()
            office.server.start()
            wait_for(lambda: desk.rows("SELECT count(*) FROM feed_line")[0][0] >= n_acts, 120)
            acts = time.monotonic()
            wait_for(lambda: desk.rows("SELECT count(*) FROM photo WHERE stored")[0][0] >= n_photos, 120)
            photos = time.monotonic()
            window.tell(f"{n_acts:,} acts come in", begin, acts)
            window.tell(f"then {n_photos} photos", acts, photos)
            time.sleep(QUIET_S)
            window.tell("afterwards", photos + 0.2, time.monotonic())
            assert window.has_told()
        finally:
            window.end()


main()
