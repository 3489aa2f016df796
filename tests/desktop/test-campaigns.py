#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A campaign at the window: opened with a category, its cases counted, reported, closed; and the
asset that a case is about, from the case and from the road's file.

test-campaigns.py LUZHANG LUZHANG-CLI"""

import json
import os
import re

from window import PHOTOS, Luzhang, keys, make_place, rest, run_cli, type_text, wait_for

PHOTO = os.path.join(PHOTOS, "gps", "DSCN0010.jpg")
PHOTO_PLACE = "43.467448,11.885127"  # as its EXIF has it


def campaigns(station, cli_dir):
    return json.loads(run_cli(cli_dir, station, "campaign", "list", "--all", "--json"))


def open_campaign(app, window, station, cli_dir):
    keys("ctrl+n")
    form = app.window("New Campaign")
    type_text("123")
    form.find("text", "Name").write("占道经营整治")
    form.find("text", re.compile("^Search a category")).write("T05-01")
    row = form.find(None, re.compile("^T05-01"))
    assert row
    form.find("text", re.compile("^Search a category")).write("")
    form.find("text", re.compile("^First day")).write("2026")
    keys("ctrl+Return")
    form.find(None, "Write the days as 2026-03-05.")
    form.find("text", re.compile("^First day")).write("2020-01-01")
    app.shot("campaign-form")
    keys("ctrl+Return")
    app.closed("New Campaign")
    found = wait_for(lambda: campaigns(station, cli_dir), "the campaign")
    assert found[0]["name"] == "占道经营整治" and found[0]["cases"] == 1, found
    window.find(None, "0 of 1 cases put right")
    app.shot("campaigns")


def close_campaign(app, window, station, cli_dir):
    keys("F10")
    rest(0.6)
    keys("c")
    dialog = app.window("Close the Campaign?")
    dialog.find("text", "Closing Report").write("整治结束，占道经营明显减少。")
    dialog.find("push button", re.compile("Close the Campaign$")).press()
    wait_for(lambda: campaigns(station, cli_dir)[0]["state"] == "done", "the campaign to be closed")
    window.find(None, "整治结束，占道经营明显减少。")
    app.shot("campaign-closed")


def report_about(app, frame, station, cli_dir):
    """A photo whose place is beside something on file: the report is about that, and they lead to each other."""
    app.hand_over(PHOTO)
    frame.find("combo box", "What It Is About")
    app.pick_category(frame, "T07-01")
    rest(0.5)
    keys("shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "space")  # from the button up to what it is about
    rest(0.5)
    keys("Down", "Return")
    rest(0.3)
    app.describe(frame, "井盖破损")
    app.shot("report-about")
    app.confirm_report()
    frame.find("push button", re.compile("About: 检查井盖 W-001")).press()
    window = app.window("Assets")
    window.find(None, "1 case")
    app.shot("asset-cases")


def main():
    with make_place("campaigns") as (_, bin_dir, station):
        run_cli(bin_dir, station, "station", "init", "--sample")
        run_cli(bin_dir, station, "case", "log", "--category", "T05-01", "--at", "28.2925,117.2210", "--photo", PHOTO,
                "--note", "占道经营")
        run_cli(bin_dir, station, "asset", "add", "manhole", "number=W-001", "use=污水", "--at", PHOTO_PLACE)
        app = Luzhang(bin_dir, station, shots=os.environ.get("LZ_TEST_SHOTS"))
        with app:
            frame = app.window("Luzhang")
            frame.find(None, re.compile("^Tasks"))
            app.take_focus()
            keys("ctrl+shift+c")
            window = app.window("Campaigns")
            window.find(None, "No Campaign Yet")
            open_campaign(app, window, station, bin_dir)
            close_campaign(app, window, station, bin_dir)
            keys("Escape")
            app.closed("Campaigns")
            report_about(app, frame, station, bin_dir)
    print("ok")


if __name__ == "__main__":
    main()
