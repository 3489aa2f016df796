#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dispatcher's tools, by keyboard and screen reader: the window of duties with its table in and
out, two cases merged by the picker, a suspension by the calendar, the help on how a case goes.

test-duties.py LUZHANG LUZHANG-CLI"""

import csv
import json
import os
import re
import sys

from roles import CATEGORY, UNIT, Day, check, play
from window import keys, rest, type_text, wait_for

LEAD_UNIT = "市卫健委"
OTHER_UNIT = "环卫站"


def prepare(office):
    office.first, office.double, office.far = office.log(11), office.log(11), office.log(31)
    office.stuck = office.log(21)
    office.dispatch(office.stuck)
    office.do("zhao", office.stuck, "accepted")
    office.folder = os.path.dirname(office.station)


def route(office):
    """The route of the category, as the station knows it."""
    return next(row for row in json.loads(office.cli("route", "list", "--json")) if row["category"] == CATEGORY)


def write_path(day, title, path):
    """Types a path into a file chooser."""
    day.app.window(title)
    rest(0.3)
    keys("ctrl+a")
    type_text(path)
    rest(0.3)
    keys("Return")
    day.app.closed(title)


def choose_csv(day, window, item):
    window.find("push button", re.compile("^Import and Export")).press()
    rest(0.3)
    menu_item = window.find("menu item", item)
    menu_item.focus("Down")
    keys("Return")


def duties(office):
    table = os.path.join(office.folder, "duties.csv")
    with Day(office, "wang") as day:
        keys("ctrl+shift+u")
        window = day.app.window("Duties")
        window.find("list", "Duties").find("list item", re.compile(f"^{CATEGORY}"))
        type_text(CATEGORY)
        rest(0.6)
        keys("Tab")
        row = window.find("list", "Duties").find("list item", re.compile(f"^{CATEGORY}"))
        row.focus("Down")
        keys("Return")
        name = row.name.split("  ", 1)[1]
        dialog = day.app.window(name)
        entry = dialog.find("text", "Responsible unit")
        wait_for(lambda: entry.text == LEAD_UNIT, "the unit that has the duty now")
        entry.write(OTHER_UNIT)
        keys("alt+s")
        day.app.closed(name)
        wait_for(lambda: route(office)["unit"] == OTHER_UNIT, "the duty to be the other's")
        check(True, "a duty is given to another unit")

        day.app.window("Duties")
        choose_csv(day, window, "Export CSV…")
        write_path(day, "Export Duties", table)
        wait_for(lambda: os.path.exists(table), "the table")
        with open(table, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        mine = next(row for row in rows if row["category"] == CATEGORY)
        check(mine["unit"] == OTHER_UNIT and mine["source"] == "office" and len(rows) > 100,
              "the table goes out with all categories")

        with open(table, "w", encoding="utf-8", newline="") as file:
            file.write(f"category,unit,assist\n{CATEGORY},{UNIT},市公安局\nX99-99,nobody,\n")
        choose_csv(day, window, "Import CSV…")
        write_path(day, "Import Duties", table)
        report = day.app.window("Duties Taken In")
        wait_for(lambda: report.look("label", re.compile("1 changed")), "what changed")
        wait_for(lambda: report.look("label", re.compile("1 left out")), "what was left out")
        keys("Escape")
        wait_for(lambda: route(office)["assist"] == "市公安局", "the duty to be as in the table")
        check(True, "a table comes in, and what it could not say is told")


def merge(office):
    with Day(office, "wang") as day:
        day.choose("To file")
        day.open_first()
        day.other_step("Merge", lambda dialog: pick(day, dialog))
        states = {case: day.state(case) for case in (office.first, office.double)}
        check(sorted(states.values()) == ["merged", "reported"], "one of two cases at a spot goes into the other")


def pick(day, dialog):
    dialog.find("label", "Cases of the same category within 50 m")
    rows = wait_for(lambda: dialog.find("list", re.compile("^Cases of the same category")).all("list item"), "the near one")
    check(len(rows) == 1, "the one nearby is offered, the far one is not")
    wait_for(lambda: dialog.look("label", "The case that stays"), "the cases side by side")


def calendar(office):
    with Day(office, "zhao") as day:
        day.choose("In hand")
        day.open_first()
        day.other_step("Request Suspension", lambda dialog: (day.template(dialog), next_month(dialog)))
        asked = [event for event in day.office.case(office.stuck)["events"] if event["kind"].endswith("suspend_asked")]
        check(len(asked) == 1 and day.state(office.stuck) == "hang_pending", "a suspension is asked for, by the calendar")


def next_month(dialog):
    """By keyboard: the days of the calendar are walked with the arrows."""
    words = dialog.find("label", re.compile("^Until "))
    before = words.name
    calendar = wait_for(lambda: next((part for part in dialog.all(None, "Suspend until") if part.role != "label"), None),
                        "the calendar")
    calendar.focus("shift+Tab")
    keys("ctrl+Right")
    wait_for(lambda: words.name != before, "another day")


def help_window(office):
    with Day(office, "wang") as day:
        keys("shift+F1")
        window = day.app.window("How a Case Goes")
        steps = window.find("list", "Steps")
        check(len(steps.all("list item")) > 30 and bool(steps.look("list item", re.compile("Request Extension"))),
              "every step of the machine is told")
        keys("Escape")
        day.app.closed("How a Case Goes")


if __name__ == "__main__":
    sys.exit(play("duties", (prepare, duties, merge, calendar, help_window)))
