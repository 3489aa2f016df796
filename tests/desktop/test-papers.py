#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an office sends out, from the window into files and through the print dialog: the rectification
notice, the case file, the task list of a unit; each read again from its PDF.

test-papers.py LUZHANG LUZHANG-CLI"""

import os
import re
import subprocess
import sys

from roles import UNIT, Day, check, play
from window import keys, rest, type_text, wait_for


def prepare(office):
    office.case_id = office.log(11)
    office.dispatch(office.case_id)
    office.dispatch(office.log(21), "环卫站")
    office.do("zhao", office.case_id, "accepted")
    office.folder = os.path.dirname(office.station)


def read(path):
    """The words of a PDF, once it is whole, and how many pages it has."""
    def text():
        if not os.path.exists(path):
            return None
        return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=False).stdout
    words = "".join(wait_for(text, path).split())
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return words, int(re.search(r"Pages:\s+(\d+)", info).group(1))


def save(day, menu, item, name):
    """Opens a menu of papers, takes the item that saves, and types where to."""
    path = os.path.join(day.office.folder, name)
    day.reach(re.compile(f"^{menu}"))
    keys("Return")
    rest(0.4)
    found = next(entry for entry in day.frame.all("menu item", item))
    found.focus("Down")
    keys("Return")
    day.app.window("Save as PDF")
    rest(0.3)
    keys("ctrl+a")
    type_text(path)
    rest(0.3)
    keys("Return")
    day.app.closed("Save as PDF")
    return read(path)


def print_to_file(day, menu, item):
    day.reach(re.compile(f"^{menu}"))
    keys("Return")
    rest(0.4)
    next(entry for entry in day.frame.all("menu item", item)).focus("Down")
    keys("Return")
    return day.app.print_to_file("print-dialog")


def without_times(words):
    return re.sub(r"\d\d:\d\d", "", words)


def papers(office):
    os.chdir(office.folder)  # where the print dialog puts files
    number = office.case(office.case_id)["number"]
    with Day(office, "zhao") as day:
        day.choose("In hand")
        day.open_first()
        words, n_pages = save(day, "Task List on Paper", re.compile("^Save Task List as PDF"), "tasks.pdf")
        check(number in words and UNIT in words and "环卫站" not in words and n_pages == 1,
              "the unit's task list holds its tasks and no others")
        name = print_to_file(day, "Task List on Paper", re.compile("^Print Task List"))
        printed, n_pages = read(name)
        # The minute in which each was made stands on it.
        check(without_times(printed) == without_times(words) and n_pages == 1 and os.path.basename(name) == "Task List.pdf", f"printed through the dialog it says the same: {name}")
        size = subprocess.run(["pdfinfo", name], capture_output=True, text=True, check=True).stdout
        check(re.search(r"Page size:\s+841\.\d+ x 595\.", size) is not None, "A4, on its side")
    with Day(office, "wang") as day:
        keys("alt+3")
        rest(0.5)
        keys("ctrl+f")
        type_text(number)
        rest(0.6)
        keys("Return", "Down", "Return")
        rest(0.6)
        words, n_pages = save(day, "Papers", re.compile("^Save Notice as PDF"), "notice.pdf")
        check(number in words and UNIT in words and "登政文" not in words and n_pages <= 2,
              "the notice names case and unit, and no other city's plan")
        notes = [event for event in office.case(office.case_id)["events"] if event["kind"] == "case.noted"]
        check(len(notes) == 1, "and its number is noted in the case")
        words, n_pages = save(day, "Papers", re.compile("^Save Case File as PDF"), "file.pdf")
        check(number in words and "rubbish11" in words and n_pages <= 3, "the case file tells the whole way")


if __name__ == "__main__":
    sys.exit(play("papers", (prepare, papers)))
