#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The papers of a station through luzhang-cli: numbers of notices, words, missing photos."""

import glob
import hashlib
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["G_TEST_SRCDIR"], "cli"))
from lz_cli import NOT_FOUND, OK, PHOTOS, STORAGE, USAGE, Folder, Station  # noqa: E402

PHOTO = os.path.join(PHOTOS, "gps", "DSCN0029.jpg")
OTHER = os.path.join(PHOTOS, "gps", "DSCN0038.jpg")
LONG = "门前人行道上堆放杂物，影响行人通行；经营者称无处存放。" * 60


def words(path):
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(text.split())


def pages(path):
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(next(line.split()[1] for line in info.splitlines() if line.startswith("Pages")))


def make_station(path):
    station = Station(path)
    station.out("station", "init", "--sample")
    station.out("people", "add", "zhang", "--name", "张巡查", "--roles", "inspector,dispatcher,checker,unit")
    station.out("people", "use", "zhang")
    return station


def log(station, text="门前堆物", photo=PHOTO):
    station.out("case", "log", "-c", "T01-08", "--at", "28.293384,117.230231", "-p", photo, "-n", text)
    return station.json("case", "list")[0]["number"]


def check_notice(station, folder):
    case, second = log(station), log(station)
    draft, one, two = (folder.join(f"n{n}.pdf") for n in range(3))
    before = len(station.json("case", "show", case)["events"])
    station.out("paper", "notice", case, "--draft", "-o", draft)
    assert len(station.json("case", "show", case)["events"]) == before, "a draft leaves no trace"
    assert station.json("paper", "notice", case, "-o", one)["number"] == "1"
    assert station.json("paper", "notice", case, "-o", two)["number"] == "1", "the same paper again"
    assert station.json("paper", "notice", second, "-o", two)["number"] == "2"
    assert station.json("paper", "notice", case, "--new", "--unit", "花园环卫所", "-o", two)["number"] == "3"
    register = station.json("paper", "list")
    assert [(p["number"], p["case"], p["doubled"]) for p in register] == [
        ("1", case, False), ("2", second, False), ("3", case, False)], register
    assert register[2]["unit"] == "花园环卫所"
    assert "花园环卫所" in words(two) and case in words(two) and "门前堆物" in words(two)
    assert "K1+80" in words(two), words(two)
    events = station.json("case", "show", case)["events"]
    assert "notice" in events[-1]["text"], events[-1]
    station.out("rebuild")
    assert station.json("paper", "list") == register
    assert station.json("paper", "list", "--year", "1999") == []
    station.out("doctor")
    chinese = {**os.environ, "LANGUAGE": "zh_CN", "LC_ALL": "zh_CN.UTF-8"}
    station.out("paper", "notice", case, "--draft", "-o", draft, env=chinese)
    for wanted in ("整改通知书", "（草稿，未编号）", "贵溪市", "特此通知。", "任务1"):
        assert wanted in words(draft), wanted


def check_case_file(station, folder):
    case = log(station, LONG)
    station.out("case", "rectify", case, "-p", OTHER, "-n", "已清理")
    path = folder.join("case.pdf")
    whole = station.json("paper", "case", case, "-o", path)
    assert whole["pages"] == pages(path) and whole["pages"] >= 2
    text = words(path)
    with open(OTHER, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    assert digest[:12] in text and "张巡查" in text and "已清理" in text
    assert text.count("经营者称无处存放") >= 120, "the whole text, in the facts and in the timeline"


def check_missing(folder):
    """Photos that are gone or broken: the paper says so in their place."""
    station = make_station(folder.join("missing"))
    case = log(station)
    blob = next(b for b in glob.glob(os.path.join(station.path, "photos", "*", "*.bin")))
    os.chmod(blob, 0o644)
    with open(blob, "r+b") as file:
        file.truncate(2000)
    path = folder.join("m.pdf")
    for path_of in glob.glob(os.path.join(station.path, "photos", "previews", "**", "*"), recursive=True):
        if os.path.isfile(path_of):
            os.remove(path_of)
    station.out("paper", "case", case, "-o", path)
    assert "Thephotocannotberead" in words(path), words(path)
    os.remove(blob)
    station.out("paper", "case", case, "-o", path)
    assert "notonthiscomputer" in words(path)


def check_tasks(station, folder):
    path = folder.join("t.pdf")
    station.out("paper", "tasks", "-o", path)
    assert "门前堆物" in words(path)
    station.out("paper", "tasks", "--unit", "没有这个单位", "-o", path)
    assert "Nothingtodo" in words(path)


def check_marks(folder):
    """A station among several puts a mark of its own before its numbers."""
    station = make_station(folder.join("marked"))
    case = log(station)
    subprocess.run(["sqlite3", os.path.join(station.path, "station.gpkg"),
                    "INSERT INTO setting VALUES ('paper_mark', '2')"], check=True)
    assert station.json("paper", "notice", case, "-o", folder.join("x.pdf"))["number"] == "2-1"


def main():
    with Folder() as folder:
        station = make_station(folder.join("station"))
        check_notice(station, folder)
        check_case_file(station, folder)
        check_tasks(station, folder)
        check_missing(folder)
        check_marks(folder)
        case = station.json("case", "list")[0]["number"]
        station.fails(USAGE, "paper", "case", case)
        station.fails(NOT_FOUND, "paper", "case", "D-none-1", "-o", folder.join("y.pdf"))
        station.run("paper", "case", case, "-o", folder.join("no", "y.pdf"), code=NOT_FOUND)
        assert OK == 0 and STORAGE == 5


if __name__ == "__main__":
    main()
