#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as scripts see it: run.py NAME runs the functions NAME_…"""

import csv
import datetime
import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys

from lz_cli import (AFTER, BEFORE, DAMAGED, DATA, INVALID, NOT_FOUND, OK, PHOTOS, PROGRAM, REFUSED, USAGE,
                    Folder, Station, photo)

MAPPING = """[import]
name=test
[columns]
id=id
type=what
opened=from
due=due
closed=to
lat=lat
lon=lon
text=say
[time]
format=%d.%m.%Y %H:%M
zone=Asia/Shanghai
[types]
dirt=T06-01
two words=T16-01
nothing=-
"""


def call(*args, code=OK, **more):
    done = subprocess.run([PROGRAM, *args], capture_output=True, text=True, timeout=600, check=False, **more)
    assert done.returncode == code, (args, done.returncode, done.stdout, done.stderr)
    return done.stdout, done.stderr


# -- usage --------------------------------------------------------------------------------------------


def usage_help(_folder):
    text = call("--help")[0]
    for word in ("station init", "roads import", "case log", "intake", "doctor", "restore", "bench fill", "Exit codes"):
        assert word in text, word
    for code in range(10):
        assert re.search(rf"^  {code}  \S", text, re.M), code
    assert "--category" in call("case", "log", "--help")[0]
    assert re.fullmatch(r"luzhang-cli [0-9.]+\n", call("--version")[0])


def usage_wrong(folder):
    station = Station(folder.join("s"))
    for args in ((), ("nonsense",), ("case",), ("case", "nonsense"), ("case", "show"), ("doctor", "extra"),
                 ("case", "list", "--nonsense"), ("case", "list", "--limit", "x"), ("case", "log"),
                 ("case", "list", "--limit", "-1"), ("station", "init"), ("station", "init", "--sample", "--city", "x"),
                 ("export", "--format", "doc", "--out", "x"), ("export", "--format", "csv"), ("bench", "fill"),
                 ("import", "cases", "x.csv"), ("roads", "assign", "x"), ("case", "do", "x", "nonsense")):
        station.fails(USAGE, *args)
    assert not os.path.exists(station.path)


def usage_no_station(folder):
    station = Station(folder.join("s"))
    for args in (("case", "list"), ("doctor",), ("case", "log", "--category", "T06-01", "--at", "1,2"),
                 ("rebuild",), ("backup", folder.join("b")), ("search", "x"), ("drafts", "list")):
        assert folder.path in station.fails(NOT_FOUND, *args), args
    assert os.listdir(folder.path) == []


def usage_words_of_the_user(folder):
    """In Chinese where the system is, and never the bare code of an error."""
    said = Station(folder.join("s")).fails(NOT_FOUND, "case", "list")
    assert "Error" not in said and "quark" not in said, said
    said = Station(folder.join("s")).fails(NOT_FOUND, "case", "list", "--verbose")
    assert "lz_error_quark" in said, said


# -- cases --------------------------------------------------------------------------------------------


def cases_life(folder):
    station = Station(folder.join("s")).init()
    case = station.log("--photo", BEFORE, "--note", "路面垃圾", "--time", "2026-01-02T08:30:00+08:00")
    shown = station.json("case", "show", case)
    assert shown["id"] == case and shown["state"] == "dispatched" and shown["next"] == "rectified", shown
    assert shown["text"] == "路面垃圾" and shown["found"] == "2026-01-02T00:30:00.000Z", shown
    assert [e["kind"] for e in shown["events"]] == ["case.reported", "case.filed", "case.dispatched"], shown
    assert [e["device_seq"] for e in shown["events"]] == [1, 2, 3], shown
    assert shown["road"] and shown["side"] in ("left", "right") and shown["chainage_m"] >= 0, shown
    assert shown["photos"][0]["role"] == "before" and shown["photos"][0]["here"], shown
    with open(BEFORE, "rb") as one, open(shown["photos"][0]["path"], "rb") as two:
        assert one.read() == two.read()

    assert "A photo" in station.fails(REFUSED, "case", "rectify", case)
    assert station.out("case", "rectify", case, "--photo", AFTER).strip() == case
    assert station.json("case", "show", shown["number"])["state"] == "fed_back"
    assert station.out("case", "close", case[:13]).strip() == case
    assert station.json("case", "show", case)["state"] == "closed"
    station.fails(REFUSED, "case", "rectify", case, "--photo", AFTER)
    station.fails(REFUSED, "case", "void", case, "--note", "x")
    station.fails(REFUSED, "case", "reopen", case)
    station.out("case", "note", case, "--note", "后来", "--photo", photo("phones", "Samsung_SM-J327T1.jpg"))
    station.fails(USAGE, "case", "note", case)
    station.out("case", "reopen", case, "--note", "又脏了")
    shown = station.json("case", "show", case)
    assert shown["state"] == "rework" and len(shown["photos"]) == 3 and shown["n_photos"] == 3, shown
    assert shown["source"] == "own", shown
    assert station.json("case", "show", station.log("--source", "hotline"))["source"] == "hotline"
    station.sound()


