#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A published week across the network: the inspector's station was offline when the office published; what it sends
afterwards changes no published figure on any station, and is listed as a correction."""

import datetime
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

from lz_office import CLI, FEED, REFUSED, SERVER, Office, main, photo_bytes, same_truth

DAY = 24 * 3600 * 1000


def last_week():
    """Its name, and a moment on its Wednesday in ms."""
    day = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))) - datetime.timedelta(days=7)
    day += datetime.timedelta(days=2 - day.weekday())
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}", int(day.replace(hour=10, minute=0).timestamp() * 1000)


def figures(station, week, by="all"):
    groups = station.json("report", "figures", "--period", week, "--by", by)["groups"]
    return {g["value"]: g["counts"] for g in groups}


def bulletin(station, week):
    """What is published, as the program gives it: words, tables."""
    tables = {t["table"]: t for t in station.json("report", "weekly", "--period", week)["tables"]}
    return {"words": [r["text"] for r in tables["text"]["rows"]],
            "counts": {r["key"]: r["now"] for r in tables["counts"]["rows"]},
            "units": {r["key"]: r["filed"] for r in tables["unit"]["rows"]}}


def words_of(path):
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(text.split())


def test_published_week_stays():
    week, wednesday = last_week()
    now = int(time.time() * 1000)
    with Office() as office:
        inspector = office.fast("inspector", "li")
        dispatcher = office.station("dispatcher", "chen")
        inspector.clock(wednesday - now)
        for number in range(3):
            inspector.report(f"路面垃圾 {number}", photo_bytes(number))
        inspector.clock(0)
        inspector.go()
        dispatcher.sync()
        before = bulletin(dispatcher, week)
        assert before["counts"]["reported"] == 3, before

        # The inspector goes on without a line.
        inspector.clock(wednesday + DAY - now)
        late = inspector.report("路面垃圾，迟到的", photo_bytes(9))
        inspector.clock(0)

        dispatcher.run("report", "seal", "weekly", "--period", week, "--number", "雄办通报〔2026〕1号")
        published = bulletin(dispatcher, week)
        assert published == before, "what is published is what was proposed"
        pdf = office.path("before.pdf")
        dispatcher.run("report", "weekly", "--period", week, "--out", pdf)
        dispatcher.run("report", "seal", "weekly", "--period", week, code=3)
        assert dispatcher.json("report", "corrections", "weekly", "--period", week)["figures"] == []
        dispatcher.sync()

        inspector.go()  # sends what is late, fetches what was published
        dispatcher.sync()
        assert figures(dispatcher, week)[""]["reported"] == 4, "the running figures do count it"
        for station in (dispatcher, inspector):
            assert bulletin(station, week) == published, station.name
            found = station.json("report", "corrections", "weekly", "--period", week)
            assert found["whole"] and found["cases"] == [late], found
            changed = {(f["by"], f["value"], f["count"]): (f["published"], f["now"]) for f in found["figures"]}
            assert changed[("all", "", "reported")] == (3, 4), changed
            assert changed[("subdistrict", FEED, "reported")] == (3, 4), changed
        again = office.path("after.pdf")
        inspector.run("report", "weekly", "--period", week, "--out", again)
        assert words_of(again) == words_of(pdf), "the same paper from another station"
        assert "1号" in words_of(again) and "4cases" not in words_of(again)

        dispatcher.run("report", "corrections", "weekly", "--period", week, "--publish", "迟到的上报")
        dispatcher.sync()
        inspector.go()
        assert bulletin(inspector, week) == published
        inspector.kill()
        inspector.run("rebuild")
        assert bulletin(inspector, week) == published, "from the log alone"
        same_truth(office.server, inspector, dispatcher)
        office.server.verify()

def test_communities_travel():
    """In which community a road lies is said once for all stations of the office, by those who may."""
    with Office() as office:
        dispatcher, inspector = office.station("dispatcher", "chen"), office.station("inspector", "li")
        dispatcher.sync(), inspector.sync()
        first, second, third = [r["name"] for r in dispatcher.json("roads", "list")][:3]
        # What an earlier version kept to itself goes along.
        with sqlite3.connect(f"{dispatcher.dir}/station.gpkg") as db:
            db.execute("INSERT INTO road_community SELECT id, '360681001009' FROM road WHERE name = ?", (third,))
        db.close()
        dispatcher.run("roads", "community", first, "--community", "360681001001")
        dispatcher.run("roads", "community", second, "--community", "360681001002")
        dispatcher.sync(), inspector.sync()
        expected = {first: "360681001001", second: "360681001002", third: "360681001009"}

        def known(station):
            return {r["road"]: r["community"] for r in station.json("roads", "communities")}
        assert known(inspector) == known(dispatcher) == expected, (known(inspector), known(dispatcher))
        inspector.run("roads", "community", first, "--remove", code=REFUSED)
        dispatcher.run("roads", "community", second, "--remove")
        dispatcher.sync(), inspector.sync()
        del expected[second]
        assert known(inspector) == known(dispatcher) == expected
        same_truth(office.server, dispatcher, inspector)
        for station in (dispatcher, inspector):
            station.sound()
        office.server.verify()


def test_sample_office():
    """What ./dev run shows at once: cases in every stage, a full last week, and a published one before it."""
    with tempfile.TemporaryDirectory(prefix="lz-sample-") as home:
        for program in (CLI, SERVER):
            os.symlink(program, os.path.join(home, os.path.basename(program)))
        make = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "sample-office.py"), "--bin", home,
                "--home", os.path.join(home, "office"), "--player", os.environ["LZ_PLAY_OFFICE"], "--no-window"]
        for _ in range(2):  # the second time it is there
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL, timeout=120)

        def ask(*arguments):
            out = subprocess.run([CLI, "--station", os.path.join(home, "office", "road-chief"), "--json", *arguments],
                                 capture_output=True, check=True, timeout=60).stdout
            return json.loads(out)
        states = {case["state"] for case in ask("case", "list")}
        assert states >= {"filed", "dispatched", "handling", "fed_back", "rework", "ext_pending", "hang_pending", "suspended",
                          "closed", "forced", "voided"}, states
        weeks = [(datetime.date.today() - datetime.timedelta(days=days)).isocalendar() for days in (7, 14)]
        last, before = (f"{year}-W{week:02}" for year, week, _ in weeks)
        counts = ask("report", "figures", "--period", last)["groups"][0]["counts"]
        assert counts["reported"] > 20 and counts["handled_on_time"] > counts["overtime"] > 0, counts
        assert ask("report", "corrections", "weekly", "--period", before)["cases"] == []
        assert {"exposed", "praised"} <= {notice["kind"] for notice in ask("notice", "list")}
        (firm,) = ask("firm", "list")  # it and its points came from the dispatcher's station
        assert (firm["points"], firm["standing"]) == (60, "warned") and len(ask("firm", "charges", firm["name"])) == 2, firm
        ask("doctor")


if __name__ == "__main__":
    main(globals())
