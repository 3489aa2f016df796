#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ledgers and boards on the bulletin page, and the hauling firms: what the window shows is what the store says.

test-ledgers-window.py LUZHANG LUZHANG-CLI"""

import json
import os
import re

from window import PHOTOS, Luzhang, keys, make_place, rest, run_cli, type_text, wait_for

BEFORE = os.path.join(PHOTOS, "gps", "DSCN0010.jpg")
AFTER = os.path.join(PHOTOS, "gps", "DSCN0012.jpg")
FIRM = "鑫达渣土运输有限公司"


def make_station(cli):
    """A firm at 50 points, and a closed case of it that waits for its points; one case on a board."""
    cli("station", "init", "--sample")
    cli("people", "add", "boss", "--name", "老周", "--roles", "inspector,road_chief,dispatcher,unit,checker,supervisor,admin")
    cli("people", "use", "boss")
    cli("firm", "add", FIRM, "--plate", "赣L12345")
    cases = [cli("case", "log", "--category", "T05-11", "--at", "28.2925,117.2210", "--photo", BEFORE).strip()
             for _ in range(3)]
    for case in cases:
        cli("firm", "name", FIRM, case, "--plate", "赣L12345")
        cli("case", "rectify", case, "--photo", AFTER)
        cli("case", "close", case)
    for case, rule in ((cases[0], "dumping"), (cases[0], "unapproved"), (cases[1], "plate")):
        cli("firm", "charge", FIRM, case, rule)
    cli("notice", "add", "exposed", "渣土随意倾倒", "--case", cases[0], "--text", "限期整改")


def look_at_bulletin(app, frame):
    keys("alt+6")
    rest(0.5)
    frame.find("push button", re.compile("^Next Period")).press()  # this week: it was put up a moment ago
    frame.find("page tab", "Ledgers").press()
    frame.find(None, re.compile(r"^Exposed 1$")).press()
    frame.find("label", re.compile(r"^On the exposure board"))
    frame.find(None, "渣土随意倾倒")
    frame.find(None, re.compile(r"^Handed over 3$"))
    frame.find(None, "Boards").press()
    frame.find(None, re.compile("^_?Take Off…")).press()
    rest(0.8)
    app.take_focus()
    type_text("yi zhenggai")
    keys("Return")
    wait_for(lambda: json.loads(app.cli("notice", "list", "--json")) == [], "the board to be empty")


def put_on_board(app, frame):
    """From the actions of a case, with the words that are proposed."""
    number = app.case(app.cli("case", "log", "--category", "T06-01", "--at", "28.2925,117.2210", "--photo",
                              BEFORE).strip())["number"]
    app.take_focus()
    keys("alt+2")
    rest(0.5)
    keys("ctrl+f")
    type_text(number)
    rest(0.8)
    keys("Return")
    rest(0.3)
    keys("Down", "Return")
    frame.find("label", re.compile(re.escape(number)))
    rest(0.5)
    frame.reach("push button", "More Steps")
    keys("Return")
    frame.find("list item", re.compile("^Put on the Exposure Board")).focus()
    keys("Return")
    dialog = app.window("Exposure board")
    dialog.find("push button", re.compile("^_?Put Up")).press()
    wait_for(lambda: [n["kind"] for n in json.loads(app.cli("notice", "list", "--json"))] == ["exposed"], "the board")
    app.closed("Exposure board")


def decide_on_firm(app, frame):
    app.take_focus()
    keys("F10")
    frame.find(None, "Hauling Firms").press()
    window = app.window("Hauling Firms")
    window.find(None, "50 points")
    window.find(None, re.compile("^Take 20 points")).press()

    def firm():
        return json.loads(app.cli("firm", "list", "--json"))[0]

    wait_for(lambda: firm()["points"] == 30, "the points to be taken")
    window.find(None, "30 points")
    window.find(None, re.compile("^_?Confirm…")).press()
    rest(0.8)
    app.take_focus()
    type_text("lv jiao bu gai")
    keys("Return")
    wait_for(lambda: firm()["standing"] == "blacklisted", "the black list")
    assert firm()["decided_by"] == "boss" and firm()["reason"] == "lv jiao bu gai", firm()
    window.find(None, "On the black list")
    window.find("list item", re.compile(r"^Black list confirmed"))  # in its history, with name and reason


def main():
    with make_place("ledgers") as (_, bin_dir, station):
        make_station(lambda *args: run_cli(bin_dir, station, *args))
        app = Luzhang(bin_dir, station)
        with app:
            frame = app.window("Luzhang")
            frame.find(None, re.compile("^Tasks"))
            app.take_focus()
            look_at_bulletin(app, frame)
            put_on_board(app, frame)
            decide_on_firm(app, frame)
    print("ok")


if __name__ == "__main__":
    main()