def cases_list(folder):
    station = Station(folder.join("s")).init()
    assert station.json("case", "list") == []
    assert station.out("case", "list") == ""
    first = station.log("--note", "占道经营 a,b \"c\"", category="T03-03")
    second = station.log(category="T06-01", at="28.3000,117.2200")
    third = station.log(category="T16-01")
    station.out("case", "void", second, "--note", "错")
    ids = [c["id"] for c in station.json("case", "list")]
    assert ids == [third, second, first], ids
    assert [c["id"] for c in station.json("case", "list", "--limit", "1")] == [third]
    assert [c["id"] for c in station.json("case", "list", "--ascending")] == [first, second, third]
    assert [c["id"] for c in station.json("case", "list", "--state", "voided")] == [second]
    assert [c["id"] for c in station.json("case", "list", "--state", "open,voided", "--limit", "0")] == ids
    assert [c["id"] for c in station.json("case", "list", "--dimension", "序化")] == [first]
    assert [c["id"] for c in station.json("case", "list", "--search", "占道")] == [first]
    assert [c["id"] for c in station.json("search", "道")] != []
    assert [c["id"] for c in station.json("search", "zdjy")] == [first]
    assert [c["id"] for c in station.json("search", "没有的")] == []
    road = station.json("case", "show", first)["road"]
    assert first in [c["id"] for c in station.json("case", "list", "--road", road)]
    station.fails(NOT_FOUND, "case", "list", "--road", "没有这条路")
    station.fails(USAGE, "case", "list", "--state", "nonsense")
    station.fails(USAGE, "case", "list", "--lamp", "blue")
    station.fails(USAGE, "case", "list", "--sort", "beauty")
    lines = station.out("case", "list").splitlines()
    assert len(lines) == 3 and "占道经营 a,b \"c\"" in lines[2], lines
    keys = {"id", "number", "state", "category", "lat", "lon", "road", "text", "reported", "deadline", "lamp",
            "n_photos", "delivered", "dimension", "unit", "changed"}
    assert keys <= set(station.json("case", "list")[0]), keys - set(station.json("case", "list")[0])


