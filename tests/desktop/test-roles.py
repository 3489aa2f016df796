#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The day of those who bring a case to a unit: an inspector and a dispatcher take turns at one
station.

test-roles.py LUZHANG LUZHANG-CLI"""

import os
import re
import sys

from roles import CATEGORY, UNIT, Day, check, play
from window import PHOTOS, keys, rest, wait_for

ROUTED = "环卫站"
ASSISTING = "市公安局"


def prepare(office):
    """Cases that wait for each of them."""
    office.to_file = [office.log(n) for n in (11, 13)]
    office.refused = office.log(15)
    office.do("wang", office.refused, "rejected", "--note", "Not within our limits.")
    office.doubtful = office.log(17)
    office.do("wang", office.doubtful, "verify_asked")
    office.slow, office.strange = office.log(21), office.log(27)
    for case in (office.slow, office.strange):
        office.dispatch(case)
    office.do("zhao", office.strange, "return_asked", "--note", "Not ours.")
    office.do("zhao", office.slow, "accepted")
    office.do("zhao", office.slow, "extend_asked", "--note", "Waiting for material.")
    office.use("wang")
    office.cli("route", "set", CATEGORY, ROUTED, "--assist", ASSISTING)
    office.cli("intake", os.path.join(PHOTOS, "gps", "DSCN0025.jpg"))


def inspector(office):
    with Day(office, "li") as day:
        check(day.count("Drafts") == 1, "the inspector's draft waits")
        day.choose("Sent back to me")
        day.open_first()
        wait_for(lambda: day.frame.look("label", re.compile("Not within our limits")), "the reason")
        check(True, "what was not filed is there with the reason")
        day.choose("To verify before filing")
        day.open_first()
        day.take_step("Report Verification", lambda dialog: (day.template(dialog), day.photo(dialog)))
        day.wait_state(office.doubtful, "reported")
        check(True, "a verification is reported with words and a photo")
        wait_for(lambda: day.frame.look("label", re.compile("^Nobody asks for a verification")), "the empty list")
        check(True, "and it is told in words that nothing is left")


def dispatcher(office):
    cases = office.to_file + [office.doubtful]
    with Day(office, "wang") as day:
        day.choose("To file")
        keys("ctrl+a")
        rest(0.4)
        day.take_step("File")
        for case in cases:
            day.wait_state(case, "filed")
        check(True, "the dispatcher files all that are selected with one key")
        keys("ctrl+z")
        for case in cases:
            day.wait_state(case, "reported")
        check(True, "and one undo takes all of it back")
        day.choose("To file")
        day.open_first()
        day.check_offers("File", "Send for Verification", "Do Not File", "Supervise", "Reply to Supervision",
                         "Request Voiding", "Void", "Refuse Voiding", "Merge")
        day.choose("To file")
        day.open_first()
        day.send_back("Do Not File")
        rejected = [case for case in cases if day.state(case) == "rejected"]
        check(len(rejected) == 1, "one is returned with a template")
        filed = [case for case in cases if case not in rejected]
        keys("ctrl+a")
        rest(0.4)
        day.take_step("File")
        for case in filed:
            day.wait_state(case, "filed")
        day.choose("To dispatch")
        day.open_first()
        day.take_step("Dispatch", lambda dialog: dispatch_dialog(day, dialog))
        sent = [case for case in filed if day.state(case) == "dispatched"]
        found = day.office.case(sent[0])
        check(found["unit"] == ROUTED and found["assist"] == f"{UNIT}、{ASSISTING}",
              "the unit of the office's duties is proposed, assisting units are ticked")
        day.take_step("Dispatch")
        for case in filed:
            day.wait_state(case, "dispatched")
        day.choose("Return requested")
        day.open_first()
        day.take_step("Grant Return")
        day.wait_state(office.strange, "filed")
        check(True, "a return is granted")
        day.choose("Extension requested")
        day.open_first()
        day.take_step("Grant Extension")
        day.wait_state(office.slow, "handling")
        check(True, "an extension is granted")


def dispatch_dialog(day, dialog):
    entry = dialog.find("text", "Responsible unit")
    wait_for(lambda: entry.text == ROUTED, "the office's own unit")
    dialog.find("push button", f"Assisting units: {ASSISTING}").focus()
    keys("space")
    box = dialog.find("check box", UNIT)
    wait_for(lambda: dialog.find(None, "Find a Unit").has("focused"), "the units")
    box.focus()
    keys("space")
    rest(0.2)
    keys("Escape")
    dialog.find("push button", f"Assisting units: {UNIT}、{ASSISTING}")


if __name__ == "__main__":
    sys.exit(play("roles", (prepare, inspector, dispatcher)))
