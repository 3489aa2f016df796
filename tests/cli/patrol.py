#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patrols at the command line: walked here, imported, entered by hand, and who owes which."""

import sys
from datetime import datetime, timedelta, timezone

from lz_cli import BEFORE, DATA, INVALID, NOT_FOUND, OK, REFUSED, USAGE, Folder, Station
from lz_walk import along, gpx, line_of

ROAD = "雄石路"


def live(station):
    station.fails(NOT_FOUND, "patrol", "show")
    patrol = station.json("patrol", "start")["id"]
    station.fails(REFUSED, "patrol", "start")
    station.fails(REFUSED, "patrol", "finish")
    line = line_of(station.path, ROAD)
    for lat, lon in along(line, 0, 60, 20):
        station.out("patrol", "fix", "--at", f"{lat / 1e7:.7f},{lon / 1e7:.7f}", "--accuracy", "8")
    case = station.json("case", "log", "--category", "T01-01", "--at", f"{line[0][0] / 1e7},{line[0][1] / 1e7}",
                        "--photo", BEFORE, "--note", "占道经营")
    now = station.json("patrol", "show")
    assert now["id"] == patrol and now["state"] == "under_way" and now["cases"] == 1, (now, case)
    assert [r["name"] for r in now["roads"]] == [ROAD], now
    # The fixes of one test run are all of one moment, so the first alone may count.
    assert station.json("patrol", "finish", "--note", "顺利")["id"] == patrol
    done = station.json("patrol", "show", patrol)
    assert done["state"] == "sealed" and done["how"] == "live" and done["until"] is not None
    station.out("patrol", "note", patrol, "补充说明")
    station.out("patrol", "start")
    station.fails(REFUSED, "patrol", "abandon", "")
    station.out("patrol", "abandon", "下雨")
    return patrol


def imported(station, folder):
    start = datetime.now(timezone.utc) - timedelta(hours=2)
    path = folder.write("walk.gpx", gpx(station.path, [(ROAD, 0, 900), ("建设路", 0, 3612)], start, mps=1.6))
    patrol = station.json("patrol", "import", path)["id"]
    shown = station.json("patrol", "show", patrol)
    assert shown["how"] == "file" and shown["file"] == "walk.gpx" and len(shown["file_sha256"]) == 64
    roads = {r["name"]: r for r in shown["roads"]}
    assert 95 <= roads["建设路"]["percent"] <= 100, roads
    assert 62 <= roads[ROAD]["percent"] <= 68, roads
    (gap,) = roads[ROAD]["gaps_m"]
    assert abs(gap[0] - 915) < 20 and abs(gap[1] - roads[ROAD]["length_m"]) < 1, gap
    assert "not covered: K0+9" in station.out("patrol", "show", patrol)
    assert "already" in station.fails(INVALID, "patrol", "import", path)
    for name, because in (("cerknicko-without-times.gpx", "does not say when"),
                          ("around-visnjan-with-car.gpx", "on a road of this office"),
                          ("gh-no_trk.gpx", "no track"), ("LICENCE.txt", "no track")):
        said = station.fails(INVALID, "patrol", "import", f"{DATA}/tracks/{name}")
        assert because in said, (name, said)
    station.fails(NOT_FOUND, "patrol", "import", folder.join("none.gpx"))
    return patrol


def by_hand(station):
    end = datetime.now(timezone.utc)
    times = ["--start", (end - timedelta(minutes=40)).strftime("%Y-%m-%dT%H:%M:%SZ"),
             "--end", end.strftime("%Y-%m-%dT%H:%M:%SZ")]
    station.fails(USAGE, "patrol", "enter", "--walked", ROAD)
    station.fails(USAGE, "patrol", "enter", *times, "--walked", f"{ROAD}:700")
    station.fails(INVALID, "patrol", "enter", *times)
    station.fails(NOT_FOUND, "patrol", "enter", *times, "--walked", "没有路")
    patrol = station.json("patrol", "enter", *times, "--walked", f"{ROAD}:200-600", "--walked", f"{ROAD}:1000-1100")["id"]
    (road,) = station.json("patrol", "show", patrol)["roads"]
    assert road["covered_m"] == [[200, 600], [1000, 1100]] or road["covered_m"] == [[200.0, 600.0], [1000.0, 1100.0]], road
    return patrol


def main():
    with Folder() as folder:
        station = Station(folder.join("s"))
        station.out("station", "init", "--sample")
        ids = [live(station), imported(station, folder), by_hand(station)]

        listed = station.json("patrol", "list")
        assert {p["id"] for p in listed} >= set(ids) and len(listed) == 4, listed
        assert [p["from"] for p in listed] == sorted((p["from"] for p in listed), reverse=True)
        assert len(station.json("patrol", "list", "--road", "建设路")) == 1
        assert station.out("patrol", "list").count("\n") == 4

        due = station.json("patrol", "due")
        by_name = {d["name"]: d for d in due}
        if due:  # on a day off nothing is owed
            assert by_name["建设路"]["state"] == "done", by_name["建设路"]
            assert by_name["冶金大道"]["state"] == "due" and by_name["冶金大道"]["percent"] == 0
            assert by_name["建设路"]["last"] is not None and by_name["冶金大道"]["last"] is None
        assert station.json("patrol", "due", "--missed") == []
        assert station.out("doctor", code=OK)
        station.out("rebuild")
        assert station.json("patrol", "due") == due


if __name__ == "__main__":
    sys.exit(main())
