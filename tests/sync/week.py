#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seven days without a line and thousands of photos, then three inspectors at once.  While they sync, what their stations
say of their progress is true, programs are killed, and memory and descriptors of both sides are watched.  LZ_PHOTOS is the
number of photos (10,000 is the full size), LZ_SEED says when is killed."""

import json
import os
import random
import sqlite3
import sys
import threading
import time

from lz_office import Office, main, photo_bytes, same_truth

PHOTOS = int(os.environ.get("LZ_PHOTOS", "1200"))
SEED = int(os.environ.get("LZ_SEED", "7"))
SANITIZED = bool(os.environ.get("LZ_SANITIZED"))
DAYS, A_CASE, SMALL, LARGE = 7, 4, 8_000, 6_000_000
PIECE, WORKERS = 1_048_576, 4  # of an upload; uploads at once
DAY_MS = 86_400_000
PEOPLE = ("li", "wang", "zhang")
KILLS = 3


class Watch(threading.Thread):
    """Memory and descriptors of processes, several times a second."""

    def __init__(self, pids):
        super().__init__(daemon=True)
        self.pids, self.over, self.samples = pids, False, {}

    def run(self):
        while not self.over:
            for name, pid in self.pids().items():
                try:
                    with open(f"/proc/{pid}/status", encoding="ascii") as file:
                        rss = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
                    self.samples.setdefault(name, []).append((rss / 1024, len(os.listdir(f"/proc/{pid}/fd"))))
                except (OSError, StopIteration):
                    pass  # it was killed just now
            time.sleep(0.1)

    def end(self, what):
        """Prints the highest, and fails where it went up and up."""
        self.over = True
        self.join()
        for name, samples in sorted(self.samples.items()):
            third = max(1, len(samples) // 3)
            early, late = (max(rss for rss, _ in part) for part in (samples[:2 * third], samples[-third:]))
            fds = max(n for _, n in samples)
            print(f"# {what}: {name}: {max(rss for rss, _ in samples):.0f} MB, {fds} descriptors at most")
            if not SANITIZED:
                assert late < 100 and late < early + 15, f"{name} went from {early:.0f} to {late:.0f} MB"
            assert fds < 120, f"{name} has {fds} descriptors open"


class Progress:
    """What one run said of itself, held against what the server has."""

    def __init__(self, office, user):
        self.office, self.user = office, user
        self.last, self.n, self.largest_gap = None, 0, 0.0
        self.at = time.monotonic()

    def stored(self):
        db = sqlite3.connect(f"file:{self.office.server.data}/server.db?mode=ro", uri=True, timeout=20)
        try:
            return db.execute("SELECT count(*) FROM photo_from WHERE user = ?", (self.user,)).fetchone()[0]
        finally:
            db.close()

    def take(self, now, confirmed):
        last = self.last
        for key in ("pushed", "pulled", "photos_up", "photos_sent", "bytes_sent", "photos_fetched"):
            assert last is None or now[key] >= last[key], (key, last, now)
        if now["state"] == "sending_photos":
            assert now["photos_sent"] <= now["photos_up"] <= now["photos_to_send"], now
            assert now["bytes_sent"] <= now["bytes_to_send"], now
        if self.n % 100 == 0:
            # the server may be ahead of what is told here, never behind
            assert self.stored() >= confirmed + now["photos_up"], (self.stored(), confirmed, now)
        self.largest_gap = max(self.largest_gap, time.monotonic() - self.at)
        self.at = time.monotonic()
        self.last, self.n = now, self.n + 1


def run(office, station, user, waiting, confirmed, kill_at=None):
    """One run with its progress; killed when so many photos are up: then None."""
    progress = Progress(office, user)
    station.start()
    station.process.stdin.write("run\tprogress\n")
    station.process.stdin.flush()
    for text in station.process.stdout:
        line = json.loads(text)
        if "progress" not in line:
            assert line["ok"], line
            last = progress.last
            assert last["photos_sent"] == last["photos_to_send"] == waiting["photos"], (waiting, last)
            assert last["bytes_sent"] == last["bytes_to_send"], last
            return line, progress
        progress.take(line["progress"], confirmed)
        if kill_at is not None and line["progress"]["photos_up"] >= kill_at:
            station.kill()
            return None, progress
    raise AssertionError(f"{station.name} died by itself")


def log_a_week(stations):
    """Everybody logs at the same time, day by day, by a clock that is so many days back."""
    failures = []

    def log(number, station):
        try:
            left = PHOTOS // len(stations) - 1
            for day in range(DAYS):
                station.clock(-DAY_MS * (DAYS - day))
                for n in range(left * day // DAYS // A_CASE, left * (day + 1) // DAYS // A_CASE):
                    station.report(f"{day}.{n}", *(photo_bytes(f"{number}.{n}.{k}", SMALL) for k in range(A_CASE)))
            station.clock(0)
            station.report("large", photo_bytes(f"{number} large", LARGE))
        except Exception as error:  # pylint: disable=broad-except
            failures.append(error)

    threads = [threading.Thread(target=log, args=(i, s)) for i, s in enumerate(stations)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures, failures


def bytes_in(office):
    """Bytes of photos that came over the lines, those of broken ones too."""
    total = 0
    with open(office.server.log_path, encoding="utf-8", errors="replace") as file:
        for text in file:
            if text.startswith("{") and ('"method":"PATCH"' in text or '"path":"/v1/photos/"' in text):
                total += json.loads(text)["in"]
    return total


def test_a_week_and_three_inspectors():
    chance = random.Random(SEED)
    with Office() as office:
        stations = [office.fast(user, user) for user in PEOPLE]
        begin = time.monotonic()
        log_a_week(stations)
        waiting = [s.status() for s in stations]
        n_photos = sum(w["photos"] for w in waiting)
        size = sum(w["bytes"] for w in waiting)
        print(f"# {n_photos} photos, {size / 1e6:.0f} MB, {sum(w['events'] for w in waiting)} acts of {DAYS} days logged in"
              f" {time.monotonic() - begin:.0f} s", flush=True)

        watch = Watch(lambda: {"server": office.server.process.pid,
                               **{f"station {s.name}": s.process.pid for s in stations if s.process is not None}})
        watch.start()
        begin = time.monotonic()
        failures, figures = [], []

        def go(station, user):
            try:
                killed, mine = 0, station.status()["photos"]
                while True:
                    now = station.status()
                    at = chance.randrange(1, max(2, now["photos"] // 2)) if killed < KILLS else None
                    answer, progress = run(office, station, user, now, mine - now["photos"], at)
                    figures.append(progress)
                    if answer is not None:
                        return
                    killed += 1
            except Exception as error:  # pylint: disable=broad-except
                import traceback
                failures.append(traceback.format_exc())

        threads = [threading.Thread(target=go, args=(s, u)) for s, u in zip(stations, PEOPLE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures, "\n".join(failures)
        seconds = time.monotonic() - begin
        watch.end("up")
        kills = KILLS * len(stations)
        again = bytes_in(office) - size
        print(f"# up in {seconds:.1f} s with {kills} kills: {n_photos / seconds:.0f} photos/s, {size / seconds / 1e6:.1f} MB/s;"
              f" {again} bytes sent twice; {sum(p.n for p in figures)} words of progress, at most"
              f" {max(p.largest_gap for p in figures):.1f} s apart", flush=True)
        assert again <= kills * PIECE, f"{again} bytes were sent twice after {kills} kills"

        for station in stations:
            assert station.go()["ok"]
        for station in stations:
            assert station.go()["ok"]
        lines = same_truth(office.server, *stations)
        named = {p["sha256"] for x in lines for p in x["event"]["body"].get("photos", [])}
        assert len(named) == n_photos
        days = {x["event"]["occurred_at"] // DAY_MS for x in lines}
        assert len(days) >= DAYS, days

        desk = office.fast("desk", "chen")
        desk.start()
        watch = Watch(lambda: {"server": office.server.process.pid, "desk": desk.process.pid})
        watch.start()
        begin = time.monotonic()
        answer = desk.go()
        seconds = time.monotonic() - begin
        watch.end("down")
        assert answer["ok"] and answer["photos_fetched"] == n_photos, answer
        print(f"# down to a fresh desk in {seconds:.1f} s: {n_photos / seconds:.0f} photos/s", flush=True)
        same_truth(office.server, desk)
        for station in (*stations, desk):
            station.kill()
            station.sound()
        office.server.verify()


if __name__ == "__main__":
    sys.exit(main(globals()))
