#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A year of cases: every figure of every week and month against recount.sql, run by the sqlite3 shell
over the exported GeoPackage.   recount.py boston|played PLAY-YEAR

boston: real requests of 2015, rows of tests/data/reports: every LZ_RECOUNT_EVERYth of them (8), each
of them LZ_RECOUNT_TIMES over (1) with its times shifted by a few hours, so that the volume of a city
comes of it too.
played: 2025, LZ_RECOUNT_CASES cases (4000) to which everything happens that the rules allow, played
through the core by play-year.c."""

import csv
import datetime
import gzip
import json
import os
import re
import subprocess
import sys
import time

from lz_cli import DATA, Folder, Station, photo

SOURCE = os.path.join(os.environ["G_TEST_SRCDIR"], "..")
EVERY = int(os.environ.get("LZ_RECOUNT_EVERY", "8"))
TIMES = int(os.environ.get("LZ_RECOUNT_TIMES", "1"))
CASES = os.environ.get("LZ_RECOUNT_CASES", "4000")
FORM = "%m/%d/%Y %I:%M:%S %p"

# domain §4.2: what stands above and below the line.
RATES = {
    "valid_report": ("valid_reported", "own_reported"), "missed": ("missed", "filed"),
    "self_handled": ("self_handled", "reported"), "filing": ("reported_filed", "to_file"),
    "filing_on_time": ("filed_on_time", "filed"), "filing_right": ("filed_right", "filed"),
    "verify_on_time": ("verified_on_time", "due_verify"), "dispatch_on_time": ("dispatched_on_time", "due_dispatch"),
    "dispatch_right": ("dispatched_right", "due_dispatch"), "return": ("returned", "dispatched"),
    "handling": ("handled", "due_handle"), "handling_on_time": ("handled_on_time", "due_handle"),
    "handling_late": ("handled_late", "due_handle"), "check_on_time": ("checked_on_time", "due_check"),
    "check_passed": ("check_passed", "checked"), "closing": ("closed", "due_close"),
    "closing_on_time": ("closed_on_time", "due_close"), "rework": ("reworked", "due_close"),
    "extension": ("extended", "due_close"), "complaint": ("complained", "filed"),
    "recurrence": ("recurred", "reported"),
}
TIMINGS = ("median_ms", "p90_ms", "median_clock_ms", "p90_clock_ms")
SCORES = ("national", "yuncheng")
# All ways to set figures out that tally offers.
WAYS = ("all", "dimension", "category", "subdistrict", "community", "road", "chief", "unit", "inspector", "source", "hour",
        "weekday", "day", "road_hour", "road_weekday", "dimension_subdistrict", "dimension_road", "dimension_unit",
        "dimension_community")
ROAD = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


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


def make_calendar(path, year):
    """The holidays of 2026, taken for those of @year; gives them as (day, off)."""
    days = []
    with open(os.path.join(SOURCE, "data", "calendar", "china-2026.tsv"), encoding="utf-8") as source, \
            open(path, "w", encoding="utf-8") as out:
        for line in source:
            line = line.replace("2026-", f"{year}-")
            out.write(line)
            if line.startswith(str(year)):
                days.append((line.split("\t")[0], int(line.split("\t")[1] == "off")))
    return days


def fill_boston(folder, station, _):
    source = folder.join("cases.csv")
    make_csv(source)
    station.json("import", "cases", source, "--place", "streets", "--map",
                 os.path.join(SOURCE, "data", "import", "boston311.ini"))
    return 2015, []


def fill_played(folder, station, program):
    calendar = folder.join("calendar.tsv")
    days = make_calendar(calendar, 2025)
    subprocess.run([program, station.path, photo("gps", "DSCN0010.jpg"), calendar, "2025", CASES, "1"], check=True,
                   stdout=subprocess.DEVNULL)
    return 2025, days


def share_roads(folder, station):
    """A second chief has every eighth road, whoever else has it; every third is in a community."""
    roads = station.json("roads", "list")
    mine = [(r["name"], "local") for r in roads if r["level"] > 0]
    more = [(r["name"], "wang") for r in roads[::8]]
    station.out("people", "add", "wang", "--name", "王", "--roles", "road_chief,inspector")
    for road, person in more:
        station.out("roads", "assign", road, person)
    communities = [(r["name"], f"36068100100{i % 4}") for i, r in enumerate(roads) if i % 3 == 0]
    table = folder.join("communities.csv")
    with open(table, "w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("road", "community")] + communities)
    assert station.json("roads", "communities", table)["roads"] == len(communities)
    return mine + more, communities


def values(rows):
    return ", ".join("(" + ", ".join("'" + str(v).replace("'", "''") + "'" for v in row) + ")" for row in rows)


def make_table(name, columns, rows):
    return f"CREATE TEMP TABLE {name} ({columns});\n" + (f"INSERT INTO {name} VALUES {values(rows)};\n" if rows else "")


def percent(part, whole):
    """In hundredths, half up, in whole numbers."""
    return (part * 20000 + whole) // (whole * 2) / 100 if whole else None


class Recount:
    """What recount.sql counted, and how many of its figures the program has confirmed."""

    def __init__(self, lists, roads):
        self.counts = [k for k in lists[0][0] if k not in ("key", "by", "value") + TIMINGS + SCORES]
        self.empty = dict.fromkeys(self.counts, 0) | dict.fromkeys(TIMINGS + SCORES)
        self.rows = {}
        self.names = {}
        self.roads = roads
        self.n = 0
        for row in (row for rows in lists for row in rows):
            key, by, value = row.pop("key"), row.pop("by"), row.pop("value")
            self.rows.setdefault((key, by, value), dict(self.empty)).update(row)
            self.names.setdefault((key, by), set()).add(value)

    def get(self, *key):
        return self.rows.get(key, self.empty)

    def same(self, what, found, expected):
        self.n += 1
        if found != expected:
            sys.exit(f"{' '.join(what)}: the program says {found}, recount.sql {expected}")

    def near(self, what, found, expected, by):
        self.n += 1
        if (found is None) != (expected is None) or (found is not None and abs(found - expected) > by):
            sys.exit(f"{' '.join(what)}: the program says {found}, recount.sql {expected}")

    def check_group(self, where, group, expected):
        assert group["counts"].keys() == self.empty.keys() - set(TIMINGS + SCORES) and group["rates"].keys() == RATES.keys()
        for key, count in group["counts"].items():
            self.same((*where, key), count, expected[key])
        for rate, (part, whole) in RATES.items():
            self.same((*where, rate), group["rates"][rate], percent(expected[part], expected[whole]))
        for key in TIMINGS:
            self.same((*where, key), group[key], expected[key])

    def name_road(self, value):
        """The program names a road by its id, the SQL by its name."""
        return ROAD.sub(lambda found: self.roads[found[0]], value)

    def check_figures(self, station, key):
        """Every group that either of them has, whichever way the figures are set out."""
        report = station.json("report", "figures", "--period", key, "--by", ",".join(WAYS))
        assert {t["by"] for t in report["tables"]} == set(WAYS)
        for by, groups in ((t["by"], t["groups"]) for t in report["tables"]):
            found = {self.name_road(g["value"]): g for g in groups}
            assert len(found) == len(groups)
            for value in self.names.get((key, by), set()) - found.keys():
                self.same((key, by, value), sum(self.get(key, by, value)[c] for c in self.counts), 0)
            for value, group in found.items():
                self.check_group((key, by, value), group, self.get(key, by, value))

    def check_report(self, station, verb, key, before):
        """The tables that are published: changes, scores, ranks."""
        report = station.json("report", verb, "--period", key)
        tables = {t["table"]: {r["key"]: r for r in t["rows"]} for t in report["tables"]}
        now, then = self.get(key, "all", ""), self.get(before, "all", "")
        for count, row in tables["counts"].items():
            self.same((key, count), row["now"], now[count])
            if before:
                self.same((key, count, "before"), row["previous"], then[count])
        for rate, row in tables["rates"].items():
            part, whole = RATES[rate]
            self.same((key, rate), row["now"] and row["now"]["percent"], percent(now[part], now[whole]))
        self.check_scores(key, tables["unit"], "unit", "national", "")
        return tables

    def check_scores(self, key, rows, by, model, prefix):
        """Scores, and ranks by competition: 1, 2, 2, 4."""
        points = {}
        for value, row in rows.items():
            if row.get("total"):
                continue
            expected = self.get(key, by, prefix + value)[model]
            self.near((key, by, prefix + value, model), row["score"], expected, 0.00501)
            if expected is not None:
                points[value] = row["score"]
        for value, score in points.items():
            self.same((key, by, prefix + value, "rank"), rows[value]["rank"],
                      1 + sum(other > score for other in points.values()))


def read_lists(text):
    """One list for each SELECT that found something."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        rows, at = decoder.raw_decode(text, at)
        yield rows
        while at < len(text) and text[at].isspace():
            at += 1


