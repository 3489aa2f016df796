#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bulletin page, by keyboard: a figure and a plotted value open exactly their cases, as the
program without a window counts them; a rate explains itself; the ranking and a unit's sheet.
The week is published, and a case of it voided afterwards: what was published stays.

test-bulletin.py LUZHANG LUZHANG-CLI"""

import csv
import datetime
import json
import os
import re
import subprocess
import sys

from window import ROOT, Luzhang, keys, make_place, rest, run_cli, wait_for

sys.path.insert(0, os.path.join(ROOT, "tests", "paper"))
from lz_book import Book  # noqa: E402


def count_of(cli_dir, station, period, count, by="all", value=""):
    cases = json.loads(run_cli(cli_dir, station, "report", "cases", "--json", "--period", period, "--by", by, "--value",
                               value, "--count", count))
    return len(cases)


def last_week(cli_dir, station):
    report = json.loads(run_cli(cli_dir, station, "report", "figures", "--json"))
    return report["period"]


def check_interviews(cli_dir, station):
    """Who is proposed for an interview is who the rules name, reckoned from the ranking again."""
    report = json.loads(run_cli(cli_dir, station, "report", "monthly", "--json"))
    tables = {table["table"]: table["rows"] for table in report["tables"]}
    units = {row["key"]: row for row in tables["unit"]}
    ranked = tables["rank_unit"]
    n = sum(row["rank"] is not None for row in ranked)
    before = max((row["previous_rank"] or 0 for row in ranked), default=0)
    expected = set()
    for row in ranked:
        low = row["score"] is not None and row["score"] < 60
        last = n > 6 and before > 6 and (row["rank"] or 0) > n - 3 and (row["previous_rank"] or 0) > before - 3
        if low or last or units[row["key"]]["overdue_open"] >= 10:
            expected.add(row["key"])
    proposed = {row["key"] for row in tables["talk_unit"]}
    if proposed != expected or not all(row["reasons"] for row in tables["talk_unit"]):
        raise SystemExit(f"to be interviewed: {sorted(proposed)} instead of {sorted(expected)}")


def publish_and_void(cli_dir, station, kind, period, by="all", value=""):
    """Publishes it and voids a case that was overdue at its end; gives how many were then."""
    of = ("--json", "--period", period, "--by", by, "--value", value, "--count", "overdue_open")
    late = json.loads(run_cli(cli_dir, station, "report", "cases", *of))
    run_cli(cli_dir, station, "report", "seal", kind, "--period", period)
    run_cli(cli_dir, station, "case", "void", next(case["id"] for case in late if is_open(cli_dir, station, case["id"])),
            "--note", "重复")
    assert count_of(cli_dir, station, period, "overdue_open", by, value) == len(late) - 1
    return len(late)


def is_open(cli_dir, station, case):
    return json.loads(run_cli(cli_dir, station, "case", "show", case, "--json"))["state"] in ("dispatched", "handling")


def publish_month(cli_dir, station, month):
    """The row of the unit with the most, as it was published; a case of it is void since."""
    row = max(monthly_rows(cli_dir, station, month), key=lambda row: row["filed"])
    publish_and_void(cli_dir, station, "monthly", month, "unit", row["key"])
    assert count_of(cli_dir, station, month, "due_close", "unit", row["key"]) == row["closing_rate"]["whole"] - 1
    assert row in monthly_rows(cli_dir, station, month), "what was published is what the program without a window says"
    return row


def monthly_rows(cli_dir, station, month):
    tables = json.loads(run_cli(cli_dir, station, "report", "monthly", "--period", month, "--json"))["tables"]
    return next(table["rows"] for table in tables if table["table"] == "rank_unit")


def squeeze(text):
    return "".join(text.split())


def words_of(path):
    return squeeze(subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout)


def check_files(app, ranking, folder, rows):
    """The ranking as it is saved and printed from the window says what the window and the program without one say."""
    paths = {ending: os.path.join(folder, "rank." + ending) for ending in ("csv", "xlsx", "pdf")}
    for ending, path in paths.items():
        app.save_as(ranking, re.compile("^Export"), re.compile(f"Save as {ending.upper()}…$"), "Save the Report", path)
    ranking.find(None, re.compile("^Export")).press()
    ranking.find(None, re.compile("Print…$")).press()
    on_paper = app.print_to_file()
    app.take_focus()
    with open(paths["csv"], encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    start = lines.index(["Ranking By Unit: Total"])
    sheet = next(s for s in Book(paths["xlsx"]).sheets if any(v == "Ranking By Unit: Total" for v, _ in s.values()))
    numbers = [value for value, _ in sheet.values() if isinstance(value, float)]
    printed = words_of(paths["pdf"])
    assert words_of(on_paper) == printed
    os.unlink(on_paper)
    buttons = {thing.name for thing in ranking.all("push button")}
    for line, row in zip(lines[start + 2:], rows):
        saved = dict(zip(lines[start + 1], line))
        shown = f"{row['score']:.2f}" if row["score"] is not None else "—"
        assert (saved["Name"], saved["Score"], saved["Filed"]) == (row["name"], shown, str(row["filed"])), (saved, row)
        assert squeeze(row["name"] + shown) in printed, row
        assert f"Filed {row['filed']} · {row['name']}" in buttons and f"Score {shown}" in buttons, row
        assert row["score"] is None or {row["score"], row["filed"]} <= set(numbers), row


def cases(n):
    return f"{n} case{'' if n == 1 else 's'}"


def main():
    with make_place("bulletin") as (_, bin_dir, station):
        run_cli(bin_dir, station, "station", "init", "--sample")
        run_cli(bin_dir, station, "bench", "fill", "--cases", "400", "--days", "45", "--open", "15")
        week = last_week(bin_dir, station)
        check_interviews(bin_dir, station)
        reported = count_of(bin_dir, station, week, "reported")
        last_month = (datetime.date.today().replace(day=1) - datetime.timedelta(days=1)).strftime("%Y-%m")
        published = publish_month(bin_dir, station, last_month)
        overdue = publish_and_void(bin_dir, station, "weekly", week)
        with Luzhang(bin_dir, station) as app:
            frame = app.window("Luzhang")
            frame.find(None, re.compile("^Tasks"))
            app.take_focus()
            keys("alt+6")

            # A count opens to as many cases as it says, and the program without a window says the same.
            figure = frame.find("push button", re.compile(r"^Reported \d"))
            wait_for(lambda: figure.name == f"Reported {reported}", f"the figure {reported} of {week}")
            figure.press()
            title = frame.find("label", re.compile(r"^Reported as published · week "))
            said = frame.find("label", re.compile(r"^\d+ cases?$"))
            wait_for(lambda: said.name == cases(reported), f"the {reported} cases behind the figure")

            # What was published stays, with what it would be now beside it, and opens to the cases of then.
            keys("alt+6")
            frame.find("label", re.compile("^As published "))
            frame.find("label", re.compile(f"^now {overdue - 1} "))
            rest(0.3)
            frame.find("push button", re.compile(f"^Overdue, not handled {overdue}$")).press()
            wait_for(lambda: title.name.startswith("Overdue") and said.name == cases(overdue), "the cases of then")

            # A rate says what stands above and below its line.
            keys("alt+6")
            rest(0.3)
            frame.find("push button", re.compile("^Closing rate")).press()
            closed = count_of(bin_dir, station, week, "closed")
            frame.find("push button", re.compile(f"^Closed: {closed}")).press()
            wait_for(lambda: title.name.startswith("Closed as published · week ") and said.name == cases(closed), "the closed cases")

            # A plotted value, by the arrow keys and Return.
            keys("alt+6")
            rest(0.3)
            plot = frame.find("image", re.compile("^Reports on the Map"))
            plot.focus(limit=150)
            wait_for(lambda: re.search(r": Reported (\d+)", plot.name), "a mark of the map")
            keys("Right")
            rest(0.2)
            n = int(re.search(r": Reported (\d+)", plot.name).group(1))
            keys("Return")
            wait_for(lambda: said.name == cases(n), f"the {n} cases of a road")

            # The period before, by keyboard.
            keys("alt+6", "alt+Prior")
            wait_for(lambda: figure.name != f"Reported {reported}", "the week before")

            # The ranking, and the sheet of a unit.
            tab = frame.find("page tab", "Monthly Ranking")
            tab.press()
            page = tab.around("combo box", "Who Is Ranked")
            month = page.find(None, re.compile(r"^\d{4}-\d\d$")).name
            tables = json.loads(app.cli("report", "monthly", "--period", month, "--json"))["tables"]
            rows = next(table["rows"] for table in tables if table["table"] == "rank_unit")
            ranking = page.find("combo box", "Who Is Ranked").around("tree table")
            ranking.find("push button", f"Filed {rows[0]['filed']} · {rows[0]['name']}")
            check_files(app, ranking, os.path.dirname(station), rows)
            unit = ranking.find("push button", re.compile("^市城管局"))
            unit.press()
            page.find("label", re.compile("^市城管局 · "))
            page.find("label", re.compile("^Reported$"))
            keys("Escape")

            # The month before was published: its ranking stays, and opens to the cases of then.
            keys("alt+Prior")
            page.find(None, last_month)
            rate, name = published["closing_rate"], re.escape(published["name"])
            ranking.find("push button", re.compile(f"^Closing rate {rate['percent']:.2f} %.*{name}$")).press()
            frame.find("push button", re.compile(f"^To be closed: {rate['whole']}$")).press()
            wait_for(lambda: "as published · " in title.name and said.name == cases(rate["whole"]), "the cases of then")
    print("ok")


if __name__ == "__main__":
    main()
