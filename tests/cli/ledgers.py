#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ledgers and lists in files of every kind; the firms that cases name."""

import csv
import json
import sqlite3
import zipfile

from lz_cli import BEFORE, INVALID, NOT_FOUND, REFUSED, USAGE, Folder, Station
from office import close, office


def numbers_in(path):
    """The case numbers in a file, whatever it is."""
    if path.endswith(".csv"):
        with open(path, encoding="utf-8-sig", newline="") as file:
            return sorted(row["number"] for row in csv.DictReader(file))
    if path.endswith(".geojson"):
        with open(path, encoding="utf-8") as file:
            return sorted(f["properties"]["number"] for f in json.load(file)["features"])
    if path.endswith(".gpkg"):
        with sqlite3.connect(path) as db:
            return sorted(row[0] for row in db.execute("SELECT number FROM cases"))
    if path.endswith(".json"):
        with open(path, encoding="utf-8") as file:
            return sorted(row["cells"]["number"] if "cells" in row else row["number"]
                          for row in json.load(file)["tables"][0]["rows"])
    with zipfile.ZipFile(path) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    return text


def ledgers(folder):
    """Every ledger counts what it lists, and all files hold the same cases."""
    station = office(folder)
    counts = {row["ledger"]: row["cases"] for row in station.json("ledger")}
    assert list(counts) == ["overdue", "suspended", "recurred", "exposed", "praised", "handed"], counts
    assert set(counts.values()) == {0}, counts
    shown = [station.log("--photo", BEFORE, category="T05-11") for _ in range(2)]
    station.log("--photo", BEFORE)
    lead = station.log("--photo", BEFORE, category="T23-01")
    for case in shown:
        station.out("notice", "add", "exposed", "乱倒渣土", "--case", case, "--text", "某工地")
    counts = {row["ledger"]: row["cases"] for row in station.json("ledger")}
    assert (counts["exposed"], counts["praised"], counts["handed"]) == (2, 0, 3), counts
    rows = station.json("ledger", "exposed")
    assert sorted(row["id"] for row in rows) == sorted(shown)
    assert {(row["about"], row["words"], row["hours"]) for row in rows} == {("乱倒渣土", "某工地", None)}
    handed = {row["id"]: row["about"] for row in station.json("ledger", "handed")}  # to the plan's lead units
    assert handed == {**{case: "Police" for case in shown}, lead: "Civilisation office"}, handed
    assert station.json("ledger", "exposed", "--period", "2020") == []
    wanted = sorted(row["number"] for row in rows)
    for ending in ("csv", "geojson", "gpkg", "json"):
        path = folder.join("exposed." + ending)
        assert station.json("ledger", "exposed", "--out", path)["cases"] == 2
        assert numbers_in(path) == wanted, path
    station.out("ledger", "exposed", "--out", folder.join("exposed.xlsx"))
    book = numbers_in(folder.join("exposed.xlsx"))
    assert all(number in book for number in wanted)
    with sqlite3.connect(folder.join("exposed.gpkg")) as db:
        assert set(db.execute("SELECT about, words, hours FROM cases")) == {("乱倒渣土", "某工地", None)}
    station.out("ledger", "exposed", "--out", folder.join("exposed.pdf"))
    station.fails(USAGE, "ledger", "exposed", "--out", folder.join("exposed.doc"))
    station.fails(USAGE, "ledger", "nothing")


def lists(folder):
    """A list of cases goes into files of every kind."""
    station = office(folder)
    for _ in range(3):
        station.log("--photo", BEFORE)
    wanted = sorted(row["number"] for row in station.json("case", "list"))
    for ending in ("csv", "geojson", "gpkg", "json"):
        path = folder.join("all." + ending)
        assert station.json("export", "--out", path)["cases"] == 3
        assert numbers_in(path) == wanted, path
    station.out("export", "--out", folder.join("all.xlsx"))
    station.fails(USAGE, "export", "--out", folder.join("all.doc"))
    station.fails(USAGE, "export")


def firms(folder):
    """A case names its firm; closed, it can be charged; files go out and come back."""
    station = office(folder)
    path = folder.write("firms.csv", "name,licence,plates\r\n甲运输,渣2026-01,赣L12345 赣L12346\r\n乙运输,,\r\n")
    assert station.json("firm", "import", path) == {"rows": 2, "new": 2, "changed": 0, "same": 0}
    assert station.json("firm", "import", path) == {"rows": 2, "new": 0, "changed": 0, "same": 2}
    wrong = folder.write("wrong.csv", "firm,licence\r\n甲,1\r\n")
    station.fails(INVALID, "firm", "import", wrong)
    case, other = (station.log("--photo", BEFORE, category="T05-11") for _ in range(2))
    station.out("firm", "name", "甲运输", case, "--plate", "赣L12345")
    station.out("firm", "name", "甲运输", other)
    station.out("firm", "name", "乙运输", other)  # it was another one's truck
    found = station.json("firm", "cases", "甲运输")
    assert [(row["case"], row["plate"], row["rule"], row["points"], row["charged"]) for row in found] == \
        [(case, "赣L12345", "dumping", 20, None)], found
    assert [row["case"] for row in station.json("firm", "cases", "乙运输")] == [other]
    close(station, case)
    station.out("firm", "charge", "甲运输", case, "dumping")
    assert station.json("firm", "cases", "甲运输")[0]["charged"] is not None
    assert [row["points"] for row in station.json("firm", "charges", "甲运输")] == [20]
    assert station.json("firm", "charges", "甲运输", "--year", "2020") == []
    out = folder.join("out.csv")
    station.out("firm", "export", "--out", out)
    with open(out, encoding="utf-8-sig", newline="") as file:
        rows = {row["Firm"]: row for row in csv.DictReader(file)}
    assert (rows["甲运输"]["Points"], rows["甲运输"]["Vehicles"]) == ("80", "赣L12345 赣L12346"), rows
    assert station.json("firm", "import", out) == {"rows": 2, "new": 0, "changed": 0, "same": 2}
    station.out("firm", "export", "--out", folder.join("out.xlsx"))
    station.fails(INVALID, "firm", "export", "--out", folder.join("out.doc"))
    station.fails(NOT_FOUND, "firm", "name", "丙运输", case)
    station.fails(REFUSED, "firm", "retire", "乙运输")
    station.out("firm", "retire", "乙运输", "--reason", "已注销")
    assert [row["name"] for row in station.json("firm", "list")] == ["甲运输"]
    station.sound()


def main():
    for function in (ledgers, lists, firms):
        with Folder() as folder:
            function(folder)
        print(f"ok {function.__name__}", flush=True)


if __name__ == "__main__":
    main()
