#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The closed loop as scripts see it: what may be done, lists of work, routes, case files."""

import json
import os
import subprocess
import xml.dom.minidom

from lz_cli import AFTER, BEFORE, DAMAGED, INVALID, PROGRAM, REFUSED, USAGE, Folder, Station


def actions(folder):
    station = Station(folder.join("actions")).init()
    case = station.log("--photo", BEFORE)
    choices = {c["action"]: c for c in station.json("case", "actions", case)}
    assert choices["rectified"]["allowed"] and choices["rectified"]["needs"] == "a photo after the rectification"
    assert not choices["closed"]["allowed"] and choices["closed"]["why_not"], choices["closed"]
    assert "role" in choices["forced"]["why_not"], choices["forced"]
    assert "due_set" not in choices and "reported" not in choices, "no person's acts"
    text = station.out("case", "actions", case)
    assert text.splitlines()[0].startswith("+") and text.splitlines()[-1].startswith("-"), text
    station.out("case", "do", case, "supervised", "--order", "leader", "--level", "2", "--text", "请回复",
                "--until", "2099-01-01T00:00")
    shown = station.json("case", "show", case)
    assert shown["supervision"] == 2 and shown["reply_wanted"].startswith("2098-12-31T16"), shown
    station.fails(REFUSED, "case", "do", case, "supervised", "--order", "whim", "--text", "x")
    station.out("case", "do", case, "answered", "--text", "已安排")
    assert station.json("case", "show", case)["reply_wanted"] is None
    station.sound()


def tasks(folder):
    station = Station(folder.join("tasks")).init()
    one, two = station.log(), station.log(at="28.2933,117.2103")
    station.out("case", "do", two, "return_asked", "--note", "不归我们")
    counts = {c["list"]: c for c in station.json("tasks")}
    assert counts["to_accept"]["n"] == 1 and counts["return_asked"]["n"] == 1, counts
    assert counts["in_hand"]["n"] == 0 and "supervised" in counts, counts
    assert [c["id"] for c in station.json("tasks", "--list", "to_accept")] == [one]
    assert station.json("tasks", "--list", "to_accept", "--unit", "谁") == []
    assert {c["list"] for c in station.json("tasks", "--role", "unit")} == {
        "to_accept", "in_hand", "to_redo", "to_confirm", "reply_wanted", "overdue"}
    station.fails(USAGE, "tasks", "--role", "king")
    station.fails(USAGE, "tasks", "--list", "drafts")
    assert "return_asked" in station.out("tasks")


def routes(folder):
    station = Station(folder.join("routes")).init()
    routes_now = {r["category"]: r for r in station.json("route", "list")}
    assert len(routes_now) == 152 and routes_now["T06-01"]["source"] == "catalogue"
    station.out("route", "set", "T06-01", "环卫站", "--assist", "社区")
    case = station.log()
    shown = station.json("case", "show", case)
    assert shown["unit"] == "环卫站" and shown["assist"] == "社区", shown
    station.out("route", "set", "T06-01", "--open")
    assert station.json("case", "show", station.log())["state"] == "filed"
    station.out("route", "set", "T06-01", "--default")
    assert station.json("case", "show", station.log())["unit"] == routes_now["T06-01"]["unit"]
    station.fails(USAGE, "route", "set", "T06-01")
    station.fails(INVALID, "route", "set", "T99-99", "谁")
    table = folder.write("routes.csv", "category,unit\nT06-01,一队\nT06-02,二队\nX,三队\n")
    done = station.json("route", "import", table)
    assert done["set"] == 2 and len(done["skipped"]) == 1, done
    station.out("route", "export", table)
    with open(table, encoding="utf-8-sig") as file:
        assert "T06-02,道路积尘不达“双五”,二队,,office" in file.read()
    station.sound()


def verify(folder):
    station = Station(folder.join("verify")).init()
    case = station.log("--photo", BEFORE)
    station.out("case", "rectify", case, "--photo", AFTER)
    report = station.json("case", "verify", case)
    assert report["sound"] and report["photos"] == 2 and report["photos_sound"] == 2, report
    assert "far" in report["evidence"][0]["flags"] and "early" in report["evidence"][0]["flags"], report
    path = station.json("case", "show", case)["photos"][1]["path"]
    os.chmod(path, 0o600)
    with open(path, "r+b") as file:
        file.seek(100)
        file.write(b"x")
    report = station.json("case", "verify", case, code=DAMAGED)
    assert not report["sound"] and report["photos_sound"] == 1, report


def many(folder):
    station = Station(folder.join("many")).init()
    cases = [station.log(at=f"28.2{i}33,117.2103") for i in range(3)]
    station.out("case", "do", cases[0], "accepted")
    done = subprocess.run([PROGRAM, "--station", station.path, "case", "do-many", "voided", *cases, "--text", "误报",
                           "--json"], capture_output=True, text=True, encoding="utf-8", check=False)
    result = json.loads(done.stdout)
    assert done.returncode == REFUSED and len(result["done"]) == 2 and result["refused"][0]["id"] == cases[0], result
    station.out("undo")
    assert [station.json("case", "show", c)["state"] for c in cases] == ["handling", "dispatched", "dispatched"]
    station.sound()


def words_and_machine(folder):
    station = Station(folder.join("words")).init()
    words = station.json("phrase", "list", "check_failed", "--category", "T18-03")
    assert words[0] == "补植苗木规格不符，请返工。" and len(words) > 3, words
    station.out("phrase", "set", "check_failed", "请按图施工。")
    assert station.json("phrase", "list", "check_failed")[0] == "请按图施工。"
    station.fails(USAGE, "phrase", "list", "dance")
    page = station.out("machine")
    assert page.startswith("# The way of a case") and "| Rectified |" in page, page
    drawing = xml.dom.minidom.parseString(station.out("machine", "--svg"))
    assert len(drawing.getElementsByTagName("line")) > 50


def recurrence(folder):
    station = Station(folder.join("recurs")).init()
    first = station.log("--photo", BEFORE)
    station.out("case", "rectify", first, "--photo", AFTER)
    station.out("case", "close", first)
    again = station.log()
    assert station.json("case", "show", again)["recurs"] == first
    assert "recurs" not in station.json("case", "show", station.log(at="28.2933,117.2103"))
    station.sound()


def main():
    with Folder() as folder:
        for test in (actions, tasks, routes, verify, many, words_and_machine, recurrence):
            test(folder)
            print("ok", test.__name__)


if __name__ == "__main__":
    main()