def cases_refused(folder):
    station = Station(folder.join("s")).init()
    log = ("case", "log", "--category")
    assert "T18-03" in station.fails(INVALID, *log, "行道树倒伏", "--at", "28.28,117.21")
    station.fails(INVALID, *log, "T99-99", "--at", "28.28,117.21")
    for place in ("28.28", "117.21,28.28,", "x,y", "91,10", "28.28,181", "0,0", "", "nan,nan"):
        station.fails(INVALID, *log, "T06-01", "--at", place)
    station.fails(USAGE, *log, "T06-01")
    station.fails(USAGE, *log, "T06-01", "--at", "28.28,117.21", "--source", "neighbour")
    station.fails(INVALID, *log, "T06-01", "--at", "28.28,117.21", "--condition", "99")
    station.fails(INVALID, *log, "T06-01", "--at", "28.28,117.21", "--note", "字" * 20000)
    station.fails(INVALID, *log, "T06-01", "--at", "28.28,117.21", "--address", "x" * 20000)
    station.fails(INVALID, *log, "T06-01", "--at", "28.28,117.21", "--time", "yesterday")
    station.fails(NOT_FOUND, *log, "T06-01", "--at", "28.28,117.21", "--photo", folder.join("none.jpg"))
    station.fails(INVALID, *log, "T06-01", "--at", "28.28,117.21", "--photo", os.path.join(DATA, "photos", "LICENCE.txt"))
    station.fails(REFUSED, *log, "T06-01", "--at", "28.28,117.21", "--fixed", "--photo", BEFORE)
    station.fails(USAGE, *log, "T06-01", "--at", "28.28,117.21", "--after", AFTER)
    station.fails(NOT_FOUND, "case", "show", "0")
    station.fails(NOT_FOUND, "case", "show", "D-none")
    station.fails(NOT_FOUND, "case", "rectify", "ffffffff", "--photo", AFTER)
    assert station.json("case", "list") == []
    found = station.findings()
    assert all(f["level"] == "note" for f in found), found


def cases_fixed_on_the_spot(folder):
    station = Station(folder.join("s")).init()
    case = station.log("--fixed", "--photo", BEFORE, "--after", AFTER)
    assert station.json("case", "show", case)["state"] == "self_done"
    station.out("case", "close", case)
    assert station.json("case", "show", case)["state"] == "closed"
    station.sound()


def cases_place_from_photo(folder):
    station = Station(folder.join("s")).init()
    case = station.out("case", "log", "--category", "T06-01", "--photo", BEFORE).strip()
    shown = station.json("case", "show", case)
    assert abs(shown["lat"] - 43.4674) < 0.001 and abs(shown["lon"] - 11.885) < 0.001, shown
    assert shown["road"] is None and shown["photos"][0]["taken"].startswith("2008-10-22"), shown


def cases_every_step(folder):
    """The closed loop by `case do`, with the paths that the short loop leaves out."""
    station = Station(folder.join("s")).init()
    case = station.log()
    steps = [("accepted", ("--person", "赵队长")), ("extend_asked", ("--note", "要零件")), ("extend_granted", ()),
             ("suspend_asked", ("--note", "冬天", "--until", "2030-01-01T00:00")),
             ("suspend_refused", ("--note", "不行")), ("rectified", ("--photo", AFTER)), ("check_asked", ()),
             ("check_failed", ("--note", "没干净")), ("rectified", ("--photo", BEFORE)), ("closed", ())]
    for action, args in steps:
        if action == "suspend_asked":
            station.fails(REFUSED, "case", "do", case, action, *args)  # more than a year
            args = ("--note", "冬天", "--until", next_month())
        station.out("case", "do", case, action, *args)
    shown = station.json("case", "show", case)
    assert shown["state"] == "closed" and shown["n_after"] == 2, shown
    station.fails(REFUSED, "case", "do", case, "accepted")
    other = station.log(category="T01-01")
    station.out("case", "do", other, "return_asked", "--note", "不归我们")
    station.out("case", "do", other, "return_granted")
    station.fails(REFUSED, "case", "do", other, "merged", "--other", case)  # first to intake
    station.out("case", "do", other, "unfiled", "--note", "重复")
    station.out("case", "do", other, "merged", "--other", case)
    assert station.json("case", "show", other)["merged_into"] == case
    station.sound()


