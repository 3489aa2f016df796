#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each role's day at the tasks page, by keyboard and screen reader alone: inspector, dispatcher,
unit, checker, supervisor take turns at one station.

test-roles.py LUZHANG LUZHANG-CLI"""

import os
import re
import shutil
import sqlite3
import sys
import tempfile

from window import PHOTOS, Luzhang, keys, rest, run_cli, wait_for

BEFORE = os.path.join(PHOTOS, "gps", "DSCN0010.jpg")
AFTER = os.path.join(PHOTOS, "gps", "DSCN0012.jpg")
UNIT = "市城管局"


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

    def use(self, person):
        self.cli("people", "use", person)

    def log(self, n):
        self.use("li")
        return self.cli("case", "log", "--category", "T07-01", "--at", f"28.29{n:02}0,117.2210", "--photo", BEFORE,
                        "--note", f"rubbish {n}").strip()

    def do(self, person, case, action, *options):
        self.use(person)
        self.cli("case", "do", case, action, *options)

    def prepare(self):
        """Cases that wait for each of them."""
        self.to_file = [self.log(n) for n in (11, 13, 15)]
        self.doubtful = self.log(17)
        self.do("wang", self.doubtful, "verify_asked")
        self.given, self.slow, self.done, self.wrong = [self.log(n) for n in (19, 21, 23, 25)]
        for case in (self.given, self.slow, self.done, self.wrong):
            self.do("wang", case, "filed")
            self.do("wang", case, "dispatched", "--unit", UNIT)
        self.do("zhao", self.slow, "accepted")
        self.do("zhao", self.slow, "extend_asked", "--note", "Waiting for material.")
        for case in (self.done, self.wrong):
            self.do("zhao", case, "rectified", "--photo", AFTER)
            self.do("zhao", case, "fed_back")


class Day:
    """One person's day."""

    def __init__(self, office, person):
        self.office = office
        office.use(person)
        self.app = Luzhang(office.bin_dir, office.station, shots=os.environ.get("LUZHANG_SHOTS"))

    def __enter__(self):
        self.app.__enter__()
        self.frame = self.app.window("Luzhang")
        wait_for(lambda: any(item.has("focused") for item in self.frame.all("list item")), "the first screen: the tasks")
        rest(0.5)
        return self

    def __exit__(self, *unused):
        self.app.__exit__(*unused)

    def choose(self, section):
        """Goes to a section by keyboard; the list of its cases has the focus then."""
        wanted = re.compile("^" + re.escape(section) + ",")
        keys("F6")
        rest(0.3)
        keys("Home")
        rest(0.3)
        row = self.frame.find("list", "My Work").find("list item", wanted)
        for _ in range(25):
            if row.has("focused"):
                break
            keys("Down")
            rest(0.3)
        rest(0.6)
        wait_for(lambda: self.frame.look("list", section), f"the list {section}")
        keys("Return")
        rest(0.3)

    def open_first(self):
        keys("Home")
        rest(0.2)
        keys("Return")
        rest(0.6)

    def template(self, dialog, number=1):
        wait_for(lambda: dialog.look("list", "Templates"), "the templates")
        wait_for(lambda: dialog.find("list", "Templates").all("list item"), "a template")
        keys(f"alt+{number}")
        rest(0.3)

    def confirm(self, title):
        keys("ctrl+Return")
        self.app.closed(title)
        self.app.window("Luzhang")
        rest(0.4)

    def state(self, case):
        return self.app.case(case)["state"]

    def wait_state(self, case, state):
        wait_for(lambda: self.state(case) == state, f"{case} to be {state}")


def inspector(office):
    with Day(office, "li") as day:
        day.choose("To verify before filing")
        day.open_first()
        keys("ctrl+Return")
        dialog = day.app.window("Report Verification")
        day.template(dialog)
        day.app.add_photo(dialog, AFTER)
        day.app.window("Report Verification")
        button = dialog.find("push button", "Report Verification")
        wait_for(lambda: button.sensitive, "the photo to be taken in")
        day.confirm("Report Verification")
        day.wait_state(office.doubtful, "reported")
        check(True, "the inspector reports a verification with words and a photo")
        wait_for(lambda: day.frame.look("label", re.compile("^Nobody asks for a verification")), "the empty list")
        check(True, "and is told in words that nothing is left")


