#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The road chief's morning, by keyboard: the worst road first, its file, what is put on file there, two roads
side by side.

test-desk.py LUZHANG LUZHANG-CLI"""

import json
import os
import re

from window import PHOTOS, Luzhang, keys, make_place, rest, run_cli, type_text, wait_for


def put_on_file(app, frame, button, fields, then=None):
    """The + of a group of the road's file: an entry of that kind, on this road."""
    frame.find("push button", button).press()
    window = app.window("Assets")
    for name, text in fields:
        window.find("text", name).write(text)
    if then is not None:
        then(window)
    rest(0.3)
    keys("ctrl+Return")
    window.find("label", "Put on file")
    keys("Escape")  # the entry
    rest(0.3)
    keys("Escape")  # the window
    app.closed("Assets")
    app.take_focus()


def add_picture(app, window):
    app.add_photo(window, os.path.join(PHOTOS, "gps", "DSCN0010.jpg"))
    app.window("Assets")
    window.find("push button", re.compile("2008"))


def compare_by_mouse(app, frame):
    """One road by a click, another besides with Ctrl; again with Ctrl leaves it out."""
    keys("Home")
    rest(0.3)
    rows = frame.find("tree table", "Roads").all("table row")[1:3]  # GTK 4.8 forgets the header above them
    window = app.take_focus()
    rows[0].click(window)
    frame.find(None, "How Health Is Reckoned")
    rows[1].click(window, held=("ctrl",))
    frame.find(None, "Side by Side")
    rows[1].click(window, held=("ctrl",))
    frame.gone(None, "Side by Side")


def main():
    with make_place("desk") as (_, bin_dir, station):
        for args in (("station", "init", "--sample"), ("bench", "fill", "--cases", "300", "--days", "40", "--open", "10"),
                     ("asset", "add", "sign_board", "scope=全线", "chief=王建国", "condition=完好", "--road", "冶金大道"),
                     ("asset", "add", "shop", "name=惠民超市", "pledged=2026-01-05", "--road", "冶金大道")):
            run_cli(bin_dir, station, *args)
        app = Luzhang(bin_dir, station, shots=os.environ.get("LUZHANG_SHOTS"))
        with app:
            frame = app.window("Luzhang")
            frame.find(None, re.compile("^Tasks"))
            app.take_focus()
            keys("alt+5")
            frame.find(None, re.compile(r"^33 roads"))
            keys("ctrl+f")
            type_text("yjdd")
            frame.find(None, re.compile(r"^1 road "))
            keys("Return")
            rest(0.3)
            keys("Down", "space")
            frame.find(None, "冶金大道")
            for word in ("How Health Is Reckoned", "Along the Road", "Last Twelve Weeks", "全线", "1 unit along the street",
                         "1 pledges in force, 0 expired, 0 not signed", "No patrol of this road is on record."):
                frame.find(None, word)
            put_on_file(app, frame, "Put a Street-Side Unit on File", (("Name *", "老街面馆"), ("House number", "12号")))
            for word in ("2 units along the street", "1 pledges in force, 0 expired, 1 not signed", "老街面馆",
                         "pledge not signed · 12号"):
                frame.find(None, word)
            put_on_file(app, frame, "Put a Sign Board on File", (("Section *", "北段"), ("Chief shown *", "李路长")),
                        lambda window: add_picture(app, window))
            frame.find(None, "北段")
            frame.find("push button", "Photo")
            app.shot("road-file-boards")
            boards = [entry for entry in json.loads(app.cli("asset", "list", "--json")) if entry["kind"] == "sign_board"]
            assert len(boards) == 2 and len({entry["road"] for entry in boards}) == 1, boards
            keys("Escape")
            keys("ctrl+f", "ctrl+a", "Delete")
            frame.find(None, re.compile(r"^33 roads"))
            keys("Return")
            rest(0.3)
            keys("Down", "space", "shift+Down")
            frame.find(None, "Side by Side")
            keys("Escape")
            compare_by_mouse(app, frame)
    print("ok")


if __name__ == "__main__":
    main()
