#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log, find, rectify and undo in a real window, by keyboard and screen reader alone.

test-by-keyboard.py LUZHANG LUZHANG-CLI"""

import hashlib
import os
import re
import sys

from robot import Thing
from window import PHOTOS, Luzhang, keys, make_place, rest, run_cli, type_text, wait_for

TAKEN = re.compile("2008")  # what the camera wrote into the photos
AFTER = os.path.join(PHOTOS, "gps", "DSCN0012.jpg")


def check(told, what):
    check.n += 1
    print(f"{'ok' if told else 'not ok'} {check.n} - {what}", flush=True)
    check.bad += 0 if told else 1


check.n = check.bad = 0


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def log_by_photo(app, frame):
    app.hand_over(os.path.join(PHOTOS, "gps", "DSCN0010.jpg"))
    app.pick_category(frame, "T07-01")
    app.describe(frame, "rubbish at the corner")
    case = app.confirm_report()
    check(case["category"] == "T07-01" and case["n_photos"] == 1, "a photo handed over becomes a case")
    check(abs(case["lat"] - 43.46745) < 1e-3, "it lies where the photo was taken")
    check(app.case(case["id"])["text"] == "rubbish at the corner", "its words are kept")
    wait_for(lambda: not app.drafts(), "the draft to be gone")
    check(True, "no draft is left of it")
    return case


def sort_photos(app, frame):
    """Two photos of one spot: the first is moved behind the other by Alt+Right, then taken out by Delete."""
    names = [os.path.join(PHOTOS, "gps", f"DSCN00{n}.jpg") for n in (10, 12)]
    app.new_report(frame)
    app.pick_category(frame, "T07-01")
    strip = Thing(frame.find("push button", "Add Photos").node.get_parent().get_parent())
    for n, name in enumerate(names, 1):
        app.add_photo(frame, name)
        app.window("Luzhang")
        wait_for(lambda: len(strip.all("push button", TAKEN)) == n, f"photo {n}")  # pylint: disable=cell-var-from-loop
    strip.all("push button", TAKEN)[0].focus()
    keys("alt+Right")
    wait_for(lambda: strip.all("push button", TAKEN)[1].has("focused"), "the focus to go along")
    keys("Delete")
    wait_for(lambda: len(strip.all("push button", TAKEN)) == 1, "the photo to be out")
    case = app.confirm_report()
    check([photo["sha256"] for photo in app.case(case["id"])["photos"]] == [sha256(names[1])],
          "photos are put in order and taken out by keyboard")


def write_nothing(app, frame):
    """What was begun and emptied again leaves no draft."""
    app.new_report(frame)
    app.describe(frame, "a slip of the hand")
    wait_for(app.drafts, "the draft")
    app.describe(frame, "")
    keys("Escape")
    wait_for(lambda: not app.drafts(), "no draft to be left")
    check(True, "a report without a word or a photo leaves no draft")


def undo_and_redo(app, frame, case):
    keys("ctrl+z")
    wait_for(lambda: not app.cases(), "the case to be taken back")
    drafts = wait_for(app.drafts, "the draft to be back")
    check(len(drafts) == 1, "undo takes the report back and keeps it as a draft")
    keys("ctrl+d")
    # The tasks have a list of that name too, without rows.
    row = wait_for(lambda: next(filter(None, (drafts.look("list item") for drafts in frame.all("list", "Drafts"))), None),
                   "the draft in its list")
    row.focus()
    keys("Return")
    frame.find(None, "Draft 1 of 1")
    again = app.confirm_report()
    check(again["category"] == case["category"] and again["n_photos"] == 1, "the draft can be logged again")
    return again


def find(app, frame, case):
    keys("Escape")
    keys("ctrl+f")
    wait_for(lambda: frame.find("entry", "Search").has("focused"), "the search")
    type_text(case["number"])
    item = wait_for(lambda: frame.find("list", "Cases on the Map").look("list item"), "the case in the list")
    check("Neglected spot" in item.name, "the search finds it by its number")
    keys("Return")
    rest(0.3)
    keys("Down", "Return")
    frame.find("label", case["number"]) if frame.look("label", case["number"]) else None
    frame.find("push button", "Rectified")
    check(True, "and the list opens it")


def rectify(app, case):
    dialog = app.take_next_step("Rectified")
    button = dialog.find("push button", "Rectified")
    check(not button.sensitive, "without a photo after it cannot be rectified")
    app.add_photo(dialog, AFTER)
    app.window("Rectified")
    wait_for(lambda: button.sensitive, "the photo to be taken in")
    keys("ctrl+Return")
    done = app.wait_for_state(case["id"], ("done", "fed_back"))
    check(done["state"] in ("done", "fed_back"), "with one it is")
    app.window("Luzhang")
    rest(0.5)
    keys("ctrl+z")
    back = app.wait_for_state(case["id"], ("dispatched", "handling"))
    check(back["state"] == case["state"], "undo takes the rectification back")


def main():
    with make_place("keyboard") as (_, bin_dir, station):
        run_cli(bin_dir, station, "station", "init", "--sample")
        with Luzhang(bin_dir, station, shots=os.environ.get("LUZHANG_SHOTS")) as app:
            frame = app.main()
            case = log_by_photo(app, frame)
            case = undo_and_redo(app, frame, case)
            find(app, frame, case)
            rectify(app, app.case(case["id"]))
            sort_photos(app, frame)
            write_nothing(app, frame)
            app.shot("by-keyboard")
        run_cli(bin_dir, station, "doctor")
    check(True, "the doctor finds nothing")
    print(f"1..{check.n}")
    return 1 if check.bad else 0


if __name__ == "__main__":
    sys.exit(main())
