#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines that break: at every byte of small exchanges, and anywhere in large ones."""

import os
import random

from lz_office import main, photo_bytes, same_truth
from lz_proxy import Line

SEED = int(os.environ.get("LZ_SEED", "20261123"))


def every_cut(line, who, method, pattern, prepare, step=1):
    """Breaks an exchange of @who at every byte of the request and of the answer, one run for each; the sizes are those of a
    first one that is let through.  @prepare(its last answer) makes sure that there is one to break."""
    sizes = {}
    step *= 5 if os.environ.get("LZ_SANITIZED") else 1

    def measure(request, ask):
        answer = ask()
        if request.is_a(method, pattern) and not sizes:
            sizes[True], sizes[False] = len(request.bytes), len(answer.bytes)
        return answer

    def act(request, ask):
        if not request.is_a(method, pattern):
            return ask()
        if up and cut >= len(request.bytes):
            return ask()  # shorter than the first: a part is there already
        broken.append(cut)
        line.proxy.up, line.proxy.cut_up = 0, cut if up else None
        try:
            answer = ask()
        finally:
            line.proxy.cut_up = None
        if not up:
            line.proxy.down, line.proxy.cut_down = 0, cut
        return answer

    prepare(None)
    line.proxy.reset(measure)
    answer = who.go()
    assert answer["ok"] and sizes
    for up in (True, False):
        for cut in range(0, sizes[up], step):
            broken = []
            while not broken:
                prepare(answer)
                line.proxy.reset(act)
                answer = who.go()
            # Of the empty line at an answer's end a byte may be missing.
            whole = not up and cut >= sizes[up] - 3
            assert answer["later"] or whole and answer["ok"], (up, cut, sizes, answer)
    line.proxy.reset()
    print(f"# {sizes[True]} bytes up, {sizes[False]} down")


def test_cut_at_every_byte_of_a_push():
    """Whatever arrived, each act is there once and in its place."""
    with Line() as line:
        case = line.station.report("a")
        line.station.go()
        sent = []

        def add(_):
            sent.append(f"{len(sent):04}")
            line.station.add(case, sent[-1])

        every_cut(line, line.station, "POST", "/events", add)
        lines = line.healed()
        texts = [x["event"]["body"].get("text") for x in lines if x["event"]["kind"] == "case.noted"]
        assert texts == sent, "acts are lost, doubled or out of order"


def test_cut_at_every_byte_of_a_pull():
    """Half an answer is none: what is taken is whole lines that the chain proves."""
    with Line() as line:
        other = line.office.fast("other", "wang", line.proxy.url)
        case = line.station.report("a")
        assert line.station.go()["ok"] and other.go()["ok"]

        def news(_):
            if other.lines()[-1:] == line.station.lines()[-1:]:
                line.station.add(case, "news")
                line.proxy.reset()
                assert line.station.go()["ok"]

        every_cut(line, other, "GET", "/events", news)
        assert other.go()["ok"]
        line.healed(other)


def test_cut_within_a_photo():
    """What the server has of a photo counts, and no byte of it is ever taken for another.  At some of the bytes; LZ_FULL=1:
    at every one."""
    with Line() as line:
        n, size = [0], 0

        def one_waits(answer):
            if not answer or answer["photos"] == 0:
                n[0] += 1
                line.station.report("p", photo_bytes(n[0], size))

        # the first piece goes with the creation
        for method, pattern, size, step in (("POST", "/photos/$", 700, 4),
                                            ("PATCH", "/photos/uploads/", 2 * 1024 * 1024 + 700, 16)):
            every_cut(line, line.station, method, pattern, one_waits, 1 if os.environ.get("LZ_FULL") else step)
            line.healed()
        assert n[0] > 2
        other = line.office.fast("other", "wang")
        assert other.go()["photos_fetched"] == n[0]
        other.sound()


def test_cut_at_random_bytes():
    """Long exchanges that break anywhere: many acts and photos up, many down."""
    chance = random.Random(SEED)
    with Line() as line:
        other = line.office.fast("other", "wang", line.proxy.url)
        case = line.station.report("a", photo_bytes(1, 400_000))
        for i in range(300):
            line.station.add(case, f"{i}")
        broken = 0
        for i in range(40):
            line.proxy.reset(cut_up=chance.randrange(1, 500_000) if i % 2 else None,
                             cut_down=chance.randrange(1, 200_000) if i % 2 == 0 else None)
            line.station.report(f"r{i}", photo_bytes(100 + i, 20_000))
            for station in (line.station, other):
                answer = station.go()
                broken += not answer["ok"]
                assert answer["ok"] or answer["later"], answer
        assert broken > 0
        line.healed()
        assert other.go()["ok"]
        lines = same_truth(line.office.server, line.station, other)
        notes = [x["event"]["body"]["text"] for x in lines if x["event"]["kind"] == "case.noted"]
        assert notes == [str(i) for i in range(300)]
        other.sound()


main(globals())
