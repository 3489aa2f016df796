#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what sync takes, with the real client and the real server: times, processor time of both sides, bytes on the
wire, peak memory; many stations at once.  bench.py [ACTS [PHOTOS [STATIONS]]]"""

import os
import re
import statistics
import sys
import threading
import time
import urllib.request

from lz_office import Office, photo_bytes

N = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
PHOTOS = int(sys.argv[2]) if len(sys.argv) > 2 else 100
STATIONS = int(sys.argv[3]) if len(sys.argv) > 3 else 20
ROUNDS = 10


def peak_mb(process):
    with open(f"/proc/{process.pid}/status") as file:
        return int(re.search(r"VmHWM:\s*(\d+)", file.read()).group(1)) / 1024


def cpu_s(process):
    """Of all its threads, those that have ended too."""
    return time.clock_gettime((~process.pid) << 3 | 2)


def load():
    return os.getloadavg()[0]


class Bench:
    def __init__(self, office):
        self.office = office
        self.counts = self.asking = (0, 0)
        self.wire()
        self.asking = self.wire()

    def wire(self):
        """Bytes of bodies, as packed, in and out of the server since the last call."""
        with urllib.request.urlopen(self.office.server.url + "/metrics") as answer:
            text = answer.read().decode()
        now = tuple(int(re.search(rf"^luzhang_{way}_bytes_total (\d+)", text, re.M).group(1))
                    for way in ("received", "sent"))
        since = tuple(n - before - asking for n, before, asking in zip(now, self.counts, self.asking))
        self.counts = now
        return since

    def measure(self, what, station, aim, rounds=1, prepare=None, due=False):
        """Runs a sync @rounds times; prints the medians, gives the last answer."""
        times, ours, theirs, ups, downs = [], [], [], [], []
        for n in range(rounds):
            if prepare:
                prepare(n)
            self.wire()
            before = cpu_s(station.process), cpu_s(self.office.server.process)
            answer = station.go(due)
            assert answer["ok"], answer
            times.append(answer["us"] / 1e6)
            ours.append(cpu_s(station.process) - before[0])
            theirs.append(cpu_s(self.office.server.process) - before[1])
            up, down = self.wire()
            ups.append(up)
            downs.append(down)
        mid = statistics.median
        print(f"{what:<30} {mid(times):8.4f} s  (aim {aim:>6} s)   processor: station {mid(ours):7.4f} s, server "
              f"{mid(theirs):7.4f} s   bodies: {mid(ups):>11,.0f} up {mid(downs):>11,.0f} down   load {load():.1f}", flush=True)
        return answer


def together(bench, office):
    """Stations that all report and sync at the same time, each in a process of its own."""
    users = ("li", "wang", "zhang")
    stations = [office.fast(f"many{n}", users[n % len(users)]) for n in range(STATIONS)]
    for station in stations:
        station.go()
    times, lock = [], threading.Lock()
    begin = threading.Barrier(STATIONS + 1)

    def work(station):
        begin.wait()
        for _ in range(ROUNDS):
            for n in range(3):
                station.report(f"{station.name} {n}")
            answer = station.go()
            assert answer["ok"], answer
            with lock:
                times.append(answer["us"] / 1e3)

    threads = [threading.Thread(target=work, args=(s,)) for s in stations]
    for thread in threads:
        thread.start()
    begin.wait()
    started = time.monotonic()
    for thread in threads:
        thread.join()
    took = time.monotonic() - started
    times.sort()
    print(f"{STATIONS} stations at once: a run of 9 acts and those of the others takes p50 {times[len(times) // 2]:.1f} ms, "
          f"p99 {times[int(len(times) * 0.99)]:.1f} ms; {STATIONS * ROUNDS * 9 / took:.0f} acts/s, logging included   "
          f"load {load():.1f}", flush=True)


def main():
    with Office() as office:
        bench = Bench(office)
        a, b = office.fast("a", "li"), office.fast("b", "wang")
        case = a.report("a")
        a.go(), b.go()
        for n in range(N // 3):
            a.report(f"{n}")
        answer = bench.measure(f"push of {N // 3 * 3:,} acts", a, "0.15")
        assert answer["pushed"] == N // 3 * 3, answer
        answer = bench.measure(f"fresh pull of {N // 3 * 3:,} acts", b, "0.13")
        assert answer["pulled"] == N // 3 * 3, answer

        def ten(n):
            for k in range(10):
                a.add(case, f"{n}.{k}")

        bench.measure("10 new acts", a, "0.005", 10, ten)
        bench.measure("10 new acts of another", b, "", 10, lambda n: (ten(n), a.go()))
        bench.measure("nothing new", a, "0.001", 30, due=True)
        photos = [photo_bytes(i, 2_000_000) for i in range(PHOTOS)]
        for n in range(0, PHOTOS, 10):
            a.report("p", *photos[n:n + 10])
        answer = bench.measure(f"{PHOTOS} photos of 2 MB up", a, "0.5")
        assert answer["photos_sent"] == PHOTOS, answer
        answer = bench.measure(f"{PHOTOS} photos of 2 MB down", b, "0.5")
        assert answer["photos_fetched"] == PHOTOS, answer
        print(f"peak memory: station that sends {peak_mb(a.process):.0f} MB, that receives {peak_mb(b.process):.0f} MB, server "
              f"{peak_mb(office.server.process):.0f} MB (aim < 100 MB)", flush=True)
        together(bench, office)
        print(f"peak memory of the server: {peak_mb(office.server.process):.0f} MB", flush=True)


main()