def next_month():
    import datetime
    return (datetime.datetime.now() + datetime.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")


def cases_undo(folder):
    station = Station(folder.join("s")).init()
    case = station.log("--photo", BEFORE)
    station.out("case", "rectify", case, "--photo", AFTER)
    station.out("undo")
    assert station.json("case", "show", case)["state"] == "dispatched"
    station.out("undo")
    assert station.json("case", "list") == []
    drafts = station.json("drafts", "list")
    assert len(drafts) == 1 and len(drafts[0]["photos"]) == 1, drafts
    station.fails(REFUSED, "undo")
    station.sound()


def cases_categories(folder):
    station = Station(folder.join("s")).init()
    assert len(station.json("categories")) == 152
    assert station.json("categories", "zdjy")[0]["code"] == "T03-03"
    assert station.json("categories", "T06-01")[0]["name"] == "道路不洁"


# -- roads --------------------------------------------------------------------------------------------


def roads_assign(folder):
    station = Station(folder.join("s")).init()
    roads = station.json("roads", "list")
    assert len(roads) > 10 and all(r["length_m"] > 0 for r in roads)
    mine = [r["id"] for r in station.json("roads", "list", "--mine")]
    free = next(r for r in roads if r["id"] not in mine)
    station.out("roads", "assign", free["name"], "local", "--level", "2")
    again = next(r for r in station.json("roads", "list", "--mine") if r["id"] == free["id"])
    assert again["level"] == 2
    station.out("roads", "assign", free["id"], "local", "--remove")
    assert [r["id"] for r in station.json("roads", "list", "--mine")] == mine
    station.fails(USAGE, "roads", "assign", free["name"], "local", "--level", "9")
    station.fails(NOT_FOUND, "roads", "assign", "没有", "local")
    station.fails(NOT_FOUND, "roads", "assign", free["name"], "nobody")


def roads_import(folder):
    station = Station(folder.join("s")).init("--city", "嵩阳街道")
    assert station.json("roads", "list") == []
    report = station.json("roads", "import", os.path.join(DATA, "streets", "small.gpkg"))
    assert report["streets"] > 0 and report["roads"] > 0, report
    assert len(station.json("roads", "list")) == report["roads"]
    station.fails(NOT_FOUND, "roads", "import", folder.join("none.osm"))
    station.fails(INVALID, "roads", "import", BEFORE)
    assert len(station.json("roads", "list")) == report["roads"]
    station.fails(REFUSED, "station", "init", "--sample")
    station.fails(NOT_FOUND, "--station", folder.join("other"), "station", "init", "--city", "Atlantis")
    Station(folder.join("own")).init("--city", "Atlantis", "--feed", "990101001")


def roads_people(folder):
    station = Station(folder.join("s")).init()
    station.out("people", "add", "lin", "--name", "林巡查员", "--roles", "inspector")
    station.out("people", "use", "lin")
    people = {p["id"]: p for p in station.json("people", "list")}
    assert people["lin"]["acts_here"] and people["lin"]["roles"] == "inspector" and not people["local"]["acts_here"]
    case = station.log()
    assert station.json("case", "show", case)["reporter"] == "lin"
    assert "role" in station.fails(REFUSED, "case", "void", case, "--note", "x")
    station.fails(NOT_FOUND, "people", "use", "nobody")
    station.fails(USAGE, "people", "add", "x", "--roles", "king")


# -- intake -------------------------------------------------------------------------------------------


def intake_drafts(folder):
    station = Station(folder.join("s")).init()
    os.mkdir(folder.join("in"))
    for name in ("DSCN0010.jpg", "DSCN0012.jpg", "DSCN0021.jpg"):
        shutil.copy(photo("gps", name), folder.join("in", name))
    folder.write("in/notes.txt", "no photo")
    with open(BEFORE, "rb") as whole:
        with open(folder.join("in", "half.jpg"), "wb") as half:
            half.write(whole.read()[:20000])
    report = station.json("intake", folder.join("in"))
    assert report["files"] == 5 and report["photos"] == 3 and report["cases"] == [], report
    skipped = "\n".join(report["skipped"])
    assert len(report["skipped"]) == 2 and "notes.txt" in skipped and "half.jpg" in skipped, report
    drafts = station.json("drafts", "list")
    assert sorted(d["id"] for d in drafts) == sorted(report["draft_ids"]) and len(drafts) == report["drafts"]
    assert sum(len(d["photos"]) for d in drafts) == 3 and station.json("case", "list") == []
    station.fails(INVALID, "drafts", "log", str(drafts[0]["id"]), "--category", "T99-99")
    station.fails(NOT_FOUND, "drafts", "log", "999")
    case = station.out("drafts", "log", str(drafts[0]["id"]), "--category", "T12-02").strip()
    assert station.json("case", "show", case)["category"] == "T12-02"
    assert len(station.json("drafts", "list")) == len(drafts) - 1
    again = station.json("intake", folder.join("in"))
    assert again["photos"] == 0 and again["known"] == 3 and again["drafts"] == 0, again
    station.sound()


def intake_commit(folder):
    station = Station(folder.join("s")).init()
    out, err = station.run("intake", os.path.join(PHOTOS, "gps"), "--commit", "--category", "T06-01")
    ids = out.split()
    assert len(ids) > 0 and all(len(i) == 36 for i in ids), out
    assert "photos taken in" in err, err
    assert sorted(c["id"] for c in station.json("case", "list")) == sorted(ids)
    assert station.json("drafts", "list") == []
    assert sum(c["n_photos"] for c in station.json("case", "list")) == 9
    station.fails(NOT_FOUND, "intake", folder.join("none"))
    station.fails(INVALID, "intake", PHOTOS, "--commit", "--category", "T99-99")
    station.fails(USAGE, "intake", PHOTOS, "--category", "T06-01")
    station.sound()


# -- care ---------------------------------------------------------------------------------------------


def care_backup(folder):
    station = Station(folder.join("s")).init()
    case = station.log("--photo", BEFORE)
    before = station.out("case", "list", "--json")
    backup = folder.join("b.gpkg")
    assert station.json("backup", backup)["photos_missing"] == 0
    station.log("--note", "after the backup")

    other = Station(folder.join("t"))
    other.out("restore", backup)
    other.sound()
    assert other.out("case", "list", "--json") == before
    other.fails(REFUSED, "restore", backup)
    moved = other.json("restore", backup, "--replace")["moved_to"]
    assert os.path.exists(os.path.join(moved, "station.gpkg"))

    with open(backup, "rb") as whole, open(folder.join("cut"), "wb") as cut:
        data = whole.read()
        cut.write(data[: len(data) // 2])
    assert "cut off" in Station(folder.join("u")).fails(INVALID, "restore", folder.join("cut"))
    Station(folder.join("u")).fails(INVALID, "restore", BEFORE)
    Station(folder.join("u")).fails(NOT_FOUND, "restore", folder.join("none"))
    assert not os.path.exists(folder.join("u"))
    station.fails(NOT_FOUND, "backup", folder.join("no", "such", "folder"))
    assert station.json("case", "show", case)["state"] == "dispatched"
    left = [n for n in os.listdir(folder.path) if "tmp" in n or "restoring" in n]
    assert left == [], left


def care_rebuild(folder):
    station = Station(folder.join("s")).init()
    case = station.log("--photo", BEFORE, "--note", "一二三")
    station.out("case", "rectify", case, "--photo", AFTER)
    before = station.out("case", "show", case, "--json")
    station.out("rebuild")
    assert station.out("case", "show", case, "--json") == before
    assert len(station.json("search", "一二")) == 1
    station.sound()


def care_doctor(folder):
    station = Station(folder.join("s")).init()
    case = station.log("--photo", BEFORE)
    path = station.json("case", "show", case)["photos"][0]["path"]
    os.chmod(os.path.dirname(path), 0o700)
    os.rename(path, path + ".gone")
    report = station.json("doctor", code=DAMAGED)
    assert report["worst"] == "damage", report
    assert [f["check"] for f in report["findings"] if f["level"] == "damage"] == ["photos"], report
    assert json.loads(station.out("backup", folder.join("b"), "--json", code=DAMAGED))["photos_missing"] == 1
    os.rename(path + ".gone", path)
    station.sound()

    db = sqlite3.connect(os.path.join(station.path, "station.gpkg"))
    db.execute("UPDATE case_row SET state = 16")
    db.commit()
    db.close()
    assert "rebuild" in station.out("doctor", code=DAMAGED)
    station.out("rebuild")
    station.sound()


def care_damaged_file(folder):
    station = Station(folder.join("s")).init()
    with open(os.path.join(station.path, "station.gpkg"), "r+b") as file:
        file.write(b"garbage garbage garbage")
    said = station.fails(DAMAGED, "case", "list")
    assert "damaged" in said, said
    station.fails(DAMAGED, "case", "log", "--category", "T06-01", "--at", "28.28,117.21")


def care_geopackage(folder):
    """QGIS and ogr2ogr read the station as it is."""
    if shutil.which("ogrinfo") is None:
        print("no ogrinfo here")
        return
    station = Station(folder.join("s")).init()
    station.log("--photo", BEFORE, "--note", "路灯")
    station.out("export", "--format", "gpkg", "--out", folder.join("x.gpkg"))
    for path in (os.path.join(station.path, "station.gpkg"), folder.join("x.gpkg")):
        done = subprocess.run(["ogrinfo", "-al", "-so", path], capture_output=True, text=True, check=True)
        text = done.stdout + done.stderr
        assert not re.search("warning|error", text, re.I), text
        for word in ("Layer name: cases", "Layer name: roads", "Geometry: Point", "Feature Count: 1\n", "number: String",
                     "code: String", "category: String", "state: String", "deadline:", "road: String", "chainage_m:"):
            assert word in text, (word, text)
        one = subprocess.run(["ogrinfo", "-al", path, "cases"], capture_output=True, text=True, check=True)
        assert "POINT (117.2103 28.2833)" in one.stdout and "道路不洁" in one.stdout, one.stdout


# -- files --------------------------------------------------------------------------------------------


def files_export(folder):
    station = Station(folder.join("s")).init()
    first = station.log("--note", "a, \"b\"\nc", category="T03-03")
    second = station.log(category="T06-01")
    station.out("case", "void", second, "--note", "错")
    out = folder.join("x")

    assert station.json("export", "--format", "csv", "--out", out) == {"file": out, "cases": 2}
    with open(out, encoding="utf-8", newline="") as file:
        raw = file.read()
    assert raw.startswith("number,uuid,code,") and raw.count("\r\n") == 3, raw
    rows = {r["uuid"]: r for r in csv.DictReader(raw.splitlines(keepends=True))}
    assert rows[first]["description"] == "a, \"b\"\nc" and rows[first]["lat"] == "28.2833000", rows
    assert rows[second]["state"] == "voided"
    station.out("export", "--format", "csv", "--out", out, "--bom", "--state", "open")
    with open(out, "rb") as file:
        raw = file.read()
    assert raw.startswith(b"\xef\xbb\xbfnumber") and raw.count(b"\r\n") == 2

    station.out("export", "--format", "geojson", "--out", out)
    with open(out, encoding="utf-8") as file:
        features = json.load(file)["features"]
    assert len(features) == 2 and features[0]["geometry"] == {"type": "Point", "coordinates": [117.2103, 28.2833]}
    assert {f["properties"]["uuid"] for f in features} == {first, second}

    station.out("export", "--format", "gpkg", "--out", out, "--search", "占道")
    db = sqlite3.connect(out)
    assert [r[0] for r in db.execute("SELECT uuid FROM cases")] == [first]
    assert db.execute("SELECT count(*) FROM roads").fetchone()[0] > 10
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()
    for kind in ("csv", "geojson", "gpkg"):
        station.out("export", "--format", kind, "--out", out, "--search", "没有的")
    station.fails(NOT_FOUND, "export", "--format", "csv", "--out", folder.join("no", "x"))
    assert sorted(os.listdir(folder.path)) == ["s", "x"]


def files_import(folder):
    station = Station(folder.join("s")).init()
    mapping = folder.write("m.ini", MAPPING)
    table = folder.write("t.csv", "\ufeffid,what,from,due,to,lat,lon,say\n"
                         "1,dirt,01.02.2026 08:00,03.02.2026 08:00,,28.2833,117.2103,\"x, \"\"y\"\"\"\r\n"
                         "2,two   words,01.02.2026 08:00,,02.02.2026 09:00,28.2833,117.2103,\n"
                         "3,unknown,01.02.2026 08:00,,,28.2833,117.2103,\n"
                         "4,nothing,01.02.2026 08:00,,,28.2833,117.2103,\n"
                         "5,dirt,when?,,,28.2833,117.2103,\n"
                         "6,dirt,01.02.2026 08:00,,31.01.2026 08:00,28.2833,117.2103,\n"
                         "7,dirt,01.02.2026 08:00,,,,,\n"
                         "8,dirt,01.02.2026\n"
                         "9,dirt,01.02.2099 08:00,,,28.2833,117.2103,\n"
                         "2,dirt,01.02.2026 08:00,,,28.2833,117.2103,\n"
                         f"12,dirt,01.02.2026 08:00,,,28.2833,117.2103,{'x' * 20000}\n")
    report = station.json("import", "cases", table, "--map", mapping)
    assert (report["rows"], report["cases"], report["known"], report["skipped"]) == (11, 2, 1, 8), report
    assert [r.split(":")[0] for r in report["reasons"]] == [f"row {n}" for n in (4, 5, 6, 7, 8, 9, 10, 12)], report
    one, two = station.json("case", "list", "--ascending", "--sort", "category")
    assert one["category"] == "T06-01" and one["state"] == "dispatched" and one["text"] == "dirt: x, \"y\"", one
    assert one["reported"] == "2026-02-01T00:00:00.000Z" and one["deadline"] == "2026-02-03T00:00:00.000Z", one
    assert two["category"] == "T16-01" and two["state"] == "forced" and two["road"], two
    again = station.json("import", "cases", table, "--map", mapping)
    assert again["cases"] == 0 and again["known"] == 3, again
    station.sound()

    with gzip.open(folder.join("t.csv.gz"), "wt", encoding="utf-8") as file:
        file.write("id,what,from,due,to,lat,lon,say\n11,dirt,01.02.2026 08:00,,,,,\n")
    assert station.json("import", "cases", folder.join("t.csv.gz"), "--map", mapping, "--place", "streets")["cases"] == 1
    station.fails(NOT_FOUND, "import", "cases", folder.join("none.csv"), "--map", mapping)
    station.fails(NOT_FOUND, "import", "cases", table, "--map", folder.join("none.ini"))
    for wrong in (MAPPING.replace("lat=lat", "lat=nowhere"), MAPPING.replace("opened=from", ""), "rubbish",
                  MAPPING.replace("T16-01", "T99-99"), MAPPING.replace("Asia/Shanghai", "Moon/Crater")):
        station.fails(INVALID, "import", "cases", table, "--map", folder.write("w.ini", wrong))
    station.fails(INVALID, "import", "cases", folder.write("e.csv", ""), "--map", mapping)
    sources = MAPPING.replace("[time]", "source=by\n[sources]\n市长热线=hotline\n[time]")
    mapping = folder.write("s.ini", sources)
    rows = "\n".join(f"s{i},dirt,02.02.2026 08:00,,,,,,{by}" for i, by in enumerate(("", "市长热线", "media", "路人")))
    table = folder.write("s.csv", f"id,what,from,due,to,lat,lon,say,by\n{rows}\n")
    station.json("import", "cases", table, "--map", mapping, "--place", "streets")
    found = {g["value"]: g["counts"]["reported"]
             for g in station.json("report", "figures", "--period", "2026-02-02", "--by", "source")["groups"]}
    assert found == {"own": 1, "hotline": 1, "media": 1, "other": 1}, found
    station.fails(INVALID, "import", "cases", table, "--map", folder.write("w.ini", sources.replace("=hotline", "=who")))
    station.sound()


def roads_communities(folder):
    """Communities by hand, from a table and from a map; figures by community follow."""
    station = Station(folder.join("s")).init()
    names = [r["name"] for r in station.json("roads", "list")]
    assert station.json("roads", "communities") == []
    station.out("roads", "community", names[0], "--community", "360681001007")
    assert station.json("roads", "communities") == [{"road": names[0], "community": "360681001007"}]
    station.out("roads", "community", names[0], "--remove")
    station.fails(USAGE, "roads", "community", names[0])
    station.fails(NOT_FOUND, "roads", "community", names[0], "--community", "无此社区")
    table = folder.write("c.csv", f"道路,社区\n{names[0]},360681001001\n{names[1]},360681001002\n无此路,360681001002\n")
    report = station.json("roads", "communities", table)
    assert (report["rows"], report["roads"], len(report["skipped"])) == (3, 2, 1), report
    station.fails(INVALID, "roads", "communities", folder.write("w.csv", "a,b\n1,2\n"))
    station.fails(INVALID, "roads", "communities", folder.write("w.geojson", "{}"))
    station.fails(NOT_FOUND, "roads", "communities", folder.join("none.geojson"))

    # The city in two halves; a case counts for the half that its road lies in.
    halves = {"360681001003": (117.0, 117.21), "360681001004": (117.21, 117.5)}
    features = [{"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [
        [[west, 28], [east, 28], [east, 29], [west, 29], [west, 28]]]}} for code, (west, east) in halves.items()]
    file = folder.write("c.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    assert station.json("roads", "communities", file)["roads"] == len(names)
    found = {r["road"]: r["community"] for r in station.json("roads", "communities")}
    assert set(found.values()) == set(halves), found
    case = station.log()
    road = station.json("case", "show", case)["road"]
    today = station.json("report", "figures", "--by", "community", "--period", str(datetime.date.today().year))
    assert [(g["value"], g["counts"]["reported"]) for g in today["groups"]] == [(found[road], 1)], today
    station.sound()


def boston_whole(folder):
    """The whole of a real city's requests."""
    station = Station(folder.join("s")).init()
    table = os.path.join(DATA, "reports", "cases-a.csv.gz")
    mapping = os.path.join(os.environ["G_TEST_SRCDIR"], "..", "data", "import", "boston311.ini")
    report = station.json("import", "cases", table, "--map", mapping, "--place", "streets")
    assert report["rows"] == 60623 and report["cases"] == 60521 and report["skipped"] == 102, report
    lamps = len(station.json("case", "list", "--state", "open"))
    assert lamps == 9814, lamps
    assert len(station.json("case", "list", "--search", "Graffiti", "--limit", "5")) == 5
    station.sound()


# -- several at once ------------------------------------------------------------------------------------


def together_acts(folder):
    """Several programs at work on one station: each act is there, once, and none is turned away."""
    station = Station(folder.join("s")).init()
    script = ('for i in 1 2 3 4 5 6 7 8; do "$0" --station "$1" case log --category T06-01 --at 28.2833,117.2103'
              ' --photo "$2" || exit 1; done')
    running = [subprocess.Popen(["sh", "-c", script, PROGRAM, station.path, BEFORE], stdout=subprocess.PIPE, text=True)
               for _ in range(4)]
    ids = []
    for process in running:
        ids += process.communicate()[0].split()
        assert process.returncode == 0
    cases = station.json("case", "list")
    assert sorted(c["id"] for c in cases) == sorted(ids) and len(set(ids)) == 32
    assert len({c["number"] for c in cases}) == 32
    station.sound()


def together_backup(folder):
    """A backup while others write is of one moment."""
    station = Station(folder.join("s")).init()
    script = 'for i in 1 2 3 4 5 6; do "$0" --station "$1" case log --category T06-01 --at 28.2833,117.2103 --photo "$2"; done'
    with subprocess.Popen(["sh", "-c", script, PROGRAM, station.path, BEFORE], stdout=subprocess.DEVNULL) as writer:
        n = 0
        while writer.poll() is None:
            station.out("backup", folder.join(f"b{n}"))
            n += 1
    for i in range(n):
        copy = Station(folder.join(f"r{i}"))
        copy.out("restore", folder.join(f"b{i}"))
        copy.sound()


def main():
    name = sys.argv[1]
    functions = [(key, value) for key, value in globals().items() if key.startswith(name + "_")]
    assert functions, name
    for key, function in functions:
        with Folder() as folder:
            function(folder)
        print(f"ok {key}", flush=True)


if __name__ == "__main__":
    main()
