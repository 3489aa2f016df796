# SPDX-License-Identifier: GPL-3.0-or-later
"""People of an office who take turns at one station: who sits there, and what they do at the tasks
page by keyboard and screen reader alone."""

import json
import os
import re
import sqlite3

from window import PHOTOS, Luzhang, keys, make_place, rest, run_cli, wait_for

BEFORE = os.path.join(PHOTOS, "gps", "DSCN0010.jpg")
AFTER = os.path.join(PHOTOS, "gps", "DSCN0012.jpg")
UNIT = "市城管局"
CATEGORY = "T07-01"


def check(told, what):
    check.n += 1
    print(f"{'ok' if told else 'not ok'} {check.n} - {what}", flush=True)
    check.bad += 0 if told else 1


check.n = check.bad = 0


class Office:
    """The station and who sits at it."""

    def __init__(self, bin_dir, station):
        self.bin_dir = bin_dir
        self.station = station
        run_cli(bin_dir, station, "station", "init", "--sample")
        with sqlite3.connect(os.path.join(station, "station.gpkg")) as db:  # everything is decided by people
            db.execute("UPDATE setting SET value = '0' WHERE key = 'short_loop'")

    def cli(self, *arguments):
        return run_cli(self.bin_dir, self.station, *arguments)

    def case(self, case):
        return json.loads(self.cli("case", "show", case, "--json"))

    def use(self, person):
        self.cli("people", "use", person)

    def log(self, n, category=CATEGORY):
        self.use("li")
        return self.cli("case", "log", "--category", category, "--at", f"28.29{n:02}0,117.2210", "--photo", BEFORE,
                        "--note", f"rubbish {n}").strip()

    def do(self, person, case, action, *options):
        self.use(person)
        self.cli("case", "do", case, action, *options)

    def dispatch(self, case, unit=UNIT):
        self.do("wang", case, "filed")
        self.do("wang", case, "dispatched", "--unit", unit)


class Day:
    """One person's day."""

    def __init__(self, office, person, env=None):
        self.office = office
        office.use(person)
        self.app = Luzhang(office.bin_dir, office.station, env, shots=os.environ.get("LUZHANG_SHOTS"))

    def __enter__(self):
        self.app.__enter__()
        self.frame = self.app.window("Luzhang")
        self.frame.find("list", "My Work").find("list item", re.compile(r", \d+ cases"))  # the first screen
        rest(0.3)
        return self

    def __exit__(self, kind, *unused):
        if kind is not None:
            self.app.shot("failed")
            print("the focus is on", [f"{t.role} {t.name!r}" for t in self.frame.all() if t.has("focused")], flush=True)
        self.app.__exit__(kind, *unused)

    def section(self, name):
        return self.frame.find("list", "My Work").find("list item", re.compile("^" + re.escape(name) + ","))

    def count(self, name):
        """How many cases the section says that it holds."""
        return int(re.search(r", (\d+) cases", self.section(name).name).group(1))

    def choose(self, section):
        """Goes to a section by keyboard; the list of its cases has the focus then."""
        row = self.section(section)
        keys("F6")
        rest(0.2)
        keys("Home")
        rest(0.1)
        for _ in range(25):
            if row.has("focused"):
                break
            keys("Down")
            rest(0.1)
        wait_for(lambda: self.frame.look("list", section), f"the list {section}")
        rest(0.4)
        keys("Return")
        rest(0.2)

    def reach(self, name):
        self.frame.reach("push button", name)

    def open_first(self):
        keys("Home")
        rest(0.2)
        keys("Return")
        rest(0.5)

    def on_show(self):
        """The number of the case beside the list."""
        return next(label.name for label in self.frame.all("label") if re.search(r" · D-[\w-]+$", label.name))

    def walk(self, key):
        before = self.on_show()
        keys(key)
        wait_for(lambda: self.on_show() != before, f"another case by {key}")
        return self.on_show()

    def take_step(self, title, then=None):
        """The main step of the case on show, through its dialog."""
        keys("ctrl+Return")
        self.answer(title, then)

    def send_back(self, title):
        """The no to it, with the first template."""
        keys("ctrl+shift+r")
        self.answer(title, self.template)

    def other_step(self, step, then=None):
        """A step from the menu beside the main button."""
        self.reach(re.compile("^More Steps"))
        keys("Return")
        rest(0.3)
        row = wait_for(lambda: self.frame.find("list", "More Steps").look("list item", step), f"the step {step}")
        row.focus("Down")
        keys("Return")
        self.answer(step, then)

    def check_offers(self, main, *menu):
        """Of the case on show: its one button (None: it waits for somebody else), and what its menu holds
        besides the note that everybody may add; tests/data/steps/offered.tsv has all of them."""
        self.reach(re.compile("^More Steps"))
        keys("Return")
        rest(0.3)
        told = [row.name for row in self.frame.find("list", "More Steps").all("list item")]
        keys("Escape")
        rest(0.2)
        there = main is None or self.frame.look("push button", main) is not None
        check(there and told == [*menu, "Add Note"], f"{main or 'nothing'} is offered, and {told}")

    def answer(self, title, then):
        dialog = self.app.window(title)
        if then is not None:
            then(dialog)
        button = dialog.find("push button", title)
        wait_for(lambda: button.sensitive, f"{title} to be possible")
        keys("ctrl+Return")
        self.app.closed(title)
        self.app.window("Luzhang")
        rest(0.3)

    def template(self, dialog):
        wait_for(lambda: dialog.find("list", "Templates").all("list item"), "a template")
        keys("alt+1")
        rest(0.2)

    def photo(self, dialog):
        title = dialog.name
        self.app.add_photo(dialog, AFTER)
        self.app.window(title)

    def state(self, case):
        return self.office.case(case)["state"]

    def wait_state(self, case, state):
        wait_for(lambda: self.state(case) == state, f"{case} to be {state}")


def play(name, days):
    """Runs each of days with an office of its own folder; the exit code of the program."""
    with make_place(name) as (_, bin_dir, station):
        office = Office(bin_dir, station)
        for day in days:
            day(office)
        office.cli("doctor")
        check(True, "the doctor finds nothing")
    print(f"1..{check.n}")
    return 1 if check.bad else 0
