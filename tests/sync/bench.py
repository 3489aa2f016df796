#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints how long sync takes: push and fresh pull of 10,000 acts, 10 new, nothing new, 100 photos of 2 MB."""

import os
import statistics
import sys
import time

from lz_office import Office, photo_bytes

N = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
PHOTOS = int(sys.argv[2]) if len(sys.argv) > 2 else 100


def memory(process):
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024


def show(what, us, aim):
    print(f"{what:<40} {us / 1e6:9.4f} s   aim {aim}", flush=True)


def main():
    with Office() as office:
        a, b = office.fast("a", "li"), office.fast("b", "wang")
        case = a.report("a")
        a.go(), b.go()
        for n in range(N // 3):
            a.report(f"{n}")
        answer = a.go()
        assert answer["ok"], answer
        show(f"push of {answer['pushed']} acts", answer["us"], "0.15 s")
        fresh = b.go()
        assert fresh["ok"], fresh
        show(f"fresh pull of {fresh['pulled']} acts", fresh["us"], "0.13 s")
        times = []
        for n in range(10):
            for k in range(10):
                a.add(case, f"{n}.{k}")
            times.append(a.go()["us"])
        show("10 new acts", statistics.median(times), "0.005 s")
        show("nothing new", statistics.median([a.go()["us"] for _ in range(20)]), "0.001 s")
        photos = [photo_bytes(i, 2_000_000) for i in range(PHOTOS)]
        for n in range(0, PHOTOS, 10):
            a.report("p", *photos[n:n + 10])
        answer = a.go()
        assert answer["ok"] and answer["photos_sent"] == PHOTOS, answer
        show(f"{PHOTOS} photos of 2 MB up", answer["us"], "0.5 s")
        answer = b.go()
        assert answer["photos_fetched"] == PHOTOS, answer
        show(f"{PHOTOS} photos of 2 MB down", answer["us"], "")
        print(f"memory: station {memory(a.process):.0f} MB, other {memory(b.process):.0f} MB, "
              f"server {memory(office.server.process):.0f} MB (aim < 100 MB)")


main()
