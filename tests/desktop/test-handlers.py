#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The day of those who bring a case from a unit to its close: a unit and a checker take turns at one
station.

test-handlers.py LUZHANG LUZHANG-CLI"""

import re
import sys

from roles import AFTER, Day, check, play
from window import wait_for


def prepare(office):
    """Cases that wait for each of them."""
    office.given, office.slow, office.done, office.wrong = [office.log(n) for n in (19, 21, 23, 25)]
    for case in (office.given, office.slow, office.done, office.wrong):
        office.dispatch(case)
    office.do("zhao", office.slow, "accepted")
    for case in (office.done, office.wrong):
        office.do("zhao", case, "rectified", "--photo", AFTER)
        office.do("zhao", case, "fed_back")
    office.do("wang", office.wrong, "check_asked")


def unit(office):
    with Day(office, "zhao") as day:
        day.choose("To accept")
        day.open_first()
        day.check_offers("Accept Task", "Request Return", "Rectified", "Reply to Supervision")
        day.take_step("Accept Task")
        day.wait_state(office.given, "handling")
        check(True, "the unit takes a task")
        day.choose("In hand")
        day.open_first()
        first = day.on_show()
        there, back = day.walk("j"), day.walk("k")
        check(there != first and back == first, "goes to the next case and back by one key each")
        day.take_step("Rectified", day.photo)
        done = [case for case in (office.given, office.slow) if day.state(case) == "done"]
        check(len(done) == 1, "puts one right, with a photo")
        day.other_step("Request Suspension", day.template)
        hung = [case for case in (office.given, office.slow) if day.state(case) == "hang_pending"]
        check(len(hung) == 1, "asks for the next one to be suspended")
        day.choose("To confirm")
        day.open_first()
        day.take_step("Confirm and Report Back")
        day.wait_state(done[0], "fed_back")
        check(True, "and confirms what was done")


def checker(office):
    with Day(office, "qian") as day:
        day.choose("To check before closing")
        day.open_first()
        wait_for(lambda: day.frame.look("label", "Evidence"), "the evidence")
        wait_for(lambda: day.frame.look("label", re.compile("^this stage: ")), "until when to check it")
        wait_for(lambda: day.frame.look("label", re.compile("^Between before and after: ")), "the pair")
        check(True, "the checker sees the way and the time between before and after")
        day.check_offers("Check Passed, Close", "Check Failed, Redo")
        day.send_back("Check Failed, Redo")
        day.wait_state(office.wrong, "rework")
        check(True, "sends one back with a template")
        day.choose("To close")
        n = day.count("To close")
        day.open_first()
        day.take_step("Check Passed, Close")
        wait_for(lambda: day.count("To close") == n - 1, "the list to be shorter")
        check(True, "and closes another")


def sent_back(office):
    with Day(office, "zhao") as day:
        day.choose("Sent back to the unit")
        day.open_first()
        day.take_step("Accept Task")
        day.wait_state(office.wrong, "handling")
        check(True, "the unit finds what was sent back, and takes it again")


if __name__ == "__main__":
    sys.exit(play("handlers", (prepare, unit, checker, sent_back)))