def dispatcher(office):
    cases = office.to_file + [office.doubtful]
    with Day(office, "wang") as day:
        day.choose("To file")
        keys("ctrl+a")
        rest(0.5)
        keys("ctrl+Return")
        day.app.window("File")
        day.confirm("File")
        for case in cases:
            day.wait_state(case, "filed")
        check(True, "the dispatcher files all that are selected with one key")
        rest(0.5)
        keys("ctrl+z")
        for case in cases:
            day.wait_state(case, "reported")
        check(True, "and one undo takes all of it back")
        rest(0.8)
        day.choose("To file")
        day.open_first()
        keys("ctrl+shift+r")
        dialog = day.app.window("Do Not File")
        day.template(dialog)
        day.confirm("Do Not File")
        rejected = [case for case in cases if day.state(case) == "rejected"]
        check(len(rejected) == 1, "one is returned with a template")
        day.choose("To file")
        keys("ctrl+a")
        rest(0.4)
        keys("ctrl+Return")
        day.app.window("File")
        day.confirm("File")
        filed = [case for case in cases if case not in rejected]
        for case in filed:
            day.wait_state(case, "filed")
        day.choose("To dispatch")
        keys("ctrl+a")
        rest(0.4)
        keys("ctrl+Return")
        day.app.window("Dispatch")
        day.confirm("Dispatch")
        for case in filed:
            day.wait_state(case, "dispatched")
        check(bool(day.app.case(filed[0])["unit"]), "the others are filed and dispatched to the unit of their category")
        day.choose("Extension requested")
        day.open_first()
        keys("ctrl+Return")
        day.app.window("Grant Extension")
        day.confirm("Grant Extension")
        day.wait_state(office.slow, "handling")
        check(True, "an extension is granted")
        return filed


def unit(office):
    with Day(office, "zhao") as day:
        day.choose("To accept")
        day.open_first()
        keys("ctrl+Return")
        day.app.window("Accept Task")
        day.confirm("Accept Task")
        day.wait_state(office.given, "handling")
        check(True, "the unit takes a task")
        day.choose("In hand")
        day.open_first()
        keys("ctrl+Return")
        dialog = day.app.window("Rectified")
        day.app.add_photo(dialog, AFTER)
        day.app.window("Rectified")
        button = dialog.find("push button", "Rectified")
        wait_for(lambda: button.sensitive, "the photo to be taken in")
        day.confirm("Rectified")
        done = [case for case in (office.given, office.slow) if day.state(case) == "done"]
        check(len(done) == 1, "puts one right, with a photo")
        day.choose("To confirm")
        day.open_first()
        keys("ctrl+Return")
        day.app.window("Confirm and Report Back")
        day.confirm("Confirm and Report Back")
        day.wait_state(done[0], "fed_back")
        check(True, "and confirms it")


def checker(office):
    with Day(office, "qian") as day:
        day.choose("To close")
        day.open_first()
        wait_for(lambda: day.frame.look("label", "Evidence"), "the evidence")
        wait_for(lambda: day.frame.look("label", re.compile("^Between before and after: ")), "the pair")
        check(True, "the checker sees the way and the time between before and after")
        keys("ctrl+Return")
        day.app.window("Check Passed, Close")
        day.confirm("Check Passed, Close")
        rest(0.4)
        keys("ctrl+shift+r")
        dialog = day.app.window("Check Failed, Redo")
        day.template(dialog)
        day.confirm("Check Failed, Redo")
        states = sorted(day.state(case) for case in (office.done, office.wrong))
        check(states == ["closed", "rework"], "closes one, and with the next key sends the other back with a template")


def supervisor(office):
    with Day(office, "sun") as day:
        section = day.frame.find("list", "My Work").find("list item", re.compile("^Waiting too long,|^Overdue,"))
        day.choose(section.name.split(",")[0])
        day.open_first()
        button = day.frame.find("toggle button", "More Steps")
        button.focus()
        keys("Return")
        rest(0.5)
        row = wait_for(lambda: day.frame.find("list", "More Steps").look("list item", "Supervise"), "the step")
        row.focus("Down")
        keys("Return")
        dialog = day.app.window("Supervise")
        day.template(dialog)
        day.confirm("Supervise")
        wait_for(lambda: day.frame.look("label", re.compile("^Supervised, level 1")), "the mark")
        check(True, "the supervisor supervises what waits too long, and the case says so")


def main():
    # It types: never on the screen that somebody works at.
    if "xvfb" not in os.environ.get("XAUTHORITY", ""):
        print("1..0 # SKIP no virtual display of its own (xvfb-run)")
        return 0

    folder = tempfile.mkdtemp(prefix="luzhang-roles-")
    bin_dir = os.path.join(folder, "bin")
    os.mkdir(bin_dir)
    os.symlink(os.path.abspath(sys.argv[1]), os.path.join(bin_dir, "luzhang"))
    os.symlink(os.path.abspath(sys.argv[2]), os.path.join(bin_dir, "luzhang-cli"))
    office = Office(bin_dir, os.path.join(folder, "station"))
    office.prepare()
    inspector(office)
    dispatcher(office)
    unit(office)
    checker(office)
    supervisor(office)
    office.cli("doctor")
    check(True, "the doctor finds nothing")
    print(f"1..{check.n}")
    shutil.rmtree(folder)
    return 1 if check.bad else 0


if __name__ == "__main__":
    sys.exit(main())
