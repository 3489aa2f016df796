#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The day of those who watch over others' work: a dispatcher looks at what is overdue unit by unit,
a supervisor urges, the unit replies, a road chief looks at the roads.

test-overseers.py LUZHANG LUZHANG-CLI"""

import re
import sys

from roles import Day, check, play
from window import keys, rest, wait_for


def prepare(office):
    """Made-up cases of some days, several overdue."""
    office.cli("bench", "fill", "--cases", "30", "--days", "4", "--open", "10")
    for road in ("柏里大道", "贵溪大道", "建设路", "西后街", "冶金大道"):
        office.cli("roads", "assign", road, "zhang")


def dispatcher(office):
    with Day(office, "wang") as day:
        n = day.count("Overdue")
        day.choose("Overdue")
        units = day.frame.find("combo box", "Responsible Unit")
        check(n > 0 and units.look("label", f"All units ({n})"), "the dispatcher sees what is overdue of all units")
        units.focus("shift+Tab")
        keys("space")
        rest(0.3)
        keys("Down", "Return")
        wait_for(lambda: units.look("label", re.compile(r"\(\d+ of \d+\)")), "one unit's")
        wait_for(lambda: day.frame.look("list", "Overdue").all("list item"), "its cases")
        check(True, "and unit by unit")


def supervisor(office):
    with Day(office, "sun") as day:
        day.choose("Overdue")
        day.open_first()
        day.check_offers(None, "Supervise", "Close by Force")
        day.other_step("Supervise", lambda dialog: (day.template(dialog), ask_for_reply(dialog)))
        wait_for(lambda: day.frame.look("label", re.compile("^Supervised, level 1")), "the mark")
        wait_for(lambda: day.count("Under supervision") == 1, "the section")
        check(True, "the supervisor supervises what is overdue, and the case says so")


def ask_for_reply(dialog):
    box = dialog.find("check box", re.compile("reply"))
    box.focus("shift+Tab")
    keys("space")
    rest(0.2)


def unit(office):
    with Day(office, "zhao") as day:
        if day.count("Supervised, reply wanted") == 0:
            check(True, "the supervised case is another unit's")
            return
        day.choose("Supervised, reply wanted")
        day.open_first()
        day.other_step("Reply to Supervision", day.template)
        wait_for(lambda: day.count("Supervised, reply wanted") == 0, "no reply to be wanted")
        check(True, "the unit replies to the supervision")


def road_chief(office):
    with Day(office, "zhang") as day:
        n = day.count("Overdue on my roads")
        check(n > 0, "the road chief's first screen counts what is overdue on the roads")
        rows = day.frame.find("list", "My Work").all("list item")
        check(rows[0].name.startswith("Overdue on my roads,") and day.frame.look("list", "Overdue on my roads") is not None,
              "and begins with them")
        day.choose("Overdue on my roads")
        day.open_first()
        wait_for(lambda: day.frame.look("push button", "More Steps"), "what a chief can do")
        day.other_step("Supervise", day.template)
        check(True, "a road chief supervises a case of a road")
        keys("alt+5")
        wait_for(lambda: day.frame.look("tree table", "Roads").all("table row"), "the roads")
        check(day.frame.look(None, re.compile("^5 roads")) is not None, "and sees how the own roads stand")


if __name__ == "__main__":
    sys.exit(play("overseers", (prepare, dispatcher, supervisor, unit, road_chief)))