def count_again(folder, station, year, days, chiefs, communities):
    package = folder.join("cases.gpkg")
    station.out("export", "--format", "gpkg", "--history", "--out", package)
    setup = (make_table("setup", "year INTEGER", [[year]]) + make_table("holiday", "day, off INTEGER", days)
             + make_table("chief", "road, person", chiefs) + make_table("community", "road, code", communities))
    with open(os.path.join(SOURCE, "tests", "cli", "recount.sql"), encoding="utf-8") as script:
        shell = subprocess.run(["sqlite3", "-bail", package], input=setup + script.read(), capture_output=True,
                               text=True, check=False)
    if shell.returncode != 0:
        sys.exit(shell.stderr)
    return Recount(list(read_lists(shell.stdout)), {r["id"]: r["name"] for r in station.json("roads", "list")})


def main():
    begun = time.monotonic()
    with Folder() as folder:
        station = Station(folder.join("station")).init()
        year, days = {"boston": fill_boston, "played": fill_played}[sys.argv[1]](folder, station, sys.argv[2])
        chiefs, communities = share_roads(folder, station)
        filled = time.monotonic()
        recount = count_again(folder, station, year, days, chiefs, communities)
        counted = time.monotonic()

        weeks = [f"{year}-W{i:02}" for i in range(1, datetime.date(year, 12, 28).isocalendar()[1] + 1)]
        months = [f"{year}-{i:02}" for i in range(1, 13)]
        for key in weeks + months:
            recount.check_figures(station, key)
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
        cases = len(station.json("case", "list", "--limit", "0"))
        print(f"{cases} cases, {len(weeks)} weeks, {len(months)} months: {recount.n} figures agree; filled in "
              f"{filled - begun:.1f} s, recounted in {counted - filled:.1f} s, compared in "
              f"{time.monotonic() - counted:.1f} s")
        if sys.argv[1] == "played":
            # Nothing that can be counted is missing from such a year.
            total = {c: sum(recount.get(key, "all", "")[c] for key in months) for c in recount.counts}
            missing = [c for c, n in total.items() if n < 10]
            assert not missing, (missing, total)
            station.sound()


if __name__ == "__main__":
    main()
