#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A year of real cases: every figure of every week and month of 2015 against recount.sql, run by the
sqlite3 shell over the exported GeoPackage.

The cases are rows of tests/data/reports: every LZ_RECOUNT_EVERYth of them (8), each of them
LZ_RECOUNT_TIMES over (1) with its times shifted by a few hours, so that the volume of a city
comes of it too."""

import csv
import datetime
import gzip
import json
import os
import subprocess
import sys

from lz_cli import DATA, Folder, Station

SOURCE = os.path.join(os.environ["G_TEST_SRCDIR"], "..")
EVERY = int(os.environ.get("LZ_RECOUNT_EVERY", "8"))
TIMES = int(os.environ.get("LZ_RECOUNT_TIMES", "1"))
FORM = "%m/%d/%Y %I:%M:%S %p"

# Counts that are the same moment in such histories, by the column of recount.sql.
SAME = {
    "reported": ["reported", "own_reported", "valid_reported", "to_file", "reported_filed", "filed", "filed_on_time",
                 "filed_right", "due_dispatch", "dispatched", "dispatched_on_time", "dispatched_right"],
    "handled": ["handled", "closed", "forced"],
    "on_time": ["handled_on_time", "closed_on_time"],
    "late": ["handled_late", "overtime"],
    "overdue": ["overdue_open"],
    "due": ["due_handle", "due_close"],
    "open": ["open"],
}
RATES = {
    "handling": ("handled", "due"), "handling_on_time": ("on_time", "due"), "handling_late": ("late", "due"),
    "closing": ("handled", "due"), "closing_on_time": ("on_time", "due"),
    "filing": ("reported", "reported"), "valid_report": ("reported", "reported"),
    "dispatch_right": ("reported", "reported"),
}
EMPTY = dict.fromkeys(SAME, 0) | {"median": None, "p90": None, "national": None, "yuncheng": None}


def shift(text, hours):
    if not text or not hours:
        return text
    return (datetime.datetime.strptime(text, FORM) + datetime.timedelta(hours=hours)).strftime(FORM)


def make_csv(path):
    with gzip.open(os.path.join(DATA, "reports", "cases-a.csv.gz"), "rt", encoding="utf-8") as packed, \
            open(path, "w", encoding="utf-8", newline="") as out:
        rows = csv.DictReader(packed)
        writer = csv.DictWriter(out, rows.fieldnames)
        writer.writeheader()
        for i, row in enumerate(rows):
            if i % EVERY:
                continue
            for copy in range(TIMES):
                # 2015 is not left, and the hours of the day are filled.
                more = dict(row, CASE_ENQUIRY_ID=f"{row['CASE_ENQUIRY_ID']}-{copy}")
                for column in ("OPEN_DT", "TARGET_DT", "CLOSED_DT"):
                    more[column] = shift(row[column], copy * 5 + i % 5 if copy else 0)
                writer.writerow(more)


def percent(part, whole):
    """In hundredths, half up, in whole numbers."""
    return (part * 20000 + whole) // (whole * 2) / 100 if whole else None


class Recount:
    def __init__(self, rows):
        self.rows = {(r["key"], r["by"], r["value"]): r for r in rows}
        self.n = 0

    def get(self, *key):
        return self.rows.get(key, EMPTY)

    def same(self, what, found, expected):
        self.n += 1
        if found != expected:
            sys.exit(f"{what}: the program says {found}, recount.sql {expected}")

    def near(self, what, found, expected, by):
        self.n += 1
        if (found is None) != (expected is None) or (found is not None and abs(found - expected) > by):
            sys.exit(f"{what}: the program says {found}, recount.sql {expected}")

    def check_group(self, where, group, expected):
        counts = group["counts"]
        known = set()
        for column, keys in SAME.items():
            for key in keys:
                self.same(f"{where} {key}", counts[key], expected[column])
                known.add(key)
        for key in counts.keys() - known:
            self.same(f"{where} {key}", counts[key], 0)
        for rate, (part, whole) in RATES.items():
            self.same(f"{where} rate {rate}", group["rates"][rate], percent(expected[part], expected[whole]))
        self.near(f"{where} median", group["median_ms"], expected["median"], 1)
        self.near(f"{where} p90", group["p90_ms"], expected["p90"], 1)

    def check_figures(self, station, key, by):
        """Every group that either of them has."""
        found = {g["value"]: g for g in station.json("report", "figures", "--period", key, "--by", by)["groups"]}
        names = {k[2] for k in self.rows if k[0] == key and k[1] == by}
        if by == "road":
            found = {g["name"] if g["value"] else "": g for g in found.values()}
        for value in names - found.keys():
            self.same(f"{key} {by} {value}", sum(self.get(key, by, value)[c] or 0 for c in SAME), 0)
        for value, group in found.items():
            self.check_group(f"{key} {by} {value}", group, self.get(key, by, value))

    def check_report(self, station, verb, key, before):
        """The tables that are published: changes, scores, ranks."""
        report = station.json("report", verb, "--period", key)
        tables = {t["table"]: {r["key"]: r for r in t["rows"]} for t in report["tables"]}
        now, then = self.get(key, "all", ""), self.get(before, "all", "")
        for column, keys in SAME.items():
            for count in keys:
                row = tables["counts"][count]
                self.same(f"{key} {count}", row["now"], now[column])
                if before:
                    self.same(f"{key} {count} before", row["previous"], then[column])
        for rate, (part, whole) in RATES.items():
            self.same(f"{key} {rate}", tables["rates"][rate]["now"] and tables["rates"][rate]["now"]["percent"],
                      percent(now[part], now[whole]))
        self.check_scores(key, tables["unit"], "unit", "national", "")
        return tables

    def check_scores(self, key, rows, by, model, prefix):
        """Scores, and ranks by competition: 1, 2, 2, 4."""
        points = {}
        for value, row in rows.items():
            if row.get("total"):
                continue
            expected = self.get(key, by, prefix + value)[model]
            self.near(f"{key} {by} {prefix}{value} {model}", row["score"], expected, 0.00501)
            if expected is not None:
                points[value] = row["score"]
        for value, score in points.items():
            self.same(f"{key} {by} {prefix}{value} rank", rows[value]["rank"],
                      1 + sum(other > score for other in points.values()))


def main():
    with Folder() as folder:
        station = Station(folder.join("station")).init()
        source = folder.join("cases.csv")
        make_csv(source)
        done = station.json("import", "cases", source, "--place", "streets", "--map",
                            os.path.join(SOURCE, "data", "import", "boston311.ini"))
        package = folder.join("cases.gpkg")
        station.out("export", "--format", "gpkg", "--out", package)
        with open(os.path.join(SOURCE, "tests", "cli", "recount.sql"), encoding="utf-8") as script:
            shell = subprocess.run(["sqlite3", "-bail", package], stdin=script, capture_output=True, text=True,
                                   check=True)
        recount = Recount(json.loads(shell.stdout))

        weeks = [f"2015-W{i:02}" for i in range(1, 54)]
        months = [f"2015-{i:02}" for i in range(1, 13)]
        for key in weeks + months:
            for by in ("all", "unit", "dimension"):
                recount.check_figures(station, key, by)
        for key in weeks[::4] + months[::3]:
            for by in ("category", "road"):
                recount.check_figures(station, key, by)
        for i, key in enumerate(weeks):
            recount.check_report(station, "weekly", key, weeks[i - 1] if i else None)
        for i, key in enumerate(months):
            tables = recount.check_report(station, "monthly", key, months[i - 1] if i else None)
            for dimension in ("order", "cleanliness", "greenery", "lighting"):
                recount.check_scores(key, tables[f"rank_unit_{dimension}"], "dimension_unit", "national",
                                     dimension + " ")
            units = station.json("report", "unit", "--period", key, "--model", "unit-yuncheng")
            rows = next(t for t in units["tables"] if t["table"] == "unit")["rows"]
            recount.check_scores(key, {r["key"]: r for r in rows}, "unit", "yuncheng", "")
        print(f"{done['cases']} cases, {len(weeks)} weeks, {len(months)} months: {recount.n} figures agree")


if __name__ == "__main__":
    main()
